"""Odd metadata: links, pipes and pointers that lead elsewhere are refused in words, and nothing hangs or runs."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archaeology.errors import NotARepositoryError, RefusedRepositoryError
from archaeology.git import open_repository
from fixtures.hostile import head_of

Git = Callable[..., bytes]
Read = Callable[[Path], str]

REFUSED = "RefusedRepositoryError"
pytestmark = pytest.mark.timeout(30)


def as_link(relative: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / ".git" / relative
        elsewhere = folder.parent / "elsewhere"
        if path.exists():
            shutil.move(path, elsewhere)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            elsewhere.write_text("0" * 40 + "\n")
        path.symlink_to(elsewhere)

    return change


def as_pipe(relative: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / ".git" / relative
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)

    return change


def as_text(relative: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / ".git" / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return change


def added_to_config(lines: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / ".git" / "config").open("a") as config:
            config.write(f"\n{lines}\n")

    return change


def loose_object(folder: Path) -> Path:
    return next(path for path in sorted((folder / ".git" / "objects").glob("??/*")) if path.is_file())


def object_as_link(folder: Path) -> None:
    path = loose_object(folder)
    moved = folder.parent / "object"
    shutil.move(path, moved)
    path.symlink_to(moved)


def object_as_pipe(folder: Path) -> None:
    path = loose_object(folder)
    path.unlink()
    os.mkfifo(path)


def git_folder_as_link(folder: Path) -> None:
    shutil.move(folder / ".git", folder.parent / "moved")
    (folder / ".git").symlink_to(folder.parent / "moved")


def git_file_to_elsewhere(folder: Path) -> None:
    shutil.move(folder / ".git", folder.parent / "victim")
    (folder / ".git").write_text(f"gitdir: {folder.parent / 'victim'}\n")


def worktree_of_another(folder: Path) -> None:
    """A planted ``.git`` file that names a worktree registered for somebody else's folder."""
    victim = folder.parent / "victim"
    shutil.move(folder / ".git", victim)
    private = victim / "worktrees" / "w"
    private.mkdir(parents=True)
    (private / "commondir").write_text("../..\n")
    (private / "gitdir").write_text(f"{folder.parent / 'other' / '.git'}\n")
    (private / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / ".git").write_text(f"gitdir: {private}\n")


