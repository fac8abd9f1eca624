"""The answer for which no command line need be built: what is known of an unchanged repository, asked for in the plainest words.

Scripts ask ``alloy scan --json --no-save`` often, and loading click takes longer than the answer. So arguments are looked at here
first. What is not exactly of that form, or cannot be answered from what is known, or goes wrong, is left to the command line, which
begins anew and is the one that knows the options and how errors are told.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

TYPE_CHECKING = False  # as in typing, which is not needed for anything else
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from archaeology.options import ScanOptions

    Write = Callable[[str, str], None]

UNCHANGED = "scan: unchanged since the last scan"
_COMMAND = "scan"
_NEEDED = frozenset({"--json", "--no-save"})
_QUIET = frozenset({"--quiet", "-q"})
_OTHERS = frozenset({"--no-input", "--no-color"})  # neither matters where nobody is asked and nothing is coloured


def answer(arguments: Sequence[str], write: Write) -> int | None:
    """Print the survey that is known and return the exit code; None, with nothing printed, leaves all to the command line.

    ``write`` gets the survey and what is said about it. Surveys are kept as ASCII, so that no control character can be in them.
    """
    if not _is_plain(arguments) or sys.stdout is None or sys.stderr is None:
        return None
    # So little is made here that there is nothing to collect, neither on the way nor when the program ends.
    gc.disable()
    try:
        code = _answered(arguments, write)
    finally:
        gc.enable()
    if code is not None:
        gc.freeze()
    return code


def known_text(path: Path, options: ScanOptions) -> str | None:
    """Return as JSON text the survey that is known already of the repository around ``path``, if there is one.

    No project is opened, since nothing will be kept. Raises as :func:`archaeology.survey.known_survey_text`.
    """
    from alloy_assist.operations.places import cache_folder
    from archaeology.location import find_root
    from archaeology.survey import known_survey_text

    return known_survey_text(find_root(path), options._replace(cache_folder=cache_folder()))


def _answered(arguments: Sequence[str], write: Write) -> int | None:
    from alloy_assist.cli.signals import terminable
    from archaeology.options import ScanOptions

    begun = False
    try:
        with terminable():
            text = None
            with suppress(Exception):  # the command line runs into it again, and tells it
                text = known_text(_place(arguments), ScanOptions())
            if text is None:
                return None
            begun = True
            write(text, UNCHANGED if _QUIET.isdisjoint(arguments) else "")
    except (OSError, KeyboardInterrupt) as error:
        from alloy_assist.cli.reporting import ended_by

        return ended_by(error, as_json=not begun)
    return os.EX_OK


def _is_plain(arguments: Sequence[str]) -> bool:
    """Whether they are the command, its two flags, others that change nothing that is printed, and one path or none."""
    if not arguments or arguments[0] != _COMMAND:
        return False
    rest = set(arguments[1:])
    words = [argument for argument in arguments[1:] if not argument.startswith("-")]
    return rest >= _NEEDED and rest <= {*_NEEDED, *_QUIET, *_OTHERS, *words} and len(words) <= 1 and "" not in words


def _place(arguments: Sequence[str]) -> Path:
    from pathlib import Path

    return Path(next((argument for argument in arguments[1:] if not argument.startswith("-")), "."))
