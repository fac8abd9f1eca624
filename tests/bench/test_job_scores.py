"""The measure of the model's jobs is itself measured: against answers that are right, empty, made up and copied, from no model at all."""

import json
import re
from pathlib import Path

import pytest

from alloy_assist.agent.checking import Checked, Quoted, Supported
from alloy_assist.llm.gateway import Request
from alloy_assist.llm.scripted import ScriptedGateway
from alloy_assist.operations.model_proposals import Proposal
from archaeology.model import CodeCitation
from bench.jobs.__main__ import run
from bench.jobs.cases import NAMES, Case, cases_of
from bench.jobs.scores import GOALS, Goal, score
from bench.jobs.server import Server

NEGATIVES = {"sharpen": "silent", "propose": "planted", "draft": "facets", "contradictions": "pairs"}


def case(name: str, wanted: str) -> Case:
    return next(item for item in cases_of(name) if item["id"] == wanted)


def shown(*claims: Supported, title: str = "") -> Proposal:
    return Proposal("job", 1, "model", "", title, Checked(claims, (), len(claims), 0))


def said(slot: str, text: str, quote: str = "", source: str = "pasted text") -> Supported:
    return Supported(slot, text, quotes=(Quoted(source, quote),))


def seen(slot: str, text: str, quote: str) -> Supported:
    return Supported(
        slot,
        text,
        citations=(CodeCitation(path="a.py", blob="0", start_line=1, end_line=1, quote=quote, quote_sha256="0"),),
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_job_has_enough_cases_and_some_where_nothing_is_to_be_said(name: str) -> None:
    cases = cases_of(name)
    silent = [item for item in cases if bool(item.get(NEGATIVES[name])) is (name == "sharpen")]

    assert len(cases) >= 12
    assert len({item["id"] for item in cases}) == len(cases)
    assert 3 <= len(silent) <= len(cases) // 2


def test_what_is_planted_stands_in_the_files() -> None:
    for item in cases_of("propose"):
        text = "\n".join([*item.get("files", {}).values(), *(commit["message"] for commit in item.get("commits", ()))])
        assert all(words in " ".join(text.split()) for words in item["planted"]), item["id"]
    for item in cases_of("contradictions"):
        assert all(end in item["rules"] for pair in item["pairs"] for end in pair), item["id"]
    for item in cases_of("draft"):
        for slot, beginnings in item["facets"].items():
            assert any(word.startswith(tuple(beginnings)) for word in re.findall(r"\w+", item["text"].lower())), (
                item["id"],
                slot,
            )


def test_a_sharper_title_is_shorter_and_loses_no_name() -> None:
    one = case("sharpen", "no-orm-in-the-domain")
    good = score("sharpen", one, [shown(seen("title", "`domain` runs without a database", ""))])
    lost = score("sharpen", one, [shown(seen("title", "Never a database", ""))])

    assert (good["better titles"], good["titles that lose a name"]) == (1, 0)
    assert (lost["better titles"], lost["titles that lose a name"]) == (0, 1)


def test_a_capability_is_right_where_it_says_what_the_evidence_says_and_made_up_where_that_says_nothing() -> None:
    one, silent = case("sharpen", "rounding"), case("sharpen", "nothing-says-why")
    right = score("sharpen", one, [shown(seen("capability", "Invoices add up to the cent.", ""))])
    wrong = score("sharpen", one, [shown(seen("capability", "Rounding is consistent.", ""))])
    made_up = score("sharpen", silent, [shown(seen("capability", "Reports are pretty.", ""))])

    assert (right["right capabilities"], right["wrong capabilities"]) == (1, 0)
    assert (wrong["right capabilities"], wrong["wrong capabilities"]) == (0, 1)
    assert (made_up["chances to make up"], made_up["made up where nothing is said"]) == (2, 1)


def test_a_proposal_is_found_by_what_it_quotes_and_false_where_it_quotes_something_else() -> None:
    one = case("propose", "no-second-transfer")
    found = seen("strategy", "x", "Never retry a transfer: the bank has no idempotency key")
    other = seen("strategy", "x", "We could use an f-string here")
    counts = score("propose", one, [shown(found), shown(other), shown()])

    assert {part: counts[part] for part in ("planted", "planted found", "shown", "false ones shown")} == {
        "planted": 1,
        "planted found": 1,
        "shown": 2,
        "false ones shown": 1,
    }


def test_two_remarks_of_one_file_are_one_planted_intent() -> None:
    counts = score("propose", case("propose", "append-only"), [shown(seen("strategy", "x", "support replays orders"))])

    assert (counts["planted"], counts["planted found"]) == (1, 1)


def test_a_facet_counts_where_it_belongs_and_words_that_nobody_said_are_invented() -> None:
    one = case("draft", "rounding")
    counts = score(
        "draft",
        one,
        [
            shown(
                said("strategy", "Only the ledger rounds"),
                said("evidence", "Two invoices were off by a cent"),
                said("threat", "Screens that round, out of plain negligence somewhere abroad"),
                said("title", "Only the ledger rounds"),
            )
        ],
    )

    assert (counts["facets said"], counts["facets right"], counts["facets shown"], counts["facets wrong"]) == (
        3,
        2,
        3,
        1,
    )
    assert counts["invented"] == 1


def test_a_record_of_a_text_without_a_rule_is_counted() -> None:
    counts = score("draft", case("draft", "lunch"), [shown(said("title", "Soup"))])

    assert (counts["texts without a rule"], counts["records where nobody agreed"]) == (1, 1)


def test_a_pair_of_rules_is_found_in_either_order_and_another_pair_is_false() -> None:
    one = case("contradictions", "retries")
    found = Supported("contradiction", "x", quotes=(Quoted("always-retry", "a"), Quoted("never-twice", "b")))
    other = Supported("contradiction", "x", quotes=(Quoted("audit", "a"), Quoted("never-twice", "b")))
    counts = score("contradictions", one, [shown(found, other)])

    assert (counts["planted found"], counts["false ones shown"]) == (1, 1)


@pytest.mark.parametrize(
    ("goal", "counts", "met"),
    [
        (Goal("found", "planted", 0.6), {"found": 6, "planted": 10}, True),
        (Goal("found", "planted", 0.6), {"found": 5, "planted": 10}, False),
        (Goal("false", "shown", 0.2, at_most=True), {"false": 2, "shown": 10}, True),
        (Goal("false", "shown", 0.2, at_most=True), {"false": 3, "shown": 10}, False),
        (Goal("false", "shown", 0.2, at_most=True), {}, True),
    ],
)
def test_a_goal_can_be_missed(goal: Goal, counts: dict[str, int], *, met: bool) -> None:
    assert goal.met(counts) is met
    assert ("MISSED" in goal.told(counts)) is not met


def right_answer(request: Request) -> str:
    """What a good model says to the cases of the test below."""
    text = request.messages[1].text
    if "Never retry a transfer" in text:
        idea = {"quote": "Never retry a transfer", "title": "A transfer is never retried", "threat": "A general retry"}
        return json.dumps(
            {"hypotheses": [{**idea, "where": "bank/client.py", "capability": "No transfer goes out twice"}]}
        )
    if "always-retry" in text:
        ends = {"first": "never-twice", "first_quote": "a transfer is sent once", "second": "always-retry"}
        said = {**ends, "second_quote": "is retried three times", "text": "A transfer cannot be sent once and retried"}
        return json.dumps({"compared": "", "conflicts": [said]})
    if "do not round here" in text:
        facets = {
            "strategy": "Only the ledger rounds",
            "threat": "the screen rounded",
            "tradeoff": "Screens will show four digits",
        }
        made = [{"slot": slot, "words": words} for slot, words in facets.items()]
        return json.dumps({"agreed": "then it is settled", "facets": made})
    place = {"where": "tests/unit/test_pricing.py", "quote": "two thousand cases in a second, no database"}
    return json.dumps(
        {
            "title": {"text": "`domain` never imports `sqlalchemy`", **place},
            "capability": {"text": "Two thousand cases of the rules run in a second.", **place},
            "threat": {"text": "A rule that asks the database.", **place},
        }
    )


CHOSEN = {
    "sharpen": "no-orm-in-the-domain",
    "propose": "no-second-transfer",
    "draft": "rounding",
    "contradictions": "retries",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_model_that_is_right_meets_every_goal_of_a_case_and_one_that_is_silent_does_not(name: str) -> None:
    nothing = {"text": "", "where": "", "quote": ""}
    empty = {"title": nothing, "capability": nothing, "threat": nothing}
    silent = json.dumps({**empty, "hypotheses": [], "agreed": "", "facets": [], "compared": "", "conflicts": []})
    chosen = (case(name, CHOSEN[name]),)
    good, lines = run(name, Server(ScriptedGateway(right_answer), "json"), chosen, small=True)
    none, _ = run(name, Server(ScriptedGateway(lambda _: silent), "json"), chosen, small=True)

    assert [goal.told(good) for goal in GOALS[name] if not goal.met(good)] == [], lines
    assert good["not resolved"] == 0
    assert not all(goal.met(none) for goal in GOALS[name])


def test_a_model_that_fails_is_counted_and_the_run_goes_on(tmp_path: Path) -> None:
    del tmp_path
    counts, said = run("draft", Server(ScriptedGateway(["", ""]), "json"), cases_of("draft")[:1], small=True)

    assert counts["failed: empty"] == 1
    assert said == {"vendor-in-checkout": []}
