"""The log of every request to a model, in words that a person can open: one JSON object a line, secrets already taken out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

_MAX_BYTES = 20 * 1024 * 1024
_OPEN = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One attempt. ``outcome`` is "answered" or the kind of the error; ``messages`` is exactly what was sent, ``answer`` what came.

    ``usd`` is None where nobody knows the price. ``redactions`` counts what was replaced before sending, by kind.
    """

    at: str
    purpose: str
    model: str
    place: str
    attempt: int
    outcome: str
    seconds: float
    input_tokens: int
    output_tokens: int
    usd: float | None
    redactions: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[Mapping[str, Any], ...] = ()
    answer: str = ""
    detail: str = ""


class RequestLog(Protocol):
    """Where requests are written down."""

    def write(self, entry: LoggedRequest) -> None:
        """Keep one entry."""
        ...


class MemoryLog:
    """Keeps entries in memory, for tests and for runs that shall leave no trace."""

    def __init__(self) -> None:
        self.entries: list[LoggedRequest] = []

    def write(self, entry: LoggedRequest) -> None:
        """Keep one entry."""
        self.entries.append(entry)


class FileLog:
    """Appends entries to a file that only its owner may read. Beyond 20 MB the file becomes ``<name>.1`` and a new one begins."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, entry: LoggedRequest) -> None:
        """Keep one entry. Raises OSError: what cannot be logged must not be sent again."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and self.path.stat().st_size > _MAX_BYTES:
            self.path.replace(self.path.with_name(self.path.name + ".1"))
        line = json.dumps(asdict(entry), ensure_ascii=True) + "\n"
        descriptor = os.open(self.path, _OPEN, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)

    def read(self) -> Iterator[LoggedRequest]:
        """Yield the entries, the oldest first; a line that a crash cut off is passed over."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                try:
                    body = json.loads(line)
                    yield LoggedRequest(**{**body, "messages": tuple(body.get("messages", ()))})
                except (ValueError, TypeError):
                    continue


def timestamp(moment: datetime) -> str:
    """Return a time as the log writes it."""
    return moment.isoformat(timespec="milliseconds")
