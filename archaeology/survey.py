"""A scan: an unchanged repository is answered from the cache, any other is read from end to end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archaeology.cache import Cache
from archaeology.git import open_repository
from archaeology.known_surveys import keep_survey, known_survey, survey_key
from archaeology.model import Survey
from archaeology.options import ScanOptions
from archaeology.progress import Cancelled, Progress, ProgressSink, ignore_progress, never_cancelled, stop_if

if TYPE_CHECKING:
    from archaeology.facts import Facts

__all__ = ["ScanOptions", "conclude", "reading", "scan"]


def scan(
    path: Path,
    options: ScanOptions | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
) -> Survey:
    """Read the repository at ``path`` and return its survey, hypotheses best first.

    An unchanged repository is answered from the cache. Raises NotARepositoryError, RefusedRepositoryError, UnknownRevisionError,
    GitError, and ScanCancelledError where ``cancelled`` says so.
    """
    options = options or ScanOptions()
    with (
        open_repository(path, cancelled=cancelled) as repository,
        Cache.open(_cache_folder(options), options.cache_megabytes) as cache,
    ):
        key = survey_key(repository, options.revision, options.history, options.since)
        known = known_survey(cache, key)
        if known is not None:
            on_progress(
                Progress(
                    "hypotheses", len(known.hypotheses), len(known.hypotheses), note="unchanged since the last scan"
                )
            )
            return known
        # Parsers, detectors and all: what an unchanged repository need not wait for.
        from archaeology.pipeline import Run, draw_conclusions, gather

        run = Run(on_progress, cancelled)
        survey = draw_conclusions(gather(repository, options, cache, run), run)
        keep_survey(cache, key, survey)
        stop_if(cancelled)  # asked for during the last stage: what was read is kept, and the answer is still "stopped"
    return survey


@contextmanager
def reading(
    path: Path,
    options: ScanOptions | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
) -> Iterator[Facts]:
    """Read everything that detectors, hypothesizers and checks look at; good until the block ends. Raises as :func:`scan`."""
    from archaeology.pipeline import Run, gather

    options = options or ScanOptions()
    with (
        open_repository(path, cancelled=cancelled) as repository,
        Cache.open(_cache_folder(options), options.cache_megabytes) as cache,
    ):
        yield gather(repository, options, cache, Run(on_progress, cancelled))


def conclude(facts: Facts, on_progress: ProgressSink = ignore_progress) -> Survey:
    """Return the survey of facts that were read before."""
    from archaeology.pipeline import Run, draw_conclusions

    return draw_conclusions(facts, Run(on_progress, never_cancelled))


def _cache_folder(options: ScanOptions) -> Path | None:
    return options.cache_folder if options.use_cache else None
