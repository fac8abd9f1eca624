"""The records with their changes, and a brief from choosing to files that verify."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from fixtures import build_checkout
from fixtures.screens import open_example
from store.records import RecordState
from store.runs import BriefState

Drive = Callable[..., Any]


@pytest.fixture
async def confirmed(scanned: Project) -> AsyncIterator[Project]:
    """The project with one accepted record."""
    scanned.hypotheses.confirm(scanned.hypotheses.list()[0].id)
    scanned.close()
    yield scanned
    scanned.close()


async def test_a_change_of_state_asks_for_its_reason_and_is_kept_with_it(confirmed: Project, drive: Drive) -> None:
    async with drive(confirmed) as driver:
        await driver.go("r", "records")
        await driver.sees("1 of 1", "capability", "Payment providers can be replaced")
        await driver.press("s")
        await driver.sees("from accepted to", "active", "deprecated")
        await driver.press("2")
        await driver.sees("Why?")
        await driver.press("enter")
        await driver.sees("A few words are needed")
        await driver.write("the shop closes")
        await driver.press("enter")
        await driver.sees("– deprecated")
        await driver.press("v")
        await driver.sees("the shop closes", "state", "[-accepted-]", "{+deprecated+}")
    assert confirmed.intents.list()[0].state is RecordState.DEPRECATED


async def test_a_list_says_that_nothing_matches_and_not_that_there_is_nothing(confirmed: Project, drive: Drive) -> None:
    async with drive(confirmed) as driver:
        await driver.go("r", "records")
        await driver.sees("1 of 1")
        await driver.press("slash")
        await driver.write("zzz")
        await driver.sees("0 of 1", "None matches; / changes what is shown.")


async def test_an_edit_makes_a_version_that_can_be_read_and_taken_back(confirmed: Project, drive: Drive) -> None:
    async with drive(confirmed) as driver:
        await driver.go("r", "records")
        await driver.sees("1 of 1")
        await driver.press("e")
        await driver.sees("Edit which facet?")
        await driver.press("7")
        await driver.sees("tradeoff")
        await driver.write("one more hop to read")
        await driver.press("ctrl+s")
        await driver.sees("one more hop to read")
        await driver.press("v")
        await driver.sees("{+one more hop to read+}")
        await driver.press("escape", "u")
        await driver.until(lambda: "one more hop" not in driver.text)
    assert confirmed.intents.list()[0].facets.tradeoff is None


async def test_a_record_is_written_related_and_found_by_what_it_governs(confirmed: Project, drive: Drive) -> None:
    async with drive(confirmed) as driver:
        await driver.go("r", "records")
        await driver.press("plus")
        await driver.sees("What is to be kept?")
        await driver.write("Orders are never lost")
        await driver.press("enter")
        await driver.sees("2 of 2", "○ proposed")
        await driver.press("m")
        await driver.sees("supports")
        await driver.press("1")
        await driver.sees("… supports")
        await driver.press("enter")
        await driver.sees("relations    supports")
        await driver.press("o")
        await driver.sees("What governs")
        await driver.write("domain/money")
        await driver.press("enter")
        await driver.sees("What governs src/checkout/domain/money.py", "Payment vendors can be replaced")


async def test_a_brief_goes_from_records_to_files_that_verify_by_keyboard(tmp_path: Path, drive: Drive) -> None:
    project = open_example(build_checkout(tmp_path / "checkout"))
    project.scanning.save(project.scanning.survey)  # type: ignore[attr-defined]
    project.hypotheses.confirm(project.hypotheses.list()[0].id)
    project.close()
    async with drive(project) as driver:
        await driver.go("b", "briefs")
        await driver.sees("No briefs yet")
        await driver.press("n")
        await driver.sees("What is the run to achieve?")
        await driver.write("Add Klarna as a second vendor")
        await driver.press("enter")
        await driver.sees("Which records?", "[x] Payment vendors can be replaced", "shares words with the objective")
        await driver.press("enter")
        await driver.sees("1 brief", "In it, and why", "To know before you approve", "Enter: offer it for review")
        await driver.press("l")
        await driver.sees("2/13")
        await driver.press("enter")
        await driver.sees("reviewable")
        await driver.press("enter")
        await driver.sees("Approve for which mode?", "You approve what is shown", "sha256:")
        await driver.press("1")
        await driver.sees("approved")
        await driver.press("enter")
        await driver.until(lambda: "compiled" in driver.text.lower())
        await driver.press("enter")
        await driver.sees("Verified", "✓ .alloy/briefs/add-klarna-as-a-second-vendor")
        await driver.press("escape")
        pinned = next((project.root / ".alloy" / "briefs").glob("*.json"))
        pinned.write_bytes(pinned.read_bytes().replace(b"Klarna", b"Klarnb"))
        await driver.press("v")
        await driver.sees("It does not verify")
    assert project.briefing.list()[0].state is BriefState.COMPILED


async def test_a_brief_under_review_goes_back_with_a_reason(confirmed: Project, drive: Drive) -> None:
    record = confirmed.intents.list()[0].id
    row = confirmed.briefing.create("Add Klarna", [record])
    confirmed.briefing.review(row.id)
    confirmed.close()
    async with drive(confirmed) as driver:
        await driver.go("b", "briefs")
        await driver.sees("reviewable")
        await driver.press("b")
        await driver.sees("Why does it go back?")
        await driver.write("no definition of done")
        await driver.press("enter")
        await driver.sees("○ Add Klarna", "draft")
    assert confirmed.briefing.show(row.id).state is BriefState.DRAFT


async def test_an_approval_says_in_words_for_which_run_it_is(confirmed: Project, drive: Drive) -> None:
    record = confirmed.intents.list()[0].id
    row = confirmed.briefing.create(
        "Add Klarna", [record], definition_of_done=["it is sold"], stop_conditions=["it is not"]
    )
    confirmed.briefing.review(row.id)
    confirmed.close()
    async with drive(confirmed) as driver:
        await driver.go("b", "briefs")
        await driver.sees("reviewable", "Digest")
        await driver.press("a")
        await driver.sees("Approve for which mode?")
        await driver.press("2")
        await driver.until(lambda: "For a run that changes the repository. Enter compiles it." in driver.notices)


async def test_a_brief_that_is_compiled_already_says_so_and_what_may_follow(confirmed: Project, drive: Drive) -> None:
    row = confirmed.briefing.create("Add Klarna", [confirmed.intents.list()[0].id])
    confirmed.briefing.review(row.id)
    confirmed.briefing.approve(row.id, "dry_run", seen_digest=confirmed.briefing.preview(row.id).digest_shown)
    confirmed.briefing.compile(row.id)
    confirmed.close()
    async with drive(confirmed) as driver:
        await driver.go("b", "briefs")
        await driver.sees("Add Klarna", "Enter: verify its bytes")
        await driver.press("c")
        await driver.sees("This brief is compiled already.", "request its execution")
    assert confirmed.briefing.show(row.id).state is BriefState.COMPILED


async def test_without_an_accepted_record_a_brief_cannot_begin_and_says_so(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("b", "briefs")
        await driver.press("n")
        await driver.write("Add Klarna")
        await driver.press("enter")
        await driver.until(lambda: "No record is accepted yet" in driver.notices)
