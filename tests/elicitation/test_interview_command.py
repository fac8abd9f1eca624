"""``alloy interview``: answers from a file, plain lines at a terminal, and exit codes that scripts can rely on."""

import json
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest

from alloy_assist.bootstrap import open_project
from alloy_assist.cli import interview_terminal
from alloy_assist.cli.app import main
from alloy_assist.cli.output import Session
from alloy_assist.elicitation import model as m
from store.interviews import HypothesisDecision, StoredHypothesis
from store.runs import ScanRow

ANSWERS: list[dict[str, Any]] = [
    {"match": {"hypothesis": "hyp_1", "facet": "capability"}, "choice": "replace"},
    {"match": {"text": "put this to the test"}, "choice": 1},
    {"match": {"mode": "why", "facet": "tradeoff"}, "answer": "small features take longer in `shop`"},
    {"match": {"facet": "evidence"}, "choice": ["review"]},
    {"match": {"hypothesis": "hyp_1"}, "action": "accept"},
]


@pytest.fixture
def repository(tmp_path: Path, stored: StoredHypothesis) -> Path:
    root = tmp_path / "shop-repo"
    (root / "shop").mkdir(parents=True)
    (root / "shop" / "checkout.py").write_text("def pay():\n    return 1\n")
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    project = open_project(root)
    project.store().hypotheses.sync(
        ScanRow(id="scan-1", at="2024-01-01T00:00:00+00:00", head="a" * 40, hypotheses=1), [stored]
    )
    project.close()
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["--repo", str(root), "interview", *arguments])


def write_answers(folder: Path, answers: Any) -> str:
    file = folder / "answers.json"
    file.write_text(json.dumps(answers))
    return str(file)


def records_of(root: Path) -> tuple[str, ...]:
    project = open_project(root)
    try:
        return tuple(record.id for record in project.store().records.list())
    finally:
        project.close()


def test_a_hypothesis_is_named_by_its_number_in_the_list(
    repository: Path, tmp_path: Path, stored: StoredHypothesis, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = write_answers(tmp_path, ANSWERS)
    assert run(repository, "--hypothesis", str(stored.rank), "--answers", answers) == 0
    assert capsys.readouterr().out.strip() == "alloy.intent.only-gateways-may-import-stripe"


def test_a_whole_interview_is_replayed_from_a_file(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "--answers", write_answers(tmp_path, ANSWERS)) == 0
    assert capsys.readouterr().out.strip() == "alloy.intent.only-gateways-may-import-stripe"
    assert records_of(repository) == ("alloy.intent.only-gateways-may-import-stripe",)


def test_json_gives_one_turn_a_line(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(repository, "--json", "--answers", write_answers(tmp_path, ANSWERS)) == 0
    turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {turn["schema_version"] for turn in turns} == {"alloy.interview_event.v1"}
    assert [turn["kind"] for turn in turns] == ["question"] * 4 + ["summary", "finished"]
    assert turns[-1]["record_id"]


def test_the_same_answers_give_the_same_turns(
    tmp_path: Path, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = write_answers(tmp_path, ANSWERS[:3])
    shown: list[list[dict[str, Any]]] = []
    for _ in range(2):
        run(
            repository,
            "--json",
            "--mode",
            "reject",
            "--path",
            "shop/",
            "--db",
            str(tmp_path / f"{len(shown)}.db"),
            "--answers",
            answers,
        )
        turns = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        shown.append([{**turn, "interview_id": ""} for turn in turns])
    assert shown[0] == shown[1]


def test_what_the_file_does_not_answer_is_left_for_later_and_the_exit_code_says_so(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "--answers", write_answers(tmp_path, ANSWERS[:2])) == 1
    captured = capsys.readouterr()
    assert "left for later" in captured.err
    assert records_of(repository) == ()
    project = open_project(repository)
    assert project.store().hypotheses.get("hyp_1").decision is HypothesisDecision.DEFERRED
    project.close()


def test_silence_accepts_nothing(repository: Path, tmp_path: Path) -> None:
    assert run(repository, "--answers", write_answers(tmp_path, ANSWERS[:-1])) == 1
    assert records_of(repository) == ()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"a": 1}, "not a list"),
        ([{"match": {"colour": "red"}, "answer": "x"}], "Answer 1"),
        ([{"match": {}}], "neither"),
        ([{"match": {}, "action": "dance"}], "no action 'dance'"),
        ([{"match": {}, "choice": "no such"}], "no answer 'no such'"),
    ],
)
def test_a_wrong_file_is_refused_in_words(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], answers: Any, message: str
) -> None:
    assert run(repository, "--hypothesis", "hyp_1", "--answers", write_answers(tmp_path, answers)) == 2
    assert message in capsys.readouterr().err
    assert records_of(repository) == ()


