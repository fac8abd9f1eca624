"""Undone changes: what counts, and what came back."""

from pathlib import Path
from typing import Any

from archaeology.detectors.reverts_told import revert_reason, undone_subject
from archaeology.detectors.scar_tissue import detect_scar_tissue
from archaeology.history.model import History, Revert
from archaeology.history.revert_words import revert_issue
from archaeology.history.revert_words import revert_reason as reason_of_message
from archaeology.hypotheses.scar_tissue import propose_scar_tissue
from archaeology.model import Hypothesis
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


def reverted_folder(
    folder: Path, change: str, why: str, *, subject: str = "", beside: str = "", changes: int = 8
) -> RepositoryBuilder:
    repository = RepositoryBuilder(folder)
    others = (beside,) if beside else ()
    for path in ("src/app/editor.py", *others):
        repository.write(path, "def open_editor(command):\n    return command\n")
    repository.commit("Open the editor")
    for path in ("src/app/editor.py", *others):
        repository.write(path, "def open_editor(command):\n    return [command]\n")
    undone = repository.commit(change)
    for path in ("src/app/editor.py", *others):
        repository.write(path, "def open_editor(command):\n    return command\n")
    repository.commit(f"{subject or f'Revert {chr(34)}{change}{chr(34)}'}\n\nThis reverts commit {undone}.\n\n{why}")
    for number in range(changes):
        repository.append("src/app/editor.py", f"LIMIT_{number} = {number}\n").commit(f"Add limit {number}")
    return repository


def reverted(folder: Path, change: str, why: str, **details: Any) -> Hypothesis:
    reverted_folder(folder, change, why, **details)
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        (found,) = propose_scar_tissue(facts, tuple(detect_scar_tissue(facts)))
    return found


def test_a_revert_says_why_it_took_the_change_back_and_not_why_that_was_made() -> None:
    message = "This change was made since caches were slow. However, it breaks logins of two tabs at once."
    revert = Revert("c" * 40, None, 5, "Revert “Cache logins”", message, ("src/a.py",))
    assert revert_reason(revert) == "However, it breaks logins of two tabs at once."


def test_what_else_was_done_is_no_reason_and_the_next_lines_of_a_message_are_read() -> None:
    revert = f"Revert x\n\nThis reverts commit {'a' * 40}.\n\n"
    said = {
        f"{revert}also some further tweaks due to the new logger\n": "",
        f"{revert}also some further tweaks due to the new logger\n\nIt never closed the file.\n": "It never closed the file.",
        f"{revert}Fixes #810, Reopens #79\n\nThis doesn't work on Windows.\n": "This doesn't work on Windows.",
        f"{revert}Fixes #810\nWe need to find a new way.\n": "We need to find a new way.",
        f"{revert}This was made since caches were slow.\n\nHowever, it breaks logins.\n": "However, it breaks logins.",
        f"{revert}Traceback (most recent call last):\n  File x\nstruct.error\n": "",
        f"{revert}**Which issue(s) this PR fixes**: \nFixes #4\n\n**Why we need it**: \nIt never worked here.\n": (
            "It never worked here."
        ),
        f"Revert x\n\nt pu This partially reverts commit {'a' * 40}.\n": "",
        f"Revert x\n\nPartially reverts commit {'a' * 40}.\n\nIt broke the shop.\n": "It broke the shop.",
        f"{revert}## Release note\n\nIt never worked here.\n": "It never worked here.",
        f"{revert}{'see#1,' * 5_000}!\n": ("see#1," * 100)[:400],
    }
    assert {message: reason_of_message(message) for message in said} == said


