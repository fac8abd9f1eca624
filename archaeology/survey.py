"""A scan: an unchanged repository is answered from the cache, any other is read from end to end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archaeology.cache import Cache
from archaeology.dirty import uncommitted_limit
from archaeology.git.opening import open_repository, open_standing
from archaeology.known_surveys import keep_survey, known_survey, known_text, survey_key, with_limit
from archaeology.options import ScanOptions
from archaeology.progress import (
    Cancelled,
    FindingsSink,
    Progress,
    ProgressSink,
    ignore_progress,
    never_cancelled,
    stop_if,
)

if TYPE_CHECKING:
    from archaeology.facts import Facts
    from archaeology.git import Repository
    from archaeology.model import Survey

__all__ = ["ScanOptions", "conclude", "known_survey_text", "reading", "scan"]


def scan(
    path: Path,
    options: ScanOptions | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
    on_findings: FindingsSink | None = None,
) -> Survey:
    """Read the repository at ``path`` and return its survey, hypotheses best first.

    An unchanged repository is answered from the cache. While detectors look, ``on_findings`` is given what is known so far, on the
    thread of the scan. Raises NotARepositoryError, RefusedRepositoryError, UnknownRevisionError,
    GitError, ValueError for options that exclude each other, and ScanCancelledError where ``cancelled`` says so.
    """
    options = options or ScanOptions()
    options.require_one_state()
    with (
        open_repository(path, cancelled=cancelled) as repository,
        Cache.open(_cache_folder(options), options.cache_megabytes) as cache,
    ):
        tree = repository.work_tree() if options.work_tree else None
        key = survey_key(repository, options, tree)
        known = known_survey(cache, key)
        if known is not None:
            on_progress(
                Progress(
                    "hypotheses", len(known.hypotheses), len(known.hypotheses), note="unchanged since the last scan"
                )
            )
            return _with_uncommitted(known, repository, options)
        # Parsers, detectors and all: what an unchanged repository need not wait for.
        _count_on_one_thread()
        from archaeology.pipeline import draw_conclusions, gather
        from archaeology.run import Run

        run = Run(on_progress, cancelled, on_findings)
        survey = draw_conclusions(gather(repository, options, cache, run, tree), run)
        keep_survey(cache, key, survey)
        stop_if(cancelled)  # asked for during the last stage: what was read is kept, and the answer is still "stopped"
        return _with_uncommitted(survey, repository, options)


def known_survey_text(path: Path, options: ScanOptions, cancelled: Cancelled = never_cancelled) -> str | None:
    """Return as JSON text what :func:`scan` would answer from the cache; None where it would have to read the repository.

    No model is built and no parser loaded, so this is what a script may ask often. Raises as :func:`scan`.
    """
    if not options.use_cache or options.work_tree:
        return None
    with (
        open_standing(path, cancelled=cancelled) as repository,
        Cache.open(options.cache_folder, options.cache_megabytes) as cache,
    ):
        text = known_text(cache, survey_key(repository, options))
        if text is None or (limit := uncommitted_limit(repository, options)) is None:
            return text
        return with_limit(text, limit)


@contextmanager
def reading(
    path: Path,
    options: ScanOptions | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
    *,
    names_only: bool = False,
) -> Iterator[Facts]:
    """Read everything that detectors, hypothesizers and checks look at; good until the block ends. Raises as :func:`scan`.

    ``names_only`` reads no more of source code than its definitions and imports, which is less work and all that checks need.
    """
    _count_on_one_thread()
    from archaeology.pipeline import gather
    from archaeology.run import Run

    options = options or ScanOptions()
    options.require_one_state()
    with (
        open_repository(path, cancelled=cancelled) as repository,
        Cache.open(_cache_folder(options), options.cache_megabytes) as cache,
    ):
        tree = repository.work_tree() if options.work_tree else None
        yield gather(repository, options, cache, Run(on_progress, cancelled), tree, names_only=names_only)


def conclude(facts: Facts, on_progress: ProgressSink = ignore_progress) -> Survey:
    """Return the survey of facts that were read before."""
    from archaeology.pipeline import draw_conclusions
    from archaeology.run import Run

    return draw_conclusions(facts, Run(on_progress, never_cancelled))


def _count_on_one_thread() -> None:
    """Let NumPy, which is not loaded yet, solve its small systems of equations on one thread, unless the person chose another number.

    Several burn twenty times the CPU for the same result, and where their number decides how sums are grouped, its last digit.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _cache_folder(options: ScanOptions) -> Path | None:
    return options.cache_folder if options.use_cache else None


def _with_uncommitted(survey: Survey, repository: Repository, options: ScanOptions) -> Survey:
    """Say that files differ from what was read; not part of what is kept, since saving a file changes nothing that was read."""
    limit = uncommitted_limit(repository, options)
    if limit is None:
        return survey
    from archaeology.model import Limit

    return survey.model_copy(update={"limits": (*survey.limits, Limit.model_validate(limit))})
