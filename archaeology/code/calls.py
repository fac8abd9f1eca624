"""Calls to imported names, with the name replaced by what it was imported as."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from operator import itemgetter
from string import ascii_letters, digits

from archaeology.code.adapters.base import Adapter
from archaeology.code.captured import Captured
from archaeology.code.definitions import Definitions
from archaeology.code.source import Source
from archaeology.facts import Call, Import

_USUAL = 400
"""Bytes of a called name that are looked at."""

_BLANK = frozenset(b" \t\r\n\\")
# What may stand between a name and the bracket of its call, or between two parts of the name: blanks, type arguments, an index, an
# assertion, an optional part. After the bracket of another call the name has been looked at already.
_MAY_HIDE = _BLANK | frozenset(b">]!?")
_JOINTS = frozenset((b"", b".", b":", b"?"))
_ENDS_NAME = _BLANK | frozenset(f"{ascii_letters}{digits}_$>]!?".encode()) | frozenset(range(0x80, 0x100))
_SPREAD = b"..."
_LEADS = frozenset((b"..", b"::"))  # a spread, or a path from the root
_SPACE = 32

_Found = tuple[int, str, str | None]
"""Where a call begins, what it reaches, and the symbol around it."""
_by_start = itemgetter(0)


def calls(
    source: Source, captured: Captured, adapter: Adapter, definitions: Definitions, imports: tuple[Import, ...]
) -> tuple[Call, ...]:
    """Return calls in source order: of several calls to one target inside one symbol, the first."""
    targets = _Targets(adapter, imports)
    if captured.has_all_calls:
        found = _captured_calls(source.data, captured, definitions, targets)
    else:
        found = _calls_before_brackets(captured.code, captured, definitions, targets)
        found += _captured_calls(source.data, captured, definitions, targets)
        found.sort(key=_by_start)
    seen: set[tuple[str, str | None]] = set()
    calls: list[Call] = []
    for start, target, symbol in found:
        if (target, symbol) not in seen:
            seen.add((target, symbol))
            calls.append(Call(target, source.line(start), symbol))
    return tuple(calls)


class _Targets(dict[bytes, str | None]):
    """What a name as it is written reaches; the same few things are called again and again."""

    def __init__(self, adapter: Adapter, imports: tuple[Import, ...]) -> None:
        self.adapter = adapter
        self._bound = dict(pair for found in imports for pair in adapter.bindings(found))

    def heads(self) -> set[bytes]:
        """Return the first parts of all names that reach anything."""
        return {head.encode() for head in (*self._bound, *self.adapter.ambient)}

    def __missing__(self, written: bytes) -> str | None:
        match = self.adapter.call_pattern.match(written)
        text = match.group().decode("utf-8", "replace") if match is not None else None
        self[written] = target = None if text is None else self.adapter.call_target(text, self._bound)
        return target


def _captured_calls(data: bytes, captured: Captured, definitions: Definitions, targets: _Targets) -> list[_Found]:
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


def _calls_before_brackets(
    code: bytes, captured: Captured, definitions: Definitions, targets: _Targets
) -> list[_Found]:
    """Return the calls of names that stand before opening brackets: splitting bytes costs less than asking the tree for each."""
    pieces = code.translate(_letters(targets.adapter)).split(b"(")
    pieces.pop()
    names = [piece.rpartition(b" ")[2] for piece in pieces]
    joint, heads = targets.adapter.joint.encode(), targets.heads()
    wanted = {name for name in set(names) if name[:1] in _JOINTS or name.partition(joint)[0] in heads}
    lengths = list(accumulate(map(len, pieces)))
    found: list[_Found] = []
    here: set[bytes] = set()
    symbol: str | None = None
    until = -1
    for index in [index for index, name in enumerate(names) if name in wanted]:
        name, bracket = names[index], lengths[index] + index
        if bracket >= until:
            symbol, until = definitions.symbol_until(bracket)
            here = set()
        if name in here:
            continue
        start = bracket - len(name)
        if name[:1] in _JOINTS:
            start = captured.called_before(bracket) if _may_hide_name(code, start, pieces[index], name, heads) else -1
            target = _target_at(code, start, bracket, targets)
        else:
            target = targets[name[:_USUAL]]
            if target is not None and not captured.is_call(start, bracket):
                continue
            here.add(name)
        if target is not None:
            found.append((start, target, symbol))
    for bracket in _after_line_end(code):
        start = captured.called_before(bracket)
        target = _target_at(code, start, bracket, targets)
        if target is not None:
            found.append((start, target, definitions.symbol(start)))
    return found


def _target_at(code: bytes, start: int, bracket: int, targets: _Targets) -> str | None:
    return targets[code[start : min(bracket, start + _USUAL)]] if start >= 0 else None


def _after_line_end(code: bytes) -> Iterator[int]:
    """Yield the first bracket after each dot at the end of a line, before which only the last part of a name stands."""
    place = code.find(b".\n")
    while place >= 0:
        bracket = code.find(b"(", place)
        if bracket >= 0:
            yield bracket
        place = code.find(b".\n", place + 1)


def _may_hide_name(code: bytes, start: int, piece: bytes, name: bytes, heads: set[bytes]) -> bool:
    """Tell whether what is called may stand farther before the bracket than the name that ends there.

    ``piece`` is the code before the bracket with only names in it, and ``name`` its last, which begins at ``start``.
    """
    before = code[start - 1] if start else _SPACE
    if before in _BLANK:
        if name[:2] in _LEADS:
            return True
        if before == _SPACE and code[start - 2] not in _ENDS_NAME:
            return False
        # Mostly a word of the language stands there: "if (".
        earlier = piece[: len(piece) - len(name)].rstrip(b" ").rpartition(b" ")[2]
        return earlier[:1] in (b".", b":") or earlier.partition(name[:1] or b".")[0] in heads
    return before in _MAY_HIDE or (name[:2] in _LEADS and len(name) > len(_SPREAD))


@cache
def _letters(adapter: Adapter) -> bytes:
    """Return a translation that keeps what names consist of and opening brackets, and makes all else blanks."""
    pattern = adapter.call_pattern
    kept = {
        code for code in range(256) if pattern.fullmatch(b"a" + bytes([code])) or code in b"(" + adapter.joint.encode()
    }
    return bytes(code if code in kept else _SPACE for code in range(256))
