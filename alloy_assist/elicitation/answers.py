"""Turns an answer into parts of the draft: choices fill exactly what they say, free text goes to what was asked or is split."""

from __future__ import annotations

from alloy_assist.elicitation.lists import clipped, items_in
from alloy_assist.elicitation.model import PLURAL_SLOTS, Ask, Draft, Part, Slot, Split, Step
from alloy_assist.elicitation.splitting import sentences, split_answer
from alloy_assist.elicitation.weakness import LONGEST, pasted
from alloy_assist.elicitation.words import words
from archaeology.text import visible, visible_line

_LONGEST_TEXT = 100_000
# Where free text can carry several things; a scope or a date cannot.
SPLITS = frozenset(
    {Slot.CAPABILITY, Slot.THREAT, Slot.EXPECTATION, Slot.STRATEGY, Slot.TRADEOFF, Slot.DEFINITION, Slot.FORBIDDEN},
)
_LISTS = frozenset({Slot.EVIDENCE, Slot.SCOPE, Slot.EXAMPLE, Slot.FORBIDDEN, Slot.EXCEPTION})


def kept_text(text: str, *, lines: bool = False) -> str:
    """Return a text as it is kept: harmless to a terminal, without blanks around it, and not longer than a novel."""
    shown = visible(text[:_LONGEST_TEXT])
    return shown.strip() if lines or "\n" in shown else visible_line(shown)


def parts_of(ask: Ask, picked: tuple[str, ...], text: str, read: tuple[Part, ...] = ()) -> tuple[Part, ...]:
    """Return what an answer puts into the draft: the fills of its choices, then what was written, filed as ``read`` if given."""
    filled = [part for choice in ask.choices if choice.key in picked for part in choice.fills]
    if not text:
        return tuple(filled)
    written = read or _written(ask, text)
    said = {part.slot for part in written}
    # Words of the person's own say it better than the choice that they were added to.
    return (*(part for part in filled if part.slot not in said or part.slot in _LISTS), *written)


def split_of(ask: Ask, step: Step, draft: Draft, read: tuple[Part, ...] = ()) -> Split | None:
    """Return how a sentence was filed in several places, for the person to confirm; None where there is nothing to confirm."""
    written = read or (_written(ask, step.text) if step.text else ())
    if len({part.slot for part in written}) < 2:  # noqa: PLR2004 - a split has at least two sides
        return None
    said = [entry for entry in draft.entries if entry.confirmed and entry.slot not in PLURAL_SLOTS]
    replaced = (entry for entry in said for part in written if part.slot is entry.slot and part.slot is not ask.topic)
    return Split(
        question=ask.id,
        text=step.text,
        parts=written,
        replaces=tuple(Part(slot=entry.slot, text=entry.text) for entry in replaced),
    )


def in_words_of(text: str, part: Part) -> bool:
    """Return whether a part is made of a text's own words, in their order and without a gap."""
    return bool(words(part.text)) and f" {' '.join(words(part.text))} " in f" {' '.join(words(text))} "


def _written(ask: Ask, text: str) -> tuple[Part, ...]:
    if ask.topic in _LISTS:
        return tuple(Part(slot=ask.topic, text=line) for line in items_in(ask.topic, text))
    if pasted(text) or len(text) > LONGEST:
        return (Part(slot=ask.topic, text=_gist(text)),)
    flat = " ".join(text.split())
    if ask.topic not in SPLITS:
        return (Part(slot=ask.topic, text=flat),)
    return tuple(Part(slot=piece.slot, text=piece.text) for piece in split_answer(ask.topic, flat))


def _gist(text: str) -> str:
    """The beginning of something far too long; the whole of it stays in the answer, and a follow-up asks for one sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[-1] if pasted(text) else (sentences(text) or (" ".join(lines),))[0]
    return clipped(first)
