"""How far a scan is, on standard error: a moving line on a terminal, a line a stage elsewhere, nothing with ``--quiet``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.progress import Progress as Display
from rich.text import Text

from archaeology.progress import Progress, ProgressSink
from archaeology.text import visible_line

_BAR_WIDTH = 20
_STAGE_WIDTH = 14  # "import history"


@contextmanager
def shown_progress(console: Console, narrate: Callable[[str], None]) -> Iterator[ProgressSink]:
    """Give the sink that shows progress on a console while the block runs; ``narrate`` says a line where it is no terminal."""
    if not console.is_terminal:
        yield _lines(narrate)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=_BAR_WIDTH),
        TextColumn("{task.fields[amount]}"),
        _SinceTheBeginning(),
    )
    with Display(*columns, console=console, transient=True) as display:
        yield _Stages(display).show


class _SinceTheBeginning(ProgressColumn):
    """The time of the whole scan; rich's own stops when a stage is full."""

    max_refresh = 0.5

    def __init__(self) -> None:
        self._begin = time.monotonic()
        super().__init__()

    def render(self, task: Task) -> Text:
        """Show the time; the same for every ``task``."""
        del task
        return Text(str(timedelta(seconds=int(time.monotonic() - self._begin))), style="progress.elapsed")


class _Stages:
    """Shows one stage at a time. Each is a task of its own: a total that is not known yet cannot be taken back from a task."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._stage = ""
        self._task: TaskID = self._begin("starting")

    def show(self, step: Progress) -> None:
        """Show a step."""
        if step.stage != self._stage:
            self._display.remove_task(self._task)
            self._task = self._begin(step.stage)
        amount = visible_line(step.note) or (_amount(step) if step.done or step.total else "")
        self._display.update(self._task, completed=step.done, total=step.total, amount=amount)

    def _begin(self, stage: str) -> TaskID:
        self._stage = stage
        return self._display.add_task(f"{visible_line(stage):<{_STAGE_WIDTH}}", total=None, amount="")


def _amount(step: Progress) -> str:
    return f"{step.done:,}" + (f" of {step.total:,}" if step.total else "") + (f" {step.unit}" if step.unit else "")


def _lines(narrate: Callable[[str], None]) -> ProgressSink:
    seen: set[str] = set()

    def show(step: Progress) -> None:
        if step.stage not in seen:
            seen.add(step.stage)
            narrate(f"scan: {step.stage}" + (f" ({step.note})" if step.note else ""))

    return show
