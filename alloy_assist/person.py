"""Whoever runs the program: the name that acts, and what is kept for them outside of every repository."""

from __future__ import annotations

import getpass
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from alloy_assist import APPLICATION


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
