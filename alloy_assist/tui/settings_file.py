"""Changing one setting in ``config.toml``: what people wrote around it stays, and a wrong value is refused before anything is written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from alloy_assist.errors import SettingsError
from alloy_assist.settings import ProjectPaths, Settings, load_settings

Value = str | int | float


def change_setting(paths: ProjectPaths, section: str, key: str, value: Value | None) -> Settings:
    """Write one setting and return all of them; None takes it out. ``section`` may be dotted (``ui.keys``).

    Raises SettingsError where the value is not one that the setting can have, or the file cannot be written.
    """
    path = paths.config
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        message = f"The settings in {str(path)!r} cannot be read: {error}"
        raise SettingsError(message, hint="Mend or remove the file.") from error
    table = document
    for name in section.split("."):
        table = table.setdefault(name, tomlkit.table())
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value
    try:
        Settings.model_validate(document.unwrap())
    except ValidationError as error:
        message = f"{value!r} cannot be the setting {section}.{key}: {error.errors()[0]['msg']}"
        raise SettingsError(message, hint="Nothing was changed.") from error
    try:
        paths.create()
        _write(path, tomlkit.dumps(document))
    except OSError as error:
        message = f"The settings in {str(path)!r} cannot be written: {error.strerror}"
        raise SettingsError(message, hint="Nothing was changed.") from error
    return load_settings(path)


def _write(path: Path, words: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".toml")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
