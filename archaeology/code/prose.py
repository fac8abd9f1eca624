"""Comments and docstrings that carry a reason, a ban, a workaround, a warning or something left to do."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archaeology.code.source import Source, Span
from archaeology.facts import Comment

MAX_TEXT = 600
"""Characters of a comment that are kept."""

MAX_COMMENTS = 400
"""Comments of a file that are kept, first come first kept."""

_MAX_LINES = 12
# Of a longer docstring the rest documents parameters; searching all of it would cost a quarter of the parse.
_MAX_DOCSTRING = 2_500


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of telling prose: the expression that decides, and phrases one of which every match contains.

    Both are for lower-case text: ignoring case costs a regular expression more than lowering the text does. ``whole_words`` says
    that every match begins with a word and not in its midst.
    """

    name: str
    pattern: re.Pattern[str]
    hints: tuple[bytes, ...]
    whole_words: bool


def _kind(name: str, hints: str, pattern: str, *, whole_words: bool = True) -> _Kind:
    return _Kind(name, re.compile(pattern), tuple(hint.encode() for hint in hints.split("|")), whole_words)


# In order of precedence: a workaround that says "because" is a workaround.
_KINDS = (
    _kind(
        "workaround",
        "workaround|workarounds|work around|work-around|worked around|works around|working around|hack|hacks|hacky|kludge|kludgy"
        "|monkeypatch|monkey patch|monkey-patch|bug in|broken in|upstream bug|upstream issue|temporary|temporarily",
        r"work(?:s|ed|ing)?[ -]?around|\bhack(?:s|y)?\b|\bkludg|monkey[ -]?patch|\b(?:bug|broken) in\b|\bupstream (?:bug|issue)"
        r"|\btemporar(?:y|ily) (?:fix|hack|work|until|measure|solution|disabled?)",
        whole_words=False,
    ),
    _kind(
        "ban",
        "do not|must not|should not|shall not|may not|can not|cannot|not allowed|longer allowed|never|don't|mustn't|shouldn't"
        "|don’t|mustn’t|shouldn’t|forbidden",
        r"\b(?:do|must|should|shall|may|can) ?not\b|\b(?:don|mustn|shouldn)['’]t\b|\bnever (?!mind|return)\w+|\bforbidden\b"
        r"|\b(?:not|no longer|never) allowed\b",
    ),
    _kind(
        "warning",
        "warning:|careful|carefully|caution|beware|danger|dangerous|important|gotcha|aware|pitfall|subtle|thread-safe|thread safe"
        "|race condition",
        r"\bwarning:|\bcareful|\bcaution\b|\bbeware\b|\bdanger(?:ous)?\b|\bimportant\b ?[:!]|\bgotcha|\bbe aware\b|\bpitfall"
        r"|\bsubtle\b|\bthread[- ]safe|\brace condition",
    ),
    _kind("todo", "todo|fixme|xxx", r"\b(?:todo|fixme|xxx)\b"),
    _kind(
        "reason",
        "because|since|so that|order to|assumes|to avoid|to prevent|to ensure|to guarantee|to make sure|to keep|otherwise|needed|required|the reason"
        "|rationale|on purpose|intentional|intentionally|deliberate|deliberately|by design|backward compatibility|backwards compatibility"
        "|backward-compatible|backwards-compatible|backward compatible|backwards compatible|for compatibility|invariant|decouple"
        "|decoupled|decouples|decoupling|isolate|isolates|isolated|isolation|must",
        r"\bbecause\b|\bsince [a-z`]|\bassumes\b|\bso that\b|\bin order to\b|\bto (?:avoid|prevent|ensure|guarantee|make sure|keep)\b|\botherwise\b"
        r"|\b(?:needed|required) (?:for|by|to|because|since)\b|\bthe reason\b|\brationale\b|\bon purpose\b"
        r"|\bintentional(?:ly)?\b|\bdeliberate(?:ly)?\b|\bby design\b|\bbackwards?[- ]compat|\bfor compat|\binvariant\b"
        r"|\bdecoupl|\bisolat(?:e|es|ed|ion)\b|\bmust (?:be|have|always|stay|remain|match|happen|only)\b",
    ),
)
_Hint = tuple[int, str]
"""The rank of a kind, and one of its hints."""

