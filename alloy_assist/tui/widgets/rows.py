"""A list of rows that draws only what is on the screen, so that five thousand are as quick as five."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

LOADING = "One moment…"
"""What a list says until what it lists has come."""
Draw = Callable[[int, int], Sequence[Content]]
"""Draws a row: its index and the width in cells, giving one content a line."""

_MARK_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of words before one of the rows; it is no row, and no key stops at it."""

    before: int
    words: str


class RowList(ScrollView, can_focus=True):
    """A list with a cursor. The cursor is shown by a mark as well as by colour."""

    DEFAULT_CSS = """
    RowList { background: $background; color: $text; scrollbar-size-vertical: 1; overflow-x: hidden; }
    RowList > .row-list--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    RowList:focus > .row-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False, id="list.down"),
        Binding("k,up", "move(-1)", "Up", show=False, id="list.up"),
        Binding("ctrl+d,pagedown", "page(1)", "Page down", show=False, id="list.page_down"),
        Binding("ctrl+u,pageup", "page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("home", "top", "Top", show=False, id="list.top"),
        Binding("G,end", "bottom", "Bottom", show=False, id="list.bottom"),
        Binding("enter", "choose", "Choose", id="list.open"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        rows: RowList
        key: str

        @property
        def control(self) -> RowList:
            """The list, for ``@on`` selectors."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """The person pressed Enter or clicked on the row under the cursor."""

        rows: RowList
        key: str

        @property
        def control(self) -> RowList:
            """The list, for ``@on`` selectors."""
            return self.rows

    def __init__(self, *, row_height: int = 1, empty: str = "Nothing here.", id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Show nothing yet; ``empty`` says so in words. Each row takes ``row_height`` lines."""
        super().__init__(id=id)
        self._row_height = row_height
        self._empty = empty
        self._keys: tuple[str, ...] = ()
        self._draw: Draw = _draw_nothing
        self._rule: Rule | None = None

    @property
    def selected(self) -> str | None:
        """The key of the row under the cursor, or None in an empty list."""
        return self._keys[self.cursor] if self._keys else None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._keys)

    def show(self, keys: Sequence[str], draw: Draw, *, empty: str | None = None, rule: Rule | None = None) -> None:
        """Show rows, keeping the cursor on the key it is on, if that is still there. Posts Moved where it is not."""
        before, was_empty = self.selected, not self._keys
        previous = self.cursor
        self._keys, self._draw, self._rule = tuple(keys), draw, rule
        if empty is not None:
            self._empty = empty
        self.virtual_size = Size(0, max(1, self._top(len(self._keys))))
        try:
            position = self._keys.index(before) if before is not None else 0
        except ValueError:
            position = min(previous, max(0, len(self._keys) - 1))
        self.set_reactive(RowList.cursor, position)
        self.refresh()
        if self.selected is not None and self.selected != before:
            self.post_message(self.Moved(self, self.selected))
        self.call_after_refresh(self._follow)
        if was_empty is bool(keys):
            # What can be done with the row at hand can be done now, or cannot any more.
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open a row only where there is one: the screen may know what Enter means meanwhile."""
        del parameters
        return bool(self._keys) or action != "choose"

    def select(self, key: str) -> bool:
        """Move the cursor to a key; say whether it is there."""
        if key not in self._keys:
            return False
        self.cursor = self._keys.index(key)
        return True

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(value, len(self._keys) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Follow the cursor and tell who listens."""
        if old == new or not self._keys:
            return
        # Only the two rows that change are drawn; where the list scrolls it is drawn as a whole anyway.
        width, top = self.size.width, self.scroll_offset.y
        self.refresh(*(Region(0, self._top(row) - top, width, self._row_height) for row in (old, new)))
        self._follow()
        self.post_message(self.Moved(self, self._keys[new]))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        index, part = self._row_at(y + self.scroll_offset.y)
        if self._rule is not None and part < 0:
            return self._strip(Content.styled(f"  {self._rule.words}", "$text-muted italic"), width, cursor=False)
        if index >= len(self._keys):
            rows = self._why_empty(width) if not self._keys else []
            return self._strip(rows[y] if y < len(rows) else Content(""), width, cursor=False)
        at_cursor = index == self.cursor
        mark = "▸ " if at_cursor and part == 0 else "  "
        drawn = self._draw(index, max(1, width - _MARK_WIDTH))
        content = Content(mark) + (drawn[part] if part < len(drawn) else Content(""))
        return self._strip(content, width, cursor=at_cursor)

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.cursor += step

    def action_page(self, direction: int) -> None:
        """Move the cursor by a screenful."""
        self.cursor += direction * max(1, self.size.height // self._row_height - 1)

    def action_top(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.cursor = len(self._keys) - 1

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.selected is not None:
            self.post_message(self.Chosen(self, self.selected))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked; a second click on it opens it."""
        index, part = self._row_at(event.y + self.scroll_offset.y)
        if not 0 <= index < len(self._keys) or part < 0:
            return
        if index == self.cursor and event.chain > 1:
            self.action_choose()
        self.cursor = index

    def _follow(self) -> None:
        if self._keys and self.size.height:
            self.scroll_to_region(Region(0, self._top(self.cursor), 1, self._row_height), animate=False)

    def _why_empty(self, width: int) -> list[Content]:
        words = Content.styled(self._empty, "$text-muted").wrap(max(1, width - _MARK_WIDTH))
        return [Content(" " * _MARK_WIDTH) + row for row in words]

    def _top(self, row: int) -> int:
        """The line that a row begins on."""
        return row * self._row_height + (self._rule is not None and row >= self._rule.before)

    def _row_at(self, position: int) -> tuple[int, int]:
        """The row that a line belongs to, and which of its lines it is; -1 for the rule before it."""
        if self._rule is None or position < self._rule.before * self._row_height:
            return divmod(position, self._row_height)
        if position == self._rule.before * self._row_height:
            return self._rule.before, -1
        return divmod(position - 1, self._row_height)

    def _strip(self, content: Content, width: int, *, cursor: bool) -> Strip:
        style = self.get_visual_style("row-list--cursor") if cursor else self.visual_style
        strips = Visual.to_strips(self, content.truncate(width, ellipsis=True), width, 1, style, apply_selection=False)
        strip = strips[0] if strips else Strip([Segment("", style.rich_style)])
        return strip.adjust_cell_length(width, style.rich_style)


class QuietRowList(RowList):
    """A list whose screen names otherwise what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose", show=False, id="list.open")]


def _draw_nothing(index: int, width: int) -> Sequence[Content]:
    del index, width
    return ()
