"""The jobs of an interview, on a person's answers.

Judging: answers of the labelled set that the rules let pass. A good one that is judged weak costs the person a question; a weak one
that is caught is what the model adds. Reading: answers with two or three parts; a reading is used only where it loses no word.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from alloy_assist.elicitation.model import Ask, Mode, Slot
from alloy_assist.elicitation.weakness import weakness_of
from alloy_assist.operations.model_voice import ModelVoice
from bench.jobs.server import Server

_LABELLED = Path(__file__).parents[2] / "fixtures" / "facets" / "heldout.jsonl"
_READINGS = (
    (
        Slot.CAPABILITY,
        "Support can replay any order from its events; if somebody wrote totals straight to the table, nobody could say why an invoice is wrong",
        {"capability", "threat"},
    ),
    (
        Slot.STRATEGY,
        "Only the sync worker talks to the vendor, and it costs us a queue that somebody has to watch",
        {"strategy", "tradeoff"},
    ),
    (
        Slot.CAPABILITY,
        "A clinic keeps working when the line is down, next year forty more clinics join and half of them have no fibre",
        {"capability", "expectation"},
    ),
    (
        Slot.STRATEGY,
        "Every migration runs twice in CI, which proves that it can be repeated, and builds take four minutes longer",
        {"strategy", "evidence", "tradeoff"},
    ),
    (
        Slot.THREAT,
        "A plugin starts to read our config file, we have three plugin authors asking for that already",
        {"threat", "expectation"},
    ),
    (Slot.TRADEOFF, "Two classes where one would do, and newcomers ask about it every single month", {"tradeoff"}),
    (
        Slot.CAPABILITY,
        "Pricing rules run in a unit test in two milliseconds without any database or web server around",
        {"capability"},
    ),
    (
        Slot.EXPECTATION,
        "The tax office changes its format each spring and we get the new schema three weeks before",
        {"expectation"},
    ),
)


def measure(server: Server, most: int, say: Callable[[str], object]) -> None:
    """Ask the server, and say what came of it; ``most`` labelled answers of each kind."""
    voice = ModelVoice("openai/local", server)
    _judging(voice, most, say)
    _reading(voice, say)
    say(f"{voice.tally} {voice.failure}".rstrip())


def _judging(voice: ModelVoice, most: int, say: Callable[[str], object]) -> None:
    rows = [json.loads(line) for line in _LABELLED.read_text(encoding="utf-8").splitlines()]
    passed = [row for row in rows if Slot(row["facet"]).facet and weakness_of(Slot(row["facet"]), row["text"]) is None]
    counts: Counter[tuple[str, str]] = Counter()
    for label, wanted in (("good", False), ("weak", True)):
        for row in [row for row in passed if bool(row["weakness"]) is wanted][:most]:
            found = voice.judge(Slot(row["facet"]), row["text"])
            counts[label, "judged weak" if found else "left alone"] += 1
            if found:
                say(f"  {label}: {row['facet']}: {row['text']!r} -> {found.weakness}")
    say(f"judging what the rules let pass: {dict(counts)}")


def _reading(voice: ModelVoice, say: Callable[[str], object]) -> None:
    used = right = 0
    for topic, text, slots in _READINGS:
        parts = voice.read(Ask(id=topic.value, mode=Mode.WHY, topic=topic), text)
        found = {part.slot.value for part in parts} if parts else {topic.value}
        used += parts is not None
        right += found == slots
        say(f"  {sorted(slots)} read as {[(part.slot.value, part.text) for part in parts or ()]}")
    say(f"reading: {used} of {len(_READINGS)} used, {right} filed as a person would")
