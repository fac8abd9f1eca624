"""Whose repository it is.

Naming a git directory explicitly skips git's own ownership check, so this is ours: the folders must belong to the person who
scans, or be named in ``safe.directory`` of the person's own configuration, as for git itself.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from archaeology.errors import RefusedRepositoryError

_CONFIGURATION_BYTES = 1 << 20
# Texts, since most people scan what is their own: they are compiled where somebody does not.
_SECTION = r"^\s*\[\s*(\w+)\s*\]\s*$"
_DIRECTORY = r"(?i)^\s*directory\s*=\s*\"?(.*?)\"?\s*$"


def check_owner(folder: Path) -> None:
    """Refuse a folder that belongs to somebody else.

    Raises:
        RefusedRepositoryError: the owner is neither the effective user nor, under sudo, the user who called it, and the person has
            not declared the folder safe.
    """
    try:
        owner = folder.stat().st_uid
    except OSError as error:
        raise RefusedRepositoryError(
            f"{str(folder)!r} cannot be read: {error.strerror}.", hint="Ask its owner for read and search permission."
        ) from error
    if owner in _own_ids() or _declared_safe(folder):
        return
    raise RefusedRepositoryError(
        f"{str(folder)!r} belongs to another user (id {owner}), so it is not read.",
        hint=f"If you trust it: git config --global --add safe.directory {folder}",
    )


def _own_ids() -> set[int]:
    ids = {os.geteuid()}
    caller = os.environ.get("SUDO_UID", "")
    if os.geteuid() == 0 and caller.isdigit():
        ids.add(int(caller))
    return ids


def _declared_safe(folder: Path) -> bool:
    """Tell whether the person's own git configuration names the folder, or a repository that it is the ``.git`` of."""
    home = Path(os.environ.get("HOME", "/nonexistent"))
    base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    names = {name for file in (base / "git" / "config", home / ".gitconfig") for name in _safe_directories(file)}
    wanted = {str(folder), *(str(parent) for parent in folder.parents if ".git" in folder.parts[len(parent.parts) :])}
    return "*" in names or bool(names & wanted)


def _safe_directories(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            text = opened.read(_CONFIGURATION_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    found: list[str] = []
    section = ""
    for line in text.splitlines():
        header = re.match(_SECTION, line)
        if header or line.lstrip().startswith("["):
            section = header[1].lower() if header else ""
        elif section == "safe" and (value := re.match(_DIRECTORY, line)):
            # An empty value takes back what was said before it, as it does for git.
            found = [*found, value[1]] if value[1] else []
    return found
