"""Why a change was taken back, from its message, from the notes of a release, and what speaks against it."""

from pathlib import Path

from archaeology.detectors.reverts_told import revert_reason
from archaeology.detectors.scar_tissue import detect_scar_tissue
from archaeology.history.model import Revert
from archaeology.history.revert_words import revert_issue
from archaeology.history.revert_words import revert_reason as reason_of_message
from archaeology.hypotheses.scar_tissue import propose_scar_tissue
from archaeology.model import Hypothesis
from archaeology.survey import ScanOptions, reading
from fixtures.reverts import WHY, reverted_folder, titles


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
