"""What a model says, taken apart: statements, each with the places that show it. None of these types is ever stored as a record."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field


class Said(BaseModel):
    """Something that a model wrote: unknown fields are dropped, since nothing of it is trusted anyway."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Said):
    """Where a claim can be seen. ``where`` is a path, a commit id or the name of a text; ``quote`` is copied from there, word for word."""

    where: str = Field(default="", max_length=400, description="a path, a commit id, or the label of a DATA block")
    quote: str = Field(default="", max_length=2_000, description="words copied exactly from there")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement for one slot, with its sources."""

    slot: str
    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that belong together: what a model says of one thing. ``title`` is empty where it gave none.

    ``basis`` is a place on which all of them rest; where it is not found, none of them is shown.
    """

    claims: tuple[Claim, ...]
    title: str = ""
    basis: Place | None = None


class Answer(Said):
    """What a job is answered with, where the answer consists of claims."""

    def groups(self) -> tuple[Group, ...]:
        """Return the claims of the answer; what was left empty is no claim."""
        raise NotImplementedError
