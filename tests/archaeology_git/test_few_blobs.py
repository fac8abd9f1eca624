"""Objects from a process that stays: the same answers as from a process of its own, whatever is asked and however it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archaeology.errors import GitError, ScanCancelledError
from archaeology.git import open_repository
from archaeology.git.environment import hardened_environment
from archaeology.git.objects import read_objects
from archaeology.git.runner import GitRunner
from archaeology.git.server import ObjectServer
from fixtures.hostile import plain_git

Git = Callable[..., bytes]


@pytest.fixture
def stored(hostile: Path) -> tuple[Path, dict[str, bytes]]:
    """A repository with a hundred blobs of several sizes, by their ids: an empty one, one with newlines, one of ten megabytes."""
    contents = [b"", b"\n\n", b"no newline", b"x" * 10_000_000, *(b"%d\n" % number * number for number in range(96))]
    for number, content in enumerate(contents):
        (hostile / f"{number}.blob").write_bytes(content)
    names = "".join(f"{number}.blob\n" for number in range(len(contents)))
    oids = (
        plain_git(hostile, "hash-object", "-w", "--no-filters", "--stdin-paths", stdin=names.encode()).decode().split()
    )
    return hostile, dict(zip(oids, contents, strict=True))


@pytest.mark.parametrize(("most", "times"), [(1, 1), (3, 1), (64, 1), (65, 1), (200, 1), (200, 2), (3, 700)])
def test_few_and_many_are_answered_alike(stored: tuple[Path, dict[str, bytes]], most: int, times: int) -> None:
    path, known = stored
    with open_repository(path) as repository:
        wanted = [*list(known)[:most] * times, "1" * 40]
        for _ in range(2):
            assert list(repository.blobs(wanted, 1 << 30)) == [(oid, known.get(oid)) for oid in wanted]


def test_what_is_too_large_or_no_blob_is_passed_over_and_the_next_is_there(
    stored: tuple[Path, dict[str, bytes]],
) -> None:
    path, known = stored
    with open_repository(path) as repository:
        for oid, content in known.items():
            assert repository.blob(oid, 1000) == (content if len(content) <= 1000 else None)
        head = repository.resolve(None) or ""
        assert [content for _, content in repository.blobs([head, "2" * 40, next(iter(known))], 10)] == [
            None,
            None,
            b"",
        ]


@pytest.mark.parametrize(("times", "most"), [(1, 1000), (700, 1000), (2, 1 << 30)])
def test_sizes_that_are_told_are_not_asked_for(stored: tuple[Path, dict[str, bytes]], times: int, most: int) -> None:
    path, known = stored
    gone = "1" * 40
    wanted = [*list(known)[:6], gone, *list(known)[6:9]] * times
    told = {oid: len(content) for oid, content in list(known.items())[:8]} | {gone: 7}

    class Asked(ObjectServer):
        asked: list[str] = []  # noqa: RUF012 - one server and one test

        def sizes(self, oids: Sequence[str], kind: bytes = b"blob") -> dict[str, int]:
            self.asked.extend(oids)
            return super().sizes(oids, kind)

    with open_repository(path) as repository:
        runner = repository._runner
        server = Asked(runner)
        found = list(read_objects(runner, server, wanted, most, told=told))
        alone = server.blob(wanted[2], 1000, len(known[wanted[2]])), server.blob(gone, 1000, 7)
        server.close()
        assert found == list(repository.blobs(wanted, most)) == list(repository.blobs(wanted, most, told))
    assert set(server.asked) == {list(known)[8]}
    assert alone == (known[wanted[2]], None)


def test_a_reader_that_stops_early_disturbs_nobody(stored: tuple[Path, dict[str, bytes]]) -> None:
    path, known = stored
    few = list(known)[10:30]
    with open_repository(path) as repository:
        assert next(repository.blobs(few, 1000)) == (few[0], known[few[0]])
        assert dict(repository.blobs(few[5:], 1000)) == {oid: known[oid] for oid in few[5:]}


def test_more_than_fit_a_pipe_are_asked_for_and_another_in_the_middle_of_them(
    stored: tuple[Path, dict[str, bytes]],
) -> None:
    path, known = stored
    small = [oid for oid, content in known.items() if len(content) < 1000]
    with open_repository(path) as repository:
        seen = 0
        for number, (oid, content) in enumerate(repository.blobs(small * 30, 1000)):
            assert (oid, content) == (small[number % len(small)], known[oid])
            if not number % 500:
                other = small[number % 7]
                assert repository.blob(other, 1000) == known[other]
            seen += 1
        assert seen == 30 * len(small)


def test_blobs_are_no_commits_and_the_other_way_round(stored: tuple[Path, dict[str, bytes]]) -> None:
    path, known = stored
    blob = list(known)[20]
    with open_repository(path) as repository:
        head = repository.resolve(None) or ""
        message = repository.commit_message(head)
        assert list(repository.messages([blob, head, "3" * 40], 1000)) == [
            (blob, None),
            (head, message),
            ("3" * 40, None),
        ]
        assert list(repository.blobs([head, blob], 1000)) == [(head, None), (blob, known[blob])]


def test_a_git_that_takes_no_commands_is_said_to_be_too_old(hostile: Path) -> None:
    program = hostile / "old"
    program.write_text("#!/bin/sh\nread -r _\nexit 129\n")
    program.chmod(0o755)
    server = ObjectServer(GitRunner(str(program), hardened_environment(str(program)), hostile))

    with pytest.raises(GitError, match="too old") as refusal:
        server.sizes(["1" * 40])
    assert "2.36" in refusal.value.hint


def test_a_damaged_object_is_an_error_in_words_and_the_others_can_be_read_after_it(
    stored: tuple[Path, dict[str, bytes]],
) -> None:
    path, known = stored
    oid, other = list(known)[50:52]
    loose = path / ".git" / "objects" / oid[:2] / oid[2:]
    data = loose.read_bytes()
    loose.chmod(0o644)
    loose.write_bytes(data[:-4] + b"\0\0\0\0")
    with open_repository(path) as repository:
        with pytest.raises(GitError) as refusal:
            list(repository.blobs([other, oid], 1000))
        assert refusal.value.hint
        assert repository.blob(other, 1000) == known[other]


def test_a_stop_is_heard_while_git_answers(stored: tuple[Path, dict[str, bytes]]) -> None:
    path, known = stored
    asked = False
    with open_repository(path, cancelled=lambda: asked) as repository:
        assert repository.blob(next(iter(known)), 10) == b""
        asked = True
        with pytest.raises(ScanCancelledError):
            list(repository.blobs(list(known)[:3], 1 << 30))
