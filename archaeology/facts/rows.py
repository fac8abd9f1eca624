"""What files hold by the dozen, kept as columns of numbers; a row is made when somebody looks at it.

A hundred thousand definitions, imports and calls as tuples are most of what a scan holds of the source, and they are looked at a few times
in all. Here a row takes a dozen bytes beside its texts: lines are numbers as they are, and everything else, which stands in the files over
and over, is held once and known by a number.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar, overload

from archaeology.facts.contents import Call, Definition, Import

Row = TypeVar("Row", bound=tuple[Any, ...])
_Columns = tuple["array[int]", ...]
_Value = Callable[[int], Any]


class Rows(Sequence[Row]):
    """The rows of one kind that a file holds; equal to a tuple of the same."""

    __slots__ = ("_begin", "_end", "_table")

    def __init__(self, table: _Table[Row], begin: int, end: int) -> None:
        """Take those of the table from ``begin`` up to ``end``."""
        self._table = table
        self._begin = begin
        self._end = end

    def __len__(self) -> int:
        return self._end - self._begin

    def __iter__(self) -> Iterator[Row]:
        return iter(self._table.rows(self._begin, self._end))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        places = range(self._begin, self._end)[index]
        if isinstance(places, range):
            return tuple(self)[index]
        return self._table.row(places)

    def chosen(self, choice: Choice[Row]) -> Sequence[Row]:
        """Return those that a choice takes; it is asked once for all that are alike."""
        return self._table.chosen(choice, self._begin, self._end)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Rows | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Choice(Generic[Row]):
    """Takes some rows by what many of them have in common, at less cost than to look at each.

    That is all of a definition but its name and lines, all of an import but its module and line, and the target of a call. Nothing else is
    shown of packed rows.
    """

    def __init__(self, is_wanted: Callable[[Row], bool]) -> None:
        """Take rows for which ``is_wanted`` holds."""
        self.is_wanted = is_wanted
        self.known: dict[
            object, tuple[set[int], set[int]]
        ] = {}  # the numbers that it was asked about, and those it wanted

    def of(self, rows: Sequence[Row]) -> Iterable[Row]:
        """Return those of a file's rows that are wanted, in their order."""
        return rows.chosen(self) if isinstance(rows, Rows) else filter(self.is_wanted, rows)


