"""What a model's reading of an answer is worth: the person's own words, filed, with none of them lost. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alloy_assist.agent.checking import Supported
from alloy_assist.elicitation.answers import in_words_of
from alloy_assist.elicitation.model import Part, Slot, Weakness
from alloy_assist.elicitation.weakness import weakness_of
from alloy_assist.elicitation.words import content_words

_LEAST_KEPT = 0.8
_LEAST_WORDS = 8
_SIDES = 2


def worth_reading(text: str) -> bool:
    """Return whether an answer is long enough to say several things."""
    return len(text.split()) >= _LEAST_WORDS


def filed(claims: Iterable[Supported], asked: Slot, text: str) -> tuple[Part, ...] | None:
    """Return how an answer would be filed, in the order of its words; None where the reading says nothing new, loses words or makes a weak piece.

    A claim counts with its own text where that is the person's, else with the words that it quotes.
    """
    flat = " ".join(text.split())
    pieces: dict[str, Part] = {}
    for claim in claims:
        said = _in_their_words(claim, flat)
        if said and claim.slot in set(Slot):
            pieces.setdefault(said, Part(slot=Slot(claim.slot), text=said))
    parts = sorted(_without_repeats(pieces.values()), key=lambda part: flat.lower().find(part.text.lower()))
    slots = [part.slot for part in parts]
    if len(slots) < _SIDES or len(set(slots)) != len(slots) or _kept(parts, flat) < _LEAST_KEPT:
        return None
    if any(weakness_of(part.slot, part.text) for part in parts if part.slot is not asked):
        return None  # "the reload made it slow" is no capability called "the reload"
    # What was asked is asked again where no piece answers it; then the reading has lost the question.
    return tuple(parts) if asked in slots or asked.facet is None else None


def weak(claims: Iterable[Supported], slot: Slot, text: str) -> Weakness | None:
    """Return what a model found weak about a text where the rules found nothing; it only ever adds a question."""
    if weakness_of(slot, text) is not None:
        return None
    named = [claim.slot for claim in claims if claim.slot in set(Weakness)]
    return Weakness(named[0]) if named else None


def _in_their_words(claim: Supported, flat: str) -> str:
    for words in (claim.text, *(quote.quote for quote in claim.quotes)):
        said = " ".join(words.split()).strip(" .,;:")
        if said and in_words_of(flat, Part(slot=Slot.CAPABILITY, text=said)):
            return said
    return ""


def _without_repeats(parts: Iterable[Part]) -> list[Part]:
    """Leave out a piece that stands in a longer one."""
    longest = sorted(parts, key=lambda part: -len(part.text))
    kept: list[Part] = []
    for part in longest:
        if not any(in_words_of(other.text, part) for other in kept):
            kept.append(part)
    return kept


def _kept(parts: Iterable[Part], flat: str) -> float:
    wanted = Counter(content_words(flat))
    found = Counter(word for part in parts for word in content_words(part.text))
    return (wanted & found).total() / wanted.total() if wanted else 1.0
