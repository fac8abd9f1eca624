"""A question in the model's words: asked for after the question is shown, kept with it, and never waited for longer than a person likes."""

from __future__ import annotations

from alloy_assist.elicitation.model import Turn
from alloy_assist.elicitation.ports import Phraser
from alloy_assist.operations.interviewing import Interviewing


def put_in_words(work: Interviewing, phraser: Phraser, turn: Turn) -> Turn:
    """Return the turn with its question in the phraser's words, which are kept; the same turn where there are none."""
    question = turn.question
    if question is None or question.plain:
        return turn
    text = phraser.phrase(question)
    if text is None:
        return turn
    return work.worded(turn.interview_id, question, text, phraser.name) or turn
