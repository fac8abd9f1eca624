"""The questions that a hypothesis brings along: they name what was seen, and are asked where they fit what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alloy_assist.elicitation.vocabulary import Slot

_STILL_SO = re.compile(r"^Is “.+” still so, |is that still so(?: today\?$|, and what would )|^Would it still come to “")
_FACT = re.compile(r"Nothing imports |All \d+ imports |.+ (?:is|are) imported \d+ times elsewhere")
# How the questions of archaeology begin or turn, and the facet that their answers fill. One that fits nothing here is not asked:
# the choices offered with a question have to be answers to it.
_FITS: tuple[tuple[Slot, str], ...] = (
    (
        Slot.CAPABILITY,
        (
            r"\bbuy you: |would you reject it, and why\?|is it replaceable, the only way in|alone: is it costly|be taken out or released without|"
            r"^Who relies on what |would an import from it break a release\?|do you expect to replace it, or is it fenced|and what is it for \(|"
            r"^What would .+ lose first if |^Who would notice if |one day, or to test without it\?|^Who reads what |reached them untranslated\?|"
            r"^Who would notice “|^Does anybody know by now why |^What does a caller do differently |^What does .+ give you that |^What did .+ cost you\b.*, that doing without |^What could .+ do for you in .+ that |and on what ground\?$|^Who outside this repository relies on |^Who relies on it that “(?!\w+ing\b)|"
            r"^Neither a comment nor a test in "
        ),
    ),
    (
        Slot.THREAT,
        (
            r"^What may .+ never know about |and what did it look like when this went wrong\?|^What went wrong with (?!“)|"
            r"^What got through before |^Which of these files has ever been patched by hand|^What must never show through |^Who can send what |"
            r"^Who is the attacker |^Is “.+” still so, or could |^What did it cost you before: |^When would you refuse |^What would go wrong first if |"
            r"^What breaks in .+ without .+, and has anybody tried\?$|”: would it come to that again if |^Who noticed that .+ was slow|wrote this: what change to .+ would bring the trouble back|is forgotten: what breaks first|”: is that still so today\?$|"
            r"^“(?!(?:it|this|that|they|these|those|which|leads?|would|could|will|is|are|was)\b)[^”]+”: is that still so, and what would .+ do if it were not\?$|^Would it still come to “"
        ),
    ),
    (
        Slot.EXPECTATION,
        r"^What would make you leave |”: has that come, and could |^Is .+ still there, and how would you learn that ",
    ),
    (
        Slot.STRATEGY,
        (
            r"^When .+ need the same thing, where does it go|"
            r"^What happens to data written under |^What would a package have to do for you before |^What would a second attempt in |what would they have to prove before you merged it\?$|^What would you ask of a change that imported |^What does .+ do instead of .+, and is that the rule\?$"
        ),
    ),
    (Slot.EXCEPTION, r"an exception that you accept, or a debt\?"),
    (Slot.TRADEOFF, r"^What have you made harder to read "),
    (Slot.RESOLUTION, r"^Is the rule on .+ still meant"),
    (Slot.REASON, r"^If they are allowed: what makes them different"),
)


def own_question(slot: Slot, questions: Sequence[str]) -> str:
    """Return the first question of a hypothesis that asks for a slot, or an empty string."""
    patterns = [pattern for fits, pattern in _FITS if fits is slot]
    return next((text for text in questions for pattern in patterns if re.search(pattern, text)), "")


def asks_whether_still_so(question: str) -> bool:
    """Return whether a question asks if something still is as it was: what goes against it answers that only with a yes before it."""
    return _STILL_SO.search(question) is not None


def asks_whether_come(question: str) -> bool:
    """Return whether a question asks if the day has come until which something is there: that it has not is the answer that keeps it."""
    return "”: has that come, and could " in question


def without_fact(question: str) -> str:
    """Return a question without the fact that it opens with, for where that was just said."""
    fact, colon, rest = question.partition(": ")
    return rest[:1].upper() + rest[1:] if colon and _FACT.match(fact) and rest.endswith("?") else question
