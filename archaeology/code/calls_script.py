"""Calls in blocks of TypeScript and JavaScript that were not parsed: told by what stands before brackets and templates, and behind ``new``.

No definition stands in such a block, and no text between tags, so that a name before a bracket is called with what that opens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from archaeology.code.source import Span, is_inside

_USUAL = 400  # bytes before a bracket that are looked at
_NAME = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.") | frozenset(range(0x80, 0x100))
_DOT, _NOT, _CLOSES, _MORE, _EQUALS, _ASKS, _SHARP = b".!]>=?#"
_SPREAD, _AWAIT = b"...", b"await"
# What may stand between a name and its arguments, or between two parts of the name, as one sign, and as another what ends arguments or a literal,
# before which nothing has to be looked at. All else but names and opening brackets becomes blank.
_HIDES, _ENDS = b"])"
_SIGN = {**dict.fromkeys(b"]>?", _HIDES), **dict.fromkeys(b')"', _ENDS), **{code: code for code in (*_NAME, *b"(#")}}
_SIGNS = bytes(_SIGN.get(code, 32) for code in range(256))
# Names before a bracket that is none of a call.
_OF_THE_LANGUAGE = frozenset(b"as asserts async await infer is keyof let of readonly satisfies unique yield".split())
_HEAD = re.compile(rb"[\w$\x80-\xff]+")
_NEW = re.compile(rb"new[ \t\r\n]+([\w$.\x80-\xff]+)(?![\w$.\x80-\xff(])")
_DOT_BEFORE_BLANK = re.compile(rb"\.[ \t\r\n]")


def calls_in_blocks(  # noqa: PLR0913 - all that is known of the blocks
    code: bytes,
    blocks: list[Span],
    templates: Iterable[int],
    heads: set[bytes],
    is_call: Callable[[int, int], bool],
    *,
    has_types: bool,
) -> Iterator[Span]:
    """Yield in no certain order, and maybe twice, where names begin and end that are called in the blocks and of which the first part is a head.

    ``code`` are the bytes with comments and literals blanked, of which ``templates`` are those that begin after a name. ``is_call`` tells where
    bytes leave a doubt whether the call of the name between two offsets is one, and ``has_types`` whether arguments may be types. Of a name that is called in a block more than once only the first call
    is certain to be told.
    """
    texts = [code[start:end] for start, end in blocks]
    text = b"\n".join(texts)
    begins = list(accumulate([len(piece) + 1 for piece in texts], initial=0))
    may_be_declared = b"):" in text
    here: set[tuple[int, bytes]] = set()
    for place, known in _ends(text, heads):
        index = bisect_right(begins, place) - 1
        start = blocks[index][0]
        end = place - begins[index] + start
        begin = end - known if known else begin_before(code, end)
        name = code[begin:end]
        if begin < start or (index, name) in here or not (known or _head(code, begin, end) in heads):
            continue
        is_doubtful = (
            name.rstrip() in _OF_THE_LANGUAGE
            or (may_be_declared and _has_type(code, end))
            or (name.find(b"<") >= 0 and not (has_types and _has_arguments(name)))
        )
        if not is_doubtful or is_call(begin, end):
            here.add((index, name))
            yield begin, end
    for template in templates:
        if is_inside(blocks, template):
            begin = begin_before(code, template)
            if begin >= 0 and _head(code, begin, template) in heads:
                yield begin, template


def begin_before(code: bytes, end: int) -> int:
    """Return where that begins which ends with the offset and may be called; -1 where it is no name, or a call is in it, which was found before."""
    is_first = True
    has_types = False
    while end > 0:
        lowest = max(0, end - _USUAL)
        end = lowest + len(code[lowest:end].rstrip())
        last = code[end - 1] if end > lowest else 0
        if last in _NAME:
            start, end = _name_before(code, lowest, end)
            if end < 0:
                # The grammar takes "await name<Type>()" for the call of what is awaited.
                is_awaited = has_types and code[lowest:start].rstrip().endswith(_AWAIT)
                return -1 if is_awaited or code[start - 1] == _SHARP else start
        elif last == _MORE and code[end - 2] != _EQUALS:
            end = _opens(code, end, b"<", b">")
            has_types = has_types or is_first
        elif last == _CLOSES and not is_first:
            end = _opens(code, end, b"[", b"]")
        elif last == _NOT and not is_first:
            end -= 1
        else:
            return -1
        is_first = False
    return -1


def _name_before(code: bytes, lowest: int, end: int) -> tuple[int, int]:
    """Return where the word begins that ends with the offset, and where ends what it is a part of, which is -1 where it is of nothing."""
    start = end - 1
    while start > lowest and code[start - 1] in _NAME:
        start -= 1
    if code.startswith(_SPREAD, start):
        return start + len(_SPREAD), -1
    if code[start] == _DOT:
        return start, start - (code[start - 1] == _ASKS)
    before = code[lowest:start].rstrip()
    return start, lowest + len(before) if before.endswith(b".") else -1


def _ends(text: bytes, heads: set[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where a name may end that is called and begins with a head, and how long it is, or 0 where that has to be found."""
    pieces = text.translate(_SIGNS).split(b"(")
    pieces.pop()
    words = [piece.rpartition(b" ")[2] or piece.rstrip().rpartition(b" ")[2] for piece in pieces]
    wanted = _wanted(set(words), heads)
    ends = list(accumulate(map(len, pieces))) if wanted else []
    for index in [index for index, word in enumerate(words) if word in wanted]:
        bracket = ends[index] + index
        yield bracket, wanted[words[index]] if text[bracket - 1] in _NAME else 0
    last = 0
    for dot in _DOT_BEFORE_BLANK.finditer(text):
        # Before the first bracket after it only the last part of a name stands.
        if dot.start() >= last:
            last = text.find(b"(", dot.start())
            if last < 0:
                break
            yield last, 0
    for made in _NEW.finditer(text):
        start, end = made.span(1)
        is_whole = text[made.start() - 1] not in _NAME and text[end : end + _USUAL].lstrip()[:1] != b"("
        if is_whole and _head(text, start, end) in heads:
            yield end, end - start


