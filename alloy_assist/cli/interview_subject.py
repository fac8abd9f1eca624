"""What ``alloy interview`` is about: a thing that was named, an interview that was left, or the best of what is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alloy_assist.cli.output import Session
from alloy_assist.errors import MissingError, UsageError

if TYPE_CHECKING:
    from alloy_assist.elicitation.model import SubjectKind
    from alloy_assist.elicitation.scripted import Script
    from alloy_assist.operations.interviewing import Interviewing


def named_subject(
    hypothesis: str | None, record: str | None, path: str | None, technology: str | None, principle: str | None
) -> tuple[SubjectKind, str] | None:
    """What the options name, or None. Raises UsageError where they name several things, or nothing by an empty name."""
    from alloy_assist.elicitation.model import SubjectKind

    given = [
        (kind, value)
        for kind, value in (
            (SubjectKind.HYPOTHESIS, hypothesis),
            (SubjectKind.RECORD, record),
            (SubjectKind.PATH, path),
            (SubjectKind.TECHNOLOGY, technology),
            (SubjectKind.PRINCIPLE, principle),
        )
        if value is not None
    ]
    if len(given) > 1:
        raise UsageError(
            f"An interview is about one thing, not about {len(given)}.",
            hint="Give one of --hypothesis, --record, --path, --technology, --principle.",
        )
    if given and not given[0][1].strip():
        raise UsageError(f"The {given[0][0].value} has no name.")
    return given[0] if given else None


def subjects(
    session: Session, subject: tuple[SubjectKind, str] | None, mode: str | None, script: Script | None
) -> Iterable[tuple[SubjectKind, str]]:
    """What to ask about: what was named; else what the answers name; else the best of what is still open, after a first scan.

    Raises UsageError where the mode is about something that was not named, and MissingError where nothing is open.
    """
    from alloy_assist.elicitation.model import SubjectKind
    from alloy_assist.elicitation.scripted import subjects_of
    from store.interviews import HypothesisDecision

    if subject is not None:
        return (subject,)
    if script is not None and (named := subjects_of(script)):
        return named
    if mode in {"reject", "scar"}:
        return ((SubjectKind.NOTHING, ""),)
    if mode in {"technology", "principle", "contradiction"}:
        wanted = {"technology": "--technology NAME", "principle": "--principle TEXT", "contradiction": "--record ID"}[
            mode
        ]
        raise UsageError(f"The mode {mode!r} is about something: name it.", hint=f"Give {wanted}.")
    _scan_first(session)
    found = session.project.store().hypotheses.list(decision=HypothesisDecision.OPEN)
    if not found:
        raise MissingError(
            "There is no open hypothesis to ask about.",
            hint="Begin from something you know: --path, --technology, --principle, or --mode reject.",
        )
    return ((SubjectKind.HYPOTHESIS, found[0].id),)


def resumed(work: Interviewing, wanted: str) -> str:
    """The id of the interview to go on with; ``last`` is the newest that was left. Raises MissingError where none was."""
    from store.interviews import InterviewStatus

    if wanted != "last":
        return wanted
    left = [info for info in work.list() if info.status in {InterviewStatus.OPEN, InterviewStatus.PAUSED}]
    if not left:
        raise MissingError("No interview was left unfinished.", hint="Begin one with `alloy interview`.")
    return left[0].id


def _scan_first(session: Session) -> None:
    """Scan where that was never done, so that the first interview needs one command only."""
    if session.project.scanning.latest() is not None:
        return
    from archaeology.progress import ignore_progress, never_cancelled
    from archaeology.survey import ScanOptions

    session.narrate("This repository was not scanned yet; reading it first…")
    session.project.scanning.save(session.project.scanning.run(ScanOptions(), ignore_progress, never_cancelled))
