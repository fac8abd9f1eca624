import json
from pathlib import Path

import pytest

from alloy_assist.cli.app import main
from alloy_assist.cli.exits import ExitCode
from fixtures.repositories import build_checkout

THREAD = "mara: token = ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8 broke it\ntomasz: never put it there again.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = build_checkout(tmp_path / "checkout")
    # As somebody else may have committed it: what the settings name is not yet allowed.
    (folder / ".alloy").mkdir()
    (folder / ".alloy" / "config.toml").write_text(
        '[model]\nchoice = "local"\nname = "openai/local"\nbase_url = "http://127.0.0.1:9/v1"\n', encoding="utf-8"
    )
    return folder


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = main(["--repo", str(folder), "model", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_leave_is_asked_for_once_and_can_be_taken_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, before = run(folder, capsys, "status")
    run(folder, capsys, "allow", "--yes")
    _, after = run(folder, capsys, "status")
    run(folder, capsys, "forbid")
    _, again = run(folder, capsys, "status")

    assert [body["allowed"] for body in (before, after, again)] == [False, True, False]
    assert "Secrets are taken out" in str(before["what_is_sent"])


def test_leave_is_not_taken_for_granted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, body = run(folder, capsys, "allow", "--no-input")

    assert code == ExitCode.USAGE
    assert body["schema_version"] == "alloy.error.v1"


def test_nothing_is_sent_without_leave(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thread.txt").write_text(THREAD)
    code, _ = run(folder, capsys, "draft", str(tmp_path / "thread.txt"))
    _, log = run(folder, capsys, "log")

    assert code == ExitCode.REFUSED
    assert log["requests"] == []


def test_a_dry_run_shows_what_would_be_sent(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thread.txt").write_text(THREAD)
    code, body = run(folder, capsys, "draft", str(tmp_path / "thread.txt"), "--dry-run")

    assert code == ExitCode.DONE
    assert body["place"] == "http://127.0.0.1:9"
    assert "ghp_" not in json.dumps(body)
    assert "never put it there again" in json.dumps(body)
    assert body["redactions"]


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_dead_server_is_an_outside_failure_with_a_log(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thread.txt").write_text(THREAD)
    run(folder, capsys, "allow", "--yes")
    code, body = run(folder, capsys, "draft", str(tmp_path / "thread.txt"))
    _, log = run(folder, capsys, "log")
    _, shown = run(folder, capsys, "log", "--content", "2")

    assert code == ExitCode.OUTSIDE_FAILED
    assert body["error"]["kind"] == "UnreachableError"  # type: ignore[index]
    assert [entry["purpose"] for entry in log["requests"]] == ["probe: json_schema"] + ["draft_record: answer"] * 4  # type: ignore[attr-defined]
    assert "ghp_" not in json.dumps(shown)
    assert run(folder, capsys, "log", "--content", "9")[0] == ExitCode.NOT_FOUND


def test_a_long_text_is_told_in_part_and_that_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "long.txt").write_text(THREAD * 200)
    assert main(["--repo", str(folder), "model", "draft", str(tmp_path / "long.txt"), "--dry-run"]) == ExitCode.DONE
    shown = capsys.readouterr()

    assert "told the first 12,000 of" in shown.err
    assert "more characters were left out" in shown.out
