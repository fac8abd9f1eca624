"""Changing settings in ``config.toml``: what people wrote around them stays, and a wrong value is refused before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from alloy_assist.errors import SettingsError
from alloy_assist.project_folder import ProjectPaths, write_whole
from alloy_assist.settings import Settings, load_settings

Value = str | int | float


def change_setting(paths: ProjectPaths, section: str, key: str, value: Value | None) -> Settings:
    """Write one setting and return all of them; None takes it out. Raises as :func:`change_settings`."""
    return change_settings(paths, section, {key: value})


def change_settings(paths: ProjectPaths, section: str, values: Mapping[str, Value | None]) -> Settings:
    """Write settings of one section and return all settings; None takes one out. ``section`` may be dotted (``ui.keys``).

    Raises SettingsError where a value is not one that the setting can have, or the file cannot be read or written.
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
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    try:
        Settings.model_validate(document.unwrap())
    except ValidationError as error:
        first = error.errors()[0]
        wrong = ".".join(str(part) for part in first["loc"])
        message = f"{first['input']!r} cannot be the setting {wrong}: {first['msg']}"
        raise SettingsError(message, hint="Nothing was changed.") from error
    try:
        paths.create()
        write_whole(path, tomlkit.dumps(document))
    except OSError as error:
        message = f"The settings in {str(path)!r} cannot be written: {error.strerror}"
        raise SettingsError(message, hint="Nothing was changed.") from error
    return load_settings(path)
