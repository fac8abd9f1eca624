"""The way of a brief through the real operations: created, chosen for, compared, compiled and verified."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.briefs.templates import TemplateError
from alloy_assist.errors import MissingError, RefusedError, UsageError
from alloy_assist.operations.brief_templates import save_template
from fixtures.briefing import OBJECTIVE, approved, build_shop, errors_record, gateway_record, keep, shop_project
from store.records import Actor, ActorKind, SourceCitation
from store.runs import BriefState


def test_the_whole_way(project: Project) -> None:
    briefing = project.briefing
    identity = approved(briefing, definition_of_done=["It pays."])
    seen = briefing.show(identity).approval
    done = briefing.compile(identity)
    assert seen is not None
    assert done.row.state is BriefState.COMPILED
    assert done.artifacts["formation_brief"] == seen["seen_digest"]
    assert {each["method"] for each in done.observations} == {"not_run"}
    assert briefing.verify(identity).ok
    exported = [project.root / path for path in done.files]
    assert all(path.is_file() for path in exported)
    for path in exported:
        if path.suffix != ".sha256":
            assert briefing.verify(path).ok, path
    listed = subprocess.run(
        ["sha256sum", "--check", "--quiet", *[str(path) for path in exported if path.suffix == ".sha256"]],
        cwd=project.root,
        check=False,
    )
    assert listed.returncode == 0
    history = [entry.action for entry in project.store().audit.entries(identity)]
    assert history[::-1] == ["brief.create", "brief.reviewable", "brief.approved", "brief.compiled"]


def test_the_same_snapshot_has_the_same_digests_on_another_machine(tmp_path: Path) -> None:
    digests = []
    for place in ("here", "there"):
        build_shop(tmp_path / place / "shop")
        opened = shop_project(tmp_path / place / "shop", Actor(kind=ActorKind.PERSON, name=place))
        for record in (gateway_record(), errors_record())[:: 1 if place == "here" else -1]:
            keep(opened, record)
        identity = approved(opened.briefing)
        digests.append(dict(opened.briefing.compile(identity).artifacts))
        opened.close()
    assert digests[0] == digests[1]


def test_gates_run_once_on_request_and_their_result_is_kept(project: Project) -> None:
    done = project.briefing.compile(approved(project.briefing), run_gates=True)
    assert {each["gate"]: each["status"] for each in done.observations} == {
        "payment-provider-gateway.imports": "passing",
        "typed-domain-errors.typed": "passing",
    }
    assert {each["observed_by"] for each in done.observations} == {"stacey"}


def test_differences_are_told_in_words_of_intent(project: Project) -> None:
    briefing = project.briefing
    first = briefing.create(OBJECTIVE, ["payment-provider-gateway"], definition_of_done=["It pays."])
    second = briefing.create(OBJECTIVE, ["payment-provider-gateway", "typed-domain-errors"])
    told = briefing.diff(first.id, second.id)
    assert "It now also protects: Callers can react to each payment failure." in told
    assert "It is done when was dropped: It pays." in told
    assert briefing.diff(first.id, first.id) == ()


def test_candidates_come_with_reasons(project: Project) -> None:
    found = {
        each.record.id: each
        for each in project.briefing.candidates("Replace the payment provider", ["src/shop/domain/rules.py"])
    }
    assert found["alloy.intent.typed-domain-errors"].reason == "governs src/shop/domain/rules.py"
    assert found["alloy.intent.payment-provider-gateway"].suggested
    assert not project.briefing.candidates("Write a poem", [])[0].suggested


def test_templates_extend_each_other_but_not_in_a_circle(project: Project) -> None:
    row = project.briefing.create("Next interaction", ["payment-provider-gateway"], stop_conditions=["A gate breaks."])
    path = save_template(project.root, "base", row)
    with pytest.raises(RefusedError):
        save_template(project.root, "base", row)
    child = path.with_name("child.yaml")
    child.write_text(
        "schema_version: alloy.brief_template.v1\nextends: base\nrecords: [typed-domain-errors]\nthrottle: audit_only\n"
    )
    made = project.briefing.create("", [], template="child")
    assert made.objective == "Next interaction"
    assert [each["id"] for each in made.selection["records"]] == [
        "alloy.intent.payment-provider-gateway",
        "alloy.intent.typed-domain-errors",
    ]
    assert (made.selection["throttle"], made.selection["stop_conditions"]) == ("audit_only", ["A gate breaks."])
    path.write_text("schema_version: alloy.brief_template.v1\nextends: child\n")
    with pytest.raises(TemplateError, match="circle: child -> base -> child"):
        project.briefing.create("Do it", [], template="child")
    with pytest.raises(MissingError):
        project.briefing.create("Do it", [], template="none")
    with pytest.raises(UsageError):
        project.briefing.create("Do it", [], template="../../etc/passwd")


def test_stale_citations_are_noticed_on_request(project: Project) -> None:
    path = "src/shop/domain/rules.py"
    citation = {
        "kind": "code", "path": path, "start_line": 1, "end_line": 1, "blob": "0" * 40, "quote": "def nothing():",
        "quote_sha256": "0" * 64,
    }  # fmt: skip
    cited = SourceCitation(kind="code", body=citation)
    keep(project, gateway_record(id="alloy.intent.cited", title="Cited", citations=(cited,), severity="low"))
    row = project.briefing.create(OBJECTIVE, ["cited"])
    assert any(item.key == "stale:alloy.intent.cited" for item in project.briefing.preview(row.id).findings)
    project.briefing.review(row.id)
    project.briefing.approve(row.id, "dry_run", seen_digest=project.briefing.preview(row.id).digest_shown)
    project.briefing.compile(row.id)
    assert project.briefing.verify(row.id).ok
    assert not project.briefing.verify(row.id, citations=True).ok
