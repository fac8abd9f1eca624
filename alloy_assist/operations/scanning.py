"""Scanning: reading the repository, and keeping what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.identity import digest_of
from store.interviews import StoredHypothesis
from store.runs import ScanRow

if TYPE_CHECKING:
    from archaeology.model import Hypothesis, Observation, Survey
    from archaeology.progress import Cancelled, FindingsSink, ProgressSink
    from archaeology.survey import ScanOptions
    from store.database import Store


@dataclass(frozen=True)
class Scanning:
    """Scans a repository. :meth:`run` needs no store and may be called from any thread; :meth:`save` writes."""

    root: Path
    store: Callable[[], Store]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    cache_folder: Path | None

    def run(
        self,
        options: ScanOptions,
        on_progress: ProgressSink,
        cancelled: Cancelled,
        on_findings: FindingsSink | None = None,
    ) -> Survey:
        """Read the repository and return what it seems to protect; ``on_findings`` sees it grow. Raises ArchaeologyError."""
        from archaeology.survey import scan

        if options.cache_folder is None and options.use_cache:
            options = options._replace(cache_folder=self.cache_folder)
        return scan(self.root, options, on_progress, cancelled, on_findings)

    def save(self, survey: Survey) -> ScanRow:
        """Keep the hypotheses of a scan; decisions that people made stay as they are."""
        row = ScanRow(
            id=self.new_id(),
            at=self.clock().isoformat(),
            head=survey.repository.head,
            hypotheses=len(survey.hypotheses),
            observations=len(survey.observations),
            limits=tuple(limit.model_dump(mode="json") for limit in survey.limits),
            timings=survey.timings,
        )
        self.store().hypotheses.sync(row, stored_hypotheses(survey))
        return row

    def latest(self) -> ScanRow | None:
        """The last scan that was kept, if any."""
        return self.store().scans.latest()


def stored_hypotheses(survey: Survey) -> tuple[StoredHypothesis, ...]:
    """Return a survey's hypotheses in the form in which they are kept, best first."""
    observations = {item.id: item for item in survey.observations}
    return tuple(
        _stored(hypothesis, [observations[key] for key in hypothesis.observations if key in observations], rank)
        for rank, hypothesis in enumerate(survey.hypotheses, start=1)
    )


def _stored(hypothesis: Hypothesis, observations: list[Observation], rank: int) -> StoredHypothesis:
    bodies = tuple(item.model_dump(mode="json", by_alias=True) for item in observations)
    return StoredHypothesis(
        id=hypothesis.id,
        title=hypothesis.title,
        family=hypothesis.family.value,
        confidence=hypothesis.confidence,
        worth=hypothesis.worth,
        rank=rank,
        body=hypothesis.model_dump(mode="json", by_alias=True),
        observations=bodies,
        # What was seen, not how often or where exactly: a rejected hypothesis must not come back because a line moved.
        evidence_digest=digest_of(
            sorted(f"{item.category}:{item.family}:{','.join(item.subject)}" for item in observations)
        ),
    )