class Packing:
    """Packs the rows of many files together; good for as long as files are read, while their rows stay as long as somebody has them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values: list[Any] = []
        self._numbers = _Numbers(self._values)
        self._tables = {form.kind: _Table(form, self._values) for form in _FORMS}

    def share(self, value: Any, _: object = None) -> Any:
        """Return the first that came of the values that equal this one."""
        return self._values[self._numbers[value]]

    def holds(self, kind: type[tuple[Any, ...]]) -> bool:
        """Whether rows of a kind are packed."""
        return kind in self._tables

    def rows(self, kind: type[Row], columns: Sequence[Iterable[Any]]) -> Sequence[Row]:
        """Return rows of a kind that are given field by field. Raises TypeError or OverflowError for what is no row of it."""
        table = self._tables[kind]
        return table.add(table.form.columns(self._numbers.__getitem__, *columns))


class _Numbers(dict[Any, int]):
    """Numbers values in the order in which they come first, and keeps them in that order."""

    def __init__(self, values: list[Any]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self._values)
        self._values.append(value)
        return number


@dataclass(frozen=True)
class _Form(Generic[Row]):
    """How rows of a kind become ``width`` columns of numbers, and rows again.

    The column ``alike`` tells what a :class:`Choice` depends on, and ``sample`` makes a row of what it stands for.
    """

    kind: type[Row]
    width: int
    alike: int
    sample: Callable[[Any], Row]
    columns: Callable[..., _Columns]
    rows: Callable[..., Sequence[Row]]


class _Table(Generic[Row]):
    """The columns of all rows of a kind, and what their numbers stand for."""

    def __init__(self, form: _Form[Row], values: list[Any]) -> None:
        self.form = form
        self._values = values
        self._columns = tuple(array("I") for _ in range(form.width))
        self._last: tuple[int, int, Sequence[Row]] = (0, 0, ())

    def add(self, columns: _Columns) -> Rows[Row]:
        begin = len(self._columns[0])
        for whole, column in zip(self._columns, columns, strict=True):
            whole.extend(column)
        return Rows(self, begin, len(self._columns[0]))

    def rows(self, begin: int, end: int) -> Sequence[Row]:
        last = self._last
        if (begin, end) != last[:2]:  # the same file is looked at again and again, for each of its comments
            self._last = last = begin, end, self._made(begin, end)
        return last[2]

    def row(self, place: int) -> Row:
        begin, end, rows = self._last
        return rows[place - begin] if begin <= place < end else self._made(place, place + 1)[0]

    def chosen(self, choice: Choice[Row], begin: int, end: int) -> Sequence[Row]:
        asked, wanted = choice.known.setdefault(self, (set(), set()))
        numbers = self._columns[self.form.alike][begin:end]
        for number in set(numbers).difference(asked):
            asked.add(number)
            if choice.is_wanted(self.form.sample(self._values[number])):
                wanted.add(number)
        if wanted.isdisjoint(numbers):  # most files have none
            return ()
        places = [place for place, number in enumerate(numbers, begin) if number in wanted]
        columns = [[column[place] for place in places] for column in self._columns]
        return self.form.rows(self._values.__getitem__, *columns)

    def _made(self, begin: int, end: int) -> Sequence[Row]:
        return self.form.rows(self._values.__getitem__, *[column[begin:end] for column in self._columns])


def _of_definitions(  # noqa: PLR0913, PLR0917 - the fields of a definition
    number: Callable[[Any], int],
    names: Iterable[str],
    kinds: Iterable[str],
    visibilities: Iterable[str],
    starts: Iterable[int],
    ends: Iterable[int],
    *rest: Iterable[Any],
) -> _Columns:
    alike = zip(kinds, visibilities, *rest, strict=True)
    return _numbered(number, names), array("I", starts), array("I", ends), _numbered(number, alike)


def _definitions(
    value: _Value, names: Iterable[int], starts: Iterable[int], ends: Iterable[int], alike: Iterable[int]
) -> Sequence[Definition]:
    make = partial(tuple.__new__, Definition)
    return [
        make((name, kind, visibility, start, end, bases, decorators, abstract))
        for name, start, end, (kind, visibility, bases, decorators, abstract) in zip(
            map(value, names), starts, ends, map(value, alike), strict=True
        )
    ]


def _alike_definition(alike: tuple[str, str, tuple[str, ...], tuple[str, ...], bool]) -> Definition:
    kind, visibility, bases, decorators, abstract = alike
    return Definition("", kind, visibility, 0, 0, bases, decorators, abstract)


def _of_imports(
    number: Callable[[Any], int], modules: Iterable[str], lines: Iterable[int], *rest: Iterable[Any]
) -> _Columns:
    return _numbered(number, modules), array("I", lines), _numbered(number, zip(*rest, strict=True))


def _imports(value: _Value, modules: Iterable[int], lines: Iterable[int], alike: Iterable[int]) -> Sequence[Import]:
    make = partial(tuple.__new__, Import)
    return [
        make((module, line, *rest))
        for module, line, rest in zip(map(value, modules), lines, map(value, alike), strict=True)
    ]


def _of_calls(
    number: Callable[[Any], int], targets: Iterable[str], lines: Iterable[int], symbols: Iterable[str | None]
) -> _Columns:
    return _numbered(number, targets), array("I", lines), _numbered(number, symbols)


def _calls(value: _Value, targets: Iterable[int], lines: Iterable[int], symbols: Iterable[int]) -> Sequence[Call]:
    rows = zip(map(value, targets), lines, map(value, symbols), strict=True)
    return list(map(partial(tuple.__new__, Call), rows))


def _numbered(number: Callable[[Any], int], values: Iterable[Any]) -> array[int]:
    return array("I", map(number, values))


_FORMS: tuple[_Form[Any], ...] = (
    _Form(Definition, 4, 3, _alike_definition, _of_definitions, _definitions),
    _Form(Import, 3, 2, lambda rest: Import("", 0, *rest), _of_imports, _imports),
    _Form(Call, 3, 0, lambda target: Call(target, 0), _of_calls, _calls),
)
