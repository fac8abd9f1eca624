"""Performance guards: code that benchmarks time and that commits changed for speed.

Why this is evidence of intent: a benchmark alone may be a plaything, and "faster" in one commit a mood. Where benchmarks time the very file
that commits changed to save time or memory, and said so, somebody watches a number there. Comments that guard speed are in
:mod:`archaeology.detectors.cautions`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from archaeology.detectors.benchmark_runs import Run, who_runs_benchmarks
from archaeology.detectors.benchmarked import Benchmarks, names_defined
from archaeology.detectors.places import cite, production_paths
from archaeology.facts import Facts, TestCase
from archaeology.history.model import Reason
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Family, Observation
from archaeology.readings.messages import reason_in

_SPEED = re.compile(
    r"\b(?:faster|slow(?:er|down)?s?|performance|perf|speed(?:s|ed)? up|speedup|alloc\w*|allocs?/op|ns/op|throughput|latency|memory (?:usage|footprint|consumption)|quadratic|O\([nN]|hot path|cpu)\b",
    re.IGNORECASE,
)
_TESTING = re.compile(r"\btests? (?:run|are|is|suite)?\s?(?:faster|slow)", re.IGNORECASE)
_FEW_CHANGED = 2
_MOST_FOUND = 12
_MOST_REASONS = 3
_MIN_BENCHMARKS = 2


def detect_performance_guard(facts: Facts) -> Iterator[Observation]:
    """Yield files that benchmarks time, and the commits that changed them for speed."""
    product = set(production_paths(facts))
    benchmarks = Benchmarks(facts, product)
    told = list(_told(facts, benchmarks.possible))
    timed = benchmarks.of(benchmarks.possible.intersection(path for reason in told for path in reason.paths))
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for reason in told:
        for path in reason.paths:
            if path in timed and _is_about(facts, reason.sentence, path, product.intersection(reason.paths)):
                reasons[path].append(reason)
    chosen = sorted(
        (path for path in reasons if len(timed[path]) >= _MIN_BENCHMARKS),
        key=lambda path: (-len(reasons[path]) * len(timed[path]), path),
    )
    run = who_runs_benchmarks(facts) if chosen else None
    for path in chosen[:_MOST_FOUND]:
        yield from _observations(facts, path, timed[path], reasons[path])
        if run is not None:
            yield from _run(facts, path, run)


def _told(facts: Facts, paths: frozenset[str]) -> Iterator[Reason]:
    """The reasons that speak of speed and were given for a change of one of some files."""
    for reason in facts.history.reasons if paths else ():
        said = "" if paths.isdisjoint(reason.paths) else reason_in(reason.sentence)
        if said and _strength(said) and not _TESTING.search(said):
            yield replace(reason, sentence=said)


def _is_about(facts: Facts, said: str, path: str, changed: set[str]) -> bool:
    """Whether a reason is about this file among those that its commit changed: there are few of them, or it names something of it."""
    words = {word.lower() for word in re.findall(r"\w+", said)}
    names = {name.lower() for name in names_defined(facts, path)} | {PurePosixPath(path).stem.lower()}
    return len(changed) <= _FEW_CHANGED or bool(words & names)


def _strength(sentence: str) -> int:
    """How many words of speed a sentence has; none where it announces figures (and ends in a colon) instead of a reason."""
    return 0 if sentence.rstrip().endswith(":") else len({match.lower() for match in _SPEED.findall(sentence)})


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


def _run(facts: Facts, path: str, run: Run) -> Iterator[Observation]:
    """Who runs the benchmarks, so that somebody may see the number."""
    if cited := cite(facts, run.path, run.line, run.line):
        yield Observation(
            id=stable_id("obs", "performance_guard", "run", path),
            category=Category.EVIDENCE,
            family=Family.PERFORMANCE_GUARD,
            summary=f"`{run.path}` runs benchmarks.",
            subject=(run.path,),
            citations=cited,
            data={"group": stable_id("speed", path), "role": "run"},
        )


def _cited(facts: Facts, cases: list[TestCase]) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for case in cases[:2]:
        try:
            found.append(facts.reader.cite_test(case))
        except (KeyError, ValueError):
            continue
    return tuple(found)
