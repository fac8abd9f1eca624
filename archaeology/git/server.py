"""Single blobs from one git process that stays: starting two for each costs more than everything else about it."""

from __future__ import annotations

import os
import selectors
import time
from contextlib import suppress

from archaeology.errors import GitError
from archaeology.git.failures import OBJECTS_HINT, vanished
from archaeology.git.objects import require_oid
from archaeology.git.runner import TALKED_TO, GitProcess, GitRunner, end_process
from archaeology.progress import stop_if

_TICK_SECONDS = 0.1
_CHUNK_BYTES = 1 << 18
_FIELDS = 3
_TIMEOUT = 60.0


class BlobServer:
    """Gives the contents of blobs one at a time. Close it; it starts its process when it is first asked."""

    def __init__(self, runner: GitRunner) -> None:
        """Keep the runner whose git will serve."""
        self._runner = runner
        self._process: GitProcess | None = None
        self._unread = False

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                with suppress(BrokenPipeError):
                    process.stdin.close()
            end_process(process)

    def blob(self, oid: str, max_bytes: int) -> bytes | None:
        """Return one blob's content; None where it is missing, no blob, or over ``max_bytes``.

        Raises:
            GitError: git failed or took too long.
            ScanCancelledError: the person stopped the scan.
        """
        request = f"{require_oid(oid)}\n".encode()
        process = self._process = self._process or self._runner.start(["cat-file", "--batch"], TALKED_TO)
        try:
            return self._ask(process, request, max_bytes)
        finally:
            if self._unread:
                self.close()  # what it was still going to say is not wanted

    def _ask(self, process: GitProcess, request: bytes, max_bytes: int) -> bytes | None:
        if process.stdin is None or process.stdout is None:  # pragma: no cover - both were asked for
            raise GitError("git cat-file could not be talked to.")
        self._unread = True
        try:
            process.stdin.write(request)
            process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None
        buffer = bytearray()
        deadline = time.monotonic() + _TIMEOUT
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while (end := buffer.find(b"\n")) < 0:
                buffer += self._more(selector, process.stdout.fileno(), deadline)
            fields = bytes(buffer[:end]).split()
            del buffer[: end + 1]
            if len(fields) != _FIELDS:
                self._unread = False
                return None  # missing, or ambiguous
            size = int(fields[2])
            if fields[1] != b"blob" or size > max_bytes:
                return None
            while len(buffer) <= size:
                buffer += self._more(selector, process.stdout.fileno(), deadline)
        self._unread = False
        return bytes(buffer[:size])

    def _more(self, selector: selectors.BaseSelector, descriptor: int, deadline: float) -> bytes:
        while not selector.select(_TICK_SECONDS):
            stop_if(self._runner.cancelled)
            if time.monotonic() > deadline:
                raise GitError("git cat-file took too long and was stopped.", hint=OBJECTS_HINT)
        piece = os.read(descriptor, _CHUNK_BYTES)
        if not piece:
            raise self._ended()
        return piece

    def _ended(self) -> GitError:
        gone = vanished(self._runner.environment.get("GIT_OBJECT_DIRECTORY"), self._runner.folder)
        return gone or GitError("git cat-file ended too early.", hint=OBJECTS_HINT)
