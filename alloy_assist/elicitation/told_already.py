"""What words and figures answer themselves: it stands in the draft as found, and a question is put only where a person has to decide it."""

from __future__ import annotations

from alloy_assist.elicitation import candidates
from alloy_assist.elicitation.families import from_words
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.own_questions import own_question
from alloy_assist.elicitation.pressures import pressures
from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.vocabulary import Slot
from alloy_assist.elicitation.warned import change_of, rule_found, threat_found

# This is answered by the words wherever they say what goes wrong; the others ask whether it still does, or of what nobody wrote down.
_ANSWERED = "wrote this: what change to "


def found_in_words(subject: Subject) -> dict[Slot, str]:
    """Return what the words of a comment or a commit, and what was counted around them, say of a slot; empty where an interview has none."""
    names = names_of(subject)
    if not from_words(names):
        return {}
    counted = next((option.text for option in pressures(subject, names) if option.told), "")
    paid = candidates.options(subject.family, "tradeoff", names)
    forgotten = next((reason.threat for reason in candidates.reasons(subject.family, names) if reason.told), "")
    found = {
        Slot.THREAT: change_of(subject) or threat_found(subject) or forgotten,
        Slot.EXPECTATION: subject.possible.expectation or counted,
        Slot.STRATEGY: rule_found(subject),
        Slot.TRADEOFF: subject.possible.tradeoff or next((option.text for option in paid if option.told), ""),
    }
    return {slot: text for slot, text in found.items() if text}


def is_told(subject: Subject, slot: Slot) -> bool:
    """Whether words answer a slot, so that it need not be asked; that something still is so is for a person to say all the same."""
    own = own_question(slot, subject.questions)
    return slot in found_in_words(subject) and (not own or _ANSWERED in own)
