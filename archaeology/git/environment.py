"""Which git is run, and what it is told before anything else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from archaeology.errors import GitError
from archaeology.git.failures import INSTALL_HINT

_MEGABYTE = 1 << 20
# Git asks for each blob's room and lets it go again, and the GNU C library hands it back to the system every time: a sixth of counting lines
# went into getting fresh pages. Other C libraries take no notice.
_ALLOCATION = {
    "MALLOC_TRIM_THRESHOLD_": str(64 * _MEGABYTE),
    "MALLOC_MMAP_THRESHOLD_": str(4 * _MEGABYTE),
    "MALLOC_TOP_PAD_": str(_MEGABYTE),
}


def find_git(path: str | None = None) -> str:
    """Return the absolute path of git, looking only in absolute folders of ``path`` (default: PATH).

    Raises:
        GitError: there is none.
    """
    folders = [
        folder for folder in (path or os.environ.get("PATH", os.defpath)).split(os.pathsep) if folder.startswith("/")
    ]
    found = shutil.which("git", path=os.pathsep.join(folders)) if folders else None
    if found is None:
        raise GitError("git was not found.", hint=INSTALL_HINT)
    return found


def hardened_environment(program: str) -> dict[str, str]:
    """Return the environment that every git run gets, before it is pointed at a repository."""
    folders = dict.fromkeys([str(Path(program).parent), "/usr/bin", "/bin"])
    return {
        "PATH": os.pathsep.join(folders),
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_PAGER": "cat",
        "GIT_ASKPASS": "false",
        "GIT_SSH_COMMAND": "false",
        "GIT_EDITOR": "false",
        **_ALLOCATION,
    }
