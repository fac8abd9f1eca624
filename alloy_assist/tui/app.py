"""The terminal application: main screens as modes, the scan, notifications, themes and keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import InvalidThemeError
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.notifications import SeverityLevel
from textual.screen import Screen

from alloy_assist.tui.help import HelpDialog
from alloy_assist.tui.host import AREAS, Area, run_apart
from alloy_assist.tui.jump import JumpDialog
from alloy_assist.tui.modals import Choose, Option
from alloy_assist.tui.palette import EverythingProvider
from alloy_assist.tui.plain import line
from alloy_assist.tui.problems import explain
from alloy_assist.tui.scanning_host import ScanningHost
from alloy_assist.tui.screens.briefs import BriefsScreen
from alloy_assist.tui.screens.hypotheses import HypothesesScreen
from alloy_assist.tui.screens.interview import InterviewScreen
from alloy_assist.tui.screens.log import LogScreen
from alloy_assist.tui.screens.records import RecordsScreen
from alloy_assist.tui.screens.scan import ScanScreen
from alloy_assist.tui.screens.settings import SettingsScreen
from alloy_assist.tui.screens.start import StartScreen
from alloy_assist.tui.services import Services
from alloy_assist.tui.themes import DARK, FALLBACK_VARIABLES, LIGHT, THEMES

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_FAULTS_BEFORE_GIVING_UP = 20


class AlloyApp(ScanningHost):
    """Holds the services and the scan; screens hold what they show."""

    TITLE = "Alloy Assist"
    CSS = """
    * { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Toast { max-width: 70; }
    """
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "start": StartScreen,
        "scan": ScanScreen,
        "hypotheses": HypothesesScreen,
        "interview": InterviewScreen,
        "records": RecordsScreen,
        "briefs": BriefsScreen,
        "settings": SettingsScreen,
        "log": LogScreen,
    }
    DEFAULT_MODE = "start"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {EverythingProvider}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "go", "Go to", id="app.go"),
        Binding("left_square_bracket", "area(-1)", "Previous screen", show=False, id="app.previous"),
        Binding("right_square_bracket", "area(1)", "Next screen", show=False, id="app.next"),
        Binding("semicolon", "jump", "Jump", show=False, id="app.jump"),
        Binding("question_mark,f1", "help", "Help", id="app.help"),
        Binding("ctrl+t", "toggle_theme", "Light or dark", show=False, id="app.theme"),
        Binding("q", "quit", "Quit", id="app.quit"),
    ]

    def __init__(self, project: Project) -> None:
        """Prepare; nothing is read before the first frame stands."""
        super().__init__()
        self.services = Services(project)
        self.unforeseen: list[BaseException] = []
        self._stands = False
        self._targets: dict[str, dict[str, str]] = {}
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        try:
            self.theme = project.settings.ui.theme or DARK
        except InvalidThemeError:
            # A theme of another version; the default will do, and the settings screen shows the choice.
            self.theme = DARK
        self.set_keymap(dict(project.settings.ui.keys))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the variables of ours to themes that lack them."""
        return dict(FALLBACK_VARIABLES)

    async def on_unmount(self) -> None:
        """Stop what runs and close the store."""
        self._cancel.set()
        await self.services.close()

    # Telling --------------------------------------------------------------------------------------------------------------------

    def tell(self, error: BaseException) -> None:
        """Show an error as a message with a next step."""
        problem = explain(error)
        if not problem.foreseen and error not in self.unforeseen:
            self.unforeseen.append(error)
        self.notify(_harmless(problem.text), title="That did not work", severity="error", timeout=10, markup=False)

    def say(self, words: str, *, title: str = "", severity: str = "information") -> None:
        """Show a notification that does not take the focus."""
        self.notify(_harmless(words), title=line(title), severity=cast("SeverityLevel", severity), markup=False)

    def on_ready(self) -> None:
        """From the first frame on, faults are told and not fatal."""
        self._stands = True

    def _handle_exception(self, error: Exception) -> None:
        """Keep the application alive after a fault in a handler: it is told and logged.

        Before the first frame, and after too many, there is nothing to keep alive.
        """
        self.unforeseen.append(error)
        if not self._stands:
            super()._handle_exception(error)
        elif len(self.unforeseen) > _FAULTS_BEFORE_GIVING_UP:
            self.exit(return_code=5, message=explain(error).text)
        else:
            self.tell(error)

    # Going about ----------------------------------------------------------------------------------------------------------------

    def goto(self, area: str, **target: str) -> None:
        """Show a main screen; ``target`` says what to show on it."""
        run_apart(self, partial(self._goto, area, target), "goto")

    async def _goto(self, area: str, target: dict[str, str]) -> None:
        self._targets[area] = target
        if self.current_mode == area and isinstance(self.screen, Area):
            self.screen.on_screen_resume()
        else:
            await self.switch_mode(area)

    def take_target(self, area: str) -> dict[str, str]:
        """Return, once, what another screen pointed at on this one."""
        return self._targets.pop(area, {})

    def action_area(self, step: int) -> None:
        """Go to the next or previous main screen."""
        names = [name for name, _, _ in AREAS]
        if self.current_mode in names and isinstance(self.screen, Area):
            self.goto(names[(names.index(self.current_mode) + step) % len(names)])

    def action_go(self) -> None:
        """Choose a main screen. The dialog stands at once, so that a letter typed right after ``g`` reaches it."""
        if isinstance(self.screen, Area):
            options = [Option(name, title, f"or {letter}") for name, title, letter in AREAS]
            letters = {letter: name for name, _, letter in AREAS}
            self.push_screen(Choose("Go to", options, letters=letters), self._gone)

    def on_key(self, event: events.Key) -> None:
        """Give a letter that was typed ahead to the dialog that opened meanwhile: it went to the screen below it."""
        if isinstance(self.screen, Choose) and self.screen.take(event.character or ""):
            event.stop()
            event.prevent_default()

    def _gone(self, area: str | None) -> None:
        if area is not None:
            self.goto(area)

    def action_help(self) -> None:
        """Explain the screen at hand and its keys."""
        if isinstance(self.screen, Area):
            self.push_screen(HelpDialog(self.screen))

    def action_help_quit(self) -> None:
        """Ctrl-C: say how to leave, as it does not."""
        self.say(
            "q quits, and ^q does so from a text field too. Everything that you answered is kept.", title="To quit"
        )

    def action_jump(self) -> None:
        """Put a letter on everything that can have the focus."""
        if isinstance(self.screen, Area):
            self.push_screen(JumpDialog(self.screen))

    def action_toggle_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.theme = LIGHT if self.current_theme.dark else DARK


def _harmless(words: str) -> str:
    return "\n".join(line(part, 400) for part in words.splitlines()[:6])
