"""What workers tell screens: small values, nothing that touches a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from alloy_assist.tui.problems import Problem
from alloy_assist.tui.scan_state import ScanState

if TYPE_CHECKING:
    from textual.content import Content

    from alloy_assist.elicitation.model import Turn
    from alloy_assist.operations.briefing import Preview
    from alloy_assist.tui.known import Known
    from alloy_assist.tui.services import Standing
    from archaeology.model import Survey
    from archaeology.progress import Progress
    from store.interviews import InterviewInfo, StoredHypothesis
    from store.records import IntentRecord
    from store.runs import BriefRow


@dataclass
class ScanProgressed(Message):
    """A scan has come a step further."""

    progress: Progress


@dataclass
class ScanGrew(Message):
    """A running scan knows more: all its hypotheses so far, provisional, best first."""

    items: tuple[StoredHypothesis, ...]


@dataclass
class ScanEnded(Message):
    """A scan is over: with a survey that was kept, or with a problem, or stopped (neither)."""

    survey: Survey | None = None
    problem: Problem | None = None


@dataclass
class ScanChanged(Message):
    """The state of the scan for those who show it."""

    state: ScanState


@dataclass
class KnownLoaded(Message):
    """What is known of this project."""

    known: Known


@dataclass
class StandingLoaded(Message):
    """Where the repository stands."""

    standing: Standing


@dataclass
class HypothesesLoaded(Message):
    """All hypotheses, best first."""

    items: tuple[StoredHypothesis, ...]


@dataclass
class InterviewsLoaded(Message):
    """All interviews, the newest first."""

    items: tuple[InterviewInfo, ...]


@dataclass
class TurnArrived(Message):
    """What an interview shows next."""

    turn: Turn


@dataclass
class RecordsLoaded(Message):
    """All records."""

    items: tuple[IntentRecord, ...]


@dataclass
class BriefsLoaded(Message):
    """All briefs, the newest first."""

    items: tuple[BriefRow, ...]


@dataclass
class LogLoaded(Message):
    """Entries of the audit trail, newest first: a line and a page each."""

    entries: tuple[tuple[Content, Content], ...]


@dataclass
class PreviewLoaded(Message):
    """What a brief would be compiled to as things stand; None with the problem where that cannot be said."""

    brief: str
    preview: Preview | None
    problem: str = ""
