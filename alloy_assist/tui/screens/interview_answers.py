"""What a person can answer in an interview, as actions of its screen: each makes one event and sends it."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from alloy_assist.elicitation import model as m
from alloy_assist.tui.finder import find_citable
from alloy_assist.tui.host import Area
from alloy_assist.tui.interview_keys import MISTYPED
from alloy_assist.tui.messages import TurnArrived
from alloy_assist.tui.plain import text
from alloy_assist.tui.screens import interview_dialogs as dialogs
from alloy_assist.tui.screens.places import PlacesDialog
from alloy_assist.tui.widgets.answer import AnswerArea
from alloy_assist.tui.widgets.choices import ChoiceList

if TYPE_CHECKING:
    from alloy_assist.elicitation.model import Turn


class Answering(Area):
    """The half of the interview screen that turns keys into events; the other half shows turns."""

    _turn: Turn | None = None

    @abstractmethod
    def submit(self, event: m.Event) -> None:
        """Send an event to the interview at hand; what comes back is shown."""

    @abstractmethod
    def after_the_end(self) -> None:
        """Leave a finished interview for what it led to."""

    def on_choice_list_picked(self, message: ChoiceList.Picked) -> None:
        """Send the choices; a finished interview goes on to what is next."""
        turn = self._turn
        if turn is None or turn.kind == "finished":
            self.after_the_end()
        elif turn.question is not None:
            self.submit(m.Answered(question=turn.question.id, choices=message.keys))
        elif turn.split is not None:
            self.submit(m.SplitCorrected(question=turn.split.question, parts=turn.split.parts))

    def on_choice_list_write_wanted(self, message: ChoiceList.WriteWanted) -> None:
        """Begin to write, with what was pasted."""
        self.action_write()
        if message.pasted:
            self.query_one(AnswerArea).insert(message.pasted)

    def on_choice_list_mistyped(self) -> None:
        """Tell somebody who types an answer over the choices how to begin one."""
        if self._turn is not None and self._turn.question is not None and self._turn.question.allows_text:
            # In place of the hint: a notice would cover it on a small screen.
            self.query_one("#hint", Static).update(text((MISTYPED, "bold $text-warning")))

    def on_choice_list_part_wanted(self, message: ChoiceList.PartWanted) -> None:
        """Change where a piece of a sentence is filed."""
        if self._turn is not None and self._turn.split is not None:
            self.begin(partial(self._refile, self._turn.split, message.position))

    async def _refile(self, split: m.Split, position: int) -> None:
        changed = await dialogs.file_elsewhere(self.app, split, position)
        if changed is not None and self._turn is not None:
            self.post_message(TurnArrived(self._turn.model_copy(update={"split": changed})))

    def on_answer_area_sent(self, message: AnswerArea.Sent) -> None:
        """Send the words, with the choices that are marked."""
        turn = self._turn
        if turn is None or turn.question is None:
            return
        marked = self.query_one(ChoiceList).marked
        if not message.words and not marked:
            self.host.say("Write a few words, or Escape and then l for later.")
            return
        self.submit(m.Answered(question=turn.question.id, choices=marked, text=message.words))

    def on_answer_area_picked(self, message: AnswerArea.Picked) -> None:
        """A digit in the empty field picks that choice."""
        self.query_one(ChoiceList).pick_number(message.number)

    def on_answer_area_cite_wanted(self) -> None:
        """Cite a file or symbol."""
        self.begin(self._cite)

    async def _cite(self) -> None:
        chosen = await find_citable(self.host, "Cite")
        answer = self.query_one(AnswerArea)
        answer.insert(f"`{chosen}` " if chosen else "@")
        answer.focus()

    def action_write(self) -> None:
        """Write in one's own words."""
        self.query_one(AnswerArea).focus()

    def action_went_back(self) -> None:
        """Answer the last question again."""
        if self._turn is not None and self._turn.said:
            self.submit(m.WentBack(question=self._turn.said[-1].question))

    def action_later(self) -> None:
        """Leave the question, or at the summary the whole record, for later."""
        turn = self._turn
        if turn is not None:
            self.submit(m.Deferred(question=turn.question.id if turn.question else None))

    def action_decline(self) -> None:
        """Say rather not."""
        if self._turn is not None and self._turn.question is not None:
            self.submit(m.Declined(question=self._turn.question.id))

    def action_unknown(self) -> None:
        """Say that one does not know."""
        if self._turn is not None and self._turn.question is not None:
            self.submit(m.NotKnown(question=self._turn.question.id))

    def action_accept(self) -> None:
        """Accept the record as it was read aloud: the one gesture that makes it one."""
        self.submit(m.Accepted())

    def action_reject(self) -> None:
        """Say that there is no such intent."""
        self.begin(self._reject)

    async def _reject(self) -> None:
        if reason := await dialogs.ask_reason(self.app):
            self.submit(m.Rejected(reason=reason))

    def action_edit(self) -> None:
        """Rewrite a line of the draft."""
        if self._turn is not None:
            self.begin(partial(self._edit, self._turn))

    async def _edit(self, turn: m.Turn) -> None:
        if event := await dialogs.ask_edit(self.app, turn):
            self.submit(event)

    def action_where(self) -> None:
        """Show where what raised the question was seen."""
        if self._turn is not None and self._turn.question is not None:
            places = [(self._turn.question.why, place.model_dump(mode="json")) for place in self._turn.question.places]
            self.app.push_screen(PlacesDialog(places, self.services))
