"""What other sources say about a boundary: its past, its names, its texts, its gates and its tests."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import numpy as np

from archaeology.boundaries.graph import Bools, FileGraph
from archaeology.boundaries.past import Past
from archaeology.boundaries.repairs import repairs_among
from archaeology.boundaries.roles import is_inner, is_outer
from archaeology.boundaries.sentences import Sentences
from archaeology.boundaries.stated import Stated
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.texts import sides
from archaeology.boundaries.wording import listed, short
from archaeology.facts import Facts
from archaeology.history.model import EdgeLife
from archaeology.model import Category, Citation, End
from archaeology.text import visible_line

_ALL = 0.95
_MIN_CHANGES = 5
_YEAR = 365.25 * 86_400
# A boundary that has held for less than a year is not settled yet: it counts by the part of the year.
_HELD = 0.25
_MAX_HELD = 1.2
_REPAIRED = 0.5
_DOCUMENTED = 1.0
_COMMENTED = 0.5
_EXPLAINED = 0.4
_MAX_REPAIRED = 1.0


@dataclass(frozen=True, slots=True)
class Support:
    """Something that moves the confidence of a boundary by ``effect`` (log-odds); ``against`` marks counter-evidence, ``by`` names what states it."""

    category: Category
    term: str
    summary: str
    effect: float
    citations: tuple[Citation, ...] = ()
    against: bool = False
    by: str = ""


class Witnesses:
    """Everybody who may say something about the boundaries of one repository, asked statement by statement."""

    def __init__(self, facts: Facts, graph: FileGraph) -> None:
        """Call them up for these facts and their graph."""
        self._facts = facts
        self._graph = graph
        self._past = Past(facts, graph)
        self._stated = Stated(facts.gates)
        self._sentences = Sentences(facts)

    def of(self, statement: Statement) -> Iterator[Support]:
        """Yield what speaks for and against a statement, from all categories but the structural one."""
        facts, graph = self._facts, self._graph
        lives = self._past.ended_across(statement)
        for found in (
            _held(facts, graph, self._past, statement, max((life.vanished_time or 0 for life in lives), default=0)),
            _named(facts, graph, statement),
            _gated(facts, self._stated, statement),
            _repaired(facts, repairs_among(lives, self._past)),
        ):
            if found is not None:
                yield found
        yield from _said(facts, graph, self._sentences, statement)


def _inside(graph: FileGraph, ends: Sequence[End]) -> Bools:
    """A mask of the files of some ends."""
    return graph.inside([end.path for end in ends if end.path is not None])


def _files(graph: FileGraph, ends: Sequence[End]) -> list[str]:
    return [graph.paths[number] for number in np.flatnonzero(_inside(graph, ends) & graph.product).tolist()]


def _held(facts: Facts, graph: FileGraph, past: Past, statement: Statement, last_break: int) -> Support | None:
    """For how many changes of the sources' files nobody has made the import: since both sides are there and the last such import went."""
    sources = np.flatnonzero(_inside(graph, statement.sources) & past.living)
    if not len(sources):
        return None
    forbidden = past.first_times[_inside(graph, statement.forbidden) & past.living]
    there = max(
        int(past.first_times[sources].min()),
        int(forbidden.min()) if forbidden.size else 0,
        past.came(end.module for end in statement.forbidden if end.external),
    )
    now = max(there, facts.history.last_time or there)
    began = min(now, max(there, last_break))
    # When each change was made is not kept; they are taken to be spread evenly.
    made = int(past.revisions[sources].sum())
    changes = round(made * (now - began) / (now - there)) if now > there else 0
    if changes < _MIN_CHANGES:
        return None
    return Support(
        Category.HISTORICAL,
        "held",
        f"It has held through {changes} changes of files in {listed(statement.sources, statement.container)}, since {_day(began)}, "
        f"when {'the last such import went' if began > there else 'both sides were there for the first time'}.",
        round(min(_MAX_HELD, _HELD * math.log2(1 + changes / 10)) * min(1.0, (now - began) / _YEAR), 3),
        past.cite_since(began),
    )


def _day(moment: int) -> str:
    try:
        return datetime.fromtimestamp(moment, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):  # git allows years that the calendar does not
        return "an unknown day"


def _named(facts: Facts, graph: FileGraph, statement: Statement) -> Support | None:
    """Names that teams give to an inside and to an outside."""
    inner = [end for end in statement.sources if is_inner(short(end, statement.container))]
    outer = [end for end in statement.forbidden if end.external or is_outer(short(end, statement.container))]
    if not inner or not outer or statement.form is Form.STACK:
        return None
    name = short(inner[0], statement.container)
    other = short(outer[0], statement.container)
    path = next(iter(_files(graph, inner[:1])), None)
    cited = () if path is None or not facts.reader.text(path) else (facts.reader.cite_lines(path, 1, 1),)
    return Support(
        Category.TEXTUAL, "named", f"`{name}` is a name for an inside, `{other}` for an outside.", 0.5, cited
    )


def _gated(facts: Facts, stated: Stated, statement: Statement) -> Support | None:
    found = stated.by(statement)
    if found is None:
        return None
    gate, part = found
    said = "such imports" if part > _ALL else "most such imports"
    return Support(
        Category.EVIDENCE,
        "gate",
        f"The gate {visible_line(gate.name)!r} already refuses {said}.",
        round(1.5 * part, 3),
        (facts.reader.cite_gate(gate),),
        by=f"The gate {visible_line(gate.name)!r}",
    )


def _repaired(facts: Facts, lives: Sequence[EdgeLife]) -> Support | None:
    """Imports across the boundary that were made once and soon, or with a reason, taken out again."""
    if not lives:
        return None
    last = max(lives, key=lambda life: (life.vanished_time or 0, life.source, life.target))
    cited = (facts.reader.cite_commit(last.vanished or "", last.reason),) if last.reason else ()
    repairs = len({life.vanished for life in lives})
    times = "once" if repairs == 1 else f"{repairs} times"
    source, target = visible_line(last.source), visible_line(last.target)
    return Support(
        Category.HISTORICAL,
        "repaired",
        f"It was broken and repaired {times}; last `{source}` stopped importing `{target}`.",
        round(min(_MAX_REPAIRED, _REPAIRED * math.log2(1 + repairs)), 3),
        cited,
    )


def _said(facts: Facts, graph: FileGraph, sentences: Sentences, statement: Statement) -> Iterator[Support]:
    """What documents, comments and commit messages say in so many words."""
    names = sides(statement)
    if names is None:
        return
    rule = sentences.rule_about(names)
    if rule is not None:
        where = visible_line(rule.path)
        cited = facts.reader.cite_lines(rule.path, rule.start_line, rule.end_line)
        yield Support(
            Category.TEXTUAL,
            "document",
            f"A sentence in {where} lays it down.",
            _DOCUMENTED,
            (cited,),
            by=f"{where}, line {rule.start_line},",
        )
    found = sentences.comment_about(partial(_files, graph, statement.sources), names)
    if found is not None:
        path, comment = found
        cited = facts.reader.cite_lines(path, comment.start_line, comment.end_line, comment.symbol)
        yield Support(
            Category.TEXTUAL,
            "comment",
            f"A comment in {visible_line(path)} speaks of both sides.",
            _COMMENTED,
            (cited,),
        )
    reason = sentences.reason_about(names)
    if reason is not None:
        cited_commit = facts.reader.cite_commit(reason.commit, reason.sentence)
        yield Support(
            Category.HISTORICAL,
            "explained",
            "A commit gives a reason that names both sides.",
            _EXPLAINED,
            (cited_commit,),
        )