def test_an_issue_is_told_by_its_number_however_a_revert_names_it() -> None:
    revert = f"Revert x (#77)\n\nThis reverts commit {'a' * 40}.\n\n"
    said = {
        f"{revert}Fixes #810": "810",
        f"{revert}Fixes 810.": "810",
        f"{revert}In response to https://example.org/shop/app/issues/2808": "2808",
        f"{revert}See #12": "12",
        'Revert "Let tests set the time (#78)", fixes #4149\n\nThis reverts commit abcdef12.': "4149",
        'Revert "Let tests set the time, fixes #78"\n\nThis reverts commit abcdef12.': "",
        f"{revert}It has 12 bugs, as many say.": "",
        "Revert clean code, see https://example.org/shop/app/pull/795\n\nThis reverts it.": "",
    }
    assert {message: revert_issue(message) for message in said} == said


def test_what_is_not_needed_any_more_did_nothing_wrong(tmp_path: Path) -> None:
    for number, why in enumerate(
        (
            "This isn't needed anymore, as shells split them.",
            "Because https://example.org/issues/107 was fixed.",
            "The equivalent function will be added back using the new shell.",
        )
    ):
        reverted_folder(tmp_path / str(number), "Give editors a list of words", why)
        assert titles(tmp_path / str(number)) == [], why


def noted(folder: Path, change: str, why: str, note: str, *, path: str = "CHANGELOG.md") -> Hypothesis:
    repository = reverted_folder(folder, change, why, changes=24)
    repository.write(path, f"# 1.2\n\n* Faster start\n{note}\n* Other things\n").commit("Write down the release")
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        (found,) = propose_scar_tissue(facts, tuple(detect_scar_tissue(facts)))
    return found


def test_the_notes_of_the_release_say_why_where_the_commit_does_not(tmp_path: Path) -> None:
    note = "* Reverted a commit which appeared to cause\n  blank lines ([#810](https://example.org/810))"
    found = noted(tmp_path / "a", "Give editors a list of words", "Fixes #810", note)
    said = "Reverted a commit which appeared to cause blank lines"
    assert found.title.endswith(f"taken back in 2022, of which `CHANGELOG.md` says: “{said}”")
    assert found.questions[0].endswith(f"and `CHANGELOG.md` says “{said}”: is that still so today?")
    assert not any("does not say" in item.summary for item in found.counter_evidence)


def test_notes_are_found_by_the_words_of_the_change_and_tell_nothing_of_another(tmp_path: Path) -> None:
    change = "Give editors a list of words"
    same = noted(
        tmp_path / "a",
        change,
        "Fixes #99",
        "- Undo giving editors a list of words: it broke spaces",
        path="docs/changes/1.2.md",
    )
    assert "`1.2.md` says: “Undo giving editors a list of words: it broke spaces”" in same.title
    other = noted(tmp_path / "b", change, "Fixes #99", "- Revert the new colours (#12), which broke the eyes")
    assert "broke" not in other.title
    assert "names #99 without a reason" in other.questions[0]


def test_a_note_that_only_repeats_the_change_explains_nothing(tmp_path: Path) -> None:
    change = "Give editors a list of words"
    found = noted(tmp_path / "a", change, "Fixes #99", f'- Revert "{change}" (#99)')
    assert found.title.endswith("taken back in 2022 over #99")
    assert any("does not say what went wrong" in item.summary for item in found.counter_evidence)
    long = "- Revert. While words were split, it introduced an issue with editors whose names have blanks in them (#99)"
    found = noted(tmp_path / "b", change, "Fixes #99", long)
    assert "says: “While words were split, it introduced an issue" in found.title


def test_a_later_commit_in_like_words_speaks_against_it(tmp_path: Path) -> None:
    repository = reverted_folder(tmp_path / "a", "Give editors a list of words with shells between", WHY)
    repository.append("src/app/editor.py", "SPLIT = 1\n").commit("Split words again, a list that editors like")
    with reading(tmp_path / "a", ScanOptions(use_cache=False, jobs=1)) as facts:
        (found,) = propose_scar_tissue(facts, tuple(detect_scar_tissue(facts)))
    assert found.counter_evidence[0].summary.startswith(
        "A commit of 2022 speaks of the same: “Split words again, a list"
    )
    assert found.counter_evidence[0].citations
