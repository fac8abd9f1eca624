"""The scan: its stages, how fast they go, what was capped, and what was found."""

from __future__ import annotations

import time
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from alloy_assist.tui.host import Area, TopBar
from alloy_assist.tui.messages import ScanChanged
from alloy_assist.tui.plain import text
from alloy_assist.tui.present import scan as present
from alloy_assist.tui.scan_state import ScanState
from alloy_assist.tui.widgets.page import Page

_TICK_SECONDS = 0.25
_SHOWN = 200


class ScanScreen(Area):
    """Shows the application's scan; leaving the screen does not stop it."""

    NAME = "scan"
    ABOUT = "Reads the repository: files, imports, history, tests, gates and documents. Escape stops it; what was read is cached."
    DEFAULT_CSS = """
    ScanScreen VerticalScroll { padding: 1 2; height: 1fr; }
    ScanScreen Static { height: auto; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", "Hypotheses", id="scan.look"),
        Binding("c", "scan", "Scan again", id="scan.again"),
        Binding("escape", "stop", "Stop", id="scan.stop"),
        Binding("escape", "leave", "Back", id="scan.leave"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self._phase = ""

    def body(self) -> ComposeResult:
        """A headline, the stages, the outcome, and what was found."""
        with VerticalScroll():
            yield Static(Content(""), id="headline")
            yield Static(Content(""), id="stages")
            yield Page(id="outcome")
            yield Page(id="found")

    def on_mount(self) -> None:
        """Keep the clock going while a scan runs."""
        self.query_one(VerticalScroll).focus()
        self.set_interval(_TICK_SECONDS, self._tick)
        self._show(self.host.scan_state)

    def load(self) -> None:
        """Show where the scan stands."""
        self._show(self.host.scan_state)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop what runs, and to scan or leave where nothing does."""
        del parameters
        if action in {"scan", "stop", "leave"}:
            return self.host.scan_state.running is (action == "stop")
        return True

    def on_scan_changed(self, message: ScanChanged) -> None:
        """Show the new state."""
        self._show(message.state)

    def action_look(self) -> None:
        """Go to the hypotheses."""
        self.host.goto("hypotheses")

    def action_scan(self) -> None:
        """Scan again."""
        self.host.start_scan()

    def action_stop(self) -> None:
        """Stop the scan that runs."""
        self.host.stop_scan()

    def action_leave(self) -> None:
        """Go back to the start."""
        self.host.goto("start")

    def _tick(self) -> None:
        if self.host.scan_state.running and self.is_current:
            self._show(self.host.scan_state)

    def _show(self, state: ScanState) -> None:
        if self._phase != state.phase:
            self._phase = state.phase
            self.refresh_bindings()
        self.query_one(TopBar).show_busy("scanning…" if state.running else "")
        self.query_one("#headline", Static).update(_headline(state))
        listed = self.query_one("#stages", Static)
        listed.update(present.stages(state, time.monotonic(), listed.content_size.width))
        self.query_one("#outcome", Page).show(present.outcome(state))
        self.query_one("#found", Page).show(present.found(state, _SHOWN))


def _headline(state: ScanState) -> Content:
    match state.phase:
        case "running":
            return text(("Reading the repository…", "bold"), ("   Escape stops", "$text-muted"))
        case "stopping":
            return text(("Stopping…", "bold $text-warning"))
        case "done":
            number = len(state.hypotheses)
            return text(
                (f"{number:,} {'hypothesis' if number == 1 else 'hypotheses'}", "bold $text-success"),
                ("   Enter looks at them", "$text-muted"),
            )
        case "stopped":
            return text(("Stopped.", "bold $text-warning"), ("   c goes on from there", "$text-muted"))
        case "failed":
            return text(("The scan did not finish.", "bold $text-error"), ("   c tries again", "$text-muted"))
        case _:
            return text(
                ("No scan has run since the application was opened.", "bold"), ("   c scans now", "$text-muted")
            )
