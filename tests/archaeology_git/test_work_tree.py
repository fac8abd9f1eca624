"""The tracked files as they are on disk: what is read, what is not, and what is said of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archaeology.citations import Resolver
from archaeology.errors import RefusedRepositoryError
from archaeology.git import open_repository
from archaeology.git.looking import COPY_BYTES
from archaeology.git.work_tree import WorkTree
from archaeology.inventory import limits_of_work_tree, take_inventory
from archaeology.known_surveys import survey_text, with_limit
from archaeology.reader import RepositoryReader
from archaeology.survey import ScanOptions, known_survey_text, reading, scan
from fixtures.hostile import Canary

Git = Callable[..., bytes]


def listed(tree: WorkTree) -> dict[str, str]:
    return {entry.path: entry.blob for entry in tree.listing.entries}


def said(tree: WorkTree) -> dict[str, tuple[str, ...]]:
    return {limit.kind: limit.paths for limit in limits_of_work_tree(tree)}


@pytest.fixture
def repo(hostile: Path, git: Git) -> Path:
    """The template as it was committed, with nothing changed."""
    git(hostile, "checkout", "-q", "--", ".")
    (hostile / ".gitattributes").write_text("")
    git(hostile, "commit", "-q", "-am", "Drop attributes")
    return hostile


def test_a_clean_tree_is_as_head(repo: Path, git: Git) -> None:
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        assert tree.uncommitted == frozenset()
        assert tree.listing.entries == repository.tree(git(repo, "rev-parse", "HEAD").decode().strip())


def test_every_kind_of_change_is_read_with_the_id_that_git_gives(repo: Path, git: Git) -> None:
    (repo / "pkg" / "core.py").write_bytes(b"import sys\n")
    (repo / "pkg" / "more.py").write_bytes(b"import json\n")
    (repo / "untracked.py").write_bytes(b"import os\n")
    git(repo, "add", "pkg/more.py")
    (repo / "pkg" / "more.py").write_bytes(b"import abc\n")
    (repo / "notes.txt").unlink()
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        ids = listed(tree)
        contents = dict(tree.blobs(ids.values(), 1 << 20))
    assert sorted(ids) == [".gitattributes", "pkg/core.py", "pkg/more.py"]
    for path in ("pkg/core.py", "pkg/more.py"):
        assert ids[path] == git(repo, "hash-object", "--no-filters", path).decode().strip()
        assert contents[ids[path]] == (repo / path).read_bytes()
    assert tree.uncommitted == {"pkg/core.py", "pkg/more.py", "notes.txt"}


def test_a_change_too_quick_and_too_small_for_sizes_and_times(repo: Path) -> None:
    file = repo / "pkg" / "core.py"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"os", b"io"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(repo / ".git" / "index", ns=(before.st_mtime_ns, before.st_mtime_ns))
    with open_repository(repo) as repository:
        assert repository.work_tree().uncommitted == {"pkg/core.py"}


def test_a_file_that_was_only_touched_is_not_changed(repo: Path) -> None:
    os.utime(repo / "pkg" / "core.py", (1, 1))
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        assert tree.uncommitted == frozenset()
        assert not tree.on_disk


def test_links_are_listed_and_never_followed(repo: Path, git: Git, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "core.py").write_text("secret = 1\n")
    (repo / "notes.txt").unlink()
    (repo / "notes.txt").symlink_to(outside / "core.py")
    (repo / "pkg" / "core.py").unlink()
    (repo / "pkg").rmdir()
    (repo / "pkg").symlink_to(outside)
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        ids = listed(tree)
        inventory = take_inventory(tree, "")
        contents = dict(tree.blobs(ids.values(), 1 << 20))
    assert "pkg/core.py" not in ids
    assert not any(b"secret" in (content or b"") for content in contents.values())
    assert inventory.files["notes.txt"].language is None
    assert {flag.value for flag in inventory.files["notes.txt"].flags} == {"symlink"}
    git(repo, "add", "notes.txt")
    assert ids["notes.txt"] == git(repo, "rev-parse", ":notes.txt").decode().strip()


def test_pipes_and_folders_in_the_place_of_files(repo: Path) -> None:
    (repo / "notes.txt").unlink()
    os.mkfifo(repo / "notes.txt")
    (repo / ".gitattributes").unlink()
    (repo / ".gitattributes").mkdir()
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        assert sorted(listed(tree)) == ["pkg/core.py"]
        assert said(tree)["odd_files"] == ("notes.txt",)


def test_what_is_too_large_is_named_and_not_read(repo: Path) -> None:
    with (repo / "notes.txt").open("wb") as file:
        file.truncate(COPY_BYTES + 1)
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        inventory = take_inventory(tree, "")
        assert said(tree)["work_tree_too_large"] == ("notes.txt",)
        assert {flag.value for flag in inventory.files["notes.txt"].flags} == {"too_large"}
        assert RepositoryReader(tree, None, inventory.files).text("notes.txt") is None
        assert not tree.on_disk


def test_filters_do_not_run_and_are_named(hostile: Path, canary: Canary, git: Git) -> None:
    git(hostile, "config", "filter.evil.clean", str(canary.program))
    git(hostile, "config", "filter.evil.process", str(canary.program))
    (hostile / "pkg" / "core.py").write_bytes(b"import os\r\n")
    with open_repository(hostile) as repository:
        tree = repository.work_tree()
        assert said(tree)["filtered"] == ("notes.txt", "pkg/core.py")
    assert not canary.woken


def test_an_unresolved_merge_is_read_once_with_what_stands_in_it(repo: Path, git: Git) -> None:
    git(repo, "checkout", "-q", "-b", "theirs", "HEAD~1")
    (repo / "pkg" / "core.py").write_text("import theirs\n")
    git(repo, "commit", "-q", "-am", "Theirs")
    git(repo, "checkout", "-q", "main")
    (repo / "pkg" / "core.py").write_text("import ours\n")
    git(repo, "commit", "-q", "-am", "Ours")
    git(repo, "merge", "theirs", check=False)
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        content = tree.blob(listed(tree)["pkg/core.py"], 1 << 20)
        assert said(tree)["unmerged"] == ("pkg/core.py",)
    assert content is not None
    assert b"<<<<<<<" in content
    assert [entry.path for entry in tree.listing.entries].count("pkg/core.py") == 1


def test_a_sparse_checkout_is_read_from_the_index(repo: Path, git: Git) -> None:
    git(repo, "update-index", "--skip-worktree", "notes.txt")
    (repo / "notes.txt").unlink()
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        assert "notes.txt" in listed(tree)
        assert tree.uncommitted == frozenset()
        assert said(tree)["sparse"] == ("notes.txt",)


def test_a_file_that_changes_afterwards_is_still_as_it_was(repo: Path) -> None:
    (repo / "notes.txt").write_text("before\n")
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        (repo / "notes.txt").write_text("after\n")
        assert tree.blob(listed(tree)["notes.txt"], 100) == b"before\n"


def test_odd_names_and_bytes_that_are_no_text(repo: Path, git: Git) -> None:
    name = os.fsencode(repo) + b"/caf\xe9\n.py"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(b"import os\n")
    git(repo, "add", "-A")
    with open(name, "ab") as file:  # noqa: PTH123
        file.write(b"import io\n")
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        assert "caf\\xe9\n.py" in tree.uncommitted
        assert tree.blob(listed(tree)["caf\\xe9\n.py"], 100) == b"import os\nimport io\n"


def test_a_bare_repository_says_that_it_has_none(template: Path, tmp_path: Path, git: Git) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(template), "bare")
    with open_repository(tmp_path / "bare") as repository, pytest.raises(RefusedRepositoryError, match="no work tree"):
        repository.work_tree()


def test_citations_of_changed_files_name_no_commit_and_resolve_in_the_tree(repo: Path, git: Git) -> None:
    (repo / "pkg" / "core.py").write_text("import io\n\n\ndef pay():\n    return io.SEEK_SET\n")
    with open_repository(repo) as repository:
        tree = repository.work_tree()
        head = git(repo, "rev-parse", "HEAD").decode().strip()
        files = take_inventory(tree, head).files
        reader = RepositoryReader(tree, head, files, uncommitted=tree.uncommitted)
        changed, same = reader.cite_lines("pkg/core.py", 1, 1), reader.cite_lines("notes.txt", 1, 1)
        assert (changed.commit, changed.blob) == (None, listed(tree)["pkg/core.py"])
        assert same.commit == head
        assert Resolver(tree).resolve(changed).status == "same"
        assert Resolver(repository).resolve(changed).status == "changed"


def test_a_scan_reads_what_is_not_committed_and_head_alone_by_default(repo: Path, tmp_path: Path) -> None:
    (repo / "pkg" / "core.py").write_text("import requests\n")
    options = ScanOptions(cache_folder=tmp_path / "cache")
    with reading(repo, options) as facts:
        assert [found.module for found in facts.code["pkg/core.py"].imports] == ["os"]
    with reading(repo, ScanOptions(work_tree=True)) as facts:
        assert [found.module for found in facts.code["pkg/core.py"].imports] == ["requests"]
        assert len(facts.history.commits) == 4
    default, dirty = scan(repo, options), scan(repo, ScanOptions(work_tree=True, cache_folder=tmp_path / "cache"))
    limits = {limit.kind: limit for limit in default.limits}
    assert limits["uncommitted"].paths == ("pkg/core.py",)
    assert (default.repository.work_tree, dirty.repository.work_tree) == (False, True)
    assert "uncommitted" not in {limit.kind for limit in dirty.limits}
    # Whatever answers, it is the same answer, to the blank.
    text = known_survey_text(repo, options)
    assert text is not None
    assert text == survey_text(scan(repo, options).model_dump(mode="json", by_alias=True))


@pytest.mark.parametrize(
    "there", [[], [{"kind": "cache", "detail": '\n  "limits": [', "count": 1, "paths": ["a", "b"]}]]
)
def test_a_limit_is_added_to_a_text_as_if_it_were_read_and_written_again(there: list[dict[str, object]]) -> None:
    survey = {"limits": there, "observations": [{"limits": []}], "hypotheses": []}
    added = {"kind": "uncommitted", "detail": "\u202e]", "count": 2, "paths": ["x", "]"]}
    assert with_limit(survey_text(survey), added) == survey_text({**survey, "limits": [*there, added]})


def test_a_scan_of_the_tree_is_made_anew_when_a_file_changes(repo: Path, tmp_path: Path) -> None:
    options = ScanOptions(work_tree=True, cache_folder=tmp_path / "cache")
    first = scan(repo, options)
    assert scan(repo, options).timings == first.timings  # from the cache
    (repo / "pkg" / "core.py").write_text("import requests\n")
    assert [limit.paths for limit in scan(repo, options).limits if limit.kind == "work_tree"] == [("pkg/core.py",)]


def test_files_that_were_never_committed_can_be_scanned(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init", "-q", "--template=", "-b", "main", "new")
    (tmp_path / "new" / "a.py").write_text("import os\n")
    git(tmp_path / "new", "add", "a.py")
    with reading(tmp_path / "new", ScanOptions(work_tree=True)) as facts:
        assert list(facts.code) == ["a.py"]
        assert facts.reader.cite_lines("a.py", 1, 1).commit is None
        assert facts.history.partial == "no commit yet"


def test_a_revision_and_the_work_tree_exclude_each_other(repo: Path) -> None:
    with pytest.raises(ValueError, match="on top of HEAD"):
        scan(repo, ScanOptions(revision="main", work_tree=True))
