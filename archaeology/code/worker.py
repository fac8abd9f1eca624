"""The program that a worker process runs: files come in on standard input, facts go out on standard output, one by one.

A grammar may loop or eat memory on hostile input, and nothing inside the process can stop it. So the process sets itself a limit
of CPU time for each file and one of memory, and dies by them; the parent sees which file was not answered.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from archaeology.code.codec import encode_facts
from archaeology.code.extract import extract, extract_names
from archaeology.code.frames import NAMES_ONLY, read_frame, write_frame
from archaeology.code.patterns import query, sparse
from archaeology.facts import FileFacts


def main() -> None:
    """Answer batches until standard input ends."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the parent decides what becomes of us.
    cpu_seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    gc.disable()  # facts are plain values without cycles, and looking for cycles costs a tenth of the time
    _limit_memory(memory)
    requests, answers = sys.stdin.buffer, _take_stdout()
    while (count := read_frame(requests)) is not None:
        # The whole batch first: while we answered, the parent could not both write and read.
        batch = [(read_frame(requests), read_frame(requests)) for _ in range(int(count))]
        for language, source in batch:
            if language is None or source is None:
                return
            write_frame(answers, _read(language.decode(), source, cpu_seconds))
            answers.flush()


def _read(wanted: str, source: bytes, cpu_seconds: float) -> bytes:
    names_only, language = wanted.startswith(NAMES_ONLY), wanted.removeprefix(NAMES_ONLY)
    read = extract_names if names_only else extract
    # Loading a language takes longer than most files and is not the file's fault.
    if sparse(language, names_only=names_only) is None:
        query(language, names_only=names_only)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        facts = read(language, source)
    except MemoryError:
        facts = FileFacts(language, error="needs more memory than is allowed: not parsed")
    except Exception as error:  # noqa: BLE001 - one odd file must not cost the others; it is said in its facts
        facts = FileFacts(language, error=f"could not be read: {type(error).__name__}: {error}"[:200])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return encode_facts(facts)


def _take_stdout() -> BinaryIO:
    """Keep standard output for answers alone: what any library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _limit_memory(limit: int) -> None:
    with suppress(ValueError, OSError):  # macOS does not know this limit; the parent's deadline remains.
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
