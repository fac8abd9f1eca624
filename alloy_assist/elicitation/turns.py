"""Turns a state into what a front door shows: the question in words, the split to confirm, or the record read aloud."""

from __future__ import annotations

from collections.abc import Iterable

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.model import AnswerKind, Draft, State, Step, Turn
from alloy_assist.elicitation.summary import LABELS, lines_of, plain_text, summarize, weakness_text
from alloy_assist.elicitation.voice import Voice
from archaeology.text import cut_at_word

_LEFT = {
    AnswerKind.DEFERRED: "left for later",
    AnswerKind.DECLINED: "not said",
    AnswerKind.NOT_KNOWN: "not known",
}
_SHOWN = 160


def turn_of(  # noqa: PLR0913 - what a front door shows comes from this many places
    interview_id: str,
    sequence: int,
    state: State,
    voice: Voice,
    *,
    before: Draft | None = None,
    effects: Iterable[m.Effect] = (),
    record_id: str | None = None,
) -> Turn:
    """Return what to show after a state was reached. ``before`` is the draft until then; ``effects`` carry what to tell."""
    question = in_words(voice, state.pending, state) if state.stage == "asking" and state.pending else None
    kinds = {"asking": "question", "splitting": "split", "summary": "summary", "finished": "finished"}
    return Turn(
        interview_id=interview_id,
        sequence=sequence,
        mode=state.mode,
        kind=kinds[state.stage],  # type: ignore[arg-type]
        title=state.draft.title or state.subject.title or state.subject.ref,
        question=question,
        split=state.split if state.stage == "splitting" else None,
        summary=summarize(state) if state.stage in {"summary", "finished"} else None,
        draft=state.draft,
        lines=lines_of(state.draft),
        changed=changes(before, state.draft) if before is not None else (),
        notes=(
            *(state.subject.notes if not state.steps else ()),
            *(effect.text for effect in effects if isinstance(effect, m.Notice)),
        ),
        asked=state.asked,
        maximum=state.max_questions,
        said=tuple(said_of(step, voice, state) for step in state.steps),
        paused=state.paused,
        outcome=state.outcome,
        record_id=record_id,
    )


def in_words(voice: Voice, ask: m.Ask, state: State) -> m.Question:
    """Return a question in words: those that were kept for it, where the voice still says what it said then; otherwise the voice's."""
    question = voice.word(ask, state)
    for kept in state.wordings:
        if kept.question == question.id and kept.plain == question.text != kept.text:
            return question.model_copy(update={"text": kept.text, "plain": question.text})
    return question


def changes(before: Draft, after: Draft) -> tuple[str, ...]:
    """Return in words what differs between two drafts: what came in, what was replaced, what went."""
    said = []
    old = {(entry.slot, entry.text) for entry in before.entries}
    new = {(entry.slot, entry.text) for entry in after.entries}
    for entry in after.entries:
        if (entry.slot, entry.text) not in old:
            weak = f" ({weakness_text(entry.weakness)})" if entry.weakness else ""
            said.append(f"{LABELS[entry.slot]}: {_cut(plain_text(entry))}{weak}")
    filled = {entry.slot for entry in after.entries}
    said += [
        f"{LABELS[entry.slot]}: taken out"
        for entry in before.entries
        if entry.confirmed and (entry.slot, entry.text) not in new and entry.slot not in filled
    ]
    return tuple(said)


def said_of(step: Step, voice: Voice, state: State) -> m.Said:
    """Return a step as it is listed for going back."""
    labels = [choice.label for choice in step.ask.choices if choice.key in step.choices]
    answer = "; ".join([*labels, *([step.text] if step.text else [])]) or _LEFT.get(step.kind, "")
    return m.Said(question=step.ask.id, text=in_words(voice, step.ask, state).text, answer=_cut(answer), kind=step.kind)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return cut_at_word(flat, _SHOWN)
