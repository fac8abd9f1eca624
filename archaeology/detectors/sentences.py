"""Which sentence of a comment is a warning that somebody paid for, and how strong it is. Pure.

A comment that describes, apologises, or tells a caller how to use something is no warning. One that forbids, says what breaks, or names
the bug that made it necessary is: nobody writes that without having seen it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters

from archaeology.detectors.comment_texts import is_boxed, judgeable
from archaeology.detectors.no_lessons import is_no_lesson
from archaeology.detectors.topics import family_of, issues_in
from archaeology.detectors.voices import is_cited, is_loud, keeps_in_step, shouts
from archaeology.detectors.warning_words import (
    BEHIND,
    CAUSE,
    ELSE,
    FOR_ALL,
    GOES,
    IN_A_CASE,
    ORDER,
    SOFT,
    TELLING,
    TELLING_WORDS,
    TO_CALLERS,
)
from archaeology.facts import Comment
from archaeology.model import Family
from archaeology.readings import Reading, Speech, passages_of, read
from archaeology.readings.clauses import clauses_of
from archaeology.readings.conditions import goes_when
from archaeology.readings.rules import is_reasoned

STRONG = 3.0
_FAMILIAR = 0.5  # to be about something that a family is made of counts as much
_LEAST, _MOST = 32, 300
_MIN_WORDS = 6
_MOST_LINES = 14
_KNOWN = 256  # comments repeat themselves from one definition to the next
_PROSE_SHARE = 0.82
_NO_PROSE = str.maketrans("", "", f"{ascii_letters} ,.'")

_MARKS_TO_DO = ("TODO", "FIXME", "XXX")
_LEFT_TO_DO = re.compile(rf"\b(?:{'|'.join(_MARKS_TO_DO)})\b")

_FRAGMENT = re.compile(
    r"(?:should|shall|may|can|could|will|would|[Oo]therwise|[Aa]nd|[Bb]ut|because|[Oo]r|so|[Ww]hich|that|to)\b"
)
_LEADING_LINK = re.compile(r"^\(https?://\S+\)\s*")
_MERE_AIMS = frozenset({"to avoid", "to prevent"})
_TOLD_WORDS = 9
# What nobody expects to happen is no rule.
_NOBODY = re.compile(
    r"\b(?:should|must|can|will|would)(?: not|n['’]t| never)(?: \w+){0,2} (?:get|be|reach|come|happen|occur)\w*(?: \w+)? (?:this|here|that|there|matter)\b"
    r"|\b(?:should|can|will|would)(?:n['’]t| not| never)(?: ever)? (?:happen|occur|matter|get this|get here|reach)\b",
    re.IGNORECASE,
)
_BANNING = frozenset({"ban", "workaround", "warning"})
_OTHERS = frozenset({"reason", "todo"})
# What stands before a comment and is no part of what it says.
_MARK = re.compile(
    r"^(?:NOTE|NB|N\.B\.|WARNING|IMPORTANT|ATTENTION|CAUTION|HACK|FIXME|TODO|XXX)\b(?:\([^)]*\))?[\s:!-]+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Caution:
    """The telling passage of a comment, whole sentences, with its reading.

    ``strength`` is at least :data:`STRONG`; ``issues`` are the numbers that the comment names; ``forbids`` whether it turns something down.
    """

    sentence: str
    strength: float
    family: Family
    issues: tuple[str, ...]
    forbids: bool
    reading: Reading


def caution_of(comment: Comment, home: str | None = None) -> Caution | None:
    """Return the strongest warning in a comment, or None where there is none; ``home`` is what the repository is called."""
    if comment.kind not in _BANNING | _OTHERS or comment.end_line - comment.start_line >= _MOST_LINES:
        return None
    if is_boxed(comment.text):
        return None
    return _strongest(comment.text, home)


def says_why(caution: Caution) -> bool:
    """Whether the words hold without a witness: they turn something down and say why, or name the fault that they make up for.

    "Close it to avoid leaks" is no more than what the code does.
    """
    reading = caution.reading
    if reading.speech is Speech.TEMPORARY:
        return bool(reading.until)
    if reading.speech is Speech.WORKS_AROUND:
        return bool(reading.depends or reading.gap or (reading.breaks and ELSE.is_in(caution.sentence)))
    if _NOBODY.search(caution.sentence):
        return False
    if reading.decided or (reading.strong and (is_loud(caution.sentence) or keeps_in_step(caution.sentence))):
        return True
    if reading.joint in _MERE_AIMS or len(caution.sentence.split()) < _TOLD_WORDS:
        return False
    why = bool(reading.harm or reading.ground) or is_reasoned(clauses_of(caution.sentence))
    return why and (caution.forbids or reading.speech is not Speech.PRESCRIBES or ELSE.is_in(caution.sentence))


@lru_cache(maxsize=_KNOWN)
def _strongest(said: str, home: str | None) -> Caution | None:
    text = judgeable(said)
    whole_issues = issues_in(text, home)
    to_do = any(mark in text for mark in _MARKS_TO_DO) and _LEFT_TO_DO.search(text) is not None
    best: Caution | None = None
    for passage in passages_of(text):
        one = _LEADING_LINK.sub("", passage.strip(" :#*-"))
        if to_do and not goes_when(one):  # what is left to do is told where it says when
            continue
        found = _judged(one, whole_issues)
        if found is not None and (best is None or found.strength > best.strength):
            best = found
    return best


def _judged(said: str, issues: tuple[str, ...]) -> Caution | None:
    if not _LEAST <= len(said) <= _MOST or len(words := said.split()) < _MIN_WORDS:
        return None
    if TELLING_WORDS.isdisjoint(words) and not TELLING.is_in(said):
        return None  # many sentences end here, before the many other looks
    if _prose_in(said) < _PROSE_SHARE * len(said):
        return None
    if is_cited(said) or _FRAGMENT.match(said):
        return None
    reading = read(said)
    if reading.speech is Speech.DESCRIBES or (reading.speech is Speech.TEMPORARY and not GOES.is_in(reading.until)):
        return None
    strength = _strength(said, reading, issues)
    if strength + _FAMILIAR < STRONG or is_no_lesson(said):
        return None
    family = family_of(said)
    strength += _FAMILIAR * (family is not Family.SCAR_TISSUE)
    if strength < STRONG:
        return None
    forbids = bool(reading.rejected) or (reading.strong and reading.speech is Speech.PRESCRIBES)
    return Caution(_MARK.sub("", said), strength, family, issues, forbids, reading)


def _prose_in(said: str) -> int:
    """How many characters are letters, or stand between them in prose."""
    if said.isascii():  # nearly always, and three times as quick
        return len(said) - len(said.translate(_NO_PROSE))
    return sum(map(str.isalpha, said)) + sum(map(said.count, " ,.'’"))


def _strength(said: str, reading: Reading, issues: tuple[str, ...]) -> float:
    around, decides = reading.speech is Speech.WORKS_AROUND, reading.speech is Speech.DECIDES
    told = (
        2.0 * (bool(reading.rejected) or (reading.strong and reading.speech is not Speech.WARNS))
        + (2.0 if reading.breaks else 1.0 * bool(reading.harm))
        + 1.0 * ORDER.is_in(said)
        + 1.0 * (bool(reading.ground) or CAUSE.is_in(said))
        + 1.5 * bool(issues)
        + 3.0 * (around and (bool(issues) or bool(reading.depends)))
        + 1.0 * (reading.speech is Speech.PRESCRIBES and FOR_ALL.is_in(said))
        + 2.0 * bool(reading.gap)
        + 1.0 * (reading.strong and shouts(said))
        + 1.0 * (reading.strong and bool(reading.rule) and IN_A_CASE.is_in(said))
        + 1.0 * (bool(reading.rule) and ELSE.is_in(said))
        + 1.0 * keeps_in_step(said)
        + (3.0 if reading.speech is Speech.TEMPORARY else -1.0) * bool(reading.until)
    )
    if decides:
        told += STRONG
    elif reading.decided and reading.speech is not Speech.DESCRIBES:
        told = max(told, STRONG)
    if told + _FAMILIAR < STRONG:
        return told  # it is too weak, whatever speaks against it
    behind = BEHIND.search(said)
    before = said[: behind.start()] if behind else said
    soft = not decides and not (reading.rejected and reading.ground) and SOFT.is_in(before)
    addressed = before if decides else said  # "since the caller may close it" is a reason
    return told - 3.0 * soft - 2.5 * (not around and TO_CALLERS.is_in(addressed))
