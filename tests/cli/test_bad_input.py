"""The program in a hostile world: odd repositories, odd contents, odd places to keep things, odd terminals.

Whatever it meets, it answers in words with the documented exit code, and no raw control character reaches the terminal.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from alloy_assist.cli import app
from alloy_assist.cli.exits import ExitCode
from fixtures.builder import RepositoryBuilder
from fixtures.repositories import build_checkout

ALLOY = (sys.executable, "-m", "alloy_assist")
EVIL = "\x1b]52;c;aGk=\x07\x9b31m\u202e\u2066\u200b"
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True)
class Told:
    """What the program said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as the one JSON object that it must be."""
        loaded = json.loads(self.out)
        assert isinstance(loaded, dict)
        return loaded

    @property
    def error(self) -> dict[str, Any]:
        """The error in the JSON object, which says the same exit code and the same words as standard error."""
        assert self.document["schema_version"] == "alloy.error.v1"
        error = self.document["error"]
        assert isinstance(error, dict)
        assert error["exit_code"] == self.code
        return error


@pytest.fixture
def alloy(capsys: pytest.CaptureFixture[str]) -> Any:
    """The program, run in this process; what it says is checked for what must never be said."""

    def run(*arguments: str | Path) -> Told:
        capsys.readouterr()
        code = app.main([str(each) for each in arguments])
        captured = capsys.readouterr()
        told = Told(code, captured.out, captured.err)
        assert "Traceback" not in told.err
        assert "nobody foresaw" not in told.err
        assert hidden_in(told.out) == set()
        assert hidden_in(told.err) == set()
        return told

    return run


def hidden_in(text: str) -> set[str]:
    """Every character of a text that a terminal would act on or not show."""
    return {character for character in text if character not in "\n\t" and unicodedata.category(character) in HIDDEN}


def run(arguments: Sequence[str | Path], **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, without a terminal."""
    return subprocess.run(
        [*ALLOY, *map(str, arguments)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def small(tmp_path: Path) -> RepositoryBuilder:
    """A repository with two files and two commits."""
    builder = RepositoryBuilder(tmp_path / "small")
    builder.write("src/a.py", "import os\n").write("README.md", "# Small\n").commit("Begin")
    builder.append("src/a.py", "import re\n").commit("Go on")
    return builder


# Repositories


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


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--rev", "no-such-branch"], ExitCode.NOT_FOUND, "no-such-branch"),
        (["--rev", "--upload-pack=x"], ExitCode.NOT_FOUND, "--upload-pack=x"),
        (["--rev", f"a{EVIL}"], ExitCode.NOT_FOUND, "revision"),
        (["--since", "gibberish"], ExitCode.USAGE, "is no date"),
        (["--since", "0"], ExitCode.USAGE, "is no date"),
        (["--since", ""], ExitCode.USAGE, "is no date"),
        (["--jobs", "-1"], ExitCode.USAGE, "--jobs"),
        (["--jobs", f"{EVIL}"], ExitCode.USAGE, "--jobs"),
        (["--nonsense"], ExitCode.USAGE, "--nonsense"),
    ],
)
def test_nonsense_in_the_options_of_scan(
    alloy: Any, small: RepositoryBuilder, arguments: list[str], code: ExitCode, words: str
) -> None:
    told = alloy("scan", small.folder, "--json", *arguments)
    assert told.code == code
    assert words in told.error["message"]
    assert not (small.folder / ".alloy").exists()


@pytest.mark.parametrize(
    "date",
    [
        "2022-03-01",
        "2022",
        "March 2022",
        "1 Mar 2022",
        "2022-03-01T10:00:00Z",
        "2 weeks ago",
        "2.weeks.ago",
        "last month",
        "yesterday",
        "1 year and 3 months ago",
        "@1646125200",
        "2022-03-01 10:00:00 +0100",
    ],
)
def test_dates_that_git_understands(alloy: Any, date: str, tmp_path: Path) -> None:
    # The folder is missing, and it is this that is complained about: the date was taken.
    assert alloy("scan", tmp_path / "missing", "--since", date).code == ExitCode.NOT_FOUND


# Contents


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


# Where things are kept


