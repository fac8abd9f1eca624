"""Settings of a project: what can be set, and how the file that says it is read."""

from __future__ import annotations

import errno
import os
import stat
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alloy_assist.errors import SettingsError

_CONFIG_BYTES = 1 << 20


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
