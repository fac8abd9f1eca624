"""Programs planted where git looks for them: none of them runs while a repository is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.hostile import Canary

Git = Callable[..., bytes]
Read = Callable[[Path], str]

# name -> (lines for .git/config, plain git command that would run the program; None where that needs a terminal or a network)
PLANTED: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "fsmonitor": ("[core]\nfsmonitor = {c}", ("status",)),
    "fsmonitor-version-2": ("[core]\nfsmonitor = {c}\nfsmonitorHookVersion = 2", ("status",)),
    "fsmonitor-daemon": ("[core]\nfsmonitor = true", None),
    "external-diff": ("[diff]\nexternal = {c}", ("diff",)),
    "diff-driver": ('[diff "evil"]\ncommand = {c}', ("diff",)),
    "textconv-log": ('[diff "evil"]\ntextconv = {c}', ("log", "-p")),
    "textconv-blame": ('[diff "evil"]\ntextconv = {c}', ("blame", "HEAD", "--", "notes.txt")),
    "textconv-cached": ('[diff "evil"]\ntextconv = {c}\ncachetextconv = true', ("diff",)),
    "clean-filter": ('[filter "evil"]\nclean = {c}', ("diff",)),
    "clean-filter-required": ('[filter "evil"]\nclean = {c}\nrequired = true', ("diff",)),
    "smudge-filter": ('[filter "evil"]\nsmudge = {c}', ("cat-file", "--filters", "HEAD:notes.txt")),
    "process-filter": ('[filter "evil"]\nprocess = {c}', ("diff",)),
    "signature-openpgp": ("[gpg]\nprogram = {c}\n[log]\nshowSignature = true", None),
    "signature-ssh": ('[gpg]\nformat = ssh\n[gpg "ssh"]\nprogram = {c}\n[log]\nshowSignature = true', None),
    "signature-x509": ('[gpg]\nformat = x509\n[gpg "x509"]\nprogram = {c}\n[log]\nshowSignature = true', None),
    "pager": ("[core]\npager = {c}", None),
    "pager-of-commands": ("[pager]\nlog = {c}\nshow = {c}\nstatus = {c}\nblame = {c}", None),
    "editor": ("[core]\neditor = {c}\n[sequence]\neditor = {c}", ("commit", "--allow-empty")),
    "alias": ("[alias]\nx = !{c}", ("x",)),
    "alias-of-builtins": (
        "[alias]\nlog = !{c}\nstatus = !{c}\nls-tree = !{c}\nrev-parse = !{c}\ncat-file = !{c}",
        None,
    ),
    "ssh-command": ('[core]\nsshCommand = {c}\n[remote "origin"]\nurl = ssh://nowhere.invalid/x', ("fetch", "origin")),
    "askpass": ('[core]\naskPass = {c}\n[remote "origin"]\nurl = https://nowhere.invalid/x', None),
    "credential-helper": ("[credential]\nhelper = !{c}", ("credential", "fill")),
    "ext-protocol": ('[protocol "ext"]\nallow = always\n[remote "origin"]\nurl = ext::{c}', ("fetch", "origin")),
    "upload-pack": ('[remote "origin"]\nurl = .\nuploadpack = {c}', ("fetch", "origin")),
    "pack-objects-hook": ("[uploadpack]\npackObjectsHook = {c}", None),
    "alternate-refs": ("[core]\nalternateRefsCommand = {c}", None),
    "trailers": ('[trailer "see"]\ncommand = {c}\nkey = See', ("interpret-trailers", "--trailer", "see")),
    "merge-driver": ('[merge "evil"]\ndriver = {c}', None),
    "interactive-filter": ("[interactive]\ndiffFilter = {c}", None),
    "tools": ('[diff]\ntool = evil\n[difftool "evil"]\ncmd = {c}', ("difftool", "--no-prompt")),
    "templates": ("[init]\ntemplateDir = {c}", None),
    "proxy": ("[core]\ngitProxy = {c}", None),
    "instead-of": ('[url "ext::{c}"]\ninsteadOf = https://\n[protocol "ext"]\nallow = always', None),
    "submodule-update": ('[submodule "sub"]\nupdate = !{c}\nurl = .\nactive = true\n[submodule]\nrecurse = true', None),
    "worktree-config": ("[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true", ("status",)),
    "include": ("[include]\npath = ../included", ("status",)),
    "include-if": ('[includeIf "gitdir/i:**"]\npath = ../included', ("status",)),
    "include-if-branch": ('[includeIf "onbranch:main"]\npath = ../included', ("status",)),
    "hooks-path": ("[core]\nhooksPath = hooks-here", ("status",)),
    "attributes-file": ('[core]\nattributesFile = {f}/attributes\n[diff "odd"]\ncommand = {c}', ("diff",)),
}


@pytest.mark.parametrize("name", PLANTED)
def test_no_planted_program_runs(name: str, hostile: Path, canary: Canary, git: Git, read: Read) -> None:
    plant(name, hostile, canary.program)

    outcome = read(hostile)

    assert not canary.woken
    assert outcome == "read"
    command = PLANTED[name][1]
    if command is not None:
        # The plant is real: git by itself runs it.
        git(hostile, *command, stdin=b"protocol=https\nhost=nowhere.invalid\n\n", check=False)
        assert canary.woken


def plant(name: str, folder: Path, program: Path) -> None:
    lines = PLANTED[name][0].format(c=program, f=folder)
    with (folder / ".git" / "config").open("a") as config:
        config.write(f"\n{lines}\n")
    (folder / "included").write_text(f"[core]\nfsmonitor = {program}\n")
    (folder / ".git" / "config.worktree").write_text(f"[core]\nfsmonitor = {program}\n")
    (folder / "attributes").write_text("*.txt -diff\n* diff=odd filter=evil\n")
    if name == "attributes-file":
        (folder / ".gitattributes").unlink()
    if name == "hooks-path":
        (folder / "hooks-here").mkdir()
        (folder / "hooks-here" / "post-index-change").symlink_to(program)
        (folder / "pkg" / "core.py").touch()


@pytest.mark.parametrize(
    "hook", ["post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman"]
)
def test_no_hook_runs(hook: str, hostile: Path, canary: Canary, git: Git, read: Read) -> None:
    hooks = hostile / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / hook).symlink_to(canary.program)
    (hostile / "pkg" / "core.py").touch()

    assert read(hostile) == "read"
    assert not canary.woken
    if hook in {"post-index-change", "reference-transaction", "pre-commit"}:
        git(hostile, "commit", "-q", "-am", "Wake the hooks", check=False)
        assert canary.woken


def test_a_signed_commit_wakes_no_verifier(hostile: Path, canary: Canary, git: Git, read: Read) -> None:
    commit = git(hostile, "cat-file", "commit", "HEAD").decode()
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n"
    signed = commit.replace("\n\n", f"\n{signature}", 1)
    oid = git(hostile, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode()).decode().strip()
    git(hostile, "update-ref", "refs/heads/main", oid)
    with (hostile / ".git" / "config").open("a") as config:
        config.write(f"\n[gpg]\nprogram = {canary.program}\n[log]\nshowSignature = true\n")

    assert read(hostile) == "read"
    assert not canary.woken
    git(hostile, "log", "-1", check=False)
    assert canary.woken


def test_a_missing_object_of_a_partial_clone_is_not_fetched(
    hostile: Path, canary: Canary, git: Git, read: Read
) -> None:
    blob = git(hostile, "rev-parse", "HEAD:pkg/core.py").decode().strip()
    (hostile / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with (hostile / ".git" / "config").open("a") as config:
        config.write(
            f'\n[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n[protocol "ext"]\nallow = always\n'
            f'[remote "origin"]\nurl = ext::{canary.program}\npromisor = true\npartialclonefilter = blob:none\n'
        )

    assert read(hostile) in {"read", "GitError"}
    assert not canary.woken
    git(hostile, "cat-file", "-p", blob, check=False)
    assert canary.woken


def test_a_submodule_is_not_entered(hostile: Path, canary: Canary, git: Git, read: Read, template: Path) -> None:
    nested = hostile / "nested"
    git(hostile, "clone", "-q", str(template), str(nested))
    git(hostile, "add", "nested", check=False)
    git(hostile, "commit", "-q", "-m", "Add nested")
    with (nested / ".git" / "config").open("a") as config:
        config.write(f"\n[core]\nfsmonitor = {canary.program}\n")

    assert read(hostile) == "read"
    assert not canary.woken
    git(hostile, "status", check=False)
    assert canary.woken


def test_a_git_in_the_repository_is_not_the_git_that_runs(
    hostile: Path, canary: Canary, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    (hostile / "git").symlink_to(canary.program)
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PATH", f".:{'/usr/bin:/bin'}")

    assert read(hostile) == "read"
    assert not canary.woken


@pytest.mark.parametrize(
    "variable", ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EDITOR", "GIT_ASKPASS", "PAGER"]
)
def test_nothing_is_inherited_from_the_environment(
    variable: str, hostile: Path, canary: Canary, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(canary.program))
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(canary.program))

    assert read(hostile) == "read"
    assert not canary.woken
