"""Gates run without this program and mean what the checks mean."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.operations.brief_gates import observe, run_gate
from fixtures.brief_gates import PAYLIB, PAYMENTS, boundary, check, gates_for
from fixtures.briefing import build_shop

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
