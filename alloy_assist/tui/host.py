"""What screens may expect of the application around them, and what all main screens have in common."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, ClassVar, cast

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import WorkType

from alloy_assist.tui.memory import forget_what_is_closed
from alloy_assist.tui.plain import text
from alloy_assist.tui.scan_state import ScanState
from alloy_assist.tui.services import Services
from alloy_assist.tui.widgets.key_bar import KeyBar
from alloy_assist.tui.widgets.rows import RowList

Work = Callable[[], Coroutine[Any, Any, None]]
SMALLEST = (60, 15)
"""Columns and lines below which there is only a polite word."""
RESTS_SECONDS = 0.06
"""How long a cursor has to stand before what it points at is shown beside it."""
LOW, WIDE, HUGE = 30, 100, 160
"""Lines from which there is height to spare; columns from which two panes stand side by side, and from which there is room to spare."""
AREAS = (
    ("start", "Start", "s"),
    ("scan", "Scan", "c"),
    ("hypotheses", "Hypotheses", "h"),
    ("interview", "Interview", "i"),
    ("records", "Records", "r"),
    ("briefs", "Briefs", "b"),
    ("settings", "Settings", "t"),
    ("log", "Log", "l"),
)


def run_apart(node: DOMNode, work: Callable[[], Awaitable[None]], group: str, *, exclusive: bool = False) -> None:
    """Run work beside the screen. Whatever it raises it has to tell itself."""
    node.run_worker(cast("WorkType[None]", work), group=group, exclusive=exclusive, exit_on_error=False)


class Host(App[None]):
    """The application as screens see it."""

    services: Services
    scan_state: ScanState

    @abstractmethod
    def tell(self, error: BaseException) -> None:
        """Show an error as a message with a next step."""

    @abstractmethod
    def say(self, words: str, *, title: str = "", severity: str = "information") -> None:
        """Show a notification that does not take the focus."""

    def keymap_of(self, binding: Binding) -> str:
        """Return the keys, comma-separated, that a binding listens to in these settings."""
        return self.services.project.settings.ui.keys.get(binding.id or "", "") or binding.key

    @abstractmethod
    def start_scan(self) -> None:
        """Begin a scan, unless one is running."""

    @abstractmethod
    def stop_scan(self) -> None:
        """Ask a running scan to stop."""

    @abstractmethod
    def take_target(self, area: str) -> dict[str, str]:
        """Return, once, what another screen pointed at on this one."""

    @abstractmethod
    def goto(self, area: str, **target: str) -> None:
        """Show a main screen; ``target`` says what to show on it."""


class TopBar(Horizontal):
    """The names of the main screens, the one at hand marked; each can be clicked."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel; color: $text; dock: top; }
    TopBar > .area { width: auto; padding: 0 1; color: $text-muted; }
    TopBar > .area.-here { color: $text-accent; text-style: bold reverse; }
    TopBar > .area:hover { color: $text; text-style: underline; }
    TopBar > #busy { width: 1fr; content-align-horizontal: right; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, here: str) -> None:
        """Mark the screen ``here``."""
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        """One label a screen, and room for a word about what is going on."""
        for name, title, _ in AREAS:
            label = Static(Content(title), id=f"area-{name}", classes="area")
            label.set_class(name == self._here, "-here")
            yield label
        yield Static(Content("? help"), id="busy")

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        name = (event.widget.id or "") if event.widget else ""
        if name.startswith("area-") and isinstance(self.app, Host):
            self.app.goto(name.removeprefix("area-"))

    def show_busy(self, words: str) -> None:
        """Say at the right what is going on."""
        self.query_one("#busy", Static).update(text(words or "? help"))


class Area(Screen[None]):
    """A main screen: top bar, body, footer; a polite word where the terminal is too small for it."""

    DEFAULT_CSS = """
    Area { background: $background; color: $text; }
    Area > #too-small { display: none; height: 1fr; width: 1fr; content-align: center middle; text-align: center; }
    Area.-tiny > * { display: none; max-height: 0; }
    Area.-tiny > #too-small { display: block; max-height: 100%; }
    """
    NAME: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    OF_ONE: ClassVar[frozenset[str]] = frozenset()
    """Actions on the row at hand of ``#list``: their keys are named, and do something, only where there is one."""

    def compose(self) -> ComposeResult:
        """Frame the body."""
        yield TopBar(self.NAME)
        yield from self.body()
        yield KeyBar()
        yield Static(Content(""), id="too-small")

    def body(self) -> ComposeResult:
        """The widgets of this screen."""
        raise NotImplementedError

    def load(self) -> None:
        """Fetch what this screen shows; called whenever it comes to the front."""

    def aim(self, target: dict[str, str]) -> None:
        """Show what another screen pointed at."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with one only where there is one; help tells of it all the same."""
        del parameters
        # The foot asks before the list is there, too.
        return (
            None
            if action in self.OF_ONE and not any(rows.count for rows in self.query("#list").results(RowList))
            else True
        )

    @property
    def host(self) -> Host:
        """The application."""
        assert isinstance(self.app, Host)  # noqa: S101 - no other application shows these screens
        return self.app

    @property
    def services(self) -> Services:
        """The operations."""
        return self.host.services

    def begin(self, work: Work, group: str = "work", *, exclusive: bool = False) -> None:
        """Start work that may wait; its errors become messages. ``exclusive`` drops what the group was still at."""
        # A callable and not a coroutine: what is cancelled before it began was then never made.
        run_apart(self, partial(self._told, work), group, exclusive=exclusive)

    def on_screen_resume(self) -> None:
        """Come to the front with fresh data."""
        forget_what_is_closed()
        self.query_one(TopBar).show_busy("scanning…" if self.host.scan_state.running else "")
        target = self.host.take_target(self.NAME)
        if target:
            self.aim(target)
        self.load()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where there is too little room."""
        width, height = event.size
        tiny = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(tiny, "-tiny")
        self.set_class(height < LOW, "-low")
        if self.has_class("-narrow") is not (width < WIDE):
            self.set_class(width < WIDE, "-narrow")
            # A narrow screen has keys for what a wide one shows at once.
            self.refresh_bindings()
        self.set_class(width >= HUGE, "-huge")
        if tiny:
            words = f"Alloy needs {SMALLEST[0]} columns and {SMALLEST[1]} lines;\nhere are {width} and {height}.\nMake the window larger, or press q."
            self.query_one("#too-small", Static).update(Content(words))

    async def _told(self, work: Work) -> None:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the person is told and the application stays
            self.host.tell(error)
