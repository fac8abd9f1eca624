"""The decisions about a hypothesis: each asks what it has to ask, is kept, and can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from alloy_assist.tui.host import Host
from alloy_assist.tui.modals import AskText, Choose, Option
from store.interviews import StoredHypothesis

_CONFIRM = (
    Option("interview", "Answer a few questions first", "gives a better record"),
    Option("yes", "Confirm it as it stands", "makes an accepted record"),
)


class Decisions:
    """Asks for decisions and passes them on; ``after`` is awaited with the id of a hypothesis whose decision has changed."""

    def __init__(self, host: Host, after: Callable[[str], Awaitable[None]]) -> None:
        """Begin with no decision to take back."""
        self._host, self._after = host, after
        self._decided: list[str] = []

    async def confirm(self, item: StoredHypothesis) -> None:
        """Confirm it as it stands, or go to the interview about it."""
        about = "Only what the evidence supports goes into the record; facets that nobody has said stay empty."
        chosen = await self._host.push_screen_wait(Choose(f"Confirm: {item.title}", _CONFIRM, about=about))
        if chosen == "interview":
            self._host.goto("interview", hypothesis=item.id)
        elif chosen == "yes":
            record = await self._host.services.stored(lambda project: project.hypotheses.confirm(item.id))
            self._host.say(f"Accepted as {record.id}.", title="Confirmed")
            await self._after(item.id)

    async def reject(self, item: StoredHypothesis) -> None:
        """Reject it, with a reason."""
        about = f"{item.title}\nThe reason is kept, so that it is not proposed again unless its evidence changes."
        reason = await self._host.push_screen_wait(AskText("Why is this not so?", about=about))
        if reason:
            await self._host.services.stored(lambda project: project.hypotheses.reject(item.id, reason))
            await self._told(item, "Rejected")

    async def defer(self, item: StoredHypothesis) -> None:
        """Put it off."""
        await self._host.services.stored(lambda project: project.hypotheses.defer(item.id))
        await self._told(item, "Put off")

    async def undo(self) -> None:
        """Take the last decision back."""
        if not self._decided:
            self._host.say("There is no decision to take back since the application was opened.")
            return
        key = self._decided.pop()
        await self._host.services.stored(lambda project: project.hypotheses.reopen(key))
        self._host.say("It is open again.", title="Taken back")
        await self._after(key)

    async def _told(self, item: StoredHypothesis, word: str) -> None:
        self._decided.append(item.id)
        self._host.say(f"{item.title}\nu takes it back.", title=word)
        await self._after(item.id)
