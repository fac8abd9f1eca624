import os
import subprocess
import sys
from pathlib import Path

import pytest

from alloy_assist._guard import HOME, refusal, shadowed_siblings

CONSOLE_SCRIPT = Path(sys.executable).with_name("alloy")
TRAP = "raise SystemExit('foreign code has run')\n"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A repository that has a `store.py` and a `prompts` package of its own."""
    (tmp_path / "store.py").write_text(TRAP)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "__init__.py").write_text(TRAP)
    return tmp_path


def test_finds_nothing_in_an_undisturbed_installation() -> None:
    assert shadowed_siblings() == []


def test_names_each_sibling_that_is_elsewhere(tmp_path: Path) -> None:
    complaints = shadowed_siblings(home=tmp_path)

    assert [complaint.split()[0] for complaint in complaints] == ["'archaeology'", "'store'", "'prompts'"]
    assert all(str(tmp_path) in complaint for complaint in complaints)


def test_the_refusal_says_what_to_do() -> None:
    text = refusal(["'store' would come from elsewhere"])

    assert "'store' would come from elsewhere" in text
    assert "Use the `alloy` command" in text


def test_python_m_in_a_hostile_folder_refuses_and_runs_nothing_of_it(hostile: Path) -> None:
    result = run(sys.executable, "-m", "alloy_assist", "--version", folder=hostile)

    assert result.returncode == 5
    assert result.stdout == ""
    assert str(hostile / "store.py") in result.stderr
    assert str(hostile / "prompts" / "__init__.py") in result.stderr
    assert "archaeology" not in result.stderr
    assert "foreign code has run" not in result.stderr


def test_python_path_with_a_hostile_folder_refuses(hostile: Path) -> None:
    result = run(str(CONSOLE_SCRIPT), "--version", folder=hostile, PYTHONPATH=".")

    assert result.returncode == 5
    assert "'store' would come from" in result.stderr


def test_the_console_script_works_in_a_hostile_folder(hostile: Path) -> None:
    result = run(str(CONSOLE_SCRIPT), "--version", folder=hostile)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("alloy")


def test_a_prompts_folder_without_python_shadows_nothing(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "review.md").write_text("Review this.\n")

    result = run(sys.executable, "-m", "alloy_assist", "--version", folder=tmp_path)

    assert (result.returncode, result.stderr) == (0, "")


def test_an_installation_reached_through_a_symbolic_link_is_not_foreign(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(HOME, target_is_directory=True)

    result = run(sys.executable, "-m", "alloy_assist", "--version", folder=tmp_path, PYTHONPATH="link")

    assert (result.returncode, result.stderr) == (0, "")


def run(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )
