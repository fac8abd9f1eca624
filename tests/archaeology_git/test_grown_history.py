"""A history that grew since it was read: only what is new is asked of git, and the result is what reading everything gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archaeology.cache import Cache
from archaeology.git import LogBatch, Repository, open_repository
from archaeology.history import PackedLog, join, packer, read_log
from archaeology.history.blobs import Blobs
from fixtures.hostile import plain_git

Git = Callable[..., bytes]

_SUBJECTS = (
    "Add a thing",
    "Fix a crash in the cart",
    'Revert "Add a thing"',
    "Keep prices apart because the vendor changes them (#12)",
    "Merge pull request #12 from mara/prices\n\nKeep prices apart",
    "Do it this way so that nobody waits for the bank, otherwise they leave.",
)
_PEOPLE = (
    "Mara <mara@example.org>",
    "mara <MARA@example.org>",
    "Ola <ola@example.org>",
    "Ola <>",
    "dependabot[bot] <bot@noreply.example.org>",
)


class Asked:
    """A repository that remembers what was asked of its log."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.excluded: list[str | None] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._repository, name)

    def log_batches(self, *arguments: Any, exclude: str | None = None, **options: Any) -> Iterator[LogBatch]:
        self.excluded.append(exclude)
        return self._repository.log_batches(*arguments, exclude=exclude, **options)

    def read(self, revision: str, cache: Cache | None = None) -> PackedLog:
        self.excluded.clear()
        return read_log(self, self._repository.resolve(revision) or "", cache=cache)  # type: ignore[arg-type]

    @property
    def was_read_whole(self) -> bool:
        """Whether everything was asked for, and not only what is new."""
        return None in self.excluded


def assert_same(left: PackedLog | Blobs, right: PackedLog | Blobs) -> None:
    for field in fields(left):
        one, other = getattr(left, field.name), getattr(right, field.name)
        if isinstance(one, np.ndarray):
            assert one.dtype == other.dtype, field.name
            assert np.array_equal(one, other), field.name
        elif isinstance(one, Blobs):
            assert_same(one, other)
        else:
            assert one == other, field.name


def tell(folder: Path, *commits: str) -> Path:
    """Make a repository out of commits in the language of fast-import; commit n becomes the tag ``cn``."""
    folder.mkdir()
    plain_git(folder, "init", "-q", "-b", "main")
    tags = "".join(f"reset refs/tags/c{number}\nfrom :{number}\n\n" for number in range(1, len(commits) + 1))
    plain_git(folder, "fast-import", "--quiet", "--force", stdin=("".join(commits) + tags).encode())
    return folder


def commit(
    number: int,
    parents: tuple[int, ...],
    time: int,
    *changes: str,
    who: str = "Mara <mara@example.org>",
    message: str = "Change",
) -> str:
    came_from = "".join(f"{word} :{parent}\n" for word, parent in zip(["from", *["merge"] * 9], parents, strict=False))
    return (
        f"commit refs/heads/n{number}\nmark :{number}\ncommitter {who} {time} +0000\n"
        f"data {len(message.encode())}\n{message}\n{came_from}" + "".join(changes) + "\n"
    )


def file(path: str, content: str) -> str:
    return f"M 100644 inline {path}\ndata {len(content.encode())}\n{content}\n"


def random_commits(seed: int, count: int = 50) -> list[str]:
    """Return a history with branches off old commits, merges, moves, reverts, roots of its own, and clocks that go wrong."""
    chance = random.Random(seed)
    commits: list[str] = []
    paths: dict[int, frozenset[str]] = {}
    time = 1_600_000_000
    for number in range(1, count + 1):
        time += chance.choice((0, 0, 60, 3_600, 86_400))
        said = time - chance.choice((0, 0, 0, 0, 0, 0, 0, 90_000, 900_000)) * chance.randrange(2)
        older = [*range(max(1, number - 6), number), *range(1, number)]
        few = 0 if number == 1 or chance.random() < 0.02 else chance.choice((1, 1, 1, 1, 2, 3))
        parents = tuple(dict.fromkeys(chance.choice(older) for _ in range(few)))
        there = paths[parents[0]] if parents else frozenset[str]()
        changes = [file(f"src/{chance.randrange(12)}.py", f"{seed} {number}")]
        if there and chance.random() < 0.3:
            moved = chance.choice(sorted(there))
            changes.insert(0, f"R {moved} moved/{number}.py\n")
            there = there - {moved} | {f"moved/{number}.py"}
        paths[number] = there | {changes[-1].split()[3]}
        who, message = chance.choice(_PEOPLE), chance.choice(_SUBJECTS)
        commits.append(commit(number, parents, said, *changes, who=who, message=message))
    return commits