@pytest.mark.parametrize("kind", ["file", "link", "dangling link", "pipe"])
def test_an_alloy_that_is_no_folder_is_refused_and_nothing_is_written_through_it(
    alloy: Any, small: RepositoryBuilder, tmp_path: Path, kind: str
) -> None:
    place, elsewhere = small.folder / ".alloy", tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        place.write_text("mine\n")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(elsewhere if kind == "link" else tmp_path / "nowhere")
    for arguments in (["scan"], ["init", "--offline"], ["intent", "list"]):
        told = alloy("--repo", small.folder, *arguments, "--json")
        assert told.code == ExitCode.REFUSED
        assert "Move it away" in told.error["hint"]
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "nowhere").exists()
    assert kind != "file" or place.read_text() == "mine\n"


@pytest.mark.parametrize("name", ["alloy.db", "config.toml", ".gitignore", "briefs", "backups"])
def test_a_link_inside_alloy_is_not_followed(alloy: Any, small: RepositoryBuilder, tmp_path: Path, name: str) -> None:
    (small.folder / ".alloy").mkdir()
    (small.folder / ".alloy" / name).symlink_to(tmp_path / "outside")
    told = alloy("--repo", small.folder, "init", "--offline", "--json")
    assert told.code == ExitCode.REFUSED
    assert name in told.error["message"]
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[model\nchoice =", "not TOML"),
        (b"\xff\xfe", "cannot be read"),
        (b'[scan]\njobs = "x"\n', "'scan.jobs'"),
        (b"model = 3\n", "'model'"),
        (b"#" * (2 << 20), "larger than"),
    ],
)
def test_malformed_settings_are_named_and_never_overwritten(
    alloy: Any, small: RepositoryBuilder, content: bytes, words: str
) -> None:
    config = small.folder / ".alloy" / "config.toml"
    config.parent.mkdir()
    config.write_bytes(content)
    for arguments in (["scan"], ["init", "--offline"]):
        told = alloy("--repo", small.folder, *arguments, "--json")
        assert told.code == ExitCode.USAGE
        assert words in told.error["message"]
    assert config.read_bytes() == content
    assert alloy("--repo", small.folder, "doctor").code == ExitCode.NOT_SO


@pytest.mark.parametrize("damage", ["noise", "empty", "folder", "half"])
def test_a_damaged_database_costs_no_result_and_stays_as_it_is(
    alloy: Any, small: RepositoryBuilder, damage: str
) -> None:
    database = small.folder / ".alloy" / "alloy.db"
    database.parent.mkdir()
    if damage == "folder":
        database.mkdir()
    elif damage == "half":
        alloy("--repo", small.folder, "init")
        database.write_bytes(database.read_bytes()[:9000])
    else:
        database.write_bytes(b"\x07noise" * 900 if damage == "noise" else b"")
    before = database.read_bytes() if database.is_file() else b""
    told = alloy("scan", small.folder, "--json")
    assert told.code == ExitCode.OUTSIDE_FAILED
    assert told.document["schema_version"] == "alloy.survey.v1"
    assert "alloy.db" in told.err
    assert alloy("--repo", small.folder, "intent", "list", "--json").error["hint"]
    assert (database.read_bytes() if database.is_file() else b"") == before


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes, with a repository on it."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("Only root can mount a file system of its own.")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("This machine does not let even root mount a file system.")
    try:
        RepositoryBuilder(place / "repo").write("a.py", "import os\n").commit("Begin")
        yield place
    finally:
        subprocess.run(["umount", str(place)], capture_output=True, check=True)


def test_a_full_disk_costs_no_result_and_no_data(alloy: Any, little_disk: Path) -> None:
    repository, filler = little_disk / "repo", little_disk / "filler"
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        file.writelines(b"x" * 4096 for _ in range(1000))
    told = alloy("scan", repository, "--json")
    assert told.code == ExitCode.OUTSIDE_FAILED
    assert told.document["schema_version"] == "alloy.survey.v1"
    assert "No space left" in told.err
    assert alloy("--repo", repository, "init").code == ExitCode.OUTSIDE_FAILED
    filler.unlink()
    assert alloy("scan", repository).code == 0
    assert "/alloy.db*" in (repository / ".alloy" / ".gitignore").read_text()


