"""The builder of repositories, and the stories told with it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures import (
    FactsBuilder,
    RepositoryBuilder,
    build_bland,
    build_checkout,
    build_generated,
    build_layered,
)


def test_the_same_steps_give_the_same_commit(tmp_path: Path) -> None:
    heads = {_two_commits(tmp_path / name).head() for name in ("a", "b")}
    assert len(heads) == 1


def test_the_users_git_settings_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = _two_commits(tmp_path / "plain").head()
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Nobody\n[commit]\n\tgpgsign = true\n[core]\n\tautocrlf = true\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert _two_commits(tmp_path / "odd").head() == plain


def test_authors_and_dates_are_kept(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path)
    builder.write("a.txt", "a\n").commit("By hand", "Zoë Q <zoe@example.org>", "2020-02-29T12:00")
    assert builder.git("log", "-1", "--format=%an|%ae|%aI|%cn").strip() == (
        "Zoë Q|zoe@example.org|2020-02-29T12:00:00+00:00|Zoë Q"
    )


def test_branches_merges_reverts_and_renames(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path)
    builder.write("a.txt", "a\n").commit("Add a")
    builder.branch("side").write("b.txt", "b\n")
    added = builder.commit("Add b")
    builder.checkout("main").rename("a.txt", "c/a.txt").commit("Move a")
    merge = builder.merge("side")
    undo = builder.revert(added, "It was not needed.")
    assert len(builder.git("rev-list", "--parents", "-1", merge).split()) == 3
    assert builder.git("log", "-1", "--format=%B", undo) == (
        f'Revert "Add b"\n\nThis reverts commit {added}.\n\nIt was not needed.\n\n'
    )
    assert builder.git("ls-files").split() == ["c/a.txt"]


def test_hostile_content_can_be_committed(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path)
    builder.write("odd\nname \x1b[31m.py", b"\xff\xfe\x00").symlink("out", "/etc/passwd")
    builder.commit("")
    assert builder.git("ls-files", "-z").split("\0")[:2] == ["odd\nname \x1b[31m.py", "out"]


def test_a_replacement_must_fit_exactly_once(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path).write("a.txt", "x x\n")
    with pytest.raises(ValueError, match="holds 2 times"):
        builder.replace("a.txt", "x", "y")


@pytest.mark.parametrize(
    ("build", "commits", "files"),
    [
        (build_checkout, 45, (35, 55)),
        (build_bland, 10, (5, 8)),
        (build_layered, 40, (35, 50)),
        (build_generated, 8, (15, 25)),
    ],
)
def test_each_story_can_be_told(
    tmp_path: Path, build: Callable[[Path], Path], commits: int, files: tuple[int, int]
) -> None:
    folder = build(tmp_path / "told")
    log = _git(folder, "log", "--format=%an")
    assert len(log.splitlines()) == commits
    assert files[0] <= len(_git(folder, "ls-files").splitlines()) <= files[1]
    assert _git(folder, "diff-files", "--name-only") == ""
    assert _git(folder, "status", "--porcelain") == ""


def test_the_checkout_broke_its_boundary_and_mended_it(tmp_path: Path) -> None:
    folder = build_checkout(tmp_path)
    touched = _git(folder, "log", "--reverse", "--format=%s", "-Simport stripe", "--", "src/checkout/domain")
    assert touched.splitlines() == [
        "Quick fix: retry cards that Stripe failed to process",
        "Decouple domain from stripe so that providers can be replaced",
    ]
    assert (
        _git(folder, "grep", "-l", "import stripe", "HEAD", "--", "src")
        == "HEAD:src/checkout/adapters/stripe_gateway.py\n"
    )
    assert len(set(_git(folder, "log", "--format=%an").splitlines())) == 4


def test_all_of_the_checkout_is_python_that_compiles(tmp_path: Path) -> None:
    folder = build_checkout(tmp_path)
    compiled = [compile(path.read_text(), str(path), "exec") for path in sorted(folder.rglob("*.py"))]
    assert len(compiled) > 30


def test_facts_are_put_together_without_a_repository() -> None:
    facts = (
        FactsBuilder()
        .module("src/shop/domain.py", "class Order: ...\n", imports=("src/shop/money.py", "stripe"))
        .commit("Newest")
        .commit("Older", bot=True)
        .build()
    )
    assert [(edge.target, edge.external) for edge in facts.imports.edges] == [
        ("src/shop/money.py", None),
        (None, "stripe"),
    ]
    assert facts.imports.modules == {"src/shop/domain.py": "shop.domain"}
    assert facts.history.commits[1].bot
    citation = facts.reader.cite_lines("src/shop/domain.py", 1, 1)
    assert citation.kind == "code"
    assert (citation.quote, citation.blob) == ("class Order: ...", "f5e1c49d7203b4428d25c08d6b8a027385afbbc7")
    with pytest.raises(KeyError):
        facts.reader.cite_lines("nowhere.py", 1, 1)


def _two_commits(folder: Path) -> RepositoryBuilder:
    builder = RepositoryBuilder(folder)
    builder.write("a.py", "x = 1\n").commit("Add x")
    builder.write("a.py", "x = 2\n").commit("Change x", "tomasz")
    return builder


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout
