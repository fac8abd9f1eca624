"""What other sources say about a boundary: its past, its names, its texts, its gates and its tests."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from archaeology.boundaries.graph import FileGraph
from archaeology.boundaries.roles import is_inner, is_outer
from archaeology.boundaries.stated import Stated
from archaeology.boundaries.statement import Form, Statement
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
_REPAIRED = 0.7
_MAX_REPAIRED = 1.4


# Words by which a reason speaks of keeping two things apart.
_KEPT_APART = frozenset(
    "decouple decouples decoupled decoupling independent independently isolate isolated isolation separate separated separation "
    "without circular cycle cycles depend depends dependency dependencies import imports importing layer layering boundary".split()
)


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


def supports(facts: Facts, graph: FileGraph, stated: Stated, statement: Statement) -> Iterator[Support]:
    """Yield what speaks for and against a statement, from all categories but the structural one."""
    for found in (_held(facts, graph, statement), _named(facts, graph, statement), _gated(facts, stated, statement)):
        if found is not None:
            yield found
    yield from _repaired(facts, statement)
    yield from _explained(facts, statement)


def _files(graph: FileGraph, ends: Sequence[End]) -> list[str]:
    """The product files of some ends."""
    mask = graph.inside(end.path for end in ends if end.path is not None) & ~graph.aside
    return [graph.paths[number] for number in np.flatnonzero(mask).tolist()]


def _held(facts: Facts, graph: FileGraph, statement: Statement) -> Support | None:
    """For how many changes of the sources' files nobody has made the import, both sides being there."""
    histories = [facts.history.files.get(path) for path in _files(graph, statement.sources)]
    sources = [history for history in histories if history is not None]
    changes = sum(history.revisions for history in sources)
    if changes < _MIN_CHANGES:
        return None
    others = [facts.history.files.get(path) for path in _files(graph, statement.forbidden)]
    forbidden = [history.first_time for history in others if history is not None]
    began = max(min(history.first_time for history in sources), min(forbidden, default=0))
    first = next((commit for commit in reversed(facts.history.commits) if commit.time >= began), None)
    cited = () if first is None else (facts.reader.cite_commit(first.oid, first.subject),)
    years = max(0.0, (facts.history.last_time or began) - began) / _YEAR
    return Support(
        Category.HISTORICAL,
        "held",
        f"It has held through {changes} changes of files in {listed(statement.sources, statement.container)}, since {_day(began)}.",
        round(min(_MAX_HELD, _HELD * math.log2(1 + changes / 10)) * min(1.0, years), 3),
        cited,
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


def _repaired(facts: Facts, statement: Statement) -> Iterator[Support]:
    """Imports across the boundary that were made once and taken out again."""
    lives = [life for life in facts.history.edge_lives if life.vanished is not None and _crosses(life, statement)]
    if not lives:
        return
    last = max(lives, key=lambda life: (life.vanished_time or 0, life.source, life.target))
    cited = (facts.reader.cite_commit(last.vanished or "", last.reason),) if last.reason else ()
    times = "once" if len(lives) == 1 else f"{len(lives)} times"
    source, target = visible_line(last.source), visible_line(last.target)
    yield Support(
        Category.HISTORICAL,
        "repaired",
        f"It was broken and repaired {times}; last `{source}` stopped importing `{target}`.",
        round(min(_MAX_REPAIRED, _REPAIRED * math.log2(1 + len(lives))), 3),
        cited,
    )


def _crosses(life: EdgeLife, statement: Statement) -> bool:
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


def _explained(facts: Facts, statement: Statement) -> Iterator[Support]:
    """Reasons in commit messages that name both sides."""
    inner = {short(end, statement.container).lower() for end in statement.sources}
    outer = {short(end, statement.container).lower() for end in statement.forbidden}
    for reason in facts.history.reasons:
        said = set(reason.sentence.lower().replace("`", " ").replace(".", " ").split())
        if said & inner and said & outer - inner and said & _KEPT_APART:
            yield Support(
                Category.HISTORICAL,
                "explained",
                "A commit gives a reason that names both sides.",
                0.4,
                (facts.reader.cite_commit(reason.commit, reason.sentence),),
            )
            return