def alternates(line: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        shutil.move(folder / ".git" / "objects", folder.parent / "store")
        info = folder / ".git" / "objects" / "info"
        info.mkdir(parents=True)
        (info / "alternates").write_text(line.format(store=folder.parent / "store"))

    return change


CASES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "HEAD is a link": (as_link("HEAD"), {REFUSED}),
    "HEAD is a pipe": (as_pipe("HEAD"), {REFUSED}),
    "HEAD is huge": (as_text("HEAD", "ref: refs/heads/" + "a" * 5000), {REFUSED}),
    "HEAD is nonsense": (as_text("HEAD", "\x1b]52;c;AAAA\x07\n"), {REFUSED}),
    "HEAD leaves refs": (as_text("HEAD", "ref: refs/../../../etc/passwd\n"), {REFUSED}),
    "HEAD names a missing commit": (as_text("HEAD", "1" * 40 + "\n"), {"UnknownRevisionError"}),
    "config is a link": (as_link("config"), {REFUSED}),
    "config is a pipe": (as_pipe("config"), {REFUSED}),
    "config is broken": (as_text("config", "[core\nbroken"), {"read", REFUSED}),
    "config is huge": (as_text("config", "# " + "a" * (2 << 20)), {REFUSED}),
    "config of a later format": (added_to_config("[core]\nrepositoryformatversion = 7"), {REFUSED}),
    "config with an unknown extension": (
        added_to_config("[core]\nrepositoryformatversion = 1\n[extensions]\nfuture = true"),
        {REFUSED},
    ),
    "config of another object format": (
        added_to_config("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256"),
        {REFUSED, "GitError", "UnknownRevisionError", "unborn"},
    ),
    "work tree elsewhere": (added_to_config("[core]\nworktree = /etc"), {REFUSED}),
    "work tree above": (added_to_config("[core]\nworktree = ../.."), {REFUSED}),
    "packed refs are a link": (as_link("packed-refs"), {REFUSED}),
    "packed refs are a pipe": (as_pipe("packed-refs"), {REFUSED}),
    "packed refs are nonsense": (as_text("packed-refs", "nonsense\n"), {"read", "GitError", "UnknownRevisionError"}),
    "refs are a link": (as_link("refs"), {REFUSED}),
    "branches are a link": (as_link("refs/heads"), {REFUSED}),
    "a branch is a link": (as_link("refs/heads/main"), {REFUSED}),
    "a branch is a pipe": (as_pipe("refs/heads/other"), {REFUSED}),
    "a branch is nonsense": (as_text("refs/heads/other", "nonsense"), {"read"}),
    "a branch leaves refs": (as_text("refs/heads/other", "ref: refs/../../HEAD"), {"read"}),
    "a ring of branches": (as_text("refs/heads/main", "ref: refs/heads/main"), {"unborn", "UnknownRevisionError"}),
    "a branch with a name for terminals": (as_text("refs/heads/\x1b[31mred\x07", "0" * 40), {"read"}),
    "the index is a link": (as_link("index"), {REFUSED}),
    "the index is a pipe": (as_pipe("index"), {REFUSED}),
    "the index is nonsense": (as_text("index", "DIRC nonsense"), {"GitError"}),
    "the shallow file is a link": (as_link("shallow"), {REFUSED}),
    "the shallow file is a pipe": (as_pipe("shallow"), {REFUSED}),
    "the shallow file is nonsense": (as_text("shallow", "nonsense\n"), {"GitError", "unborn", "UnknownRevisionError"}),
    "objects are a link": (as_link("objects"), {REFUSED}),
    "packs are a link": (as_link("objects/pack"), {REFUSED}),
    "an object is a link": (object_as_link, {REFUSED}),
    "an object is a pipe": (object_as_pipe, {REFUSED}),
    "alternates are a pipe": (as_pipe("objects/info/alternates"), {REFUSED}),
    "objects borrowed": (alternates("{store}\n"), {REFUSED}),
    "objects borrowed by a relative path": (alternates("../../../store\n"), {REFUSED}),
    "objects borrowed by a quoted path": (alternates('"{store}"\n'), {REFUSED}),
    "objects borrowed over the network": (
        as_text("objects/info/http-alternates", "http://nowhere.invalid/\n"),
        {REFUSED},
    ),
    "the git folder is a link": (git_folder_as_link, {REFUSED}),
    "a git file that leads elsewhere": (git_file_to_elsewhere, {REFUSED}),
    "a worktree of another folder": (worktree_of_another, {REFUSED}),
    "a common folder elsewhere": (as_text("commondir", "/etc\n"), {REFUSED}),
    "a pack of nonsense": (as_text("objects/pack/pack-" + "1" * 40 + ".pack", "PACK nonsense"), {"read"}),
    "a commit graph of nonsense": (as_text("objects/info/commit-graph", "CGPH nonsense"), {"read"}),
    "a mailmap that is a pipe": (lambda folder: os.mkfifo(folder / ".mailmap"), {"read"}),
    "an ignore file that is a pipe": (lambda folder: os.mkfifo(folder / ".gitignore"), {"read"}),
    "exclusions that are a pipe": (as_pipe("info/exclude"), {"read"}),
    "attributes of the repository that are a pipe": (as_pipe("info/attributes"), {"read"}),
    "revisions to ignore that are a pipe": (added_to_config("[blame]\nignoreRevsFile = .git/info/pipe"), {"read"}),
}


@pytest.mark.parametrize("name", CASES)
def test_odd_metadata_is_refused_or_harmless(name: str, hostile: Path, read: Read) -> None:
    change, outcomes = CASES[name]
    change(hostile)

    assert read(hostile) in outcomes


