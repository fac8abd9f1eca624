"""The command line: headless commands, and the door to the terminal user interface."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in typing, which the quickest answer does without
if TYPE_CHECKING:
    from alloy_assist.cli.at_once import Write
    from alloy_assist.cli.launch import OpenApplication, ServeApplication


def main(open_application: OpenApplication, serve_application: ServeApplication, write: Write) -> int:
    """Run the command line on ``sys.argv`` and return its exit code.

    The two first functions open the terminal application: they are handed in, because no headless command may load it.
    """
    from alloy_assist.cli.at_once import answer

    if (code := answer(sys.argv[1:], write)) is not None:
        return code
    from alloy_assist.cli.app import main as run

    return run(None, open_application, serve_application)
