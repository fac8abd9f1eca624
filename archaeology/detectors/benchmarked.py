"""Which product file a benchmark times: the one whose names it calls while the clock runs, in its own body or in a helper beside it.

A benchmark file often times several libraries against one another; that a file is imported, or has the same name, says nothing of the
single benchmark.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

from archaeology.detectors.places import folder_of
from archaeology.detectors.timed_part import timed_part
from archaeology.facts import Facts, TestCase
from archaeology.reader import preload

_STEM = re.compile(r"^(?:bench(?:mark)?_?|test_)|(?:_?bench(?:mark)?(?:_test)?|_test|\.bench)$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_$][\w$]{2,}")
_CALLED = re.compile(r"([A-Za-z_$][\w$]{2,})(?:[!?]|<[\w, ]*>)?\s?(?:\(|::|\{)|\bnew ([A-Za-z_$][\w$]+)")
_PACKAGED = frozenset({".go"})  # where what lies in one folder is one package, nothing of it is imported
_MOST_LINES = 60
_MOST_IMPORTED = 6
_MOST_TIMED = 2
_MOST_HOMES = 3  # a name that so many files define is anybody's


class Benchmarks:
    """The benchmarks of a repository, and the product files that each of them may time, by what imports and names say."""

    def __init__(self, facts: Facts, product: Iterable[str]) -> None:
        """Look at these facts; texts are read when it is asked what is timed."""
        self._facts, self._product = facts, set(product)
        self._cases = [case for case in facts.tests.cases if case.kind == "benchmark"]
        paths = {case.path for case in self._cases}
        self._helpers = _helpers(facts, self._product, paths) if paths else {}
        self._near = _near(facts, self._product, paths, self._helpers) if paths else {}

    @cached_property
    def possible(self) -> frozenset[str]:
        """The files that one of them may time."""
        return frozenset(chain.from_iterable(self._near.values()))

    def of(self, wanted: Collection[str]) -> dict[str, list[TestCase]]:
        """Return the benchmarks of some product files: those that call them."""
        near = {path: targets for path, targets in self._near.items() if not set(wanted).isdisjoint(targets)}
        cases = [case for case in self._cases if case.path in near]
        preload(self._facts.reader, sorted(near))
        said = self._said(cases)
        defined = {path: names_defined(self._facts, path) for path in sorted(set(chain.from_iterable(near.values())))}
        common = self._common(set().union(*(names & defined[path] for case, names in said for path in near[case.path])))
        found: dict[str, list[TestCase]] = defaultdict(list)
        for case, names in said:
            called = [path for path in near[case.path] if not (names & defined[path]) <= common]
            # What calls a bit of everything times no single file.
            if len(called) <= _MOST_TIMED and not _names_another(case, names, self._helpers.get(case.path, ())):
                for path in called:
                    if path in wanted:
                        found[path].append(case)
        return found

    def _said(self, cases: Iterable[TestCase]) -> list[tuple[TestCase, set[str]]]:
        """What each benchmark calls."""
        facts = self._facts
        starts: dict[str, list[int]] = defaultdict(list)
        for case in self._cases:
            starts[case.path].append(case.line)
        lines = {path: (facts.reader.text(path) or "").split("\n") for path in {case.path for case in cases}}
        return [
            (
                case,
                _said(facts, case, lines[case.path], _end(case, starts[case.path]), self._helpers.get(case.path, ())),
            )
            for case in cases
        ]

    def _common(self, names: set[str]) -> set[str]:
        """Those of some names that too many files of the product define for anybody to tell which is meant."""
        homes: Counter[str] = Counter()
        for path in self._product if names else ():
            code = self._facts.code.get(path)
            homes.update({_last_part(definition.name) for definition in code.definitions} & names if code else ())
        return {name for name, count in homes.items() if count > _MOST_HOMES}


def _names_another(case: TestCase, said: set[str], helpers: Iterable[str]) -> bool:
    """Whether a benchmark bears the name of something else that it calls: of what it compares ours with."""
    name = case.id.rpartition(" > ")[2] if " > " in case.id else ""
    return name in said and _joined(name) not in {_joined(PurePosixPath(helper).stem) for helper in helpers}


def names_defined(facts: Facts, path: str) -> frozenset[str]:
    """Return the last parts of the names that a file defines."""
    code = facts.code.get(path)
    names = (_last_part(definition.name) for definition in (code.definitions if code else ()))
    return frozenset(name for name in names if _NAME.fullmatch(name))


def _last_part(name: str) -> str:
    last = name.rpartition(".")[2]
    return last.replace("#", "::").rpartition("::")[2] if "#" in last or "::" in last else last


def _near(
    facts: Facts, product: set[str], benches: set[str], helped_by: Mapping[str, Iterable[str]]
) -> Mapping[str, list[str]]:
    """The product files that a benchmark file may time: its namesake beside it, or those that it imports, if few."""
    helped: dict[str, set[str]] = defaultdict(set, {path: {path} for path in benches})
    for path, helpers in helped_by.items():
        for helper in helpers:
            helped[helper].add(path)
    imported: dict[str, set[str]] = defaultdict(set)
    for edge in facts.imports.edges:
        if edge.source in helped and edge.target in product:
            for path in helped[edge.source]:
                imported[path].add(edge.target)
    by_folder: dict[str, list[str]] = {folder_of(path): [] for path in benches}
    for path in product:
        if (folder := folder_of(path)) in by_folder:
            by_folder[folder].append(path)
    for paths in by_folder.values():
        paths.sort()
    by_stem = {(folder, _stem(path)): path for folder, paths in by_folder.items() for path in reversed(paths)}
    found: dict[str, list[str]] = defaultdict(list)
    for path in benches:
        twin = by_stem.get((folder_of(path), _stem(path)))
        others = sorted(imported[path]) if len(imported[path]) <= _MOST_IMPORTED else []
        beside_it = by_folder[folder_of(path)] if PurePosixPath(path).suffix in _PACKAGED else []
        found[path] = [twin] if twin else beside_it or others
    return found


def _end(case: TestCase, starts: Iterable[int]) -> int:
    """The last line of a benchmark, before the next one of its file begins; where only its first is known, some lines on."""
    later = [start - 1 for start in starts if start > case.line]
    return min((*later, case.end_line if case.end_line > case.line else case.line + _MOST_LINES))


def _said(facts: Facts, case: TestCase, lines: list[str], end: int, helpers: Iterable[str]) -> set[str]:
    """The names that a benchmark calls, with those that the helpers call which it calls, in its own file or in one beside it."""
    said = _calls(timed_part(lines[case.line - 1 : end]))
    code = facts.code.get(case.path)
    for definition in code.definitions if code else ():
        if definition.name in said and not case.line <= definition.start_line <= end:
            said |= _calls(timed_part(lines[definition.start_line - 1 : definition.end_line]))
    lowered = {name.lower() for name in said}
    for helper in helpers:
        if _joined(PurePosixPath(helper).stem) in lowered or said & names_defined(facts, helper):
            said |= _calls(facts.reader.text(helper) or "")
    return said


def _calls(text: str) -> set[str]:
    return {name for found in _CALLED.findall(text) for name in found if name}


def _helpers(facts: Facts, product: set[str], benches: set[str]) -> dict[str, list[str]]:
    """The files beside a benchmark file that it imports and that know no library of others: those time the library."""
    beside = [
        (edge.source, edge.target)
        for edge in facts.imports.edges
        if edge.source in benches and edge.target and edge.target not in product
    ]
    foreign = {edge.source for edge in facts.imports.edges if edge.external} if beside else set()
    found: dict[str, list[str]] = defaultdict(list)
    for source, target in beside:
        if target not in foreign:
            found[source].append(target)
    return found


def _joined(name: str) -> str:
    return re.sub(r"[-_]", "", name).lower()


def _stem(path: str) -> str:
    name = path.rsplit("/", 1)[-1].split(".", 1)[0]
    return _STEM.sub("", name).lower()
