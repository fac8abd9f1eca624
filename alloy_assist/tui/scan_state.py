"""Where a scan stands, as a value: which stages are done, how fast, what was capped. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from archaeology.model import Hypothesis, Limit, Survey
from archaeology.progress import Progress
from store.interviews import StoredHypothesis

STAGES = (
    "inventory",
    "history",
    "parse",
    "imports",
    "tests",
    "gates",
    "documents",
    "first look",
    "import history",
    "observations",
    "hypotheses",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: units ``done`` of ``total`` (None while not known), and when it began and ended, in seconds."""

    name: str
    done: int = 0
    total: int | None = None
    unit: str = ""
    note: str = ""
    began: float = 0.0
    ended: float | None = None

    def seconds(self, now: float) -> float:
        """How long it has taken."""
        return max(0.0, (self.ended if self.ended is not None else now) - self.began)


@dataclass(frozen=True, slots=True)
class ScanState:
    """A scan: ``phase`` is idle, running, stopping, done, stopped or failed.

    ``so_far`` is what a running scan has found up to now, provisional and kept nowhere; ``hypotheses`` what a finished one found.
    """

    phase: str = "idle"
    began: float = 0.0
    ended: float = 0.0
    stages: tuple[Stage, ...] = ()
    limits: tuple[Limit, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    so_far: tuple[StoredHypothesis, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    message: str = ""

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        return self.phase in {"running", "stopping"}

    def advanced(self, progress: Progress, now: float) -> ScanState:
        """Return the state after a step of progress."""
        stages = list(self.stages)
        known = {stage.name: index for index, stage in enumerate(stages)}
        if progress.stage in known:
            index = known[progress.stage]
            old = stages[index]
            stages[index] = replace(
                old,
                done=max(old.done, progress.done),
                total=progress.total if progress.total is not None else old.total,
                unit=progress.unit or old.unit,
                note=progress.note or old.note,
                ended=None,
            )
        else:
            stages = [stage if stage.ended is not None else replace(stage, ended=now) for stage in stages]
            stages.append(Stage(progress.stage, progress.done, progress.total, progress.unit, progress.note, now))
        return replace(self, stages=tuple(stages))

    def growing(self, items: tuple[StoredHypothesis, ...]) -> ScanState:
        """Return the state after the scan has told what it knows so far; one that is over tells nothing any more."""
        return replace(self, so_far=items) if self.running else self

    def finished(self, survey: Survey, now: float) -> ScanState:
        """Return the state of a scan that came to its end."""
        return replace(
            self._ended("done", now),
            limits=survey.limits,
            hypotheses=survey.hypotheses,
            counts=dict(survey.repository.counts),
        )

    def failed(self, phase: str, message: str, now: float) -> ScanState:
        """Return the state of a scan that was stopped or failed."""
        return replace(self._ended(phase, now), message=message)

    def _ended(self, phase: str, now: float) -> ScanState:
        stages = tuple(stage if stage.ended is not None else replace(stage, ended=now) for stage in self.stages)
        return replace(self, phase=phase, ended=now, stages=stages, so_far=())
