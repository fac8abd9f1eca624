"""What stands between a draft and its compilation: who approves, what was seen, what blocks, and what moved since."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.errors import RefusedError, UsageError
from fixtures.briefing import AGENT, OBJECTIVE, PERSON, approved, gateway_record, keep, shop_project
from store.errors import ConflictError, IllegalTransitionError, NotFoundError
from store.records import Actor, ActorKind, Relation, RelationKind
from store.runs import BriefState


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


def test_a_step_that_is_taken_twice_is_told_as_taken(project: Project) -> None:
    briefing = project.briefing
    identity = approved(briefing)
    with pytest.raises(IllegalTransitionError, match="is approved already"):
        briefing.approve(identity, "dry_run", seen_digest=briefing.preview(identity).digest_shown)
    assert briefing.revoke(identity, "too early").state is BriefState.DRAFT
    with pytest.raises(IllegalTransitionError, match="is a draft already"):
        briefing.revoke(identity, "too early")
    briefing.review(identity)
    with pytest.raises(IllegalTransitionError, match="is under review already"):
        briefing.review(identity)
    with pytest.raises(RefusedError, match="not approved"):
        briefing.revoke(identity, "too early")
    briefing.approve(identity, "dry_run", seen_digest=briefing.preview(identity).digest_shown)
    briefing.compile(identity)
    with pytest.raises(IllegalTransitionError, match=r"^This brief is compiled already\.$") as refused:
        briefing.compile(identity)
    assert "request its execution" in refused.value.hint
    with pytest.raises(IllegalTransitionError, match="A brief that is compiled cannot become a draft"):
        briefing.revoke(identity, "too early")
