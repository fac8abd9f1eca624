"""The application as a page's child process: started by ``alloy_assist.tui.serve`` for each connection."""

from __future__ import annotations

import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    """Open the application on the repository and database that are named."""
    from alloy_assist.bootstrap import open_project
    from alloy_assist.tui import run

    root, database = arguments
    run(open_project(Path(root), db=Path(database)))


if __name__ == "__main__":
    main(sys.argv[1:])
