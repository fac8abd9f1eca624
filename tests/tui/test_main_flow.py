"""The main job by keyboard: scan, look, be interviewed, see the record."""

from collections.abc import Callable
from typing import Any

from alloy_assist.bootstrap import Project
from alloy_assist.tui.widgets.evidence import EvidenceView
from alloy_assist.tui.widgets.rows import RowList
from store.interviews import HypothesisDecision, InterviewStatus
from store.records import RecordState

Drive = Callable[..., Any]


async def test_the_first_frame_offers_the_scan_and_has_touched_nothing(project: Project, drive: Drive) -> None:
    async with drive(project) as driver:
        await driver.sees("Next: Scan the repository", "checkout")
        assert not project.database.exists()


async def test_a_scan_shows_its_stages_and_leads_to_the_hypotheses(project: Project, drive: Drive) -> None:
    async with drive(project, (120, 64)) as driver:
        await driver.press("enter")
        await driver.sees(
            "4 hypotheses",
            "✓ parse",
            "38 of 38 files",
            "One file was too large to parse.",
            "Payment vendors can be replaced",
        )
        await driver.press("enter")
        await driver.sees(
            "4 of 4", "Possible intent", "+1.80  chance", "Against", "refund_order.py names a Stripe status"
        )


async def test_the_cited_code_is_shown_with_its_lines_marked_and_n_goes_on(scanned: Project, drive: Drive) -> None:
    async with drive(scanned, (120, 64)) as driver:
        await driver.go("h", "hypotheses")
        await driver.sees("1/5", "src/checkout/adapters/stripe_gateway.py:5", "▌ 5 import stripe", "as it was cited")
        await driver.press("n")
        await driver.sees("2/5", "▌11 class StripeGateway")
        await driver.press("n")
        await driver.sees("3/5", "Mara Lindqvist  2022-08-16", "diff --git")
        await driver.press("p", "p", "p")
        await driver.sees("5/5")


async def test_an_interview_ends_in_an_accepted_record_that_is_shown(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1 of at most 5", "What we keep")
        await driver.take_first_choices()
        await driver.press("enter")
        await driver.until(lambda: driver.app.current_mode == "records")
        await driver.sees("1 of 1", "✓ accepted")
    records = scanned.intents.list()
    assert [record.state for record in records] == [RecordState.ACCEPTED]
    assert scanned.hypotheses.list(HypothesisDecision.CONFIRMED)[0].record_id == records[0].id


async def test_an_answer_in_ones_own_words_reaches_the_record(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("t")
        await driver.write("we can leave stripe within a week when they raise their prices")
        await driver.press("ctrl+j")
        await driver.write("and nobody has to read the domain for it")
        await driver.press("enter")
        await driver.until(lambda: "question 1 of" not in driver.text or "several things" in driver.text)
        await driver.sees("leave stripe within a week")


async def test_leaving_keeps_everything_and_the_start_screen_offers_to_go_on(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("1")
        await driver.sees("question 2")
        await driver.press("escape")
        await driver.until(lambda: driver.app.current_mode == "start")
        await driver.sees("Next: Go on with the interview")
        assert "Everything you said is kept" in driver.notices
    assert scanned.interviewing.list()[0].status is InterviewStatus.PAUSED
    scanned.close()
    async with drive(scanned) as driver:
        await driver.sees("Next: Go on with the interview")
        await driver.press("enter")
        await driver.sees("question 2")


async def test_later_rather_not_not_known_and_back_each_have_a_key(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("1")
        await driver.sees("question 2")
        await driver.press("b")
        await driver.sees("question 1")
        await driver.press("l")
        await driver.sees("… left for later")
        await driver.press("z")
        await driver.sees("? not known")
        if "Read aloud" not in driver.text:
            await driver.press("r")
            await driver.until(lambda: "– not said" in driver.text)


async def test_w_shows_where_it_was_seen(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("w shows")
        await driver.press("w")
        await driver.sees("1/")
        await driver.until(lambda: driver.app.screen.query_one(EvidenceView).place is not None)
        await driver.press("escape")
        await driver.sees("question 1")


async def test_at_cites_a_file_found_by_some_of_its_letters(scanned: Project, drive: Drive) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("t", "at")
        await driver.sees("Cite", "to choose from")
        await driver.write("paygat")
        await driver.until(
            lambda: driver.app.screen.query_one(RowList).selected == "src/checkout/ports/payment_gateway.py"
        )
        await driver.press("enter")
        await driver.sees("`src/checkout/ports/payment_gateway.py`")
        await driver.press("at")
        await driver.sees("Cite")
        await driver.write("refundorder")
        await driver.sees("src/checkout/application/refund_order.py:", " RefundOrder")
        await driver.press("escape")


async def test_a_sentence_that_says_several_things_is_shown_as_it_would_be_filed_and_can_be_corrected(
    scanned: Project, drive: Drive
) -> None:
    async with drive(scanned) as driver:
        await driver.go("h", "hypotheses")
        await driver.press("i")
        await driver.sees("question 1")
        await driver.press("t")
        await driver.write("We keep providers replaceable, at the cost of one more adapter to maintain")
        await driver.press("enter")
        await driver.sees("Is this how to file them?", "2 What it costs: one more adapter to maintain")
        await driver.press("2")
        await driver.sees("Where does it belong?")
        await driver.press("2")
        await driver.sees("2 What would erode it: one more adapter to maintain")
        await driver.press("enter")
        await driver.sees("question 2")
