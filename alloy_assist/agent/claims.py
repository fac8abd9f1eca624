"""What a model may say: claims, each with the places that show it. None of these types is ever stored as a record."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Facet = Literal["capability", "threat", "expectation", "strategy", "evidence", "tradeoff"]


class Said(BaseModel):
    """Something that a model wrote: unknown fields are dropped, since nothing of it is trusted anyway."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Said):
    """Where a claim can be seen. ``where`` is a path, a commit id or the name of a text; ``quote`` is copied from there, word for word."""

    where: str = Field(max_length=400, description="a path, a commit id, or the label of a DATA block")
    quote: str = Field(max_length=2_000, description="words copied exactly from there")


class Claim(Said):
    """One statement with its sources."""

    slot: str = Field(max_length=40, description="what the statement is for")
    text: str = Field(min_length=1, max_length=600, description="one sentence")
    places: tuple[Place, ...] = Field(default=(), max_length=8)


class Claims(Said):
    """The answer to most jobs."""

    claims: tuple[Claim, ...] = Field(default=(), max_length=24)


class Piece(Said):
    """Some of a person's words, and what they are."""

    slot: str = Field(max_length=40, description="what these words are")
    words: str = Field(max_length=1_000, description="copied from the answer, word for word")


class Pieces(Said):
    """The answer to the jobs that look at what a person said: every piece cites itself."""

    pieces: tuple[Piece, ...] = Field(default=(), max_length=6)


class Idea(Said):
    """A hypothesis that the model proposes."""

    title: str = Field(min_length=1, max_length=160)
    claims: tuple[Claim, ...] = Field(default=(), max_length=8)


class Ideas(Said):
    """Hypotheses that the detectors missed."""

    hypotheses: tuple[Idea, ...] = Field(default=(), max_length=6)


class Wording(Said):
    """A question in words."""

    question: str = Field(min_length=1, max_length=400)
