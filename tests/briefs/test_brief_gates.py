"""Gates run without this program and mean what the checks mean."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alloy_assist.briefs.compiling import compile_brief, models_of
from alloy_assist.briefs.family import Gate, GateMode
from alloy_assist.briefs.gates.commands import recipe_for
from alloy_assist.briefs.gates.enforcing import enforcing
from alloy_assist.briefs.gates.patterns import glob_expression, module_expression
from alloy_assist.briefs.gates.python_modules import python_module
from alloy_assist.operations.brief_gates import observe, run_gate
from archaeology.checks.globs import module_matches, path_matches
from fixtures.briefing import PATHS, build_shop, gateway_record, selection_of, snapshot_of
from store.records import EvidenceDefinition, EvidenceStatus, Facets, Severity


def gates_for(*definitions: EvidenceDefinition, paths: frozenset[str] = PATHS, **changes: Any) -> tuple[Gate, ...]:
    record = gateway_record(facets=Facets(capability="Kept.", evidence=definitions), **changes)
    done = compile_brief("Do it", "do-it", selection_of(record), snapshot_of(record, paths=paths))
    return models_of(done)[2].gates


def check(body: dict[str, Any], **changes: Any) -> EvidenceDefinition:
    values = {"id": "it", "statement": "It holds.", "kind": "check", "check": body, "status": EvidenceStatus.REQUIRED}
    return EvidenceDefinition.model_validate({**values, **changes})


def boundary(source: str, target: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "import_boundary", "sources": [{"module": source, "path": source}], "forbidden": [target], **more}


PAYLIB = {"module": "paylib", "external": True}
PAYMENTS = {"module": "shop.payments", "path": "src/shop/payments/"}
SHOP_CHECKS: list[tuple[dict[str, Any], bool]] = [
    (boundary("src/shop/domain/", PAYLIB), True),
    (boundary("src/shop/payments/", PAYLIB), False),
    (
        boundary(
            "src/shop/payments/", PAYLIB, **{"except": [{"from": "src/shop/payments/gateway.py", "to": "paylib"}]}
        ),
        True,
    ),
    (boundary("src/shop/", PAYLIB, **{"except": [{"from": "src/shop/payments/", "to": "paylib"}]}), True),
    (boundary("src/shop/", PAYLIB, **{"except": [{"from": "src/shop/payments/", "to": "other"}]}), False),
    (boundary("src/shop/domain/", PAYMENTS), True),
    ({"kind": "pattern_absent", "pattern": r"^import paylib", "paths": ["src/shop/**/*.py"]}, False),
    (
        {
            "kind": "pattern_absent",
            "pattern": r"^import paylib",
            "paths": ["src/"],
            "except_paths": ["src/shop/payments/"],
        },
        True,
    ),
    ({"kind": "pattern_present", "pattern": r"def pay\b", "paths": ["**/*.py"]}, True),
    ({"kind": "pattern_present", "pattern": r"def refund", "paths": ["**/*.py"]}, False),
    ({"kind": "path_exists", "path": "src/shop/domain/"}, True),
    ({"kind": "path_exists", "path": "docs/*.md"}, False),
    ({"kind": "command", "argv": ["git", "--version"]}, True),
    ({"kind": "command", "argv": ["false"]}, False),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_shop(tmp_path_factory.mktemp("shop") / "shop")


@pytest.mark.parametrize(("body", "holds"), SHOP_CHECKS)
def test_a_gate_says_what_its_check_says(shop: Path, body: dict[str, Any], holds: bool) -> None:
    (gate,) = gates_for(check(body))
    assert gate.runs_with in {"python", "project"}
    run = run_gate(gate, shop)
    assert (run.exit_code == 0) is holds, run.output
    if gate.runs_with == "python":
        assert ("ok: It holds." in run.output) is holds


def test_imports_of_every_form_are_seen(tmp_path: Path) -> None:
    forms = {
        "a.py": "from shop.payments import gateway\n",
        "b.py": "from ..payments.gateway import pay\n",
        "c.py": "from .. import payments\n",
        "d.py": "def late():\n    import shop.payments.gateway as g\n    return g\n",
        "e.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.payments\n",
    }
    shop = build_shop(tmp_path / "shop")
    for name, text in forms.items():
        (shop / "src/shop/domain" / name).write_text(text)
    (gate,) = gates_for(check(boundary("src/shop/domain/", PAYMENTS)))
    output = run_gate(gate, shop).output
    assert [line.split(":")[0].rsplit("/", 1)[1] for line in output.splitlines()[:-1]] == list(forms)
    (lenient,) = gates_for(check(boundary("src/shop/domain/", PAYMENTS, ignore_type_checking=True)))
    assert "e.py" not in run_gate(lenient, shop).output


def test_code_that_cannot_be_parsed_is_neither_passed_nor_failed(tmp_path: Path) -> None:
    shop = build_shop(tmp_path / "shop")
    (shop / "src/shop/domain/odd.py").write_text("def (:\n")
    gates = gates_for(check(boundary("src/shop/domain/", PAYLIB)))
    (seen,) = observe(gates, shop, run_gate, lambda _: ()).values()
    assert (seen["status"], seen["exit_code"]) == ("unknown", 2)
    assert "odd.py: this Python cannot parse it" in seen["detail"]
    (shop / "src/shop/domain/bad.py").write_text("import paylib\n")
    (seen,) = observe(gates, shop, run_gate, lambda _: ()).values()
    assert seen["status"] == "failing"


def test_a_gate_whose_files_are_gone_fails(tmp_path: Path) -> None:
    (gate,) = gates_for(check(boundary("src/shop/domain/", PAYLIB)))
    run = run_gate(gate, tmp_path)
    assert run.exit_code == 1
    assert "none of the files" in run.output


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


def test_no_value_can_break_out_of_a_script(tmp_path: Path) -> None:
    nasty = "')\"\"\"\n'''+__import__('os').abort()+'''\u2028\\"
    shop = build_shop(tmp_path / "shop")
    (gate,) = gates_for(check({"kind": "path_exists", "path": "src/"}, statement=nasty))
    (other,) = gates_for(
        check({"kind": "pattern_absent", "pattern": re.escape(nasty), "paths": ["**", nasty]}, statement=nasty)
    )
    for each in (gate, other):
        assert run_gate(each, shop).exit_code == 0


def test_the_contract_for_import_linter_is_one_that_it_reads(tmp_path: Path) -> None:
    shop = build_shop(tmp_path / "shop")
    (shop / "src/shop/domain/rules.py").write_text("from shop import middle\n")
    (shop / "src/shop/middle.py").write_text("from shop.payments import gateway\n")
    (gate,) = gates_for(check(boundary("src/shop/domain/", PAYMENTS, indirect=True), statement="Über 100% pure"))
    config = tmp_path / "gate.ini"
    config.write_text(gate.files[0].text)
    arguments = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(config), "--no-cache"]
    done = subprocess.run(arguments, cwd=shop / "src", capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "shop.middle -> shop.payments" in done.stdout


def test_observations_say_what_was_run_and_what_was_not(shop: Path) -> None:
    gates = gates_for(
        check({"kind": "path_exists", "path": "docs/"}),
        check({"kind": "symbol_exists", "symbol": "x", "path": ""}, id="s"),
    )
    skipped = observe(gates, shop, None, lambda _: ())
    assert {(each["status"], each["method"]) for each in skipped.values()} == {("unknown", "not_run")}
    from archaeology.checks import Verdict

    seen = observe(gates, shop, run_gate, lambda checks: [Verdict(True, (), "there") for _ in checks])
    assert [(each["status"], each["method"]) for each in seen.values()] == [
        ("failing", "gate_run"),
        ("passing", "check_evaluated"),
    ]


def test_a_gate_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    script = f"sleep 3 && touch {shlex.quote(str(marker))} & wait"
    definition = check({"kind": "command", "argv": ["sh", "-c", script], "timeout_seconds": 1})
    run = run_gate(gates_for(definition)[0], tmp_path)
    assert run.exit_code is None
    assert "within 1 seconds" in run.output
    assert not marker.exists()
    missing = run_gate(gates_for(check({"kind": "command", "argv": ["no-such-program-anywhere"]}))[0], tmp_path)
    assert missing.exit_code is None
    assert "cannot be run" in missing.output


PARTS = st.sampled_from(["a", "b", "ab", "*", "**", "a*", "?", "x.py"])
NAMES = st.sampled_from(["a", "b", "ab", "abc", "x.py"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4), st.booleans(), st.lists(NAMES, min_size=1, max_size=4))
def test_globs_in_scripts_match_as_the_evaluator_does(parts: list[str], folder: bool, names: list[str]) -> None:
    glob = "/".join(parts) + ("/" if folder else "")
    path = "/".join(names)
    assert bool(re.fullmatch(glob_expression(glob), path)) == path_matches(path, (glob,))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "*", "**"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=4),
)
def test_module_patterns_in_scripts_match_as_the_evaluator_does(parts: list[str], names: list[str]) -> None:
    pattern, module = ".".join(parts), ".".join(names)
    assert bool(re.fullmatch(module_expression(pattern), module)) == module_matches(pattern, module, None)


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("src/shop/domain/", "shop.domain"),
        ("src/shop/domain/rules.py", "shop.domain.rules"),
        ("src/shop/__init__.py", "shop"),
        ("src/plain/thing.py", "plain.thing"),  # no package on the way, but a folder called src
        ("tools/thing.py", None),
        ("src/shop/not-a-name/", None),
    ],
)
def test_dotted_names_are_told_and_never_guessed(path: str, module: str | None) -> None:
    assert python_module(path, PATHS) == module


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
