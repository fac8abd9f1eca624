"""A project with a told survey, the application on it, and ways to wait and to look."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual import events
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from alloy_assist.bootstrap import Project
from alloy_assist.tui.app import AlloyApp
from fixtures import build_checkout
from fixtures.screens import open_example

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

# On an idle machine everything holds within a second; on a machine that others keep busy it takes many.
PATIENCE_SECONDS = 60.0


PARSED: dict[tuple[Any, ...], list[RuleSet]] = {}
# Workers of these groups last as long as what they stand for is on the screen.
LONG_WORK = frozenset({"scan", "dialog", "work"})


class Driver:
    """The application under a pilot."""

    def __init__(self, app: AlloyApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, letting each take effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def write(self, words: str) -> None:
        """Put words where the cursor is, as a terminal pastes them."""
        self.app.post_message(events.Paste(words))
        await self.settle()

    async def go(self, letter: str, area: str) -> None:
        """Go to a main screen by its letter."""
        await self.pilot.press("g", letter)
        await self.until(lambda: self.app.current_mode == area and getattr(self.app.screen, "NAME", "") == area)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the workers at hand are done and the screen is drawn."""
        await self.pilot.pause()
        if await self._workers_ran():
            await self.pilot.pause()

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait until something holds."""
        end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while not holds():
            assert asyncio.get_running_loop().time() < end, f"it never held: {what or holds}\n{self.text}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()

    async def sees(self, *words: str) -> None:
        """Wait until all the words are on the screen."""

        def shown() -> bool:
            text = self.text  # drawn once for all the words
            return all(word in text for word in words)

        await self.until(shown, f"{words!r} on the screen")

    async def sees_any(self, *words: str) -> None:
        """Wait until one of the words is on the screen."""

        def shown() -> bool:
            text = self.text
            return any(word in text for word in words)

        await self.until(shown, f"one of {words!r} on the screen")

    async def take_first_choices(self) -> None:
        """Take the first answer of each question from the first on, and accept what is read aloud."""
        for number in range(2, 9):
            await self.press("1")
            await self.sees_any("[x]", f"question {number}", "Read aloud")
            if "[x]" in self.text:
                await self.press("enter")
            await self.sees_any(f"question {number}", "Read aloud")
            if "Read aloud" in self.text:
                break
        await self.sees("Read aloud:", "We preserve")
        await self.press("a")
        await self.sees("Accepted.", "The record is")

    @property
    def text(self) -> str:
        """What the screen shows, line by line, without trailing spaces."""
        width, height = self.app.size
        lines = self.app.screen._compositor.render_strips() if width and height else []
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)

    @property
    def notices(self) -> str:
        """All notifications so far."""
        return "\n".join(f"{item.title}: {item.message}" for item in self.app._notifications)

    async def _workers_ran(self) -> bool:
        """Wait for the workers at hand, and return whether there were any."""
        end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        ran = False
        while any(worker.is_running and worker.group not in LONG_WORK for worker in self.app.workers):
            assert asyncio.get_running_loop().time() < end, f"it never settled\n{self.text}"
            ran = True
            await asyncio.sleep(0.01)
        return ran


@asynccontextmanager
async def driving(project: Project, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
    app = AlloyApp(project)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
        assert not app.unforeseen, app.unforeseen


@pytest.fixture
def drive() -> Callable[..., Any]:
    """Open the application: ``async with drive(project, size) as driver``."""
    return driving


@pytest.fixture(scope="session")
def told_checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout repository; not for changing."""
    return build_checkout(tmp_path_factory.mktemp("checkout") / "checkout")


@pytest.fixture
def project(told_checkout: Path, tmp_path: Path) -> Project:
    """The checkout project with a database of its own, never scanned."""
    return open_example(told_checkout, database=tmp_path / "alloy.db", cache=tmp_path / "cache")


@pytest.fixture
def scanned(project: Project) -> Project:
    """The checkout project after a scan."""
    project.scanning.save(project.scanning.survey)  # type: ignore[attr-defined]
    project.close()
    return project


class SvgExtension(SingleFileSnapshotExtension):
    """Keeps screenshots as SVG files that a person can open."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Snapshots as SVG."""
    return snapshot.use_extension(SvgExtension)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing blinks, so that a picture is the same at any moment."""
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget, "_toggle_cursor", lambda _: None, raising=False)


@pytest.fixture(autouse=True)
def css_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every application parses the same style sheets, which is most of its start: here the rules are kept from test to test."""
    parse_rules = Stylesheet._parse_rules

    def kept(self: Stylesheet, *arguments: Any, **options: Any) -> list[RuleSet]:
        key = (tuple(self._variables.items()), arguments, tuple(options.items()))
        if key not in PARSED:
            PARSED[key] = parse_rules(self, *arguments, **options)
        return PARSED[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", kept)
