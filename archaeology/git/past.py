"""What a repository remembers: its commits in a stream, one by one, and line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archaeology.git.details import blame_lines, message_in, read_commit, read_message
from archaeology.git.objects import read_objects
from archaeology.git.runner import GitRunner
from archaeology.git.server import ObjectServer
from archaeology.git.spelling import require_oid
from archaeology.git.stream import LogBatch, log_arguments, parse_batches, parse_log, parse_tokens
from archaeology.git.values import BlameLine, CommitDetail, RawCommit

_HISTORY_TIMEOUT = 1800.0


class Past:
    """The history of an open repository; :class:`archaeology.git.Repository` adds what is there now."""

    _runner: GitRunner
    _server: ObjectServer

    def raw_log(
        self, tip: str, *, since: str | None = None, max_count: int | None = None, exclude: str | None = None
    ) -> Iterator[RawCommit]:
        """Stream the commits reachable from ``tip``, newest first. Merges carry no changes, so nothing counts twice.

        Args:
            tip: a full object id.
            since: leave out commits before this date, in any form that git understands (``2 years ago``, ``2024-01-31``).
            max_count: stop after this many.
            exclude: a full object id; its ancestors and itself are left out.

        Raises:
            GitError: git failed on the way (a missing or broken object); what was yielded stays good.
        """
        limits = [] if max_count is None else [f"--max-count={max_count}"]
        return parse_log(self._log(tip, since, limits, exclude, changes=True))

    def log_batches(  # noqa: PLR0913 - what a log can be limited by
        self,
        tip: str,
        *,
        since: str | None = None,
        skip: int = 0,
        max_count: int | None = None,
        exclude: str | None = None,
        changes: bool = True,
    ) -> Iterator[LogBatch]:
        """Stream the same commits in batches of undecoded tokens, for whoever reads them by the hundred thousand.

        ``skip`` passes over the newest ones; ``changes`` False leaves out the changed paths, which needs no trees. The rest is as in
        :meth:`raw_log`.
        """
        limits = [f"--skip={skip}"] if max_count is None else [f"--skip={skip}", f"--max-count={max_count}"]
        return parse_batches(self._log(tip, since, limits, exclude, changes=changes))

    def line_counts(self, oids: Sequence[str]) -> Iterator[bytes]:
        """Yield for each commit that is no merge its id, then a ``numstat`` line for each path; may be used by several threads.

        Raises:
            GitError: git failed on the way, for instance at a blob that a partial clone lacks.
        """
        arguments = ["diff-tree", "--stdin", "-r", "--root", "-z", "--numstat", "--no-renames"]
        request = "".join(f"{require_oid(oid)}\n" for oid in oids).encode()
        return parse_tokens(self._runner.stream(arguments, stdin=request, timeout=_HISTORY_TIMEOUT))

    def commit_message(self, oid: str) -> str:
        """Return a commit's whole message.

        Raises:
            GitError: the commit cannot be read.
        """
        return read_message(self._runner, oid)

    def messages(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, str | None]]:
        """Yield each commit's id and whole message in order; None where there is no such commit, it is over ``max_bytes``, or not in UTF-8.

        Raises:
            GitError: git failed on the way.
        """
        for oid, raw in read_objects(self._runner, self._server, oids, max_bytes, b"commit"):
            yield oid, message_in(raw) if raw is not None else None

    def show(self, oid: str, max_diff_bytes: int = 64 * 1024) -> CommitDetail:
        """Return a commit with its message and its diff, capped.

        Raises:
            GitError: the commit cannot be read.
        """
        return read_commit(self._runner, oid, max_diff_bytes)

    def blame(self, path: str, start: int, end: int, revision: str) -> tuple[BlameLine, ...]:
        """Return which commit last touched each of the lines ``start`` to ``end`` at ``revision`` (a full object id).

        Raises:
            GitError: the path is not there, or has fewer lines.
        """
        return blame_lines(self._runner, path, start, end, revision)

    def _log(
        self, tip: str, since: str | None, limits: Sequence[str], exclude: str | None, *, changes: bool
    ) -> Iterator[bytes]:
        arguments = log_arguments(require_oid(tip), since, limits, exclude and require_oid(exclude), changes=changes)
        return self._runner.stream(arguments, timeout=_HISTORY_TIMEOUT)
