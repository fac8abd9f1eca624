"""The history stream: the output of one ``git log`` parsed while it runs.

Messages and names hold no NUL in what git prints, so NUL-separated fields in fixed places cannot be forged by them. Commits come in
batches of tokens with their bounds, because taking columns out of a list costs a fraction of making an object a commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archaeology.git.spelling import clamp_time
from archaeology.git.values import RawCommit

LOG_FORMAT = "tformat:%H%x00%P%x00%ct%x00%an%x00%ae%x00%B"
FIELDS = 6
MAX_ENTRIES = 50_000
_TOKEN_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class LogBatch:
    """Some commits in a row: commit k is ``tokens[begins[k]:ends[k]]``.

    Six fields (id, parents, commit time, author, address, message), then raw headers and paths by turns; a commit's first header begins
    with a newline.
    """

    tokens: list[bytes]
    begins: list[int]
    ends: list[int]


def log_arguments(
    tip: str, since: str | None, limits: Sequence[str], exclude: str | None, *, changes: bool
) -> list[str]:
    """Return what git is asked; ``tip`` and ``exclude`` are full object ids, ``changes`` asks for the changed paths too."""
    arguments = ["log", "-z", "--encoding=UTF-8", "--no-color", f"--format={LOG_FORMAT}"]
    arguments += ["--raw", "--no-renames", "--no-abbrev", "--root"] if changes else ["--no-patch"]
    if since is not None:
        arguments.append(f"--since={since}")
    arguments += [*limits, tip]
    if exclude is not None:
        arguments.append(f"^{exclude}")
    return [*arguments, "--"]


def parse_batches(chunks: Iterable[bytes]) -> Iterator[LogBatch]:
    """Yield commits, newest first, from the output of ``git log -z --raw`` with :data:`LOG_FORMAT`.

    At most :data:`MAX_ENTRIES` changed paths of a commit are kept, and the first MiB of a message.
    """
    carried: list[bytes] = []
    for fresh in _tokens(chunks):
        tokens = carried + fresh if carried else fresh
        batch, rest = _split(tokens)
        if batch.begins:
            yield batch
        carried = _trimmed(tokens[rest:])
    if len(carried) >= FIELDS:
        # A header whose path never came is left out.
        yield LogBatch(carried, [0], [len(carried) - (len(carried) - FIELDS) % 2])


def parse_log(chunks: Iterable[bytes]) -> Iterator[RawCommit]:
    """Yield the same commits one by one."""
    for batch in parse_batches(chunks):
        for begin, end in zip(batch.begins, batch.ends, strict=True):
            oid, parents, time, author, email, message, *entries = batch.tokens[begin:end]
            if entries:
                entries[0] = entries[0].lstrip(b"\n")
            yield RawCommit(
                oid.decode("ascii", "replace"), len(parents.split()), clamp_time(time), author, email, message, entries
            )


def parse_tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield NUL-separated tokens, none of them empty, each cut at a MiB."""
    for tokens in _tokens(chunks):
        yield from filter(None, tokens)


def _split(tokens: list[bytes]) -> tuple[LogBatch, int]:
    """Find the commits that are complete, that is, followed by another; return them and where the rest begins."""
    begins: list[int] = []
    ends: list[int] = []
    count = len(tokens)
    begin = 0
    while (place := begin + FIELDS) < count:
        if tokens[place][:2] == b"\n:":
            place += 2
            while place < count and tokens[place][:1] == b":":
                place += 2
            if place >= count:
                break
        begins.append(begin)
        ends.append(min(place, begin + FIELDS + 2 * MAX_ENTRIES))
        begin = place
    return LogBatch(tokens, begins, ends), begin


def _trimmed(tokens: list[bytes]) -> list[bytes]:
    if len(tokens) <= FIELDS + 2 * MAX_ENTRIES:
        return tokens
    # A header may still wait for its path.
    waiting = (len(tokens) - FIELDS) % 2
    return tokens[: FIELDS + 2 * MAX_ENTRIES] + tokens[len(tokens) - waiting :]


def _tokens(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Split the stream at NUL; a token longer than the cap is cut, and the rest of it skipped."""
    rest = b""
    cutting = False
    for chunk in chunks:
        data = chunk
        if cutting:
            _, found, after = chunk.partition(b"\0")
            if not found:
                continue
            cutting = False
            data = b"\0" + after
        tokens = (rest + data).split(b"\0")
        rest = tokens.pop()
        if len(rest) > _TOKEN_BYTES:
            rest = rest[:_TOKEN_BYTES]
            cutting = True
        if tokens:
            yield tokens
    if rest:
        yield [rest]
