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
        (
            r"at the (?:cost|price|expense) of|in exchange for|(?:and )?(?:we|i) accept(?: that)?(?! the)|the (?:price|cost|downside) is(?: that)?|"
            r"(?:it|this|that) costs(?: us| you)?"
        ),
        Slot.TRADEOFF,
    ),
    (
        (
            r"so that|in order to|which lets us|which means(?: that)? we can|"
            r"so(?= (?:we|you|they|it|users|people|the [\w`-]+|`[^`]+`) (?:can|could)\b)"
        ),
        Slot.CAPABILITY,
    ),
    (r"unless|except (?:when|where|if|for|in)|apart from", Slot.EXCEPTION),
    (r"because|otherwise|or else|to avoid|to prevent|to stop", Slot.THREAT),
)
_MARKER = re.compile(
    r"(?:^|(?<=[\s,;.:(\u2014-]))(?P<marker>"
    + "|".join(f"(?P<m{index}>{pattern})" for index, (pattern, _) in enumerate(_MARKERS))
    + r")\b(?!['\u2019])",
    re.IGNORECASE,
)
_JOINTS = " \t\n,;:.\u2014-("
_TAIL = re.compile(r"[\s,;:(\u2014-]+(?:and|but|or)?[\s,;:(\u2014-]*$", re.IGNORECASE)
_MIGHT = re.compile(r"\b(?:would|could|might|can|may|will|tends?|keeps?|not|never|cannot|can't|won't|don't|doesn't)\b")
_TOO_SHORT = 2
# What "so that" leads to is what is kept only where it was told what to do; elsewhere it is a consequence.
_AIMS = frozenset({Slot.STRATEGY, Slot.DEFINITION, Slot.FORBIDDEN})
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
    cuts = [*(match.start() for match in found), len(text)]
    pieces, begins = [Piece(slot=asked, text=_trim(text[: cuts[0]], joint=True))], [0]
    for match, end in zip(found, cuts[1:], strict=True):
        joint = end < len(text)
        body = _trim(text[match.end() : end], joint=joint)
        slot = _slot_for(match, asked, body)
        short = len(body.split()) < _TOO_SHORT and slot is not Slot.TRADEOFF
        if (short or slot is asked) and pieces[-1].text:
            # Too little to stand alone ("because of stripe"), or no more than its reason: it stays with what it explains.
            pieces[-1] = Piece(slot=pieces[-1].slot, text=_trim(text[begins[-1] : end], joint=joint))
        else:
            pieces.append(Piece(slot=slot, text=body))
            begins.append(match.end())
    return _tidied(asked, pieces)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, one line each."""
    flat = " ".join(text.split())
    return tuple(part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[A-Z`\"'])", flat) if part.strip())


def gist(text: str) -> str:
    """Return the first sentence of a text, where it can stand for the whole; a short one needs what follows."""
    said = sentences(text)
    return said[0].rstrip(".") if len(said) > 1 and len(said[0].split()) >= _STANDS_ALONE else text


def _slot_for(match: re.Match[str], asked: Slot, clause: str) -> Slot:
    if match.group("marker").lower() == "because" and not _goes_wrong(clause):
        # "because nothing else knows it" gives a reason; it tells of nothing that could go wrong.
        return asked
    slot = next(slot for index, (_, slot) in enumerate(_MARKERS) if match.group(f"m{index}"))
    if slot is Slot.CAPABILITY and asked not in _AIMS:
        return asked
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


def _trim(text: str, *, joint: bool = False) -> str:
    """Without the blanks and stops around it, and where another piece follows, without the word that joins the two."""
    return (_TAIL.sub("", text.strip()) if joint else text.strip()).strip(_JOINTS)
