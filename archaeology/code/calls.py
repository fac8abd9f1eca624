"""Calls to imported names, with the name replaced by what it was imported as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import accumulate
from operator import itemgetter

from archaeology.code.adapters.base import Adapter
from archaeology.code.call_targets import Targets
from archaeology.code.calls_rust import calls_left_out
from archaeology.code.calls_script import calls_in_blocks
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.left_out import Outline
from archaeology.code.source import Source, Span
from archaeology.facts import Call, Import

_USUAL = 400
"""Bytes of a called name that are looked at."""

_BLANK = frozenset(b" \t\r\n\\")
# What may stand between a name and the bracket of its call, or between two parts of the name: blanks, type arguments, an index, an
# assertion, an optional part. After the bracket of another call the name has been looked at already.
_MAY_HIDE = _BLANK | frozenset(b">]!?")
# Signs for what stands between names: what comes before no arguments, what may be the end of something that is called, and a part of "=>".
_APART, _HIDES, _EQUALS = b",", b"]", b"="
_ARROW = _EQUALS + _HIDES
_ALIKE = bytes.maketrans(_HIDES + _EQUALS, _APART * 2)
_NEVER_CALLED = (_APART, _EQUALS)
_PARTS = frozenset((b".", b":"))
_SPREAD = b"..."
_LEADS = frozenset((b"..", b"::"))  # a spread, or a path from the root
_OPEN = 40
_SPACE = 32

_Found = tuple[int, str, str | None]
"""Where a call begins, what it reaches, and the symbol around it."""
_by_start = itemgetter(0)
_call: Callable[[tuple[object, ...]], Call] = partial(
    tuple.__new__, Call
)  # a third of what calling a named tuple costs


def calls(
    source: Source, captured: Captured, adapter: Adapter, definitions: Definitions, imports: tuple[Import, ...]
) -> tuple[Call, ...]:
    """Return calls in source order: of several calls to one target inside one symbol, the first."""
    targets = Targets(adapter, imports)
    if captured.has_all_calls:
        found = _captured_calls(source.data, captured, definitions, targets)
        if captured.calls_in is not None and captured.skipped:
            found += _calls_left_out(captured, captured.calls_in, definitions, targets)
            found.sort(key=_by_start)
        elif captured.script is not None:
            found += _calls_in_blocks(captured.script, captured.is_whole_call, definitions, targets)
            found.sort(key=_by_start)
    else:
        found = _calls_before_brackets(captured.code, captured, definitions, targets)
        found += _captured_calls(source.data, captured, definitions, targets)
        found.sort(key=_by_start)
    first: dict[tuple[str, str | None], int] = {}
    for start, target, symbol in found:
        first.setdefault((target, symbol), start)
    line = source.line
    return tuple([_call((target, line(start), symbol)) for (target, symbol), start in first.items()])


def _captured_calls(data: bytes, captured: Captured, definitions: Definitions, targets: Targets) -> list[_Found]:
    found: list[_Found] = []
    here: set[bytes] = set()
    symbol: str | None = None
    last = until = -1
    for start, end in captured.get("call"):
        # Of a chain of calls all begin at its first name, and only that is looked at.
        if start == last:
            continue
        last = start
        if start >= until:
            symbol, until = definitions.symbol_until(start)
            here = set()
        written = data[start : end if end - start < _USUAL else start + _USUAL]
        if written not in here:
            here.add(written)
            target = targets[written]
            if target is not None:
                found.append((start, target, symbol))
    return found


def _calls_left_out(
    captured: Captured, parsed: Callable[[Span], dict[int, int]], definitions: Definitions, targets: Targets
) -> list[_Found]:
    def wanted(names: set[bytes]) -> set[bytes]:
        return {
            name
            for name in names
            if name in heads or name[:1] == b":" or (name.find(joint) >= 0 and targets[name[:_USUAL]] is not None)
        }

    heads, joint, code = targets.heads(), targets.adapter.joint.encode(), captured.code
    found: list[_Found] = []
    for start, end in calls_left_out(code, captured.skipped, _letters(targets.adapter), wanted, parsed):
        target = targets[code[start : min(end, start + _USUAL)]]
        if target is not None:
            found.append((start, target, definitions.symbol(start)))
    return found


def _calls_in_blocks(
    plan: Outline, is_call: Callable[[int, int], bool], definitions: Definitions, targets: Targets
) -> list[_Found]:
    code = plan.code
    found: list[_Found] = []
    for start, end in calls_in_blocks(
        code, plan.skipped, plan.templates or (), targets.heads(), is_call, has_types=plan.has_types
    ):
        target = targets[code[start : min(end, start + _USUAL)]]
        if target is not None:
            found.append((start, target, definitions.symbol(start)))
    return found


def _calls_before_brackets(code: bytes, captured: Captured, definitions: Definitions, targets: Targets) -> list[_Found]:
    """Return the calls of names that stand before opening brackets: splitting bytes costs less than asking the tree for each."""
    pieces = code.translate(_signs(targets.adapter)).split(b"(")
    pieces.pop()
    # What stands before each bracket without blanks in it: a name and perhaps signs.
    words = [piece.rstrip().rpartition(b" ")[2] for piece in pieces]
    heads = targets.heads()
    wanted = _wanted(set(words), heads, targets)
    lengths = list(accumulate(map(len, pieces)))
    found: list[_Found] = []
    here: set[bytes] = set()
    symbol: str | None = None
    until = -1
    is_call, called_before = captured.is_call, captured.called_before
    for index in [index for index, word in enumerate(words) if word in wanted]:
        bracket = lengths[index] + index
        if bracket >= until:
            symbol, until = definitions.symbol_until(bracket)
            here = set()
        word = words[index]
        if word in here:
            continue
        name, target = wanted[word]
        start = bracket - len(name)
        if target is None or code[bracket - 1] in _BLANK:
            if word == name and name[:1] in _PARTS and not _is_behind_blanks(pieces[index], name, heads):
                continue
            start = called_before(bracket)
            target = _target_at(code, start, bracket, targets)
        elif is_call(start, bracket):
            here.add(word)
        else:
            continue
        if target is not None:
            found.append((start, target, symbol))
    return found + _calls_after_line_ends(code, captured, definitions, targets)


def _wanted(words: set[bytes], heads: set[bytes], targets: Targets) -> dict[bytes, tuple[bytes, str | None]]:
    """Return by word the name at its end, and what that reaches; None where only the rest of what is called may stand there."""
    joint = targets.adapter.joint.encode()
    wanted: dict[bytes, tuple[bytes, str | None]] = {}
    for word in words:
        if word.isalnum() or word.endswith(_NEVER_CALLED):
            # Most are plain names of other things, or signs.
            if word in heads and (target := targets[word[:_USUAL]]) is not None:
                wanted[word] = word, target
            continue
        name = word.translate(_ALIKE).rpartition(_APART)[2]
        before = word[-len(name) - 1 : -len(name)] if name else word[-1:]
        if name and name[:1] not in _PARTS:
            if name.partition(joint)[0] in heads and (target := targets[name[:_USUAL]]) is not None:
                wanted[word] = name, target
        elif before == _HIDES:
            if not word.endswith(_ARROW):
                wanted[word] = name, None
        elif name and (not before or (name[:2] in _LEADS and len(name) > len(_SPREAD))):
            wanted[word] = name, None
    return wanted


def _calls_after_line_ends(code: bytes, captured: Captured, definitions: Definitions, targets: Targets) -> list[_Found]:
    found: list[_Found] = []
    for bracket in _after_line_end(code):
        start = captured.called_before(bracket)
        target = _target_at(code, start, bracket, targets)
        if target is not None:
            found.append((start, target, definitions.symbol(start)))
    return found


def _target_at(code: bytes, start: int, bracket: int, targets: Targets) -> str | None:
    return targets[code[start : min(bracket, start + _USUAL)]] if start >= 0 else None


def _after_line_end(code: bytes) -> Iterator[int]:
    """Yield the first bracket after each dot at the end of a line, before which only the last part of a name stands."""
    place = code.find(b".\n")
    while place >= 0 and (bracket := code.find(b"(", place)) >= 0:
        yield bracket
        place = code.find(b".\n", bracket)


def _is_behind_blanks(piece: bytes, name: bytes, heads: set[bytes]) -> bool:
    """Tell whether what is called may stand farther before the bracket than the name that ends there, and blanks between.

    ``piece`` is the code before the bracket as :func:`_signs` shows it, and ``name`` its last, which is part of another.
    """
    if name[:2] in _LEADS:
        return True
    before = piece.rstrip()[: -len(name)]
    earlier = before.rstrip()
    if earlier == before:
        return False
    if earlier.endswith(_HIDES):
        return True
    word = earlier.rpartition(b" ")[2].translate(_ALIKE).rpartition(_APART)[2]
    return word[:1] in _PARTS or word.partition(name[:1])[0] in heads


@cache
def _letters(adapter: Adapter) -> bytes:
    """Return a translation that keeps what names consist of and opening brackets, and makes all else blanks."""
    kept = _in_names(adapter) | {_OPEN}
    return bytes(code if code in kept else _SPACE for code in range(256))


@cache
def _signs(adapter: Adapter) -> bytes:
    """Return a translation that keeps what names consist of and tells what else may stand before arguments, as few signs."""
    kept = _in_names(adapter)
    signs = {
        **dict.fromkeys(range(256), _APART[0]),
        **{code: code for code in (*kept, *_EQUALS)},
        **dict.fromkeys(_BLANK, _SPACE),
        **dict.fromkeys(_MAY_HIDE - _BLANK, _HIDES[0]),
        _OPEN: _OPEN,
    }
    return bytes(signs[code] for code in range(256))


def _in_names(adapter: Adapter) -> set[int]:
    pattern = adapter.call_pattern
    return {code for code in range(256) if pattern.fullmatch(b"a" + bytes([code])) or code in adapter.joint.encode()}
