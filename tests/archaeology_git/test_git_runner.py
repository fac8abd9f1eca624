"""Git itself under control: cancelled, past its deadline, too loud."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from archaeology.errors import GitError, ScanCancelledError
from archaeology.git import Repository, open_repository
from archaeology.git.environment import hardened_environment
from archaeology.git.runner import GitRunner


def test_cancelling_kills_git(template: Path) -> None:
    answers = iter([False] * 30)
    repository = open_repository(template, cancelled=lambda: next(answers, True))
    before = children()

    with repository, pytest.raises(ScanCancelledError):
        resolve_often(repository)

    assert children() <= before


def resolve_often(repository: Repository) -> None:
    for _ in range(20):
        repository.resolve("HEAD")


def children() -> set[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return {int(number) for number in listed.read_text().split()} if listed.exists() else set()


def test_a_deadline_ends_git(hostile: Path) -> None:
    program = hostile / "slow"
    program.write_text("#!/bin/sh\nsleep 30 &\nsleep 30\n")
    program.chmod(0o755)
    runner = GitRunner(str(program), hardened_environment(str(program)), hostile)
    begin, before = time.monotonic(), children()

    with pytest.raises(GitError, match="took too long"):
        runner.run(["status"], timeout=0.3)

    assert time.monotonic() - begin < 20  # of the 30 that it would have taken; a busy machine takes some for itself
    assert children() <= before


def test_a_deadline_counts_no_time_that_the_reader_takes(hostile: Path) -> None:
    program = hostile / "steady"
    program.write_text("#!/bin/sh\nfor n in 1 2 3 4; do echo $n; sleep 0.1; done\n")
    program.chmod(0o755)
    runner = GitRunner(str(program), hardened_environment(str(program)), hostile)
    read = b""

    for chunk in runner.stream(["status"], timeout=4.0):
        read += chunk
        time.sleep(2.5)

    assert read == b"1\n2\n3\n4\n"


def test_output_is_capped(hostile: Path) -> None:
    program = hostile / "loud"
    program.write_text("#!/bin/sh\nexec yes\n")
    program.chmod(0o755)
    runner = GitRunner(str(program), hardened_environment(str(program)), hostile)

    with pytest.raises(GitError, match="MiB of output"):
        runner.run(["status"], max_output=1 << 20)
