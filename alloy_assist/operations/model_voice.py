"""The model's part in an interview: it words the questions that the engine chose, files answers, and says what is weak about them.

Nothing here raises for the model. Where it is silent, wrong or gone, the templates and the rules do the same work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from alloy_assist.agent import jobs
from alloy_assist.agent.answers import Pieces, Wording
from alloy_assist.agent.checking import Checked, check_pieces
from alloy_assist.agent.claims import Said
from alloy_assist.elicitation.model import Ask, Judgement, Part, Question, Slot
from alloy_assist.elicitation.summary import LABELS
from alloy_assist.elicitation.voice import place_of
from alloy_assist.elicitation.weakness import weakness_of
from alloy_assist.llm.errors import (
    ContextOverflowError,
    CutOffError,
    DeadlineError,
    EmptyAnswerError,
    InvalidAnswerError,
    ModelError,
    StoppedError,
)
from alloy_assist.llm.gateway import OnText
from alloy_assist.llm.ledger import Spent
from alloy_assist.operations.model_reading import filed, weak, worth_reading
from alloy_assist.operations.model_wording import first_question, is_usable, may_go_on, question_so_far
from archaeology.text import visible_line

# An answer that cannot be used says nothing of the next one; a server that does not answer does. A wording has so little time that the
# first one, for which a slow server reads all of our instructions, may come too late where those after it do not.
_MAY_PASS = (InvalidAnswerError, EmptyAnswerError, CutOffError, ContextOverflowError)
_MOST_BLUNDERS = 3

Doing = Literal["wording", "reading", "judging"]


class Performer(Protocol):
    """Does jobs with the model, on one budget."""

    @property
    def is_open(self) -> bool:
        """Whether the person allows it."""
        ...

    @property
    def spent(self) -> Spent:
        """What it has cost since the budget began."""
        ...

    def renew(self) -> None:
        """Begin a new budget."""
        ...

    def perform(self, job: jobs.Job, on_text: OnText) -> Said:
        """Do a job. Raises a ModelError, or OSError where the request could not be logged."""
        ...

    def give_up(self) -> None:
        """End the request that is being made, from whatever thread."""
        ...


@dataclass(frozen=True, slots=True)
class Activity:
    """What the model is doing, and what may be shown of it so far."""

    doing: Doing
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a model in an interview. ``places`` and ``failed`` are citations; ``unusable`` wordings were not shown."""

    wordings: int = 0
    unusable: int = 0
    claims: int = 0
    dropped: int = 0
    places: int = 0
    failed: int = 0
    readings: int = 0
    weaknesses: int = 0


