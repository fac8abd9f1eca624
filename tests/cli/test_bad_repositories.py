"""The program in a hostile world: odd repositories, and odd contents of them.

Whatever it meets, it answers in words with the documented exit code, and no raw control character reaches the terminal.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder
from fixtures.repositories import build_checkout
from fixtures.spoken import EVIL


def test_a_folder_that_is_no_repository(alloy: Any, tmp_path: Path) -> None:
    for arguments in (["scan", tmp_path], ["--repo", tmp_path, "intent", "list"], ["--repo", tmp_path, "init"]):
        told = alloy(*arguments, "--json")
        assert told.code == ExitCode.NOT_FOUND
        assert "git init" in told.error["hint"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_a_folder_is_inside_its_repository(alloy: Any, small: RepositoryBuilder) -> None:
    assert alloy("scan", small.folder / "src" / "a.py", "--json", "--no-save").document["repository"]["head"]


def test_the_git_folder_itself_means_its_work_tree(alloy: Any, small: RepositoryBuilder) -> None:
    assert alloy("scan", small.folder / ".git").code == 0
    assert (small.folder / ".alloy" / "alloy.db").exists()
    assert not (small.folder / ".git" / ".alloy").exists()


def test_a_repository_without_a_commit_has_nothing_to_read_and_says_so(alloy: Any, tmp_path: Path) -> None:
    RepositoryBuilder(tmp_path / "unborn")
    told = alloy("scan", tmp_path / "unborn", "--json")
    assert told.code == 0
    assert told.document["repository"]["head"] is None
    assert [limit["kind"] for limit in told.document["limits"]] == ["unborn"]
    assert "no commit yet" in alloy("scan", tmp_path / "unborn").out


def test_a_bare_repository_is_scanned_and_keeps_nothing_inside_itself(
    alloy: Any, small: RepositoryBuilder, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.git"
    small.git("clone", "--quiet", "--bare", str(small.folder), str(bare))
    before = sorted(bare.rglob("*"))
    told = alloy("scan", bare)
    assert told.code == 0
    assert "bare.git: 1 source files, 2 commits" in told.out
    assert "Nothing was kept" in told.err
    assert "--db FILE" in told.err
    for arguments in (["intent", "list"], ["init"], ["brief", "list"], ["check"]):
        refused = alloy("--repo", bare, *arguments, "--json")
        assert refused.code == ExitCode.REFUSED
        assert "--db" in refused.error["hint"]
    assert sorted(bare.rglob("*")) == before
    kept = alloy("scan", bare, "--db", tmp_path / "kept.db")
    assert (kept.code, "Nothing was kept" in kept.err) == (0, False)
    assert alloy("--repo", bare, "--db", tmp_path / "kept.db", "hypothesis", "list").code == 0


def test_shallow_clones_worktrees_and_detached_heads(alloy: Any, small: RepositoryBuilder, tmp_path: Path) -> None:
    small.git("clone", "--quiet", "--depth", "1", small.folder.as_uri(), str(tmp_path / "shallow"))
    small.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), "HEAD~1")
    shallow = alloy("scan", tmp_path / "shallow", "--json").document
    assert shallow["repository"]["shallow"] is True
    assert any("shallow" in limit["detail"] for limit in shallow["limits"])
    linked = alloy("scan", tmp_path / "linked", "--json").document["repository"]
    assert (linked["branch"], linked["counts"]["commits"]) == (None, 1)
    assert (tmp_path / "linked" / ".alloy" / "alloy.db").exists()


def test_a_shared_clone_is_refused_with_a_way_out(alloy: Any, small: RepositoryBuilder, tmp_path: Path) -> None:
    small.git("clone", "--quiet", "--shared", str(small.folder), str(tmp_path / "shared"))
    told = alloy("scan", tmp_path / "shared", "--json")
    assert told.code == ExitCode.REFUSED
    assert "git repack" in told.error["hint"]


def test_large_binary_and_undecodable_files_are_left_out_and_said(alloy: Any, small: RepositoryBuilder) -> None:
    small.write("huge.py", b"x = 1\n" * (50 * 2**20 // 6)).write("noise.py", bytes(range(256)) * 400)
    small.write("latin.py", "# caf\xe9: do not remove, because\nclass C: pass\n".encode("latin-1"))
    small.commit("Odd files")
    (small.folder / os.fsdecode(b"caf\xe9\xff.py")).write_bytes(b"class D: pass\n")
    small.git("add", "--all")
    tree = small.git("write-tree").strip()
    message = b"not \xff\xfe UTF-8, because\x1b[2J\n"
    made = subprocess.run(
        ["git", "commit-tree", tree, "-p", "HEAD"], cwd=small.folder, input=message, capture_output=True, check=True
    )
    small.git("update-ref", "HEAD", made.stdout.decode().strip())
    told = alloy("scan", small.folder, "--json")
    assert told.code == 0
    limits = {path for limit in told.document["limits"] for path in limit["paths"]}
    assert "huge.py" in limits
    assert "caf\\xe9\\xff.py" in limits


def test_no_control_character_of_a_repository_reaches_the_terminal(alloy: Any, tmp_path: Path) -> None:
    folder = build_checkout(tmp_path / f"evil{EVIL}")
    person = f"Ev{EVIL}il <evil{EVIL}@example.org>"
    builder = RepositoryBuilder(folder)
    builder.write("src/app/__init__.py", "").write(
        f"src/app/dom{EVIL}ain.py", f'"""Doc {EVIL}"""\nclass Gateway: ...\n'
    )
    builder.write("src/app/web.py", f"# HACK: workaround {EVIL} for #12, do not remove\nraise ValueError('{EVIL}')\n")
    builder.write("docs/adr/0001.md", f"# 1. Use {EVIL}\n\nStatus: Accepted\n\nWe must never {EVIL} import web.\n")
    builder.write(
        ".github/workflows/ci.yml", f'name: "{EVIL}"\non: push\njobs:\n  t:\n    steps:\n      - run: "{EVIL}"\n'
    )
    builder.commit(f"Begin {EVIL} because", author=person)
    for number in range(5):
        builder.append("src/app/web.py", f"RETRIES_{number} = {number}\n")
        undone = builder.commit(f"Change {EVIL} {number} to avoid {EVIL}", author=person)
        builder.revert(undone, f"because {EVIL} it broke")
    assert "␛" in alloy("scan", folder, "--all").out.partition("\n")[2]
    found = alloy("scan", folder, "--json").document["hypotheses"]
    best = next(each for each in found if "\x1b" in each["title"] or "␛" in each["title"])
    for arguments in (
        ["hypothesis", "list"],
        ["hypothesis", "show", best["id"]],
        ["hypothesis", "confirm", best["id"]],
        ["intent", "list"],
        ["check"],
        ["init", "--offline"],
        ["doctor"],
        ["backup"],
        ["scan", f"{tmp_path}/{EVIL}"],
        [f"{EVIL}"],
        ["intent", "show", f"{EVIL}"],
    ):
        alloy("--repo", folder, *arguments)
