"""What a model proposes: claims with their sources and their provenance, never a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alloy_assist.agent.checking import Checked
from alloy_assist.llm.gateway import Request, estimate_tokens
from alloy_assist.llm.ledger import Spent


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposes, with its provenance. ``checked`` holds what could be shown and what was dropped.

    ``title`` groups claims about one hypothesis. Nothing of it is stored: a person takes it over in an interview, or does not.
    """

    job: str
    prompt_version: int
    model: str
    at: str
    title: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class Outcome:
    """The proposals of one run, and what it took. ``cut_short`` says what ended it before the model had said everything, by the kind of error."""

    proposals: tuple[Proposal, ...]
    spent: Spent
    steps: int = 0
    looked: int = 0
    cut_short: str = ""

    @property
    def places(self) -> tuple[int, int]:
        """How many citations were made, and how many of them failed."""
        return sum(item.checked.places for item in self.proposals), sum(item.checked.failed for item in self.proposals)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first request of a job as it would leave the machine, and how many secrets were replaced in it, by kind.

    ``probes`` says that the way of asking is not known yet: a probe, which tells nothing of the repository, would go before it.
    """

    place: str
    model: str
    request: Request
    redactions: Mapping[str, int] = field(default_factory=dict)
    probes: bool = False

    @property
    def characters(self) -> int:
        """How many characters of text would be sent."""
        return sum(len(message.text) for message in self.request.messages)

    @property
    def estimated_tokens(self) -> int:
        """How many tokens that may be, with what describes tools and the answer; rather too many than too few."""
        return estimate_tokens(self.request)
