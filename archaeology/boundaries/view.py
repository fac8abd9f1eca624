"""One container as statements are made of it: its order, what chance would expect of it, and what is counted about some of its units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, partial
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from archaeology.boundaries.chance import Floats, expected_imports
from archaeology.boundaries.circles import never_in_circles, refused_by_build
from archaeology.boundaries.containers import Container, paths_of
from archaeology.boundaries.draft import Details, Draft
from archaeology.boundaries.graph import Bools, FileGraph, Ints
from archaeology.boundaries.heights import Order, heights, order
from archaeology.boundaries.statement import Form, allow, chosen, test_globs, within_themselves
from archaeology.boundaries.units_elsewhere import used_unseen
from archaeology.checks.globs import ANYTHING

MAX_BROKEN = 6
# How much higher an unconnected unit must stand to count as above.
_CLEARLY_HIGHER = 0.2
# A unit below this part of the traffic is left out of other units' statements, unless it is a package of some size.
_MINOR_TRAFFIC = 0.02
_MINOR_FILES = 2


class _About(NamedTuple):
    """What a statement is about, by the numbers of units."""

    sources: Sequence[int]
    forbidden: Sequence[int]
    allowed: Collection[tuple[int, int]]
    layers: Sequence[Sequence[int]]


class View:
    """One container, its order, and what chance would expect of it."""

    def __init__(self, container: Container, graph: FileGraph) -> None:
        """Look at a container of this graph."""
        self.container = container
        self.graph = graph

    @cached_property
    def height(self) -> Floats:
        """How high each unit stands."""
        return heights(self.container)

    @cached_property
    def order(self) -> Order:
        """Which units stand above which."""
        return order(self.container, self.height)

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
        files = np.array([len(files) for files in self.container.held.values()])
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
    def _met(self) -> tuple[Ints, Ints, Ints]:
        """The imports between units at run time: from where, to where, and the pair of units."""
        graph, member = self.graph, self.container.member
        edges = graph.leaving(self.container.path)
        source, target = graph.source[edges], graph.target[edges]
        inside = (member[source] >= 0) & (member[target] >= 0) & ~graph.weak[edges]
        source, target = source[inside], target[inside]
        return source, target, member[source].astype(np.int64) * len(self.container.held) + member[target]

    @cached_property
    def imported(self) -> list[set[int]]:
        """What each unit imports."""
        found: list[set[int]] = [set() for _ in self.container.held]
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
    def _whole(self) -> int:
        """How many ends the imports between units have, or 1 where there are none."""
        return max(1, sum(self._busy))

    @cached_property
    def _returned(self) -> Ints:
        """_returned[i, j]: how many imports unit j makes of unit i."""
        return np.ascontiguousarray(self.container.imports.T)

    @cached_property
    def rise(self) -> Floats:
        """rise[i, j]: how much higher unit j stands than unit i."""
        return np.asarray(self.height[None, :] - self.height[:, None])

    @cached_property
    def _given(self) -> Bools:
        return np.asarray((self.order.reaches.T & self.refused[:, None] & self.refused[None, :]) | self.unnamed)

    @cached_property
    def _silent(self) -> Bools:
        return np.asarray(_above(self) & self.container.could & ~self.container.sealed[None, :])

    def draft(
        self,
        form: Form,
        sources: list[int],
        forbidden: list[int],
        allowed: set[tuple[int, int]] | None = None,
        layers: Sequence[Sequence[int]] = (),
    ) -> Iterator[Draft]:
        """Count what belongs to a statement about these units; nothing where too many imports say otherwise.

        How much higher the one stand than the others weighs nothing for siblings, of which it is therefore told with the details.
        """
        container, allowed = self.container, allowed or set()
        pairs = _pairs(sources, forbidden, allowed, len(container.units))
        made = container.imports.take(pairs)
        total = made.sum()
        if total > MAX_BROKEN:
            return
        broken = self.crossings(pairs[made > 0]) if total else []
        yield Draft(
            form=form,
            container=container.path,
            sources=container.ends(sources),
            forbidden=container.ends(forbidden),
            details=partial(self._details, _About(sources, forbidden, allowed, layers), pairs, broken),
            expected=float(self.expected.take(pairs).sum()),
            observed=len(broken),
            reverse=int(self._returned.take(pairs).sum()),
            attempts=sum([self._made[s] for s in sources]),
            share=sum([self._busy[unit] for unit in {*sources, *forbidden}]) / self._whole,
            clarity=0.0 if form is Form.SIBLINGS else self._clarity(pairs),
        )

    def _clarity(self, pairs: Ints) -> float:
        """How much higher what is forbidden stands."""
        return float(self.rise.take(pairs).sum() / len(pairs))

    def _details(self, about: _About, pairs: Ints, broken: Sequence[tuple[str, str]]) -> Details:
        """What else there is to say of these units."""
        container, units = self.container, self.container.units
        sources, forbidden, allowed, layers = about
        passes = [pair for s, t in sorted(allowed) for pair in product(paths_of(units[s]), paths_of(units[t]))]
        inside = frozenset(sources)
        own = within_themselves(chosen(container, inside.intersection(forbidden)))
        folders = tuple(path for s in sources for path in paths_of(units[s]))
        tests = [(glob, ANYTHING) for glob in test_globs(self.graph, folders)]
        above = [t for t in forbidden if t not in inside]
        builders = [t for t in above if not self.imported[t].isdisjoint(inside)]
        return {
            "clarity": self._clarity(pairs),
            "exceptions": allow([*passes, *own, *broken, *tests]),
            "layers": tuple(tuple(units[unit].path for unit in layer) for layer in layers),
            "typing_only": _any(container.typing_imports, pairs),
            "built_on": builders == above,
            "unseen": _any(self.unseen, pairs),
            "unlisted": not _any(~self.unlisted, pairs),
            "builders": container.ends(builders),
            "broken": broken[0] if broken else None,
        }

    def crossings(self, pairs: Ints) -> list[tuple[str, str]]:
        """The files that import each other across pairs of units, each packed as source × units + target, as paths."""
        if not len(pairs):
            return []
        paths = self.graph.paths
        source, target, met = self._met
        wanted = np.zeros(len(self.container.held) ** 2, dtype=bool)
        wanted[pairs] = True
        chosen = np.flatnonzero(wanted[met])
        return sorted(
            (paths[one], paths[other])
            for one, other in zip(source[chosen].tolist(), target[chosen].tolist(), strict=True)
        )


def _any(marks: NDArray[Any], pairs: Ints) -> bool:
    return bool(marks.take(pairs).any())


def _pairs(sources: list[int], forbidden: list[int], allowed: Collection[tuple[int, int]], count: int) -> Ints:
    """Each source with each that is forbidden to it, but for itself and what is allowed; packed as source × count + forbidden."""
    every = (np.array(sources)[:, None] * count + np.array(forbidden)).ravel()
    chosen = every % (count + 1) != 0
    if allowed:
        chosen &= np.isin(every, [source * count + target for source, target in allowed], invert=True)
    return np.asarray(every[chosen])


def _above(view: View) -> Bools:
    """above[i, j]: j stands above i, and i does not import it, or only against the stream."""
    reaches, reached = view.order.reaches, view.order.reaches.T
    silent = (view.container.imports == 0) | view.order.against
    above = silent & ~reaches & (reached | (view.rise > _CLEARLY_HIGHER))
    np.fill_diagonal(above, False)
    return np.asarray(above)
