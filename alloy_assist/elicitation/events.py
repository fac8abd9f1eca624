"""What happens in an interview, and what each step asks of the world outside."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.values import Ask, Judgement, Part, Resolution
from alloy_assist.elicitation.vocabulary import Mode, Slot, Value
from store.interviews import AnswerKind

DEFAULT_MAX_QUESTIONS = 5


class Started(Value):
    """The interview began: with which subject, in which mode, and how many questions it may ask."""

    kind: Literal["started"] = "started"
    mode: Mode
    subject: Subject
    max_questions: int = Field(default=DEFAULT_MAX_QUESTIONS, ge=1, le=50)


class Answered(Value):
    """The person picked choices, or wrote, or both. ``shown`` is filled in on the way to the store: the question as it was put."""

    kind: Literal["answered"] = "answered"
    question: str
    choices: tuple[str, ...] = ()
    text: str = ""
    shown: Ask | None = None


class Deferred(Value):
    """Later: the question stays open. With ``question`` None, the whole record."""

    kind: Literal["deferred"] = "deferred"
    question: str | None = None
    shown: Ask | None = None


class Declined(Value):
    """Rather not: the question is not put again."""

    kind: Literal["declined"] = "declined"
    question: str
    shown: Ask | None = None


class NotKnown(Value):
    """The person does not know; nobody guesses for them."""

    kind: Literal["not_known"] = "not_known"
    question: str
    shown: Ask | None = None


class SplitCorrected(Value):
    """The person confirmed or corrected how their sentence is filed."""

    kind: Literal["split_corrected"] = "split_corrected"
    question: str
    parts: tuple[Part, ...]


class Read(Value):
    """A reader (``by``) filed the last answer; the person confirms or corrects it as any other split. Sent by the operation."""

    kind: Literal["read"] = "read"
    question: str
    parts: tuple[Part, ...]
    by: str = ""


class Judged(Value):
    """A judge (``by``) said what is weak about texts of the draft; it stands before the rules. Sent by the operation."""

    kind: Literal["judged"] = "judged"
    judgements: tuple[Judgement, ...]
    by: str = ""


class Worded(Value):
    """Somebody else than the templates (``by``) put the open question into words; ``plain`` is what the template says. Sent by the operation."""

    kind: Literal["worded"] = "worded"
    question: str
    plain: str
    text: str
    by: str = ""


class WentBack(Value):
    """The person wants to answer an earlier question again: it and what rests on it are open again."""

    kind: Literal["went_back"] = "went_back"
    question: str


class Revised(Value):
    """An earlier answer, replaced; what rests on it is open again."""

    kind: Literal["revised"] = "revised"
    question: str
    choices: tuple[str, ...] = ()
    text: str = ""


class Edited(Value):
    """The person rewrote one thing of the draft at the summary. An empty text takes it out."""

    kind: Literal["edited"] = "edited"
    slot: Slot
    text: str = ""


class Checked(Value):
    """The check was evaluated: ``passed`` is None where it could not be. Sent by the operation, not by a person."""

    kind: Literal["checked"] = "checked"
    passed: bool | None
    detail: str = ""
    head: str | None = None
    violations: tuple[str, ...] = ()


class Resumed(Value):
    """The interview was taken up again; what its citations say now. Sent by the operation, not by a person."""

    kind: Literal["resumed"] = "resumed"
    head: str | None = None
    resolutions: tuple[Resolution, ...] = ()


class Accepted(Value):
    """The person accepted the record as it was read aloud. The only event that makes one."""

    kind: Literal["accepted"] = "accepted"


class Rejected(Value):
    """The person says that there is no such intent, and why."""

    kind: Literal["rejected"] = "rejected"
    reason: str


class Stopped(Value):
    """The person left; everything said so far is kept."""

    kind: Literal["stopped"] = "stopped"


Event = Annotated[
    Started
    | Answered
    | Deferred
    | Declined
    | NotKnown
    | SplitCorrected
    | Read
    | Judged
    | Worded
    | WentBack
    | Revised
    | Edited
    | Checked
    | Resumed
    | Accepted
    | Rejected
    | Stopped,
    Field(discriminator="kind"),
]


class NeedsCheck(Value):
    """Evaluate this check and come back with :class:`Checked`."""

    kind: Literal["needs_check"] = "needs_check"
    check: dict[str, Any]


class KeepAnswer(Value):
    """Keep what the person did with a question."""

    kind: Literal["keep_answer"] = "keep_answer"
    ask: Ask
    answer_kind: AnswerKind
    answer: str


class Finish(Value):
    """The interview is over, in this way."""

    kind: Literal["finish"] = "finish"
    outcome: Literal["accepted", "rejected", "deferred"]
    reason: str = ""


class Pause(Value):
    """The interview rests; it can be taken up again."""

    kind: Literal["pause"] = "pause"


class Notice(Value):
    """Something to tell the person. ``code`` is for programs."""

    kind: Literal["notice"] = "notice"
    code: str
    text: str


Effect = NeedsCheck | KeepAnswer | Finish | Pause | Notice
