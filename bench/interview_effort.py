"""How long an interview takes a person: everything that is shown is read, everything of their own is typed, every question is thought about.

The constants are published averages and none is fitted: silent reading of English 238 words a minute (Brysbaert 2019, meta-analysis of
adults); composing text at a keyboard 19 words a minute of five characters (Karat et al. 1999, who measured 33 for copying), which has the
search for words in it; 0.28 s for a key press and 1.35 s to prepare for one (Card, Moran and Newell 1980, an average typist). How long
somebody thinks about a question beyond that was not measured and is an assumption, so the total is given for ten, twenty and thirty
seconds for each question, each split and the summary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alloy_assist.elicitation.transcript import Exchange

READING = 238
COMPOSING = 19
KEY = 0.28
PREPARING = 1.35
THINKING = (10.0, 20.0, 30.0)
_LETTERS_A_WORD = 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Effort:
    """What an interview asked of a person. ``shown`` counts each part of a path or name as a word, for those are read slowly."""

    shown: int
    typed: int
    keys: int
    decisions: int
    waiting: float

    def minutes(self, thinking: float = THINKING[0]) -> float:
        """Return the minutes it takes, with so many seconds of thinking for each decision; ``waiting`` is the scan's own time."""
        reading = self.shown / READING * 60
        composing = self.typed / _LETTERS_A_WORD / COMPOSING * 60
        pressing = self.keys * KEY + self.decisions * PREPARING
        return (self.waiting + reading + composing + pressing + self.decisions * thinking) / 60


def effort_of(exchanges: Sequence[Exchange], waiting: float) -> Effort:
    """Return the effort of an interview as it was shown and answered; ``waiting`` are the seconds before its first question."""
    return Effort(
        shown=sum(len(_WORD.findall(line)) for exchange in exchanges for line in exchange.shown),
        typed=sum(len(exchange.words) for exchange in exchanges),
        # What was picked is a key or two; every answer ends with Enter.
        keys=sum(1 + (0 if exchange.words else _picked(exchange.typed)) for exchange in exchanges if exchange.typed),
        decisions=sum(1 for exchange in exchanges if exchange.typed),
        waiting=waiting,
    )


def _picked(typed: str) -> int:
    return 0 if typed == "(Enter)" else len(typed)
