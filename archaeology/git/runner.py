"""The one place that runs git.

Every run is alike: an empty environment with a fixed PATH, configuration that only we wrote, nothing on standard input but what
we put there, a process group of its own, a deadline, caps on output and memory, and an end as soon as the person cancels.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from archaeology.errors import GitError
from archaeology.git.failures import failure, not_started
from archaeology.git.pipes import CHUNK_BYTES, TICK_SECONDS, let_fill, widen
from archaeology.progress import Cancelled, never_cancelled, stop_if

GitProcess = subprocess.Popen[bytes]
# For a git process that is talked to while it runs.
TALKED_TO = subprocess.PIPE

_HARDENED_OPTIONS = (
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "safe.bareRepository=explicit",
)
# Added to each command that could otherwise run a program, read a file of the repository's choice or enter a submodule.
_COMMAND_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "log": ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-show-signature", "--no-mailmap"),
    "show": ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-show-signature", "--no-mailmap"),
    "diff-files": ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all"),
    "diff-index": ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all"),
    "diff-tree": ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all"),
    "status": ("--ignore-submodules=all",),
    "blame": ("--no-textconv", "--no-ignore-revs-file"),
}
_OBJECTS = "GIT_OBJECT_DIRECTORY"
_MEGABYTE = 1 << 20
_MEMORY_BYTES = 1024 * _MEGABYTE
_ERROR_BYTES = 8192
DEFAULT_TIMEOUT = 60.0
DEFAULT_OUTPUT = 64 * _MEGABYTE


class GitRunner:
    """Runs git on one shadow directory.

    Attributes:
        program: absolute path of git.
        environment: the whole environment of the child; nothing is inherited.
        folder: the folder that git runs in (never the repository's).
        cancelled: asked ten times a second; git is killed when it says yes.
    """

    def __init__(
        self, program: str, environment: Mapping[str, str], folder: Path, cancelled: Cancelled = never_cancelled
    ) -> None:
        """Take what every run is given."""
        self.program = program
        self.environment = environment
        self.folder = folder
        self.cancelled = cancelled

    def at_work_tree(self, root: Path) -> GitRunner:
        """Return a runner whose git compares with the files under ``root``, too."""
        return GitRunner(self.program, {**self.environment, "GIT_WORK_TREE": str(root)}, self.folder, self.cancelled)

    def run(
        self,
        arguments: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout: float = DEFAULT_TIMEOUT,
        max_output: int = DEFAULT_OUTPUT,
        accept: Sequence[int] = (0,),
    ) -> bytes:
        """Run git to its end and return its standard output.

        Raises:
            GitError: it failed, passed ``timeout`` seconds, or wrote more than ``max_output`` bytes.
            ScanCancelledError: the person stopped the scan.
        """
        chunks: list[bytes] = []
        total = 0
        for chunk in self.stream(arguments, stdin=stdin, timeout=timeout, accept=accept):
            total += len(chunk)
            if total > max_output:
                raise GitError(
                    f"git {arguments[0]} gave more than {max_output // _MEGABYTE} MiB of output.",
                    hint="The repository is larger than what is read in one piece.",
                )
            chunks.append(chunk)
        return b"".join(chunks)

    def stream(
        self,
        arguments: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout: float = DEFAULT_TIMEOUT,
        accept: Sequence[int] = (0,),
    ) -> Iterator[bytes]:
        """Run git and yield its standard output in chunks as they come.

        Whoever stops reading early closes the generator, and git with all its children is killed.

        Raises:
            GitError: it failed or passed ``timeout`` seconds.
            ScanCancelledError: the person stopped the scan.
        """
        stop_if(self.cancelled)
        with _input_file(stdin) as source:
            process = self.start(arguments, source, subprocess.PIPE)
        errors = bytearray()
        try:
            yield from self._read(process, errors, arguments[0], time.monotonic() + timeout)
            status = process.wait(timeout=timeout)
        finally:
            end_process(process)
        if status not in accept:
            raise failure(arguments[0], status, bytes(errors), self.environment.get(_OBJECTS), self.folder)

    def start(self, arguments: Sequence[str], source: IO[bytes] | int, errors: int = subprocess.DEVNULL) -> GitProcess:
        """Start git and leave it to the caller, who ends it with :func:`end_process`.

        Raises:
            GitError: it cannot be started.
        """
        name, *rest = arguments
        command = [self.program, *_HARDENED_OPTIONS, name, *_COMMAND_OPTIONS.get(name, ()), *rest]
        try:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=dict(self.environment),
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=errors,
                process_group=0,
            )
        except OSError as error:
            raise not_started(error, self.environment.get(_OBJECTS), self.folder) from error
        _limit_memory(process.pid)
        return process

    def _read(self, process: GitProcess, errors: bytearray, name: str, deadline: float) -> Iterator[bytes]:
        if process.stdout is None or process.stderr is None:  # pragma: no cover - both were asked for
            raise GitError(f"git {name} could not be listened to.")
        widen(process.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            selector.register(process.stderr, selectors.EVENT_READ)
            while selector.get_map():
                stop_if(self.cancelled)
                if time.monotonic() > deadline:
                    raise GitError(
                        f"git {name} took too long and was stopped.",
                        hint="Try a later --since, or look at the repository with git fsck.",
                    )
                for key, _ in selector.select(TICK_SECONDS):
                    chunk = os.read(key.fd, CHUNK_BYTES)
                    let_fill(len(chunk))
                    if not chunk:
                        selector.unregister(key.fileobj)
                    elif key.fileobj is process.stdout:
                        given = time.monotonic()
                        yield chunk
                        deadline += time.monotonic() - given  # what is made of it is not git's time
                    elif len(errors) < _ERROR_BYTES:
                        errors += chunk[:_ERROR_BYTES]


def _input_file(stdin: bytes) -> IO[bytes]:
    # A file instead of a pipe: nobody has to feed it while the output is read, so nothing can dead-lock.
    if not stdin:
        return Path(os.devnull).open("rb")
    source = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    source.write(stdin)
    source.seek(0)
    return source


def _limit_memory(pid: int) -> None:
    # RLIMIT_DATA counts what git allocates and not the packs that it maps, so large repositories stay readable.
    try:
        import resource  # not on every system
    except ImportError:
        return
    if hasattr(resource, "prlimit"):
        with suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_DATA, (_MEMORY_BYTES, _MEMORY_BYTES))


def exit_status(process: GitProcess, seconds: float) -> int | None:
    """Return how a git process ended that has closed its pipes; None where it has not after so many seconds."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(seconds)
    return None


def end_process(process: GitProcess) -> None:
    """Kill a git process with all its children, if it still runs, and let go of its pipes."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
