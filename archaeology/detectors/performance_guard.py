"""Performance guards: code that benchmarks time and that commits changed for speed.

Why this is evidence of intent: a benchmark alone may be a plaything, and "faster" in one commit a mood. Where benchmarks time the very file
that commits changed to save time or memory, and said so, somebody watches a number there. Comments that guard speed are in
:mod:`archaeology.detectors.cautions`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from archaeology.detectors.places import folder_of, production_paths
from archaeology.facts import Facts, TestCase
from archaeology.history.model import Reason
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Family, Observation

_SPEED = re.compile(
    r"\b(?:faster|slow(?:er|down)?s?|performance|perf|speed(?:s|ed)? up|speedup|alloc\w*|allocs?/op|ns/op|throughput|latency|memory (?:usage|footprint|consumption)|quadratic|O\([nN]|hot path|cpu)\b",
    re.IGNORECASE,
)
_TESTING = re.compile(r"\btests? (?:run|are|is|suite)?\s?(?:faster|slow)", re.IGNORECASE)
_STEM = re.compile(r"^(?:bench(?:mark)?_?|test_)|(?:_?bench(?:mark)?(?:_test)?|_test|\.bench)$", re.IGNORECASE)
_MOST_FOUND = 12
_MOST_REASONS = 3
_MIN_BENCHMARKS = 2


def detect_performance_guard(facts: Facts) -> Iterator[Observation]:
    """Yield files that benchmarks time, and the commits that changed them for speed."""
    timed = _timed(facts)
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for reason in facts.history.reasons:
        if _strength(reason.sentence) and not _TESTING.search(reason.sentence):
            for path in reason.paths:
                if path in timed:
                    reasons[path].append(reason)
    chosen = sorted(
        (path for path in reasons if len(timed[path]) >= _MIN_BENCHMARKS),
        key=lambda path: (-len(reasons[path]) * len(timed[path]), path),
    )
    for path in chosen[:_MOST_FOUND]:
        yield from _observations(facts, path, timed[path], reasons[path])


def _timed(facts: Facts) -> dict[str, list[TestCase]]:
    """Benchmarks by the product file that they time: the one of the same name beside them, or those that they import, if few."""
    product = set(production_paths(facts))
    imported: dict[str, set[str]] = defaultdict(set)
    benches = {case.path for case in facts.tests.cases if case.kind == "benchmark"}
    for edge in facts.imports.edges:
        if edge.source in benches and edge.target in product:
            imported[edge.source].add(edge.target)
    by_stem: dict[tuple[str, str], str] = {
        (folder_of(path), _stem(path)): path for path in sorted(product, reverse=True)
    }
    found: dict[str, list[TestCase]] = defaultdict(list)
    for case in facts.tests.cases:
        if case.kind == "benchmark":
            twin = by_stem.get((folder_of(case.path), _stem(case.path)))
            targets = [twin] if twin else sorted(imported[case.path]) if len(imported[case.path]) <= 2 else []  # noqa: PLR2004 - of many, none is the one
            for target in targets:
                found[target].append(case)
    return found


def _strength(sentence: str) -> int:
    """How many words of speed a sentence has; none where it announces figures (and ends in a colon) instead of a reason."""
    return 0 if sentence.rstrip().endswith(":") else len({match.lower() for match in _SPEED.findall(sentence)})


def _stem(path: str) -> str:
    name = path.rsplit("/", 1)[-1].split(".", 1)[0]
    return _STEM.sub("", name).lower()


def _observations(facts: Facts, path: str, cases: list[TestCase], reasons: list[Reason]) -> Iterator[Observation]:
    group = stable_id("speed", path)
    names = [case.id.rsplit("::", 1)[-1] for case in cases]
    yield Observation(
        id=stable_id("obs", "performance_guard", "benchmarks", path),
        category=Category.EVIDENCE,
        family=Family.PERFORMANCE_GUARD,
        summary=f"{len(cases)} benchmarks time `{path}`: {', '.join(f'`{name}`' for name in names[:3])}.",
        subject=(path, cases[0].path),
        citations=_cited(facts, cases),
        data={
            "group": group,
            "role": "benchmarks",
            "path": path,
            "names": names[:4],
            "count": len(cases),
            "test": cases[0].id,
        },
    )
    best = sorted(reasons, key=lambda reason: -_strength(reason.sentence))  # newest first among equals
    for reason in best[:_MOST_REASONS]:
        yield Observation(
            id=stable_id("obs", "performance_guard", "reason", path, reason.commit),
            category=Category.HISTORICAL,
            family=Family.PERFORMANCE_GUARD,
            summary=f"A commit changed it for speed: “{reason.sentence}”",
            subject=(path,),
            citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
            data={"group": group, "role": "faster", "sentence": reason.sentence, "of": len(reasons)},
        )


def _cited(facts: Facts, cases: list[TestCase]) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for case in cases[:2]:
        try:
            found.append(facts.reader.cite_test(case))
        except (KeyError, ValueError):
            continue
    return tuple(found)
