"""What a comment says, taken apart: the labelled passages, with floors; the shapes that must not be mistaken; hostile input."""

import time

import pytest

from archaeology.readings import Speech, passages_of, read
from archaeology.readings.clauses import bare, clauses_of
from archaeology.readings.decisions import decision_in
from archaeology.readings.messages import is_housekeeping, reason_in
from archaeology.readings.passages import sentences_of
from archaeology.readings.words import gerund
from bench.cautions import main, read_labelled, score_part, score_speech

SAID = "Another option is using `peek`, but then we can't reliably read long names, because `peek` stops at 80 bytes."


@pytest.mark.parametrize(("split", "floor"), [("train", 0.94), ("heldout", 0.88)])
def test_labelled_passages_are_read_as_what_they_are(split: str, floor: float) -> None:
    items = read_labelled(split)
    right = sum(read(item.text).speech is item.speech for item in items)
    assert right >= floor * len(items)
    assert {item.speech for item in items} == set(Speech)


@pytest.mark.parametrize("split", ["train", "heldout"])
@pytest.mark.parametrize(
    "speech", [Speech.PRESCRIBES, Speech.REJECTS, Speech.DECIDES, Speech.WORKS_AROUND, Speech.DESCRIBES]
)
def test_each_kind_is_found_and_seldom_claimed_wrongly(split: str, speech: Speech) -> None:
    found = score_speech(read_labelled(split), speech)
    assert found.precision >= 0.85
    assert found.recall >= 0.75


@pytest.mark.parametrize("split", ["train", "heldout"])
@pytest.mark.parametrize("part", ["rule", "rejected", "ground", "harm", "kept", "depends"])
def test_a_part_that_is_given_has_the_right_words(split: str, part: str) -> None:
    found = score_part(read_labelled(split), part)
    assert found.precision >= 0.85
    assert found.recall >= 0.75


def test_the_labelled_set_is_large_and_a_third_of_it_is_held_out() -> None:
    train, heldout = read_labelled("train"), read_labelled("heldout")
    assert len(train) + len(heldout) >= 150
    assert len(heldout) * 3 >= len(train) + len(heldout)
    assert not {item.text for item in train} & {item.text for item in heldout}


def test_the_scores_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--split", "heldout", "--errors"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("heldout: ")
    assert "works_around" in printed


def test_an_option_that_was_turned_down_is_never_the_rule() -> None:
    found = read(SAID)
    assert found.speech is Speech.REJECTS
    assert (found.rule, found.instead) == ("", "")
    assert found.rejected == "using `peek`"
    assert found.threat == "using `peek` after all, though we can't reliably read long names"
    assert found.kept == "we can reliably read long names"


def test_what_is_done_instead_is_taken_where_the_comment_says_it() -> None:
    found = read(
        "We could merge the two tables, but reports could not tell refunds from sales. So we keep both tables."
    )
    assert (found.rejected, found.instead) == ("merging the two tables", "we keep both tables")


def test_what_points_outside_of_itself_is_left_out() -> None:
    assert read("Do not do that here, or else the worker hangs for ever.").rule == ""
    assert read("This must never be set in production code by anybody.").rule == ""
    assert read("We can't write this file because a reader is still reading it.").rejected == ""


def test_a_condition_stays_with_its_rule() -> None:
    rule = read("When retrying, do not reuse the pooled connection, because it may be broken.").rule
    assert rule == "When retrying, do not reuse the pooled connection"
    assert (
        read("We must look ahead, but not to the end, to avoid slow scans.").rule
        == "We must look ahead, but not to the end"
    )


def test_code_in_quotation_marks_is_never_cut() -> None:
    assert read("The map should not include `sources: [null]` because old tools crash.").rule == (
        "The map should not include `sources: [null]`"
    )


def test_sentences_without_full_stops_are_told_apart_by_their_lines() -> None:
    said = "Do not drop the info of a module, as it is part of the pipeline\nDropping the result is enough"
    assert [read(passage).rule for passage in passages_of(said)] == ["Do not drop the info of a module", ""]