def test_a_read_only_disk_shows_the_results_and_says_that_nothing_was_kept(alloy: Any, little_disk: Path) -> None:
    repository = little_disk / "repo"
    subprocess.run(["mount", "-o", "remount,ro", str(little_disk)], check=True, capture_output=True)
    told = alloy("scan", repository, "--json")
    assert told.code == 0
    assert told.document["schema_version"] == "alloy.survey.v1"
    assert "Nothing was kept" in told.err
    assert alloy("--repo", repository, "intent", "list", "--json").code == ExitCode.REFUSED
    subprocess.run(["mount", "-o", "remount,rw", str(little_disk)], check=True, capture_output=True)
    assert alloy("scan", repository).code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(little_disk)], check=True, capture_output=True)
    again = alloy("scan", repository)
    assert (again.code, "Nothing was kept" in again.err) == (0, True)
    assert alloy("--repo", repository, "hypothesis", "list").code == 0


def test_a_folder_that_may_not_be_written_or_read(alloy: Any, small: RepositoryBuilder, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("Nothing is forbidden to root; the test of a read-only disk stands in for this one.")
    small.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        told = alloy("scan", small.folder)
        assert (told.code, "Nothing was kept" in told.err) == (0, True)
        (tmp_path / "closed" / "inner").mkdir(parents=True)
        (tmp_path / "closed").chmod(0)
        assert alloy("scan", tmp_path / "closed").code == ExitCode.NOT_FOUND
    finally:
        small.folder.chmod(0o755)
        (tmp_path / "closed").chmod(0o755)


# Terminals and streams


def test_without_a_terminal_nothing_is_drawn_and_nothing_is_asked(small: RepositoryBuilder) -> None:
    opened = run([small.folder])
    assert opened.returncode == ExitCode.USAGE
    assert b"needs a terminal" in opened.stderr
    asked = run(["--repo", small.folder, "interview"])
    assert asked.returncode == ExitCode.USAGE
    assert b"--answers" in asked.stderr
    scanned = run(["scan", small.folder], TERM="xterm-256color")
    assert scanned.returncode == 0
    assert hidden_in((scanned.stdout + scanned.stderr).decode()) == set()


def test_streams_that_are_full_closed_or_of_an_old_encoding(small: RepositoryBuilder) -> None:
    small.write("src/b.py", "# HACK: do not remove → “because”\n").commit("Add “b”")
    old = run(["scan", small.folder], PYTHONIOENCODING="ascii")
    assert old.returncode == 0
    assert b"2 source files" in old.stdout
    command = " ".join([*ALLOY, "scan", str(small.folder)])
    full = subprocess.run(f"{command} --json > /dev/full", shell=True, capture_output=True, check=False)
    assert (full.returncode, b"No space left" in full.stderr) == (ExitCode.OUTSIDE_FAILED, True)
    assert b"Traceback" not in full.stderr
    assert b"Exception ignored" not in full.stderr
    closed = subprocess.run(
        f"{command} --json >&- 2>&- && {command} --json | head -c 1", shell=True, capture_output=True, check=False
    )
    assert (closed.returncode, closed.stdout) == (0, b"{")
    assert b"Traceback" not in closed.stderr


# Every command


def every_command() -> list[tuple[str, ...]]:
    """The words of every command that does something."""

    def below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        context = click.Context(command)
        if not isinstance(command, click.Group):
            yield words
            return
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from below(found, (*words, name))

    return [*below(app.program, ()), ("open",)]


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_an_example_and_the_common_options(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert app.main([*words, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Example" in told
    assert f"alloy {' '.join(words)}" in told.rpartition("Example")[2] or words == ("open",)
    assert set("--repo --db --json --no-input --quiet --no-color".split()) <= set(told.replace(",", " ").split())


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_gives_one_json_object_also_for_errors(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], tmp_path: Path
) -> None:
    # One option that does not exist, one repository that is not there: both before and after the command line is understood.
    assert app.main([*words, "--json", "--no-such-option"]) == ExitCode.USAGE
    assert json.loads(capsys.readouterr().out)["schema_version"] == "alloy.error.v1"
    code = app.main(["--repo", str(tmp_path / "missing"), "--json", *words])
    document = json.loads(capsys.readouterr().out)
    assert document["schema_version"].startswith("alloy.")
    assert document["schema_version"] != "alloy.error.v1" or document["error"]["exit_code"] == code


def test_a_group_without_a_command_and_an_unknown_command_are_one_json_object(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments in (["--json", "intent"], ["--json", "no-such-command"], ["--json", "intent", "no-such-command"]):
        assert app.main(arguments) == ExitCode.USAGE
        assert json.loads(capsys.readouterr().out)["error"]["message"]
