"""What a commit message says: bot, fix, revert, and the sentences that give a reason; pure, over bytes or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archaeology.text import visible_line

_BOT_NAME = re.compile(
    rb"\[bot\]|(?:^|[^a-z])(?:ro)?bots?(?:[^a-z]|$)|-bot\b|^(?:dependabot|renovate|greenkeeper|pyup|pre-commit|github[ -]actions?|snyk|"
    rb"jenkins|travis|gitlab|buildbot|bors|homu|weblate|hosted weblate|codecov|allcontributors|semantic-release|mergify|imgbot|"
    rb"copybara|copybara-service|bumpversion|transifex|crowdin|ci)(?:[ -](?:ci|preview))?$"
)
_BOT_EMAIL = re.compile(rb"\[bot\]|(?:^|[-_.+])bot@|dependabot|renovate(?:app)?[@.]|@(?:users\.)?noreply\.bot")
_FIX = re.compile(
    r"\b(?:fix(?:e[sd]|ing)?|hotfix|bugfix|bug|regressions?|crash(?:es|ed)?|deadlock|race condition|leak(?:s|ed)?)\b"
)
_NO_FIX = re.compile(
    r"\bfix(?:e[sd]|ing)?\b.{0,24}\b(?:typos?|spelling|grammar|docs?|docstrings?|documentation|lint\w*|style|format\w*|whitespace|flake8|"
    r"links?|comments?|changelog|readme|imports? order)\b"
)
_REVERTED_ID = re.compile(r"\breverts? (?:commit |changeset )?([0-9a-f]{7,64})\b", re.IGNORECASE)
_REVERTED_SUBJECT = re.compile(r"^(?:\w+(?:\([^)]*\))?!?:\s*)?revert:?\s+\"(.+)\"", re.IGNORECASE)
# "Undo" and "roll back" are left out: they are names of features more often than not.
_REVERTED_PLAIN = re.compile(r"^(?:revert(?:ed|s|ing)?|back(?:ed|s|ing)?[ -]?out)\b:?\s*(.*)", re.IGNORECASE)
# Squashed commits list the messages of others, so a body is believed only where the sentence comes first.
_REVERTS_FIRST = re.compile(r"\s*(?:[^\n*]{0,300}\n\s*)?this reverts commit [0-9a-f]{7}", re.IGNORECASE)
_UNDOING = ("back out", "backs out", "backed out", "backout")
_REVERTED_NUMBER = re.compile(r"\breverts?\s+(?:[\w.-]+/[\w.-]+)?#(\d+)", re.IGNORECASE)
_PULL_SUFFIX = re.compile(r"\s*\((?:#|!)\d+\)\s*$")

# The words that give a reason away, commonest first; each is looked for as it stands, in lower case.
REASON_MARKERS = (
    "because",
    "so that",
    "to avoid",
    "in order to",
    "otherwise",
    "to prevent",
    "instead of",
    "make it possible",
    "to make sure",
    "to ensure",
    "decouple",
    "isolate",
    "testable",
    "to keep",
    "must not",
    "should not",
    "should never",
    "the reason",
    "this allows",
    "rather than",
    "do not depend",
    "circular import",
    "backward compat",
    "backwards compat",
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'`(\[])|\n\s*\n|\n\s*(?:[-*+]|\d+[.)])\s+")
TRAILER = re.compile(r"^[A-Z][A-Za-z-]+(?:-by|-to|-Id|-on|-with)?: \S.*$", re.MULTILINE)
MAX_SENTENCE = 400
_MIN_SENTENCE = 24
MAX_MESSAGE = 20_000
_MAX_REASONS = 3


class Undoing(NamedTuple):
    """What a revert says it undoes: an (abbreviated) id, a subject, a pull request's number; each None where it does not say."""

    oid: str | None
    subject: str | None
    number: str | None


def is_bot(author: bytes, email: bytes) -> bool:
    """Tell whether a commit's author is automation, by name or address."""
    return _BOT_NAME.search(author.strip().lower()) is not None or _BOT_EMAIL.search(email.lower()) is not None


def is_fix(subject: str) -> bool:
    """Tell whether a subject line (in lower case) says that something broken was mended in the product."""
    # Most subjects hold none of these; a chain of plain searches costs a tenth of the pattern.
    if not (
        "fix" in subject
        or "bug" in subject
        or "regress" in subject
        or "crash" in subject
        or "leak" in subject
        or "deadlock" in subject
        or "race" in subject
    ):
        return False
    return _FIX.search(subject) is not None and _NO_FIX.search(subject) is None


def undoing(message: str) -> Undoing | None:
    """Return what the message says it undoes, or None where it is no revert."""
    subject = _PULL_SUFFIX.sub("", message.partition("\n")[0].strip())
    body = message[:MAX_MESSAGE]
    oid = _REVERTED_ID.search(body)
    quoted = _REVERTED_SUBJECT.match(subject)
    plain = _REVERTED_PLAIN.match(subject)
    if not (quoted or plain or _REVERTS_FIRST.match(body.partition("\n")[2])):
        return None
    number = _REVERTED_NUMBER.search(body)
    inner = quoted[1] if quoted else (plain[1] if plain and not oid else None)
    return Undoing(oid[1].lower() if oid else None, inner or None, number[1] if number else None)


def may_undo(lowered: str) -> bool:
    """Tell cheaply whether a message (in lower case) may be about undoing another commit."""
    return "revert" in lowered or lowered.startswith(_UNDOING)


def reasons(message: bytes, lowered: str) -> Iterator[tuple[str, str]]:
    """Yield up to three (sentence, marker) pairs of a message, also given in lower case; sentences are safe to show on one line."""
    if len(message) < _MIN_SENTENCE or not _has_marker(lowered):
        return
    text = TRAILER.sub("", message[:MAX_MESSAGE].decode("utf-8", "replace").replace("\r\n", "\n"))
    found = 0
    for sentence in _SENTENCE_END.split(text):
        if not sentence or len(sentence) < _MIN_SENTENCE:
            continue
        folded = " ".join(sentence.lower().split())
        marker = next((word for word in REASON_MARKERS if word in folded), None)
        if marker is None:
            continue
        shown = visible_line(sentence)
        if _MIN_SENTENCE <= len(shown) <= MAX_SENTENCE:
            yield shown, marker
            found += 1
            if found == _MAX_REASONS:
                return


def _has_marker(lowered: str) -> bool:
    # Spelled out: a loop over the markers costs three times as much, and this runs for every commit.
    return (
        "because" in lowered
        or "so that" in lowered
        or "to avoid" in lowered
        or "in order to" in lowered
        or "otherwise" in lowered
        or "to prevent" in lowered
        or "instead of" in lowered
        or "make it possible" in lowered
        or "to make sure" in lowered
        or "to ensure" in lowered
        or "decouple" in lowered
        or "isolate" in lowered
        or "testable" in lowered
        or "to keep" in lowered
        or "must not" in lowered
        or "should not" in lowered
        or "should never" in lowered
        or "the reason" in lowered
        or "this allows" in lowered
        or "rather than" in lowered
        or "do not depend" in lowered
        or "circular import" in lowered
        or "backward compat" in lowered
        or "backwards compat" in lowered
    )
