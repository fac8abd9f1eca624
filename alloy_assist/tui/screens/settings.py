"""The settings: model, budget, theme and keys, each changed in its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from alloy_assist.errors import SettingsError
from alloy_assist.settings import Settings
from alloy_assist.tui.help import key_sign
from alloy_assist.tui.host import WIDE, Area
from alloy_assist.tui.keymap import key_bindings
from alloy_assist.tui.modals import BOX_CSS, AskText, Choose, Option
from alloy_assist.tui.plain import home_path, text
from alloy_assist.tui.themes import DARK
from alloy_assist.tui.widgets.rows import RowList

_WIDTH = 26
_VALUE_WIDTH = 24
_NARROW_VALUE_WIDTH = 12
_CHOICES = {
    "offline": "no model; nothing leaves this machine",
    "local": "a server on this machine",
    "provider": "a provider; what is sent is shown in the log",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of the screen. ``kind``: choice, theme, key, text, whole or number."""

    section: str
    key: str
    label: str
    kind: str
    note: str = ""


_SETTINGS = (
    Setting("model", "choice", "Model", "choice", "nothing is sent before you choose"),
    Setting("model", "name", "Model's name", "text", "litellm's name: ollama/llama3"),
    Setting("model", "base_url", "Address of the server", "text", "of an OpenAI-compatible server"),
    Setting("budget", "max_steps", "Most steps a task", "whole"),
    Setting("budget", "max_tokens", "Most tokens a task", "whole"),
    Setting("budget", "max_usd", "Most dollars a task", "number"),
    Setting("budget", "max_seconds", "Most seconds a task", "number"),
    Setting("interview", "max_questions", "Questions an interview", "whole", "at most so many"),
    Setting("scan", "jobs", "Processes of a scan", "whole", "0: one a core"),
    Setting("ui", "theme", "Theme", "theme", "^t changes between light and dark"),
)


class SettingsScreen(Area):
    """Writes to ``.alloy/config.toml``, one setting at a time."""

    NAME = "settings"
    ABOUT = "Enter changes a setting; it is kept in .alloy/config.toml, where comments stay as they are. Below are the keys: Enter, then the new key."
    DEFAULT_CSS = """
    SettingsScreen #state { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    SettingsScreen RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reset", "Default", id="settings.default"),
        Binding("escape", "back", "Back", id="settings.back"),
    ]

    def __init__(self) -> None:
        """Show the settings of this version, then the keys."""
        super().__init__()
        self._rows: tuple[Setting, ...] = ()

    def body(self) -> ComposeResult:
        """Where they are kept, and what they are."""
        with Vertical():
            yield Static(Content(""), id="state")
            yield RowList()

    def on_mount(self) -> None:
        """Let the list listen to the keys."""
        self.query_one(RowList).focus()

    def load(self) -> None:
        """Show the settings as they are."""
        keys = tuple(Setting("ui.keys", item.id, item.label, "key", item.id) for item in key_bindings(self.host.MODES))
        self._rows = (*_SETTINGS, *keys)
        self.query_one(RowList).show([str(index) for index in range(len(self._rows))], self._row)
        self.query_one("#state", Static).update(text(home_path(self.services.project.paths.config)))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Change a setting."""
        self.begin(partial(self._change, self._rows[int(message.key)]))

    async def _change(self, setting: Setting) -> None:
        value = await self._ask(setting)
        if value is None:
            return
        await self._keep(setting, _converted(setting, value))

    async def _ask(self, setting: Setting) -> str | None:
        current = _current(self.services.project.settings, setting)
        match setting.kind:
            case "choice":
                return await self.app.push_screen_wait(
                    Choose(setting.label, [Option(key, key, note) for key, note in _CHOICES.items()])
                )
            case "theme":
                names = sorted(self.app.available_themes, key=lambda name: (not name.startswith("alloy"), name))
                return await self.app.push_screen_wait(Choose(setting.label, [Option(name, name) for name in names]))
            case "key":
                return await self.app.push_screen_wait(PressKey(setting.label))
            case _:
                return await self.app.push_screen_wait(
                    AskText(setting.label, about=setting.note, value=current, required=False)
                )

    async def _keep(self, setting: Setting, value: str | float | None) -> None:
        await self.services.change_setting(setting.section, setting.key, value)
        ui = self.services.project.settings.ui
        if setting.kind == "theme":
            self.app.theme = ui.theme or DARK
        elif setting.kind == "key":
            self.app.set_keymap(dict(ui.keys))
        self.load()

    def action_reset(self) -> None:
        """Give the setting at hand its default."""
        selected = self.query_one(RowList).selected
        if selected is not None:
            self.begin(partial(self._keep, self._rows[int(selected)], None))

    def action_back(self) -> None:
        """Go back to the start."""
        self.host.goto("start")

    def _row(self, index: int, width: int) -> tuple[Content, ...]:
        setting = self._rows[index]
        current = _current(self.services.project.settings, setting)
        if setting.kind == "key":
            default = next(item.key for item in key_bindings(self.host.MODES) if item.id == setting.key)
            current = " ".join(key_sign(key) for key in (current or default).split(","))
        return (
            text(
                (f"{setting.label:<{_WIDTH}} ", ""),
                (f"{current or '–':<{_VALUE_WIDTH if width >= WIDE else _NARROW_VALUE_WIDTH}}", "$text-accent bold"),
                ("  " + setting.note, "$text-muted"),
            ),
        )


class PressKey(ModalScreen[str | None]):
    """Waits for the key that an action should listen to."""

    DEFAULT_CSS = f"PressKey {{ {BOX_CSS} }}"

    def __init__(self, label: str) -> None:
        """Ask for the key of ``label``."""
        super().__init__()
        self._label_text = label

    def compose(self) -> ComposeResult:
        """Say what to do."""
        with Vertical():
            yield Static(text(("The new key for: ", "$text-muted"), (self._label_text, "bold")))
            yield Static(text(("Press it now; Escape goes back.", "$text-muted")))

    def on_key(self, event: events.Key) -> None:
        """Give the key back."""
        event.stop()
        self.dismiss(None if event.key == "escape" else event.key)


def _current(settings: Settings, setting: Setting) -> str:
    section: object = settings
    for name in setting.section.split("."):
        section = getattr(section, name)
    value = section.get(setting.key, "") if isinstance(section, dict) else getattr(section, setting.key)
    return str(value)


def _converted(setting: Setting, value: str) -> str | float:
    try:
        if setting.kind == "whole":
            return int(value)
        return float(value) if setting.kind == "number" else value
    except ValueError as error:
        message = f"{value!r} is not a number."
        raise SettingsError(message, hint="Nothing was changed.") from error
