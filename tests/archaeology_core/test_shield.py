"""A part that fails is told as a limit, and the others go on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import archaeology.detectors
import archaeology.imports.resolve
from archaeology.errors import ScanCancelledError
from archaeology.facts import Facts, File, FileFacts, Import
from archaeology.imports import resolve_imports
from archaeology.model import Limit, Observation
from archaeology.options import ScanOptions
from archaeology.shield import exposed, shielded
from archaeology.survey import scan
from fixtures.repositories import build_layered


def test_a_failure_is_noted_and_the_rest_stands() -> None:
    limits: list[Limit] = []
    shield = shielded(limits)
    assert shield("`the odd part`", lambda: 1 // 0, 7) == 7
    assert shield("`the sound part`", lambda: 1, 7) == 1
    [limit] = limits
    assert limit.kind == "failed"
    assert "`the odd part`" in limit.detail
    assert "ZeroDivisionError" in limit.detail


@pytest.mark.parametrize("error", [ScanCancelledError("stopped"), OSError("disk"), MemoryError()])
def test_a_cancelled_scan_and_a_failing_machine_go_through(error: Exception) -> None:
    def fail() -> int:
        raise error

    limits: list[Limit] = []
    with pytest.raises(type(error)):
        shielded(limits)("a part", fail, 0)
    assert limits == []


def test_without_a_shield_a_defect_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        exposed("a part", lambda: 1 // 0, 0)


def test_a_scan_survives_a_detector_and_a_resolver_that_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def detect_nonsense(facts: Facts) -> tuple[Observation, ...]:
        raise IndexError(f"{len(facts.files)} files")

    def resolve_nonsense(project: object) -> None:
        raise KeyError(str(type(project)))

    monkeypatch.setattr(archaeology.detectors, "DETECTORS", (detect_nonsense, *archaeology.detectors.DETECTORS))
    resolvers = archaeology.imports.resolve._RESOLVERS
    monkeypatch.setattr(archaeology.imports.resolve, "_RESOLVERS", (resolve_nonsense, *resolvers))
    survey = scan(build_layered(tmp_path / "app"), ScanOptions(use_cache=False))
    failed = [limit.detail for limit in survey.limits if limit.kind == "failed"]
    assert any("detect nonsense" in detail for detail in failed)
    assert any("resolve nonsense" in detail for detail in failed)
    assert survey.hypotheses


@pytest.mark.parametrize("written", ["*", "::*", "", "::", "*::*"])
def test_a_rust_import_that_names_nothing_reaches_nothing(written: str) -> None:
    files: Mapping[str, File] = {
        path: File(path, "0" * 40, 1, language)
        for path, language in (("Cargo.toml", "toml"), ("src/lib.rs", "rust"), ("src/a.rs", "rust"))
    }
    code = {
        "src/lib.rs": FileFacts("rust", imports=(Import(written, 1), Import("", 2, names=("*",)))),
        "src/a.rs": FileFacts("rust"),
    }
    graph = resolve_imports(files, code, lambda path: '[package]\nname = "x"\n' if path == "Cargo.toml" else None)
    assert graph.edges == ()
