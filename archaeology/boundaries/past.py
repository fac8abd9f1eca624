"""What the history says of boundaries, put in order once so that many statements can ask: files, imports that came, imports that went."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import attrgetter

import numpy as np

from archaeology.boundaries.graph import Bools, FileGraph, Ints
from archaeology.boundaries.statement import Statement
from archaeology.facts import Facts
from archaeology.history.log import oldest_since
from archaeology.history.model import EdgeLife, FileHistory
from archaeology.model import Citation

_LAST = "\U0010ffff"


class Past:
    """The history of the files of one graph, and of the imports between them."""

    def __init__(self, facts: Facts, graph: FileGraph) -> None:
        """Look at the history of these facts; what is put in order is put in order when it is first asked for."""
        self._history = facts.history
        self._reader = facts.reader
        self._graph = graph
        self._cited: dict[int, tuple[Citation, ...]] = {}

    @cached_property
    def living(self) -> Bools:
        """A mask of the product files whose history was read."""
        known = [path in self._history.files for path in self._graph.paths]
        return np.array(known, dtype=bool) & self._graph.product

    @cached_property
    def first_times(self) -> Ints:
        """When each file came, in seconds since the epoch; 0 where that is not known."""
        return self._of_files(attrgetter("first_time"))

    @cached_property
    def revisions(self) -> Ints:
        """How many changes each file has seen; 0 where that is not known."""
        return self._of_files(attrgetter("revisions"))

    def cite_since(self, time: int) -> tuple[Citation, ...]:
        """Return a citation of the oldest commit that is no older than this time (seconds since the epoch), or nothing."""
        if time not in self._cited:
            first = oldest_since(self._history.commits, time)
            self._cited[time] = () if first is None else (self._reader.cite_commit(first.oid, first.subject),)
        return self._cited[time]

    def came(self, packages: Iterable[str]) -> int:
        """Return when the last of some external packages was first imported anywhere; 0 where none ever was."""
        return max((self._came[name] for name in packages if name in self._came), default=0)

    def ended_across(self, statement: Statement) -> list[EdgeLife]:
        """Return the imports that are no more and would have broken the statement, in the order of the history."""
        starts = tuple(end.path for end in statement.sources if end.path is not None)
        ends = tuple(end.path for end in statement.forbidden if end.path is not None)
        packages = frozenset(end.module for end in statement.forbidden if end.external)
        leaving = [_below(start, *self._by_source) for start in starts]
        arriving = [_below(end, *self._by_target) for end in (*ends, *packages)]
        # Either side has them all; the one with fewer is gone through.
        fewer = min(leaving, arriving, key=lambda side: sum(map(len, side)))
        found = {
            self._place[id(life)]: life
            for lives in fewer
            for life in lives
            if life.source.startswith(starts)
            and (life.target in packages if life.external else life.target.startswith(ends))
            and crosses(life, statement)
        }
        return [found[place] for place in sorted(found)]

    @cached_property
    def ended(self) -> Counter[str]:
        """How many imports each commit ended."""
        return Counter(life.vanished for life in self._history.edge_lives if life.vanished is not None)

    @cached_property
    def began(self) -> Counter[str]:
        """How many imports each commit began."""
        return Counter(life.appeared for life in self._history.edge_lives)

    @cached_property
    def _gone(self) -> list[EdgeLife]:
        return [life for life in self._history.edge_lives if life.vanished is not None]

    @cached_property
    def _place(self) -> dict[int, int]:
        return {id(life): place for place, life in enumerate(self._gone)}

    @cached_property
    def _by_source(self) -> tuple[list[EdgeLife], list[str]]:
        """The imports that are no more by what made them, and what made each."""
        lives = sorted(self._gone, key=attrgetter("source"))
        return lives, [life.source for life in lives]

    @cached_property
    def _by_target(self) -> tuple[list[EdgeLife], list[str]]:
        """The same by what was imported."""
        lives = sorted(self._gone, key=attrgetter("target"))
        return lives, [life.target for life in lives]

    @cached_property
    def _came(self) -> dict[str, int]:
        came: dict[str, int] = {}
        for life in self._history.edge_lives:
            if life.external:
                came[life.target] = min(life.appeared_time, came.get(life.target, life.appeared_time))
        return came

    def _of_files(self, value: Callable[[FileHistory], int]) -> Ints:
        histories = map(self._history.files.get, self._graph.paths)
        return np.array([0 if history is None else value(history) for history in histories], dtype=np.int64)


def crosses(life: EdgeLife, statement: Statement) -> bool:
    """Whether a past import would have broken the statement: between different ends, and by none of its exceptions."""
    source = next((end for end in statement.sources if end.path is not None and life.source.startswith(end.path)), None)
    if source is None or any(life.source.startswith(end.path) for end in statement.allowed if end.path):
        return False
    if life.external:
        return any(end.external and end.module == life.target for end in statement.forbidden)
    target = next(
        (end for end in statement.forbidden if end.path is not None and life.target.startswith(end.path)), None
    )
    if target is None or target == source or life.target.startswith(source.path or "\0"):
        return False
    return (source.path, target.path) not in {(exception.from_, exception.to) for exception in statement.exceptions}


def _below(beginning: str, lives: Sequence[EdgeLife], keys: Sequence[str]) -> Sequence[EdgeLife]:
    """The lives, given in the order of their keys, whose key begins so."""
    start = bisect_left(keys, beginning)
    return lives[start : bisect_left(keys, beginning + _LAST, start)]
