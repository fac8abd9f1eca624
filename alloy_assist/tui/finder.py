"""Finding a file or symbol to cite: type some of its letters, Enter takes it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from alloy_assist.tui.fuzzy import best
from alloy_assist.tui.host import Host, run_apart
from alloy_assist.tui.modals import BOX_CSS
from alloy_assist.tui.plain import text
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.rows import RowList

_SHOWN = 50
_FEW = 4000


class _Letters(Input):
    """The line to type on; its Enter is named at the foot of the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Take it")]


class Finder(ModalScreen[str | None]):
    """Gives back one of the names, or None."""

    DEFAULT_CSS = f"Finder {{ {BOX_CSS} }} Finder RowList {{ height: 14; }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", "Back", id="dialog.back"),
        Binding("down,ctrl+n", "move(1)", "Down", show=False, id="finder.down", priority=True),
        Binding("up,ctrl+k", "move(-1)", "Up", show=False, id="finder.up", priority=True),
    ]

    def __init__(self, title: str, names: Sequence[str]) -> None:
        """Find one of ``names``."""
        super().__init__()
        self._title_text, self._names = title, names
        self._found: list[str] = list(names[:_SHOWN])

    def compose(self) -> ComposeResult:
        """A line to type on, and what matches."""
        with Vertical():
            yield Static(self._heading(), id="title")
            yield _Letters(placeholder="some letters of it")
            yield RowList(empty="Nothing matches.")
        yield KeyBar()

    def add(self, names: Sequence[str]) -> None:
        """Offer more names, which took longer to come."""
        self._names = (*self._names, *names)
        if self.is_attached:
            self.query_one("#title", Static).update(self._heading())
            self.post_message(Input.Changed(field := self.query_one(Input), field.value))

    def on_mount(self) -> None:
        """Show the first ones."""
        self.query_one(RowList).can_focus = False
        self._show()

    async def on_input_changed(self, message: Input.Changed) -> None:
        """Show what matches."""
        if len(self._names) > _FEW:
            found = await asyncio.to_thread(best, message.value, self._names, _SHOWN)
        else:
            found = best(message.value, self._names, _SHOWN)
        self._found = found
        self._show()
        self.query_one(RowList).cursor = 0

    def on_input_submitted(self) -> None:
        """Give the one under the cursor back."""
        self.dismiss(self.query_one(RowList).selected)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """A click takes it too."""
        self.dismiss(message.key)

    def action_move(self, step: int) -> None:
        """Move the cursor while the person types."""
        self.query_one(RowList).cursor += step

    def action_dismiss_none(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _heading(self) -> Content:
        return text((self._title_text, "bold $text-primary"), (f"  {len(self._names):,} to choose from", "$text-muted"))

    def _show(self) -> None:
        found = self._found
        self.query_one(RowList).show(found, lambda index, _: (text(found[index]),))


async def find_citable(host: Host, title: str) -> str | None:
    """Let the person choose a file or a symbol. The files are offered at once, the symbols as soon as they are known."""
    finder = Finder(title, await host.services.citable_files())
    run_apart(host, partial(_add_symbols, host, finder), "symbols", exclusive=True)
    return await host.push_screen_wait(finder)


async def _add_symbols(host: Host, finder: Finder) -> None:
    try:
        finder.add(await host.services.citable_symbols())
    except Exception as error:  # noqa: BLE001 - the files are there to choose from; why there is no more is told
        host.tell(error)
