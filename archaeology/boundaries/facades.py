"""Statements about what is nobody else's business: private modules behind a facade."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from archaeology.boundaries.containers import Container
from archaeology.boundaries.graph import FileGraph, is_veiled
from archaeology.boundaries.statement import Form, Statement, allow, test_globs
from archaeology.checks.globs import ANYTHING
from archaeology.distinct import distinct
from archaeology.model import End

_MIN_PRIVATE = 3
_MIN_OUTSIDE = 5
_MAX_BROKEN = 5


def private_statements(container: Container, graph: FileGraph) -> Iterator[Statement]:
    """For each package of the container with private modules: the neighbours that import the package but never those."""
    veiled = graph.veiled[container.member[graph.veiled] >= 0]
    owners = container.member[veiled]
    for number in distinct(owners).tolist():
        unit = container.units[number]
        hidden = [n for n in veiled[owners == number].tolist() if _is_private(graph.paths[n], unit.path)]
        if not unit.is_package or len(hidden) < _MIN_PRIVATE:
            continue
        outside = (container.member[graph.source] >= 0) & (container.member[graph.source] != number)
        into = outside & (container.member[graph.target] == number)
        on_private = into & np.isin(graph.target, hidden)
        broken = sorted(
            (graph.paths[graph.source[edge]], graph.paths[graph.target[edge]])
            for edge in np.flatnonzero(on_private & ~graph.aside[graph.source]).tolist()
        )
        others = [
            other for other in range(len(container.units)) if other != number and container.imports[other, number]
        ]
        tests = test_globs(graph, tuple(container.units[other].path for other in others))
        if into.sum() - on_private.sum() < _MIN_OUTSIDE or len(broken) > _MAX_BROKEN:
            continue
        yield Statement(
            form=Form.PRIVATE,
            container=container.path,
            sources=container.ends(others),
            forbidden=tuple(End(module=graph.modules[n], path=graph.paths[n]) for n in hidden),
            exceptions=allow([*broken, *((glob, ANYTHING) for glob in tests)]),
            expected=float(into.sum()) * len(hidden) / max(1, unit.files),
            observed=len(broken),
            broken=broken[0] if broken else None,
            reverse=int(into.sum() - on_private.sum()),
            attempts=int(into.sum()),
            share=float(container.imports[:, number].sum() / max(1, container.traffic)),
        )


def _is_private(path: str, package: str) -> bool:
    return is_veiled(path.removeprefix(package))