def test_yaml_is_read_too_and_nonsense_is_refused(repository: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("- match: {facet: capability}\n  action: stop\n")
    assert run(repository, "--hypothesis", "hyp_1", "--answers", str(file)) == 0
    file.write_text("- [unclosed\n")
    assert run(repository, "--hypothesis", "hyp_1", "--answers", str(file)) == 2
    assert run(repository, "--hypothesis", "hyp_1", "--answers", str(tmp_path / "missing.yaml")) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--hypothesis", "hyp_9"], 3),
        (["--hypothesis", "9"], 3),
        (["--record", "alloy.intent.nothing"], 3),
        (["--hypothesis", "hyp_1", "--path", "shop/"], 2),
        (["--mode", "technology"], 2),
        (["--mode", "juggling"], 2),
        (["--resume", "nothing"], 3),
        (["--max-questions", "0"], 2),
    ],
)
def test_wrong_usage_has_its_exit_codes(repository: Path, tmp_path: Path, arguments: list[str], code: int) -> None:
    assert run(repository, "--answers", write_answers(tmp_path, []), *arguments) == code


def test_without_a_terminal_and_without_answers_it_says_what_to_do(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository) == 2
    assert "--answers" in capsys.readouterr().err


def test_an_interview_that_was_stopped_goes_on_with_resume(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "--answers", write_answers(tmp_path, [ANSWERS[0], {"match": {}, "action": "stop"}])) == 0
    capsys.readouterr()
    assert run(repository, "--resume", "last", "--answers", write_answers(tmp_path, ANSWERS[1:])) == 0
    assert records_of(repository)
    assert run(repository, "--list") == 0
    assert "finished" in capsys.readouterr().out


def converse(repository: Path, monkeypatch: pytest.MonkeyPatch, *typed: str) -> m.Turn:
    """Type lines at the terminal; running out of them is leaving."""
    lines = list(typed)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: lines.pop(0) if lines else "q")
    session = Session(repo=repository)
    turn = interview_terminal.converse(session, session.project.interviewing.start("why", "hyp_1"))
    session.project.close()
    return turn


def test_plain_lines_lead_to_a_record(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = converse(
        repository,
        monkeypatch,
        "1",
        "1",
        "one more layer, so that it stays readable, at the cost of time",
        "",
        "3",
        "a",
    )
    said = capsys.readouterr()
    assert turn.outcome == "accepted"
    assert "1 of 5. It looks meant" in said.err
    assert "Read aloud:" in said.err
    assert said.out.strip().startswith("alloy.intent.")
    assert "\x1b" not in said.err


def test_every_key_at_the_terminal_does_what_it_says(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = converse(
        repository,
        monkeypatch,
        "h",
        "99",
        "",
        "b",
        "1",
        "?",
        "b",
        "1",
        "2",
        "l",
        "x",
        "e",
        "1",
        "providers can be swapped",
        "r",
        "",
        "r",
        "not ours",
        "q",
    )
    said = capsys.readouterr().err
    assert turn.outcome == "rejected"
    assert "This is the first question" in said
    assert "There are answers 1 to" in said
    assert "A rejection needs a reason" in said


def test_leaving_says_how_to_go_on(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = converse(repository, monkeypatch, "1", "q")
    assert turn.paused
    assert f"--resume {turn.interview_id}" in capsys.readouterr().err


def test_a_split_is_corrected_with_a_number_and_a_word(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = converse(repository, monkeypatch, "we can swap providers because contracts end", "2 change", "q")
    assert turn.draft.text(m.Slot.EXPECTATION) == "contracts end"
    turn = converse(repository, monkeypatch, "b", "q")
    assert turn.paused


def test_an_ending_is_taken_by_its_letter_and_by_no_number(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = converse(repository, monkeypatch, "6", "n", "q")
    said = capsys.readouterr().err
    numbers = [line.strip()[0] for line in said.splitlines() if line.startswith("  ") and line.strip()[1:2] == "."]
    assert f"There are answers 1 to {max(number for number in numbers if number.isdigit())}." in said
    assert "  n. Nobody meant it" in said
    assert turn.said[-1].answer == "Nobody meant it"


def test_a_letter_that_is_no_key_is_no_answer(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = converse(repository, monkeypatch, "t", "q")
    assert "t is no key here" in capsys.readouterr().err
    assert not turn.said
