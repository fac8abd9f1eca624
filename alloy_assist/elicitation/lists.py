"""Takes apart a text that lists things: globs on one line, points on several."""

from __future__ import annotations

from alloy_assist.elicitation.vocabulary import Slot
from alloy_assist.elicitation.weakness import LONGEST
from archaeology.text import cut_at_word

_MOST = 20


def items_in(slot: Slot, text: str) -> tuple[str, ...]:
    """Return the things that a text for a plural slot lists, none twice: paths part at blanks and commas, the rest at lines."""
    pieces = text.splitlines() if "\n" in text else [text]
    if slot is Slot.SCOPE:
        pieces = (
            [part for piece in pieces for part in piece.replace(",", " ").split()]
            if "/" in text or "*" in text
            else pieces
        )
    cleaned = [
        _bare(" ".join(piece.split()).lstrip("-*\u2022 ")) if slot is not Slot.SCOPE else piece.strip("` ")
        for piece in pieces
    ]
    return tuple(dict.fromkeys(clipped(piece) for piece in cleaned if piece))[:_MOST]


def _bare(piece: str) -> str:
    """A piece without the back-quotes around all of it; those around a name inside it stay."""
    return piece.strip("`") if piece.count("`") == len("``") and piece[:1] == piece[-1:] == "`" else piece


def clipped(text: str) -> str:
    """Return a text cut at a word, where it is longer than a facet may be."""
    return cut_at_word(text, LONGEST)
