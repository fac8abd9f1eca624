from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.stores import Make
from store.errors import ImportRefusedError
from store.projections import BEGIN, END, agents_block, markdown, splice_block
from store.records import Facets, IntentRecord, RecordState, Severity


def line(text: str) -> str:
    return " ".join(text.split())


def accepted(make: Make, name: str, **fields: object) -> IntentRecord:
    return make(name, **fields).model_copy(update={"state": RecordState.ACCEPTED})


def test_only_what_is_in_force_with_its_reason_and_grouped_by_path(make: Make) -> None:
    block = agents_block(
        [
            make("proposed"),
            accepted(make, "pay", scope=("src/pay/", "!src/pay/gen/"), forbidden_moves=("import stripe elsewhere",)),
            accepted(make, "wide").model_copy(update={"state": RecordState.ACTIVE}),
            make("gone").model_copy(update={"state": RecordState.DEPRECATED}),
        ],
        line,
    )
    assert block.startswith(BEGIN + "\n")
    assert block.endswith(END + "\n")
    assert "### `src/pay/` but not `src/pay/gen/`" in block
    assert "### Everywhere" in block
    assert (
        "Do not: import stripe elsewhere. Evidence: only adapters import the SDK. Why: pay providers can be replaced; threat: vendor"
        in block
    )
    assert "proposed" not in block
    assert "gone" not in block


def test_the_budget_holds_and_the_gravest_come_first(make: Make) -> None:
    records = [accepted(make, f"n{number}", severity=Severity.LOW) for number in range(30)]
    records.append(accepted(make, "grave", severity=Severity.CRITICAL))
    block = agents_block(records, line, 1500)
    assert len(block.encode()) <= 1500
    assert "alloy.intent.grave" in block
    assert "more did not fit here" in block
    assert agents_block(records, line, 1500) == agents_block(list(reversed(records)), line, 1500)
    assert len(agents_block(records, line, 0)) < 400
    assert "Nothing has been accepted yet." in agents_block([], line)


@pytest.mark.parametrize("text", [END, BEGIN, "<!-- x -->", "a\n## Heading\n", "`code`", "<script>"])
def test_hostile_text_cannot_leave_its_line(make: Make, text: str) -> None:
    record = accepted(
        make,
        "x",
        facets=Facets(capability=text, strategy=text, tradeoff=text),
        forbidden_moves=(text,),
        scope=("a`b/",),
    )
    for page in (agents_block([record], line), markdown([record], line)):
        assert page.count("<script>") == 0
        assert page.count(END) == page.count(BEGIN) <= 1
        assert "\n## Heading" not in page
    assert splice_block("a\n" + agents_block([record], line), agents_block([], line)).count(END) == 1


OUTSIDE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(lambda text: "alloy:intent" not in text)


@given(OUTSIDE, OUTSIDE)
@settings(max_examples=100, deadline=None)
def test_what_is_outside_the_markers_stays_byte_for_byte(before: str, after: str) -> None:
    first, second = f"{BEGIN}\none\n{END}\n", f"{BEGIN}\ntwo, longer\n{END}\n"
    once = splice_block(before, first)
    assert once.startswith(before)
    assert splice_block(once, first) == once
    text = before + first.rstrip("\n") + after
    assert splice_block(text, second) == before + second.rstrip("\n") + after


@pytest.mark.parametrize("text", [BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}", f"{BEGIN}{BEGIN}{END}"])
def test_markers_that_make_no_sense_are_left_alone(text: str) -> None:
    with pytest.raises(ImportRefusedError, match="once each"):
        splice_block(text, f"{BEGIN}\n{END}\n")


def test_a_page_says_everything_and_those_in_force_first(make: Make) -> None:
    page = markdown([make("a", open_questions=("why?",)), accepted(make, "b", scope=("src/",))], line)
    assert page.index("Intent b") < page.index("Intent a")
    for part in (
        "Governs `src/`.",
        "- **tradeoff**: a layer more to read",
        "- **evidence** (proposed): only",
        "- **open question**: why?",
    ):
        assert part in page


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ("import stripe elsewhere", " Do not: import stripe elsewhere."),
        ("Never import stripe elsewhere", " Never import stripe elsewhere."),
        ("do not import stripe elsewhere.", " Do not import stripe elsewhere."),
        ("notify stripe twice", " Do not: notify stripe twice."),
    ],
)
def test_what_is_forbidden_never_reads_as_an_order(make: Make, move: str, said: str) -> None:
    assert said in agents_block([accepted(make, "pay", forbidden_moves=(move,))], line)
