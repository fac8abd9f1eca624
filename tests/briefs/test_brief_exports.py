"""The files of a compiled brief: every changed byte is noticed, only ours is overwritten, and a disk that fails leaves what was there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.errors import AlloyError, OutsideError, RefusedError
from alloy_assist.operations.brief_files import plan_files
from fixtures.briefing import approved
from store.runs import BriefState


def test_a_changed_byte_in_any_exported_file_is_noticed(project: Project) -> None:
    identity = approved(project.briefing)
    files = project.briefing.compile(identity).files
    brief = next(
        project.root / path
        for path in files
        if path.suffix == ".json" and path.parent.name == "briefs" and "evidence" not in path.name
    )
    for path in files:
        place = project.root / path
        before = place.read_bytes()
        changed = bytearray(before)
        changed[len(changed) // 2] ^= 1
        place.write_bytes(changed)
        assert not project.briefing.verify(brief).ok, path
        assert not project.briefing.verify(identity).ok, path
        place.write_bytes(before)
    assert project.briefing.verify(brief).ok


def test_only_what_is_ours_is_overwritten(project: Project) -> None:
    identity = approved(project.briefing)
    files = project.briefing.compile(identity).files
    target = project.root / next(path for path in files if path.suffix == ".md" and path.parent.name == "briefs")
    target.write_text("somebody's own words")
    plan = project.briefing.export(identity, dry_run=True)
    assert [item.action for item in plan].count("refused") == 1
    target.with_name("keep").write_text("x")
    with pytest.raises(RefusedError, match="not overwritten"):
        project.briefing.export(identity)
    assert target.read_text() == "somebody's own words"
    target.unlink()
    (project.root / files[0]).unlink()
    actions = {item.path: item.action for item in project.briefing.export(identity)}
    assert actions[target.relative_to(project.root)] == "create"
    assert set(actions.values()) == {"create", "unchanged"}


def test_a_symbolic_link_is_never_followed_out_of_the_repository(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project.root / ".alloy" / "prompts").symlink_to(outside)
    identity = approved(project.briefing)
    with pytest.raises(AlloyError, match=r"symbolic link|leads elsewhere"):
        project.briefing.compile(identity)
    assert list(outside.iterdir()) == []
    plan = plan_files(project.root, {".alloy/prompts/x.md": b"x"}, ".alloy/briefs/x.sha256")
    assert [(item.action, "symbolic link" in item.reason) for item in plan] == [("refused", True)]


def test_an_export_that_cannot_be_written_is_told_and_repeated(project: Project) -> None:
    identity = approved(project.briefing)
    blocker = project.root / ".alloy" / "prompts"
    blocker.write_text("in the way")
    with pytest.raises(RefusedError, match="not a folder"):
        project.briefing.compile(identity)
    assert project.briefing.show(identity).state is BriefState.COMPILED
    assert not (project.root / ".alloy" / "briefs").exists()
    blocker.unlink()
    assert {item.action for item in project.briefing.export(identity)} == {"create"}
    assert project.briefing.verify(identity).ok


def test_a_disk_that_fails_leaves_what_was_there(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = approved(project.briefing)
    written: list[str] = []

    def full(handle: int) -> None:
        written.append(str(handle))
        if len(written) > 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideError, match="No space left"):
        project.briefing.compile(identity)
    monkeypatch.undo()
    left = [path for path in (project.root / ".alloy").rglob("*") if path.is_file() and path.name.startswith(".alloy-")]
    assert left == []
    project.briefing.export(identity)
    assert project.briefing.verify(identity).ok
