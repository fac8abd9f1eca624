"""Statements about the order of the units in one container: ground, top, rows, columns, and the whole stack."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from archaeology.boundaries.circles import order_is_given
from archaeology.boundaries.columns import column_statements
from archaeology.boundaries.draft import Draft
from archaeology.boundaries.graph import Bools
from archaeology.boundaries.roles import role_height
from archaeology.boundaries.statement import Form
from archaeology.boundaries.view import View

# Fewer imports between units than this say nothing about their order.
MIN_IMPORTS = 8
MIN_UNITS = 3
_MAX_STACK_UNITS = 24
_MIN_LAYERS = 3
# Up to so many units are named as they are; of more only the roles; where no name says a role and there are too many, the heaviest.
_EASILY_NAMED = 4
_WEIGHTY = 0.01
# One role alone draws no picture: units with this part of the traffic (the framework, the runner) are named beside it.
_A_PICTURE = 2
_HEAVY = 0.05
_MAX_NAMED = 26
_MANY_NAMED = 8


def layer_statements(view: View) -> Iterator[Draft]:
    """Yield what the order of a container's units says, or nothing where they hardly import each other."""
    if len(view.container.held) < MIN_UNITS or view.container.traffic < MIN_IMPORTS:
        return
    yield from _rows(view)
    yield from column_statements(view)
    yield from _stack(view)


def _rows(view: View) -> Iterator[Draft]:
    """Each unit that others stand on: it imports nothing that stands above it."""
    counts = view.container.imports
    importing: Bools = np.asarray(counts.any(axis=1))
    downward: Bools = np.asarray(((counts > 0) & ~view.order.against).any(axis=1))
    higher = view.above & view.major
    small: list[int] = []
    for unit in np.flatnonzero(view.major & counts.any(axis=0)).tolist():
        above = np.flatnonzero(higher[unit]).tolist()
        if not above:
            yield from _enforced(view, unit)
            continue
        stands_alone = not downward[unit]
        if stands_alone and not view.container.units[unit].is_package and not importing[unit]:
            small.append(unit)
            continue
        # What is used all the same, without an import, is not named beside what is not used at all.
        unused = [other for other in above if not view.unseen[unit, other]] or above
        yield from view.draft(Form.GROUND if stands_alone else Form.ROW, [unit], _worth_naming(view, unused))

    if small:
        above = np.flatnonzero(view.above[small].any(axis=0) & view.major).tolist()
        yield from view.draft(Form.GROUND, small, sorted({*above, *(small if len(small) > 1 else ())}))


def _enforced(view: View, unit: int) -> Iterator[Draft]:
    """What a compiler or a build refuses: worth a word where a document or a gate says that it is meant."""
    above = np.flatnonzero(view.enforced[unit] & view.major).tolist()
    if above and view.container.units[unit].is_package:
        for draft in view.draft(Form.ROW, [unit], _worth_naming(view, above)):
            yield draft._replace(enforced=True)


def _stack(view: View) -> Iterator[Draft]:
    """The whole container from top to bottom, where it has at least three levels and no import goes upwards.

    An order that the code breaks today is no order: its parts are told one by one, with what breaks each. Where imports cannot
    go in circles there always is an order.
    """
    if order_is_given(view.refused[view.major]):
        return
    counts, level = view.container.imports, view.order.level
    heaviest = int(np.argmax(view.traffic))
    chosen = np.flatnonzero(view.major & view.container.could[heaviest]).tolist()
    upward = (counts > 0)[np.ix_(chosen, chosen)] & view.order.against[np.ix_(chosen, chosen)]
    levels = sorted({int(level[unit]) for unit in chosen}, reverse=True)
    if len(levels) < _MIN_LAYERS or len(chosen) > _MAX_STACK_UNITS or upward.any():
        return
    layers = [[unit for unit in chosen if level[unit] == step] for step in levels]
    sources = [unit for layer in layers[1:] for unit in layer]
    forbidden = [unit for layer in layers[:-1] for unit in layer]
    downward = {(s, t) for s in sources for t in forbidden if s != t and level[s] >= level[t]}
    yield from view.draft(Form.STACK, sources, forbidden, downward, layers)


def _worth_naming(view: View, chosen: list[int]) -> list[int]:
    """The units that a person would name: a few, or those whose names say a role; where none does all, or the heaviest.

    Who lays down what a unit may not know thinks of roles (the commands, the views, the storage) that carry weight, and where
    these are fewer than two also of what much of the program goes through; that it does not know some small neighbour either is mostly an accident, and a list of
    twenty names says nothing.
    """
    if len(chosen) <= _EASILY_NAMED:
        return chosen
    traffic, whole = view.traffic, view.traffic.sum()
    roles = [unit for unit in chosen if role_height(view.container.units[unit].name) is not None]
    if roles:
        named = [unit for unit in roles if traffic[unit] >= _WEIGHTY * whole] or roles
        busy = [unit for unit in chosen if traffic[unit] >= _HEAVY * whole] if len(named) < _A_PICTURE else []
        return sorted({*named, *busy})
    heavy = sorted(chosen, key=lambda unit: (-int(view.traffic[unit]) - view.container.units[unit].files, unit))
    return chosen if len(chosen) <= _MAX_NAMED else sorted(heavy[:_MANY_NAMED])
