"""The whole way of a brief through the real operations: create, review, approve, compile, export, verify, request."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.briefs.templates import TemplateError
from alloy_assist.errors import AlloyError, MissingError, OutsideError, RefusedError, UsageError
from alloy_assist.operations.brief_files import plan_files
from alloy_assist.operations.brief_requests import Wish
from alloy_assist.operations.brief_templates import save_template
from alloy_assist.operations.briefing import Briefing
from alloy_assist.operations.requesting import Requesting
from fixtures.briefing import PERSON, build_shop, errors_record, gateway_record, shop_project
from store.errors import ConflictError, IllegalTransitionError, NotFoundError
from store.records import Actor, ActorKind, IntentRecord, RecordState, Relation, RelationKind, SourceCitation
from store.runs import BriefState

OBJECTIVE = "Take payments through another provider"
AGENT = Actor(kind=ActorKind.AGENT, name="robot")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    build_shop(tmp_path / "shop")
    opened = shop_project(tmp_path / "shop")
    for record in (gateway_record(), errors_record()):
        keep(opened, record)
    yield opened
    opened.close()


def keep(project: Project, record: IntentRecord, *, accept: bool = True) -> IntentRecord:
    records = project.store().records
    kept = records.save_new(record.model_copy(update={"state": RecordState.PROPOSED, "version": 1}), "for the test")
    return records.transition(kept.id, RecordState.ACCEPTED, "agreed") if accept else kept


def approved(briefing: Briefing, mode: Any = "dry_run", **changes: Any) -> str:
    row = briefing.create(OBJECTIVE, ["payment-provider-gateway", "typed-domain-errors"], **changes)
    briefing.review(row.id)
    briefing.approve(row.id, mode, seen_digest=briefing.preview(row.id).digest_shown)
    return row.id


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


def test_a_changed_byte_in_any_exported_file_is_noticed(project: Project) -> None:
    identity = approved(project.briefing)
    files = project.briefing.compile(identity).files
    brief = next(
        project.root / path
        for path in files
        if path.suffix == ".json" and path.parent.name == "briefs" and "evidence" not in path.name
    )
    for path in files:
        place = project.root / path
        before = place.read_bytes()
        changed = bytearray(before)
        changed[len(changed) // 2] ^= 1
        place.write_bytes(changed)
        assert not project.briefing.verify(brief).ok, path
        assert not project.briefing.verify(identity).ok, path
        place.write_bytes(before)
    assert project.briefing.verify(brief).ok


def test_only_what_is_ours_is_overwritten(project: Project) -> None:
    identity = approved(project.briefing)
    files = project.briefing.compile(identity).files
    target = project.root / next(path for path in files if path.suffix == ".md" and path.parent.name == "briefs")
    target.write_text("somebody's own words")
    plan = project.briefing.export(identity, dry_run=True)
    assert [item.action for item in plan].count("refused") == 1
    target.with_name("keep").write_text("x")
    with pytest.raises(RefusedError, match="not overwritten"):
        project.briefing.export(identity)
    assert target.read_text() == "somebody's own words"
    target.unlink()
    (project.root / files[0]).unlink()
    actions = {item.path: item.action for item in project.briefing.export(identity)}
    assert actions[target.relative_to(project.root)] == "create"
    assert set(actions.values()) == {"create", "unchanged"}


def test_a_symbolic_link_is_never_followed_out_of_the_repository(project: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project.root / ".alloy" / "prompts").symlink_to(outside)
    identity = approved(project.briefing)
    with pytest.raises(AlloyError, match=r"symbolic link|leads elsewhere"):
        project.briefing.compile(identity)
    assert list(outside.iterdir()) == []
    plan = plan_files(project.root, {".alloy/prompts/x.md": b"x"}, ".alloy/briefs/x.sha256")
    assert [(item.action, "symbolic link" in item.reason) for item in plan] == [("refused", True)]


@pytest.mark.parametrize("what", ["record", "repository", "pack"])
def test_compiling_refuses_what_moved_since_the_approval_and_names_it(project: Project, what: str) -> None:
    briefing = project.briefing
    identity = approved(briefing)
    if what == "record":
        record = project.store().records.get("alloy.intent.typed-domain-errors")
        project.store().records.update(
            record.model_copy(update={"title": "Another title"}), record.version, "said better"
        )
        named = "the record alloy.intent.typed-domain-errors"
    elif what == "repository":
        subprocess.run(["git", "commit", "--quiet", "--allow-empty", "-m", "on"], cwd=project.root, check=True)
        named = "the repository"
    else:
        row = briefing.show(identity)
        made_of = (row.approval or {})["made_of"] | {"prompt_pack": "sha256:0"}
        changed = {**(row.approval or {}), "made_of": made_of, "seen_digest": "sha256:0"}
        project.store().briefs.update(row.model_copy(update={"approval": changed}), row.state)
        named = "the prompt pack"
    with pytest.raises(RefusedError, match=named):
        briefing.compile(identity)
    assert briefing.show(identity).state is BriefState.APPROVED
    assert not (project.root / ".alloy" / "briefs").exists()


def test_what_was_not_seen_cannot_be_approved(project: Project) -> None:
    row = project.briefing.create(OBJECTIVE, ["payment-provider-gateway"])
    with pytest.raises(IllegalTransitionError):
        project.briefing.approve(row.id, "dry_run", seen_digest=project.briefing.preview(row.id).digest_shown)
    project.briefing.review(row.id)
    with pytest.raises(RefusedError, match="What you saw"):
        project.briefing.approve(row.id, "dry_run", seen_digest="sha256:else")


def test_only_a_person_with_authority_approves(project: Project) -> None:
    identity = project.briefing.create(OBJECTIVE, ["payment-provider-gateway"]).id
    project.briefing.review(identity)
    digest = project.briefing.preview(identity).digest_shown
    with pytest.raises(RefusedError, match="Only a person"):
        replace(project.briefing, actor=AGENT).approve(identity, "dry_run", seen_digest=digest)
    strict = project.settings.model_copy(
        update={"authority": {"approve_mutation": ("nobody",), "compile": (PERSON.name,)}}
    )
    careful = replace(project.briefing, settings=strict)
    with pytest.raises(RefusedError, match=r"may not approve mutation"):
        careful.approve(identity, "mutating", seen_digest=digest)
    assert careful.approve(identity, "dry_run", seen_digest=digest).state is BriefState.APPROVED
    with pytest.raises(RefusedError, match=r"may not compile"):
        replace(careful, actor=AGENT).compile(identity)


def test_a_conflict_blocks_review_until_it_is_settled(project: Project) -> None:
    relation = Relation(kind=RelationKind.CONFLICTS_WITH, target="alloy.intent.typed-domain-errors")
    project.store().records.relate("alloy.intent.payment-provider-gateway", relation, "it does")
    row = project.briefing.create(OBJECTIVE, ["payment-provider-gateway", "typed-domain-errors"])
    with pytest.raises(RefusedError, match="conflicts with"):
        project.briefing.review(row.id)
    key = next(item.key for item in project.briefing.preview(row.id).findings if item.severity == "block")
    with pytest.raises(UsageError):
        project.briefing.settle(row.id, "choice:nothing", "no")
    project.briefing.settle(row.id, key, "errors of payments are not concerned")
    assert project.briefing.review(row.id).state is BriefState.REVIEWABLE


def test_records_that_are_not_accepted_block(project: Project) -> None:
    keep(project, gateway_record(id="alloy.intent.later", title="Later"), accept=False)
    row = project.briefing.create(OBJECTIVE, ["later"])
    with pytest.raises(RefusedError, match="only accepted and active"):
        project.briefing.review(row.id)
    with pytest.raises(NotFoundError):
        project.briefing.create(OBJECTIVE, ["no-such-record"])
    with pytest.raises(UsageError):
        project.briefing.create("  ", ["payment-provider-gateway"])


def test_two_people_compiling_at_once_make_one_brief(project: Project) -> None:
    identity = approved(project.briefing)
    other = shop_project(project.root, Actor(kind=ActorKind.PERSON, name="tomasz"))

    class Racing:
        """Another person is faster while the gates run."""

        def __call__(self, gate: Any, root: Path) -> Any:
            if other.briefing.show(identity).state is BriefState.APPROVED:
                other.briefing.compile(identity)
            from alloy_assist.operations.brief_gates import GateRun

            return GateRun(0, "")

    with pytest.raises(ConflictError):
        replace(project.briefing, runner=Racing()).compile(identity, run_gates=True)
    other.close()
    assert project.briefing.show(identity).state is BriefState.COMPILED
    assert project.briefing.verify(identity).ok


def test_back_to_draft_and_edited_prompts(project: Project) -> None:
    briefing = project.briefing
    identity = approved(briefing)
    with pytest.raises(RefusedError, match="only a draft"):
        briefing.edit(identity, objective="Another")
    with pytest.raises(UsageError):
        briefing.revoke(identity, " ")
    assert briefing.revoke(identity, "too early").approval is None
    before = briefing.preview(identity).digest_shown
    text = briefing.prompt(identity, "execution") + "Name the queue.\n"
    briefing.edit_prompt(identity, "execution", text, "it is missing")
    assert briefing.preview(identity).digest_shown != before
    assert briefing.prompt(identity, "execution") == text
    briefing.edit(identity, stop_conditions=["A test would have to go."])
    assert any("edited when it said something else" in item.text for item in briefing.preview(identity).findings)
    with pytest.raises(RefusedError, match="said something else"):
        briefing.review(identity)


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


def test_a_request_is_made_once(project: Project) -> None:
    identity = approved(project.briefing)
    project.briefing.compile(identity)
    requests = Requesting(project.briefing)
    made = requests.create(identity)
    assert project.briefing.show(identity).state is BriefState.QUEUED
    assert made.request.throttle == "dry_run"
    assert made.request.repository.branch is None
    assert set(made.request.payload) == {"strategic", "max_iterations", "actions", "strategic_prompt"}
    words = shlex.split(made.command)
    assert words[:3] == ["foundry", "emit", "iteration_requested"]
    assert json.loads(words[words.index("--payload") + 1]) == made.request.payload
    with pytest.raises(RefusedError, match="requested before"):
        requests.create(identity)
    again = requests.create(identity, Wish(override="the first was lost"))
    assert again.request.override is not None
    assert again.request.idempotency_key == made.request.idempotency_key
    other = requests.create(identity, Wish(entry_event="prompt_execution_requested"))
    assert set(other.request.payload) == {"prompt"}
    assert [each.request.id for each in requests.list()] == [made.request.id, again.request.id, other.request.id]
    assert requests.show(made.request.id).body == made.body


def test_a_request_stops_for_what_has_moved_or_was_not_approved(project: Project) -> None:
    identity = approved(project.briefing)
    with pytest.raises(RefusedError, match="nothing is compiled"):
        Requesting(project.briefing).create(identity)
    files = project.briefing.compile(identity).files
    with pytest.raises(RefusedError, match="approved for dry_run"):
        Requesting(project.briefing).create(identity, Wish(throttle="full"))
    with pytest.raises(RefusedError, match="not one that can be requested"):
        Requesting(project.briefing).create(identity, Wish(entry_event="rm -rf"))
    gate = next(project.root / path for path in files if path.suffix == ".py")
    text = gate.read_text()
    gate.unlink()
    with pytest.raises(RefusedError, match="missing or not what was exported"):
        Requesting(project.briefing).create(identity)
    gate.write_text(text)
    subprocess.run(["git", "commit", "--quiet", "--allow-empty", "-m", "on"], cwd=project.root, check=True)
    with pytest.raises(RefusedError, match="has moved"):
        Requesting(project.briefing).create(identity)


def test_a_mutating_request_names_its_branch(project: Project) -> None:
    identity = approved(project.briefing, "mutating", throttle="full", project_id="shop: a.b..c")
    project.briefing.compile(identity)
    made = Requesting(project.briefing).create(identity)
    branch = made.request.repository.branch
    assert branch is not None
    assert branch.startswith("alloy/shop-a.b.c/take-payments-through-another-provider/")
    assert (
        subprocess.run(["git", "check-ref-format", "--branch", branch], check=False, capture_output=True).returncode
        == 0
    )


def test_an_export_that_cannot_be_written_is_told_and_repeated(project: Project) -> None:
    identity = approved(project.briefing)
    blocker = project.root / ".alloy" / "prompts"
    blocker.write_text("in the way")
    with pytest.raises(RefusedError, match="not a folder"):
        project.briefing.compile(identity)
    assert project.briefing.show(identity).state is BriefState.COMPILED
    assert not (project.root / ".alloy" / "briefs").exists()
    blocker.unlink()
    assert {item.action for item in project.briefing.export(identity)} == {"create"}
    assert project.briefing.verify(identity).ok


def test_a_disk_that_fails_leaves_what_was_there(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = approved(project.briefing)
    written: list[str] = []

    def full(handle: int) -> None:
        written.append(str(handle))
        if len(written) > 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideError, match="No space left"):
        project.briefing.compile(identity)
    monkeypatch.undo()
    left = [path for path in (project.root / ".alloy").rglob("*") if path.is_file() and path.name.startswith(".alloy-")]
    assert left == []
    project.briefing.export(identity)
    assert project.briefing.verify(identity).ok


def test_a_brief_in_a_repository_without_a_commit_compiles_but_cannot_be_run(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "new")], check=True)
    project = shop_project(tmp_path / "new")
    keep(project, gateway_record())
    row = project.briefing.create(OBJECTIVE, ["payment-provider-gateway"])
    project.briefing.review(row.id)
    project.briefing.approve(row.id, "dry_run", seen_digest=project.briefing.preview(row.id).digest_shown)
    project.briefing.compile(row.id)
    assert project.briefing.verify(row.id).ok
    with pytest.raises(RefusedError, match="without a commit"):
        Requesting(project.briefing).create(row.id)
    project.close()


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
