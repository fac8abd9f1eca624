"""Worker processes that can be killed, and the loop that feeds them.

Processes are started from the interpreter directly and not by :mod:`multiprocessing`: that would import the caller's main
module again in each of them, and would need one to be there.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from archaeology.code.budget import Budget
from archaeology.code.frames import NAMES_ONLY, FrameBuffer, write_frame

_PATH_SEPARATOR = "\x1f"
_LAUNCH = "import sys; sys.path[:] = sys.argv[3].split('\x1f'); from archaeology.code.worker import main; main()"
_READ = 1 << 18
_TICK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Caps:
    """What one file may cost, and all that must be given up together.

    ``cpu_seconds`` kills from inside; ``wall_seconds`` without an answer kill from outside. After ``killed_files`` files or
    ``killed_seconds`` of a language that ended so, the rest of it is passed over as :class:`Budget` says.
    """

    cpu_seconds: float = 4.0
    wall_seconds: float = 60.0
    memory_bytes: int = 2 << 30
    batch_bytes: int = 400_000
    batch_files: int = 64
    killed_files: int = 12
    killed_seconds: float = 45.0


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read; ``names_only`` asks for definitions and imports alone."""

    key: str
    language: str
    source: bytes
    names_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The encoded facts of a job, or why there are none: ``passed_over`` tells that it was not even tried."""

    key: str
    facts: bytes | None
    problem: str = ""
    passed_over: bool = False


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    waiting: deque[Job] = field(default_factory=deque)
    buffer: FrameBuffer = field(default_factory=FrameBuffer)
    since: float = 0.0


def run_jobs(jobs: Iterator[Job], workers: int, caps: Caps, pause: Callable[[], None]) -> Generator[Answer, None, None]:
    """Yield an answer for every job, in the order in which they are done.

    Args:
        jobs: taken one batch at a time, so that no more than a batch for each worker is in memory.
        workers: how many processes at most; none is started before there is work for it.
        caps: what a file may cost before its worker is killed; the file is answered with a problem, others go on.
        pause: called often; it may raise to stop, which ends all workers.
    """
    pool = _Pool(jobs, workers, caps)
    try:
        while pool.is_busy():
            pause()
            yield from pool.step()
    finally:
        pool.close()


class _Pool:
    def __init__(self, jobs: Iterator[Job], workers: int, caps: Caps) -> None:
        self._jobs = jobs
        self._again: deque[Job] = deque()
        self._caps = caps
        self._workers = workers
        self._running: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._is_out_of_jobs = False
        self._budget = Budget(caps.killed_files, caps.killed_seconds)
        self._passed_over: list[Answer] = []

    def is_busy(self) -> bool:
        """Give work to idle workers; tell whether anything is still to be answered."""
        for worker in self._running:
            if not worker.waiting:
                self._send(worker, self._batch())
        while len(self._running) < self._workers:
            batch = self._batch()
            if not batch:
                break
            self._send(self._start(), batch)
        return any(worker.waiting for worker in self._running) or bool(self._again or self._passed_over)

    def step(self) -> list[Answer]:
        """Wait a moment for answers, and look for workers that died or hang."""
        answers, self._passed_over = self._passed_over, []
        for key, _ in self._selector.select(0 if answers else _TICK_SECONDS):
            worker: _Worker = key.data
            piece = os.read(key.fd, _READ)
            if not piece:
                answers.extend(self._lost(worker, "its parser used too much time or memory, or crashed"))
                continue
            for message in worker.buffer.feed(piece):
                answers.append(Answer(worker.waiting.popleft().key, message))
                worker.since = time.monotonic()
        now = time.monotonic()
        for worker in list(self._running):
            if worker.waiting and now - worker.since > self._caps.wall_seconds:
                answers.extend(self._lost(worker, "its parser did not answer in time"))
        return answers

    def close(self) -> None:
        """Kill what still runs."""
        for worker in list(self._running):
            self._end(worker)
        self._selector.close()

    def _batch(self) -> list[Job]:
        batch: list[Job] = []
        size = 0
        while len(batch) < self._caps.batch_files and size < self._caps.batch_bytes:
            job = self._next()
            if job is None:
                break
            batch.append(job)
            size += len(job.source)
        return batch

    def _next(self) -> Job | None:
        """The next job that may still be tried."""
        while (job := self._untried()) is not None and not self._budget.allows(job.language, len(job.source)):
            problem = "not read, since too many like it had to be given up"
            self._passed_over.append(Answer(job.key, None, problem, passed_over=True))
        return job

    def _untried(self) -> Job | None:
        if self._again:
            return self._again.popleft()
        if self._is_out_of_jobs:
            return None
        job = next(self._jobs, None)
        self._is_out_of_jobs = job is None
        return job

    def _start(self) -> _Worker:
        arguments = [str(self._caps.cpu_seconds), str(self._caps.memory_bytes), _PATH_SEPARATOR.join(_import_path())]
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCH, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            bufsize=0,
        )
        worker = _Worker(process)
        assert process.stdout is not None  # noqa: S101 - we asked for a pipe
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)
        self._running.append(worker)
        return worker

    def _send(self, worker: _Worker, batch: list[Job]) -> None:
        if not batch:
            return
        message = BytesIO()
        write_frame(message, str(len(batch)).encode())
        for job in batch:
            write_frame(message, (NAMES_ONLY * job.names_only + job.language).encode())
            write_frame(message, job.source)
        worker.waiting.extend(batch)
        worker.since = time.monotonic()
        # A worker that died leaves a broken pipe; that it died shows when its answers are read.
        with suppress(BrokenPipeError):
            _write_all(worker.process, memoryview(message.getvalue()))

    def _lost(self, worker: _Worker, problem: str) -> list[Answer]:
        """Give up the file that the worker was at; what it had not begun goes to others."""
        self._end(worker)
        if not worker.waiting:
            return []
        culprit = worker.waiting.popleft()
        self._again.extend(worker.waiting)
        self._budget.spend(culprit.language, len(culprit.source), time.monotonic() - worker.since)
        return [Answer(culprit.key, None, problem)]

    def _end(self, worker: _Worker) -> None:
        self._running.remove(worker)
        process = worker.process
        if process.stdout is not None:
            self._selector.unregister(process.stdout)
            process.stdout.close()
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
        process.kill()
        process.wait()


def _write_all(process: subprocess.Popen[bytes], data: memoryview) -> None:
    assert process.stdin is not None  # noqa: S101 - we asked for a pipe
    while data:
        data = data[process.stdin.write(data) :]


def _import_path() -> list[str]:
    """Return where workers import from: our own code first, and never the folder that happens to be the current one."""
    own = str(Path(__file__).resolve().parents[2])
    try:
        here = os.path.realpath(Path.cwd())
    except OSError:
        here = ""
    others = [entry for entry in sys.path if Path(entry).is_absolute() and os.path.realpath(entry) != here]
    return list(dict.fromkeys([own, *others]))
