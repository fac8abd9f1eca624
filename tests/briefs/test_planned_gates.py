"""Which evidence becomes a gate, what it runs with, how strict it is, and what it can be said to enforce."""

from __future__ import annotations

import json

import pytest

from alloy_assist.briefs.compiling import compile_brief, models_of
from alloy_assist.briefs.family import GateMode
from alloy_assist.briefs.gates.commands import recipe_for
from alloy_assist.briefs.gates.enforcing import enforcing
from fixtures.brief_gates import PAYLIB, PAYMENTS, boundary, check, gates_for
from fixtures.briefing import PATHS, gateway_record, selection_of, snapshot_of
from store.records import EvidenceDefinition, EvidenceStatus, Facets, Severity


@pytest.mark.parametrize(
    ("definition", "tool"),
    [
        (check({"kind": "symbol_exists", "symbol": "pay", "path": "src/"}), "alloy"),
        (check(boundary("app/web/", PAYLIB)), "alloy"),  # nothing tells its dotted name
        (
            check({"kind": "pattern_absent", "pattern": r"\p{Lu}", "paths": ["**"]}),
            "alloy",
        ),  # not an expression of `re`
        (check(boundary("src/shop/domain/", PAYMENTS, indirect=True)), "import-linter"),
        (
            EvidenceDefinition(id="it", statement="T", kind="test", reference="tests/test_rules.py::test_failures"),
            "project",
        ),
        (EvidenceDefinition(id="it", statement="C", kind="command", command=("make", "check")), "project"),
    ],
)
def test_each_check_runs_with_what_can_run_it(definition: EvidenceDefinition, tool: str) -> None:
    (gate,) = gates_for(definition)
    assert gate.runs_with == tool
    if tool == "alloy":
        assert gate.command[:2] == ("alloy", "check")


def test_what_only_a_person_can_judge_is_no_gate_and_what_exists_is_referred_to() -> None:
    review = EvidenceDefinition(id="review", statement="A person looks.")
    theirs = EvidenceDefinition(
        id="ci", statement="CI lints.", kind="gate", reference="ci:lint", status=EvidenceStatus.REQUIRED
    )
    record = gateway_record(facets=Facets(capability="Kept.", evidence=(review, theirs)))
    overlay = models_of(compile_brief("Do it", "do-it", selection_of(record), snapshot_of(record)))[2]
    assert overlay.gates == ()
    assert [gate.reference for gate in overlay.existing] == ["ci:lint"]


@pytest.mark.parametrize("reference", ["-x", "tests/a.py; rm -rf /", "tests/a b.py", "../../etc/passwd.py\n"])
def test_a_test_that_is_no_plain_name_becomes_no_command(reference: str) -> None:
    definition = EvidenceDefinition(id="it", statement="T", kind="test", reference=reference)
    assert recipe_for(definition, "alloy.intent.x", PATHS) is None


def test_modes_follow_status_and_severity() -> None:
    body = {"kind": "path_exists", "path": "src/"}
    assert gates_for(check(body))[0].mode is GateMode.REQUIRED_FOR_DRY_RUN
    assert gates_for(check(body), severity=Severity.LOW)[0].mode is GateMode.REQUIRED_FOR_MUTATING
    assert gates_for(check(body, status=EvidenceStatus.PROPOSED))[0].mode is GateMode.ADVISORY


def test_a_malformed_check_blocks_by_name_and_becomes_no_gate() -> None:
    record = gateway_record(facets=Facets(capability="Kept.", evidence=(check({"kind": "import_boundary"}),)))
    done = compile_brief("Do it", "do-it", selection_of(record), snapshot_of(record))
    assert done.bodies["gate_overlay"]["gates"] == []
    (finding,) = [item for item in done.findings if item.severity == "block"]
    assert "'it' is malformed" in finding.text


def test_the_gate_file_quotes_commands_for_a_shell() -> None:
    from alloy_assist.briefs.views import foundry_gates

    record = gateway_record(
        facets=Facets(capability="K", evidence=(check({"kind": "command", "argv": ["echo", "a b", "$HOME"]}),))
    )
    overlay = models_of(compile_brief("Do it", "do-it", selection_of(record), snapshot_of(record)))[2]
    (gate,) = json.loads(foundry_gates(overlay))["gates"]
    assert gate["command"] == "echo 'a b' '$HOME'"
    assert gate["required"] is True


@pytest.mark.parametrize(
    ("move", "enforced"),
    [
        ("Do not import paylib into the domain.", True),
        ("Never import `shop.domain` from there", True),
        ("Do not call paylib twice.", False),  # speaks of no import
        ("Do not import vendor modules.", False),  # names none
        ("Do not remove a test.", False),
        ("Do not import paylibrary.", False),
    ],
)
def test_a_move_is_said_to_be_gated_only_where_that_can_be_told(move: str, enforced: bool) -> None:
    (gate,) = gates_for(
        check(
            {**boundary("src/shop/domain/", PAYLIB), "sources": [{"module": "shop.domain", "path": "src/shop/domain/"}]}
        )
    )
    assert bool(enforcing(move, (gate,))) is enforced
    assert enforcing(move, (gate.model_copy(update={"mode": GateMode.ADVISORY}),)) == ()
