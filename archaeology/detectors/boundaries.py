"""Observations about import boundaries: what was counted, how long it has held, and what names, texts and gates say of it.

Why this is evidence of intent: that nobody imports a neighbour is an accident where both hardly import anything; it is a decision
where chance would have made many such imports, through many changes, and more so where somebody once made one and took it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from archaeology.boundaries.graph import FileGraph, Ints
from archaeology.boundaries.statement import Form, Key, Statement
from archaeology.boundaries.study import study
from archaeology.boundaries.support import Support, Witnesses
from archaeology.boundaries.wording import family_of, observed_sentence
from archaeology.distinct import distinct
from archaeology.facts import Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Citation, End, Observation
from archaeology.reader import preload

_MAX_CITED = 3
_NONE: Ints = np.zeros(0, dtype=np.int64)


def detect_boundaries(facts: Facts) -> Iterator[Observation]:
    """Yield for each boundary worth weighing what was counted, followed by what supports it or speaks against it."""
    graph, statements = study(facts)
    places = [_cited(facts, graph, statement) for statement in statements]
    preload(facts.reader, {path for cited in places for path, _ in cited})  # one by one they cost ten times as much
    witnesses = Witnesses(facts, graph)
    comparisons = sum(not statement.enforced for statement in statements)
    for statement, cited in zip(statements, places, strict=True):
        key = statement.key
        boundary = stable_id("bnd", *key)
        yield _observation(
            statement,
            key,
            Category.STRUCTURAL,
            observed_sentence(statement),
            tuple(facts.reader.cite_lines(path, line, line) for path, line in cited),
            boundary=boundary,
            statement=_data(statement),
            probability=statement.chance,
            comparisons=comparisons,
        )
        for support in witnesses.of(statement):
            yield _observation(
                statement,
                key,
                support.category,
                support.summary,
                support.citations,
                boundary=boundary,
                **_support_data(support),
            )


def _observation(
    about: Statement, key: Key, category: Category, summary: str, citations: tuple[Citation, ...], **data: Any
) -> Observation:
    return Observation(
        id=stable_id("obs", category.value, key, data.get("term", "counted")),
        category=category,
        family=family_of(about),
        summary=summary,
        subject=(*key[1], *key[2])[:12],
        citations=citations,
        data=data,
    )


def _support_data(support: Support) -> dict[str, Any]:
    return {"term": support.term, "effect": support.effect, "against": support.against, "by": support.by}


def _data(statement: Statement) -> dict[str, Any]:
    said = statement.model_dump(mode="json", by_alias=True)
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in said.items()}


def _cited(facts: Facts, graph: FileGraph, statement: Statement) -> tuple[tuple[str, int], ...]:
    """Imports that show that the two sides do meet, by file and line; for an external package, where it is imported."""
    if statement.form in {Form.VENDOR_ONLY, Form.VENDOR_FREE}:
        found = [
            (edge.source, edge.line)
            for end in statement.forbidden
            for edge in {edge.source: edge for edge in reversed(facts.imports.of_package(end.module))}.values()
            if not graph_aside(graph, edge.source)
        ]
        return tuple(sorted(found)[:_MAX_CITED])
    cited: dict[int, tuple[str, int]] = {}
    for edge in _shows(graph, statement):
        source = int(graph.source[edge])
        path, target = graph.paths[source], graph.paths[graph.target[edge]]
        line = next(
            (one.line for one in facts.imports.leaving(path) if one.source == path and one.target == target), None
        )
        if line is not None and source not in cited:
            cited[source] = path, line
        if len(cited) == _MAX_CITED:
            break
    return tuple(cited.values())


def _shows(graph: FileGraph, statement: Statement) -> list[int]:
    """The imports worth showing: siblings and private modules by what is imported instead, all others by the way back."""
    level = statement.form in {Form.SIBLINGS, Form.PRIVATE}
    edges = _leaving(graph, statement.sources if level else statement.forbidden)
    edges = edges[~graph.aside[graph.source[edges]]]
    start, end = graph.source[edges], graph.target[edges]
    sources = _numbered(graph, statement.sources)
    if level:
        outside = _numbered(graph, statement.forbidden)[end] < 0
        chosen = outside if statement.form is Form.SIBLINGS else outside & (sources[end] < 0)
    else:
        chosen = (sources[end] >= 0) & (sources[start] != sources[end])
    shown: list[int] = edges[chosen].tolist()
    return shown


def _leaving(graph: FileGraph, ends: Sequence[End]) -> Ints:
    """The imports that begin in some ends, in the order of the graph, each once."""
    leaving = sorted(
        {(one.start, one.stop) for end in ends if end.path is not None for one in [graph.leaving(end.path)]}
    )
    if not leaving:
        return _NONE
    edges = np.concatenate([np.arange(start, stop) for start, stop in leaving])
    # Ends hardly ever lie in one another: what stands in order then stands there once.
    apart = all(stop <= start for (_, stop), (start, _) in pairwise(leaving))
    return edges if apart else distinct(edges)


def _numbered(graph: FileGraph, ends: Sequence[End]) -> Ints:
    """For each file the number of the end that holds it, or -1."""
    number = np.full(len(graph.paths), -1, dtype=np.int64)
    for position, path in enumerate(end.path for end in ends if end.path is not None):
        files = graph.below(path)
        number[files.start : files.stop] = position
    return number


def graph_aside(graph: FileGraph, path: str) -> bool:
    """Whether a path is a test or an example, or no code at all."""
    number = graph.index.get(path)
    return number is None or bool(graph.aside[number])