@pytest.mark.parametrize(
    ("phrase", "named"),
    [("use a set", "using a set"), ("just put it last", "putting it last"), ("rely on names", "relying on names"),
     ("the set", ""), ("tie both", "tying both"), ("", ""), ("fetched it all", ""),
     ("exceed the limit", "exceeding the limit")],
)  # fmt: skip
def test_a_verb_becomes_a_name_for_doing_it(phrase: str, named: str) -> None:
    assert gerund(phrase) == named


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("* Pool the buffers to avoid allocations.", "Pool the buffers to avoid allocations."),
        ("Merge branch 'main' in order to keep up", ""),
        ("- [x] I have added tests to ensure that it works", ""),
        ("Conflicts: src/a.py because of the move", ""),
        ("(cherry picked from commit abc because it is needed)", ""),
        ("Keep the lock so that nobody writes (#12)", ""),
        ("This PR makes it possible to build.", ""),
    ],
)
def test_merge_notes_templates_and_the_subject_itself_are_no_reasons(sentence: str, reason: str) -> None:
    assert reason_in(sentence, "Keep the lock so that nobody writes (#14)") == reason


def test_a_release_or_a_merge_wrote_nothing_by_itself() -> None:
    assert is_housekeeping("Merge pull request #1 from a/b")
    assert is_housekeeping("v1.2.3")
    assert not is_housekeeping("Fix the lock that merges rows")


@pytest.mark.parametrize(
    "text",
    [
        "", "(((((", "a" * 5_000, "do not " * 500, "we could " + "x, " * 800 + "but no", "instead of " * 300,
        "must " * 1_000, "`" * 999, '"' * 999, "to avoid to avoid to avoid", "\u202e never \x1b[31m do", "otherwise, " * 400,
    ],
)  # fmt: skip
def test_hostile_text_is_read_quickly_and_says_nothing(text: str) -> None:
    begin = time.process_time()
    for passage in passages_of(text):
        read(passage)
    assert time.process_time() - begin < 2.0


def test_a_word_that_begins_like_a_joint_is_no_joint() -> None:
    said = [clause.text for clause in clauses_of("the scroll-back-to-content button must not render mid-animation")]

    assert said == ["the scroll-back-to-content button must not render mid-animation"]


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("Not using `str::cut_at` because it would panic.", "using `str::cut_at`"),
        ("We don't use str::cut_at because it would panic on long names.", "using str::cut_at"),
        ("We don't use Retry::run() because it would panic on long names.", "using Retry::run()"),
        ("We don't use thread-safe maps because they would be far too slow.", "using thread-safe maps"),
        ("Not using `cut; now` because it would panic.", "using `cut; now`"),
        ("We don't use the cached map - it would panic on long names.", "using the cached map"),
    ],
)
def test_the_name_of_what_was_turned_down_is_never_cut_in_two(text: str, rejected: str) -> None:
    found = read(text)
    assert found.rejected == rejected
    assert found.ground.startswith(("it would", "they would"))


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("The caller should not be blocked for a long time, as this only waits for the queue.", Speech.DESCRIBES),
        ("Closing the socket will not wait for long because its queue is short.", Speech.DESCRIBES),
        ("The caller must not wait for long, because the queue would overflow.", Speech.PRESCRIBES),
        ("Check if the row already exists to avoid duplicates.", Speech.DESCRIBES),
        ("Check if the row already exists, otherwise the second insert would crash the worker.", Speech.WARNS),
    ],
)
def test_what_is_expected_or_done_next_is_no_rule(text: str, speech: Speech) -> None:
    found = read(text)
    assert found.speech is speech
    assert bool(found.rule) is (speech is Speech.PRESCRIBES)


@pytest.mark.parametrize(
    ("said", "is_choice"),
    [
        ("We count shelf by shelf rather than row by row, because rows are shared by two shelves.", True),
        ("Do not read the till's settings here, since they name printers of another shop.", True),
        ("Copy the list so that no discount is seen by the next customer.", True),
        ("Copies the list so that no discount is seen by the next customer.", False),
        ("Update the row where there is one, otherwise insert another one for the customer.", False),
        ("We probably count shelf by shelf rather than row by row, because rows are shared by two shelves.", False),
        ("Imported here instead of above because of circular imports between these two modules.", False),
    ],
)
def test_a_choice_is_told_from_what_the_next_line_does_by_its_reason(said: str, *, is_choice: bool) -> None:
    assert (decision_in([said]) is not None) is is_choice


