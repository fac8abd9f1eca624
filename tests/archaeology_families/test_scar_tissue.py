"""Undone changes: what counts, and what came back."""

from pathlib import Path

from archaeology.detectors.reverts_told import undone_subject
from archaeology.detectors.scar_tissue import detect_scar_tissue
from archaeology.history.model import Revert
from archaeology.hypotheses.scar_tissue import propose_scar_tissue
from archaeology.survey import ScanOptions, reading
from fixtures import FactsBuilder, RepositoryBuilder

WHY = "Quoting the whole command broke editors that were given with arguments."


def history(folder: Path, *, again: bool = False, changes: int = 8) -> Path:
    repository = RepositoryBuilder(folder)
    repository.write("src/app/editor.py", "def open_editor(command):\n    return command\n").commit("Open the editor")
    repository.write(
        "src/app/editor.py", "import shlex\n\ndef open_editor(command):\n    return shlex.quote(command)\n"
    )
    undone = repository.commit("Quote the command of the editor")
    repository.revert(undone, WHY)
    if again:
        repository.append("src/app/editor.py", "# quoted\n").commit("Quote the command of the editor")
    for number in range(changes):
        repository.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
    return folder


def titles(folder: Path) -> list[str]:
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        return [item.title for item in propose_scar_tissue(facts, tuple(detect_scar_tissue(facts)))]


def test_an_explained_revert_that_stayed_is_a_scar(tmp_path: Path) -> None:
    (title,) = titles(history(tmp_path / "a"))
    assert title == f"“Quote the command of the editor” was tried in `editor.py` and taken back in 2022: “{WHY[:-1]}”"


def test_what_came_back_is_no_scar(tmp_path: Path) -> None:
    assert titles(history(tmp_path / "a", again=True)) == []


def test_what_came_back_under_another_subject_is_told_by_its_lines(tmp_path: Path) -> None:
    text = "import shlex\n\ndef open_editor(command):\n    return shlex.quote(command)\n"
    again = RepositoryBuilder(tmp_path / "b")
    again.write("src/app/editor.py", "def open_editor(command):\n    return command\n").commit("Open the editor")
    undone = again.write("src/app/editor.py", text).commit("Quote the command of the editor")
    again.revert(undone, WHY)
    again.write("src/app/editor.py", text).commit("Be safe with spaces in the name of an editor")
    for number in range(8):
        again.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
    assert titles(again.folder) == []


def test_a_revert_whose_own_lines_are_gone_defends_nothing_any_more(tmp_path: Path) -> None:
    old = "def open_editor(command):\n    first_part = command\n    second_part = first_part\n    return second_part\n"
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/editor.py", old).commit("Open the editor")
    undone = repository.write("src/app/editor.py", "def open_editor(command):\n    return command\n").commit(
        "Open the editor in one step"
    )
    repository.revert(undone, WHY)
    repository.write("src/app/editor.py", "EDITORS = {}\n").commit("Look editors up in a table")
    for number in range(8):
        repository.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
    assert titles(repository.folder) == []


def test_a_reason_is_a_threat_only_where_it_names_what_went_wrong(tmp_path: Path) -> None:
    repository = RepositoryBuilder(tmp_path / "a")
    repository.write("src/app/editor.py", "def open_editor(command):\n    return command\n").commit("Open the editor")
    undone = repository.write("src/app/editor.py", "def open_editor(command):\n    return [command]\n").commit(
        "Give editors a list of words"
    )
    repository.revert(undone, "The plain text reads much better for now.")
    for number in range(8):
        repository.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
    with reading(repository.folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        (found,) = propose_scar_tissue(facts, tuple(detect_scar_tissue(facts)))
    assert found.possible_intent.threat is None
    assert "for the time being" in {term.label for term in found.rationale}


def test_a_revert_that_nobody_worked_on_since_says_nothing(tmp_path: Path) -> None:
    assert titles(history(tmp_path / "a", changes=1)) == []


def test_merges_chores_and_short_subjects_are_passed_over() -> None:
    for subject in (
        'Revert "Merge pull request #1 from a/b"',
        'Revert "Bump dependency versions"',
        'Revert "fix"',
        "Undo things",
    ):
        assert undone_subject(Revert("a", None, 0, subject)) is None
    assert undone_subject(Revert("a", None, 0, 'Revert "Cache the rendered page" (#12)')) == "Cache the rendered page"


def test_without_a_packed_history_nothing_is_claimed() -> None:
    facts = (
        FactsBuilder()
        .module("src/a.py")
        .revert(Revert("a" * 40, "b" * 40, 1, 'Revert "Cache the rendered page"', reason=WHY, paths=("src/a.py",)))
        .build()
    )
    seen = tuple(detect_scar_tissue(facts))
    assert [item.data["role"] for item in seen] == ["undone"]
    assert not list(propose_scar_tissue(facts, seen))


def test_an_accident_and_what_was_undone_at_once_without_a_word_are_slips(tmp_path: Path) -> None:
    for name, message in (("a", "This was pushed by accident to the wrong branch, sorry everybody."), ("b", "")):
        repository = RepositoryBuilder(tmp_path / name)
        repository.write("src/app/editor.py", "def open_editor(command):\n    return command\n").commit(
            "Open the editor"
        )
        undone = repository.write("src/app/editor.py", "def open_editor(command):\n    return [command]\n").commit(
            "Give editors a list of words"
        )
        repository.revert(undone, message)
        for number in range(24):
            repository.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
        assert titles(repository.folder) == []


def test_the_name_of_an_undone_change_has_no_revert_id_or_number_in_it() -> None:
    for subject in (
        'Revert "Cache the rendered page" (#12)',
        "Revert 1ab4289: Cache the rendered page",
        'revert: "Cache the rendered page (#9)"',
    ):
        assert undone_subject(Revert("a", None, 0, subject)) == "Cache the rendered page"
    assert undone_subject(Revert("a", None, 0, 'Revert "Revert "Cache the rendered page""')) is None
