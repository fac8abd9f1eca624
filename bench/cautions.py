"""Precision and recall of the reading of cautions over the labelled ones: ``python -m bench.cautions [--split train|heldout] [--errors]``.

A reading counts as found where a passage is read as what a careful reader says it is. A part counts as found where its words hold the labelled
words; a part that is given where the label has none (an empty string), or with other words, is a false alarm. Parts without a label are not judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archaeology.readings import Reading, Speech, read
from bench.scores import Score

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "cautions"
SPLITS = ("train", "heldout")
PARTS = ("rule", "rejected", "ground", "instead", "harm", "kept", "depends", "until")


@dataclass(frozen=True)
class Labelled:
    """A passage of a comment, what it does, and the words that its parts must hold; an empty string says that there is no such part."""

    text: str
    speech: Speech
    parts: dict[str, str]


def read_labelled(split: str, folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """Return the labelled passages of a split."""
    rows = [json.loads(line) for line in (folder / f"{split}.jsonl").read_text(encoding="utf-8").splitlines() if line]
    return tuple(
        Labelled(
            row["text"],
            Speech(row["speech"]),
            {name: row[name] for name in PARTS if row.get(name) is not None},
        )
        for row in rows
    )


def score_speech(items: Iterable[Labelled], speech: Speech) -> Score:
    """Return how often passages are read as doing this, against how often they do."""
    return Score.of((item.speech is speech, read(item.text).speech is speech) for item in items)


def score_part(items: Iterable[Labelled], part: str) -> Score:
    """Return how often a part is read, with the right words in it, where a label says what it is."""
    pairs = [(item.parts[part], part_of(read(item.text), part)) for item in items if part in item.parts]
    right = [bool(label) and label.casefold() in found.casefold() for label, found in pairs]
    return Score(
        hits=sum(right),
        false_alarms=sum(bool(found) and not fits for (_, found), fits in zip(pairs, right, strict=True)),
        misses=sum(bool(label) and not fits for (label, _), fits in zip(pairs, right, strict=True)),
    )


def part_of(reading: Reading, part: str) -> str:
    """Return a part of a reading as text."""
    found = getattr(reading, part)
    return found if isinstance(found, str) else "; ".join(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, action="append")
    parser.add_argument("--errors", action="store_true", help="also list what was read wrongly")
    options = parser.parse_args(arguments)
    for split in options.split or SPLITS:
        items = read_labelled(split)
        right = sum(read(item.text).speech is item.speech for item in items)
        sys.stdout.write(f"{split}: {len(items)} passages, {right} read as what they are\n")
        for speech in Speech:
            sys.stdout.write(_row(speech.value, score_speech(items, speech)))
        for part in PARTS:
            sys.stdout.write(_row(part, score_part(items, part)))
        if options.errors:
            for item in items:
                sys.stdout.write(_wrong(item))
    return 0


def _row(name: str, result: Score) -> str:
    return f"  {name:14} {result}  (hits {result.hits}, false alarms {result.false_alarms}, misses {result.misses})\n"


def _wrong(item: Labelled) -> str:
    found = read(item.text)
    said = (
        "" if found.speech is item.speech else f"    {item.text!r} {item.speech.value}, read as {found.speech.value}\n"
    )
    for part, label in item.parts.items():
        text = part_of(found, part)
        if (label.casefold() not in text.casefold()) if label else bool(text):
            said += f"    {item.text!r}: {part} is {label!r}, read {text!r}\n"
    return said


if __name__ == "__main__":
    sys.exit(main())
