"""Who speaks for a warning, and which of many are told."""

import pytest

from archaeology.checks import evaluate
from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.gravity import Gravity, gravity_of
from archaeology.detectors.sentences import caution_of
from archaeology.detectors.topics import issues_in
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import FileFacts, TestCase
from archaeology.history.model import FileHistory, Reason, Revert
from archaeology.hypotheses.cautions import propose_cautions
from archaeology.model import Category, Family
from fixtures import FactsBuilder
from fixtures.commented import SAID, comment, proposed, with_comment


def test_issues_are_read_from_numbers_and_addresses() -> None:
    assert issues_in(
        "See #8903 and https://github.com/a/b/issues/2062#issuecomment-1, also gh-17 and CVE-2021-4422"
    ) == (
        "8903",
        "2062",
        "17",
        "2021-4422",
    )


@pytest.mark.parametrize(
    "said",
    [
        "Do not go on if it is up, as it is on a retry: the kept-alive connection of the socket would hang us.",
        "Do not reuse (on a retry, #4711) the `kept-alive` connection: if it is up, a broken socket would hang it.",
        "Do not   reuse the kept-alive connection as it is, since on a retry the broken socket would hang it.",
    ],
)
def test_the_words_of_a_warning_are_looked_for_as_they_are_written(said: str) -> None:
    """Short words and signs between them are part of it: the check that the warning stands must hold where it was found."""
    reason = "On a retry, open a new connection because the kept-alive socket hung."
    facts = with_comment(comment(said)).reason(Reason("a" * 40, 1, reason, "because", ("src/net/client.py",))).build()
    (found,) = propose_cautions(facts, tuple(detect_cautions(facts)))
    assert found.check is not None
    assert found.check.kind == "pattern_present"
    assert evaluate(found.check, facts).holds
    gone = with_comment(comment("Reuse it.")).build()
    assert evaluate(found.check, gone).holds is False


def test_a_warning_alone_stays_an_observation() -> None:
    facts = with_comment(comment(SAID)).build()
    seen = list(detect_cautions(facts))
    assert [item.category for item in seen] == [Category.TEXTUAL]
    assert not list(propose_cautions(facts, tuple(seen)))


@pytest.mark.parametrize(
    ("reason", "label", "told"),
    [
        (
            "The kept-alive socket of the client got more time, because proxies were slow to answer and people had to log in anew.",
            "a commit uses words of it",
            "uses words of it",
        ),
        (
            "After a retry the kept-alive connection is not reused, because a broken socket would hang the worker.",
            "a commit says the same",
            "says the same",
        ),
    ],
)
def test_words_in_common_are_not_told_as_the_same(reason: str, label: str, told: str) -> None:
    facts = with_comment(comment(SAID)).reason(Reason("a" * 40, 1, reason, "because", ("src/net/client.py",))).build()
    seen = tuple(detect_cautions(facts))
    (found,) = propose_cautions(facts, seen)
    assert label in {term.label for term in found.rationale}
    assert any(item.summary.startswith(f"A commit that changed the file {told}: “") for item in seen)


def test_a_commit_that_says_the_same_makes_it_a_hypothesis() -> None:
    builder = with_comment(comment(SAID)).reason(
        Reason(
            "a" * 40,
            1,
            "When retrying, open a new connection because the kept-alive socket hung.",
            "because",
            ("src/net/client.py",),
        )
    )
    found = proposed(builder)
    assert [item.family for item in found] == [Family.SCAR_TISSUE]
    assert found[0].title == f"“{SAID[:-1]}”, says a comment in `Client.retry`"
    assert found[0].possible_intent.capability is None
    assert found[0].possible_intent.strategy == "Do not reuse the kept-alive connection after a retry"
    assert found[0].possible_intent.threat == "the broken socket would hang the worker"
    assert found[0].counter_evidence[0].summary.startswith("No test was found")


def test_a_revert_of_the_same_file_about_something_else_proves_nothing() -> None:
    builder = with_comment(comment(SAID)).revert(
        Revert("b" * 40, "c" * 40, 1, 'Revert "Rename the settings page"', paths=("src/net/client.py",))
    )
    assert not proposed(builder)


def test_a_test_for_the_same_issue_speaks_loudest() -> None:
    text = "Do not overwrite the previous result here, it may be a group result (see #8903)."
    case = TestCase("tests/test_client.py::test_group_results_survive", "tests/test_client.py", 1, 2, issue="#8903")
    builder = (
        with_comment(comment(text))
        .module(
            "tests/test_client.py", "import x\n\ndef test_group_results_survive(): ...", imports=("src/net/client.py",)
        )
        .test_case(case)
    )
    (found,) = proposed(builder)
    assert any("remembers #8903" in item.detail for item in found.rationale)
    assert found.check is not None
    assert found.check.kind == "test_exists"


