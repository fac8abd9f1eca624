"""Starts the program: `alloy`, `alloy-assist` and `python -m alloy_assist`."""

import sys

TYPE_CHECKING = False  # as in typing, which the quickest answer does without

if TYPE_CHECKING:
    from collections.abc import Callable

    from alloy_assist.bootstrap import Project

EXIT_REFUSED_TO_START = 5
EXIT_INTERRUPTED = 130


def main() -> int:
    """Runs the command line, once it is certain that the packages it imports are ours; returns the exit code."""
    try:
        from alloy_assist._guard import refusal, shadowed_siblings

        if complaints := shadowed_siblings():
            sys.stderr.write(refusal(complaints) + "\n")
            return EXIT_REFUSED_TO_START
        from alloy_assist import cli

        return cli.main(_open_application, _serve_application, write)
    except KeyboardInterrupt:
        # While the program was still being loaded; later ones are told in words.
        return EXIT_INTERRUPTED


def write(text: str, narration: str) -> None:
    """Writes an answer, and a line that is said about it. Here, since below this nothing prints past the output helpers of the command line."""
    if narration:
        sys.stderr.write(f"{narration}\n")
    sys.stdout.write(text)
    sys.stdout.flush()


def _open_application(project: "Project", no_color: bool) -> None:  # noqa: FBT001 - the shape that the command line calls
    """Opens the terminal application. Here, so that the command line itself need not know it."""
    from alloy_assist import tui

    tui.run(project, no_color=no_color)


def _serve_application(project: "Project", port: int, narrate: "Callable[[str], None]") -> None:
    """Opens the same application in a browser."""
    from alloy_assist.tui import serve

    serve.run(project, port=port, narrate=narrate)


if __name__ == "__main__":
    sys.exit(main())