def test_a_choice_has_the_ground_that_is_given_and_an_aim_is_none() -> None:
    reasoned = read("We count shelf by shelf rather than row by row, because rows are shared by two shelves.")
    aimed = read("Copy the list so that no discount is seen by the next customer.")
    assert (reasoned.speech, reasoned.ground) == (Speech.DECIDES, "rows are shared by two shelves")
    assert (aimed.speech, aimed.ground, aimed.threat) == (Speech.DECIDES, "", "")


def test_an_issue_of_another_repository_is_what_a_workaround_hangs_on() -> None:
    found = read("Work around example/parser#109 by merging comments that stand beside each other.")
    assert (found.speech, found.depends) == (Speech.WORKS_AROUND, ("example/parser#109",))


def test_what_is_kept_from_happening_is_an_aim_and_no_reason() -> None:
    found = read("We do not copy the row here in order to prevent labels from leaking into it. copyRow(row, out);")
    assert found.ground == "to prevent labels from leaking into it"
    assert found.threat == f"{found.rejected} after all"


def test_the_name_of_a_fault_is_never_cut_at_a_dot_inside_of_it() -> None:
    assert read("Works around a bug in the declaration of java.util.Map, see there.").depends == (
        "a bug in the declaration of java.util.Map",
    )


@pytest.mark.parametrize(
    "text",
    [
        "An open shelf should be impossible because the clerk looked at the start whether it is shut.",
        "We don't quite know what a courier should get here, since the parcel is gone by then.",
        "Nobody needs to look at the shelf because the parcels are counted.",
    ],
)
def test_what_cannot_be_or_is_not_needed_is_no_choice(text: str) -> None:
    assert read(text).speech is Speech.DESCRIBES


@pytest.mark.parametrize(
    "text",
    [
        "The first count of the day, or shelves that cannot be counted twice, because they were shut by the clerk.",
        "A second label should not be necessary here, but we keep it since that stays safe.",
        "The lamp will throw a shadow on the till, but that's fine.",
    ],
)
def test_a_case_a_doubt_and_what_is_put_up_with_are_no_choice(text: str) -> None:
    assert read(text).speech is Speech.DESCRIBES


def test_what_regrets_a_choice_turns_nothing_down() -> None:
    assert not read("Not the cleanest way to count, because the label of the shelf would break.").rejected
    assert read("Not the paper roll, because the label of the shelf would break.").rejected


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Lift the lid only once\nSheets that are fed twice would be torn by the press", 2),
        ("Lift the lid of the\nOld press only once, as its sheets would be torn", 1),  # it goes on behind "the"
        ("Lift the lid for old\nSafari presses, as these would tear the sheets of the day", 1),  # a name
        ("Lift the lid of all heavy and old big\nPresses that tear sheets of paper", 1),  # the line is full
        ("look at the seal first (#12)\nwe already count the sheets before the lid is lifted", 2),
        ("Always one sheet because of the lid\nTwo in case that it is torn", 2),
    ],
)
def test_a_line_that_ends_early_ends_its_sentence(text: str, sentences: int) -> None:
    assert len(list(sentences_of(text))) == sentences


def test_an_adverb_that_governs_what_follows_stays() -> None:
    assert bare("Instead of the lid, lift the sheet") == "Instead of the lid, lift the sheet"
    assert bare("So far nobody has lifted the lid") == "So far nobody has lifted the lid"
    assert bare("Instead, lift the lid") == "lift the lid"


def test_what_was_changed_is_no_reason_for_it_but_what_stands_behind_is() -> None:
    said = "This used to lift the lid but was changed to a drawer since sheets would be torn."
    assert (found := read(said)).rejected == "lifting the lid"
    assert found.ground == "sheets would be torn"


def test_since_of_time_is_no_reason_and_a_joint_is_not_cut_in_two() -> None:
    assert not read("Take the shelf that has waited longest since the last count, do not skip it.").decided
    assert read("Do not skip the till, since the last count is kept by the clerk.").decided
    assert read("We must count the shelf as otherwise the clerk would lose a row.").rule == "We must count the shelf"
    rule = "Do not shut the till unless each row has been counted"
    assert read(f"{rule}, otherwise the clerk would lose it.").rule == rule


def test_a_version_is_part_of_when_code_may_go() -> None:
    assert read("Remove this when we only support Peerlib 1.15+.").until == "when we only support Peerlib 1.15+"
