"""What this project says that it protects, in .alloy/ and AGENTS.md, holds and is what its records say."""

from __future__ import annotations

from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.operations.carrying import read_files
from archaeology.text import visible_line
from store.projections import BEGIN, END, agents_block, markdown
from store.records import COMPILABLE_STATES, Actor, ActorKind, EvidenceStatus, FacetName, IntentRecord

ROOT = Path(__file__).resolve().parents[1]
PROJECTIONS = ROOT / ".alloy" / "projections"
BRIEFS = ROOT / ".alloy" / "briefs"


@pytest.fixture(scope="module")
def records() -> tuple[IntentRecord, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("This is no git checkout: an archive of the sources has neither .alloy/ nor a HEAD to check at.")
    return tuple(file.record for file in read_files([PROJECTIONS / "intent"]))


@pytest.fixture
def project(records: tuple[IntentRecord, ...], tmp_path: Path) -> Project:
    """This checkout with a fresh database elsewhere, into which the records were imported."""
    project = open_project(
        ROOT,
        db=tmp_path / "alloy.db",
        actor=Actor(name="maintainers", kind=ActorKind.PERSON),
        cache=tmp_path / "cache",
    )
    project.intents.import_([PROJECTIONS / "intent"])
    assert {record.id for record in project.intents.list()} == {record.id for record in records}
    return project


def test_at_least_six_records_are_whole(records: tuple[IntentRecord, ...]) -> None:
    assert len(records) >= 6
    for record in records:
        assert record.state in COMPILABLE_STATES
        assert all(getattr(record.facets, facet) for facet in FacetName), record.id
        assert record.scope, record.id
        assert any(item.check and item.status is EvidenceStatus.REQUIRED for item in record.facets.evidence), record.id


def test_every_check_holds_at_head(project: Project) -> None:
    pairs = [
        (record.id, item)
        for record in project.intents.list(states=COMPILABLE_STATES)
        for item in record.facets.evidence
        if item.check
    ]

    verdicts = project.evidence.verdicts([item.check for _, item in pairs if item.check])

    broken = [
        (name, item.statement, verdict.detail, [(where.path, where.line) for where in verdict.violations])
        for (name, item), verdict in zip(pairs, verdicts, strict=True)
        if verdict.holds is not True
    ]
    assert not broken


def test_the_block_for_agents_is_what_the_records_give(project: Project) -> None:
    text = (ROOT / "AGENTS.md").read_text(encoding="utf-8")
    block = agents_block(project.intents.list(states=COMPILABLE_STATES), visible_line)

    assert text[text.index(BEGIN) : text.index(END) + len(END)] == block.removesuffix("\n")
    assert "did not fit" not in block


def test_the_page_is_what_the_records_give(records: tuple[IntentRecord, ...]) -> None:
    assert (PROJECTIONS / "INTENT.md").read_text(encoding="utf-8") == markdown(records, visible_line)


def test_exported_briefs_are_what_was_compiled(project: Project) -> None:
    briefs = sorted(path for path in BRIEFS.glob("*.json") if path.with_suffix(".sha256").exists())
    assert briefs

    for brief in briefs:
        result = project.briefing.verify(str(brief))
        assert result.ok, result.problems
        assert len(result.checked) > 1, "a brief is verified with its prompts and gates"
