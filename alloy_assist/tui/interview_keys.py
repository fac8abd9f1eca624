"""Which actions an interview offers where it stands, and how one can begin. Pure but for :func:`start_or_resume`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alloy_assist.elicitation.model import Mode, SubjectKind, Turn
from store.interviews import InterviewInfo, InterviewStatus

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

ASKING: dict[str, frozenset[str]] = {
    "write": frozenset({"question"}),
    "decline": frozenset({"question"}),
    "unknown": frozenset({"question"}),
    "where": frozenset({"question"}),
    "later": frozenset({"question", "summary"}),
    "went_back": frozenset({"question", "summary"}),
    "record": frozenset({"question", "summary", "split"}),
}
SUMMARY: dict[str, frozenset[str]] = {
    "accept": frozenset({"summary"}),
    "edit": frozenset({"summary"}),
    "reject": frozenset({"summary"}),
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """A way to begin an interview, or one to go on with. ``asks`` is what to ask for its subject, empty for none."""

    label: str
    note: str
    mode: Mode | None = None
    kind: SubjectKind | None = None
    asks: str = ""
    interview: str = ""


def stage_of(turn: Turn | None) -> str:
    """Return question, split, summary or finished; "none" where no interview is open."""
    return turn.kind if turn is not None else "none"


def beginnings(unfinished: Iterable[InterviewInfo]) -> tuple[Beginning, ...]:
    """Return what to offer: the unfinished ones first, then the six ways to begin."""
    paused = tuple(
        Beginning(
            f"Go on: {info.title or info.subject or info.mode}",
            f"{info.mode}, {info.status}, last touched {info.updated_at[:16].replace('T', ' ')}",
            interview=info.id,
        )
        for info in unfinished
    )
    return (
        *paused,
        Beginning("What would make you reject a pull request?", "Begins with nothing but your judgement.", Mode.REJECT),
        Beginning("What must never happen again?", "A past failure that the code should not repeat.", Mode.SCAR),
        Beginning(
            "Why is this here?",
            "A file or folder that has a reason.",
            Mode.WHY,
            SubjectKind.PATH,
            "Which file or folder?",
        ),
        Beginning(
            "What is a technology hired for?",
            "What property it gives, and what it costs.",
            Mode.TECHNOLOGY,
            SubjectKind.TECHNOLOGY,
            "Which technology?",
        ),
        Beginning(
            "What does a principle mean here?",
            "What counts as a violation of it.",
            Mode.PRINCIPLE,
            SubjectKind.PRINCIPLE,
            "Which principle?",
        ),
        Beginning("Where do code and intent disagree?", "Drift, exception, or too broad?", Mode.CONTRADICTION),
    )


def start_or_resume(project: Project, mode: Mode | None, subject: str) -> Turn:
    """Go on with an unfinished interview about the same thing rather than begin a second one; ``mode`` None takes the best for it."""
    unfinished: list[InterviewInfo] = [
        info
        for info in project.interviewing.list()
        if info.subject == subject
        and (mode is None or info.mode == mode.value)
        and info.status in {InterviewStatus.OPEN, InterviewStatus.PAUSED}
    ]
    if unfinished:
        return project.interviewing.resume(unfinished[0].id)
    return project.interviewing.start(mode, subject)


def hint(turn: Turn, *, writing: bool = False) -> str:
    """Return what to say below the choices; ``writing`` while the field has the keys."""
    if turn.question is not None:
        about = f"{turn.question.hint} " if turn.question.hint else ""
        if writing:
            return f"{about}You are writing: Enter sends, Escape goes back to the choices"
        if any(not item.letter for item in turn.question.choices):
            many = "Space marks several. " if turn.question.multiple else ""
            own = "t writes in your own words; " if turn.question.allows_text else ""
            return f"{about}{many}{own}Enter sends"
        return f"{about}Enter or t begins to write"
    return "Enter keeps it as it is" if turn.split is not None else ""


MISTYPED = "Letters are keys here; t begins to write, and then they are letters"
"""What to say to somebody who types as if the field had the keys."""