def _wanted(words: set[bytes], heads: set[bytes]) -> dict[bytes, int]:
    """Return by word how long the name at its end is, which is 0 where it may begin farther before."""
    wanted = {word: len(word) for word in heads & words}
    for word in [word for word in words if word and not word.isalnum()]:
        begin = max(word.rfind(_HIDES), word.rfind(_ENDS)) + 1
        head = word[begin:].partition(b".")[0]
        if head in heads:
            wanted[word] = len(word) - begin
        elif not head and (not begin or word[begin - 1] == _CLOSES):
            wanted[word] = 0
    return wanted


def _head(code: bytes, start: int, end: int) -> bytes:
    head = _HEAD.match(code, start, end)
    return head.group() if head is not None else b""


def _has_type(code: bytes, bracket: int) -> bool:
    """Tell whether a type follows what the bracket begins, as it does where a method is declared."""
    end = bracket
    while (end := code.find(b")", end) + 1) and end - bracket < _USUAL:
        if code.count(b"(", bracket, end) == code.count(b")", bracket, end):
            return code[end : end + 1] == b":"
    return False


def _has_arguments(name: bytes) -> bool:
    """Tell whether what is in angle brackets are types, and not two comparisons."""
    return name.endswith(b">") and name[name.index(b"<") - 1] in _NAME and b"&&" not in name and b"||" not in name


def _opens(code: bytes, end: int, opens: bytes, closes: bytes) -> int:
    """Return where the bracket stands that is closed just before the offset; -1 where it is not near."""
    lowest = max(0, end - _USUAL)
    place = code.rfind(opens, lowest, end)
    while place >= 0:
        inside = code[place:end].replace(b"=>", b"")
        if inside.count(opens) == inside.count(closes):
            return place
        place = code.rfind(opens, lowest, place)
    return -1
