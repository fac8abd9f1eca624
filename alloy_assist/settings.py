"""Settings of a project and of the person, and where things are kept."""

from __future__ import annotations

import errno
import getpass
import os
import stat
import tomllib
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alloy_assist import APPLICATION
from alloy_assist.errors import NoPlaceError, SettingsError

_CONFIG_BYTES = 1 << 20
_NOT_WRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
GITIGNORE = "# Written by Alloy Assist: the database stays here, the projections are for committing.\n/alloy.db*\n/audit.head*\n/backups/\n/config.local.toml\n"


class _Section(BaseModel):
    # Keys that this version does not know are kept by the editor of the file and ignored here: a newer version may have written them.
    model_config = ConfigDict(frozen=True, extra="ignore")


class ModelSettings(_Section):
    """Which language model, if any. ``undecided`` means that nobody has chosen, and nothing is ever sent.

    A ``small`` model is shown few tools and short texts. Where that is left out, one that runs on a machine of one's own counts as small.
    """

    choice: Literal["undecided", "offline", "local", "provider"] = "undecided"
    name: str = ""
    base_url: str = ""
    structured_mode: Literal["", "json_schema", "tools", "json"] = ""
    size: Literal["", "small", "large"] = ""

    @property
    def is_small(self) -> bool:
        """Whether the model is to be spared."""
        return self.size == "small" or (not self.size and self.choice != "provider")


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

    @property
    def bare(self) -> bool:
        """Whether the repository has no work tree, and so no place of its own for ``.alloy/``."""
        return not (self.root / ".git").exists()

    def check(self) -> None:
        """Raise NoPlaceError where ``.alloy/`` is no folder, or something in it is a link or a device: those lead elsewhere."""
        if _kind(self.folder) not in {0, stat.S_IFDIR}:
            message = f"{str(self.folder)!r} is not a folder but a file or a link, so nothing can be kept there."
            raise NoPlaceError(message, hint="Move it away; a folder of that name will be made.")
        for place in _entries(self.folder):
            if _kind(place) not in {0, stat.S_IFDIR, stat.S_IFREG}:
                message = f"{str(place)!r} is neither a file nor a folder but leads elsewhere, so it is not used."
                raise NoPlaceError(message, hint="Remove it; nothing was read or written there.")

    def create(self) -> None:
        """Make ``.alloy/`` with its ignore file; what exists stays as it is.

        Raises NoPlaceError where the repository is bare, where it may not be written, and as :meth:`check`.
        """
        hint = "Name a database elsewhere with --db FILE."
        if self.bare:
            message = f"{str(self.root)!r} is a bare repository: there is no work tree to keep .alloy/ in."
            raise NoPlaceError(message, hint=hint)
        self.check()
        try:
            self.folder.mkdir(exist_ok=True)
            if not self.gitignore.exists():
                write_whole(self.gitignore, GITIGNORE)
            if not self.database.exists() and not os.access(self.folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            if error.errno not in _NOT_WRITABLE:
                raise
            message = f"{str(self.folder)!r} cannot be written: {error.strerror}."
            raise NoPlaceError(message, hint=hint) from error


def write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all. Raises OSError."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with temporary.open("w", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def load_settings(config: Path) -> Settings:
    """Read ``config.toml``; a missing file gives the defaults. Raises SettingsError where it is malformed."""
    try:
        text = _read_config(config)
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


def _read_config(config: Path) -> str:
    # Opened so that neither a pipe nor a device can keep the program waiting.
    descriptor = os.open(config, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        data = file.read(_CONFIG_BYTES + 1)
    if len(data) > _CONFIG_BYTES:
        raise OSError(errno.EFBIG, f"it is larger than {_CONFIG_BYTES} bytes")
    return data.decode("utf-8")


def _kind(place: Path) -> int:
    """What kind of file stands there, links not followed; 0 where nothing does, or nothing may be seen."""
    try:
        return stat.S_IFMT(place.lstat().st_mode)
    except OSError:
        return 0


def _entries(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        return ()  # there is none, or it says so itself when it is used


def consent_file() -> Path:
    """Where a person's leave to use models is kept, outside of every repository."""
    return Path(platformdirs.user_data_dir(APPLICATION)) / "allowed-models.json"


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
