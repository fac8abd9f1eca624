"""Every screen as it was looked at and found good, at three sizes, and again for the documentation."""

import re
from pathlib import Path
from typing import Any

import pytest

from fixtures.pictures import prepare, tour


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_looks_as_it_was_found_good(
    size: tuple[int, int], told_checkout: Path, tmp_path: Path, pictures: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(told_checkout.parent))
    monkeypatch.setenv("XDG_STATE_HOME", str(told_checkout.parent / ".state"))
    project = prepare(told_checkout, tmp_path / "alloy.db")
    drawn = {name: svg async for name, svg in tour(project, size)}
    for name, svg in drawn.items():
        assert svg == pictures(name=f"{name}-{size[0]}x{size[1]}")


def test_no_picture_names_a_place_on_the_machine_that_drew_it() -> None:
    folder = Path(__file__).parent.parent.parent / "docs" / "images"
    drawn = sorted(folder.glob("*.svg"))
    assert len(drawn) >= 9
    for picture in drawn:
        assert not re.search(r"/tmp/|/root|/home/|/work", picture.read_text(encoding="utf-8")), picture.name
