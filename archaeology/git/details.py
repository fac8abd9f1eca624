"""Single commits and lines: a commit with its message and diff, and who last touched a line."""

from __future__ import annotations

from archaeology.errors import GitError
from archaeology.git.runner import GitRunner
from archaeology.git.spelling import clamp_time, decode_text, require_oid
from archaeology.git.values import BlameLine, CommitDetail

_DETAIL_FORMAT = "tformat:%H%x00%P%x00%ct%x00%an%x00%ae%x00%B%x00"
_DETAIL_FIELDS = 6
_DIFF_BYTES = 64 * 1024
_MESSAGE_BYTES = 1 << 20


def read_commit(runner: GitRunner, oid: str, max_diff_bytes: int = _DIFF_BYTES) -> CommitDetail:
    """Return a commit with its diff against its first parent, both as text, the diff up to ``max_diff_bytes``.

    Raises:
        GitError: the commit cannot be read.
    """
    arguments = ["show", "--no-renames", "--no-color", "--encoding=UTF-8", "--patch", "--diff-merges=first-parent"]
    data = bytearray()
    truncated = False
    for chunk in runner.stream([*arguments, f"--format={_DETAIL_FORMAT}", require_oid(oid), "--"]):
        data += chunk
        if data.count(b"\0", 0, _MESSAGE_BYTES) >= _DETAIL_FIELDS and len(data) > _MESSAGE_BYTES + max_diff_bytes:
            truncated = True
            break
    return _detail(bytes(data), max_diff_bytes, truncated=truncated)


def read_message(runner: GitRunner, oid: str) -> str:
    """Return a commit's whole message.

    Raises:
        GitError: the commit cannot be read.
    """
    arguments = ["log", "-1", "--no-color", "--encoding=UTF-8", "--format=tformat:%B", require_oid(oid), "--"]
    return decode_text(runner.run(arguments, max_output=64 * _MESSAGE_BYTES)).rstrip("\n")


def message_in(raw: bytes) -> str | None:
    """Return the message of a commit as git keeps it; None where it is in another encoding than UTF-8, which git translates and this does not."""
    head, _, message = raw.partition(b"\n\n")
    if b"\nencoding " in head:
        return None
    return decode_text(message).rstrip("\n")


def blame_lines(runner: GitRunner, path: str, start: int, end: int, oid: str) -> tuple[BlameLine, ...]:
    """Return for each of the lines ``start`` to ``end`` (from 1, both included) the commit that last touched it.

    Raises:
        GitError: the path is not in that commit, or has fewer lines.
    """
    span = f"{max(1, start)},{max(1, start, end)}"
    output = runner.run(["blame", "--line-porcelain", "--encoding=UTF-8", "-L", span, require_oid(oid), "--", path])
    lines: list[BlameLine] = []
    commit, number, fields = "", 0, dict[str, bytes]()
    for line in output.split(b"\n"):
        if line.startswith(b"\t"):
            author, time = decode_text(fields.get("author", b"")), clamp_time(fields.get("committer-time", b""))
            lines.append(BlameLine(number, commit, author, time, decode_text(fields.get("summary", b""))))
            commit = ""
        elif not commit and line:
            head = line.split()
            commit, number, fields = head[0].decode(), int(head[2]), {}
        else:
            key, _, value = line.partition(b" ")
            fields[key.decode("ascii", "replace")] = value
    return tuple(lines)


def _detail(data: bytes, max_diff_bytes: int, *, truncated: bool) -> CommitDetail:
    parts = data.split(b"\0", _DETAIL_FIELDS)
    if len(parts) <= _DETAIL_FIELDS:
        raise GitError("git show gave no commit.", hint="Look at the repository with git fsck.")
    oid, parents, time, author, email, message, diff = parts
    diff = diff.strip(b"\n")
    return CommitDetail(
        oid=oid.decode(),
        message=decode_text(message).rstrip("\n"),
        author=decode_text(author),
        email=decode_text(email),
        time=clamp_time(time),
        parents=tuple(parents.decode().split()),
        diff=decode_text(diff[:max_diff_bytes]),
        truncated=truncated or len(diff) > max_diff_bytes,
    )
