"""Statements about who alone imports a unit: nobody, or a few places, all of them named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from archaeology.boundaries.containers import beside, module_of
from archaeology.boundaries.draft import Details, Draft
from archaeology.boundaries.statement import Form, ends_of
from archaeology.boundaries.view import View
from archaeology.distinct import distinct
from archaeology.model import End

# Fewer that could import a unit and do not say nothing.
_MIN_BELOW = 2
# Importers are named up to so many, and no more than one for so many that do not import.
_MAX_PLACES = 3
_MAX_OUTSIDE = 2
_TESTS = frozenset({"test", "tests", "testing"})
_MANY_FOR_A_SLIP = 3
_STARTED = frozenset({"main", "__main__"})
_FOR_EACH = 5
_SHORTEST = 4


def column_statements(view: View) -> Iterator[Draft]:
    """Yield what is said of each unit that nobody, or hardly anybody, imports although many could."""
    paths, member, folder = view.graph.paths, view.container.member, view.container.path
    counts = view.container.imports
    importing = _Importers(view)
    lower = (view.above & view.major[:, None]).T
    for unit in np.flatnonzero(view.major).tolist():
        if view.container.units[unit].name.strip("_") in _TESTS:
            continue  # nobody would
        below = np.flatnonzero(lower[unit]).tolist()
        importers = importing.of(unit)
        # Imports against the stream are exceptions where they are few, all others make places that may.
        rest = [
            source for source, owner in zip(importers, member[importers].tolist(), strict=True) if owner not in below
        ]
        if _MANY_FOR_A_SLIP * (len(importers) - len(rest)) > len(rest) > 0:
            rest, below = importers, [other for other in below if not counts[other, unit]]
        if len(below) < _MIN_BELOW:
            continue
        if all(_is_facade(view, source) or not paths[source].startswith(folder) for source in rest):
            for draft in view.draft(Form.TOP, below, [unit]):
                yield draft._replace(details=partial(_of_top, draft, view, unit))
        elif view.container.units[unit].files > 1 and not any(_is_facade(view, source) for source in rest):
            places = sorted({beside(paths[source], folder) for source in rest})
            yield from _only(view, unit, below, places, importing)


def _only(view: View, unit: int, below: list[int], places: Sequence[str], importing: _Importers) -> Iterator[Draft]:
    """That only those import a unit that do: a few places inside the container, a few beside it."""
    folder, units = view.container.path, view.container.units
    inside = [place for place in places if place.startswith(folder)]
    if (
        len(inside) > max(1, len(below) // _FOR_EACH)
        or len(places) - len(inside) > _MAX_OUTSIDE
        or len(places) > _MAX_PLACES
    ):
        return
    known = {unit.path: unit for unit in units} | {unit.beside: unit for unit in units if unit.beside}
    named = ends_of(dict.fromkeys(known[place] for place in places if place in known))
    others = tuple(_end(view, place) for place in places if place not in known)
    if all(_is_its_door(units[unit].name, place, folder) for place in places):
        return
    for draft in view.draft(Form.COLUMN, below, [unit]):
        details = partial(_of_column, draft, view, unit, tuple(places), importing)
        yield draft._replace(allowed=(*named, *others), details=details)


def _of_top(draft: Draft, view: View, unit: int) -> Details:
    return {**draft.details(), "unseen": _is_called(view, unit)}


def _of_column(draft: Draft, view: View, unit: int, places: tuple[str, ...], importing: _Importers) -> Details:
    told, paths = draft.details(), view.graph.paths
    annotated = any(not paths[source].startswith(places) for source in importing.of(unit, weak=True))
    return {
        **told,
        "importers": tuple(paths[source] for source in importing.of(unit)),
        "typing_only": told["typing_only"] or annotated,
        "unseen": _is_called(view, unit),
    }


def _is_its_door(name: str, place: str, folder: str) -> bool:
    """Whether a place is what a unit shows to others by its name: `reader` before `readers`."""
    other = place.removeprefix(folder).rstrip("/").partition(".")[0].lower()
    return len(other) >= _SHORTEST and name.lower().startswith(other)


def _is_facade(view: View, source: int) -> bool:
    """Whether a file shows the container's units to others: what it hands on reaches anybody."""
    path = view.graph.paths[source]
    inside = bool(view.container.member[source] < 0) and path.startswith(view.container.path)
    return inside and path.rpartition("/")[2].partition(".")[0] not in _STARTED


class _Importers:
    """Who imports the units of a container: the imports that lead into one from outside it are sorted out once for all of them."""

    def __init__(self, view: View) -> None:
        source, target, weak = view.graph.made
        into = view.container.member[target]
        found = np.flatnonzero((into >= 0) & (into != view.container.member[source]))
        files, kinds = len(view.graph.paths), 2 * into[found].astype(np.int64) + weak[found]
        # One number says which unit, in which way, and who; in order, those of a unit stand together.
        packed = distinct(kinds * files + source[found])
        self._sources: list[int] = (packed % files).tolist()
        self._starts: list[int] = np.searchsorted(packed, np.arange(2 * len(view.container.held) + 1) * files).tolist()

    def of(self, unit: int, *, weak: bool = False) -> list[int]:
        """Return all product files outside a unit that import it, wherever they lie; ``weak`` for those that do so in annotations only."""
        kind = 2 * unit + weak
        return self._sources[self._starts[kind] : self._starts[kind + 1]]


def _is_called(view: View, unit: int) -> bool:
    """Whether settings name a part of it, or something outside the container uses it without an import."""
    graph, member = view.graph, view.container.member
    outside = (member[graph.used[:, 1]] == unit) & (member[graph.used[:, 0]] != unit) & ~graph.aside[graph.used[:, 0]]
    return bool(outside.any()) or bool(graph.called[member == unit].any())


def _end(view: View, place: str) -> End:
    return End(module=module_of(place, view.graph, list(view.graph.below(place))), path=place)
