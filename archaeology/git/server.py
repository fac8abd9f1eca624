"""Blobs from git processes that stay: starting two for each handful costs more than everything else about them."""

from __future__ import annotations

import os
import selectors
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from archaeology.errors import GitError
from archaeology.git.failures import OBJECTS_HINT, vanished
from archaeology.git.runner import TALKED_TO, GitProcess, GitRunner, end_process
from archaeology.git.spelling import require_oid
from archaeology.progress import stop_if

T = TypeVar("T")

_TICK_SECONDS = 0.1
_CHUNK_BYTES = 1 << 18
_FIELDS = 3
_TIMEOUT = 60.0


class BlobServer:
    """Gives the contents of a few blobs at a time. Close it; it starts its processes when it is first asked."""

    def __init__(self, runner: GitRunner) -> None:
        """Keep the runner whose git will serve."""
        self._checking = _Talk(runner, "--batch-check")
        self._reading = _Talk(runner, "--batch")

    def close(self) -> None:
        """End the processes, if there are any."""
        self._checking.close()
        self._reading.close()

    def sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return the sizes in bytes of those objects that are blobs and are there; of few enough that the questions fit a pipe.

        Raises:
            GitError: git failed or took too long.
            ScanCancelledError: the person stopped the scan.
        """
        found = self._checking.ask(oids, _Talk.size)
        return {oid: size for oid, size in zip(oids, found, strict=True) if size is not None}

    def contents(self, oids: Sequence[str]) -> list[bytes]:
        """Return the contents of blobs that are known to be there, in order; of few enough that the questions fit a pipe.

        Raises:
            GitError: git failed or took too long.
            ScanCancelledError: the person stopped the scan.
        """
        return self._reading.ask(oids, _Talk.content)

    def blob(self, oid: str, max_bytes: int) -> bytes | None:
        """Return one blob's content; None where it is missing, no blob, or over ``max_bytes``. Raises as the others."""
        size = self.sizes([oid]).get(oid)
        return None if size is None or size > max_bytes else self.contents([oid])[0]


class _Talk:
    """One ``git cat-file`` that is asked and answers; where an answer breaks off it is ended, and the next question starts another."""

    def __init__(self, runner: GitRunner, kind: str) -> None:
        self._runner = runner
        self._kind = kind
        self._process: GitProcess | None = None
        self._selector: selectors.BaseSelector | None = None  # of its answers, made once: hundreds are waited for
        self._buffer = bytearray()
        self._deadline = 0.0

    def ask(self, oids: Sequence[str], answer: Callable[[_Talk], T]) -> list[T]:
        """Write all questions, which fit the pipe, then read one answer to each."""
        request = "".join(f"{require_oid(oid)}\n" for oid in oids).encode()
        try:
            self._write(request)
            return [answer(self) for _ in oids]
        except BaseException:
            self.close()  # what it was still going to say is not wanted
            raise

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        selector, self._selector = self._selector, None
        self._buffer.clear()
        if selector is not None:
            selector.close()
        if process is not None:
            if process.stdin is not None:
                with suppress(BrokenPipeError):
                    process.stdin.close()
            end_process(process)

    def size(self) -> int | None:
        """Read how large an object is; None where it is missing or no blob."""
        while (end := self._buffer.find(b"\n")) < 0:
            self._more()
        fields = bytes(self._buffer[:end]).split()
        del self._buffer[: end + 1]
        return int(fields[2]) if len(fields) == _FIELDS and fields[1] == b"blob" else None

    def content(self) -> bytes:
        """Read a blob."""
        size = self.size()
        if size is None:
            raise GitError("git cat-file could not read an object.", hint=OBJECTS_HINT)
        while len(self._buffer) <= size:
            self._more()
        with memoryview(self._buffer) as whole:
            content = bytes(whole[:size])
        del self._buffer[: size + 1]
        return content

    def _write(self, request: bytes) -> None:
        stop_if(self._runner.cancelled)
        self._deadline = time.monotonic() + _TIMEOUT
        process = self._process = self._process or self._runner.start(["cat-file", self._kind], TALKED_TO)
        if process.stdin is None:  # pragma: no cover - it was asked for
            raise GitError("git cat-file could not be talked to.")
        try:
            process.stdin.write(request)
            process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def _more(self) -> None:
        if self._process is None or self._process.stdout is None:  # pragma: no cover - it was asked for
            raise GitError("git cat-file could not be listened to.")
        if self._selector is None:
            self._selector = selectors.DefaultSelector()
            self._selector.register(self._process.stdout, selectors.EVENT_READ)
        while not self._selector.select(_TICK_SECONDS):
            stop_if(self._runner.cancelled)
            if time.monotonic() > self._deadline:
                raise GitError("git cat-file took too long and was stopped.", hint=OBJECTS_HINT)
        piece = os.read(self._process.stdout.fileno(), _CHUNK_BYTES)
        if not piece:
            raise self._ended()
        self._buffer += piece

    def _ended(self) -> GitError:
        gone = vanished(self._runner.environment.get("GIT_OBJECT_DIRECTORY"), self._runner.folder)
        return gone or GitError("git cat-file ended too early.", hint=OBJECTS_HINT)
