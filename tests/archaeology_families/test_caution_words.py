"""Which words are reason enough, what is quoted of them, and what is asked where they leave something open."""

import time

import pytest

from archaeology.detectors.sentences import caution_of, says_why
from archaeology.facts import Comment, FileFacts
from archaeology.history.model import Reason
from archaeology.hypotheses.caution_quotes import quoted
from archaeology.model import Hypothesis
from archaeology.readings import read
from archaeology.readings.passages import sentences_of
from fixtures import FactsBuilder
from fixtures.commented import comment, proposed, with_comment


def told(text: str) -> list[Hypothesis]:
    said = Reason("a" * 40, 1, f"In retry: {text}", "because", ("src/net/client.py",))
    return proposed(with_comment(comment(text)).reason(said))


@pytest.mark.parametrize(
    ("said", "told_so"),
    [
        ("Make sure that the press is washed after each run. Otherwise, if it dried, the colours are mixed.", True),
        ("The two lists of seals must always be changed at the same time, wherever they are written.", True),
        ("The press must be ignored as it's one that the museum keeps for itself.", True),
        ("An endpoint MUST NOT answer to a greeting that it did not ask for by itself.", False),
        ("The seal of the old press MUST NOT be sent before the first greeting has come.", False),
        ("The press must be cleaned in the evening by whoever comes last to the place.", False),
    ],
)
def test_what_a_warning_says_itself_is_enough_where_it_gives_its_reason_or_keeps_two_things_in_step(
    said: str, *, told_so: bool
) -> None:
    caution = caution_of(comment(said))
    assert (caution is not None and says_why(caution)) is told_so


def test_what_a_standard_says_of_everybody_is_no_scar_when_it_is_cited() -> None:
    said = "RFC9110 9.3.6: > A server MUST NOT send any header of length, otherwise the client would hang."
    assert caution_of(comment(said)) is None


def test_brackets_stay_in_a_quotation_or_are_marked() -> None:
    rule = "Always release the guard, even if a handler (of a user) threw"
    (found,) = told(f"{rule}, otherwise every press would hang.")
    assert found.title.startswith(f"“{rule}, otherwise every press would hang”")
    long = "which is the same for the morning, the evening and the night, and for all of the three of them as well"
    (found,) = told(f"Never lift the lid (of the old press), because the second sheet would hang in it, {long}, (ask).")
    assert "(of the old press)" in found.title or "(...)" in found.title


def test_a_reason_is_not_cut_at_its_condition() -> None:
    long = "which nobody has ever seen and which nobody will ever see, as long as there are people who look after it"
    said = f"We need to be careful, because if a malicious attacker were to hang the worker, {long}, it would stop."
    assert not any("careful”" in found.title for found in told(said))


def test_lines_of_notes_that_run_into_one_another_are_not_quoted() -> None:
    said = "we must not pass the socket of a retry on" + " and on" * 8 + " because it hangs"
    assert told(said)
    assert not told(said.replace(" because", " and on and on because"))


def test_the_question_leaves_out_what_the_words_have_answered() -> None:
    (found,) = told("The retry must be cut off here, so that the worker never hangs in an event loop of its own.")
    assert not any("at the same time" in question or "What happened" in question for question in found.questions)
    (found,) = told("The comparison with >= is intentional, due to a race between the worker and its retry.")
    assert found.questions[0].startswith("“A race between the worker and its retry”: is that still the reason")


def test_a_condition_of_the_platform_takes_no_room_from_the_reason() -> None:
    copy = "we create a copy of each sheet so that the mistakes of whoever catches it can't come back to the sender"
    said = f"For sheets that are sent on to somebody else, {copy}, be it the old press or the clerk."
    lines = ["if sys.platform == 'win32':", f"    # {said}", "    load()"]
    noted = Comment(said, 2, 2, "ban", "Press.answer")
    facts = FactsBuilder().module("src/press.py", "\n".join(lines), code=FileFacts("python", comments=(noted,)))
    (found,) = proposed(facts.reason(Reason("a" * 40, 1, f"In the press: {said}", "because", ("src/press.py",))))
    assert found.title.startswith(f"“{said[:-1]}”, says a comment in ")
    assert "under `if sys.platform == 'win32'`" in found.title


def test_an_order_is_told_with_the_sentence_before_where_that_can_be_its_reason() -> None:
    order = "Never lift the lid of the press while the worker hangs in it"
    before = "Some presses answer before they were asked."
    (found,) = told(f"{before} {order}.")
    assert found.title.startswith(f"“{before} {order}”")
    (found,) = told(f"Get the name of the press, wrapping it if that helps. {order}.")
    assert found.title.startswith(f"“{order}”")


@pytest.mark.parametrize("times", [1, 10])
def test_reading_and_telling_take_time_in_proportion_to_hostile_words(times: int) -> None:
    hostile = (
        "since a, " * 60 * times + "leave it",
        "We can skip (a " * 60 * times + ")" * 60,
        "as many as " * 60 * times + "as it is, or a would",
        "the a, the b, " * 60 * times + "or the guest could",
        "Do not allow " + "a " * 300 * times + "to leak",
        "must be " + "x" * 600 * times + " at the same time",
        "a, so we must " * 60 * times,
    )
    begin = time.process_time()
    for said in hostile:
        caution_of(comment(said))
        read(said)
        quoted([said], said, {"rule": said[:90]}, 200)
    assert time.process_time() - begin < 0.4 * times


def test_a_line_behind_an_address_begins_a_sentence_and_marks_of_tools_are_left_out() -> None:
    said = "Never lift the lid while the worker hangs, because the sheet would be torn."
    (found,) = told(f"Trick the press, see https://example.org/pull/2490\nNumbered sheets are asked for.\n{said}")
    assert "2490" not in found.title
    (found,) = told(f"{said} @codeCoverageIgnoreStart")
    assert found.title.startswith(f"“{said[:-1]}”")
    assert [list(sentences_of("See https://example.org/pull/2490\nShallow copies are kept"))] == [
        ["See https://example.org/pull/2490", "Shallow copies are kept"]
    ]


def test_two_notes_without_a_full_stop_are_two_and_note_that_goes_as_a_whole() -> None:
    said = "the lid is never lifted in this loop, because the worker would hang in it (or has done so)"
    (found,) = told(f"look whether the press is to stop\nnote that {said}")
    assert found.title.startswith(f"“The{said[3:]}”")


def test_what_follows_from_the_sentence_before_is_told_with_it_or_not_at_all() -> None:
    said = "We therefore must not lift the lid, because the worker would hang in it."
    assert not told(said)
    (found,) = told(f"The press has one lid for two rolls. {said}")
    assert found.title.startswith("“The press has one lid for two rolls. We therefore must")
