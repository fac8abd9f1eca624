"""The jobs that a person asks for by name: what each is told of this repository, and what is left of its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from alloy_assist.agent import jobs
from alloy_assist.agent.checking import check
from alloy_assist.agent.claims import Answer, Said
from alloy_assist.operations.model_proposals import Proposal
from alloy_assist.operations.model_subjects import (
    LARGE,
    SMALL,
    evidence_of,
    known_hypotheses,
    overview_of,
    quoted_in,
    remarks_of,
    rule_texts,
)
from alloy_assist.operations.model_worth import worth_showing
from prompts import template_version

if TYPE_CHECKING:
    from alloy_assist.agent.workspace import Workspace
    from archaeology.facts import Facts
    from store.database import Store

JobName = Literal["sharpen", "propose", "draft", "contradictions"]


def sharpening(store: Store, hypothesis: str, *, small: bool) -> jobs.Job:
    """Return the job that says a hypothesis in the words of the code. Raises NotFoundError."""
    stored = store.hypotheses.get(hypothesis)
    return _sized(jobs.sharpen(stored.title, evidence_of(stored, SMALL if small else LARGE)), small=small)


def proposing(store: Store, facts: Facts, *, small: bool) -> jobs.Job:
    """Return the job that finds hypotheses which the detectors missed."""
    extent = SMALL if small else LARGE
    remarks = remarks_of(facts, quoted_in(store), extent)
    return _sized(jobs.propose(overview_of(facts, extent), remarks, known_hypotheses(store, extent)), small=small)


def drafting(text: str, *, small: bool) -> jobs.Job:
    """Return the job that drafts a record from a text."""
    return _sized(jobs.draft_record(text), small=small)


def contradicting(store: Store, *, small: bool) -> jobs.Job:
    """Return the job that compares the records that hold."""
    return _sized(jobs.notice_contradictions(rule_texts(store)), small=small)


def proposals_of(job: jobs.Job, answer: Said, workspace: Workspace, model: str, at: str) -> Iterator[Proposal]:
    """Yield what an answer proposes, with every citation looked up. ``at`` is when it came, ISO 8601."""
    groups = answer.groups() if isinstance(answer, Answer) else ()
    # A small model gives the same idea twice.
    seen: set[str] = set()
    for group in groups:
        if group.title.casefold() in seen:
            continue
        seen.add(group.title.casefold())
        checked = check(group, workspace, job.slots, job.least_places)
        yield Proposal(
            job=job.name,
            prompt_version=template_version(job.prompt),
            model=model,
            at=at,
            title=group.title,
            checked=worth_showing(checked, job),
        )


def _sized(job: jobs.Job, *, small: bool) -> jobs.Job:
    return job.for_a_small_model() if small else job
