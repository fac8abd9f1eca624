"""Which tests speak of a function or an issue by their names: those near its file, where they name it and a word of what is said of it.

Of the many tests that call a function few look at what is said of it, so the name alone is not enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import PurePosixPath

from archaeology.detectors.places import folder_of, test_paths
from archaeology.facts import Facts, TestCase
from archaeology.readings.stems import stems_of

_TELLING_NAME = 5
_OF_TESTS = frozenset({"test", "case", "use", "using", "work", "handl", "retur", "call", "can", "not", "no"})


class NamedTests:
    """Looks up the tests of one survey by their names; indexes are built when first needed."""

    def __init__(self, facts: Facts) -> None:
        """Look at the tests and the imports of these facts."""
        self._facts = facts
        self._named: dict[str, _Cases] = {}
        self._shared: dict[str, bool] = {}
        self._found: dict[tuple[str, str | None, tuple[str, ...], str], list[TestCase]] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of tests."""
        return frozenset(test_paths(self._facts))

    def expect(self, symbols: Iterable[str | None]) -> None:
        """Take note of which functions are going to be asked about: to see at once what all of them share their names with costs far less."""
        names = {_joined(_parted(symbol)[1]) for symbol in symbols if symbol}
        wanted = {name for name in names if len(name) > _TELLING_NAME} - self._shared.keys()
        self._shared |= dict.fromkeys(wanted, False) | dict.fromkeys(self._several(wanted), True)

    def tests(self, path: str, symbol: str | None, issues: tuple[str, ...], said: str) -> list[TestCase]:
        """Return tests near the file that name one of the issues, or both the function and something that is ``said`` of it.

        The function is named by its owner as well where others have one of that name. What was found is kept: it is asked for twice.
        """
        key = path, symbol, issues, said
        if key not in self._found:
            self._found[key] = self._look(*key)
        return self._found[key]

    def has_cases(self, place: str) -> bool:
        """Whether a file has tests, and not only what tests need."""
        return bool(self._cases.get(place))

    def case_about(
        self, place: str, about: tuple[str, str | None], issues: Iterable[str], said: str
    ) -> TestCase | None:
        """Return the test of the file ``place`` that names one of the issues, or the function (path, symbol) and something that is said of it, or None."""
        return next(self._cases_about(place, self._names(*about), set(issues), said), None)

    def _look(self, path: str, symbol: str | None, issues: tuple[str, ...], said: str) -> list[TestCase]:
        numbers = set(issues)
        near = {*self._importers.get(path, ()), *self._neighbours.get(folder_of(path), ()), path}
        places = sorted(near & self._cases.keys())
        names = self._names(path, symbol) if places else ("", "")
        found = [case for place in places for case in self._cases_about(place, names, numbers, said)]
        return sorted(found, key=lambda case: (not (case.issue and _digits(case.issue) in numbers), case.id))

    @cached_property
    def _cases(self) -> dict[str, list[TestCase]]:
        """The tests of each file."""
        found: dict[str, list[TestCase]] = defaultdict(list)
        for case in self._facts.tests.cases:
            found[case.path].append(case)
        return found

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self._facts.imports.edges:
            if edge.target is not None and edge.source in self.files:
                found[edge.target].add(edge.source)
        return found

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        """Test files by folder: in some languages a test imports nothing of what lies beside it."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._cases:
            found[folder_of(path)].append(path)
        return found

    def _named_cases(self, place: str) -> _Cases:
        """The tests of a file, made ready to be looked through; for the few files that are asked about."""
        if place not in self._named:
            self._named[place] = _Cases(self._cases.get(place, ()))
        return self._named[place]

    def _names(self, path: str, symbol: str | None) -> tuple[str, str]:
        """Return what a function is called, and what it belongs to where that must be named as well, in small letters without underscores."""
        owner, last = _parted(symbol or "")
        name = _joined(last)
        belongs = owner.rpartition(".")[2] or PurePosixPath(path).stem
        if len(name) <= _TELLING_NAME:
            return name, ""
        if name not in self._shared:
            self.expect([symbol])
        return name, _joined(belongs) if self._shared[name] else ""

    def _several(self, wanted: AbstractSet[str]) -> set[str]:
        """Which of these names several functions of the product have: a test that has only such a name in its own may be about any of them."""
        first: dict[str, tuple[str, str]] = {}
        shared = set[str]()
        for path, code in self._facts.code.items() if wanted else ():
            if path in self.files:
                continue
            names = [definition.name for definition in code.definitions]
            # Of all at once, for a fifth of the time: few files have one of the names as a part of any of theirs.
            plain = _joined("\n".join(names)).replace("::", ".")
            if plain.isascii() and wanted.isdisjoint(plain.replace(".", "\n").split("\n")):
                continue
            for owner, last in map(_parted, set(names)):
                joined = _joined(last)
                if joined in wanted and first.setdefault(joined, (path, owner)) != (path, owner):
                    shared.add(joined)
        return shared

    def _cases_about(self, place: str, names: tuple[str, str], issues: set[str], said: str) -> Iterator[TestCase]:
        """Yield the tests of a file that name one of the issues, or the function, what it belongs to, and something that is said of it."""
        name, belongs = names
        telling = len(name) > _TELLING_NAME
        if not (telling or issues):
            return
        known = self._named_cases(place)
        for own, issue, case in known.each if known.may_name(name if telling else "", issues) else ():
            by_name = telling and name in own and belongs in _joined(f"{place} {case.id}")
            if (issue and issue in issues) or (by_name and _speaks_of(case, name, said)):
                yield case


class _Cases:
    """The tests of a file with what they and their issues are called."""

    def __init__(self, cases: Sequence[TestCase]) -> None:
        self._cases = cases
        self._ids = _joined("\n".join([case.id for case in cases]))
        self._issues = frozenset([_digits(case.issue) for case in cases if case.issue])

    def may_name(self, name: str, issues: AbstractSet[str]) -> bool:
        """Whether one of them may have a name in its own, or be of one of the issues: of most files none is."""
        return bool(name and (name in self._ids or not self._ids.isascii())) or not self._issues.isdisjoint(issues)

    @cached_property
    def each(self) -> list[tuple[str, str, TestCase]]:
        """What each of them is called, the number of its issue, and itself."""
        return [
            (_joined(case.id.rsplit("::", 1)[-1]), _digits(case.issue) if case.issue else "", case)
            for case in self._cases
        ]


def _speaks_of(case: TestCase, name: str, said: str) -> bool:
    """Whether a test has a word of what is said in its own name, beside that of the function: of the many that call it, few look at that."""
    own = stems_of(case.id.rsplit("::", 1)[-1]) - _OF_TESTS - stems_of(case.path)
    return any(stem not in name for stem in own & stems_of(said))


def _parted(symbol: str) -> tuple[str, str]:
    """What a definition belongs to, and its own name."""
    owner, _, last = symbol.replace("::", ".").rpartition(".")
    return owner, last


def _joined(name: str) -> str:
    return name.replace("_", "").lower()


def _digits(issue: str) -> str:
    return re.sub(r"^\D+", "", issue)
