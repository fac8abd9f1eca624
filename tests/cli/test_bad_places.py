"""Odd places to keep things: an `.alloy` that is none, links, damaged settings and databases, disks that are full or read-only.

What was there stays as it was, and no result is lost.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder


@pytest.mark.parametrize("kind", ["file", "link", "dangling link", "pipe"])
def test_an_alloy_that_is_no_folder_is_refused_and_nothing_is_written_through_it(
    alloy: Any, small: RepositoryBuilder, tmp_path: Path, kind: str
) -> None:
    place, elsewhere = small.folder / ".alloy", tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        place.write_text("mine\n")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(elsewhere if kind == "link" else tmp_path / "nowhere")
    for arguments in (["scan"], ["init", "--offline"], ["intent", "list"]):
        told = alloy("--repo", small.folder, *arguments, "--json")
        assert told.code == ExitCode.REFUSED
        assert "Move it away" in told.error["hint"]
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "nowhere").exists()
    assert kind != "file" or place.read_text() == "mine\n"


@pytest.mark.parametrize("name", ["alloy.db", "config.toml", ".gitignore", "briefs", "backups"])
def test_a_link_inside_alloy_is_not_followed(alloy: Any, small: RepositoryBuilder, tmp_path: Path, name: str) -> None:
    (small.folder / ".alloy").mkdir()
    (small.folder / ".alloy" / name).symlink_to(tmp_path / "outside")
    told = alloy("--repo", small.folder, "init", "--offline", "--json")
    assert told.code == ExitCode.REFUSED
    assert name in told.error["message"]
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[model\nchoice =", "not TOML"),
        (b"\xff\xfe", "cannot be read"),
        (b'[scan]\njobs = "x"\n', "'scan.jobs'"),
        (b"model = 3\n", "'model'"),
        (b"#" * (2 << 20), "larger than"),
    ],
)
def test_malformed_settings_are_named_and_never_overwritten(
    alloy: Any, small: RepositoryBuilder, content: bytes, words: str
) -> None:
    config = small.folder / ".alloy" / "config.toml"
    config.parent.mkdir()
    config.write_bytes(content)
    for arguments in (["scan"], ["init", "--offline"]):
        told = alloy("--repo", small.folder, *arguments, "--json")
        assert told.code == ExitCode.USAGE
        assert words in told.error["message"]
    assert config.read_bytes() == content
    assert alloy("--repo", small.folder, "doctor").code == ExitCode.NOT_SO


@pytest.mark.parametrize("damage", ["noise", "empty", "folder", "half"])
def test_a_damaged_database_costs_no_result_and_stays_as_it_is(
    alloy: Any, small: RepositoryBuilder, damage: str
) -> None:
    database = small.folder / ".alloy" / "alloy.db"
    database.parent.mkdir()
    if damage == "folder":
        database.mkdir()
    elif damage == "half":
        alloy("--repo", small.folder, "init")
        database.write_bytes(database.read_bytes()[:9000])
    else:
        database.write_bytes(b"\x07noise" * 900 if damage == "noise" else b"")
    before = database.read_bytes() if database.is_file() else b""
    told = alloy("scan", small.folder, "--json")
    assert told.code == ExitCode.OUTSIDE_FAILED
    assert told.document["schema_version"] == "alloy.survey.v1"
    assert "alloy.db" in told.err
    assert alloy("--repo", small.folder, "intent", "list", "--json").error["hint"]
    assert (database.read_bytes() if database.is_file() else b"") == before


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes, with a repository on it."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("Only root can mount a file system of its own.")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("This machine does not let even root mount a file system.")
    try:
        RepositoryBuilder(place / "repo").write("a.py", "import os\n").commit("Begin")
        yield place
    finally:
        subprocess.run(["umount", str(place)], capture_output=True, check=True)


def test_a_full_disk_costs_no_result_and_no_data(alloy: Any, little_disk: Path) -> None:
    repository, filler = little_disk / "repo", little_disk / "filler"
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        file.writelines(b"x" * 4096 for _ in range(1000))
    told = alloy("scan", repository, "--json")
    assert told.code == ExitCode.OUTSIDE_FAILED
    assert told.document["schema_version"] == "alloy.survey.v1"
    assert "No space left" in told.err
    assert alloy("--repo", repository, "init").code == ExitCode.OUTSIDE_FAILED
    filler.unlink()
    assert alloy("scan", repository).code == 0
    assert "/alloy.db*" in (repository / ".alloy" / ".gitignore").read_text()


def test_a_read_only_disk_shows_the_results_and_says_that_nothing_was_kept(alloy: Any, little_disk: Path) -> None:
    repository = little_disk / "repo"
    subprocess.run(["mount", "-o", "remount,ro", str(little_disk)], check=True, capture_output=True)
    told = alloy("scan", repository, "--json")
    assert told.code == 0
    assert told.document["schema_version"] == "alloy.survey.v1"
    assert "Nothing was kept" in told.err
    assert alloy("--repo", repository, "intent", "list", "--json").code == ExitCode.REFUSED
    subprocess.run(["mount", "-o", "remount,rw", str(little_disk)], check=True, capture_output=True)
    assert alloy("scan", repository).code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(little_disk)], check=True, capture_output=True)
    again = alloy("scan", repository)
    assert (again.code, "Nothing was kept" in again.err) == (0, True)
    assert alloy("--repo", repository, "hypothesis", "list").code == 0


def test_a_folder_that_may_not_be_written_or_read(alloy: Any, small: RepositoryBuilder, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("Nothing is forbidden to root; the test of a read-only disk stands in for this one.")
    small.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        told = alloy("scan", small.folder)
        assert (told.code, "Nothing was kept" in told.err) == (0, True)
        (tmp_path / "closed" / "inner").mkdir(parents=True)
        (tmp_path / "closed").chmod(0)
        assert alloy("scan", tmp_path / "closed").code == ExitCode.NOT_FOUND
    finally:
        small.folder.chmod(0o755)
        (tmp_path / "closed").chmod(0o755)
