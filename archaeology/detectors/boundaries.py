"""Observations about import boundaries: what was counted, how long it has held, and what names, texts and gates say of it.

Why this is evidence of intent: that nobody imports a neighbour is an accident where both hardly import anything; it is a decision
where chance would have made many such imports, through many changes, and more so where somebody once made one and took it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from archaeology.boundaries.graph import Bools, FileGraph, Ints
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.study import study
from archaeology.boundaries.support import Support, Witnesses
from archaeology.boundaries.wording import family_of, observed_sentence
from archaeology.facts import Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, Observation

_MAX_CITED = 3


def detect_boundaries(facts: Facts) -> Iterator[Observation]:
    """Yield for each boundary worth weighing what was counted, followed by what supports it or speaks against it."""
    graph, statements = study(facts)
    lines = _import_lines(facts)
    witnesses = Witnesses(facts, graph)
    comparisons = sum(not statement.enforced for statement in statements)
    for statement in statements:
        boundary = boundary_id(statement)
        yield _observation(
            statement,
            Category.STRUCTURAL,
            observed_sentence(statement),
            _cited(facts, graph, statement, lines),
            boundary=boundary,
            statement=_data(statement),
            probability=statement.chance,
            comparisons=comparisons,
        )
        for support in witnesses.of(statement):
            yield _observation(
                statement,
                support.category,
                support.summary,
                support.citations,
                boundary=boundary,
                **_support_data(support),
            )


def boundary_id(statement: Statement) -> str:
    """Return the id of what a statement says, the same for the same ends."""
    return stable_id("bnd", *statement.key)


def _observation(
    about: Statement, category: Category, summary: str, citations: tuple[Citation, ...], **data: Any
) -> Observation:
    return Observation(
        id=stable_id("obs", category.value, about.key, data.get("term", "counted")),
        category=category,
        family=family_of(about),
        summary=summary,
        subject=tuple(end.path or end.module for end in (*about.sources, *about.forbidden))[:12],
        citations=citations,
        data=data,
    )


def _support_data(support: Support) -> dict[str, Any]:
    return {"term": support.term, "effect": support.effect, "against": support.against, "by": support.by}


def _data(statement: Statement) -> dict[str, Any]:
    said = statement.model_dump(mode="json", by_alias=True)
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in said.items()}


@dataclass(frozen=True)
class _Lines:
    """The first line of each import: by importing and imported file, and the places by external package."""

    by_files: Mapping[tuple[str, str], int]
    by_package: Mapping[str, Sequence[tuple[str, int]]]


def _import_lines(facts: Facts) -> _Lines:
    by_files: dict[tuple[str, str], int] = {}
    by_package: dict[str, dict[str, int]] = {}
    for edge in facts.imports.edges:
        if edge.target is not None:
            by_files.setdefault((edge.source, edge.target), edge.line)
        elif edge.external is not None:
            by_package.setdefault(edge.external, {}).setdefault(edge.source, edge.line)
    return _Lines(by_files, {name: tuple(places.items()) for name, places in by_package.items()})


def _cited(facts: Facts, graph: FileGraph, statement: Statement, lines: _Lines) -> tuple[Citation, ...]:
    """Imports that show that the two sides do meet; for an external package, where it is imported."""
    if statement.form in {Form.VENDOR_ONLY, Form.VENDOR_FREE}:
        found = [
            place
            for end in statement.forbidden
            for place in lines.by_package.get(end.module, ())
            if not graph_aside(graph, place[0])
        ]
        return tuple(facts.reader.cite_lines(path, line, line) for path, line in sorted(found)[:_MAX_CITED])
    cited: list[Citation] = []
    seen: set[int] = set()
    for edge in np.flatnonzero(_shows(graph, statement)).tolist():
        source, target = int(graph.source[edge]), int(graph.target[edge])
        line = lines.by_files.get((graph.paths[source], graph.paths[target]))
        if line is None or source in seen:
            continue
        seen.add(source)
        cited.append(facts.reader.cite_lines(graph.paths[source], line, line))
        if len(cited) == _MAX_CITED:
            break
    return tuple(cited)


def _shows(graph: FileGraph, statement: Statement) -> Bools:
    """The imports worth showing: siblings and private modules by what is imported instead, all others by the way back."""
    sources = _numbered(graph, [end.path for end in statement.sources if end.path is not None])
    forbidden = _numbered(graph, [end.path for end in statement.forbidden if end.path is not None])
    start, end = graph.source, graph.target
    relevant = ~graph.aside[start]
    if statement.form is Form.SIBLINGS:
        return np.asarray(relevant & (sources[start] >= 0) & (forbidden[end] < 0))
    if statement.form is Form.PRIVATE:
        return np.asarray(relevant & (sources[start] >= 0) & (sources[end] < 0) & (forbidden[end] < 0))
    same = (sources[start] >= 0) & (sources[start] == sources[end])
    return np.asarray(relevant & (forbidden[start] >= 0) & (sources[end] >= 0) & ~same)


def _numbered(graph: FileGraph, ends: Sequence[str]) -> Ints:
    """For each file the number of the end that holds it, or -1."""
    number = np.full(len(graph.paths), -1, dtype=np.int64)
    for position, end in enumerate(ends):
        files = graph.below(end)
        number[files.start : files.stop] = position
    return number


def graph_aside(graph: FileGraph, path: str) -> bool:
    """Whether a path is a test or an example, or no code at all."""
    number = graph.index.get(path)
    return number is None or bool(graph.aside[number])
