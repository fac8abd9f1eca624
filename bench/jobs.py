"""Measures the jobs of a model on a person's answers: ``python -m bench.jobs http://127.0.0.1:8080/v1 [--most N]``.

Judging: answers of the labelled set that the rules let pass. A good one that is judged weak costs the person a question; a weak one
that is caught is what the model adds. Reading: answers with two or three parts; a reading is used only where it loses no word.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.elicitation.model import Ask, Mode, Slot
from alloy_assist.elicitation.weakness import weakness_of
from alloy_assist.llm.background import run_in_background
from alloy_assist.llm.door import Door
from alloy_assist.llm.gateway import OnText, Request
from alloy_assist.llm.ledger import Ledger, Limits, Spent
from alloy_assist.llm.litellm_gateway import LitellmGateway
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog
from alloy_assist.operations.model_voice import ModelVoice

_LABELLED = Path(__file__).parent.parent / "fixtures" / "facets" / "heldout.jsonl"
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


class _Server:
    """A performer over one server, without the files of a project."""

    is_open = True

    def __init__(self, url: str) -> None:
        self._ledger = Ledger(Limits(requests=10_000, tokens=10_000_000, seconds=36_000.0), time.monotonic)
        gateway = LitellmGateway("openai/local", url, "none")
        self._door = Door(gateway, self._ledger, Redactor(), MemoryLog(), mode="json_schema")

    @property
    def spent(self) -> Spent:
        return self._ledger.spent

    def renew(self) -> None:
        """One budget is enough."""

    def give_up(self) -> None:
        self._door.give_up()

    def perform(self, job: Job, on_text: OnText) -> Said:
        request = Request(job.name, job.opening(), job.answer, (), job.max_output_tokens, job.deadline_seconds)
        answer = run_in_background(self._door.ask(request, on_text), self._ledger.stop).answer
        return answer if isinstance(answer, Said) else Said()


def main() -> None:
    """Ask the server, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--most", type=int, default=24, help="labelled answers of each kind")
    arguments = parser.parse_args()
    voice = ModelVoice("openai/local", _Server(arguments.url))
    _judging(voice, arguments.most)
    _reading(voice)
    spent = voice.spent
    sys.stdout.write(
        f"{spent.requests} requests, {spent.input_tokens} + {spent.output_tokens} tokens, {spent.seconds:.0f} s; "
        f"{voice.tally}; {voice.failure}\n"
    )


def _judging(voice: ModelVoice, most: int) -> None:
    rows = [json.loads(line) for line in _LABELLED.read_text(encoding="utf-8").splitlines()]
    passed = [row for row in rows if Slot(row["facet"]).facet and weakness_of(Slot(row["facet"]), row["text"]) is None]
    counts: Counter[tuple[str, str]] = Counter()
    for label, wanted in (("good", False), ("weak", True)):
        for row in [row for row in passed if bool(row["weakness"]) is wanted][:most]:
            found = voice.judge(Slot(row["facet"]), row["text"])
            counts[label, "judged weak" if found else "left alone"] += 1
            if found:
                sys.stdout.write(f"  {label}: {row['facet']}: {row['text']!r} -> {found.weakness}\n")
    sys.stdout.write(f"judging what the rules let pass: {dict(counts)}\n")


def _reading(voice: ModelVoice) -> None:
    used = right = 0
    for topic, text, slots in _READINGS:
        parts = voice.read(Ask(id=topic.value, mode=Mode.WHY, topic=topic), text)
        found = {part.slot.value for part in parts} if parts else {topic.value}
        used += parts is not None
        right += found == slots
        sys.stdout.write(f"  {sorted(slots)} read as {[(part.slot.value, part.text) for part in parts or ()]}\n")
    sys.stdout.write(f"reading: {used} of {len(_READINGS)} used, {right} filed as a person would\n")


if __name__ == "__main__":
    main()
