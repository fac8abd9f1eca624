"""Reasons that only a commit tells: of lines that still stand, cited so that both are found again."""

from pathlib import Path

import pytest

from archaeology.citations import Resolver
from archaeology.detectors import detect
from archaeology.detectors.told_reasons import detect_told_reasons
from archaeology.git import open_repository
from archaeology.hypotheses.told_reasons import propose_told_reasons
from archaeology.kinds import Kind
from archaeology.model import Family, Hypothesis, Observation
from archaeology.promise import promise
from archaeology.reader import whole_messages
from archaeology.survey import ScanOptions, reading
from fixtures import FactsBuilder, RepositoryBuilder

BEFORE = "def rotate(file):\n    while True:\n        if needs_rotation(file):\n            continue\n        break\n"
AFTER = "def rotate(file):\n    while True:\n        if file.rotate_size < file.size:\n            continue\n        break\n"
WHY = "Check for the rotate size in the loop because the time could roll over in the middle, and the loop would never terminate"


def history(folder: Path, message: str = WHY, *, after: str = AFTER) -> RepositoryBuilder:
    repository = RepositoryBuilder(folder)
    repository.write("src/app/logger.py", BEFORE).commit("Rotate files")
    repository.write("src/app/logger.py", after).commit(message)
    return repository


def seen_in(folder: Path) -> tuple[list[Observation], list[Hypothesis]]:
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        seen = list(detect_told_reasons(facts))
        return seen, list(propose_told_reasons(facts, detect(facts)))


def titles(folder: Path) -> list[str]:
    return [item.title for item in seen_in(folder)[1]]


def test_a_reason_of_lines_that_stand_is_told_with_its_year_and_place(tmp_path: Path) -> None:
    repository = history(tmp_path / "a")
    seen, (found,) = seen_in(repository.folder)
    assert found.title == f"“{WHY}”, says a commit of 2022 on `rotate`"
    assert found.subject == ("src/app/logger.py",)
    assert [item.data["role"] for item in seen] == ["told", "stands"]
    assert "no comment there says why" in seen[1].summary
    assert promise(found, {item.id: item for item in seen}).kind is Kind.TOLD
    assert 0.5 < found.confidence < 0.9
    assert any("test" in item.summary.lower() for item in found.counter_evidence)
    assert len(found.questions) == 2
    assert found.check is None


def test_what_is_cited_is_found_again(tmp_path: Path) -> None:
    message = f"app: fix an endless loop\n\n{WHY.replace(' because', chr(10) + 'because')}.\n"
    repository = history(tmp_path / "a", message)
    seen, _ = seen_in(repository.folder)
    with open_repository(repository.folder) as opened:
        resolver = Resolver(opened)
        assert seen
        assert {resolver.resolve(citation).status for item in seen for citation in item.citations} == {"same"}
    (lines,) = seen[1].citations
    assert lines.kind == "code"
    assert "rotate_size" in lines.quote


def test_a_reason_whose_lines_have_gone_is_not_told(tmp_path: Path) -> None:
    repository = history(tmp_path / "a")
    repository.write("src/app/logger.py", BEFORE).commit("Rotate by time again")
    assert titles(repository.folder) == []


def test_a_reason_that_was_undone_is_not_told(tmp_path: Path) -> None:
    repository = history(tmp_path / "a")
    repository.revert(repository.git("rev-parse", "HEAD").strip(), "It broke the build.")
    assert titles(repository.folder) == []


def test_a_file_that_moved_is_followed(tmp_path: Path) -> None:
    repository = history(tmp_path / "a")
    repository.rename("src/app/logger.py", "src/app/files.py").commit("Name the module for what it does")
    _, (found,) = seen_in(repository.folder)
    assert found.subject == ("src/app/files.py",)


def test_words_that_name_none_of_the_lines_are_not_put_to_them(tmp_path: Path) -> None:
    after = "def other(first, second):\n" + "".join(f"    first.step_{n}(second)\n" for n in range(20))
    assert titles(history(tmp_path / "a", after=after).folder) == []


@pytest.mark.parametrize("subject", ["test: ", "docs: ", "chore: "])
def test_chores_tell_nothing(tmp_path: Path, subject: str) -> None:
    assert titles(history(tmp_path / "a", subject + WHY).folder) == []