def test_the_commit_of_an_issue_is_found_by_its_number() -> None:
    facts = FactsBuilder().commit("Fix retry loop (#123)").commit("Fix #12: other").build()
    witnesses = Witnesses(facts)
    assert (witnesses.commit_naming("12") or facts.history.commits[0]).subject == "Fix #12: other"
    assert witnesses.commit_naming("1") is None


def test_what_is_said_word_for_word_twice_is_documentation() -> None:
    builder = with_comment(comment(SAID), comment(SAID, line=4))
    assert not list(detect_cautions(builder.build()))


def test_warnings_in_tests_are_left_alone() -> None:
    assert not list(detect_cautions(with_comment(comment(SAID, symbol="tests::hangs")).build()))


def test_what_the_compiler_refuses_is_no_scar() -> None:
    said = "Use a match rather than a map, because the lid is moved and cannot be used in a closure."
    assert caution_of(comment(said)) is None
    assert (
        caution_of(comment(said.replace("moved and cannot be used in a closure", "shared, and it would jam")))
        is not None
    )


def test_a_second_warning_of_a_file_is_told_where_it_is_as_good_and_of_another_function() -> None:
    other = "Do not lift the sealed lid while a sheet is fed, because the torn sheet would jam the press."
    again = "Never open a sealed drawer while a roll is fed, because the torn roll would jam the press."
    places = ("Client.retry", "Client.feed", "Client.feed")
    here = [comment(said, line=2 * at + 1, symbol=places[at]) for at, said in enumerate((SAID, other, again))]
    text = "\n".join(line for said in here for line in (f"# {said.text}", "turn()"))
    facts = FactsBuilder().module("src/net/client.py", text, code=FileFacts("python", lines=6, comments=tuple(here)))
    for number, said in enumerate((SAID, other, again)):
        facts.reason(Reason(str(number) * 40, 1, f"In the client: {said}", "because", ("src/net/client.py",)))
    found = proposed(facts)
    assert sorted("`Client.retry`" in one.title for one in found) == [False, True]
    assert len({one.id for one in found}) == len(found)
    assert [one.id for one in found] == [one.id for one in proposed(facts)]


def test_the_same_warning_of_another_thing_in_another_file_is_told_once() -> None:
    said = "We must add each hidden {} as one more than there are, since a new shelf never takes away what could be seen before."
    facts = FactsBuilder()
    for path, thing in (("src/letters.py", "letter"), ("src/parcels.py", "parcel")):
        here = comment(said.format(thing), line=1, symbol=thing)
        code = FileFacts("python", lines=2, comments=(here,))
        facts.module(path, f"# {here.text}\nturn()", code=code)
        facts.reason(Reason(thing[0] * 40, 1, f"In the shelf: {here.text}", "because", (path,)))
    assert len(proposed(facts)) == 1


@pytest.mark.parametrize(
    ("text", "gravity"),
    [
        (SAID, Gravity.REASON),
        ("We use a queue rather than a list in order to avoid running in the middle of a count.", Gravity.AIM),
        ("We use a queue rather than a list, because lists are counted by somebody else at night.", Gravity.REASON),
        ("Ignore the error here, since it does not say more than what was printed before.", Gravity.TRIFLE),
        ("Never ignore the error here, because a lost row would corrupt the book of the day.", Gravity.REASON),
        (
            "We must hand over the list rather than the row, because the row is never `None` in the book.",
            Gravity.TRIFLE,
        ),
    ],
)
def test_a_reason_weighs_more_than_an_aim_and_a_trifle_least(text: str, gravity: Gravity) -> None:
    found = caution_of(comment(text))
    assert found is not None
    assert gravity_of(found) is gravity


def test_at_most_six_of_a_family_are_shown() -> None:
    builder = FactsBuilder()
    for letter in "abcdefgh":
        path, name = f"src/part_{letter}/client.py", f"reconnect_{letter * 4}"
        others = ", ".join(f"{letter * 3}{end}" for end in ("ing", "ment", "ness", "tion"))
        said = comment(f"{SAID[:-1]} in {others}.", symbol=name)
        builder.module(path, f"# {said.text}", code=FileFacts("python", comments=(said,)))
        builder.reason(Reason(letter * 40, 1, f"Open anew in {name} because the peer hangs", "because", (path,)))
    assert len(proposed(builder)) == 6


def test_a_file_fixed_often_supports_only_a_strong_warning() -> None:
    history = FileHistory("src/net/client.py", 10, 2, 8, 0, 1_700_000_000)
    other = FileHistory("src/other.py", 200, 3, 2, 0, 1)
    weak = "Do not reuse the connection after a failed attempt, because the peer forgets it."
    for text, expected in ((SAID, 1), (weak, 0)):
        builder = (
            with_comment(comment(text))
            .module("src/other.py")
            .file_history(history)
            .file_history(other)
            .commit("fix it")
        )
        assert len(proposed(builder)) == expected, text
