"""``alloy``, ``alloy open`` and ``alloy serve``: the doors to the terminal application, which is handed in and not imported."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alloy_assist.cli.output import Session, common
from alloy_assist.errors import UsageError

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

OpenApplication = Callable[["Project", bool], None]
ServeApplication = Callable[["Project", int, Callable[[str], None]], None]
OPEN_KEY = "alloy.open_application"
SERVE_KEY = "alloy.serve_application"
_root = click.Group()


@common(_root, "open", example="alloy\nalloy ../shop")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def open_(session: Session, path: Path | None) -> None:
    """Open the terminal application on the repository at PATH (default: here)."""
    del path  # the session's repository, already
    if session.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "The application needs a terminal."
        raise UsageError(
            message, hint="Without one: `alloy scan --json`, `alloy interview --answers FILE`, `alloy --help`."
        )
    _handed_in(OPEN_KEY)(session.project, session.no_color)


@common(_root, "serve", example="alloy serve --port 8042")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8042, show_default=True, help="The port on the loopback interface."
)
def serve(session: Session, port: int) -> None:
    """Open the same application in a browser, on this machine only, behind a one-time token."""
    _handed_in(SERVE_KEY)(session.project, port, session.narrate)


def _handed_in(key: str) -> Callable[..., Any]:
    function = click.get_current_context().find_root().meta.get(key)
    if function is None:
        message = "The terminal application is not part of this installation."
        raise UsageError(message, hint="Use the headless commands: `alloy --help`.")
    return function  # type: ignore[no-any-return]
