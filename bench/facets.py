"""Precision and recall of the weakness tests over the labelled facets: ``python -m bench.facets [--split train|heldout] [--errors]``.

"Weak" is what counts as positive. A weakness that was found but called by another name counts as found in the first table and as
wrong in the second.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alloy_assist.elicitation.vocabulary import Slot, Weakness
from alloy_assist.elicitation.weakness import weakness_of
from bench.scores import Score

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "facets"
SPLITS = ("train", "heldout", "fresh")


@dataclass(frozen=True)
class Labelled:
    """A facet text with the weakness that a careful reader sees in it, or None."""

    facet: Slot
    text: str
    weakness: Weakness | None
    split: str


@dataclass(frozen=True)
class Judged:
    """How facets were judged: the counts, how many were rightly called good, and how many ``hits`` also have the right name."""

    score: Score
    right: int
    named: int


def read_labelled(split: str, folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """Return the labelled facets of a split."""
    lines = (folder / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return tuple(
        Labelled(Slot(row["facet"]), row["text"], Weakness(row["weakness"]) if row["weakness"] else None, row["split"])
        for row in rows
    )


def judge(items: Iterable[Labelled]) -> Judged:
    """Return how the weakness tests do on labelled facets."""
    judged = [(item.weakness, weakness_of(item.facet, item.text)) for item in items]
    return Judged(
        Score.of((bool(label), bool(found)) for label, found in judged),
        right=sum(1 for label, found in judged if not label and not found),
        named=sum(1 for label, found in judged if label and label is found),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, action="append")
    parser.add_argument("--errors", action="store_true", help="also list what was judged wrongly")
    options = parser.parse_args(arguments)
    for split in options.split or SPLITS:
        items = read_labelled(split)
        sys.stdout.write(f"{split}: {len(items)} facets\n")
        for facet in dict.fromkeys(item.facet for item in items):
            sys.stdout.write(_row(facet.value, judge(item for item in items if item.facet is facet)))
        sys.stdout.write(_row("all", judge(items)))
        if options.errors:
            for item in items:
                found = weakness_of(item.facet, item.text)
                if found is not item.weakness:
                    sys.stdout.write(
                        f"    {item.facet.value}: {item.text!r} is {item.weakness or 'good'}, judged {found or 'good'}\n"
                    )
    return 0


def _row(name: str, result: Judged) -> str:
    score = result.score
    return (
        f"  {name:12} {score}  named rightly {result.named}/{score.hits}"
        f"  (hits {score.hits}, false alarms {score.false_alarms}, misses {score.misses}, right {result.right})\n"
    )


if __name__ == "__main__":
    sys.exit(main())
