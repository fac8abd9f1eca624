"""What a killed program leaves behind, and a repository that goes away while it is read."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from archaeology.errors import RepositoryGoneError
from archaeology.git import open_repository
from archaeology.git.leftovers import PREFIX, Claim, sweep
from archaeology.progress import Progress
from archaeology.survey import ScanOptions, scan
from fixtures.hostile import head_of

NOW = 1_000_000.0


def folder_aged(parent: Path, name: str, seconds: float) -> Path:
    folder = parent / name
    folder.mkdir()
    os.utime(folder, (NOW - seconds, NOW - seconds))
    return folder


def test_only_what_nobody_uses_is_swept(tmp_path: Path) -> None:
    used = folder_aged(tmp_path, PREFIX + "used", 0)
    claim = Claim(used)
    dead = folder_aged(tmp_path, PREFIX + "dead", 0)
    Claim(dead).release()
    new = folder_aged(tmp_path, PREFIX + "new", 0)
    Claim(new).release()
    for folder, age in ((used, 1e5), (dead, 120.0), (new, 10.0)):
        os.utime(folder, (NOW - age, NOW - age))
    unclaimed = folder_aged(tmp_path, PREFIX + "unclaimed", 3600)
    ancient = folder_aged(tmp_path, PREFIX + "ancient", 1e5)
    other = folder_aged(tmp_path, "somebody-else", 1e6)
    target = folder_aged(tmp_path, "target", 1e6)
    link = tmp_path / (PREFIX + "link")
    link.symlink_to(target)
    assert sweep(tmp_path, NOW) == 2
    assert not dead.exists()
    assert not ancient.exists()
    assert all(path.exists() for path in (used, new, unclaimed, other, target, link))
    claim.release()
    claim.release()
    assert sweep(tmp_path, NOW) == 1


def test_a_claim_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("precious\n")
    trap = tmp_path / (PREFIX + "trap")
    trap.mkdir()
    (trap / "in-use").symlink_to(tmp_path / "elsewhere")
    os.utime(trap, (1, 1))
    assert sweep(tmp_path, NOW) == 0
    assert (tmp_path / "elsewhere").read_text() == "precious\n"


def test_a_repository_in_use_is_claimed_until_it_is_closed(template: Path) -> None:
    with open_repository(template) as repository:
        shadow = repository.shadow_folder
        os.utime(shadow, (1, 1))
        sweep(shadow.parent, NOW)
        assert head_of(repository)
    assert not shadow.exists()


def test_a_repository_that_is_moved_away_says_so(hostile: Path, tmp_path: Path) -> None:
    with open_repository(hostile) as repository:
        head = head_of(repository)
        hostile.rename(tmp_path / "elsewhere")
        with pytest.raises(RepositoryGoneError, match="moved or deleted") as told:
            list(repository.raw_log(head))
        assert "fsck" not in told.value.hint
        with pytest.raises(RepositoryGoneError):
            repository.require_presence(head)


def test_temporary_files_that_are_cleaned_away_say_so(hostile: Path) -> None:
    with open_repository(hostile) as repository:
        shutil.rmtree(repository.shadow_folder)
        with pytest.raises(RepositoryGoneError, match="temporary"):
            repository.resolve("main")


@pytest.mark.parametrize("stage", ["parse", "history", "documents"])
@pytest.mark.parametrize("what", [".", ".git/objects", "contents of .git/objects"])
def test_a_scan_of_a_repository_that_goes_away_ends_in_words_and_keeps_nothing(
    hostile: Path, tmp_path: Path, stage: str, what: str
) -> None:
    gone = threading.Event()

    def watch(step: Progress) -> None:
        if step.stage == stage and not gone.is_set():
            gone.set()
            folder = hostile / what.removeprefix("contents of ")
            if what.startswith("contents"):
                for inside in folder.iterdir():
                    shutil.rmtree(inside)
            else:
                folder.rename(tmp_path / "away")

    options = ScanOptions(cache_folder=tmp_path / "cache")
    with pytest.raises(RepositoryGoneError):
        scan(hostile, options, watch)
    assert gone.is_set()
