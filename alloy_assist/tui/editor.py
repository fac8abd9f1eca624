"""Opening a file of the repository in the person's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from textual.app import SuspendNotSupported

from alloy_assist.errors import OutsideError
from alloy_assist.tui.host import Host

_GOTO_STYLES = {"code": "goto", "codium": "goto", "subl": "colon", "hx": "colon", "zed": "colon"}


def edit(host: Host, root: Path, place: tuple[str, int]) -> None:
    """Give the terminal to the editor on a path and line of the repository at ``root``; what goes wrong is told on the screen."""
    try:
        command = editor_command(inside(root, place[0]), place[1])
        with host.suspend():
            run_editor(command)
    except SuspendNotSupported:
        host.say("Here no editor can be opened; in a terminal it can.", severity="warning")
    except Exception as error:  # noqa: BLE001 - an editor that fails must not end the session
        host.tell(error)
    host.refresh(layout=True)


def editor_command(path: Path, line: int) -> list[str]:
    """Return the argument vector that opens ``path`` at ``line``. Raises OutsideError where no editor is set or found."""
    wanted = (
        os.environ.get("VISUAL")
        or os.environ.get("EDITOR")
        or next((name for name in ("nano", "vim", "vi") if shutil.which(name)), "")
    )
    parts = shlex.split(wanted)
    if not parts or shutil.which(parts[0]) is None:
        message = f"There is no editor to open {path.name!r} with."
        raise OutsideError(message, hint="Set EDITOR to the name of yours.")
    name = Path(parts[0]).stem
    # `--` is not understood by all; an absolute path cannot be taken for an option anyway.
    if _GOTO_STYLES.get(name) == "goto":
        return [*parts, "--goto", f"{path}:{line}"]
    if _GOTO_STYLES.get(name) == "colon":
        return [*parts, f"{path}:{line}"]
    return [*parts, f"+{line}", str(path)]


def inside(root: Path, relative: str) -> Path:
    """Return the file of the repository, refusing everything that leads out of it. Raises OutsideError."""
    try:
        path = (root / relative).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        message = f"{relative!r} cannot be opened: {error}"
        raise OutsideError(message) from error
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        message = f"{relative!r} is not a file in the work tree."
        raise OutsideError(message, hint="It may be gone from the work tree, or lead out of the repository.")
    return path


def run_editor(command: list[str]) -> None:
    """Run the editor until it ends. Raises OutsideError where it cannot be started."""
    try:
        subprocess.run(command, check=False)
    except OSError as error:
        message = f"The editor {command[0]!r} cannot be started: {error.strerror}"
        raise OutsideError(message, hint="Set EDITOR to one that can.") from error