_NOT_ASCII = 0x80
# Small letters and digits as they are, capital letters small, everything else a space: what is left are words.
_WORDS = bytes(ord(chr(code).lower()) if code < _NOT_ASCII and chr(code).isalnum() else 32 for code in range(256))


def _hints_by_word() -> dict[bytes, tuple[tuple[int, bytes, frozenset[bytes]], ...]]:
    """Return ranks of kinds, their hints and the words that must stand before, by the hint's longest word.

    A phrase need not be looked for where one of its words is missing; its last may be the beginning of another ("bugs").
    """
    found: dict[bytes, tuple[tuple[int, bytes, frozenset[bytes]], ...]] = {}
    for rank, kind in enumerate(_KINDS):
        for hint in kind.hints:
            words = hint.translate(_WORDS).split()
            word = max(words, key=len)
            others = frozenset(words[:-1]) - {word} if kind.whole_words else frozenset()
            found[word] = (*found.get(word, ()), (rank, hint, others))
    return found


_HINTS = _hints_by_word()
_TOLD_BY = frozenset(_HINTS).union(*(others for hints in _HINTS.values() for _, _, others in hints))
_LONG = 200  # characters from which on looking around hints costs less than looking everywhere
_AROUND = 60  # characters on either side of a hint within which all lies that may decide about it
_SEPARATOR = b"\n\0"
_DECORATION = re.compile(
    r"^[ \t]*(?:#+!?|//+[!/]?|/\*+!?|\*+/|\*+(?=\s|$)|--+|;+|'{3}|\"{3}|[rRuUbBfF]{1,2}(?=[\"'])|@(?:module)?doc\b)?[ \t]?"
)
_ENDINGS = ("*/", '"""', "'''")
_NEWLINE = 10
_MAX_BETWEEN = 1_000  # what is further apart has more than a newline and an indentation between


def telling_comments(
    source: Source, comments: list[Span], docstrings: list[Span], overview: list[Span]
) -> Iterator[tuple[Span, Comment]]:
    """Yield ``(span, comment)`` for all prose that tells something, in source order.

    Line comments on adjacent lines are read as one. ``overview`` are docstrings of whole files: kept (as ``docstring``,
    their first paragraph) even where they carry no telling word, for they say what the file is for. Of long prose only the
    lines around the telling word are kept. ``symbol`` is not set.
    """
    about = {_shortened(span) for span in overview}
    blocks = _blocks(source.data, comments)
    if docstrings or about:
        blocks = sorted({*blocks, *map(_shortened, docstrings), *about})
    suspected = _hints_in(source, blocks)
    done = -1
    kept = 0
    for index in sorted({*suspected, *(bisect_left(blocks, span) for span in about)}):
        block = blocks[index]
        if block[0] < done:
            continue
        done = block[1]
        found = _first_match(_lowered(source, block), suspected.get(index, ()))
        if found is None and block not in about:
            continue
        name, at = found or ("docstring", 0)
        comment = _comment(source, block, name, at)
        if comment is not None:
            kept += 1
            yield block, comment
        if kept >= MAX_COMMENTS:
            return


def _shortened(docstring: Span) -> Span:
    return docstring[0], min(docstring[1], docstring[0] + _MAX_DOCSTRING)


def _blocks(data: bytes, comments: list[Span]) -> list[Span]:
    """Return the comments with those on adjacent lines made one, where nothing but blanks stands between them.

    A comment after code may not begin such a block.
    """
    blocks: list[Span] = []
    begin = end = -1
    may_grow = True
    for span in comments:
        start = span[0]
        if end >= 0:
            between = data[end:start] if start - end < _MAX_BETWEEN else b"-"
            newlines = between.count(b"\n") + (data[end - 1] == _NEWLINE)
            if newlines == 1 and (not between or between.isspace()) and (may_grow or _starts_line(data, begin)):
                end = span[1]
                may_grow = True  # below a comment and after blanks alone, so at the start of its line
                continue
            blocks.append((begin, end))
        begin, end = span
        may_grow = False
    if end >= 0:
        blocks.append((begin, end))
    return blocks


def _starts_line(data: bytes, offset: int) -> bool:
    line_start = data.rfind(b"\n", 0, offset) + 1
    return not data[line_start:offset].strip()


