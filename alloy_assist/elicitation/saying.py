"""What a person does with a question: answers, leaves it, corrects how it was filed, goes back; and who may help to understand it."""

from __future__ import annotations

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.answers import in_words_of, kept_text, parts_of, split_of
from alloy_assist.elicitation.drafting import build
from alloy_assist.elicitation.model import AnswerKind, Slot, State, Step
from alloy_assist.elicitation.settling import Outcome, ignored, reopened, settled

_KINDS: dict[type, AnswerKind] = {
    m.Deferred: AnswerKind.DEFERRED,
    m.Declined: AnswerKind.DECLINED,
    m.NotKnown: AnswerKind.NOT_KNOWN,
}
# What a reader may file a person's words under; the rest is decided by picking.
_READABLE = frozenset(slot for slot in Slot if slot.facet) | {Slot.DEFINITION, Slot.EXCEPTION, Slot.FORBIDDEN}


def answered(state: State, event: m.Answered) -> Outcome:
    """Keep an answer, and show how it was filed where it says several things."""
    ask = _asked(state, event.question, event.shown)
    if ask is None:
        return _not_open(state, event.question)
    known = {choice.key for choice in ask.choices}
    picked = tuple(key for key in dict.fromkeys(event.choices) if key in known)
    picked = picked if ask.multiple else picked[:1]
    text = kept_text(event.text) if ask.allows_text else ""
    if not picked and not text:
        return ignored(state, "empty", "Nothing was said; pick an answer, write one, or leave it for later.")
    step = Step(ask=ask, kind=AnswerKind.ANSWERED, choices=picked, text=text, parts=parts_of(ask, picked, text))
    after = state.model_copy(update={"steps": (*state.steps, step), "wanted": None})
    split = split_of(ask, step, state.draft)
    said = m.KeepAnswer(ask=ask, answer_kind=AnswerKind.ANSWERED, answer=_spoken(step))
    if split is None:
        return settled(after, said)
    return settled(after.model_copy(update={"split": split}), said)


def left(state: State, event: m.Deferred | m.Declined | m.NotKnown) -> Outcome:
    """Leave the question without an answer; a ``Deferred`` that names none leaves the whole record for later."""
    if event.question is None:
        after = state.model_copy(update={"stage": "finished", "outcome": "deferred", "pending": None, "split": None})
        return after, (m.Finish(outcome="deferred"),)
    ask = _asked(state, event.question, event.shown)
    if ask is None:
        return _not_open(state, event.question)
    kind = _KINDS[type(event)]
    after = state.model_copy(update={"steps": (*state.steps, Step(ask=ask, kind=kind)), "wanted": None})
    return settled(after, m.KeepAnswer(ask=ask, answer_kind=kind, answer=""))


def split_corrected(state: State, event: m.SplitCorrected) -> Outcome:
    """File an answer as the person said."""
    if state.split is None or state.split.question != event.question or not state.steps:
        return ignored(state, "no_split", "There is nothing to file just now.")
    parts = tuple(part.model_copy(update={"text": text}) for part in event.parts if (text := kept_text(part.text)))
    last = state.steps[-1]
    kept = tuple(part for part in last.parts if part not in state.split.parts)
    corrected = last.model_copy(update={"parts": (*kept, *parts)})
    return settled(state.model_copy(update={"steps": (*state.steps[:-1], corrected), "split": None}))


def read(state: State, event: m.Read) -> Outcome:
    """File the last answer as a reader did, for the person to confirm: only their own words, and only in places that words can fill."""
    last = state.steps[-1] if state.steps else None
    if last is None or last.ask.id != event.question or not last.text:
        return ignored(state, "no_answer", "There is no answer to file.")
    pieces = tuple(
        m.Part(slot=part.slot, text=text)
        for part in event.parts
        if part.slot in _READABLE and in_words_of(last.text, part) and (text := kept_text(part.text))
    )
    if not pieces or pieces == (state.split.parts if state.split else ()):
        return ignored(state, "not_read", "The reading was not in the words of the answer.")
    after = last.model_copy(update={"parts": parts_of(last.ask, last.choices, last.text, pieces)})
    split = split_of(last.ask, last, build(state.subject, state.steps[:-1], state.edits), pieces)
    return settled(state.model_copy(update={"steps": (*state.steps[:-1], after), "split": split}))


def judged(state: State, event: m.Judged) -> Outcome:
    """Keep what a judge found; it stands before the rules for exactly these texts."""
    said = {(judgement.slot, judgement.text): judgement for judgement in (*state.judgements, *event.judgements)}
    return settled(state.model_copy(update={"judgements": tuple(said.values())}))


def worded(state: State, event: m.Worded) -> Outcome:
    """Keep other words for the open question, so that it reads the same when the interview is taken up again."""
    text = kept_text(event.text)
    if state.pending is None or state.pending.id != event.question or not text:
        return ignored(state, "not_open", "That question is not open any more.")
    others = tuple(item for item in state.wordings if item.question != event.question)
    return state.model_copy(update={"wordings": (*others, event.model_copy(update={"text": text}))}), ()


def went_back(state: State, event: m.WentBack) -> Outcome:
    """Open an earlier question again, with what rests on it."""
    step = next((step for step in state.steps if step.ask.id == event.question), None)
    if step is None:
        return _not_open(state, event.question)
    return settled(reopened(state, step).model_copy(update={"wanted": step}))


def revised(state: State, event: m.Revised) -> Outcome:
    """Replace an earlier answer; a replacement that says nothing leaves it standing."""
    step = next((step for step in state.steps if step.ask.id == event.question), None)
    if step is None:
        return _not_open(state, event.question)
    before = reopened(state, step).model_copy(update={"wanted": step})
    open_again, _ = settled(before)
    after, effects = answered(
        open_again, m.Answered(question=event.question, choices=event.choices, text=event.text, shown=step.ask)
    )
    # A replacement that says nothing leaves the first answer standing.
    return (state, effects) if after is open_again else (after, effects)


def _asked(state: State, question: str, shown: m.Ask | None) -> m.Ask | None:
    """The question that an answer belongs to: as it was put, which a later version of this program may word otherwise."""
    if state.stage != "asking" and shown is None:
        return None
    if any(step.ask.id == question for step in state.steps) or state.split is not None:
        return None
    if shown is not None and shown.id == question:
        return shown
    return state.pending if state.pending and state.pending.id == question else None


def _spoken(step: Step) -> str:
    labels = [choice.label for choice in step.ask.choices if choice.key in step.choices]
    return "; ".join([*labels, *([step.text] if step.text else [])])


def _not_open(state: State, question: str) -> Outcome:
    if any(step.ask.id == question for step in state.steps):
        return ignored(state, "not_open", f"The question {question!r} has an answer already; this one was not kept.")
    return ignored(state, "not_open", f"The question {question!r} is not the one that is asked.")