@pytest.mark.parametrize(
    "path", [".gitattributes", ".gitmodules", "pkg/.gitattributes", "pkg/core.py", "pkg/.gitignore", ".mailmap"]
)
def test_a_pipe_in_the_work_tree_does_not_hang(path: str, hostile: Path, read: Read) -> None:
    (hostile / path).unlink(missing_ok=True)
    os.mkfifo(hostile / path)
    (hostile / "pkg" / "core.py").touch() if path != "pkg/core.py" else None

    assert read(hostile) == "read"
    with open_repository(hostile) as repository:
        assert "notes.txt" in repository.changed_paths()


@pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "core.py", ".."])
def test_a_tracked_file_that_became_a_link_is_not_followed(target: str, hostile: Path, read: Read) -> None:
    (hostile / "pkg" / "core.py").unlink()
    (hostile / "pkg" / "core.py").symlink_to(target)

    assert read(hostile) == "read"
    with open_repository(hostile) as repository:
        assert "pkg/core.py" in repository.changed_paths()


def test_refusals_name_the_way_out(hostile: Path, template: Path) -> None:
    alternates("{store}\n")(hostile)

    with pytest.raises(RefusedRepositoryError) as refusal:
        open_repository(hostile)

    assert "borrows objects" in str(refusal.value)
    assert "git repack" in refusal.value.hint


def test_a_trusted_store_may_be_borrowed_from(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alternates("{store}\n")(hostile)

    with open_repository(hostile, object_stores=[hostile.parent / "store"]) as repository:
        assert head_of(repository)
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(hostile.parent))
    with open_repository(hostile) as repository:
        assert len(list(repository.raw_log(head_of(repository)))) == 3


def test_replacements_and_grafts_are_not_followed(hostile: Path, git: Git) -> None:
    tip, first = git(hostile, "rev-parse", "HEAD", "v1").decode().split()
    git(hostile, "replace", tip, first)
    (hostile / ".git" / "info").mkdir(exist_ok=True)
    (hostile / ".git" / "info" / "grafts").write_text(f"{tip}\n")
    git(hostile, "pack-refs", "--all")

    with open_repository(hostile) as repository:
        assert len(list(repository.raw_log(tip))) == 3
        assert "replacements" in {limit.kind for limit in repository.limits()}


def test_another_owners_repository_is_refused(hostile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(RefusedRepositoryError, match="belongs to another user"):
        open_repository(hostile)

    (tmp_path / ".gitconfig").write_text(f"[user]\n\tname = x\n[safe]\n\tdirectory = {hostile}\n")
    with open_repository(hostile) as repository:
        assert repository.root == hostile


def test_an_embedded_bare_repository_is_not_discovered(hostile: Path, git: Git) -> None:
    git(hostile, "clone", "-q", "--bare", str(hostile), str(hostile / "pkg" / "inner"))
    (hostile / "pkg" / "inner" / "hooks" / "deep").mkdir(parents=True)

    with open_repository(hostile / "pkg" / "inner" / "hooks" / "deep") as repository:
        assert repository.root == hostile


@pytest.mark.parametrize("where", [".", "..", "missing", "file/inside"])
def test_what_is_no_repository_says_so(where: str, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").write_text("x")

    with pytest.raises(NotARepositoryError) as refusal:
        open_repository(tmp_path / "plain" / where)

    assert refusal.value.hint


def test_nothing_is_left_behind_and_nothing_is_written(
    hostile: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = snapshot(hostile)

    assert read(hostile) == "read"

    assert snapshot(hostile) == before
    assert list(scratch.iterdir()) == []


def test_a_repository_that_nobody_closed_leaves_nothing_behind(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    repository = open_repository(hostile)
    assert list(scratch.iterdir())
    del repository
    gc.collect()

    assert list(scratch.iterdir()) == []


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
    }
