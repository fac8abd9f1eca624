"""Files a sentence that plainly says several things: "X because Y, so that Z, unless W, at the cost of V"."""

from __future__ import annotations

import re

from alloy_assist.elicitation import lexicon
from alloy_assist.elicitation.vocabulary import Slot, Value
from alloy_assist.elicitation.words import content_words

_MOST = 8


class Piece(Value):
    """A piece of an answer and where it would go."""

    slot: Slot
    text: str


# A marker opens a clause; where the clause goes depends on what was asked.
_MARKERS: tuple[tuple[str, Slot], ...] = (
    (
        r"at the (?:cost|price|expense) of|in exchange for|(?:and )?(?:we|i) accept(?: that)?(?! the)|the (?:price|cost|downside) is(?: that)?",
        Slot.TRADEOFF,
    ),
    (r"so that|in order to|which lets us|which means(?: that)? we can", Slot.CAPABILITY),
    (r"unless|except (?:when|where|if|for|in)|apart from", Slot.EXCEPTION),
    (r"because|otherwise|or else|to avoid|to prevent|to stop", Slot.THREAT),
)
_MARKER = re.compile(
    r"(?:^|(?<=[\s,;.:(\u2014-]))(?P<marker>" + "|".join(f"(?:{pattern})" for pattern, _ in _MARKERS) + r")\b",
    re.IGNORECASE,
)
_JOINTS = " \t\n,;:.\u2014-("
_TAIL = re.compile(r"[\s,;:(\u2014-]+(?:and|but|so|or)?[\s,;:(\u2014-]*$", re.IGNORECASE)
_MIGHT = re.compile(r"\b(?:would|could|might|can|may|will|tends?|keeps?|not|never|cannot|can't|won't|don't|doesn't)\b")
_TOO_SHORT = 2
_STANDS_ALONE = 5
# Of these, "because" tells what would go wrong otherwise; of the others it only tells why they are so.
_EXPLAINED_BY_THREAT = frozenset({Slot.CAPABILITY, Slot.STRATEGY, Slot.DEFINITION, Slot.FORBIDDEN})


def split_answer(asked: Slot, text: str) -> tuple[Piece, ...]:
    """Return the pieces of an answer, that for the slot that was asked first. One piece where the text says one thing.

    Words are never changed or dropped but for the joints between pieces; a text with more than a few markers is prose, and stays whole.
    """
    found = list(_MARKER.finditer(text))
    if not found or len(found) > _MOST:
        return (Piece(slot=asked, text=text.strip()),)
    cuts = [0, *(match.start() for match in found), len(text)]
    pieces = [Piece(slot=asked, text=_trim(text[cuts[0] : cuts[1]]))]
    for index, match in enumerate(found):
        body = _trim(text[match.end() : cuts[index + 2]])
        slot = _slot_for(match.group("marker"), asked, body)
        if (len(body.split()) < _TOO_SHORT or slot is asked) and pieces[-1].text:
            # Too little to stand alone ("because of stripe"), or no more than its reason: it stays with what it explains.
            last = pieces[-1]
            pieces[-1] = Piece(slot=last.slot, text=_trim(f"{last.text} {match.group('marker')} {body}"))
        else:
            pieces.append(Piece(slot=slot, text=body))
    return _tidied(asked, pieces)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, one line each."""
    flat = " ".join(text.split())
    return tuple(part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[A-Z`\"'])", flat) if part.strip())


def gist(text: str) -> str:
    """Return the first sentence of a text, where it can stand for the whole; a short one needs what follows."""
    said = sentences(text)
    return said[0].rstrip(".") if len(said) > 1 and len(said[0].split()) >= _STANDS_ALONE else text


def _slot_for(marker: str, asked: Slot, clause: str) -> Slot:
    if marker.lower() == "because" and not _goes_wrong(clause):
        # "because nothing else knows it" gives a reason; it tells of nothing that could go wrong.
        return asked
    slot = next(slot for pattern, slot in _MARKERS if re.fullmatch(pattern, marker, re.IGNORECASE))
    if slot is Slot.THREAT and asked not in _EXPLAINED_BY_THREAT:
        # "We will change provider because it is cheaper": the reason belongs to what was asked, and is no threat.
        return asked
    return slot


def _goes_wrong(clause: str) -> bool:
    found = content_words(clause)
    return _MIGHT.search(clause.lower()) is not None or any(
        word in lexicon.FORCES | lexicon.EMPTY_HARMS for word in found
    )


def _tidied(asked: Slot, pieces: list[Piece]) -> tuple[Piece, ...]:
    """Merge pieces of one slot, drop empty ones, and let the first clause answer where nothing stood before it."""
    if not pieces[0].text:
        rest = pieces[1:]
        first = rest[0]
        same = first.slot in {asked, Slot.THREAT, Slot.CAPABILITY}
        pieces = [Piece(slot=asked, text=first.text), *rest[1:]] if same else rest
    merged: dict[Slot, str] = {}
    for piece in pieces:
        if piece.text:
            merged[piece.slot] = f"{merged[piece.slot]}; {piece.text}" if piece.slot in merged else piece.text
    return tuple(Piece(slot=slot, text=text) for slot, text in merged.items())


def _trim(text: str) -> str:
    return _TAIL.sub("", text.strip()).strip(_JOINTS)
