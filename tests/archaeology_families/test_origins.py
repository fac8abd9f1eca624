"""Which commit wrote a warning, and what that makes of the warning."""

from pathlib import Path

import pytest

from archaeology.checks import evaluate
from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.origins import Origin, Said, origins, traced
from archaeology.hypotheses.cautions import propose_cautions
from archaeology.model import Family, Hypothesis
from archaeology.survey import ScanOptions, reading
from fixtures import FactsBuilder, RepositoryBuilder

PLAIN = "class Client:\n    def retry(self):\n        return self.connection\n"
WARNING = (
    "        # Do not reuse the kept-alive connection after a retry,\n"
    "        # because the broken socket would hang the worker.\n"
)
SAID = "Do not reuse the kept-alive connection after a retry, because the broken socket would hang the worker."
WARNED = PLAIN.replace("        return self.connection", f"{WARNING}        return self.open()")
REWRAPPED = (
    "class Client:\n    def retry(self):\n"
    "        if self.open:\n"
    "            # Do not reuse the kept-alive\n            # connection after a retry, because the broken\n"
    "            # socket would hang the worker.\n"
    "            return self.connection\n"
)


def client(folder: Path, subject: str, *, with_test: bool = False, many: int = 0) -> RepositoryBuilder:
    repository = RepositoryBuilder(folder)
    repository.write("src/net/client.py", PLAIN).commit("Retry once")
    repository.append("src/net/client.py", "LIMIT = 1\n").commit("Limit the retries")
    repository.write("src/net/client.py", WARNED + "LIMIT = 1\n")
    if with_test:
        repository.write("tests/test_client.py", "def test_retry_opens_a_new_connection():\n    assert True\n")
    for number in range(many):
        repository.write(f"src/net/other_{number}.py", "A = 1\n")
    repository.commit(subject)
    return repository


def written(folder: Path) -> Origin | None:
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        return origins(facts, [Said("src/net/client.py", SAID)]).get(Said("src/net/client.py", SAID))


def proposed(folder: Path) -> list[Hypothesis]:
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        found = list(propose_cautions(facts, tuple(detect_cautions(facts))))
        for hypothesis in found:
            assert hypothesis.check is None or evaluate(hypothesis.check, facts).holds
    return found


def test_rewrapping_and_moving_do_not_hide_who_wrote_it(tmp_path: Path) -> None:
    repository = client(tmp_path / "a", "Fix workers that hang after a retry")
    wrote = repository.head()
    for number in range(5):
        repository.append("src/net/client.py", f"A_{number} = 1\n").commit(f"Add {number}")
    repository.write("src/net/client.py", REWRAPPED + "LIMIT = 1\n").commit("Indent")
    origin = written(repository.folder)
    assert origin is not None
    assert (origin.commit.oid, origin.paths) == (wrote, ("src/net/client.py",))


