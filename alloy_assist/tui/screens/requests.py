"""What was sent to a model: every request in a line, all of it on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from alloy_assist.llm.request_log import LoggedRequest
from alloy_assist.tui.modals import BOX_CSS, Reader
from alloy_assist.tui.plain import home_path, text
from alloy_assist.tui.present import requests as present
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_MOST = 2_000
_OFFLINE = "Nothing: no model is chosen, so nothing has left and nothing leaves this machine."
Sent = tuple[tuple[tuple[int, LoggedRequest], ...], str]


class RequestsDialog(ModalScreen[None]):
    """Lists the requests that were made for this repository, the newest first."""

    DEFAULT_CSS = f"""
    RequestsDialog {{ {BOX_CSS} }}
    RequestsDialog > Vertical {{ height: 90%; max-width: 140; }}
    RequestsDialog RowList {{ height: 1fr; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,m", "dismiss_none", "Close", id="dialog.close"),
    ]

    def __init__(self, sent: Sent) -> None:
        """Show ``sent``: the requests with their numbers, and what to say where there are none."""
        super().__init__()
        self._entries, self._nothing = sent

    def compose(self) -> ComposeResult:
        """What they come to, and the list."""
        with Vertical():
            yield Static(text(("What was sent to a model", "bold $text-primary")))
            if self._entries:
                yield Static(present.total([entry for _, entry in self._entries]))
            yield RowList(empty=self._nothing)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the newest."""
        rows = self.query_one(RowList)
        rows.show(
            [str(index) for index in range(len(self._entries))],
            lambda index, _: (present.row(*self._entries[index]),),
            empty=self._nothing,
        )
        rows.focus()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show all of one request."""
        number, entry = self._entries[int(message.key)]
        self.app.push_screen(Reader(f"Request {number}", present.page(number, entry)))

    def action_dismiss_none(self) -> None:
        """Close."""
        self.dismiss(None)


def sent_requests(project: Project) -> Sent:
    """Read the last requests, the newest first, and what to say where there are none."""
    numbered = list(enumerate(project.modeling.requests(), 1))
    model = project.settings.model
    if model.choice in {"undecided", "offline"}:
        nothing = _OFFLINE
    else:
        nothing = f"Nothing yet. Requests to {model.name} will be listed here and kept in {home_path(project.modeling.log.path)}."
    return tuple(reversed(numbered[-_MOST:])), nothing
