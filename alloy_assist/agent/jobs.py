"""What the model is asked to do: each job has a prompt file, a type to answer with, and the slots that it may fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import prompts
from alloy_assist.agent.answers import PASTED, Conflicts, Drafted, Ideas, Pieces, Sharpened, Wording
from alloy_assist.agent.claims import Said
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

    ``steps`` is how often tools may be used before the answer; 0 where the data is all that there is to see.
    ``deadline_seconds`` is for all of it, looking and answering. ``least_places`` is how many different sources a claim must have.
    """

    name: str
    answer: type[Said]
    slots: frozenset[str]
    data: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 0
    least_places: int = 1
    max_output_tokens: int = 600
    deadline_seconds: float = 120.0

    @property
    def prompt(self) -> str:
        """The name of the prompt's template."""
        return f"jobs/{self.name}"

    def instructions(self) -> str:
        """Return our part of the conversation: what holds for every job, and what this one is about."""
        return prompts.render("jobs/system", reads=self.steps > 0, task=prompts.render(self.prompt, **self.values))

    def opening(self) -> tuple[Message, ...]:
        """Return how the conversation begins: our instructions as system text, everything else as fenced data of the user."""
        data = (
            "\n\n".join(fenced(label, text) for label, text in self.data.items()) or "There is nothing more to go by."
        )
        return Message("system", self.instructions()), Message("user", data)

    def for_a_small_model(self) -> Job:
        """Return the job without a look around: the data has what is needed, and the tools would be most of what the model has to read.

        Measured with a model of 1.5 billion parameters: what it looked at took the place of the evidence in its answers.
        """
        return replace(self, steps=0)


def sharpen(title: str, evidence: str) -> Job:
    """Say what a mined hypothesis is about in the words of the code."""
    data = {"hypothesis": title, "evidence": evidence}
    return Job("sharpen", Sharpened, frozenset({"title", "capability", "threat"}), data, steps=6)


def propose(overview: str, remarks: str, known: str) -> Job:
    """Find intents that the detectors missed."""
    data = {"survey": overview, "remarks": remarks, "known hypotheses": known}
    slots = frozenset({"capability", "threat", "strategy"})
    return Job("propose", Ideas, slots, data, steps=8, max_output_tokens=700, deadline_seconds=180.0)


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
    return Job("notice_contradictions", Conflicts, frozenset({"contradiction"}), records, least_places=2)


def draft_record(text: str) -> Job:
    """Draft a record from a pasted conversation, review thread or post-mortem."""
    return Job("draft_record", Drafted, FACETS | {"title"}, {PASTED: text}, max_output_tokens=800)
