"""The log: what was done, by whom and why, and what was sent to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from alloy_assist.person import log_folder
from alloy_assist.tui.host import Area
from alloy_assist.tui.messages import LogLoaded
from alloy_assist.tui.modals import Reader
from alloy_assist.tui.plain import block, home_path, text
from alloy_assist.tui.screens.requests import RequestsDialog, sent_requests
from alloy_assist.tui.widgets.rows import LOADING, RowList

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_MOST = 2000


class LogScreen(Area):
    """Reads the audit trail and the files that the doors to the outside keep; changes neither."""

    NAME = "log"
    ABOUT = "What was done, by whom and why, newest first; m shows what was sent to a model. The audit trail is append-only; Enter shows an entry."
    DEFAULT_CSS = """
    LogScreen #state { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    LogScreen RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "sent", "What was sent", id="log.sent"),
        Binding("escape", "back", "Back", id="log.back"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self._entries: tuple[tuple[Content, Content], ...] = ()

    def body(self) -> ComposeResult:
        """A line about the log, and its entries."""
        with Vertical():
            yield Static(Content(""), id="state")
            yield RowList(empty=LOADING)

    def on_mount(self) -> None:
        """Let the list listen to the keys."""
        self.query_one(RowList).focus()

    def load(self) -> None:
        """Fetch the newest entries."""
        self.begin(self._load, "load", exclusive=True)

    async def _load(self) -> None:
        entries = await self.services.stored(read_entries) if self.services.has_database else ()
        self.post_message(LogLoaded(entries))

    def on_log_loaded(self, message: LogLoaded) -> None:
        """Show them."""
        self._entries = message.entries
        rows = self.query_one(RowList)
        rows.show(
            [str(index) for index in range(len(self._entries))],
            lambda index, _: (self._entries[index][0],),
            empty="Nothing has been done yet.",
        )
        self.query_one("#state", Static).update(
            text(
                f"{len(self._entries):,} entries, newest first  ", (f"errors: {home_path(log_folder())}", "$text-muted")
            )
        )

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show an entry."""
        self.app.push_screen(Reader("What was done", self._entries[int(message.key)][1]))

    def action_sent(self) -> None:
        """Show what was sent to a model."""
        self.begin(self._sent)

    async def _sent(self) -> None:
        self.app.push_screen(RequestsDialog(await self.services.read(sent_requests)))

    def action_back(self) -> None:
        """Go back to the start."""
        self.host.goto("start")


def read_entries(project: Project) -> tuple[tuple[Content, Content], ...]:
    """Read the newest entries of the audit trail: a line and a page each."""
    entries = project.store().audit.entries(limit=_MOST)
    ordered = sorted(entries, key=lambda entry: entry.sequence, reverse=True)
    result = []
    for entry in ordered:
        row = text(
            (entry.at[:19].replace("T", " "), "$text-muted"),
            "  ",
            (f"{_in_words(entry.action):<22}", "$text-accent"),
            " ",
            entry.reason,
            ("  " if entry.reason else "", ""),
            (entry.subject, "$text-muted"),
        )
        page = block(
            (f"{entry.sequence}  {entry.at}\n", "$text-muted"),
            (f"{_in_words(entry.action)} ", "bold"),
            (f"{entry.subject}\n", ""),
            f"by {entry.actor.name} ({entry.actor.kind})\n{entry.reason or 'no reason given'}\n\n",
            (f"{entry.hash}\nafter {entry.previous}", "$text-muted"),
        )
        result.append((row, page))
    return tuple(result)


def _in_words(action: str) -> str:
    """An action as people say it: ``brief.back_to_draft`` is "brief back to draft"."""
    return action.replace("artifact.put", "artifact kept").replace(".", " ").replace("_", " ")
