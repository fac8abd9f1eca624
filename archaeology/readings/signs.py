"""Which parts a passage may hold, by the words that each of them needs: told before it is cut into clauses and looked through. Pure.

Two thirds of all passages describe, and to see that costs as much as to read them. A part that is not there is mostly told by its words:
who orders says "must" or the like, who gives a reason joins it with "because". To cut the words out costs a twentieth of a reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from archaeology.readings.decisions import REASONING
from archaeology.readings.harms import AVOIDING, OTHERWISE, REASONS
from archaeology.readings.vocabulary import words_of

# The telling words of a passage in small letters; None where they cannot be told, and anything may be there.
Words = frozenset[str] | None

_NOT = "not t"  # "don't" is two words
_LEADING = frozenset({"to", "in", "or", "if"})  # with these joints begin that are told by their next word


class Sign:
    """Words of which one is in each passage that holds something; or one of each of several kinds."""

    __slots__ = ("_ways",)

    def __init__(self, *ways: str | tuple[str, ...]) -> None:
        """Take the ways to tell it, of which each is one kind of words, or several; the words of a kind are separated by blanks."""
        self._ways = [[frozenset(kind.split()) for kind in ((way,) if isinstance(way, str) else way)] for way in ways]

    @property
    def words(self) -> frozenset[str]:
        """All words that it looks for."""
        return frozenset[str]().union(*(kind for way in self._ways for kind in way))

    def is_in(self, words: Words) -> bool:
        """Whether the telling words of a passage leave it possible."""
        if words is None:
            return True
        for way in self._ways:
            for kind in way:
                if kind.isdisjoint(words):
                    break
            else:
                return True
        return False


def _joined_by(joints: Iterable[str]) -> str:
    """The words that tell joints: the first of each, or the next where that is in half of all sentences."""
    words = (joint.split() for joint in joints)
    return " ".join(word[1] if word[0] in _LEADING and len(word) > 1 else word[0] for word in words)


FOR_NOW = Sign("now currently")
ORDERS = Sign(
    "must mustn shall need needs always sure ensure remember beware careful care keep leave prefer insist never avoid allowed supposed "
    "deliberately intentionally purposely purposefully explicitly purpose design",
    ("only", "use call change add touch run allow access write read hold take set we i"),
    ("has have", "to"),
    ("do don", _NOT),
    ("should shouldn may", f"{_NOT} only"),
    ("can could couldn", _NOT, "we you one i"),
    ("cannot", "we you one i"),
    ("will won", _NOT, "we i"),
)
_MODALS = "will would might could may"
DECIDES = Sign(
    f"{_joined_by(REASONING)} so want avoid prevent careful allow let assume assumes rely relies depend depends therefore thus hence reason why",
    ("or", _MODALS),
)
FEARS = Sign(
    _joined_by(((OTHERWISE | AVOIDING) - {"or", "if not", "in which case", "so as not to"}) | REASONS),
    ("or", f"it we the this {_MODALS}"),  # "leave it, or rows would be lost" has no other word of a joint
    ("which", "case"),
    ("if", _NOT),
)
UNLESS = Sign(("if", _NOT))
# What is said of what was named before: behind a sentence or in brackets only.
CHANGES = Sign(
    (
        "that this it doing",
        "d would will could can might may breaks causes leads loses leaks corrupts triggers exposes hides masks invalidates allows prevents defeats overwrites clobbers blocks bypasses duplicates drops swallows ruins destroys starves freezes makes",
    )
)
GAP = Sign(("because since as due", f"{_NOT} cannot lacks no"))
# Most shapes of what was turned down; the others are told by the first word of a sentence.
REJECTS = Sign(
    "but however except yet unfortunately tried experimented considered thought attempted instead rather option possible viable feasible "
    "usable suitable enough sufficient applicable",
    ("only", "that"),
    ("not", "and just"),
)
_TELLING = frozenset[str]().union(
    *(sign.words for sign in (FOR_NOW, ORDERS, DECIDES, FEARS, UNLESS, CHANGES, GAP, REJECTS))
)


def words_in(passage: str) -> Words:
    """Return the telling words of a passage; None where tags, addresses or numbers may be cut out of the middle of a word."""
    if "<" in passage or "://" in passage or "gh-" in passage.lower():
        return None
    words = words_of(passage)
    return words if words is None else words & _TELLING
