"""The check engine against the plainest possible reading of a direct boundary: every import against every pair of ends."""

from __future__ import annotations

import random

import pytest

from archaeology.checks import evaluate
from archaeology.facts import Facts
from archaeology.model import BoundaryException, End, ImportBoundary
from fixtures import FactsBuilder

_FOLDERS = ("app/", "app/a/", "app/a/b/", "app/ab/", "app/c/", "lib/")


def _tangle(seed: random.Random) -> Facts:
    """Some thirty modules in folders whose names begin alike, importing each other and two packages at random."""
    paths = [f"{folder}m{number}.py" for folder in _FOLDERS for number in range(5)]
    builder = FactsBuilder()
    for path in paths:
        others = [other for other in seed.sample(paths, 4) if other != path]
        builder = builder.module(path, imports=(*others, *seed.sample(("requests", "rich"), seed.randint(0, 2))))
    return builder.build()


def _end(place: str) -> End:
    return End(module=place, path=place) if "/" in place else End(module=place, external=True)


def _in(path: str, end: End) -> bool:
    return end.path is not None and (path.startswith(end.path) if end.path.endswith("/") else path == end.path)


def _plainly(check: ImportBoundary, facts: Facts) -> set[tuple[str, str]]:
    found = set()
    for edge in facts.imports.edges:
        leaves = [end for end in check.sources if _in(edge.source, end)]
        if edge.target is None:
            arrives = any(end.external and end.module == edge.external for end in check.forbidden)
        else:
            arrives = any(_in(edge.target, end) for end in check.forbidden)
        excused = any(edge.source == one.from_ and edge.target == one.to for one in check.except_)
        if leaves and arrives and not excused:
            found.add((edge.source, edge.target or edge.external or ""))
    return found


@pytest.mark.parametrize("number", range(30))
def test_every_import_across_is_found_and_no_other(number: int) -> None:
    seed = random.Random(number)
    facts = _tangle(seed)
    places = [*_FOLDERS, "app/a/m1.py", "app/ab/m0.py", "lib/m3.py"]
    seed.shuffle(places)
    sources = tuple(_end(place) for place in places[:2])
    forbidden = [_end(place) for place in (*places[2:4], "requests")]
    # Ends that overlap are judged pair by pair, which is another question.
    apart = tuple(
        end
        for end in forbidden
        if end.path is None
        or not any((end.path or "").startswith(s.path or "") or (s.path or "").startswith(end.path) for s in sources)
    )
    edge = facts.imports.edges[seed.randrange(len(facts.imports.edges))]
    excuse = BoundaryException(from_=edge.source, to=edge.target or edge.external or "")
    check = ImportBoundary(sources=sources, forbidden=apart, except_=(excuse,) if edge.target else ())
    told = {(violation.path, violation.chain[-1].target) for violation in evaluate(check, facts).violations}
    assert told == _plainly(check, facts)


def _plainly_among(ends: tuple[End, ...], facts: Facts) -> set[tuple[str, str]]:
    """Every import from one of some ends to another one that has no file with it in common."""
    held = {end: {path for path in facts.files if _in(path, end)} for end in ends}
    return {
        (edge.source, edge.target)
        for edge in facts.imports.edges
        if edge.target is not None
        for one in ends
        for other in ends
        if edge.source in held[one] and edge.target in held[other] and held[one].isdisjoint(held[other])
    }


@pytest.mark.parametrize("number", range(30))
def test_siblings_are_judged_against_each_other_and_never_by_what_they_import_inside(number: int) -> None:
    seed = random.Random(number)
    facts = _tangle(seed)
    places = [*_FOLDERS, "app/a/m1.py", "app/ab/m0.py", "lib/m3.py"]  # some of which lie in others
    ends = tuple(_end(place) for place in seed.sample(places, seed.randint(2, 6)))
    check = ImportBoundary(sources=ends, forbidden=ends)
    told = {(violation.path, violation.chain[-1].target) for violation in evaluate(check, facts).violations}
    assert told == _plainly_among(ends, facts)
