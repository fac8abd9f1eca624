"""Warnings in comments: which sentences count, and which are left alone."""

import pytest

from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.sentences import caution_of, says_why
from archaeology.detectors.topics import issues_in
from archaeology.detectors.witnesses import words_of
from archaeology.facts import FileFacts
from archaeology.model import Family
from fixtures import FactsBuilder
from fixtures.commented import SAID, comment, with_comment


@pytest.mark.parametrize(
    ("text", "family"),
    [
        (SAID, Family.SCAR_TISSUE),
        ("Never hold the registry lock here, otherwise another thread would deadlock.", Family.CONCURRENCY),
        (
            "Must not pass untrusted input on, or else an attacker could inject commands: it would leak keys.",
            Family.SECURITY_BOUNDARY,
        ),
        (
            "Do not change the order of fields, because older clients read the wire format by position.",
            Family.STABLE_FORMAT,
        ),
        (
            "Do not allocate in this hot path, otherwise it would cause a slow garbage collection.",
            Family.PERFORMANCE_GUARD,
        ),
        ("Work around a bug in Safari 15.4, where the popup never opens, see #4711.", Family.SCAR_TISSUE),
    ],
)
def test_a_ban_with_a_reason_is_heard_and_told_apart(text: str, family: Family) -> None:
    found = caution_of(comment(text))
    assert found is not None
    assert found.family is family


@pytest.mark.parametrize(
    "text",
    [
        "We don't need the last table since it is the owner table.",
        "This is always used, since we do not start any threads.",
        "You should not call this twice because it would raise an error for your users.",
        "TODO: do not forget to remove this, otherwise it would break the build.",
        "Returns a set of links which must not be installed at once, otherwise it would fail.",
        "Do not panic.",
        "do not = {1, 2}; x != y && !(z || w) -- [0x1f] {;;} would_break(); #12345 == 0;",
    ],
)
def test_descriptions_advice_to_callers_and_notes_to_self_are_no_scars(text: str) -> None:
    assert caution_of(comment(text)) is None


def test_an_issue_of_another_repository_is_not_ours() -> None:
    text = "See https://github.com/vuejs/core/issues/2860 and https://github.com/a/shop/pull/17"
    assert issues_in(text, home="shop") == ("17",)
    assert issues_in(text) == ("2860", "17")


@pytest.mark.parametrize(
    "text",
    [
        "We must roll back here if the job is timing out, because the count would fail to be saved by the worker.",
        "Do not keep the former file, because the process would crash when it replaces it atomically with the new one.",
    ],
)
def test_words_that_only_sound_like_an_attack_or_a_race_are_plain_scars(text: str) -> None:
    found = caution_of(comment(text))
    assert found is not None
    assert found.family is Family.SCAR_TISSUE


def test_a_sentence_that_points_back_is_told_with_what_it_points_at() -> None:
    said = "The pool is shared since connections are dear. Otherwise two of them could deadlock on its lock."
    found = caution_of(comment(said, kind="reason"))
    assert found is not None
    assert found.sentence == said
    assert caution_of(comment("Otherwise two of them could deadlock on its lock, see #4711.")) is None


def test_words_split_humps_and_underscores() -> None:
    assert words_of("keptAlive_socket of HTTPServer") >= {"kept", "alive", "socket"}


@pytest.mark.parametrize(
    "text",
    [
        "otherwise it goes below the lowest element that must not be hidden",
        "disabled eslint because we can not control the name of the constructor",
        "This should not be reached unless the lock file is corrupted, so assume it is old",
    ],
)
def test_fragments_linters_and_impossible_branches_are_no_scars(text: str) -> None:
    assert caution_of(comment(text)) is None


@pytest.mark.parametrize(
    ("before", "said", "heard"),
    [
        ("// ", "Do not poll this twice, because the second call would hang.", 1),
        ("/// ", "Do not poll this twice, because the second call would hang.", 0),
        ("/// ", "Do not poll this twice, because the second call would hang, see #4711.", 1),
        ("", "It should not be relied on for any guarantee, because it has race conditions and would fail.", 0),
    ],
)
def test_what_stands_in_documentation_warns_callers_and_is_no_scar_unless_it_names_a_fault(
    before: str, said: str, heard: int
) -> None:
    facts = FactsBuilder().module(
        "src/lib.rs", f"{before}{said}\nfn poll() {{}}\n", code=FileFacts("rust", comments=(comment(said, line=1),))
    )
    assert len(list(detect_cautions(facts.build()))) == heard


@pytest.mark.parametrize(
    "path", ["src/xdocs-examples/net/client.py", "src/net/client_testcases.py", "src/net/fuzzer.py"]
)
def test_examples_and_what_tests_need_are_left_alone(path: str) -> None:
    assert not list(detect_cautions(with_comment(comment(SAID), path=path).build()))


def test_a_workaround_that_says_what_happens_otherwise_says_why() -> None:
    found = caution_of(comment('Workaround to "de-select" on NEO, otherwise it gets stuck.', "workaround"))
    assert found is not None
    assert says_why(found)


def test_a_point_of_a_list_of_conditions_is_nothing_by_itself() -> None:
    points = (
        "1. a flag stands before it, and\n2. it could not be assigned because the option has an incompatible datatype"
    )
    assert caution_of(comment(f"It exists if:\n{points}")) is None
    assert caution_of(comment(f"It exists unless all of these:\n{points}")) is None
    found = caution_of(comment(f"It exists if:\n{points}\n\n{SAID}"))
    assert found is not None
    assert found.sentence == SAID


def test_who_does_not_know_why_warns_of_nothing() -> None:
    assert caution_of(comment("I don't know why we must not close it first, otherwise it would hang.")) is None
