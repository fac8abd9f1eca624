"""Where this program keeps what is the person's and not the project's; no settings are read to know it."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from alloy_assist import APPLICATION


def cache_folder() -> Path:
    """The person's cache folder for this program."""
    return Path(platformdirs.user_cache_dir(APPLICATION))
