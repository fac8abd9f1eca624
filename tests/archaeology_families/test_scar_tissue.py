"""Undone changes: what counts, and what came back."""

from pathlib import Path

from archaeology.detectors.reverts_told import undone_subject
from archaeology.detectors.scar_tissue import detect_scar_tissue
from archaeology.history.model import History, Revert
from archaeology.history.revert_words import revert_reason as reason_of_message
from archaeology.hypotheses.scar_tissue import propose_scar_tissue
from archaeology.survey import ScanOptions, reading
from fixtures import FactsBuilder, RepositoryBuilder
from fixtures.reverts import WHY, reverted, reverted_folder, titles


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
        assert undone_subject(Revert("a", None, 0, subject), History()) is None
    assert (
        undone_subject(Revert("a", None, 0, 'Revert "Cache the rendered page" (#12)'), History())
        == "Cache the rendered page"
    )


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
    for name, message in (
        ("a", "This was pushed by accident to the wrong branch, sorry everybody."),
        ("b", ""),
        ("c", "This was not supposed to end up on the main line of development!!!"),
    ):
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


def test_a_change_that_only_an_issue_names_or_that_cleaned_up_has_no_name() -> None:
    for subject in ("Issue #1087 redis fix", "Code cleanup, refs #2316", "Fix for the bug #12"):
        assert undone_subject(Revert("a", None, 0, f'Revert "{subject}"'), History()) is None, subject
    told = undone_subject(
        Revert("a", None, 0, 'Revert "Cache the rendered page, see https://example.org/1"'), History()
    )
    assert told == "Cache the rendered page"


def test_the_name_of_an_undone_change_has_no_revert_id_or_number_in_it() -> None:
    for subject in (
        'Revert "Cache the rendered page" (#12)',
        "Revert 1ab4289: Cache the rendered page",
        'revert: "Cache the rendered page (#9)"',
    ):
        assert undone_subject(Revert("a", None, 0, subject), History()) == "Cache the rendered page"
    assert undone_subject(Revert("a", None, 0, 'Revert "Revert "Cache the rendered page""'), History()) is None


def test_what_a_revert_says_beyond_the_id_of_what_it_undoes_is_its_reason() -> None:
    said = {
        f"Revert x\n\nThis reverts commit {'a' * 40}, made\nfor #12. It broke the printers of all shops.\n": (
            "It broke the printers of all shops."
        ),
        f"Revert x\n\nThis reverts commit {'a' * 40} because it broke the printers.\n": "because it broke the printers.",
        f"Revert x\n\nThis reverts commit {'a' * 40}.\n\nFixes #810\n": "",
        f"Revert x\n\nDid not help.\nThis reverts commit {'a' * 40}.\n": "Did not help.",
        f"Revert x\n\nThis reverts commit {'a' * 40}, reversing\nchanges made to {'b' * 40}.\n": "",
    }
    assert {message: reason_of_message(message) for message in said} == said


def test_a_revert_that_only_names_an_issue_is_told_with_it_and_asks_what_that_showed(tmp_path: Path) -> None:
    found = reverted(tmp_path / "a", "Give editors a list of words", "Fixes #810", changes=24)
    assert found.title == "“Give editors a list of words” was tried in `editor.py` and taken back in 2022 over #810"
    assert found.questions[0].endswith("the commit names #810 without a reason: what did it show, and would it today?")
    assert (
        found.counter_evidence[-1].summary == "The commit that undid it names #810, and does not say what went wrong."
    )


def test_what_did_not_help_teaches_nothing(tmp_path: Path) -> None:
    assert titles(history(tmp_path / "a")) != []
    folder = tmp_path / "b"
    reverted_folder(folder, "Give editors a list of words", "Did not fix the issue.", changes=24)
    assert titles(folder) == []


def test_a_revert_in_words_of_its_own_goes_by_the_name_of_the_change_or_by_none(tmp_path: Path) -> None:
    plain = "Take editors as a list of words"
    same = reverted(tmp_path / "a", "Take all editors as a list of words", WHY, subject=f"Revert {plain}")
    assert same.title.startswith("“Take all editors as a list of words” was tried")
    other = tmp_path / "b"
    reverted_folder(other, "Add a note to the guide", WHY, subject=f"Revert {plain} and lock their version")
    assert titles(other) == []


def test_the_file_that_bears_the_name_of_the_change_is_told_before_a_manifest(tmp_path: Path) -> None:
    found = reverted(tmp_path / "a", "Open an editor by its name", WHY, beside="setup.py")
    assert "was tried in `editor.py`" in found.title


def test_what_is_defined_in_another_file_today_came_back_there(tmp_path: Path) -> None:
    def folder(name: str, defined: str) -> Path:
        repository = RepositoryBuilder(tmp_path / name)
        plain = "def open_editor(command):\n    return command\n"
        repository.write("src/app/editor.py", plain).commit("Open the editor")
        undone = repository.write("src/app/editor.py", f'{plain}\n\nSHOP_EDITOR = "editor"\n').commit(
            "Name it in a variable"
        )
        repository.revert(undone, WHY)
        repository.write("src/app/settings.py", f"{defined} = 1\n").commit("Read the settings")
        for number in range(8):
            repository.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
        return repository.folder

    assert titles(folder("a", "ANOTHER_NAME")) != []
    assert titles(folder("b", "SHOP_EDITOR")) == []
