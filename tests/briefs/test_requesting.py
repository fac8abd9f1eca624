"""A request for the Foundry is made once, for what was approved and has not moved."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.errors import RefusedError
from alloy_assist.operations.brief_requests import Wish
from alloy_assist.operations.requesting import Requesting
from fixtures.briefing import OBJECTIVE, approved, gateway_record, keep, shop_project
from store.runs import BriefState


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
