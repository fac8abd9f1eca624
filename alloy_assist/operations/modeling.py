"""Working with a language model, if the person has chosen one: what it proposes is shown with its sources, and is never a record."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from alloy_assist.agent import jobs
from alloy_assist.agent.claims import Said
from alloy_assist.agent.loop import OnStep, first_request, run_job, say_nothing
from alloy_assist.agent.tools import Toolbox, standard_tools
from alloy_assist.agent.workspace import Workspace
from alloy_assist.errors import RefusedError
from alloy_assist.llm.door import Door
from alloy_assist.llm.errors import StoppedError
from alloy_assist.llm.gateway import Gateway, Mode, OnText, Request
from alloy_assist.llm.keys import api_key
from alloy_assist.llm.ledger import Spent
from alloy_assist.llm.probe import Probed
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import FileLog, LoggedRequest
from alloy_assist.operations.model_consent import Consent
from alloy_assist.operations.model_desk import Desk
from alloy_assist.operations.model_jobs import (
    JobName,
    contradicting,
    drafting,
    proposals_of,
    proposing,
    sharpening,
)
from alloy_assist.operations.model_proposals import Outcome, Preview
from alloy_assist.operations.model_subjects import observations_in
from alloy_assist.operations.model_voice import ModelVoice, wording_job

if TYPE_CHECKING:
    from alloy_assist.elicitation.model import Question
    from alloy_assist.settings import ModelSettings, Settings
    from archaeology.facts import Facts
    from store.database import Store

_A_PAIR = 2
WHAT_IS_SENT = (
    "Questions, your answers, and cited excerpts of code, history and documents of this repository. Secrets are taken out first; files "
    "that hold secrets are never read. Nothing is sent before you allow it, and every request is in the log."
)


def log_of(root: Path, folder: Path) -> FileLog:
    """Return the log of the requests that were made for a repository: outside of it, readable by the person alone."""
    name = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    return FileLog(folder / "model-requests" / f"{name}.jsonl")


def litellm_gateway(model: ModelSettings) -> Gateway:
    """Return the gateway to the model of the settings. Nothing is imported or sent yet."""
    from alloy_assist.llm.litellm_gateway import LitellmGateway

    return LitellmGateway(model.name, model.base_url, api_key(model.name, model.base_url, os.environ))


@dataclass(frozen=True)
class Modeling:
    """The jobs of the model on one project. Each call has a ledger of its own, with the budget of the settings."""

    root: Path
    settings: Settings
    store: Callable[[], Store]
    clock: Callable[[], datetime]
    consent: Consent
    log: FileLog
    cache_folder: Path | None = None
    gateway: Callable[[ModelSettings], Gateway] = litellm_gateway

    def is_allowed(self) -> bool:
        """Return whether a model was chosen, and the person allowed it on this machine."""
        model = self.settings.model
        return model.choice in {"local", "provider"} and bool(model.name) and self.consent.given(model)

    def allow(self) -> None:
        """Remember the person's leave for the model of the settings. Raises RefusedError where none is chosen."""
        if self.settings.model.choice not in {"local", "provider"} or not self.settings.model.name:
            raise RefusedError("No model is chosen.", hint="alloy init --model NAME [--base-url URL]")
        self.consent.give(self.settings.model)

    def forbid(self) -> None:
        """Take the leave back."""
        self.consent.withdraw()

    def requests(self) -> Iterator[LoggedRequest]:
        """Yield every request that was made for this repository, the oldest first."""
        return self.log.read()

    @cached_property
    def voice(self) -> ModelVoice:
        """The model's part in interviews, on a budget that each interview has for itself."""
        return ModelVoice(self.settings.model.name, _InterviewDesk(self))

    def probe(self) -> Probed:
        """Find out in which way the model can be asked for typed answers, and remember it. Raises ModelError and RefusedError."""
        self._refuse_without_leave()
        return self._desk().probe()

    @property
    def structured_mode(self) -> Mode | None:
        """The way of asking that the settings name or a probe found; None where neither did."""
        return self.settings.model.structured_mode or self.consent.mode(self.settings.model)

    def sharpen(self, hypothesis: str, on_step: OnStep = say_nothing) -> Outcome:
        """Have a mined hypothesis said in the words of the code. Raises ModelError, RefusedError and what the store raises."""
        return self._run("sharpen", hypothesis, on_step)

    def propose(self, on_step: OnStep = say_nothing) -> Outcome:
        """Have hypotheses proposed that the detectors missed; one that has no support left is not among them. Raises as sharpen."""
        return self._run("propose", "", on_step)

    def draft(self, text: str, on_step: OnStep = say_nothing) -> Outcome:
        """Have a record drafted from a conversation, a review thread or a post-mortem. Raises as sharpen."""
        return self._run("draft", text, on_step)

    def contradictions(self, on_step: OnStep = say_nothing) -> Outcome:
        """Have accepted records compared with each other; fewer than two are not sent. Raises as sharpen."""
        return self._run("contradictions", "", on_step)

    def preview(self, name: JobName, subject: str = "") -> Preview:
        """Return the first request of a job without sending anything. Raises what the store and the repository raise."""
        with self._facts() if name == "propose" else nullcontext() as facts:
            job = self._job(name, subject, facts)
        return self._shown(first_request(job))

    def preview_interview(self, question: Question) -> Preview:
        """Return the first request that an interview which begins with this question would make, without sending anything."""
        return self._shown(first_request(wording_job(question)))

    def _shown(self, request: Request) -> Preview:
        if self.settings.model.choice not in {"local", "provider"}:
            raise RefusedError(
                "No model is chosen, so nothing is ever sent.", hint="alloy init --model NAME [--base-url URL]"
            )
        door = self._desk().door()
        clean, found = door.preview(request)
        return Preview(door.gateway.place, door.gateway.model, clean, dict(found), probes=self.structured_mode is None)

    def _job(self, name: JobName, subject: str, facts: Facts | None) -> jobs.Job:
        small = self.settings.model.is_small
        if name == "sharpen":
            return sharpening(self.store(), subject, small=small)
        if name == "propose" and facts is not None:
            return proposing(self.store(), facts, small=small)
        if name == "draft":
            return drafting(subject, small=small)
        return contradicting(self.store(), small=small)

    def _run(self, name: JobName, subject: str, on_step: OnStep) -> Outcome:
        self._refuse_without_leave()
        desk = self._desk()
        door = desk.door()
        with self._facts() as facts, self._workspace(facts) as bare:
            job = self._job(name, subject, facts)
            workspace = replace(bare, texts=job.data)
            if name == "contradictions" and len(job.data) < _A_PAIR:
                return Outcome((), desk.spent)
            toolbox = Toolbox(workspace, standard_tools())
            finished = desk.run(lambda open_door: run_job(job, open_door, toolbox, on_step), door)
            at = self.clock().isoformat()
            proposals = tuple(proposals_of(job, finished.answer, workspace, self.settings.model.name, at))
        return Outcome(proposals, desk.spent, finished.steps, finished.looked, finished.cut_short)

    def _refuse_without_leave(self) -> None:
        if not self.is_allowed():
            raise RefusedError(
                "No model may be used here.",
                hint="Choose one with `alloy init --model NAME`, then `alloy model allow`, which says what is sent.",
            )

    def _desk(self, seconds: float | None = None) -> Desk:
        model = self.settings.model
        desk = Desk.open(model, self.settings.budget, self.gateway(model), self.log, self.consent, self.clock, seconds)
        # A key of the key store stands in no variable, and a server may say it back.
        key = api_key(model.name, model.base_url, os.environ) or ""
        return replace(desk, redactor=Redactor.with_environment(os.environ, key))

    @contextmanager
    def _facts(self) -> Iterator[Facts]:
        from archaeology.survey import ScanOptions, reading

        with reading(self.root, ScanOptions(cache_folder=self.cache_folder, history=True)) as facts:
            yield facts

    @contextmanager
    def _workspace(self, facts: Facts) -> Iterator[Workspace]:
        from archaeology.git import open_repository

        with open_repository(self.root) as repository:
            head = repository.resolve(None) or ""
            yield Workspace(
                facts,
                repository.show,
                lambda path, start, end: repository.blame(path, start, end, head),
                observations=observations_in(self.store()),
                records=tuple(self.store().records.list()),
            )


class _InterviewDesk:
    """The desk of the interview that goes on; each interview gets a new one."""

    def __init__(self, modeling: Modeling) -> None:
        self._modeling = modeling
        self._desk: Desk | None = None
        self._door: Door | None = None

    @property
    def is_open(self) -> bool:
        return self._modeling.is_allowed()

    @property
    def spent(self) -> Spent:
        return self._desk.spent if self._desk is not None else Spent()

    def renew(self) -> None:
        self._desk = self._door = None

    def perform(self, job: jobs.Job, on_text: OnText) -> Said:
        modeling = self._modeling
        if not self.is_open:
            raise StoppedError("No model may be used here.")
        if self._desk is None or self._door is None:
            # Most of an interview is a person thinking; each question has its own deadline.
            self._desk = modeling._desk(seconds=inf)  # noqa: SLF001 - the one other part of this module
            self._door = self._desk.door()
        return self._desk.answer(job, self._door, on_text)

    def give_up(self) -> None:
        if self._door is not None:
            self._door.give_up()