@pytest.mark.parametrize("seed", range(8))
def test_a_grown_history_is_what_reading_it_anew_gives(seed: int, tmp_path: Path) -> None:
    folder = tell(tmp_path / "repo", *random_commits(seed))
    chance = random.Random(seed)
    with open_repository(folder) as repository:
        asked = Asked(repository)
        joined = 0
        for round_ in range(6):
            before, after = chance.randint(20, 50), chance.randint(35, 50)
            with Cache.open(tmp_path / str(round_)) as cache:
                asked.read(f"c{before}", cache)
                grown = asked.read(f"c{after}", cache)
                joined += not asked.was_read_whole
                assert_same(grown, asked.read(f"c{after}"))
        assert joined


def test_what_is_new_is_all_that_is_asked_for(tmp_path: Path) -> None:
    commits = [commit(n, (n - 1,) if n > 1 else (), 1_600_000_000 + 60 * n, file("a.py", str(n))) for n in range(1, 9)]
    folder = tell(tmp_path / "repo", *commits)
    with open_repository(folder) as repository, Cache.open(tmp_path / "cache") as cache:
        asked = Asked(repository)
        asked.read("c5", cache)
        assert asked.was_read_whole
        for later in ("c5", "c6", "c8", "c3"):
            assert_same(asked.read(later, cache), read_log(repository, repository.resolve(later) or ""))
            assert not asked.was_read_whole
        assert len(asked.read("c8", cache)) == 8


def test_a_branch_off_an_old_commit_and_a_rebased_one(tmp_path: Path) -> None:
    line = [commit(n, (n - 1,) if n > 1 else (), 1_600_000_000 + 60 * n, file(f"{n}.py", "x")) for n in range(1, 7)]
    branch = commit(7, (2,), 1_600_000_150, file("b.py", "b"), who="Ola <ola@example.org>")
    merge = commit(8, (6, 7), 1_600_001_000)
    rebased = commit(9, (3,), 1_600_000_400, file("4.py", "x"))
    folder = tell(tmp_path / "repo", *line, branch, merge, rebased)
    with open_repository(folder) as repository, Cache.open(tmp_path / "cache") as cache:
        asked = Asked(repository)
        asked.read("c6", cache)
        for later, count in (("c8", 8), ("c9", 4)):
            grown = asked.read(later, cache)
            assert not asked.was_read_whole
            assert len(grown) == count
            assert_same(grown, asked.read(later))


def test_old_commits_in_another_order_are_read_anew(tmp_path: Path) -> None:
    # The third is older by its clock than its parent, which a new branch names before it does.
    folder = tell(
        tmp_path / "repo",
        commit(1, (), 1_000, file("a.py", "1")),
        commit(2, (1,), 9_000, file("a.py", "2")),
        commit(3, (2,), 2_000, file("a.py", "3")),
        commit(4, (2,), 9_500, file("b.py", "4")),
        commit(5, (3, 4), 9_900),
    )
    with open_repository(folder) as repository, Cache.open(tmp_path / "cache") as cache:
        asked = Asked(repository)
        before = asked.read("c3", cache)
        after = asked.read("c5", cache)
        assert asked.was_read_whole
        old = [oid for oid in (after.oid(n) for n in range(5)) if oid in {before.oid(n) for n in range(3)}]
        assert old != [before.oid(n) for n in range(3)]
        assert_same(after, asked.read("c5"))


def test_somebody_who_turns_out_to_be_a_bot_is_read_anew(tmp_path: Path) -> None:
    why = "Wait a little because the bank is slow on Mondays"
    folder = tell(
        tmp_path / "repo",
        commit(1, (), 1_000, file("a.py", "1"), who="Ola <ola@example.org>", message=why),
        commit(2, (1,), 2_000, file("a.py", "2"), who="Ola <ola@example.org>", message=why),
        commit(3, (2,), 3_000, file("a.py", "3"), who="ola-bot <ola@example.org>", message=why),
    )
    with open_repository(folder) as repository, Cache.open(tmp_path / "cache") as cache:
        asked = Asked(repository)
        assert len(asked.read("c2", cache).sentences) == 2
        after = asked.read("c3", cache)
        assert asked.was_read_whole
        assert after.sentences == ()
        assert_same(after, asked.read("c3"))