def test_what_a_bot_says_is_not_told(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/logger.py", BEFORE).commit("Rotate files")
    repository.write("src/app/logger.py", AFTER)
    repository.git("add", "-A")
    repository.git(
        "-c", "user.name=renovate[bot]", "commit", "-q", "--author", "renovate[bot] <bot@example.org>", "-m", WHY
    )
    assert titles(repository.folder) == []


def test_a_sweep_over_many_files_tells_nothing(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    for number in range(7):
        repository.write(f"src/app/logger_{number}.py", BEFORE)
    repository.commit("Rotate files")
    for number in range(7):
        repository.write(f"src/app/logger_{number}.py", AFTER)
    repository.commit(WHY)
    assert titles(repository.folder) == []


def test_a_warning_in_a_comment_that_says_the_same_is_told_instead(tmp_path: Path) -> None:
    comment = "        # We must check the rotate size in the loop, because the time could roll over and the loop would never terminate.\n"
    after = AFTER.replace("        if file", f"{comment}        if file")
    repository = history(tmp_path / "a", after=after)
    seen, found = seen_in(repository.folder)
    assert found == []
    assert seen[1].data["said"]


def test_the_test_that_came_with_it_is_named(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/logger.py", BEFORE).write("tests/test_logger.py", "def test_it():\n    assert True\n")
    repository.commit("Rotate files")
    repository.write("src/app/logger.py", AFTER)
    repository.append("tests/test_logger.py", "\n\ndef test_rotate_terminates():\n    assert rotate\n")
    repository.commit(WHY)
    seen, (found,) = seen_in(repository.folder)
    assert seen[-1].data["role"] == "test"
    assert "tests came with it" in {term.label for term in found.rationale}


def test_a_race_belongs_to_what_runs_at_the_same_time(tmp_path: Path) -> None:
    message = "Hold the rotate size in one place, otherwise two threads race and deadlock"
    _, (found,) = seen_in(history(tmp_path / "a", message).folder)
    assert found.family is Family.CONCURRENCY


def test_a_line_that_moved_is_found_where_it_was_put(tmp_path: Path) -> None:
    before = "def close(channel):\n    channel.raise_closed_event()\n    channel.signal_handle()\n    return channel\n"
    after = "def close(channel):\n    channel.signal_handle()\n    channel.raise_closed_event()\n    return channel\n"
    why = "Signal the handle before the closed event is raised to avoid a deadlock in subscribers"
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/channel.py", before).commit("Close channels")
    repository.write("src/app/channel.py", after).commit(why)
    _, (found,) = seen_in(repository.folder)
    assert found.title.startswith(f"“{why}”")
    repository.write("src/app/channel.py", before).commit("Put them in the order of the manual")
    assert titles(repository.folder) == []


@pytest.mark.parametrize(
    "message",
    [
        f"{WHY}\x1b[31m red",
        WHY.replace("the loop", "the \u202eloop"),
        WHY + " " + "and so on " * 200_000,
        f"Rotate\n\n{'x' * 2_000_000}\n\n{WHY}.",
    ],
)
def test_hostile_messages_are_left_alone(tmp_path: Path, message: str) -> None:
    (tmp_path / "message").write_text(message, encoding="utf-8")
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/logger.py", BEFORE).commit("Rotate files")
    repository.write("src/app/logger.py", AFTER)
    repository.git("add", "-A")
    repository.git("commit", "-q", "-F", str(tmp_path / "message"))
    for title in titles(repository.folder):
        assert "\x1b" not in title
        assert "\u202e" not in title
        assert len(title) < 400


def test_a_message_in_another_encoding_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "message").write_bytes(f"{WHY} caf\xe9".encode("latin-1"))
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/logger.py", BEFORE).commit("Rotate files")
    repository.write("src/app/logger.py", AFTER)
    repository.git("add", "-A")
    repository.git("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "-F", str(tmp_path / "message"))
    assert titles(repository.folder) == []


def test_the_same_repository_tells_the_same(tmp_path: Path) -> None:
    repository = history(tmp_path / "a")
    assert seen_in(repository.folder) == seen_in(repository.folder)


def test_facts_without_a_packed_history_tell_nothing() -> None:
    facts = FactsBuilder().module("src/a.py").build()
    assert list(detect_told_reasons(facts)) == []
    assert list(whole_messages(facts.reader, ["a" * 40])) == []


def test_messages_come_whole_and_in_order_and_the_missing_as_none(tmp_path: Path) -> None:
    repository = history(tmp_path / "a", f"{WHY}\n\nThe rest.\n")
    oids = repository.git("rev-list", "HEAD").split()
    with open_repository(repository.folder) as opened:
        tree = repository.git("rev-parse", "HEAD^{tree}").strip()
        found = list(opened.messages([*oids, "0" * 40, tree], 10_000))
        assert found == [(oids[0], f"{WHY}\n\nThe rest."), (oids[1], "Rotate files"), ("0" * 40, None), (tree, None)]
        assert list(opened.messages(oids, 100)) == [(oids[0], None), (oids[1], None)]  # the object is larger than that
        assert list(opened.work_tree().messages(oids[1:], 10_000)) == [(oids[1], "Rotate files")]


def test_what_went_wrong_before_is_told_with_what_was_done(tmp_path: Path) -> None:
    repository = history(
        tmp_path / "a",
        "Check for the rotate size in the loop\n\nWhen the time rolled over in the middle, the loop would never terminate and hang.\n",
    )
    seen, (found,) = seen_in(repository.folder)
    assert found.title == (
        "“Check for the rotate size in the loop”: before that, “When the time rolled over in the middle, the loop would never "
        "terminate and hang”, says a commit of 2022 on `rotate`"
    )
    assert seen[0].data["joint"] == "before"
    assert found.possible_intent.strategy == "Check for the rotate size in the loop"


def test_a_reason_in_words_that_the_history_does_not_look_for_is_told(tmp_path: Path) -> None:
    why = "Check for the rotate size in the loop, since the time can roll over in the middle and the loop never terminates"
    repository = history(tmp_path / "a", why)
    with reading(repository.folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        assert facts.history.reasons == ()
    assert titles(repository.folder) == [f"“{why}”, says a commit of 2022 on `rotate`"]
