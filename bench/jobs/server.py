"""A model behind an address, without the files of a project."""

from __future__ import annotations

import time
from dataclasses import dataclass

from alloy_assist.agent.claims import Said
from alloy_assist.agent.jobs import Job
from alloy_assist.agent.loop import Finished, first_request, run_job
from alloy_assist.agent.tools import Toolbox, standard_tools
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.background import run_in_background
from alloy_assist.llm.door import Door
from alloy_assist.llm.gateway import Gateway, Mode, OnText
from alloy_assist.llm.ledger import Ledger, Limits, Spent
from alloy_assist.llm.litellm_gateway import LitellmGateway
from alloy_assist.llm.redaction import Redactor
from alloy_assist.llm.request_log import MemoryLog


@dataclass
class Server:
    """Does jobs with one model on one large budget; also the performer of a model's voice in interviews."""

    gateway: Gateway
    mode: Mode = "json_schema"
    is_open = True

    def __post_init__(self) -> None:
        """Open the budget."""
        self._ledger = Ledger(Limits(requests=10_000, tokens=10_000_000, seconds=36_000.0), time.monotonic)
        self._door = Door(self.gateway, self._ledger, Redactor(), MemoryLog(), mode=self.mode)

    @classmethod
    def at(cls, url: str) -> Server:
        """Return the server at an address with a path, as ``http://127.0.0.1:8080/v1``."""
        return cls(LitellmGateway("openai/local", url, "none"))

    @property
    def spent(self) -> Spent:
        """What all jobs together have cost."""
        return self._ledger.spent

    def renew(self) -> None:
        """One budget is enough."""

    def give_up(self) -> None:
        """End the request that is being made."""
        self._door.give_up()

    def perform(self, job: Job, on_text: OnText) -> Said:
        """Do a job that needs no looking around. Raises a ModelError."""
        answer = run_in_background(self._door.ask(first_request(job), on_text), self._ledger.stop).answer
        return answer if isinstance(answer, Said) else Said()

    def run(self, job: Job, workspace: Workspace) -> Finished:
        """Do a job as the agent does it. Raises a ModelError."""
        return run_in_background(run_job(job, self._door, Toolbox(workspace, standard_tools())), self._ledger.stop)
