"""What the model is asked to do: each job has a prompt file, a type to answer with, and the slots that it may fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import prompts
from alloy_assist.agent.claims import Claims, Ideas, Pieces, Said, Wording
from alloy_assist.agent.fencing import fenced
from alloy_assist.llm.gateway import Message

FACETS = frozenset({"capability", "threat", "expectation", "strategy", "evidence", "tradeoff"})
# What can be weak about each facet. That a capability is only a mechanism is left to the rules: it moves the person's words to another
# facet, and a model may ask for more, but not move anything.
WEAKNESSES: Mapping[str, frozenset[str]] = {
    "capability": frozenset({"truism", "vague"}),
    "threat": frozenset({"truism", "vague", "no_force"}),
    "expectation": frozenset({"vague", "no_change"}),
    "strategy": frozenset({"truism", "vague"}),
    "evidence": frozenset({"vague", "unobservable"}),
    "tradeoff": frozenset({"vague", "no_cost"}),
}


@dataclass(frozen=True, slots=True)
class Job:
    """A task for a model. ``data`` are labelled texts that were not written by us; ``values`` fill the prompt's template.

    ``reads`` says whether tools are offered; ``steps`` is how often they may be used.
    """

    name: str
    answer: type[Said]
    slots: frozenset[str]
    data: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    reads: bool = False
    steps: int = 8
    max_output_tokens: int = 900
    deadline_seconds: float = 120.0

    @property
    def prompt(self) -> str:
        """The name of the prompt's template."""
        return f"jobs/{self.name}"

    def opening(self) -> tuple[Message, ...]:
        """Return how the conversation begins: our instructions as system text, everything else as fenced data of the user."""
        system = prompts.render("jobs/system", reads=self.reads, task=prompts.render(self.prompt, **self.values))
        data = (
            "\n\n".join(fenced(label, text) for label, text in self.data.items()) or "There is nothing more to go by."
        )
        return Message("system", system), Message("user", data)


def sharpen(title: str, evidence: str) -> Job:
    """Say what a mined hypothesis is about in the words of the code."""
    data = {"hypothesis": title, "evidence": evidence}
    return Job("sharpen", Claims, frozenset({"title", "capability", "threat"}), data, reads=True)


def propose(overview: str, known: str) -> Job:
    """Find intents that the detectors missed."""
    data = {"survey": overview, "known hypotheses": known}
    return Job(
        "propose",
        Ideas,
        frozenset({"capability", "threat", "strategy"}),
        data,
        reads=True,
        steps=12,
        max_output_tokens=1_600,
    )


def phrase_question(question: str, why: str, evidence: str, *, deadline_seconds: float = 30.0) -> Job:
    """Put a question that the engine chose into the team's own words."""
    data = {"question": question, "what raised it": why, "evidence": evidence}
    return Job("phrase_question", Wording, frozenset(), data, max_output_tokens=200, deadline_seconds=deadline_seconds)


def read_answer(question: str, answer: str) -> Job:
    """Sort a free answer into facets, in the person's own words."""
    return Job("read_answer", Pieces, FACETS, {"question": question, "answer": answer}, max_output_tokens=500)


def judge_weakness(facet: str, answer: str) -> Job:
    """Say what is weak about an answer, if anything."""
    slots = WEAKNESSES[facet]
    values = {"facet": facet, "weaknesses": sorted(slots)}
    return Job("judge_weakness", Pieces, slots, {"answer": answer}, values, max_output_tokens=200)


def notice_contradictions(records: Mapping[str, str]) -> Job:
    """Find records that cannot both be followed."""
    return Job("notice_contradictions", Claims, frozenset({"contradiction"}), records)


def draft_record(text: str) -> Job:
    """Draft a record from a pasted conversation, review thread or post-mortem."""
    return Job("draft_record", Claims, FACETS | {"title"}, {"pasted text": text})
