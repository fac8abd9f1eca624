"""The terminal application: screens over the same operations as the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project


def run(project: Project, no_color: bool = False) -> None:  # noqa: FBT001, FBT002 - the shape that the command line calls
    """Open the application on a project and return when the person leaves it. ``no_color`` does what NO_COLOR does."""
    import os

    if no_color:
        os.environ["NO_COLOR"] = "1"
    from alloy_assist.tui.app import AlloyApp

    AlloyApp(project).run()
