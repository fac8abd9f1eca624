"""The values of an interview, all under one roof: what is asked, what a person does, and where the interview stands.

Everything is frozen and goes to JSON and back unchanged. Events are what is stored; a :class:`State` is only ever the fold of the
events before it (:func:`alloy_assist.elicitation.engine.replay`).
"""

from __future__ import annotations

from typing import Literal

from alloy_assist.elicitation.events import (
    DEFAULT_MAX_QUESTIONS,
    Accepted,
    Answered,
    Checked,
    Declined,
    Deferred,
    Edited,
    Effect,
    Event,
    Finish,
    Judged,
    KeepAnswer,
    NeedsCheck,
    Notice,
    NotKnown,
    Pause,
    Read,
    Rejected,
    Resumed,
    Revised,
    SplitCorrected,
    Started,
    Stopped,
    WentBack,
    Worded,
)
from alloy_assist.elicitation.showing import Line, Said, Summary, Turn
from alloy_assist.elicitation.subject import Candidate, Earlier, Heard, Lead, Neighbour, Seen, Subject
from alloy_assist.elicitation.values import (
    Ask,
    Choice,
    Draft,
    Entry,
    Judgement,
    Part,
    Question,
    Resolution,
    Split,
    Step,
)
from alloy_assist.elicitation.vocabulary import PLURAL_SLOTS, Mode, ResolutionKind, Slot, SubjectKind, Value, Weakness
from store.interviews import AnswerKind
from store.records import EvidenceDefinition, FacetName, Severity


class State(Value):
    """Where an interview stands: what was said (``steps``, ``edits``), and what follows from it (``draft``, ``pending``).

    ``stage``: asking (``pending`` is open), splitting (``split`` is to be confirmed), summary, or finished. ``wanted`` is an earlier step
    that the person went back to; ``modes`` are the modes so far, the one that the interview began in first;
    ``began`` is the subject that it began with, where a lead was taken up since.
    """

    mode: Mode
    subject: Subject
    began: Subject | None = None
    max_questions: int = DEFAULT_MAX_QUESTIONS
    steps: tuple[Step, ...] = ()
    edits: tuple[Part, ...] = ()
    wanted: Step | None = None
    stage: Literal["asking", "splitting", "summary", "finished"] = "asking"
    pending: Ask | None = None
    split: Split | None = None
    draft: Draft = Draft()
    checked: Checked | None = None
    resolutions: tuple[Resolution, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    wordings: tuple[Worded, ...] = ()
    modes: tuple[Mode, ...] = ()
    outcome: Literal["accepted", "rejected", "deferred"] | None = None
    reason: str = ""
    paused: bool = False

    @property
    def asked(self) -> int:
        """How many questions have been put and dealt with."""
        return len(self.steps)


__all__ = [
    "DEFAULT_MAX_QUESTIONS",
    "PLURAL_SLOTS",
    "Accepted",
    "AnswerKind",
    "Answered",
    "Ask",
    "Candidate",
    "Checked",
    "Choice",
    "Declined",
    "Deferred",
    "Draft",
    "Earlier",
    "Edited",
    "Effect",
    "Entry",
    "Event",
    "EvidenceDefinition",
    "FacetName",
    "Finish",
    "Heard",
    "Judged",
    "Judgement",
    "KeepAnswer",
    "Lead",
    "Line",
    "Mode",
    "NeedsCheck",
    "Neighbour",
    "NotKnown",
    "Notice",
    "Part",
    "Pause",
    "Question",
    "Read",
    "Rejected",
    "Resolution",
    "ResolutionKind",
    "Resumed",
    "Revised",
    "Said",
    "Seen",
    "Severity",
    "Slot",
    "Split",
    "SplitCorrected",
    "Started",
    "State",
    "Step",
    "Stopped",
    "Subject",
    "SubjectKind",
    "Summary",
    "Turn",
    "Value",
    "Weakness",
    "WentBack",
    "Worded",
]
