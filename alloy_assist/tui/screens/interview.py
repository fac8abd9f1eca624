"""The interview: what is asked at the left, the record taking shape at the right, everything from the keyboard."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from alloy_assist.elicitation import model as m
from alloy_assist.tui.interview_keys import (
    ASKING,
    SUMMARY,
    Beginning,
    beginnings,
    hint,
    stage_of,
    start_or_resume,
)
from alloy_assist.tui.messages import InterviewsLoaded, TurnArrived
from alloy_assist.tui.modals import AskText
from alloy_assist.tui.model_talk import ModelHeard, TurnWorded
from alloy_assist.tui.plain import text
from alloy_assist.tui.present import interview as present
from alloy_assist.tui.screens.interview_sending import Sending
from alloy_assist.tui.widgets.answer import AnswerArea
from alloy_assist.tui.widgets.choices import ChoiceList
from alloy_assist.tui.widgets.page import Page
from alloy_assist.tui.widgets.rows import RowList
from store.interviews import InterviewStatus


class InterviewScreen(Sending):
    """Shows turns and sends events; what is asked next is the engine's business."""

    NAME = "interview"
    ABOUT = (
        "One question at a time; each answer is kept before the next one shows. A number picks a choice; t writes in your own words "
        "(Enter sends, ^j makes a new line, @ cites a file or symbol, Escape goes back to the choices and keeps what you wrote). b goes back, l leaves it for later, r says rather not, "
        "z says that you do not know. J and K scroll what is longer than its room. Escape leaves; you can go on at any time. Only a at the end accepts the record."
    )
    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "write", "Write", id="interview.write"),
        Binding("b", "went_back", "Back", id="interview.back"),
        Binding("l", "later", "Later", id="interview.later"),
        Binding("r", "decline", "Rather not", id="interview.rather_not"),
        Binding("z", "unknown", "Not known", id="interview.not_known"),
        Binding("a", "accept", "Accept", id="interview.accept"),
        Binding("e", "edit", "Edit", id="interview.edit"),
        Binding("x", "reject", "Reject", id="interview.reject"),
        Binding("w", "where", "Where", id="interview.where"),
        Binding("d", "record", "Record", id="interview.record"),
        Binding("J", "scroll_page(3)", "Page down", show=False, id="interview.page_down"),
        Binding("K", "scroll_page(-3)", "Page up", show=False, id="interview.page_up"),
        Binding("escape", "leave", "Leave", id="interview.leave"),
    ]

    def __init__(self) -> None:
        """Begin with the choice of an interview."""
        super().__init__()
        self._aim: dict[str, str] = {}
        self._beginnings: tuple[Beginning, ...] = ()

    def body(self) -> ComposeResult:
        """The choice of an interview, and the interview itself; one of the two is shown."""
        with VerticalScroll(id="begin", can_focus=False):
            yield Static(text(("Which interview?", "bold $text-primary")))
            yield RowList(row_height=2, empty="One moment…", id="beginnings")
        with Vertical(id="talk"):
            yield Static(Content(""), id="progress")
            with Horizontal(id="columns"):
                with Vertical(id="left"):
                    with VerticalScroll(id="earlier", can_focus=False):
                        yield Page(id="said")
                    with VerticalScroll(id="conversation", can_focus=False):
                        yield Page(id="asked")
                    yield ChoiceList(id="choices")
                    yield Static(Content(""), id="hint")
                    yield AnswerArea(id="answer")
                with VerticalScroll(id="right", can_focus=False):
                    yield Page(id="record")

    def load(self) -> None:
        """Begin what another screen asked for; otherwise offer what there is."""
        aim, self._aim = self._aim, {}
        if "interview" in aim:
            self.send(lambda project: project.interviewing.resume(aim["interview"]))
        elif "hypothesis" in aim:
            self.send(partial(start_or_resume, mode=None, subject=aim["hypothesis"]))
        elif "record" in aim:
            self.send(partial(start_or_resume, mode=m.Mode.CONTRADICTION, subject=aim["record"]))
        elif self._turn is None:
            self.begin(self._load, "load", exclusive=True)

    def aim(self, target: dict[str, str]) -> None:
        """Take what to talk about."""
        self._aim = target

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense where the interview stands."""
        del parameters
        stage = stage_of(self._turn)
        if action == "record" and not self.has_class("-narrow"):
            return False
        if action in ASKING:
            return stage in ASKING[action]
        return stage in SUMMARY[action] if action in SUMMARY else True

    # What workers tell ----------------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        infos = (
            await self.services.stored(lambda project: project.interviewing.list())
            if self.services.has_database
            else ()
        )
        self.post_message(InterviewsLoaded(infos))

    def on_interviews_loaded(self, message: InterviewsLoaded) -> None:
        """Offer what is unfinished, and the ways to begin."""
        unfinished = [info for info in message.items if info.status in {InterviewStatus.OPEN, InterviewStatus.PAUSED}]
        self._beginnings = beginnings(unfinished)
        rows = self.query_one("#beginnings", RowList)
        rows.styles.height = 2 * len(self._beginnings)
        rows.show([str(index) for index in range(len(self._beginnings))], self._draw_beginning)
        if not self.has_class("-talking"):
            rows.focus()

    def on_turn_arrived(self, message: TurnArrived) -> None:
        """Show the next turn."""
        turn = self._turn = message.turn
        self._busy = False
        self.add_class("-talking")
        self.remove_class("-record")
        self.set_class(turn.kind == "summary", "-aloud")
        self.query_one("#progress", Static).update(present.progress(turn))
        self.query_one("#earlier").display = bool(turn.said)
        self.query_one("#said", Page).show(present.earlier(turn))
        self.query_one("#asked", Page).show(present.asked(turn, roomy=not self.has_class("-low")))
        self.query_one("#record", Page).show(present.record(turn))
        choices, answer = self.query_one(ChoiceList), self.query_one(AnswerArea)
        choices.show_turn(turn)
        writable = turn.question is not None and turn.question.allows_text
        answer.display = writable
        answer.text = ""
        answer.choices = sum(not item.letter for item in turn.question.choices) if turn.question else 0
        self.query_one("#conversation").scroll_home(animate=False)
        self.call_after_refresh(self.query_one("#earlier").scroll_end, animate=False)
        choices.focus()
        self._show_hint()
        self.refresh_bindings()
        self.begin(partial(self.talk.put_in_words, turn), "wording")

    def on_model_heard(self, message: ModelHeard) -> None:
        """Show what the model is doing in the line below the choices."""
        self.talk.activity = message.activity
        if self.talk.line() is None:
            self.talk.tell_failure()
        self._show_hint()

    def on_descendant_focus(self) -> None:
        """Say which keys work where the person is now."""
        self._show_hint()

    def _show_hint(self) -> None:
        turn = self._turn
        if turn is not None:
            writing = self.query_one(AnswerArea).has_focus
            line = self.talk.line() or text((hint(turn, writing=writing), "$text-muted"))
            self.query_one("#hint", Static).update(line)

    def on_turn_worded(self, message: TurnWorded) -> None:
        """Put the model's words above the template's, and leave alone whatever the person is typing."""
        turn, shown = message.turn, self._turn
        if shown is None or shown.question is None or turn.question is None or self._busy:
            return
        if (turn.interview_id, turn.question.id) == (shown.interview_id, shown.question.id):
            self._turn = shown.model_copy(update={"question": turn.question, "sequence": turn.sequence})
            self.query_one("#asked", Page).show(present.asked(self._turn, roomy=not self.has_class("-low")))

    # What the person does -------------------------------------------------------------------------------------------------------

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Begin an interview, or go on with one."""
        self.begin(partial(self._begin_at, self._beginnings[int(message.key)]))

    async def _begin_at(self, beginning: Beginning) -> None:
        subject = ""
        if beginning.asks:
            answer = await self.app.push_screen_wait(AskText(beginning.asks, about=beginning.note))
            if not answer:
                return
            subject = answer
        if beginning.interview:
            self.send(lambda project: project.interviewing.resume(beginning.interview))
        elif beginning.mode is not None:
            mode = beginning.mode
            self.send(lambda project: project.interviewing.start(mode, subject, kind=beginning.kind))

    def action_record(self) -> None:
        """On a narrow screen, show the record instead of the conversation."""
        self.toggle_class("-record")

    def action_scroll_page(self, step: int) -> None:
        """Scroll what is asked, or the record where that is shown or all that is longer than its room, while the choices keep the keys."""
        panes = [self.query_one(name, VerticalScroll) for name in ("#conversation", "#right")]
        longer = [pane for pane in panes if pane.is_on_screen and pane.max_scroll_y > 0]
        if longer:
            longer[0].scroll_relative(y=step, animate=False)

    def _draw_beginning(self, index: int, width: int) -> tuple[Content, ...]:
        del width
        item = self._beginnings[index]
        return text((item.label, "bold")), text((item.note, "$text-muted"))
