"""The model in the conversation: its words for a question as they are written, and a way on for whoever does not want to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from alloy_assist.tui.plain import prose, text

if TYPE_CHECKING:
    from alloy_assist.elicitation.model import Turn
    from alloy_assist.operations.model_voice import Activity, ModelVoice
    from alloy_assist.tui.services import Services

_DOING = {
    "wording": "words the question…",
    "reading": "reads your answer…",
    "judging": "looks for a weak spot…",
}


@dataclass
class ModelHeard(Message):
    """What the model is doing now, or None where it does nothing any more."""

    activity: Activity | None


@dataclass
class TurnWorded(Message):
    """The question that is open, in the model's words."""

    turn: Turn


class ModelTalk:
    """Stands between a screen and the model: asks for words beside the screen, and tells the screen what is heard."""

    def __init__(self, services: Services, tell: Callable[[Message], object], say: Callable[[str], None]) -> None:
        """``tell`` posts a message to the screen, from whatever thread; ``say`` shows a notification."""
        self._services = services
        self._tell = tell
        self._say = say
        self._voice: ModelVoice | None = None
        self._failure = ""
        self.activity: Activity | None = None

    async def listen(self) -> None:
        """Begin to hear what the model does for this project."""
        voice = await self._services.read(lambda project: project.modeling.voice)
        if voice is not self._voice:
            self._voice, self._failure = voice, ""
            voice.on_activity = self._hear

    async def put_in_words(self, turn: Turn) -> None:
        """Ask for the question of a turn in other words; they are kept with it and told, unless it is over by then."""
        await self.listen()
        voice, question = self._voice, turn.question
        if voice is None or question is None or question.plain or not voice.is_active:
            return
        words = await asyncio.to_thread(voice.phrase, question)
        if words is not None:
            worded = await self._services.stored(
                lambda project: project.interviewing.worded(turn.interview_id, question, words, voice.name)
            )
            if worded is not None:
                self._tell(TurnWorded(worded))
        self.tell_failure()

    def tell_failure(self) -> None:
        """Say once that the model is not asked any more."""
        failure = self._voice.failure if self._voice is not None else ""
        if failure and failure != self._failure:
            self._say(f"Going on in plain words; nothing is lost. {failure}")
        self._failure = failure

    def give_up(self) -> bool:
        """End what is being waited for; return whether something was."""
        waited = self.activity is not None
        if self._voice is not None and waited:
            self._voice.give_up()
        return waited

    def _hear(self, activity: Activity | None) -> None:
        self._tell(ModelHeard(activity))

    def line(self) -> Content | None:
        """Return what to say about the model, or None where it does nothing."""
        if self.activity is None or self._voice is None:
            return None
        said = self.activity.text
        return text(
            ("Escape goes on without. " if not said else "", "$text-muted"),
            (f"{self._voice.name} ", "$text-accent"),
            prose(f"{said}…", "italic") if said else (_DOING[self.activity.doing], "$text-muted"),
        )
