"""Interviews: begins them, keeps each event before the next question is shown, and writes what the person accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance, replay
from alloy_assist.elicitation.ports import Judge, Reader, to_judge, to_read
from alloy_assist.elicitation.turns import in_words, turn_of
from alloy_assist.elicitation.voice import TemplateVoice, Voice
from alloy_assist.errors import RefusedError
from alloy_assist.operations.accepting import accept
from alloy_assist.operations.interview_beginnings import WITHOUT_SUBJECT, begun
from alloy_assist.operations.interview_lookups import Looker, looked_again, verdict_on
from store.interviews import HypothesisDecision, InterviewInfo, InterviewStatus, StoredAnswer
from store.records import Actor

if TYPE_CHECKING:
    from alloy_assist.settings import InterviewSettings
    from store.database import Store

_EVENT: TypeAdapter[m.Event] = TypeAdapter(m.Event)


def _nothing() -> None:
    """What is told that an interview begins, where nobody wants to know."""


@dataclass(frozen=True)
class Interviewing:
    """The one way to lead an interview: the terminal, the TUI and replays send events here and show the turn that comes back."""

    store: Callable[[], Store]
    evidence: Looker
    settings: InterviewSettings
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    actor: Actor
    voice: Voice = field(default_factory=TemplateVoice)
    reader: Reader | None = None
    judge: Judge | None = None
    on_begin: Callable[[], None] = _nothing

    def start(
        self,
        mode: m.Mode | str | None = None,
        subject: str = "",
        *,
        kind: m.SubjectKind | None = None,
        max_questions: int | None = None,
    ) -> m.Turn:
        """Begin an interview and return its first turn.

        ``subject`` is a hypothesis or record id (or its beginning), a path, or the words that name a technology or principle; ``kind``
        says which, and is guessed from the mode where it is left out; ``mode`` None takes the best for the subject. Raises MissingError and StoreError.
        """
        self.on_begin()
        store = self.store()
        mode, kind, snapshot = begun(store, self.evidence, mode, subject, kind)
        event = m.Started(mode=mode, subject=snapshot, max_questions=max_questions or self.settings.max_questions)
        state, effects = advance(None, event)
        at = self.clock().isoformat()
        info = InterviewInfo(
            id=self.new_id(),
            mode=mode.value,
            subject_kind=kind.value,
            subject=snapshot.ref,
            title=snapshot.title or WITHOUT_SUBJECT[mode],
            started_at=at,
            updated_at=at,
            head=snapshot.head,
        )
        store.interviews.create(info, _body(event))
        return self._after(info.id, 1, state, effects, None)

    def first_turn(
        self, mode: m.Mode | str | None = None, subject: str = "", *, kind: m.SubjectKind | None = None
    ) -> m.Turn:
        """Return the turn that :meth:`start` would begin with, and keep nothing. Raises as it does."""
        mode, kind, snapshot = begun(self.store(), self.evidence, mode, subject, kind)
        event = m.Started(mode=mode, subject=snapshot, max_questions=self.settings.max_questions)
        return turn_of("", 0, advance(None, event)[0], self.voice)

    def resume(self, interview_id: str) -> m.Turn:
        """Take an interview up again, on the repository as it is now: places that moved or are gone are said in ``notes``.

        Raises NotFoundError, and RefusedError where it is over.
        """
        state, sequence = self._load(interview_id)
        if state.outcome in {"accepted", "rejected"}:
            info = self.store().interviews.info(interview_id)
            raise RefusedError(
                f"The interview {interview_id!r} is over: it was {state.outcome}.",
                hint=f"See the record {info.record_id}." if info.record_id else "Begin another one about it.",
            )
        self.on_begin()
        return self._keep(interview_id, state, sequence, looked_again(self.evidence, state.subject))

    def submit(self, interview_id: str, event: m.Event) -> m.Turn:
        """Keep what the person did and return what to show next. What is kept is durable when this returns.

        Raises NotFoundError; RefusedError where somebody else's change stands against it (nothing is lost: the interview stays open);
        ConflictError where the same interview goes on in another window.
        """
        state, sequence = self._load(interview_id)
        return self._keep(interview_id, state, sequence, event)

    def worded(self, interview_id: str, question: m.Question, text: str, by: str) -> m.Turn | None:
        """Keep other words for the question that is open, and return its turn with them; None where it is open no more."""
        state, sequence = self._load(interview_id)
        event = m.Worded(question=question.id, plain=question.plain or question.text, text=text, by=by)
        after, sequence, _ = self._append(interview_id, state, sequence, event)
        return None if after == state else turn_of(interview_id, sequence, after, self.voice)

    def show(self, interview_id: str) -> m.Turn:
        """Return the turn at which an interview stands, changing nothing. Raises NotFoundError."""
        state, sequence = self._load(interview_id)
        record = self.store().interviews.info(interview_id).record_id
        return turn_of(interview_id, sequence, state, self.voice, record_id=record)

    def list(self, status: InterviewStatus | None = None) -> tuple[InterviewInfo, ...]:
        """Return interviews, the newest first."""
        return self.store().interviews.list(status)

    def events(self, interview_id: str) -> tuple[m.Event, ...]:
        """Return what happened in an interview, from its beginning. Raises NotFoundError."""
        return tuple(_EVENT.validate_python(event.body) for event in self.store().interviews.events(interview_id))

    def state(self, interview_id: str) -> m.State:
        """Return where an interview stands. Raises NotFoundError."""
        return self._load(interview_id)[0]

    def _load(self, interview_id: str) -> tuple[m.State, int]:
        events = self.store().interviews.events(interview_id)
        return replay(_EVENT.validate_python(event.body) for event in events), events[-1].sequence

    def _keep(self, interview_id: str, state: m.State, sequence: int, event: m.Event) -> m.Turn:
        event = _as_shown(event, state)
        after, effects = advance(state, event)
        if after == state and not isinstance(event, m.Stopped | m.Resumed):
            # It changed nothing, so there is nothing to keep; the notice says why.
            return turn_of(interview_id, sequence, state, self.voice, before=state.draft, effects=effects)
        store = self.store()
        record_id = None
        with store.transaction():
            sequence = store.interviews.append(interview_id, _body(event), expected_sequence=sequence).sequence
            for effect in effects:
                if isinstance(effect, m.KeepAnswer):
                    store.interviews.save_answer(self._answer(interview_id, effect, state))
                elif isinstance(effect, m.Finish):
                    record_id = self._finish(store, interview_id, after, effect)
                elif isinstance(effect, m.Pause):
                    store.interviews.set_status(interview_id, InterviewStatus.PAUSED)
            if isinstance(event, m.Resumed):
                store.interviews.set_status(interview_id, InterviewStatus.OPEN)
        if after.stage != "finished" and not after.paused:
            after, sequence, effects = self._understood(interview_id, after, sequence, event, effects)
        return self._after(interview_id, sequence, after, effects, state.draft, record_id)

    def _after(  # noqa: PLR0913, PLR0917 - all of it is the one step that was just made
        self,
        interview_id: str,
        sequence: int,
        state: m.State,
        effects: tuple[m.Effect, ...],
        before: m.Draft | None,
        record_id: str | None = None,
    ) -> m.Turn:
        """Do what has to be looked up before the next turn can be shown, and make the turn."""
        wanted = next((effect for effect in effects if isinstance(effect, m.NeedsCheck)), None)
        if wanted is not None and state.checked is None:
            state, sequence, more = self._append(interview_id, state, sequence, verdict_on(self.evidence, wanted.check))
            effects = (*effects, *more)
        return turn_of(interview_id, sequence, state, self.voice, before=before, effects=effects, record_id=record_id)

    def _append(
        self, interview_id: str, state: m.State, sequence: int, event: m.Event
    ) -> tuple[m.State, int, tuple[m.Effect, ...]]:
        """Keep an event that no person sent; one that changes nothing leaves no trace."""
        after, effects = advance(state, event)
        if after == state:
            return state, sequence, ()
        kept = self.store().interviews.append(interview_id, _body(event), expected_sequence=sequence)
        return after, kept.sequence, effects

    def _understood(
        self, interview_id: str, state: m.State, sequence: int, event: m.Event, effects: tuple[m.Effect, ...]
    ) -> tuple[m.State, int, tuple[m.Effect, ...]]:
        """Let the reader file the answer that is kept already, and the judge say what is weak; without them the rules do."""
        wanted = to_read(state) if isinstance(event, m.Answered | m.Revised) else None
        if self.reader is not None and wanted is not None:
            ask, text = wanted
            if parts := self.reader.read(ask, text):
                reading = m.Read(question=ask.id, parts=parts, by=self.reader.name)
                state, sequence, more = self._append(interview_id, state, sequence, reading)
                effects = (*effects, *more)
        if self.judge is not None:
            found = tuple(filter(None, (self.judge.judge(slot, text) for slot, text in to_judge(state))))
            if found:
                judged = m.Judged(judgements=found, by=self.judge.name)
                state, sequence, more = self._append(interview_id, state, sequence, judged)
                effects = (*effects, *more)
        return state, sequence, effects

    def _answer(self, interview_id: str, effect: m.KeepAnswer, state: m.State) -> StoredAnswer:
        return StoredAnswer(
            interview_id=interview_id,
            question_id=effect.ask.id,
            facet=effect.ask.topic.facet.value if effect.ask.topic.facet else None,
            question=in_words(self.voice, effect.ask, state).text,
            kind=effect.answer_kind,
            answer=effect.answer,
            at=self.clock().isoformat(),
        )

    def _finish(self, store: Store, interview_id: str, state: m.State, effect: m.Finish) -> str | None:
        hypothesis = state.draft.hypothesis
        if effect.outcome == "accepted":
            record_id = accept(store, state, interview_id, self.actor)
            store.interviews.set_status(interview_id, InterviewStatus.FINISHED, record_id)
            return record_id
        if hypothesis and effect.outcome == "rejected":
            store.hypotheses.decide(hypothesis, HypothesisDecision.REJECTED, effect.reason)
        elif hypothesis and effect.outcome == "deferred":
            store.hypotheses.decide(hypothesis, HypothesisDecision.DEFERRED, effect.reason)
        status = InterviewStatus.FINISHED if effect.outcome == "rejected" else InterviewStatus.PAUSED
        store.interviews.set_status(interview_id, status)
        return None


def _as_shown(event: m.Event, state: m.State) -> m.Event:
    """Put the question as it was shown into the answer, so that it means the same under a later version; make text storable."""
    if (
        isinstance(event, m.Answered | m.Deferred | m.Declined | m.NotKnown)
        and state.pending
        and event.question == state.pending.id
    ):
        event = event.model_copy(update={"shown": state.pending})
    text = {
        name: value.encode("utf-8", "backslashreplace").decode()
        for name in ("text", "reason")
        if isinstance(value := getattr(event, name, None), str) and not value.isascii()
    }
    return event.model_copy(update=text) if text else event


def _body(event: m.Event) -> dict[str, Any]:
    return event.model_dump(mode="json", by_alias=True)
