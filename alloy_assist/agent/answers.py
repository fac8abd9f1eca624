"""The answers that jobs ask for: flat and small, so that a small model can give them too.

The parts of an answer have defaults, so that one that was cut off in its middle still holds what was said before; the answer itself has
none, so that something else is not taken for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

from alloy_assist.agent.claims import Answer, Claim, Group, Place, Said

Facet = Literal["capability", "threat", "expectation", "strategy", "evidence", "tradeoff"]
_SENTENCE = 400
_TITLE = 160
PASTED = "pasted text"


def _all_required(schema: dict[str, Any]) -> None:
    """Have a server that enforces the schema ask for every field, though we can do without."""
    schema["required"] = list(schema["properties"])
    for field in schema["properties"].values():
        field.pop("default", None)


class _Flat(Said, json_schema_extra=_all_required):
    """A part of an answer."""


class Cited(_Flat):
    """One sentence and the place that shows it."""

    text: str = Field(default="", max_length=_SENTENCE)
    where: str = Field(default="", max_length=400)
    quote: str = Field(default="", max_length=1_000)


class Sharpened(Answer):
    """A hypothesis in the words of the code."""

    title: Cited
    capability: Cited
    threat: Cited

    def groups(self) -> tuple[Group, ...]:
        """Return its three claims."""
        said = (("title", self.title), ("capability", self.capability), ("threat", self.threat))
        return _group((slot, item.text, (Place(where=item.where, quote=item.quote),)) for slot, item in said)


class Idea(_Flat):
    """A hypothesis that the model proposes: first what shows it, then what it is."""

    where: str = Field(default="", max_length=400)
    quote: str = Field(default="", max_length=1_000)
    title: str = Field(default="", max_length=_TITLE)
    capability: str = Field(default="", max_length=_SENTENCE)
    threat: str = Field(default="", max_length=_SENTENCE)


class Ideas(Answer):
    """Hypotheses that the detectors missed."""

    hypotheses: tuple[Idea, ...] = Field(max_length=3)

    def groups(self) -> tuple[Group, ...]:
        """Return the claims of each idea; all of them stand or fall with its one place."""
        found = []
        for idea in self.hypotheses:
            places = (Place(where=idea.where, quote=idea.quote),)
            said = (("strategy", idea.title), ("capability", idea.capability), ("threat", idea.threat))
            found += [Group(group.claims, idea.title) for group in _group((slot, text, places) for slot, text in said)]
        return tuple(found)


class Filed(_Flat):
    """One facet of a record, in words copied from the pasted text: so nothing can be in it that nobody wrote."""

    slot: Literal["title", "capability", "threat", "expectation", "strategy", "evidence", "tradeoff"] = "title"
    words: str = Field(default="", max_length=600)


class Drafted(Answer):
    """A record, drafted from a pasted text. ``agreed`` is where people agree to it: what nobody has agreed to is no rule."""

    agreed: str = Field(max_length=600)
    facets: tuple[Filed, ...] = Field(max_length=8)

    def groups(self) -> tuple[Group, ...]:
        """Return a claim for each facet, which cites itself; all of them rest on the words with which people agree."""
        said = _group((item.slot, item.words, (Place(where=PASTED, quote=item.words),)) for item in self.facets)
        agreement = Place(where=PASTED, quote=self.agreed)
        return tuple(Group(group.claims, basis=agreement) for group in said)


class Conflict(_Flat):
    """Two records that cannot both be followed, by their ids, and the words of each that collide."""

    first: str = Field(default="", max_length=200)
    first_quote: str = Field(default="", max_length=1_000)
    second: str = Field(default="", max_length=200)
    second_quote: str = Field(default="", max_length=1_000)
    text: str = Field(default="", max_length=_SENTENCE)


class Conflicts(Answer):
    """Records that contradict each other. ``compared`` is for the model itself: it writes down what it compares before it judges."""

    compared: str = Field(max_length=2_000)
    conflicts: tuple[Conflict, ...] = Field(max_length=4)

    def groups(self) -> tuple[Group, ...]:
        """Return a claim with two places for each conflict."""
        return _group(
            (
                "contradiction",
                item.text,
                (Place(where=item.first, quote=item.first_quote), Place(where=item.second, quote=item.second_quote)),
            )
            for item in self.conflicts
        )


class Piece(Said):
    """Some of a person's words, and what they are."""

    slot: str = Field(max_length=40, description="what these words are")
    words: str = Field(max_length=1_000, description="copied from the answer, word for word")


class Pieces(Said):
    """The answer to the jobs that look at what a person said: every piece cites itself."""

    pieces: tuple[Piece, ...] = Field(default=(), max_length=6)


class Wording(Said):
    """A question in words."""

    question: str = Field(min_length=1, max_length=400)


def _group(said: Iterable[tuple[str, str, tuple[Place, ...]]]) -> tuple[Group, ...]:
    claims = tuple(Claim(slot, text.strip(), places) for slot, text, places in said if text.strip())
    return (Group(claims),) if claims else ()
