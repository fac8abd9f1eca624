"""Every command of the README is run here, in its order, on the checkout fixture: what it promises must be so."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fixtures import build_checkout

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
ALLOY = [sys.executable, "-m", "alloy_assist"]
PATIENCE = 60.0


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkout(tmp_path_factory.mktemp("readme") / "checkout")


def in_terminal(arguments: list[str], folder: Path, replies: dict[str, str]) -> tuple[str, int]:
    """Run a command at a pseudo-terminal and type the reply to each prompt as often as it comes. Returns all output and the exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(TERM="xterm-256color", COLUMNS="100", LINES="40")
        os.execv(arguments[0], arguments)
    screen, answered, deadline = "", 0, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end has been closed
            break
        screen += data.decode("utf-8", "replace")
        for prompt, reply in replies.items():
            if prompt in screen[answered:]:
                # A question that nothing in the code answers has no first answer: it is not known.
                said = "?\n" if "no numbered answers" in screen[answered:] else reply
                answered = len(screen)
                os.write(terminal, said.encode())
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return screen, os.waitstatus_to_exitcode(status)


def run(command: str, folder: Path) -> str:
    """Run one of the README's commands without a terminal and return its standard output; it must succeed."""
    arguments = shlex.split(command)
    assert arguments[0] == "alloy"
    done = subprocess.run(
        [*ALLOY, *arguments[1:]], cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readme_has_the_two_commands_and_the_tour() -> None:
    assert COMMANDS[:2] == ["make tui REPO=/path/to/your/repository", "make check"]
    assert all(command.startswith(("make ", "alloy ")) for command in COMMANDS)


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))],
)
def test_every_link_inside_the_project_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()]
    assert not missing


def planned(*arguments: str) -> list[str]:
    """What make would do, line by line; as told outside of make, which may be what runs the tests."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", *arguments],
        cwd=ROOT,
        env=outside,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.splitlines()


def test_make_tui_opens_the_application_on_the_repository(repository: Path) -> None:
    assert planned("tui", f"REPO={repository}")[-1].split() == ["exec", ".venv/bin/alloy", f'"{repository}"']
    screen, code = in_terminal([*ALLOY, str(repository)], repository, {"Scan the repository": "q"})
    assert code == 0
    assert "Alloy Assist" in screen


def test_make_check_runs_every_check() -> None:
    plan = "\n".join(planned("check"))
    for step in ("ruff check", "ruff format --check", "/mypy", "lint-imports", "-m pytest"):
        assert step in plan
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_tour_works_as_written(repository: Path) -> None:
    tour = COMMANDS[2:]
    assert tour[0] == "alloy scan"
    for command in tour:
        if command == "alloy interview":
            _interview(repository)
        elif command.startswith("alloy brief approve"):
            arguments = shlex.split(command)[1:]
            screen, code = in_terminal([*ALLOY, *arguments], repository, {"[y/N]": "y\n"})
            assert code == 0, screen[-2000:]
        else:
            output = run(command, repository)
            assert output.strip(), command
    briefs = sorted((repository / ".alloy" / "briefs").glob("*.json"))
    assert briefs, "the tour ends with a brief on disk"
    assert run("alloy intent list", repository).count("accepted") == 1


def _interview(repository: Path) -> None:
    """Take the first answer to every question and accept what is read aloud."""
    replies = {"Your answer:": "1\n", "Yes:": "\n", "Is that right:": "a\n"}
    screen, code = in_terminal([*ALLOY, "interview"], repository, replies)
    assert code == 0, screen[-2000:]
    assert "Accepted." in screen