def _hints_in(source: Source, blocks: list[Span]) -> dict[int, list[_Hint]]:
    """Return for each block (by index) that contains hints which ones, in no certain order."""
    data = source.data
    prose = _SEPARATOR.join([data[start:end] for start, end in blocks]).lower()
    words = _TOLD_BY.intersection(prose.translate(_WORDS).split())
    hints = [(rank, hint) for word in _HINTS.keys() & words for rank, hint, others in _HINTS[word] if others <= words]
    if not hints:
        return {}
    starts = list(accumulate([end - start + len(_SEPARATOR) for start, end in blocks], initial=0))[:-1]
    suspected: dict[int, list[_Hint]] = {}
    for rank, hint in hints:
        told = rank, hint.decode()
        for index in _blocks_with(prose, hint, starts):
            suspected.setdefault(index, []).append(told)
    return suspected


def _blocks_with(prose: bytes, hint: bytes, starts: list[int]) -> Iterator[int]:
    position = prose.find(hint)
    while position >= 0:
        index = bisect_right(starts, position) - 1
        yield index
        if index + 1 == len(starts):
            return
        position = prose.find(hint, starts[index + 1])


def _lowered(source: Source, block: Span) -> str:
    # Bytes are lowered, so that every character keeps its place.
    return source.data[block[0] : block[1]].lower().decode("utf-8", "replace")


def _first_match(text: str, hints: Sequence[_Hint]) -> tuple[str, int] | None:
    """Return the first kind that matches, with where; a rank occurs once for each of its hints that the text contains."""
    for rank in sorted({rank for rank, _ in hints}):
        kind = _KINDS[rank]
        if len(text) > _LONG:
            start = _start_near(text, kind.pattern, [hint for other, hint in hints if other == rank])
        else:
            match = kind.pattern.search(text)
            start = match.start() if match is not None else -1
        if start >= 0:
            return kind.name, start
    return None


def _start_near(text: str, pattern: re.Pattern[str], hints: Sequence[str]) -> int:
    """Return where the pattern first matches, or -1: as if all of the text was searched, but looking only around the hints."""
    first = -1
    for hint in hints:
        place = text.find(hint)
        while place >= 0 and (first < 0 or place - _AROUND < first):
            end = place + len(hint) + _AROUND
            match = pattern.search(text, max(0, place - _AROUND), end)
            # What begins after the hint and ends where the search did may be a piece of a longer word.
            if match is not None and (match.start() <= place or match.end() < end) and not 0 <= first < match.start():
                first = match.start()
            place = text.find(hint, place + 1)
    return first


def _comment(source: Source, block: Span, kind: str, at: int) -> Comment | None:
    lines = source.text(block).splitlines()
    first = source.line(block[0])
    low, high = 0, len(lines)
    if kind == "docstring":
        low, high = _first_paragraph(lines)
    elif len(lines) > _MAX_LINES:
        low, high = _around(lines, at)
    text = _without_closing("\n".join(_bare(line) for line in lines[low:high]).strip())[:MAX_TEXT]
    if not text:
        return None
    return Comment(text, first + low, first + max(low, high - 1), kind)


def _bare(line: str) -> str:
    """Return the line without what makes it a comment."""
    decoration = _DECORATION.match(line)
    text = line[decoration.end() if decoration else 0 :].rstrip()
    if text.endswith(_ENDINGS):
        text = text[:-2].rstrip("*") if text.endswith("*/") else text[:-3]
    return text.lstrip("\"'").rstrip()


def _without_closing(text: str) -> str:
    """Return a text without the quotation marks that end a docstring; those that close what it quotes stay."""
    if text.endswith(('"', "'")) and text.count(text[-1]) % 2:
        return text.rstrip(text[-1]).strip()
    return text


def _first_paragraph(lines: list[str]) -> tuple[int, int]:
    low = next((index for index, line in enumerate(lines) if _bare(line)), 0)
    high = next((index for index in range(low, len(lines)) if not _bare(lines[index])), len(lines))
    return low, min(high, low + _MAX_LINES)


def _around(lines: list[str], at: int) -> tuple[int, int]:
    """Return the paragraph around a character offset, at most so many lines of it."""
    hit, passed = 0, 0
    for index, line in enumerate(lines):
        hit = index
        passed += len(line) + 1
        if passed > at:
            break
    low = hit
    while low > 0 and hit - low < _MAX_LINES // 2 and _bare(lines[low - 1]):
        low -= 1
    high = hit + 1
    while high < len(lines) and high - low < _MAX_LINES and _bare(lines[high]):
        high += 1
    return low, high
