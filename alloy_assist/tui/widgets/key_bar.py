"""The line at the foot of a screen that names its keys: as many as there is room for, and where the rest is to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

_GAP = 2
_MORE = "…"
_MORE_WIDTH = 1


@dataclass(frozen=True, slots=True)
class Label:
    """A key as it is shown, what it does, and the key to press when it is clicked. One ``explains`` the others."""

    shown: str
    words: str
    key: str
    explains: bool = False

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return cell_len(self.shown) + 1 + cell_len(self.words)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label and the column that it begins at."""

    label: Label
    column: int


def place(labels: Sequence[Label], width: int) -> tuple[tuple[Placed, ...], int | None]:
    """Place labels on a line of ``width`` columns, from the left, as many as there is room for.

    Where there is not room for all of them the one that explains the rest stays, after a mark that some are left out. Returns the
    placed labels and the column of that mark, None where nothing is left out.
    """
    if _total(labels) <= width:
        return _row(labels), None
    helping = [label for label in labels if label.explains][:1]
    kept: list[Label] = []
    for label in (label for label in labels if not label.explains):
        if _total([*kept, label]) + _GAP + _MORE_WIDTH + sum(_GAP + item.width for item in helping) > width:
            break
        kept.append(label)
    mark = _total(kept) + (_GAP if kept else 0)
    return (*_row(kept), *_row(helping, mark + _MORE_WIDTH + _GAP)), mark


class KeyBar(Widget):
    """One line and one widget: Textual's own footer makes a widget for each key whenever the focus moves, and keeps them."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $footer-background; color: $footer-foreground; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        """Name no key yet."""
        super().__init__()
        self._labels: tuple[Label, ...] = ()
        self._placed: tuple[Placed, ...] = ()

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._changed(self.screen)

    def render(self) -> Content:
        """Draw the labels."""
        self._placed, cut = place(self._labels, self.size.width)
        drawn, column = Content(""), 0
        parts: list[tuple[int, Content]] = [(item.column, _draw(item.label)) for item in self._placed]
        if cut is not None:
            parts.append((cut, Content.styled(_MORE, "$text-muted")))
        for begin, part in sorted(parts, key=lambda item: item[0]):
            drawn += Content(" " * (begin - column)) + part
            column = begin + part.cell_length
        return drawn

    def on_click(self, event: events.Click) -> None:
        """A click on a label presses its key."""
        for item in self._placed:
            if item.column <= event.x < item.column + item.label.width:
                self.app.simulate_key(item.label.key)

    def _changed(self, screen: Screen[Any]) -> None:
        """Take the keys that work now."""
        labels: dict[str, Label] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and enabled and binding.action not in labels:
                shown = self.app.get_key_display(binding)
                explains = binding.action == "help"
                labels[binding.action] = Label(shown, binding.description, binding.key, explains)
        if tuple(labels.values()) != self._labels:
            self._labels = tuple(labels.values())
            self.refresh()


def _row(labels: Sequence[Label], column: int = 0) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    for label in labels:
        placed.append(Placed(label, column))
        column += label.width + _GAP
    return tuple(placed)


def _total(labels: Sequence[Label]) -> int:
    return sum(label.width for label in labels) + _GAP * max(0, len(labels) - 1)


def _draw(label: Label) -> Content:
    return Content.assemble(
        (label.shown, "$footer-key-foreground bold"), (f" {label.words}", "$footer-description-foreground")
    )
