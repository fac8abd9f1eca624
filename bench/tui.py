"""First frame, key latency and a soak of the terminal application: ``python -m bench.tui [frame|latency|soak] [--events 10000]``.

Figures are CPU seconds where they can be, since wall-clock time depends on what else the machine does. Goals: the first frame under
0.5 s of CPU after Python and Textual are imported; a key on the screen under 50 ms at the 95th percentile, while a scan runs and with
500 hypotheses; no exception and no growth over 10,000 random events.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.dom import DOMNode
from textual.pilot import Pilot

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project
    from alloy_assist.tui.app import AlloyApp

FRAME = """
import sys, time
import textual.app, textual.widgets, textual.screen, textual.command
begin = time.process_time()
import asyncio
from pathlib import Path
from alloy_assist.bootstrap import open_project
from alloy_assist.tui.app import AlloyApp

class Timed(AlloyApp):
    def on_ready(self):
        super().on_ready()
        print(time.process_time() - begin)
        print(" ".join(name for name in ("litellm", "tree_sitter", "numpy", "sqlite3", "pygments") if name in sys.modules))

async def main():
    app = Timed(open_project(Path(sys.argv[1])))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()

asyncio.run(main())
"""
_SWING, _DOWN = 40, 30
_RESIZES, _CLICKS = 0.01, 0.03
KEYS = ("j", "k", "J", "K", "n", "p", "tab", "down", "up", "v", "escape", "g", "h", "r", "b", "i", "s", "l", "t", "c", "1", "2", "enter", "space",
        "question_mark", "semicolon", "slash", "a", "x", "e", "m", "w", "u", "y", "z", "d", "f", "o", "left_square_bracket", "right_square_bracket",
        "ctrl+p", "ctrl+t", "backspace", "at", "ctrl+j", "pagedown", "home", "G")  # fmt: skip


def frame(root: Path) -> None:
    """Print the CPU seconds to the first frame, and what was imported that should not be."""
    seconds, imported = [], ""
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", FRAME, str(root)], capture_output=True, text=True, check=True)
        figure, imported = done.stdout.splitlines()[:2]
        seconds.append(float(figure))
    _say(
        f"first frame: {statistics.median(seconds):.2f} s of CPU (median of 5); heavy modules imported by then: {imported or 'none'}"
    )


async def latency(root: Path, folder: Path, hypotheses: int = 500) -> None:
    """Print how long a key takes to reach the screen, idle and while a scan runs in its thread."""
    from alloy_assist.tui.app import AlloyApp
    from fixtures.screens import open_example
    from fixtures.told_survey import checkout_survey

    survey = checkout_survey(root)
    many = tuple(
        survey.hypotheses[number % 4].model_copy(
            update={"id": f"hyp-{number:012d}", "title": f"{number} {survey.hypotheses[number % 4].title}"}
        )
        for number in range(hypotheses)
    )
    project = open_example(
        root, database=folder / "latency.db", survey=survey.model_copy(update={"hypotheses": many}), pace=0.2
    )
    project.scanning.save(survey.model_copy(update={"hypotheses": many}))
    project.close()
    app = AlloyApp(project)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("g", "h")
        await pilot.pause(1)
        for name in ("idle", "while scanning"):
            if name != "idle":
                app.start_scan()
            wall, cpu = [], []
            for number in range(200):
                begin, used = time.perf_counter(), time.process_time()
                await _key_to_screen(app, "j" if number % _SWING < _DOWN else "k")
                wall.append(time.perf_counter() - begin)
                cpu.append(time.process_time() - used)
            _say(
                f"key to screen, {hypotheses} hypotheses, {name}: {_p95(wall) * 1000:.0f} ms wall, {_p95(cpu) * 1000:.0f} ms CPU at the 95th percentile, {statistics.median(wall) * 1000:.0f} ms median"
            )


async def _key_to_screen(app: App[None], key: str) -> None:
    """Send one key, and wait until the list has been drawn with the cursor elsewhere."""
    from textual import events

    from alloy_assist.tui.widgets.rows import RowList

    rows = app.screen.query_one("#list", RowList)
    before = rows.cursor
    drawn = asyncio.Event()
    app.post_message(events.Key(key, key))
    while rows.cursor == before:  # noqa: ASYNC110 - what is waited for is a turn of the event loop
        await asyncio.sleep(0)
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()


async def soak(root: Path, folder: Path, number: int, seed: int = 7) -> None:
    """Press random keys, resize and click; print at each tenth what it costs and holds, and at the end the faults."""
    from fixtures.pictures import prepare

    chance = random.Random(seed)
    app = unending(prepare(root, folder / "soak.db"))
    async with app.run_test(size=(120, 40)) as pilot:
        used = time.process_time()
        for step in range(1, number + 1):
            await disturb(pilot, chance)
            if not app.is_running:
                _say(f"soak: the application ended after {step:,} events")
                break
            if step % max(1, number // 10) == 0:
                spent, used = time.process_time() - used, time.process_time()
                _say(
                    f"soak: {step:,} events, {spent:.0f} s of CPU since the last line, {_held()}, {len(app.unforeseen)} faults"
                )
    for fault in app.unforeseen[:5]:
        _say(f"    {fault!r}")


def unending(project: Project) -> AlloyApp:
    """Return the application without its way out: chance finds it, by a click or in the palette, and all further events would be lost."""
    from alloy_assist.tui.app import AlloyApp

    class Unending(AlloyApp):
        async def action_quit(self) -> None:
            """Stay."""

    return Unending(project)


async def disturb(pilot: Pilot[None], chance: random.Random) -> None:
    """Do one random thing: resize, click, or press a key."""
    draw = chance.random()
    if draw < _RESIZES:
        await pilot.resize_terminal(chance.randint(20, 200), chance.randint(8, 60))
    elif draw < _RESIZES + _CLICKS:
        await pilot.click(offset=(chance.randrange(pilot.app.size.width), chance.randrange(pilot.app.size.height)))
    else:
        await pilot.press(chance.choice(KEYS))


def _held() -> str:
    """What is in memory, in words. The list of objects must not outlive this, or it would hold what it counts."""
    gc.collect()
    things = gc.get_objects()
    nodes = sum(isinstance(thing, DOMNode) for thing in things)
    return f"{_resident():.0f} MB, {len(things):,} objects, {nodes} widgets and screens"


def _resident() -> float:
    """Megabytes of memory now; where the system does not say, the most so far."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("frame", "latency", "soak", "all"), default="all")
    parser.add_argument("--events", type=int, default=10_000)
    chosen = parser.parse_args()
    from fixtures import build_checkout

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = build_checkout(folder / "checkout")
        if chosen.what in {"frame", "all"}:
            frame(root)
        if chosen.what in {"latency", "all"}:
            asyncio.run(latency(root, folder))
        if chosen.what in {"soak", "all"}:
            asyncio.run(soak(root, folder, chosen.events))


if __name__ == "__main__":
    main()
