"""Statements about the order of the units in one container: ground, top, rows, columns, and the whole stack."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.chance import Floats, expected_imports
from archaeology.boundaries.circles import never_in_circles, order_is_given, refused_by_build
from archaeology.boundaries.columns import column_statements
from archaeology.boundaries.containers import Container, paths_of
from archaeology.boundaries.graph import Bools, FileGraph, Ints
from archaeology.boundaries.heights import Order, order
from archaeology.boundaries.roles import role_height
from archaeology.boundaries.statement import (
    Form,
    Statement,
    allow,
    chosen,
    test_globs,
    within_themselves,
)
from archaeology.boundaries.units_elsewhere import used_unseen
from archaeology.checks.globs import ANYTHING

# Fewer imports between units than this say nothing about their order.
MIN_IMPORTS = 8
MIN_UNITS = 3
# How much higher an unconnected unit must stand to count as above.
_CLEARLY_HIGHER = 0.2
_MAX_STACK_UNITS = 24
_MIN_LAYERS = 3
MAX_BROKEN = 6
# A unit below this part of the traffic is left out of other units' statements, unless it is a package of some size.
_MINOR_TRAFFIC = 0.02
_MINOR_FILES = 2
# Up to so many units are named as they are; of more only the roles; where no name says a role and there are too many, the heaviest.
_EASILY_NAMED = 4
_WEIGHTY = 0.01
# One role alone draws no picture: units with this part of the traffic (the framework, the runner) are named beside it.
_A_PICTURE = 2
_HEAVY = 0.05
_MAX_NAMED = 26
_MANY_NAMED = 8


def layer_statements(view: View) -> Iterator[Statement]:
    """Yield what the order of a container's units says, or nothing where they hardly import each other."""
    if len(view.container.units) < MIN_UNITS or view.container.imports.sum() < MIN_IMPORTS:
        return
    yield from view.rows()
    yield from column_statements(view)
    yield from view.stack()


