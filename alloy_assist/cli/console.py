"""Where people read what a command says: no control character gets through, and on a screen lines hang where they wrap."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from archaeology.text import visible

_LEAD = re.compile(r" *(?:(?:\d+\.|[+-]\d+\.\d+|[?!·*-]) +)?")
_NARROWEST = 16


class PersonConsole(Console):
    """A console that lets no control character through, folds lines for screens only, and reports a reader who went away."""

    def print(self, *objects: Any, hang: int | None = None, **options: Any) -> None:
        """Print as rich does; text made visible, whoever forgot to.

        Where it wraps it hangs below its number or mark, or in column ``hang``.
        """
        if not self.is_terminal:
            options.setdefault("soft_wrap", True)
        said = [visible(item) if isinstance(item, str) else item for item in objects]
        if len(said) == 1 and isinstance(said[0], str) and not options.get("soft_wrap"):
            said = ["\n".join(row for line in said[0].split("\n") for row in self._hanging(line, hang))]
        super().print(*said, **options)

    def on_broken_pipe(self) -> None:
        """Tell the program, as Python does, instead of ending it with 1."""
        raise BrokenPipeError

    def _hanging(self, line: str, hang: int | None) -> Iterator[str]:
        """Fold a line to the width of the screen, further rows below where the words of the first one begin."""
        lead = _LEAD.match(line)
        indent = hang if hang is not None else lead.end() if lead else 0
        room = self.width - indent
        if Text(line).cell_len <= self.width or room < _NARROWEST:
            yield line
            return
        for number, row in enumerate(Text(line[indent:]).wrap(self, room)):
            yield (" " * indent if number else line[:indent]) + row.plain.rstrip()


def open_console(*, stderr: bool, no_color: bool) -> PersonConsole:
    """Return the console on standard output or error; in colour unless that is not wanted. Markup in data has no effect there."""
    return PersonConsole(
        stderr=stderr, no_color=no_color or bool(os.environ.get("NO_COLOR")), markup=False, highlight=False, emoji=False
    )
