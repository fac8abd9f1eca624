"""What the agent may look at: the facts of one revision, single commits of it, and what is known already. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from alloy_assist.llm.redaction import is_secret_path
from archaeology.quotes import split_lines

if TYPE_CHECKING:
    from archaeology.facts import Facts
    from archaeology.git.values import BlameLine, CommitDetail
    from archaeology.model import Observation
    from store.records import IntentRecord


@dataclass(frozen=True)
class Workspace:
    """``commit`` and ``blame`` look things up in the repository by full object ids and tracked paths; both raise ArchaeologyError.

    ``texts`` are other sources that may be quoted, by name: the person's answer, a pasted conversation, the records.
    """

    facts: Facts
    commit: Callable[[str], CommitDetail]
    blame: Callable[[str, int, int], tuple[BlameLine, ...]]
    observations: tuple[Observation, ...] = ()
    records: tuple[IntentRecord, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def lines(self, path: str) -> list[str] | None:
        """Return a tracked file's lines, or None for what is not tracked, cannot be read as text, or may hold secrets."""
        if path not in self.facts.files or is_secret_path(path):
            return None
        text = self.facts.reader.text(path)
        return None if text is None else split_lines(text)

    def tracked(self, path: str) -> str | None:
        """Return the tracked file that a path means: itself, or the one file whose path ends like that; models leave folders out."""
        if path in self.facts.files:
            return path
        ends = [known for known in self.facts.files if known.endswith(f"/{path}")] if "." in path else []
        return ends[0] if len(ends) == 1 else None

    def full_id(self, commit: str) -> str | None:
        """Return the full id of a commit of the surveyed history, from at least seven of its characters."""
        wanted = commit.strip().lower()
        if len(wanted) < _SHORTEST_ID:
            return None
        found = {oid for oid in self._ids if oid.startswith(wanted)}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(commit.oid for commit in self.facts.history.commits)


_SHORTEST_ID = 7
