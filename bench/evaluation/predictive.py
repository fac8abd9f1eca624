"""Predictive validity: of the boundaries claimed a year ago, how many hold today, against random pairs of packages?

A random pair is one of the same repository with no import between its units then and, as nearly as can be found, the same expected
number of imports. Each claimed pair is matched with one random pair; a pair whose units are gone is left out on both sides.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from archaeology.boundaries.chance import expected_imports
from archaeology.boundaries.containers import containers
from archaeology.boundaries.from_facts import file_graph
from archaeology.boundaries.statement import test_globs
from archaeology.checks import evaluate
from archaeology.detectors import detect
from archaeology.facts import Facts
from archaeology.hypotheses import propose
from archaeology.model import BoundaryException, End, Hypothesis, ImportBoundary
from bench.evaluation.calibration import Judged, curve, left_out
from bench.evaluation.reading import clones, facts_of, years_before

CLAIMED = 0.8
# The terms of the arithmetic that say that the two sides meet, or would by chance.
_MEETING = frozenset({"against chance", "one-way traffic"})
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A boundary claimed then, and whether it holds now (None: what it was about is gone).

    ``exposed``: its two sides met or chance would have made them meet, so that it could break.
    """

    repository: str
    confidence: float
    holds: bool | None
    title: str
    violations: tuple[str, ...]
    exposed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One source and one forbidden end, with the imports that chance would make between them."""

    source: str
    target: str
    expected: float


@dataclass
class Outcome:
    """What became of the claims of some cuts, of the pairs behind the surest, and of as many random pairs."""

    claims: list[Claim] = field(default_factory=list)
    claimed_pairs: list[bool] = field(default_factory=list)
    random_pairs: list[bool] = field(default_factory=list)


def run_predictive(options: argparse.Namespace) -> int:
    """Print the claims that broke, the reliability table, and the lift over random pairs: for each cut, and for all together."""
    by_cut: dict[str, Outcome] = {}
    for present in clones(options.present, options.only):
        with facts_of(present, history=False) as after:
            for cut, past, revision in _cuts(present, options):
                with facts_of(past, revision=revision) as before:
                    _judge(f"{present.name} {cut}", before, after, by_cut.setdefault(cut, Outcome()))
    for cut, outcome in by_cut.items():
        print(f"\n== {cut}")
        _report(outcome)
    if len(by_cut) > 1:
        print("\n== all together")
        _report(
            Outcome(
                [claim for one in by_cut.values() for claim in one.claims],
                [pair for one in by_cut.values() for pair in one.claimed_pairs],
                [pair for one in by_cut.values() for pair in one.random_pairs],
            )
        )
    return 0


def _cuts(present: Path, options: argparse.Namespace) -> Iterator[tuple[str, Path, str | None]]:
    """Where and at which revision a repository is mined: a clone as it was, or itself so many years before."""
    if options.past is not None and (options.past / present.name).exists():
        yield "as it was", options.past / present.name, None
    for years in options.years:
        revision = years_before(present, years)
        if revision is not None:
            yield f"{years} years before", present, revision


def _judge(name: str, before: Facts, after: Facts, outcome: Outcome) -> None:
    hypotheses = propose(before, detect(before))
    mine = list(_claims(name, hypotheses, after))
    pairs, others = _paired(before, after, hypotheses)
    outcome.claims += mine
    outcome.claimed_pairs += pairs
    outcome.random_pairs += others
    sure = [bool(one.holds) for one in mine if one.confidence >= CLAIMED and one.holds is not None]
    print(f"{name:58} {_share(sure)} of claims, {_share(pairs)} of pairs, {_share(others)} of random pairs", flush=True)


def _claims(repository: str, hypotheses: Sequence[Hypothesis], after: Facts) -> Iterator[Claim]:
    for hypothesis in hypotheses:
        if isinstance(hypothesis.check, ImportBoundary):
            verdict = evaluate(hypothesis.check, after)
            broken = tuple(violation.detail for violation in verdict.violations[:3])
            exposed = any(term.label in _MEETING and term.effect > 0 for term in hypothesis.rationale)
            yield Claim(repository, hypothesis.confidence, verdict.holds, hypothesis.title, broken, exposed)


def _paired(before: Facts, after: Facts, hypotheses: Sequence[Hypothesis]) -> tuple[list[bool], list[bool]]:
    """Whether the pairs of the surest claims hold, and whether as many random pairs of the same expectation do."""
    silent = {(pair.source, pair.target): pair for pair in _silent_pairs(before)}
    said: set[tuple[str, str]] = set()
    for hypothesis in hypotheses:
        check = hypothesis.check
        if isinstance(check, ImportBoundary) and hypothesis.confidence >= CLAIMED:
            said |= {(s.path or "", t.path or "") for s in check.sources for t in check.forbidden} & silent.keys()
    rest = [pair for key, pair in sorted(silent.items()) if key not in said]
    claimed, drawn = [], []
    shuffled = random.Random(0)
    shuffled.shuffle(rest)
    rest.sort(key=lambda pair: pair.expected)
    for key in sorted(said):
        holds = _holds(silent[key], after)
        if holds is None or not rest:
            continue
        nearest = min(
            range(len(rest)), key=lambda number: abs(_log(rest[number].expected) - _log(silent[key].expected))
        )
        other = _holds(rest.pop(nearest), after)
        if other is not None:
            claimed.append(holds)
            drawn.append(other)
    return claimed, drawn


def _silent_pairs(facts: Facts) -> Iterator[Pair]:
    """All ordered pairs of units side by side that do not import each other in this direction."""
    graph = file_graph(facts)
    for container in containers(graph):
        expected = expected_imports(container)
        for source, target in np.argwhere(
            (container.imports == 0) & ~np.eye(len(container.units), dtype=bool)
        ).tolist():
            if container.imports[source].any() or container.imports[:, source].any():
                yield Pair(container.units[source].path, container.units[target].path, float(expected[source, target]))


def _holds(pair: Pair, facts: Facts) -> bool | None:
    if not all(any(path.startswith(end) for path in facts.files) for end in (pair.source, pair.target)):
        return None
    check = ImportBoundary(
        sources=(End(module=pair.source, path=pair.source),),
        forbidden=(End(module=pair.target, path=pair.target),),
        except_=tuple(BoundaryException(from_=glob, to="**") for glob in test_globs(file_graph(facts), (pair.source,))),
        ignore_type_checking=True,
    )
    return evaluate(check, facts).holds


def _log(value: float) -> float:
    return math.log(value + 0.01)


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values):4}/{len(values):<4} {sum(values) / len(values):6.1%}" if values else "   -/-        -"


def _reliability(title: str, claims: Sequence[Claim]) -> None:
    """Print for each range of confidence how many hold, and how far the number is off: Brier score and expected calibration error."""
    print(f"\n{title}\nconfidence     claims   hold            mean confidence")
    off = 0.0
    for low, high in pairwise(BINS):
        chosen = [claim for claim in claims if low <= claim.confidence < high + (high == 1.0)]
        held = [bool(claim.holds) for claim in chosen]
        mean = sum(claim.confidence for claim in chosen) / len(chosen) if chosen else 0.0
        off += abs(sum(held) - mean * len(held))
        print(f"{low:.1f} to {high:.1f}   {len(chosen):7}   {_share(held)}   {mean:.2f}")
    if claims:
        brier = sum((claim.confidence - bool(claim.holds)) ** 2 for claim in claims) / len(claims)
        base = sum(bool(claim.holds) for claim in claims) / len(claims)
        print(
            f"Brier score {brier:.3f} (always saying {base:.2f}: {base * (1 - base):.3f}); calibration error {off / len(claims):.3f}"
        )


def _calibrated(claims: Sequence[Claim]) -> None:
    """Print the monotone curve of what held, and how well it foretells a repository from the others."""
    # The name of a claim's repository ends with the cut.
    found = [Judged(claim.repository.split(" ")[0], claim.confidence, bool(claim.holds)) for claim in claims]
    error = left_out(found, BINS)
    if error is not None:
        steps = zip(pairwise(BINS), curve(found, BINS), strict=True)
        print("\nwhat a confidence foretells: " + ", ".join(f"{low:.1f} {share:.0%}" for (low, _), share in steps))
        print(
            f"each repository foretold from the others, Brier score: the curve {error.curve:.3f}, one number for all {error.same:.3f}, "
            f"the confidence itself {error.stated:.3f}"
        )


def _report(outcome: Outcome) -> None:
    claims, claimed, drawn = outcome.claims, outcome.claimed_pairs, outcome.random_pairs
    print("\nbroken claims of confidence 0.8 and more")
    for claim in claims:
        if claim.confidence >= CLAIMED and claim.holds is False:
            print(f"  {claim.repository} {claim.confidence:.2f} {claim.title}\n      {'; '.join(claim.violations)}")
    judged = [claim for claim in claims if claim.holds is not None]
    _reliability("all claims", judged)
    _reliability("claims that could break", [claim for claim in judged if claim.exposed])
    _calibrated(judged)
    gone = sum(claim.holds is None for claim in claims)
    sure = [bool(c.holds) for c in claims if c.holds is not None and c.confidence >= CLAIMED]
    print(f"gone: {gone}\nclaims of 0.8 and more that hold: {_share(sure)}")
    print(f"their pairs that hold: {_share(claimed)}\nrandom pairs that hold: {_share(drawn)}")
    if claimed and drawn and not (all(claimed) and all(drawn)):
        breaks = (1 - sum(claimed) / len(claimed), 1 - sum(drawn) / len(drawn))
        lift = breaks[1] / breaks[0] if breaks[0] else math.inf
        print(f"a random pair breaks {lift:.1f} times as often")
