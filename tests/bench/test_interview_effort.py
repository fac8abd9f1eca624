"""How long an interview takes: everything shown and typed is counted, and the committed transcripts say what the table says."""

import re

import pytest

from alloy_assist.elicitation.transcript import Exchange
from bench.interview_effort import effort_of
from bench.interviews import EXAMPLES, FOLDER


def test_everything_shown_is_read_and_each_part_of_a_name_is_a_word() -> None:
    shown = Exchange(shown=("1 of 5. What keeps `src/pay.py` apart?", "  1. nothing"), typed="(Enter)")
    effort = effort_of([shown], 0)
    assert effort.shown == 11
    assert effort.keys == 1
    assert effort.decisions == 1


def test_own_words_are_typed_letter_by_letter_and_picks_are_keys() -> None:
    own = Exchange(shown=(), typed="we can swap", words="we can swap")
    assert effort_of([own], 0).typed == 11
    assert effort_of([own], 0).keys == 1
    assert effort_of([Exchange(shown=(), typed="1,2")], 0).keys == 4


def test_waiting_and_thinking_count_as_much_as_reading() -> None:
    effort = effort_of([Exchange(shown=(), typed="a")] * 6, 30)
    assert effort.minutes(10) == pytest.approx((30 + 60 + 6 * (2 * 0.28 + 1.35)) / 60)
    assert effort.minutes(20) - effort.minutes(10) == pytest.approx(1)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_each_example_ends_in_a_record_within_five_questions_and_five_minutes(example: object) -> None:
    name = example.name  # type: ignore[attr-defined]
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert page.rstrip().endswith("> a\n```")
    assert len(re.findall(r"^\d of 5\. ", page, re.MULTILINE)) <= 5
    row = next(
        line
        for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| [{name}]")
    )
    # With ten seconds of thinking for each decision; the table tells twenty and thirty too, where some take longer.
    assert float(row.split("|")[-4]) < 5
    shown = sum(
        len(re.findall(r"[^\W_]+", line))
        for line in page.partition("```text")[2].splitlines()
        if not line.startswith("> ")
    )
    assert shown == int(row.split("|")[8])
