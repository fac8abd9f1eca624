"""Small dialogs: typed data in, typed data out through ``dismiss``. None means that the person went back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from alloy_assist.tui.plain import Paragraph, block, flow, text
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.page import Page
from alloy_assist.tui.widgets.rows import RowList

_COPIED_WIDTH = 120
BOX_CSS = """
    align: center middle;
    background: $background 60%;
    & > Vertical { width: 90%; max-width: 90; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    & Static { height: auto; }
    & RowList { height: auto; max-height: 16; background: $surface; }
    & Input, & TextArea { background: $background; border: tall $border-blurred; }
    & Input:focus, & TextArea:focus { border: tall $border; }
"""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: ``key`` is given back; ``note`` stands beside the label."""

    key: str
    label: str
    note: str = ""


class Choose(ModalScreen[str | None]):
    """Chooses one of a few options, by arrow keys, by number or by letter."""

    DEFAULT_CSS = f"Choose {{ {BOX_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", "Back", id="dialog.back")]

    def __init__(
        self, title: str, options: Sequence[Option], *, about: str = "", letters: Mapping[str, str] | None = None
    ) -> None:
        """Ask ``title`` with ``about`` below it; ``letters`` are keys that choose an option at once."""
        super().__init__()
        self._title_text, self._about, self._options = title, about, tuple(options)
        self._letters = dict(letters or {})

    def compose(self) -> ComposeResult:
        """A title, a sentence, the options."""
        with Vertical():
            yield Static(text((self._title_text, "bold $text-primary")))
            if self._about:
                yield Static(block((self._about, "$text-muted")))
            yield RowList(id="options")
        yield KeyBar()

    def on_mount(self) -> None:
        """Offer the options."""
        rows = self.query_one(RowList)
        rows.styles.height = min(16, max(1, len(self._options)))
        rows.show([option.key for option in self._options], self._row)
        rows.focus()

    def on_key(self, event: events.Key) -> None:
        """A digit or a letter of its own chooses an option."""
        if self.take(event.character or ""):
            event.stop()

    def take(self, character: str) -> bool:
        """Choose by a digit or letter; say whether it stands for an option."""
        if character in self._letters:
            self.dismiss(self._letters[character])
        elif character.isdecimal() and 1 <= int(character) <= len(self._options):
            self.dismiss(self._options[int(character) - 1].key)
        else:
            return False
        return True

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Give the chosen one back."""
        self.dismiss(message.key)

    def action_dismiss_none(self) -> None:
        """Go back without choosing."""
        self.dismiss(None)

    def _row(self, index: int, width: int) -> tuple[Content, ...]:
        del width
        option = self._options[index]
        return (
            text(
                (f"{index + 1} ", "$text-accent"),
                option.label,
                ("  " + option.note if option.note else "", "$text-muted"),
            ),
        )


class AnswerLine(Input):
    """A line to write on whose Enter is named at the foot of the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Keep")]


class AskText(ModalScreen[str | None]):
    """Asks for a few words; Enter gives them back, an empty answer only where it is allowed."""

    DEFAULT_CSS = f"AskText {{ {BOX_CSS} }}"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", "Back", id="dialog.back")]

    def __init__(
        self, title: str, *, about: str = "", value: str = "", required: bool = True, placeholder: str = ""
    ) -> None:
        """Ask ``title``; ``value`` is what stands there already."""
        super().__init__()
        self._title_text, self._about, self._value = title, about, value
        self._required, self._placeholder = required, placeholder

    def compose(self) -> ComposeResult:
        """A title, a sentence, a line to write on."""
        with Vertical():
            yield Static(text((self._title_text, "bold $text-primary")))
            if self._about:
                yield Static(block((self._about, "$text-muted")))
            yield AnswerLine(value=self._value, placeholder=self._placeholder, select_on_focus=False)
            yield Static(Content(""), id="complaint")
        yield KeyBar()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Give the words back."""
        if self._required and not message.value.strip():
            self.query_one("#complaint", Static).update(
                text(("A few words are needed here; Escape goes back.", "$text-warning"))
            )
            return
        self.dismiss(message.value.strip())

    def action_dismiss_none(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


class WriteText(ModalScreen[str | None]):
    """Asks for longer words, on several lines."""

    DEFAULT_CSS = f"WriteText {{ {BOX_CSS} }} WriteText TextArea {{ height: 10; }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss_none", "Back", id="dialog.back"),
        Binding("ctrl+s", "submit", "Keep", id="dialog.keep", priority=True),
    ]

    def __init__(self, title: str, *, about: str = "", value: str = "") -> None:
        """Ask ``title``; ``value`` is what stands there already."""
        super().__init__()
        self._title_text, self._about, self._value = title, about, value

    def compose(self) -> ComposeResult:
        """A title, a sentence, room to write."""
        with Vertical():
            yield Static(text((self._title_text, "bold $text-primary")))
            if self._about:
                yield Static(block((self._about, "$text-muted")))
            yield TextArea(self._value, show_line_numbers=False)
        yield KeyBar()

    def action_submit(self) -> None:
        """Give the words back."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_dismiss_none(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


class Reader(ModalScreen[None]):
    """Shows a longer text to read and scroll."""

    DEFAULT_CSS = f"""
    Reader {{ {BOX_CSS} }}
    Reader > Vertical {{ height: 90%; max-width: 140; }}
    Reader VerticalScroll {{ height: 1fr; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss_none", "Close", id="dialog.close"),
        Binding("j", "scroll(1)", "Down", show=False, id="reader.down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="reader.up"),
        Binding("y", "copy", "Copy", id="reader.copy"),
    ]

    def __init__(self, title: str, body: Content | Sequence[Paragraph]) -> None:
        """Show ``body`` below ``title``; paragraphs are laid out in the width that there is."""
        super().__init__()
        self._title_text, self._body = title, (body,) if isinstance(body, Content) else tuple(body)

    def compose(self) -> ComposeResult:
        """A title and the text."""
        with Vertical():
            yield Static(text((self._title_text, "bold $text-primary")))
            with VerticalScroll():
                yield Page()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the text, and let the keys scroll."""
        self.query_one(Page).show(self._body)
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, step: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)

    def action_copy(self) -> None:
        """Put the text on the clipboard, because the person asked."""
        self.app.copy_to_clipboard(flow(self._body, _COPIED_WIDTH).plain)
        self.notify("Copied.", markup=False)

    def action_dismiss_none(self) -> None:
        """Close."""
        self.dismiss(None)
