"""Which product file a benchmark times: the one whose names it calls while the clock runs, in its own body or in a helper beside it.

A benchmark file often times several libraries against one another; that a file is imported, or has the same name, says nothing of the
single benchmark.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, partial
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


def timed_files(facts: Facts, product: Iterable[str]) -> dict[str, list[TestCase]]:
    """Return the benchmarks by the product file that they call."""
    known = set(product)
    benches = [case for case in facts.tests.cases if case.kind == "benchmark"]
    if not benches:
        return {}
    paths = {case.path for case in benches}
    helpers = _helpers(facts, known, paths)
    near = _near(facts, known, paths, helpers)
    defined = cache(partial(names_defined, facts))
    homes = Counter(name for path in known for name in defined(path))
    preload(facts.reader, sorted(paths))
    lines = {path: (facts.reader.text(path) or "").split("\n") for path in sorted(paths)}
    found: dict[str, list[TestCase]] = defaultdict(list)
    for case in benches:
        said = _said(facts, case, lines[case.path], _end(case, benches), helpers[case.path])
        called = [
            target
            for target in near[case.path]
            if said & {name for name in defined(target) if homes[name] <= _MOST_HOMES}
        ]
        # What calls a bit of everything times no single file.
        if len(called) <= _MOST_TIMED and not _names_another(case, said, helpers[case.path]):
            for target in called:
                found[target].append(case)
    return found


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
    if "::" in name or "#" in name:
        name = name.replace("::", ".").replace("#", ".")
    return name.rpartition(".")[2]


def _near(
    facts: Facts, product: set[str], benches: set[str], helped_by: Mapping[str, Iterable[str]]
) -> Mapping[str, list[str]]:
    """The product files that a benchmark file may time: its namesake beside it, or those that it imports, if few."""
    imported: dict[str, set[str]] = defaultdict(set)
    for edge in facts.imports.edges:
        if edge.source in benches and edge.target in product:
            imported[edge.source].add(edge.target)
    helped: dict[str, set[str]] = defaultdict(set)
    for path, helpers in helped_by.items():
        for helper in helpers:
            helped[helper].add(path)
    for edge in facts.imports.edges:
        if edge.target in product:
            for path in helped.get(edge.source, ()):
                imported[path].add(edge.target)
    by_stem = {(folder_of(path), _stem(path)): path for path in sorted(product, reverse=True)}
    by_folder: dict[str, list[str]] = defaultdict(list)
    for path in sorted(product):
        by_folder[folder_of(path)].append(path)
    found: dict[str, list[str]] = defaultdict(list)
    for path in benches:
        twin = by_stem.get((folder_of(path), _stem(path)))
        others = sorted(imported[path]) if len(imported[path]) <= _MOST_IMPORTED else []
        beside_it = by_folder[folder_of(path)] if PurePosixPath(path).suffix in _PACKAGED else []
        found[path] = [twin] if twin else beside_it or others
    return found


def _end(case: TestCase, benches: list[TestCase]) -> int:
    """The last line of a benchmark, before the next one begins; where only its first is known, some lines on."""
    later = [other.line - 1 for other in benches if other.path == case.path and other.line > case.line]
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
    foreign = {edge.source for edge in facts.imports.edges if edge.external}
    found: dict[str, list[str]] = defaultdict(list)
    for edge in facts.imports.edges:
        if edge.source in benches and edge.target and edge.target not in product and edge.target not in foreign:
            found[edge.source].append(edge.target)
    return found


def _joined(name: str) -> str:
    return re.sub(r"[-_]", "", name).lower()


def _stem(path: str) -> str:
    name = path.rsplit("/", 1)[-1].split(".", 1)[0]
    return _STEM.sub("", name).lower()
