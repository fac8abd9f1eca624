"""What the model adds to an interview in plain lines: its words for a question as they come, and what came of it at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from alloy_assist.operations.phrasing import put_in_words
from archaeology.text import visible_line

if TYPE_CHECKING:
    from alloy_assist.cli.output import Session
    from alloy_assist.elicitation.model import Turn
    from alloy_assist.operations.model_voice import Activity

_DOING = {"reading": "reads your answer", "judging": "looks for what is weak about it"}


class Aside:
    """Tells the person what the model does while they wait, and that they need not."""

    def __init__(self, session: Session, *, streams: bool = True) -> None:
        """``streams`` is for a person who reads along; a script only wants to know that something is being waited for."""
        self._session = session
        self._voice = session.project.modeling.voice
        self._name = visible_line(self._voice.name)
        self._streams = streams
        self._shown = ""
        self._doing = ""
        self._failure = ""

    def put_in_words(self, turn: Turn) -> Turn:
        """Return the turn in the model's words, which are kept with it; the same turn where there are none."""
        return put_in_words(self._session.project.interviewing, self._voice, turn) if self._voice.is_active else turn

    def in_other_words(self, turn: Turn) -> None:
        """Show the question in the model's words below the template's; Ctrl-C goes on without them."""
        if turn.question is None or turn.question.plain or not self._voice.is_active:
            return
        worded = self.put_in_words(turn)
        if self._shown:
            rest = worded.question.text if worded.question and worded.question.plain else ""
            good = rest.startswith(self._shown)
            click.echo(rest[len(self._shown) :] if good else " … (that asks something else)", err=True)
        elif worded.question and worded.question.plain:
            click.echo(f"{self._name} puts it so: {worded.question.text}", err=True)
        self._shown = ""
        self.tell_failure()

    def hear(self, activity: Activity | None) -> None:
        """Take in what the model is doing; comes on the model's own thread."""
        if activity is None:
            self._doing = ""
        elif activity.doing == "wording":
            if self._streams and activity.text.startswith(self._shown) and activity.text != self._shown:
                head = "" if self._shown else f"{self._name} puts it so (Ctrl-C: never mind): "
                click.echo(head + activity.text[len(self._shown) :], nl=False, err=True)
                self._shown = activity.text
        elif activity.doing != self._doing:
            self._doing = activity.doing
            self._session.narrate(f"{self._name} {_DOING[activity.doing]}; Ctrl-C goes on without.")

    def tell_failure(self) -> None:
        """Say once that the model is not asked any more."""
        if self._voice.failure and self._voice.failure != self._failure:
            self._failure = self._voice.failure
            self._session.narrate(f"Going on in plain words, nothing is lost: {self._failure}")

    def tell_what_came_of_it(self) -> None:
        """Say what the model was good for, what was thrown away, and what it cost; nothing where it was not asked."""
        tally, spent = self._voice.tally, self._voice.spent
        if spent.requests:
            self._session.narrate(
                f"{self._name}: {tally.wordings} of {tally.wordings + tally.unusable} wordings used, {tally.readings} answers filed, "
                f"{tally.weaknesses} weak spots; {tally.failed} of {tally.places} citations did not resolve, {tally.dropped} of "
                f"{tally.claims} claims were dropped. {spent.requests} requests, {spent.input_tokens} + {spent.output_tokens} tokens, "
                f"${spent.usd:.4f}. `alloy model log` shows them."
            )


@contextmanager
def aside(session: Session, *, streams: bool = True) -> Iterator[Aside]:
    """Listen to the model for the length of an interview."""
    beside = Aside(session, streams=streams)
    voice = session.project.modeling.voice
    before, voice.on_activity = voice.on_activity, beside.hear
    try:
        yield beside
    finally:
        voice.on_activity = before
        beside.tell_failure()
        beside.tell_what_came_of_it()
