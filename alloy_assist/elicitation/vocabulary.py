"""The small words of an interview: its modes, the slots that an answer can fill, and what can be weak about an answer."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from store.records import FacetName


class Value(BaseModel):
    """A value: compared by content, never changed. Unknown fields are refused, so that nothing is lost by rewriting it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Mode(StrEnum):
    """From which side an interview comes at its subject."""

    WHY = "why"
    REJECT = "reject"
    SCAR = "scar"
    TECHNOLOGY = "technology"
    PRINCIPLE = "principle"
    CONTRADICTION = "contradiction"


class SubjectKind(StrEnum):
    """What an interview is about."""

    HYPOTHESIS = "hypothesis"
    RECORD = "record"
    PATH = "path"
    TECHNOLOGY = "technology"
    PRINCIPLE = "principle"
    NOTHING = "nothing"


class Slot(StrEnum):
    """A place in the draft that an answer can fill: the six facets, and what stands around them."""

    CAPABILITY = "capability"
    THREAT = "threat"
    EXPECTATION = "expectation"
    STRATEGY = "strategy"
    EVIDENCE = "evidence"
    TRADEOFF = "tradeoff"
    DEFINITION = "definition"
    EXAMPLE = "example"
    EXCEPTION = "exception"
    FORBIDDEN = "forbidden"
    PATTERN = "pattern"
    SCOPE = "scope"
    SEVERITY = "severity"
    RESOLUTION = "resolution"
    REASON = "reason"
    UNTIL = "until"
    TITLE = "title"
    ID = "id"

    @property
    def facet(self) -> FacetName | None:
        """The facet of a record that this slot is, or None."""
        return FacetName(self.value) if self.value in set(FacetName) else None


# Slots that hold several texts; the others hold the last one said.
PLURAL_SLOTS = frozenset({Slot.EVIDENCE, Slot.EXAMPLE, Slot.EXCEPTION, Slot.FORBIDDEN, Slot.PATTERN, Slot.SCOPE})


class Weakness(StrEnum):
    """What can be wrong with an answer; each has one pointed follow-up question."""

    TRUISM = "truism"
    MECHANISM = "mechanism"
    UNOBSERVABLE = "unobservable"
    NO_FORCE = "no_force"
    NO_CHANGE = "no_change"
    NO_COST = "no_cost"
    WHOLE_WORLD = "whole_world"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    VAGUE = "vague"
    PASTED = "pasted"
    TOO_LONG = "too_long"


class ResolutionKind(StrEnum):
    """How a contradiction between what was accepted and what is there can end."""

    DRIFT = "drift"
    EXCEPTION = "exception"
    TOO_BROAD = "too_broad"
    SIMPLIFY = "simplify"
    KEEP = "keep"
