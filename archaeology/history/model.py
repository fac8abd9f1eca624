"""What the history says, in a form that holds a hundred thousand commits in little memory.

Times are seconds since the epoch, UTC. Commits are numbered from 0 (newest) in the order that git walked them; the number is
what other facts refer to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, as much of it as is kept. ``bot`` tells automation from people; ``merge`` that it has several parents."""

    oid: str
    time: int
    author: str
    subject: str
    merge: bool = False
    bot: bool = False
    fix: bool = False


@dataclass(frozen=True, slots=True)
class FileHistory:
    """How one file that exists now has changed. ``revisions`` counts non-merge commits; ``lines`` is None without churn."""

    path: str
    revisions: int
    authors: int
    fixes: int
    first_time: int
    last_time: int
    lines_added: int | None = None
    lines_deleted: int | None = None


@dataclass(frozen=True, slots=True)
class CoChange:
    """Two files that changed in the same commits ``together`` times, of ``revisions_a`` and ``revisions_b`` in all."""

    a: str
    b: str
    together: int
    revisions_a: int
    revisions_b: int


@dataclass(frozen=True, slots=True)
class Revert:
    """A commit that undoes another; ``undone`` is None where the message does not say which. ``issue`` is the number of one that it answers."""

    commit: str
    undone: str | None
    time: int
    subject: str
    reason: str = ""
    paths: tuple[str, ...] = ()
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of a commit message that says why: ``marker`` is the word that gave it away ("so that", "to avoid")."""

    commit: str
    time: int
    sentence: str
    marker: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeLife:
    """The life of an import edge: from a package or module to another, or to an external package.

    ``source`` and ``target`` are folder paths with a trailing slash, or module paths; an external target is its package's name.
    ``vanished`` is None while the edge stands. ``times`` are of the commits.
    """

    source: str
    target: str
    external: bool
    appeared: str
    appeared_time: int
    vanished: str | None = None
    vanished_time: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class History:
    """One pass over the history. ``partial`` says why it does not reach the first commit, or is empty.

    ``commits`` is a sequence that may make its items on demand; ``files`` covers files that exist at the surveyed revision.
    """

    commits: Sequence[Commit] = ()
    files: Mapping[str, FileHistory] = field(default_factory=dict)
    cochanges: tuple[CoChange, ...] = ()
    reverts: tuple[Revert, ...] = ()
    reasons: tuple[Reason, ...] = ()
    edge_lives: tuple[EdgeLife, ...] = ()
    renames: Mapping[str, str] = field(default_factory=dict)  # path now -> the path it had before
    first_time: int | None = None
    last_time: int | None = None
    authors: int = 0
    partial: str = ""
