"""Objects from a git process that stays: starting one for each handful costs more than everything else about them."""

from __future__ import annotations

import os
import selectors
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from archaeology.errors import GitError
from archaeology.git.failures import INSTALL_HINT, OBJECTS_HINT, vanished
from archaeology.git.pipes import CHUNK_BYTES, TICK_SECONDS, let_fill, widen
from archaeology.git.runner import TALKED_TO, GitProcess, GitRunner, end_process, exit_status
from archaeology.git.spelling import require_oid
from archaeology.progress import stop_if

_AT_ONCE = 640  # of the longest questions, in the smallest pipe
_FIELDS = 3
_MISSING = b"missing"
_USAGE = 129  # git was asked for what it does not know
_TIMEOUT = 60.0


class ObjectServer:
    """Gives the sizes and contents of objects. Close it; it starts its process when it is first asked."""

    def __init__(self, runner: GitRunner) -> None:
        """Keep the runner whose git will serve."""
        self._talk = _Talk(runner)

    def close(self) -> None:
        """End the process, if there is one."""
        self._talk.close()

    def sizes(self, oids: Sequence[str], kind: bytes = b"blob") -> dict[str, int]:
        """Return the sizes in bytes of those objects that are blobs, or of another ``kind``, and are there.

        Raises:
            GitError: git failed or took too long.
            ScanCancelledError: the person stopped the scan.
        """
        found: dict[str, int] = {}
        for some in _portions(oids):
            for oid, said in zip(some, self._talk.infos(some), strict=True):
                fields = said.split()
                if len(fields) == _FIELDS and fields[1] == kind:
                    found[oid] = int(fields[2])
        return found

    def contents(self, oids: Sequence[str]) -> list[bytes | None]:
        """Return the contents of objects in order, None for those that are missing; of few enough that they may be kept at once.

        Raises:
            GitError: git failed or took too long.
            ScanCancelledError: the person stopped the scan.
        """
        return [content for some in _portions(oids) for content in self._talk.contents(some)]

    def blob(self, oid: str, max_bytes: int, size: int | None = None) -> bytes | None:
        """Return one blob's content; None where it is missing, no blob, or over ``max_bytes``. Raises as the others.

        Its ``size`` is asked where it is not known: git is spared that question for what it listed with its sizes.
        """
        size = self.sizes([oid]).get(oid) if size is None else size
        return None if size is None or size > max_bytes else self.contents([oid])[0]


def _portions(oids: Sequence[str]) -> Iterator[Sequence[str]]:
    """So many questions at a time as fit the pipe: git reads all of them before it answers, but must not keep us waiting when it hangs."""
    return (oids[start : start + _AT_ONCE] for start in range(0, len(oids), _AT_ONCE))


class _Talk:
    """One ``git cat-file`` that is asked and answers; where an answer breaks off it is ended, and the next question starts another.

    It answers in one piece what it was asked since it was last told to: to wait for each answer costs more than all of them.
    """

    def __init__(self, runner: GitRunner) -> None:
        self._runner = runner
        self._process: GitProcess | None = None
        self._selector: selectors.BaseSelector | None = None  # of its answers, made once: hundreds are waited for
        self._buffer = bytearray()
        self._came = 0  # bytes of this answer at the last look
        self._deadline = 0.0

    def infos(self, oids: Sequence[str]) -> list[bytes]:
        """Ask about each object, and return the line that is said of each."""
        with self._asked("info", oids):
            while self._buffer.count(b"\n") < len(oids):
                self._more()
            return bytes(self._buffer).splitlines()

    def contents(self, oids: Sequence[str]) -> list[bytes | None]:
        """Ask for each object, and return them all; None for what is missing."""
        with self._asked("contents", oids):
            found: list[bytes | None] = []
            at = 0
            for _ in oids:
                while (end := self._buffer.find(b"\n", at)) < 0:
                    self._more()
                fields = self._buffer[at:end].split()
                if fields[1:] == [_MISSING]:
                    found.append(None)
                    at = end + 1
                    continue
                if len(fields) != _FIELDS:
                    raise GitError("git cat-file could not read an object.", hint=OBJECTS_HINT)
                at = end + 1 + int(fields[2])
                while len(self._buffer) <= at:
                    self._more()
                with memoryview(self._buffer) as whole:
                    found.append(bytes(whole[end + 1 : at]))
                at += 1
            return found

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

    @contextmanager
    def _asked(self, command: str, oids: Sequence[str]) -> Iterator[None]:
        """Ask, and let the answer be read; what follows it, or one that breaks off, is nobody's."""
        request = "".join([*(f"{command} {require_oid(oid)}\n" for oid in oids), "flush\n"]).encode()
        try:
            self._write(request)
            yield
        except BaseException:
            self.close()  # what it was still going to say is not wanted
            raise
        self._buffer.clear()

    def _write(self, request: bytes) -> None:
        stop_if(self._runner.cancelled)
        self._deadline = time.monotonic() + _TIMEOUT
        if self._process is None:
            self._process = self._runner.start(["cat-file", "--batch-command", "--buffer"], TALKED_TO)
            if self._process.stdout is not None:
                widen(self._process.stdout)
        process, self._came = self._process, 0
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
        let_fill(self._came)
        while not self._selector.select(TICK_SECONDS):
            stop_if(self._runner.cancelled)
            if time.monotonic() > self._deadline:
                raise GitError("git cat-file took too long and was stopped.", hint=OBJECTS_HINT)
        piece = os.read(self._process.stdout.fileno(), CHUNK_BYTES)
        if not piece:
            raise self._ended()
        self._came = len(piece)
        self._buffer += piece

    def _ended(self) -> GitError:
        gone = vanished(self._runner.environment.get("GIT_OBJECT_DIRECTORY"), self._runner.folder)
        if gone is None and self._process is not None and exit_status(self._process, TICK_SECONDS) == _USAGE:
            return GitError("This git is too old: its cat-file takes no commands.", hint=INSTALL_HINT)
        return gone or GitError("git cat-file ended too early.", hint=OBJECTS_HINT)
