"""Whole scans, from the inventory to the hypotheses, of repositories of every odd kind: they end, and say what was left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archaeology.model import Survey
from archaeology.survey import ScanOptions, scan
from fixtures.builder import RepositoryBuilder
from fixtures.hostile import plain_git
from fixtures.repositories import build_checkout

WARNING = "# Do not retry here, because the vendor charges twice otherwise (see #41).\n"


def scanned(path: Path, revision: str | None = None) -> Survey:
    """Scan, and see that what was found can be written down."""
    survey = scan(path, ScanOptions(revision=revision, use_cache=False))
    assert Survey.model_validate(json.loads(survey.model_dump_json(by_alias=True))) == survey
    return survey


def said(survey: Survey) -> list[str]:
    return [hypothesis.id for hypothesis in survey.hypotheses]


def kinds(survey: Survey) -> set[str]:
    return {limit.kind for limit in survey.limits}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkout(tmp_path_factory.mktemp("whole") / "checkout")


@pytest.fixture(scope="module")
def plain(checkout: Path) -> Survey:
    return scanned(checkout)


def _bare(checkout: Path, folder: Path) -> Path:
    plain_git(folder, "clone", "-q", "--bare", "--no-local", str(checkout), "bare.git")
    return folder / "bare.git"


def _worktree(checkout: Path, folder: Path) -> Path:
    plain_git(folder, "clone", "-q", "--no-local", str(checkout), "main")
    plain_git(folder / "main", "worktree", "add", "-q", "--detach", str(folder / "linked"))
    return folder / "linked"


def _grafted(checkout: Path, folder: Path) -> Path:
    plain_git(folder, "clone", "-q", "--no-local", str(checkout), "grafted")
    path = folder / "grafted"
    head = plain_git(path, "rev-parse", "HEAD").decode().strip()
    (path / ".git" / "info" / "grafts").write_text(f"{head}\n")  # says that nothing came before it
    return path


@pytest.mark.parametrize("make", [_bare, _worktree, _grafted])
def test_another_layout_of_the_same_repository_says_the_same(
    make: Callable[[Path, Path], Path], checkout: Path, plain: Survey, tmp_path: Path
) -> None:
    survey = scanned(make(checkout, tmp_path))
    assert said(survey) == said(plain)
    assert said(plain)
    assert kinds(survey) - kinds(plain) == ({"replacements"} if make is _grafted else set())


def test_a_history_that_is_cut_off_and_contents_that_are_missing_are_said(checkout: Path, tmp_path: Path) -> None:
    plain_git(tmp_path, "clone", "-q", "--depth=2", f"file://{checkout}", "shallow")
    assert "shallow" in kinds(scanned(tmp_path / "shallow"))
    plain_git(tmp_path, "clone", "-q", "--no-local", str(checkout), "served")
    plain_git(tmp_path / "served", "config", "uploadpack.allowFilter", "true")
    plain_git(
        tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{tmp_path / 'served'}", "partial"
    )
    survey = scanned(tmp_path / "partial")
    assert {"partial_clone", "missing_objects"} <= kinds(survey)
    assert not survey.repository.counts["source_files"]


def test_ids_of_another_length(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path, object_format="sha256")
    builder.write("shop/pay.py", f"import stripe\n\n\n{WARNING}def pay():\n    return stripe.pay()\n").commit("Pay")
    survey = scanned(tmp_path)
    assert len(survey.repository.head or "") == 64
    assert survey.repository.counts["commits"] == 1


def test_odd_times_names_messages_and_paths_reach_the_end(tmp_path: Path) -> None:
    plain_git(tmp_path, "init", "-q", "-b", "main")
    names = {
        b"shop/pay.py": b"import stripe\n\n\n" + WARNING.encode() + b"def pay():\n    return stripe.pay()\n",
        b'"shop/new\\nline.py"': b"import stripe\n",
        b'"shop/caf\\351.py"': "# Müller said: do not remove this, because old clients break\n".encode("latin-1"),
        b"shop/utf16.py": "import stripe\n".encode("utf-16"),
        b"ring": b"ring",
        b"out": b"/etc/passwd",
    }
    who = (
        b"<> 253402300800 +0000",
        b" <nameless@example.org> 9999999999999 +9999",
        b"M\xe4ra <> -1 -0000",
        b"A\x1b[31m <a@b> 5 +0000",
    )
    stream = b""
    for number, when in enumerate(who, start=1):
        message = b"Fix #41: retry no more, because it charged twice\n\nso that \x1b]52;c;AAAA\x07 stays\xff\n"
        stream += b"commit refs/heads/main\nmark :%d\ncommitter %s\ndata %d\n%s\n" % (
            number,
            when,
            len(message),
            message,
        )
        stream += b"from :%d\n" % (number - 1) if number > 1 else b""
        for path, content in names.items():
            mode = b"120000" if path in {b"ring", b"out"} else b"100644"
            text = content if mode == b"120000" else content + b"# %d\n" % number
            stream += b"M %s inline %s\ndata %d\n%s\n" % (mode, path, len(text), text)
    plain_git(tmp_path, "fast-import", "--quiet", "--force", "--date-format=raw-permissive", stdin=stream)
    tip, tree = plain_git(tmp_path, "rev-parse", "main", "main^{tree}").decode().split()
    raw = f"tree {tree}\nparent {tip}\nauthor A <a@b> 5 +0000\ncommitter A <a@b> 5 +0000\n\nRevert \0 this\n".encode()
    last = (
        plain_git(tmp_path, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw).decode().strip()
    )
    plain_git(tmp_path, "update-ref", "refs/heads/main", last)

    survey = scanned(tmp_path)

    assert survey.repository.counts["commits"] == 5
    assert survey.repository.counts["files"] == 6
    assert "root:" not in survey.model_dump_json()  # of what a link leads to, nothing was read
    shown = [
        survey.repository.root,
        *(found.summary for found in survey.observations),
        *(one.title for one in survey.hypotheses),
    ]
    assert all(character.isprintable() for text in shown for character in text)
