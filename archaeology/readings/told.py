"""Takes the message of a commit apart: what it says was done, and the whole sentences behind it, each with what it is said of. Pure.

A list of bullets is often the list of commits that were squashed into one: what stands in one bullet speaks for itself and for nothing else.
Code, tables, quotations, templates and trailers are no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archaeology.readings.messages import is_housekeeping, reason_in
from archaeology.readings.passages import sentences_of

_MOST = 12_000
_MOST_LINES = 160
_MOST_OPENING = 8
_LONGEST_LINE = 600
_MOST_BULLETS = 8
_NUMBER = re.compile(
    r"\s*\(?(?:(?:#|!|GH-)\d+|(?:close[sd]?|fix(?:e[sd])?|refs?|resolve[sd]?|see)[: ]+#\d+)\)?[.,]?\s*$", re.IGNORECASE
)
_TICKET = re.compile(
    r"^(?:(?i:fix(?:e[sd])?|close[sd]?|resolve[sd]?|issue|bug|for|refs?) (?:#|GH-)\d+[:,.-]?|\[[^\]]{1,30}\]|[A-Z]{2,8}-\d+|#\d+|\(#\d+\))[: -]*\s*"
)
_SCOPE = re.compile(
    r"^(?:(?:fix|feat|perf|refactor|chore|bugfix|hotfix|change|core|security)(?:\([^)]{0,60}\))?!?:\s+|(?!(?:do not|don['’]t|note|never|always|http|https)\b)[\w./{},*+-]{2,40}(?:, ?[\w./-]{2,30}){0,3}:\s+)(?=\S)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s{0,6}(?:[-*+•–]|\d{1,2}[.)])\s+(?=\S)")
_CODE = re.compile(r"^(?:\t| {4,})\S|^\s*(?:\||>|#{1,5}\s|\$ |>>>|@@|\+\+\+|---|diff )")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_PLAIN_TRAILER = re.compile(
    r"^(?:[A-Z][a-z]+-)+[a-z]+: |^(?:fix(?:es|ed)?|close[sd]?|refs?|see|resolve[sd]?|bug|issue|ticket|pr)\b[: ]*(?:#|http|gh-|\w+/\w+#)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:because|since|so that|so as|in order|instead of|rather than|to (?:avoid|prevent|ensure|make sure|guard|protect)|otherwise|unless|due to|lest)\b"
)


class Told(NamedTuple):
    """A sentence of a message. ``act`` is what it was said of: the subject of the paragraph behind it, or empty where it has to speak for itself.

    ``first`` whether it is the first behind its act; ``listed`` whether it stands in a list, or behind one.
    """

    text: str
    act: str = ""
    first: bool = False
    listed: bool = False


def subject_of(message: str) -> str:
    """Return the first paragraph of a message without the kind of change, the scope, the ticket and the number of a pull request around it."""
    return _subject(_opening(_lines(message)))


def _lines(message: str) -> list[str]:
    return message[:_MOST].replace("\r\n", "\n").split("\n")[: _MOST_OPENING + _MOST_LINES]


def _subject(opening: list[str]) -> str:
    said = " ".join(" ".join(opening).split())
    for _ in range(2):
        said = _without_beginning(_TICKET, _without_number(said))
    if is_housekeeping(said):
        return ""
    return _without_scope(_without_scope(said)).strip()


def _opening(lines: list[str]) -> list[str]:
    """The lines of a message up to the first that is empty, is a bullet, or is no prose: some begin without a subject of its own."""
    found = [lines[0][:_LONGEST_LINE]]
    for line in lines[1:_MOST_OPENING]:
        if not line.strip() or _BULLET.match(line) or _is_no_prose(line) or len(" ".join(found)) > _LONGEST_LINE:
            break
        found.append(line[:_LONGEST_LINE])
    return found


def told_in(message: str) -> Iterator[Told]:
    """Yield the sentences of a message in their order: its subject, then those of its body."""
    lines = _lines(message)
    first = _opening(lines)
    opening = list(sentences_of(_subject(first)))
    subject = opening[0] if opening else ""
    paragraphs = _paragraphs(lines[len(first) : _MOST_LINES + 1])
    bullets = sum(is_bullet for _, is_bullet in paragraphs)
    if bullets > _MOST_BULLETS:
        return  # a list of all that a branch did
    if subject:
        whole, rest = _continued(subject, paragraphs) if len(opening) == 1 else (subject, [])
        yield Told(whole)
        yield from _sentences(rest, "", bulleted=False)
        yield from _sentences(opening[1:], subject, bulleted=False)
    act, squashed = subject, False
    for said, is_bullet in paragraphs:
        squashed = squashed or is_bullet
        yield from _sentences(list(sentences_of(said)), "" if squashed else act, bulleted=is_bullet)
        act = ""


def _continued(subject: str, paragraphs: list[tuple[str, bool]]) -> tuple[str, list[str]]:
    """The subject with what goes on with it behind the blank line ("because ..."), which is taken out of the paragraphs, and the sentences behind that."""
    said = subject
    while paragraphs and said[-1] not in ".!?:":
        following, is_bullet = paragraphs[0]
        if is_bullet or not _GOES_ON.match(following):
            break
        said = f"{said} {following}"
        paragraphs.pop(0)
    if said == subject:
        return subject, []
    sentences = list(sentences_of(said))
    return (sentences[0], sentences[1:]) if sentences else (subject, [])


def _sentences(sentences: list[str], act: str, *, bulleted: bool) -> Iterator[Told]:
    for number, sentence in enumerate(sentences):
        said = _without_number(reason_in(sentence)).rstrip(" -–—,;")
        if said:
            said = _without_scope(said) if bulleted and not number else said
            yield Told(said, act, first=not number and bool(act), listed=bulleted)


def _without_number(said: str) -> str:
    # Few end with a number, which is sooner seen at the end than looked for from each blank on.
    end = said.rstrip()
    end = end[:-1] if end.endswith((".", ",")) else end
    return _NUMBER.sub("", said) if end.removesuffix(")")[-1:].isdecimal() else said


def _without_scope(said: str) -> str:
    return _without_beginning(_SCOPE, said) if ":" in said else said


def _without_beginning(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.match(said)
    return said[found.end() :] if found else said


def _paragraphs(lines: list[str]) -> list[tuple[str, bool]]:
    """The paragraphs of a body with their line breaks, and whether each is a bullet; what is no prose is left out."""
    found: list[tuple[list[str], bool]] = []
    fenced, fresh = False, True
    for line in lines:
        worded = line[:1].isalpha()  # as most lines begin: no fence and no bullet, then
        if not worded and _FENCE.match(line):
            fenced, fresh = not fenced, True
        elif fenced or not line.strip() or _is_no_prose(line):
            fresh = True
        elif not worded and (bullet := _BULLET.match(line)):
            found.append(([line[bullet.end() :]], True))
            fresh = False
        elif fresh or not found:
            found.append(([line], False))
            fresh = False
        else:
            found[-1][0].append(line.strip())
    return [("\n".join(lines).strip(), is_bullet) for lines, is_bullet in found]


def _is_no_prose(line: str) -> bool:
    return (
        len(line) > _LONGEST_LINE * 4
        or (line.startswith("diff ") if line[:1].isalpha() else _is_code(line))
        or _PLAIN_TRAILER.match(line) is not None
        or line.startswith(("Signed-off-by", "Co-authored-by", "Co-Authored-By"))
    )


def _is_code(line: str) -> bool:
    return _CODE.match(line) is not None and _BULLET.match(line) is None