@pytest.mark.parametrize("most", [1, 3, 4, 5, 6, 100])
def test_caps_bite_where_they_would_have_bitten(most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (packer, join):
        monkeypatch.setattr(module, "MAX_SENTENCES", most)
        monkeypatch.setattr(module, "MAX_UNDOINGS", most)
    message = 'Revert "X"\n\nIt was wrong because it waited.\n\nIt was late so that nobody knew it at all.'
    folder = tell(
        tmp_path / "repo",
        *(commit(n, (n - 1,) if n > 1 else (), 1_000 * n, file("a.py", str(n)), message=message) for n in range(1, 7)),
    )
    with open_repository(folder) as repository:
        asked = Asked(repository)
        for before, after in (("c4", "c6"), ("c6", "c4"), ("c5", "c6")):
            with Cache.open(tmp_path / before / after) as cache:
                asked.read(before, cache)
                assert_same(asked.read(after, cache), asked.read(after))


def test_commits_that_were_thrown_away_are_no_base(tmp_path: Path, git: Git) -> None:
    folder = tell(tmp_path / "repo", *random_commits(1, 12))
    with Cache.open(tmp_path / "cache") as cache:
        with open_repository(folder) as repository:
            tip = repository.resolve("c12") or ""
            read_log(repository, tip, cache=cache)
        kept = git(folder, "rev-parse", "c1").decode().strip()
        for name in git(folder, "for-each-ref", "--format=%(refname)").decode().split():
            if git(folder, "rev-parse", name).decode().strip() != kept:
                git(folder, "update-ref", "-d", name)
        git(folder, "update-ref", "refs/heads/main", kept)
        git(folder, "-c", "gc.reflogExpire=now", "gc", "-q", "--prune=now")
        with open_repository(folder) as repository:
            asked = Asked(repository)
            assert_same(asked.read(kept, cache), asked.read(kept))


def test_a_shallow_clone_that_is_deepened_is_another_history(tmp_path: Path, git: Git) -> None:
    line = [commit(n, (n - 1,) if n > 1 else (), 1_000 * n, file("a.py", str(n))) for n in range(1, 9)]
    origin = tell(tmp_path / "origin", *line)
    git(origin, "update-ref", "refs/heads/main", "c8")
    git(tmp_path, "clone", "-q", "--depth=3", "--no-tags", f"file://{origin}", "clone")
    with Cache.open(tmp_path / "cache") as cache:
        for count in (3, 5, 8):
            git(tmp_path / "clone", "fetch", "-q", f"--depth={count}", "origin", "main")
            with open_repository(tmp_path / "clone") as repository:
                asked = Asked(repository)
                log = asked.read("HEAD", cache)
                assert len(log) == count
                assert_same(log, asked.read("HEAD"))


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"[]", b"\xff", b'{"oid_size": 20, "commits": 50, "sums": {}}', b"[" * 9_999]
)
@pytest.mark.parametrize("part", ["", ":blobs:0", ":sentences:0", ":paths:0", ":times:0"])
def test_a_damaged_entry_costs_a_reading(part: str, damage: bytes, tmp_path: Path) -> None:
    folder = tell(tmp_path / "repo", *random_commits(2, 6))
    with open_repository(folder) as repository, Cache.open(tmp_path / "cache") as cache:
        writing = Recording(cache)
        asked = Asked(repository)
        whole = asked.read("c6", writing)  # type: ignore[arg-type]
        (kind, key) = next((kind, key) for kind, key in writing.written if key.endswith(part or writing.written[-1][1]))
        cache.put_many(kind, {key: damage})
        assert_same(asked.read("c6", cache), whole)
        assert asked.was_read_whole


class Recording:
    """A cache that remembers what was written to it."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self.written: list[tuple[str, str]] = []

    def get_many(self, kind: str, keys: list[str]) -> dict[str, bytes]:
        return self._cache.get_many(kind, keys)

    def put_many(self, kind: str, items: dict[str, bytes]) -> None:
        self.written += [(kind, key) for key in items]
        self._cache.put_many(kind, items)


def test_a_log_from_a_date_on_is_never_taken_for_a_whole_one(tmp_path: Path) -> None:
    line = [commit(n, (n - 1,) if n > 1 else (), 1_600_000_000 + 90_000 * n, file("a.py", str(n))) for n in range(1, 6)]
    folder = tell(tmp_path / "repo", *line)
    with open_repository(folder) as repository, Cache.open(tmp_path / "cache") as cache:
        tip = repository.resolve("c5") or ""
        since = read_log(repository, tip, since="@1600300000", cache=cache)
        assert 0 < len(since) < 5
        assert len(read_log(repository, tip, cache=cache)) == 5
        assert len(read_log(repository, tip, since="@1600300000", cache=cache)) == len(since)
