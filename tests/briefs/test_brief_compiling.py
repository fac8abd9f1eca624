"""Compiling is pure: the same snapshot gives the same artifacts, whatever the order, and every line says where it comes from."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alloy_assist.briefs.compiling import compile_brief, models_of
from alloy_assist.briefs.family import Phase
from alloy_assist.briefs.pack import estimate_tokens
from alloy_assist.briefs.selection import EditedPrompt
from alloy_assist.briefs.snapshot import CitationState
from fixtures.briefing import PATHS, errors_record, gateway_record, selection_of, snapshot_of
from store.records import (
    EvidenceDefinition,
    EvidenceStatus,
    Facets,
    IntentRecord,
    RecordState,
    Relation,
    RelationKind,
    Severity,
    Waiver,
)

OBJECTIVE = "Implement the checkout payment interaction."


def compiled(*records: IntentRecord, **changes: Any) -> Any:
    return compile_brief(OBJECTIVE, "checkout-payment", selection_of(*records, **changes), snapshot_of(*records))


def records_strategy() -> st.SearchStrategy[tuple[IntentRecord, ...]]:
    words = st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
    evidence = st.builds(
        EvidenceDefinition,
        id=st.sampled_from(["a", "b", "tests", "x y", "Ü"]),
        statement=words,
        kind=st.sampled_from(["check", "gate", "test", "command", "review"]),
        reference=st.none() | words,
        status=st.sampled_from([each for each in EvidenceStatus if each is not EvidenceStatus.WAIVED]),
    )
    facets = st.builds(
        Facets,
        capability=st.none() | words,
        threat=st.none() | words,
        strategy=st.none() | words,
        tradeoff=st.none() | words,
        evidence=st.lists(evidence, max_size=3).map(tuple),
    )
    record = st.builds(
        IntentRecord,
        id=st.from_regex(r"alloy\.intent\.[a-z]{1,4}", fullmatch=True),
        version=st.integers(1, 9),
        title=words,
        state=st.sampled_from(list(RecordState)),
        severity=st.sampled_from(list(Severity)),
        facets=facets,
        forbidden_moves=st.lists(words, max_size=2).map(tuple),
        open_questions=st.lists(words, max_size=2).map(tuple),
        superseded_by=st.none(),
    )
    return st.lists(record, max_size=5, unique_by=lambda each: each.id).map(tuple)


@settings(max_examples=40, deadline=None)
@given(records_strategy(), st.randoms(use_true_random=False))
def test_compiling_is_total_deterministic_and_independent_of_order(
    records: tuple[IntentRecord, ...], shuffler: random.Random
) -> None:
    first = compile_brief(OBJECTIVE, "slug", selection_of(*records), snapshot_of(*records))
    mixed = list(records)
    shuffler.shuffle(mixed)
    second = compile_brief(OBJECTIVE, "slug", selection_of(*mixed), snapshot_of(*mixed))
    assert second.bodies == first.bodies
    assert second.findings == first.findings
    models_of(first)


@settings(max_examples=40, deadline=None)
@given(records_strategy())
def test_nothing_that_is_not_accepted_is_compiled(records: tuple[IntentRecord, ...]) -> None:
    body = compile_brief(OBJECTIVE, "slug", selection_of(*records), snapshot_of(*records)).bodies
    accepted = {each.id for each in records if each.state in {RecordState.ACCEPTED, RecordState.ACTIVE}}
    assert set(_traced(body)) <= accepted
    assert set(body["formation_brief"]["mission"]["engineering_intent_refs"]) == accepted


def test_a_hypothesis_never_becomes_a_constraint() -> None:
    secret = "Nobody has confirmed this sentence"
    guess = gateway_record(
        id="alloy.intent.guess", state=RecordState.HYPOTHESIZED, title=secret, forbidden_moves=(secret,)
    )
    proposal = gateway_record(
        id="alloy.intent.proposal", state=RecordState.PROPOSED, title=secret, forbidden_moves=(secret,)
    )
    done = compiled(errors_record(), guess, proposal)
    assert secret not in str(done.bodies)
    assert [item.key for item in done.findings if item.severity == "block"] == [
        "choice:state:alloy.intent.guess",
        "choice:state:alloy.intent.proposal",
    ]


def test_every_line_names_the_record_that_caused_it() -> None:
    body = compiled(gateway_record(), errors_record()).bodies["formation_brief"]
    for section in (
        "protected_capabilities",
        "threats_to_watch",
        "preferred_strategies",
        "forbidden_moves",
        "tradeoffs",
    ):
        assert body[section]
        for line in body[section]:
            assert line["trace"][0]["record"] in body["mission"]["engineering_intent_refs"]
            assert line["trace"][0]["version"] >= 1
    for line in body["evidence_plan"]["required"]:
        assert line["trace"]


def test_what_the_records_say_is_in_the_brief() -> None:
    brief, _, overlay, plan = models_of(compiled(gateway_record(), errors_record()))
    assert [each.statement for each in brief.protected_capabilities] == [
        "Payment providers can be replaced without changing domain checkout rules.",
        "Callers can react to each payment failure.",
    ]
    threat, strategy, move = brief.threats_to_watch[0], brief.preferred_strategies[0], brief.forbidden_moves[0]
    assert not isinstance(threat, str)
    assert threat.patterns == (r"^import paylib",)
    assert not isinstance(strategy, str)
    assert (strategy.examples, strategy.exceptions) == (("src/shop/payments/gateway.py",), ("webhooks",))
    assert not isinstance(move, str)
    assert move.enforcement == "gate"
    assert move.gates == ("payment-provider-gateway.imports",)
    assert [gate.id for gate in overlay.gates] == ["payment-provider-gateway.imports", "typed-domain-errors.typed"]
    assert [item.id for item in plan.suggested] == ["typed-domain-errors.seen"]


def test_a_forbidden_move_without_a_gate_is_a_warning() -> None:
    record = errors_record(facets=Facets(capability="Kept."), forbidden_moves=("Do not raise strings.",))
    move = compiled(record).bodies["formation_brief"]["forbidden_moves"][0]
    assert move["enforcement"] == "warning"
    assert move["wording"].startswith("A warning, not a gate")


def test_an_example_that_is_not_there_is_left_out_and_told() -> None:
    record = gateway_record()
    gone = record.strategy_detail.model_copy(update={"examples": ("src/shop/nowhere.py", "src/shop/payments/")})
    done = compiled(record.model_copy(update={"strategy_detail": gone}))
    assert done.bodies["formation_brief"]["preferred_strategies"][0]["examples"] == ["src/shop/payments/"]
    assert any("src/shop/nowhere.py" in item.text for item in done.findings)


def test_conflicts_block_until_a_person_settles_them() -> None:
    conflict = Relation(
        kind=RelationKind.CONFLICTS_WITH, target="alloy.intent.typed-domain-errors", note="strings are quicker"
    )
    pair = gateway_record(relations=(conflict,)), errors_record()
    done = compiled(*pair)
    (finding,) = [item for item in done.findings if item.severity == "block"]
    assert finding.key == "conflict:alloy.intent.payment-provider-gateway:alloy.intent.typed-domain-errors"
    assert "strings are quicker" in done.bodies["formation_brief"]["conflicts"][0]["statement"]
    settled = compiled(*pair, settled={finding.key: "only for refunds"})
    assert not [item for item in settled.findings if item.severity == "block"]
    assert "only for refunds" in settled.bodies["formation_brief"]["conflicts"][0]["statement"]


def test_a_conflict_with_a_record_that_is_not_chosen_is_told() -> None:
    conflict = Relation(kind=RelationKind.CONFLICTS_WITH, target="alloy.intent.payment-provider-gateway")
    other = errors_record(relations=(conflict,))
    record = gateway_record()
    for chosen, left in ((record, other), (other, record)):
        snapshot = snapshot_of(chosen, neighbours={left.id: left})
        (finding,) = [
            item
            for item in compile_brief(OBJECTIVE, "slug", selection_of(chosen), snapshot).findings
            if item.key.startswith("relation:")
        ]
        assert (finding.severity, "conflicts with" in finding.text) == ("warn", True)


def test_a_grave_record_whose_citations_are_all_gone_blocks() -> None:
    record = gateway_record()
    states = (CitationState(record.id, 0, "gone"), CitationState(record.id, 1, "changed"))
    done = compile_brief(OBJECTIVE, "slug", selection_of(record), snapshot_of(record, citations=states))
    assert [item.key for item in done.findings if item.severity == "block"] == [f"stale:{record.id}"]
    moved = snapshot_of(record, citations=(CitationState(record.id, 0, "moved"), states[1]))
    warned = compile_brief(OBJECTIVE, "slug", selection_of(record), moved)
    assert not [item for item in warned.findings if item.severity == "block"]
    assert any(item.key == f"stale:{record.id}" for item in warned.findings)


def test_open_questions_are_listed_and_stop_a_mutating_run_of_a_grave_record() -> None:
    done = compiled(gateway_record(open_questions=("Who owns the adapter?",)))
    (finding,) = [item for item in done.findings if item.key.startswith("question:")]
    assert finding.blocks_mutating
    assert done.bodies["formation_brief"]["unresolved_questions"][0]["statement"] == "Who owns the adapter?"
    assert done.bodies["formation_brief"]["agent_formation"]["pattern"] == "archaeologist_interviewer"


def test_waived_evidence_is_no_gate_and_says_who_waived_it() -> None:
    waived = EvidenceDefinition(
        id="imports",
        statement="Later.",
        status=EvidenceStatus.WAIVED,
        command=("true",),
        waiver=Waiver(who="stacey", why="migration"),
    )
    done = compiled(gateway_record(facets=Facets(capability="Kept.", evidence=(waived,))))
    assert done.bodies["gate_overlay"]["gates"] == []
    assert done.bodies["evidence_plan"]["waived"][0]["waiver"]["who"] == "stacey"
    assert done.bodies["evidence_plan"]["capabilities"][0]["gap"].startswith("No evidence")


@pytest.mark.parametrize(
    ("records", "changes", "pattern"),
    [
        ((errors_record(),), {}, "solo_implementer"),
        ((errors_record(),), {"throttle": "full"}, "planner_coder_reviewer"),
        ((gateway_record(), errors_record()), {}, "planner_coder_reviewer"),
        ((gateway_record(severity=Severity.CRITICAL),), {}, "red_team_reviewer"),
        ((gateway_record(family="vendor_isolation"),), {}, "framework_specialist"),
        (
            (gateway_record(facets=Facets(capability="A")), errors_record(facets=Facets(capability="B"))),
            {},
            "evidence_specialist",
        ),
    ],
)
def test_the_formation_follows_its_rules(
    records: tuple[IntentRecord, ...], changes: dict[str, Any], pattern: str
) -> None:
    formation = compiled(*records, **changes).bodies["formation_brief"]["agent_formation"]
    assert formation["pattern"] == pattern
    assert formation["why"]
    access = {role["access"] for role in formation["roles"]}
    assert ("mutating" in access) == (changes.get("throttle") == "full")


def test_each_phase_keeps_its_budget_and_lists_what_it_leaves_out() -> None:
    many = tuple(
        errors_record(
            id=f"alloy.intent.r{number}",
            title=f"Record {number}",
            facets=Facets(capability=f"Capability {number}. " * 20),
        )
        for number in range(60)
    )
    pack = models_of(compiled(*many))[1]
    assert [prompt.phase for prompt in pack.prompts] == list(Phase)
    for prompt in pack.prompts:
        assert (
            estimate_tokens(prompt.text) == prompt.tokens <= prompt.token_budget + 60 * 15
        )  # the front matter names every record
        shown = "Capability" in prompt.text
        assert shown or prompt.left_out or prompt.phase in {"execution", "retry"}
    assessment = pack.prompts[0]
    assert assessment.left_out
    assert assessment.left_out[0].trace


def test_what_could_not_be_read_back_is_not_pinned() -> None:
    many = tuple(gateway_record(id=f"alloy.intent.r{number}", title=f"Record {number}") for number in range(240))
    blocking = [item for item in compiled(*many).findings if item.severity == "block"]
    assert "choose fewer records" in blocking[0].text


def test_an_edited_prompt_makes_another_pack_that_records_the_difference() -> None:
    record = gateway_record()
    plain = models_of(compiled(record))[1]
    from alloy_assist.briefs.pack import text_digest

    text = plain.prompts[3].text + "Name the queue.\n"
    edit = EditedPrompt(text=text, base_sha256=text_digest(plain.prompts[3].text), by="stacey", reason="it is missing")
    before = selection_of(record)
    done = compile_brief(
        OBJECTIVE, "checkout-payment", before.model_copy(update={"prompts": {"execution": edit}}), snapshot_of(record)
    )
    pack = done.bodies["prompt_pack"]
    assert pack["digest"] != plain.digest
    assert pack["edits"][0]["phase"] == "execution"
    assert "+Name the queue." in pack["edits"][0]["diff"]


def _traced(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["record"]] if {"record", "version", "facet"} <= value.keys() else []
        return own + [each for item in value.values() for each in _traced(item)]
    return [each for item in value for each in _traced(item)] if isinstance(value, list) else []


def test_the_small_repository_has_what_the_records_name() -> None:
    assert "src/shop/payments/gateway.py" in PATHS
