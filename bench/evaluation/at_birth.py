"""Do hypotheses hold where they come from? Each check is judged at the revision that it was mined from.

A check that fails at birth belies its own title: the statement was false when it was made, whatever the code does later. Run it with
``python -m bench.evaluation.at_birth --clones FOLDER``; the exit code is 1 where a check fails.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archaeology.checks import evaluate
from archaeology.detectors import detect
from archaeology.facts import Facts
from archaeology.hypotheses import propose
from archaeology.model import Command, Hypothesis
from bench.evaluation.reading import clones, facts_of

_PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Belied:
    """A hypothesis whose own check fails. ``rank`` counts from 1, in the order in which they were proposed."""

    rank: int
    confidence: float
    title: str
    violations: int
    places: tuple[str, ...]


def belied(facts: Facts, hypotheses: Sequence[Hypothesis]) -> Iterator[Belied]:
    """Yield the hypotheses whose checks fail on the facts that they were drawn from; commands are not run."""
    for rank, hypothesis in enumerate(hypotheses, 1):
        check = hypothesis.check
        if check is None or isinstance(check, Command):
            continue
        verdict = evaluate(check, facts)
        if verdict.holds is False:
            yield Belied(
                rank=rank,
                confidence=hypothesis.confidence,
                title=hypothesis.title,
                violations=len(verdict.violations),
                places=tuple(violation.detail for violation in verdict.violations[:_PLACES_SHOWN]),
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every hypothesis that its own check belies, and how many there are of how many checks."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluation.at_birth", description=__doc__)
    parser.add_argument("--clones", type=Path, required=True, help="a folder with clones of repositories")
    parser.add_argument("--only", default="", help="only repositories whose name contains this")
    options = parser.parse_args(arguments)
    failing = checks = 0
    for clone in clones(options.clones, options.only):
        with facts_of(clone) as facts:
            hypotheses = propose(facts, detect(facts))
            found = list(belied(facts, hypotheses))
        mine = sum(hypothesis.check is not None for hypothesis in hypotheses)
        checks += mine
        failing += len(found)
        print(f"{clone.name}: {len(found)} of {mine} checks fail where they were mined")
        for one in found:
            print(f"  #{one.rank} {one.confidence:.2f} {one.title}\n      {one.violations}: {'; '.join(one.places)}")
        sys.stdout.flush()
    print(f"{failing} of {checks} checks fail where they were mined")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
