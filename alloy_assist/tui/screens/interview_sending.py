"""How the interview screen sends what a person did: one thing at a time, nothing lost on leaving, and on to what it led to at the end."""

from __future__ import annotations

from functools import partial

from alloy_assist.elicitation import model as m
from alloy_assist.tui.host import TopBar
from alloy_assist.tui.messages import TurnArrived
from alloy_assist.tui.model_talk import ModelTalk
from alloy_assist.tui.present import interview as present
from alloy_assist.tui.screens.interview_answers import Answering
from alloy_assist.tui.widgets.answer import AnswerArea
from alloy_assist.tui.widgets.choices import ChoiceList

_PATIENCE_SECONDS = 1.0


class Sending(Answering):
    """The part of the interview screen that waits for what it sent; ``_turn`` is what came back last."""

    def __init__(self) -> None:
        """Begin with no interview at hand."""
        super().__init__()
        self._turn: m.Turn | None = None
        self._busy = False
        self._slow = False
        self._model: ModelTalk | None = None

    @property
    def talk(self) -> ModelTalk:
        """The model in this conversation."""
        if self._model is None:
            self._model = ModelTalk(self.services, self.post_message, self.host.say)
        return self._model

    def action_leave(self) -> None:
        """From the record or the field to the choices, from there out of the interview; everything is kept."""
        answer, choices = self.query_one(AnswerArea), self.query_one(ChoiceList)
        turn = self._turn
        if self.talk.give_up() or (self._busy and not self._slow):
            return
        if turn is None:
            self.host.goto("start")
        elif self._busy:
            # What was said is on its way; whoever waits for it is not held here, and finds the next question on coming back.
            self.host.say("Your answer is still being kept; the interview waits for you.", title="Left")
            self.host.goto("start")
        elif self.has_class("-narrow") and self.has_class("-record"):
            self.remove_class("-record")
        elif answer.has_focus:
            choices.focus()
        elif turn.kind == "finished":
            self.after_the_end()
        else:
            self.begin(partial(self._stop, turn))

    async def _stop(self, turn: m.Turn) -> None:
        await self.services.stored(lambda project: project.interviewing.submit(turn.interview_id, m.Stopped()))
        self._forget()
        self.host.say("Everything you said is kept; go on whenever you like.", title="Paused")
        self.host.goto("start")

    def after_the_end(self) -> None:
        """Go to the record that was accepted, or back to the hypotheses."""
        outcome, record = (self._turn.outcome, self._turn.record_id) if self._turn else (None, None)
        self._forget()
        if outcome == "accepted" and record:
            self.host.goto("records", record=record)
        else:
            self.host.goto("hypotheses")

    def _forget(self) -> None:
        self._turn, self._busy = None, False
        self.remove_class("-talking", "-record")
        self.refresh_bindings()

    def submit(self, event: m.Event) -> None:
        """Send an event to the interview at hand."""
        turn = self._turn
        if turn is not None:
            self.send(lambda project: project.interviewing.submit(turn.interview_id, event))

    def send(self, call: present.Call) -> None:
        """Do one thing at a time: a second key press while the first is being kept is not a second answer."""
        if not self._busy:
            self._busy = True
            self.talk.give_up()
            self.set_timer(_PATIENCE_SECONDS, self._say_busy)
            self.begin(partial(self._ask, call), "turn")

    def _say_busy(self) -> None:
        self._slow = self._busy
        self.query_one(TopBar).show_busy("working… Escape leaves" if self._busy else "")

    async def _ask(self, call: present.Call) -> None:
        try:
            turn = await self.services.stored(call)
        finally:
            self._busy = False
            self._say_busy()
        self.post_message(TurnArrived(turn))
