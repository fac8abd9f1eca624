"""Findings that are shown while a scan still reads: provisional, and only where somebody wants to see them."""

from __future__ import annotations

import time

from archaeology.detectors import DETECTORS, detect_each
from archaeology.facts import Facts
from archaeology.hypotheses import propose
from archaeology.memory import give_back
from archaeology.model import Observation, Survey
from archaeology.progress import FindingsSink, Progress, stop_if
from archaeology.run import Run

_SECONDS_BETWEEN_FINDINGS = 0.5


def first_look(facts: Facts, run: Run) -> None:
    """Hand over what can be said before the history of imports is read, which takes longest; nothing where nobody looks."""
    if run.on_findings is None:
        return
    with run.stage("first look"):
        look(facts, run, "first look")
        _hand_over(facts, tuple(run.found.values()), run, run.on_findings)


def observe(facts: Facts, run: Run) -> tuple[Observation, ...]:
    """Return what the detectors see, and hand over what is known so far where somebody wants to see it."""
    return look(facts, run, "observations")


def look(facts: Facts, run: Run, stage: str) -> tuple[Observation, ...]:
    """Let the detectors look, one after the other, as part of a stage."""
    seen: dict[str, Observation] = {}
    again = 0.0
    for number, found in enumerate(detect_each(facts, run.shield), start=1):
        seen.update((observation.id, observation) for observation in found)
        # What an earlier look found stays until the end, so that nothing comes, goes and comes again before somebody's eyes.
        run.found.update((observation.id, observation) for observation in found)
        give_back()  # what one detector took is not to lie under what the next one takes
        stop_if(run.cancelled)
        run.on_progress(Progress(stage, number, len(DETECTORS), "families"))
        if run.on_findings is not None and found and time.perf_counter() >= again:
            _hand_over(facts, tuple(run.found.values()), run, run.on_findings)
            again = time.perf_counter() + _SECONDS_BETWEEN_FINDINGS
    return tuple(seen.values())


def _hand_over(facts: Facts, observations: tuple[Observation, ...], run: Run, on_findings: FindingsSink) -> None:
    hypotheses = propose(facts, observations, run.shield)
    if hypotheses:
        on_findings(
            Survey(repository=facts.repository, limits=facts.limits, observations=observations, hypotheses=hypotheses)
        )
