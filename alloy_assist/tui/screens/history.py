"""The history of a record: its versions, and what each one changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from alloy_assist.tui.modals import BOX_CSS
from alloy_assist.tui.plain import text
from alloy_assist.tui.present import records as present
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.page import Page
from alloy_assist.tui.widgets.rows import RowList
from store.records import Change, IntentRecord


class HistoryDialog(ModalScreen[None]):
    """The newest version is first; below the list stands what the one at hand changed."""

    DEFAULT_CSS = f"""
    HistoryDialog {{ {BOX_CSS} }}
    HistoryDialog > Vertical {{ height: 90%; max-width: 120; }}
    HistoryDialog RowList {{ height: 40%; }}
    HistoryDialog VerticalScroll {{ height: 1fr; border-top: solid $border-blurred; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,v", "dismiss_none", "Close", id="dialog.close")]

    def __init__(self, title: str, entries: Sequence[tuple[Change, IntentRecord]]) -> None:
        """Show ``entries``, which come with the first version first."""
        super().__init__()
        self._title_text, self._entries = title, list(entries)

    def compose(self) -> ComposeResult:
        """The versions, and the difference."""
        with Vertical():
            yield Static(text((self._title_text, "bold $text-primary")))
            yield RowList(row_height=2)
            with VerticalScroll():
                yield Page(id="difference")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the newest."""
        rows = self.query_one(RowList)
        rows.show([str(index) for index in reversed(range(len(self._entries)))], self._row)
        rows.focus()
        self._show()

    def on_row_list_moved(self) -> None:
        """Show what the one at hand changed."""
        self._show()

    def action_dismiss_none(self) -> None:
        """Close."""
        self.dismiss(None)

    def _row(self, index: int, width: int) -> tuple[Content, ...]:
        del width
        change, record = self._entries[len(self._entries) - 1 - index]
        return present.version_row(change, record)

    def _show(self) -> None:
        selected = self.query_one(RowList).selected
        if selected is None:
            return
        position = int(selected)
        before = self._entries[position - 1][1] if position else None
        self.query_one("#difference", Page).show(present.difference(before, self._entries[position][1]))