class ModelVoice:
    """A phraser, a reader and a judge. After an outage it stays silent until the next interview; ``failure`` says why.

    ``on_activity`` hears what goes on, on the model's own thread; None means that nothing goes on any more.
    """

    def __init__(self, name: str, performer: Performer) -> None:
        self.name = name
        self.failure = ""
        self.tally = Tally()
        self.on_activity: Callable[[Activity | None], None] = _ignore
        self._performer = performer
        self._blunders = 0
        self._judged: set[tuple[Slot, str]] = set()
        self._turn = threading.Lock()
        self._doing: Doing | None = None
        self._passed = False

    @property
    def is_active(self) -> bool:
        """Whether the model is asked at all: it was chosen and allowed, and has not failed in this interview."""
        return not self.failure and self._performer.is_open

    @property
    def spent(self) -> Spent:
        """What this interview has cost so far."""
        return self._performer.spent

    def begin(self) -> None:
        """Begin an interview, with a budget of its own."""
        self._performer.renew()
        self.failure, self.tally, self._blunders = "", Tally(), 0
        self._judged.clear()

    def give_up(self) -> None:
        """Go on without what is being waited for: a wording, or all that is made of an answer. The next is asked for all the same."""
        self._passed = self._doing in {"reading", "judging"}
        self._performer.give_up()

    def phrase(self, question: Question) -> str | None:
        """Return a question in other words that ask the same, or None."""
        job, plain = wording_job(question), _plain(question)
        evidence = job.data["evidence"]
        said: list[str] = []

        def hear(piece: str) -> None:
            said.append(piece)
            begun = question_so_far("".join(said))
            if begun and may_go_on(begun, plain, evidence):
                self.on_activity(Activity("wording", begun))

        answer = self._ask(job, "wording", hear)
        if not isinstance(answer, Wording):
            return None
        text = first_question(answer.question)
        usable = is_usable(text, plain, evidence)
        self.tally = replace(
            self.tally, wordings=self.tally.wordings + usable, unusable=self.tally.unusable + (not usable)
        )
        return text if usable and text != plain.text else None

    def read(self, ask: Ask, text: str) -> tuple[Part, ...] | None:
        """Return how an answer would be filed, in its own words; None where there is nothing to file, or words would be lost."""
        self._passed = False
        if not worth_reading(text):
            return None
        job = jobs.read_answer(f"{LABELS[ask.topic]}?", text)
        checked = self._claims(job, "reading")
        parts = filed(checked.kept, ask.topic, text) if checked else None
        self.tally = replace(self.tally, readings=self.tally.readings + (parts is not None))
        return parts

    def judge(self, slot: Slot, text: str) -> Judgement | None:
        """Return what is weak about a text that the rules let pass; None where nothing is. Asks once for each text."""
        if slot.value not in jobs.WEAKNESSES or self._passed or not self.is_active:
            return None
        if (slot, text) in self._judged or weakness_of(slot, text) is not None:
            return None
        self._judged.add((slot, text))
        checked = self._claims(jobs.judge_weakness(slot.value, text), "judging")
        found = weak(checked.kept, slot, text) if checked else None
        if found is None:
            return None
        self.tally = replace(self.tally, weaknesses=self.tally.weaknesses + 1)
        return Judgement(slot=slot, text=text, weakness=found)

    def _claims(self, job: jobs.Job, doing: Doing) -> Checked | None:
        answer = self._ask(job, doing, lambda _: None)
        if not isinstance(answer, Pieces):
            return None
        checked = check_pieces(answer.pieces, "answer", job.data["answer"], job.slots)
        self.tally = replace(
            self.tally,
            claims=self.tally.claims + len(checked.kept) + len(checked.dropped),
            dropped=self.tally.dropped + len(checked.dropped),
            places=self.tally.places + checked.places,
            failed=self.tally.failed + checked.failed,
        )
        return checked

    def _ask(self, job: jobs.Job, doing: Doing, on_text: OnText) -> Said | None:
        # One request at a time: a wording that nobody waits for any more ends before an answer is read.
        with self._turn:
            return self._asked(job, doing, on_text) if self.is_active else None

    def _asked(self, job: jobs.Job, doing: Doing, on_text: OnText) -> Said | None:
        self._doing = doing
        self.on_activity(Activity(doing))
        try:
            return self._performer.perform(job, on_text)
        except (StoppedError, KeyboardInterrupt):
            # Whoever will not wait for the model is still in the interview.
            self._passed = doing != "wording"
        except (ModelError, OSError) as error:
            may_pass = isinstance(error, _MAY_PASS) or (doing == "wording" and isinstance(error, DeadlineError))
            self._blunders += may_pass
            self.failure = "" if may_pass and self._blunders < _MOST_BLUNDERS else visible_line(str(error))
        finally:
            self._doing = None
            self.on_activity(None)
        return None


def wording_job(question: Question) -> jobs.Job:
    """Return the job that puts a question into other words: the first thing that an interview asks of a model."""
    plain = _plain(question)
    return jobs.phrase_question(plain.text, plain.why, "\n".join(place_of(place) for place in question.places))


def _plain(question: Question) -> Question:
    return question.model_copy(update={"text": question.plain or question.text})


def _ignore(activity: Activity | None) -> None:
    del activity
