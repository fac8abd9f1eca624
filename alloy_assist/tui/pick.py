"""Picking several of many records, files or the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from alloy_assist.tui.modals import BOX_CSS, Option
from alloy_assist.tui.plain import block, text
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.rows import RowList
from alloy_assist.tui.widgets.search_line import SearchLine


class Pick(ModalScreen[tuple[str, ...] | None]):
    """Picks several of many: space marks, ``/`` narrows down, Enter gives them back."""

    DEFAULT_CSS = f"Pick {{ {BOX_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", id="pick.mark"),
        Binding("a", "all", "All", id="pick.all"),
        Binding("slash", "search", "Search", id="pick.search"),
        Binding("enter", "submit", "Take these", id="pick.take"),
        Binding("escape", "back", "Back", id="dialog.back"),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, marked: Sequence[str] = (), about: str = "") -> None:
        """Ask ``title``; ``marked`` are the keys that are marked already."""
        super().__init__()
        self._title_text, self._about, self._options = title, about, tuple(options)
        self._marked, self._shown = set(marked), tuple(options)

    def compose(self) -> ComposeResult:
        """A title, a sentence, the options."""
        with Vertical():
            yield Static(text((self._title_text, "bold $text-primary")))
            if self._about:
                yield Static(block((self._about, "$text-muted")))
            yield SearchLine("narrow down", id="search")
            yield RowList(row_height=2, id="options")
            yield Static(Content(""), id="count")
        yield KeyBar()

    def on_mount(self) -> None:
        """Offer the options."""
        self._show()
        self.query_one(RowList).focus()

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor, and go on to the next."""
        rows = self.query_one(RowList)
        if rows.selected is not None:
            self._marked ^= {rows.selected}
            rows.cursor += 1
            self._show()

    def action_all(self) -> None:
        """Mark all that are shown, or none."""
        shown = {option.key for option in self._shown}
        self._marked = self._marked - shown if shown <= self._marked else self._marked | shown
        self._show()

    def action_search(self) -> None:
        """Narrow down."""
        self.query_one(SearchLine).open()

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        """Show what contains the words."""
        words = message.value.casefold().split()
        self._shown = tuple(
            item for item in self._options if all(word in f"{item.label} {item.note}".casefold() for word in words)
        )
        self._show()

    @on(Input.Submitted)
    def narrowed(self) -> None:
        """Go on to the list."""
        self.query_one(RowList).focus()

    def on_row_list_chosen(self) -> None:
        """Enter on the list takes what is marked."""
        self.action_submit()

    def action_submit(self) -> None:
        """Give the marked keys back, in the order of the options."""
        chosen = tuple(option.key for option in self._options if option.key in self._marked)
        if not chosen:
            self.query_one("#count", Static).update(text(("Mark at least one with space.", "$text-warning")))
            return
        self.dismiss(chosen)

    def action_back(self) -> None:
        """Close the search, or go back; what was marked is lost only with the dialog."""
        if self.query_one(SearchLine).close():
            self.query_one(RowList).focus()
        else:
            self.dismiss(None)

    def _show(self) -> None:
        rows = self.query_one(RowList)
        rows.styles.height = min(14, max(2, 2 * len(self._shown)))
        rows.show([option.key for option in self._shown], self._row)
        self.query_one("#count", Static).update(text((f"{len(self._marked)} marked", "$text-muted")))

    def _row(self, index: int, width: int) -> tuple[Content, ...]:
        del width
        option = self._shown[index]
        mark = ("[x] ", "$text-success bold") if option.key in self._marked else ("[ ] ", "$text-muted")
        return text(mark, (option.label, "bold")), text("    ", (option.note, "$text-muted"))
