"""What a repository tells: revisions, trees, blobs, the stream, single commits; and repositories of every odd but honest kind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archaeology.errors import GitError, NotARepositoryError, UnknownRevisionError
from archaeology.git import Repository, open_repository
from archaeology.inventory import take_inventory
from fixtures.builder import RepositoryBuilder
from fixtures.hostile import head_of

Git = Callable[..., bytes]
Read = Callable[[Path], str]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def opened(template: Path) -> Iterator[Repository]:
    with open_repository(template) as repository:
        yield repository


def test_info_says_where_the_repository_stands(opened: Repository, template: Path, git: Git) -> None:
    head = git(template, "rev-parse", "HEAD").decode().strip()

    info = opened.info()

    assert (info.root, info.head, info.branch, info.shallow, info.bare) == (str(template), head, "main", False, False)
    assert opened.info("v1").revision == opened.resolve("v1") != head


def test_the_root_is_found_from_a_folder_or_file_inside(template: Path) -> None:
    for place in (template / "pkg", template / "pkg" / "core.py", template / ".git"):
        with open_repository(place) as repository:
            assert repository.root == template


@pytest.mark.parametrize(
    "revision", ["", "-x", "--all", ":notes.txt", "no\0pe", "a\nb", "HEAD:notes.txt", "mian", "x" * 2000, "\udcff"]
)
def test_what_is_no_revision_says_so(revision: str, opened: Repository) -> None:
    with pytest.raises(UnknownRevisionError) as refusal:
        opened.resolve(revision)

    assert refusal.value.hint
    if revision == "mian":
        assert "main" in refusal.value.hint


def test_references_are_listed_by_kind_and_name(opened: Repository) -> None:
    named = [(reference.kind, reference.name) for reference in opened.references()]

    assert named == [("branch", "main"), ("branch", "side"), ("tag", "v1")]


def test_the_tree_and_its_blobs(opened: Repository) -> None:
    head = head_of(opened)
    entries = {entry.path: entry for entry in opened.tree(head)}

    assert sorted(entries) == [".gitattributes", "notes.txt", "pkg/core.py"]
    assert entries["notes.txt"].size == 4
    assert opened.blob(entries["notes.txt"].blob) == b"two\n"
    assert opened.blob("0" * 40) is None
    assert opened.blob(entries["pkg/core.py"].blob, max_bytes=10) is None
    wanted = [entries["notes.txt"].blob, "1" * 40, head, entries["notes.txt"].blob]
    assert [content for _, content in opened.blobs(wanted)] == [b"two\n", None, None, b"two\n"]


def test_names_never_reach_git_as_objects(opened: Repository) -> None:
    for name in ("HEAD", "main", "--help", "a" * 39):
        with pytest.raises(ValueError, match="full object id"):
            opened.blob(name)


def test_one_commit_with_its_diff(opened: Repository) -> None:
    detail = opened.show(head_of(opened))

    assert (detail.message, detail.author, detail.email) == ("Fix pay", "Mara", "mara@example.org")
    assert "+    return os.name + '!'" in detail.diff
    assert not detail.truncated
    cut = opened.show(head_of(opened), max_diff_bytes=20)
    assert cut.truncated
    assert len(cut.diff) == 20


def test_blame_names_the_commit_of_each_line(opened: Repository) -> None:
    lines = opened.blame("pkg/core.py", 4, 5, head_of(opened))

    assert [(line.line, line.summary) for line in lines] == [(4, "Add core"), (5, "Fix pay")]
    with pytest.raises(GitError):
        opened.blame("missing.py", 1, 1, head_of(opened))


def test_the_stream_gives_changes_newest_first(opened: Repository) -> None:
    commits = list(opened.raw_log(head_of(opened)))

    assert [commit.message.splitlines()[0] for commit in commits] == [
        b"Fix pay",
        b"Change notes because one was not enough",
        b"Add core",
    ]
    assert [(change.path, change.status) for change in commits[1].changes()] == [("notes.txt", "M")]
    assert {change.old_blob for change in commits[2].changes()} == {"0" * 40}
    assert [commit.oid for commit in opened.raw_log(commits[0].oid, exclude=commits[1].oid)] == [commits[0].oid]
    assert len(list(opened.raw_log(commits[0].oid, max_count=2))) == 2


def test_the_fingerprint_changes_with_the_work_tree_and_head(hostile: Path, git: Git) -> None:
    def fingerprint() -> str:
        with open_repository(hostile) as repository:
            return repository.fingerprint()

    first = fingerprint()
    assert fingerprint() == first
    (hostile / "notes.txt").write_text("other\n")
    second = fingerprint()
    assert second != first
    git(hostile, "commit", "-q", "-am", "More")
    third = fingerprint()
    assert third not in {first, second}
    (hostile / "pkg" / "core.py").touch()
    assert fingerprint() == third


def test_staged_deleted_and_touched_paths(hostile: Path, git: Git) -> None:
    (hostile / "new.py").write_text("x = 1\n")
    git(hostile, "add", "new.py")
    (hostile / ".gitattributes").unlink()
    (hostile / "pkg" / "core.py").touch()

    with open_repository(hostile) as repository:
        assert repository.changed_paths() == {"new.py", ".gitattributes", "notes.txt"}


def test_unborn(tmp_path: Path) -> None:
    RepositoryBuilder(tmp_path)

    with open_repository(tmp_path) as repository:
        assert repository.resolve(None) is None
        assert repository.info().branch == "main"
        assert repository.changed_paths() == frozenset()
        assert repository.fingerprint()
        with pytest.raises(UnknownRevisionError):
            repository.resolve("main")


def test_detached(hostile: Path, git: Git) -> None:
    git(hostile, "checkout", "-q", "--detach", "-f", "v1")

    with open_repository(hostile) as repository:
        assert repository.branch is None
        assert repository.resolve(None) == repository.resolve("v1")


def test_bare(template: Path, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(template), "bare.git")

    with open_repository(tmp_path / "bare.git") as repository:
        assert repository.info().bare
        assert len(repository.tree(head_of(repository))) == 3
        assert repository.changed_paths() == frozenset()


def test_a_linked_worktree(template: Path, hostile: Path, tmp_path: Path, git: Git) -> None:
    git(hostile, "worktree", "add", "-q", "-f", str(tmp_path / "linked"), "side")
    (tmp_path / "linked" / "notes.txt").write_text("changed\n")

    with open_repository(tmp_path / "linked" / "pkg") as repository:
        assert repository.root == tmp_path / "linked"
        assert repository.branch == "side"
        assert repository.changed_paths() == {"notes.txt"}
        assert len(list(repository.raw_log(head_of(repository)))) == 2


def test_a_submodule_is_named_and_can_be_scanned_by_itself(template: Path, hostile: Path, git: Git) -> None:
    git(hostile, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(template), "inner")
    git(hostile, "commit", "-q", "-m", "Add inner")

    with open_repository(hostile) as repository:
        inventory = take_inventory(repository, head_of(repository))
        assert {str(flag) for flag in inventory.files["inner"].flags} == {"submodule"}
        assert "submodules" in {limit.kind for limit in inventory.limits}
        assert not any(path.startswith("inner/") for path in inventory.files)
    with open_repository(hostile / "inner") as inner:
        assert inner.root == hostile / "inner"
        assert len(inner.tree(head_of(inner))) == 3


def test_shallow(template: Path, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{template}", "shallow")

    with open_repository(tmp_path / "shallow") as repository:
        assert repository.info().shallow
        assert len(list(repository.raw_log(head_of(repository)))) == 1
        assert "shallow" in {limit.kind for limit in repository.limits()}


@pytest.mark.parametrize("wanted", ["blob:none", "tree:0"])
def test_partial_clones_are_read_as_far_as_they_go(
    wanted: str, template: Path, hostile: Path, tmp_path: Path, git: Git
) -> None:
    git(hostile, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={wanted}", f"file://{hostile}", "partial")

    with open_repository(tmp_path / "partial") as repository:
        assert repository.partial
        assert "partial_clone" in {limit.kind for limit in repository.limits()}
        head = head_of(repository)
        if wanted == "blob:none":
            inventory = take_inventory(repository, head)
            assert "missing_objects" in {limit.kind for limit in inventory.limits}
            assert inventory.files["pkg/core.py"].language == "python"
        else:
            with pytest.raises(GitError):
                repository.tree(head)


def test_sha256(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path, object_format="sha256")
    builder.write("a.py", "x = 1\n").commit("Add a")

    with open_repository(tmp_path) as repository:
        head = head_of(repository)
        assert len(head) == 64
        assert repository.blob(repository.tree(head)[0].blob) == b"x = 1\n"
        assert [change.path for commit in repository.raw_log(head) for change in commit.changes()] == ["a.py"]


def test_reftable_is_refused_in_words_where_git_cannot_read_it(hostile: Path, read: Read) -> None:
    config = hostile / ".git" / "config"
    config.write_text(
        config.read_text().replace("repositoryformatversion = 0", "repositoryformatversion = 1")
        + "\n[extensions]\nrefStorage = reftable\n"
    )
    (hostile / ".git" / "reftable").mkdir()
    (hostile / ".git" / "reftable" / "tables.list").write_text("")

    assert read(hostile) in {"GitError", "RefusedRepositoryError", "unborn"}


def test_a_folder_without_permission() -> None:
    # Root may read everything, so the look is taken by a child that gave up its rights, after it imported what it needs.
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom archaeology.git.layout import find_layout\n"
        "from archaeology.errors import ArchaeologyError\n"
        "if os.geteuid() == 0:\n    os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try:\n    find_layout(Path(sys.argv[1]))\nexcept ArchaeologyError as error:\n    print(type(error).__name__, error.hint)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret"
        secret.mkdir()
        secret.chmod(0)
        result = subprocess.run(
            [sys.executable, "-c", script, str(secret)], capture_output=True, text=True, check=False, cwd=ROOT
        )
        secret.chmod(0o700)

    assert result.stdout.startswith(("RefusedRepositoryError", "NotARepositoryError")), result.stderr
    assert len(result.stdout.split()) > 3


def test_git_that_is_not_there(template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(GitError, match="not found"):
        open_repository(template)


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(NotARepositoryError):
        open_repository(tmp_path / "nowhere")