class View:
    """One container, its order, and what chance would expect of it."""

    def __init__(self, container: Container, graph: FileGraph) -> None:
        """Look at a container of this graph."""
        self.container = container
        self.graph = graph

    @cached_property
    def order(self) -> Order:
        """Which units stand above which."""
        return order(self.container)

    @cached_property
    def expected(self) -> Floats:
        """How many imports chance would make between two units."""
        return expected_imports(self.container)

    @cached_property
    def traffic(self) -> Ints:
        """How many imports begin or end in each unit."""
        return np.asarray(self.container.imports.sum(axis=0) + self.container.imports.sum(axis=1))

    @cached_property
    def major(self) -> Bools:
        """Which units count in what is said of others."""
        files = np.array([unit.files for unit in self.container.units])
        busy = self.traffic >= _MINOR_TRAFFIC * self.traffic.sum()
        return np.asarray((self.traffic > 0) & (busy | (files > _MINOR_FILES)))

    @cached_property
    def refused(self) -> Bools:
        """Which units cannot be part of a circle."""
        return never_in_circles(self.container, self.graph)

    @cached_property
    def unnamed(self) -> Bools:
        """Which pairs a build keeps apart."""
        return refused_by_build(self.container, self.graph, self.graph.builds)

    @cached_property
    def unlisted(self) -> Bools:
        """Which pairs of packages of JavaScript do not ask for one another."""
        return refused_by_build(self.container, self.graph, self.graph.workspaces)

    @cached_property
    def unseen(self) -> Bools:
        """Which units use which others without an import."""
        return used_unseen(self.container, self.graph)

    @cached_property
    def above(self) -> Bools:
        """above[i, j]: j stands above i and is not imported by it, although it could be."""
        return np.asarray(self._silent & ~self._given)

    @cached_property
    def enforced(self) -> Bools:
        """The same of those that a language or a build keeps apart."""
        return np.asarray(self._silent & self._given)

    @cached_property
    def _imported(self) -> list[set[int]]:
        """What each unit imports."""
        found: list[set[int]] = [set() for _ in self.container.units]
        for source, target in np.argwhere(self.container.imports).tolist():
            found[source].add(target)
        return found

    @cached_property
    def _made(self) -> list[int]:
        """How many imports each unit makes at all."""
        made: list[int] = (self.container.imports.sum(axis=1) + self.container.inner).tolist()
        return made

    @cached_property
    def _busy(self) -> list[int]:
        busy: list[int] = self.traffic.tolist()
        return busy

    @cached_property
    def _given(self) -> Bools:
        return np.asarray((self.order.reaches.T & self.refused[:, None] & self.refused[None, :]) | self.unnamed)

    @cached_property
    def _silent(self) -> Bools:
        return np.asarray(_above(self.container, self.order) & self.container.could & ~self.container.sealed[None, :])

    def rows(self) -> Iterator[Statement]:
        """Each unit that others stand on: it imports nothing that stands above it."""
        counts = self.container.imports
        importing: Bools = np.asarray(counts.any(axis=1))
        downward: Bools = np.asarray(((counts > 0) & ~self.order.against).any(axis=1))
        higher = self.above & self.major
        small: list[int] = []
        for unit in np.flatnonzero(self.major & counts.any(axis=0)).tolist():
            above = np.flatnonzero(higher[unit]).tolist()
            if not above:
                yield from self._enforced(unit)
                continue
            stands_alone = not downward[unit]
            if stands_alone and not self.container.units[unit].is_package and not importing[unit]:
                small.append(unit)
                continue
            # What is used all the same, without an import, is not named beside what is not used at all.
            unused = [other for other in above if not self.unseen[unit, other]] or above
            yield from self.statement(Form.GROUND if stands_alone else Form.ROW, [unit], self.worth_naming(unused))

        if small:
            above = np.flatnonzero(self.above[small].any(axis=0) & self.major).tolist()
            yield from self.statement(Form.GROUND, small, sorted({*above, *(small if len(small) > 1 else ())}))

    def _enforced(self, unit: int) -> Iterator[Statement]:
        """What a compiler or a build refuses: worth a word where a document or a gate says that it is meant."""
        above = np.flatnonzero(self.enforced[unit] & self.major).tolist()
        if above and self.container.units[unit].is_package:
            for statement in self.statement(Form.ROW, [unit], self.worth_naming(above)):
                yield statement.model_copy(update={"enforced": True})

    def stack(self) -> Iterator[Statement]:
        """The whole container from top to bottom, where it has at least three levels and no import goes upwards.

        An order that the code breaks today is no order: its parts are told one by one, with what breaks each. Where imports cannot
        go in circles there always is an order.
        """
        if order_is_given(self.refused[self.major]):
            return
        counts, level = self.container.imports, self.order.level
        heaviest = int(np.argmax(self.traffic))
        chosen = np.flatnonzero(self.major & self.container.could[heaviest]).tolist()
        upward = (counts > 0)[np.ix_(chosen, chosen)] & self.order.against[np.ix_(chosen, chosen)]
        levels = sorted({int(level[unit]) for unit in chosen}, reverse=True)
        if len(levels) < _MIN_LAYERS or len(chosen) > _MAX_STACK_UNITS or upward.any():
            return
        layers = [[unit for unit in chosen if level[unit] == step] for step in levels]
        sources = [unit for layer in layers[1:] for unit in layer]
        forbidden = [unit for layer in layers[:-1] for unit in layer]
        downward = {(s, t) for s in sources for t in forbidden if s != t and level[s] >= level[t]}
        yield from self.statement(Form.STACK, sources, forbidden, downward, layers)

    def statement(
        self,
        form: Form,
        sources: list[int],
        forbidden: list[int],
        allowed: set[tuple[int, int]] | None = None,
        layers: Sequence[Sequence[int]] = (),
    ) -> Iterator[Statement]:
        """Count what belongs to a statement about these units; nothing where too many imports say otherwise."""
        counts, container, units = self.container.imports, self.container, self.container.units
        allowed = allowed or set()
        pairs = _pairs(sources, forbidden, allowed, len(units))
        made = counts.take(pairs)
        if made.sum() > MAX_BROKEN:
            return
        broken = self.crossings(pairs[made > 0])
        rows, columns = np.divmod(pairs, len(units))
        higher = self.order.height.take(columns) - self.order.height.take(rows)
        passes = [pair for s, t in sorted(allowed) for pair in product(paths_of(units[s]), paths_of(units[t]))]
        inside = frozenset(sources)
        own = within_themselves(chosen(container, inside.intersection(forbidden)))
        folders = tuple(path for s in sources for path in paths_of(units[s]))
        tests = [(glob, ANYTHING) for glob in test_globs(self.graph, folders)]
        moved = int(counts.take(columns * len(units) + rows).sum())
        above = [t for t in forbidden if t not in inside]
        builders = [t for t in above if not self._imported[t].isdisjoint(inside)]
        yield Statement(
            form=form,
            container=container.path,
            sources=container.ends(sources),
            forbidden=container.ends(forbidden),
            exceptions=allow([*passes, *own, *broken, *tests]),
            layers=tuple(tuple(units[unit].path for unit in layer) for layer in layers),
            typing_only=_any(container.typing_imports, pairs),
            built_on=builders == above,
            unseen=_any(self.unseen, pairs),
            unlisted=not _any(~self.unlisted, pairs),
            builders=container.ends(builders),
            expected=float(self.expected.take(pairs).sum()),
            observed=len(broken),
            broken=broken[0] if broken else None,
            reverse=moved,
            attempts=sum(self._made[s] for s in sources),
            share=sum(self._busy[unit] for unit in inside.union(forbidden)) / max(1, sum(self._busy)),
            clarity=float(higher.sum() / len(higher)),
        )

    def crossings(self, pairs: Ints) -> list[tuple[str, str]]:
        """The files that import each other across pairs of units, each packed as source × units + target, as paths."""
        if not len(pairs):
            return []
        graph = self.graph
        across = np.isin(self.container.cell, pairs) & ~graph.weak
        return sorted(
            (graph.paths[graph.source[edge]], graph.paths[graph.target[edge]])
            for edge in np.flatnonzero(across).tolist()
        )

    def worth_naming(self, chosen: list[int]) -> list[int]:
        """The units that a person would name: a few, or those whose names say a role; where none does all, or the heaviest.

        Who lays down what a unit may not know thinks of roles (the commands, the views, the storage) that carry weight, and where
        these are fewer than two also of what much of the program goes through; that it does not know some small neighbour either is mostly an accident, and a list of
        twenty names says nothing.
        """
        if len(chosen) <= _EASILY_NAMED:
            return chosen
        traffic, whole = self.traffic, self.traffic.sum()
        roles = [unit for unit in chosen if role_height(self.container.units[unit].name) is not None]
        if roles:
            named = [unit for unit in roles if traffic[unit] >= _WEIGHTY * whole] or roles
            busy = [unit for unit in chosen if traffic[unit] >= _HEAVY * whole] if len(named) < _A_PICTURE else []
            return sorted({*named, *busy})
        heavy = sorted(chosen, key=lambda unit: (-int(self.traffic[unit]) - self.container.units[unit].files, unit))
        return chosen if len(chosen) <= _MAX_NAMED else sorted(heavy[:_MANY_NAMED])


def _any(marks: NDArray[Any], pairs: Ints) -> bool:
    return bool(marks.take(pairs).any())


def _pairs(sources: list[int], forbidden: list[int], allowed: Collection[tuple[int, int]], count: int) -> Ints:
    """Each source with each that is forbidden to it, but for itself and what is allowed; packed as source × count + forbidden."""
    every = (np.array(sources)[:, None] * count + np.array(forbidden)).ravel()
    chosen = every % (count + 1) != 0
    if allowed:
        chosen &= np.isin(every, [source * count + target for source, target in allowed], invert=True)
    return np.asarray(every[chosen])


def _above(container: Container, view: Order) -> Bools:
    """above[i, j]: j stands above i, and i does not import it, or only against the stream."""
    silent = (container.imports == 0) | view.against
    reached = view.reaches.T & ~view.reaches
    apart = ~view.reaches & ~view.reaches.T
    higher = view.height[None, :] - view.height[:, None] > _CLEARLY_HIGHER
    above = silent & (reached | (apart & higher))
    np.fill_diagonal(above, False)
    return np.asarray(above)
