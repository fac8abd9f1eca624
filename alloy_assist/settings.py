"""Settings of a project and of the person, and where things are kept."""

from __future__ import annotations

import getpass
import os
import tomllib
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alloy_assist.errors import SettingsError

APPLICATION = "alloy-assist"
GITIGNORE = "# Written by Alloy Assist: the database stays here, the projections are for committing.\n/alloy.db*\n/audit.head*\n/backups/\n/config.local.toml\n"


class _Section(BaseModel):
    # Keys that this version does not know are kept by the editor of the file and ignored here: a newer version may have written them.
    model_config = ConfigDict(frozen=True, extra="ignore")


class ModelSettings(_Section):
    """Which language model, if any. ``undecided`` means that nobody has chosen, and nothing is ever sent."""

    choice: Literal["undecided", "offline", "local", "provider"] = "undecided"
    name: str = ""
    base_url: str = ""
    structured_mode: Literal["", "json_schema", "tools", "json"] = ""


class BudgetSettings(_Section):
    """The most that one task with a model may cost."""

    max_steps: int = Field(default=24, ge=1, le=500)
    max_tokens: int = Field(default=200_000, ge=1)
    max_usd: float = Field(default=1.0, ge=0.0)
    max_seconds: float = Field(default=300.0, gt=0.0)


class InterviewSettings(_Section):
    """How long an interview may be."""

    max_questions: int = Field(default=5, ge=1, le=30)


class ScanSettings(_Section):
    """How a scan works. ``jobs`` 0 means one process a core."""

    jobs: int = Field(default=0, ge=0, le=64)
    cache_megabytes: int = Field(default=512, ge=0)


class UserInterfaceSettings(_Section):
    """How the terminal application looks and which keys it listens to (action name -> keys)."""

    theme: str = ""
    keys: dict[str, str] = Field(default_factory=dict)


class Settings(_Section):
    """Everything in ``.alloy/config.toml``; every part has a default.

    ``authority`` maps an action (view, edit, accept, compile, approve_dry_run, approve_mutation, approve_commit) to the names that
    may do it; an action that is not listed is open to everybody.
    """

    model: ModelSettings = ModelSettings()
    budget: BudgetSettings = BudgetSettings()
    interview: InterviewSettings = InterviewSettings()
    scan: ScanSettings = ScanSettings()
    ui: UserInterfaceSettings = UserInterfaceSettings()
    authority: dict[str, tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True)
class ProjectPaths:
    """Where a project's data lives, all below ``.alloy/`` at the root of the repository."""

    root: Path

    @property
    def folder(self) -> Path:
        """The folder ``.alloy/``."""
        return self.root / ".alloy"

    @property
    def database(self) -> Path:
        """The database, git-ignored."""
        return self.folder / "alloy.db"

    @property
    def config(self) -> Path:
        """The settings file, for committing."""
        return self.folder / "config.toml"

    @property
    def gitignore(self) -> Path:
        """The ignore file that keeps the database out of git."""
        return self.folder / ".gitignore"

    def create(self) -> None:
        """Make ``.alloy/`` with its ignore file; what exists stays as it is."""
        self.folder.mkdir(exist_ok=True)
        if not self.gitignore.exists():
            self.gitignore.write_text(GITIGNORE, encoding="utf-8")


def load_settings(config: Path) -> Settings:
    """Read ``config.toml``; a missing file gives the defaults. Raises SettingsError where it is malformed."""
    try:
        text = config.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        message = f"The settings in {str(config)!r} cannot be read: {error}"
        raise SettingsError(message, hint="Mend or remove the file.") from error
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = f"The settings in {str(config)!r} are not TOML: {error}"
        raise SettingsError(message, hint="Mend the line that is named, or remove the file.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        message = f"The setting {key!r} in {str(config)!r} is wrong: {first['msg']}"
        raise SettingsError(message, hint="Mend it; `alloy doctor` shows what is understood.") from error


def cache_folder() -> Path:
    """The person's cache folder for this program."""
    return Path(platformdirs.user_cache_dir(APPLICATION))


def log_folder() -> Path:
    """Where logs go."""
    return Path(platformdirs.user_log_dir(APPLICATION))


def actor_name() -> tuple[str, str]:
    """Who acts, as (kind, name): ``ALLOY_ACTOR`` ("name", or "agent:name"), otherwise the name of the account."""
    given = os.environ.get("ALLOY_ACTOR", "").strip()
    kind, separator, name = given.partition(":")
    if separator and kind in {"person", "agent", "system"} and name:
        return kind, name
    if given:
        return "person", given
    try:
        return "person", getpass.getuser()
    except (KeyError, OSError):
        return "person", "unknown"


def write_crash_log(error: BaseException) -> Path:
    """Append an error with its traceback to the crash log and return its path; never raises."""
    place = log_folder() / "crash.log"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        # A full or read-only disk must not hide the error that is being reported.
        return Path(os.devnull)
    return place
