"""What is known of a project when it is opened, and the one clear next step that follows from it. Pure but for :func:`gather`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.interviews import HypothesisDecision, InterviewInfo, InterviewStatus
from store.records import IntentRecord, RecordState
from store.runs import BriefRow, BriefState, ScanRow

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_UNFINISHED_BRIEFS = frozenset({BriefState.DRAFT, BriefState.REVIEWABLE, BriefState.APPROVED})


@dataclass(frozen=True, slots=True)
class Known:
    """Counts and what is unfinished. All empty where nothing was kept before."""

    scan: ScanRow | None = None
    decisions: Counter[HypothesisDecision] = field(default_factory=Counter)
    records: Counter[RecordState] = field(default_factory=Counter)
    interviews: tuple[InterviewInfo, ...] = ()
    briefs: tuple[BriefRow, ...] = ()

    @property
    def usable(self) -> int:
        """How many records a brief can be compiled from."""
        return self.records[RecordState.ACCEPTED] + self.records[RecordState.ACTIVE]


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: ``action`` is one that the start screen knows, ``target`` what it is about."""

    action: str
    label: str
    why: str
    target: str = ""


def gather(project: Project) -> Known:
    """Read what is known from the store."""
    interviews = project.interviewing.list()
    return Known(
        scan=project.scanning.latest(),
        decisions=Counter(item.decision for item in project.hypotheses.list()),
        records=Counter(item.state for item in _records(project)),
        interviews=tuple(item for item in interviews if item.status in {InterviewStatus.OPEN, InterviewStatus.PAUSED}),
        briefs=tuple(project.briefing.list()),
    )


def next_step(known: Known, head: str | None) -> Step:
    """Return the one thing to do next."""
    if known.interviews:
        first = known.interviews[0]
        return Step(
            "resume",
            f"Go on with the interview: {first.title or first.subject}",
            "You left it unfinished; every answer is kept.",
            first.id,
        )
    if known.scan is None:
        return Step(
            "scan",
            "Scan the repository",
            "Nothing has been read yet. It is read only, and nothing leaves this machine.",
        )
    if head is not None and known.scan.head != head:
        return Step("scan", "Scan again", "The repository has moved since the last scan.")
    unfinished = [brief for brief in known.briefs if brief.state in _UNFINISHED_BRIEFS]
    if unfinished:
        return Step(
            "briefs",
            f"Go on with the brief: {unfinished[0].objective}",
            f"It is {unfinished[0].state}.",
            unfinished[0].id,
        )
    if known.usable and not known.briefs:
        return Step("brief", "Compile a brief", f"{_count(known.usable, 'record')} can steer a run.")
    if known.decisions[HypothesisDecision.OPEN]:
        return Step(
            "hypotheses",
            "Look at the hypotheses",
            f"{_count(known.decisions[HypothesisDecision.OPEN], 'guess', 'guesses')} that only you can settle.",
        )
    if known.usable:
        return Step(
            "briefs", "Look at the briefs", f"{_count(known.usable, 'record')}, {_count(len(known.briefs), 'brief')}."
        )
    return Step("interview", "Start an interview", "There is nothing in the code to go by; begin with what you know.")


def _records(project: Project) -> tuple[IntentRecord, ...]:
    return tuple(project.intents.list())


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