def test_words_that_came_with_the_file_have_no_origin(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/net/client.py", WARNED).commit("Fix everything")
    repository.append("src/net/client.py", "LIMIT = 1\n").commit("Limit the retries")
    assert written(repository.folder) is None


def test_a_commit_that_changed_half_of_the_repository_says_nothing(tmp_path: Path) -> None:
    assert written(client(tmp_path / "a", "Fix the style", many=30).folder) is None


def test_a_history_that_is_not_packed_has_no_origins() -> None:
    facts = FactsBuilder().module("src/net/client.py", WARNED).build()
    assert origins(facts, [Said("src/net/client.py", SAID)]) == {}


def test_a_warning_that_a_repair_wrote_with_its_test_is_learned_the_hard_way(tmp_path: Path) -> None:
    (found,) = proposed(client(tmp_path / "a", "Fix workers that hang after a retry", with_test=True).folder)
    assert found.title == f"“{SAID[:-1]}”, says a comment in `Client.retry`, since a repair in 2022"
    assert {"a repair wrote it", "tests came with it"} <= {term.label for term in found.rationale}
    assert "of 2022-03-03 (“Fix workers that hang after a retry”) wrote this" in found.questions[0]
    assert found.possible_intent.expectation is None
    assert found.possible_intent.tradeoff is None


@pytest.mark.parametrize("subject", ["chore: fix retries in a script", "Fix a bunch of lints", "Fix flaky tests"])
def test_the_same_warning_in_a_commit_of_housework_is_left_alone(tmp_path: Path, subject: str) -> None:
    assert proposed(client(tmp_path / "a", subject, with_test=True).folder) == []


def test_the_same_warning_in_a_commit_that_repaired_nothing_is_told_with_less_confidence(tmp_path: Path) -> None:
    (found,) = proposed(client(tmp_path / "a", "Open a new connection on each try").folder)
    assert "since a repair" not in found.title
    assert 0.3 < found.confidence < 0.5


@pytest.mark.parametrize(
    ("subject", "repairs"),
    [
        ("Added: Tell of crashes in a window of their own", False),
        ("feat(net): report a deadlock", False),
        ("Add a fix for retries that crash", True),
        ("Add a missing close, workers had a leak", True),
    ],
)
def test_a_commit_that_adds_something_with_the_name_of_a_fault_in_it_is_no_repair(
    tmp_path: Path, subject: str, *, repairs: bool
) -> None:
    (found,) = proposed(client(tmp_path / "a", subject).folder)
    assert (
        "since a repair" in found.title or "a repair wrote it" in {term.label for term in found.rationale}
    ) is repairs


def test_without_a_test_that_is_said_and_asked(tmp_path: Path) -> None:
    (found,) = proposed(client(tmp_path / "a", "Fix workers that hang after a retry").folder)
    assert found.family is Family.SCAR_TISSUE
    assert "No test was found" in found.counter_evidence[0].summary
    assert "Which test would fail if “Do not reuse" in found.questions[-1]


def test_who_corrects_a_word_of_a_warning_did_not_write_it(tmp_path: Path) -> None:
    repository = client(tmp_path / "a", "Fix workers that hang after a retry")
    wrote = repository.head()
    repository.write("src/net/client.py", WARNED.replace("after a retry", "after a re-try") + "LIMIT = 1\n")
    repository.commit("Fix the spelling")
    repository.write("src/net/client.py", WARNED + "LIMIT = 1\n").commit("Fix the spelling back")
    origin = written(repository.folder)
    assert origin is not None
    assert origin.commit.oid == wrote


def test_words_that_came_out_of_another_file_have_no_origin(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/net/old.py", "A = 1\n" * 20 + WARNED).write("src/net/client.py", PLAIN).commit("Begin")
    repository.append("src/net/client.py", "LIMIT = 1\n").commit("Limit the retries")
    repository.write("src/net/old.py", "A = 1\n" * 20).write("src/net/client.py", WARNED + "LIMIT = 1\n")
    repository.commit("Fix imports by moving the client")
    assert written(repository.folder) is None


def test_a_commit_that_wrote_the_words_and_no_code_beside_them_repaired_nothing(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/net/client.py", PLAIN).commit("Retry once")
    repository.append("src/net/client.py", "LIMIT = 1\n").commit("Limit the retries")
    commented = PLAIN.replace("        return", f"{WARNING}        return")
    repository.write("src/net/client.py", commented + "LIMIT = 1\n").commit("Fix what readers miss")
    origin = written(repository.folder)
    assert origin is not None
    assert not origin.beside
    assert proposed(repository.folder) == []


def test_a_warning_that_says_why_and_was_left_standing_is_told_with_less_confidence(tmp_path: Path) -> None:
    repository = client(tmp_path / "a", "Write comments")
    for number in range(3):
        repository.append("src/net/client.py", f"A_{number} = 1\n").commit(f"Add {number}")
    (found,) = proposed(repository.folder)
    assert found.title.startswith(f"“{SAID[:-1]}”, says a comment in `Client.retry`")
    assert 0.3 < found.confidence < 0.5
    (stood,) = [item for item in found.rationale if item.label == "it was left standing"]
    assert stood.detail == "The words have stood through 3 changes of the file since 2022."


def test_words_that_came_with_the_file_have_stood_as_long_as_the_file(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/net/client.py", WARNED).commit("Begin")
    repository.append("src/net/client.py", "LIMIT = 1\n").commit("Limit the retries")
    with reading(repository.folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        known = traced(facts, [Said("src/net/client.py", SAID)])
    assert not known.written
    assert [(item.commit.subject, item.changes) for item in known.stood.values()] == [("Begin", 1)]
    (found,) = proposed(repository.folder)
    assert "through 1 change of the file" in found.rationale[-1].detail


@pytest.mark.parametrize(
    "comment",
    [
        "Close the connection here to avoid leaks of sockets in the pool of workers.",
        "The last segment of the path must always match at the end of it.",
        "We should never ever reach this point due to the exception being thrown.",
        "We should never get this, because the paths were made absolute before.",
    ],
)
def test_a_warning_that_gives_no_reason_needs_somebody_else_to_speak_for_it(tmp_path: Path, comment: str) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/net/client.py", PLAIN).commit("Retry once")
    commented = PLAIN.replace("        return", f"        # {comment}\n        return")
    repository.write("src/net/client.py", commented).commit("Retry twice")
    for number in range(3):
        repository.append("src/net/client.py", f"A_{number} = 1\n").commit(f"Add {number}")
    assert proposed(repository.folder) == []


def test_a_branch_beside_does_not_hide_who_wrote_the_words(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/net/client.py", PLAIN).commit("Retry once")
    repository.branch("beside")
    repository.checkout("main")
    repository.write("src/net/client.py", WARNED)
    wrote = repository.commit("Fix workers that hang after a retry")
    repository.checkout("beside")
    repository.write("src/net/client.py", f'"""Retries."""\n\n\n{PLAIN}').commit("Say what it is for")
    repository.checkout("main")
    for number in range(3):
        repository.append("src/net/client.py", f"LIMIT_{number} = 1\n").commit("Fix the number of retries")
    repository.merge("beside")
    found = written(repository.folder)
    assert found is not None
    assert found.commit.oid == wrote
