"""All statements about one repository, the strongest first, without those that say the same thing twice."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, starmap
from typing import NamedTuple

from archaeology.boundaries.containers import Container, containers
from archaeology.boundaries.draft import Draft, drafted
from archaeology.boundaries.facades import private_statements
from archaeology.boundaries.from_facts import file_graph
from archaeology.boundaries.graph import FileGraph
from archaeology.boundaries.kinship import Kinship
from archaeology.boundaries.layers import layer_statements
from archaeology.boundaries.product import main_folder
from archaeology.boundaries.roles import role_height
from archaeology.boundaries.siblings import sibling_statements
from archaeology.boundaries.statement import Form, Key, Statement, allow, without_facades
from archaeology.boundaries.vendors import vendor_statements
from archaeology.boundaries.view import MAX_BROKEN, View
from archaeology.boundaries.wording import names_itself
from archaeology.checks import evaluate
from archaeology.facts import Facts
from archaeology.model import End

MAX_STATEMENTS = 60
# Containers that are looked at: where the product branches and the busiest others.
MAX_CONTAINERS = 80
_BELOW = 0.35
_SOURCE_MODULES = 0.55
_TARGET_MODULES = 0.3
# Forms that say nothing of above and below.
_LEVEL = frozenset({Form.VENDOR_ONLY, Form.VENDOR_FREE, Form.SIBLINGS})
_AROUND = 0.12
_BUSY_SIBLINGS = 100
_INNER_ROLE = -0.6
_OUTER_ROLE = 0.8
_ROLE_BONUS = 0.2
_FEW = 3
_TESTS_APART = 0.25
_OUTSIDE = 0.1
_ENFORCED = 0.3
_MAX_ENFORCED = 12
# What is left of a statement's place with each heavier one of its form in the same container.
_AGAIN = {Form.ROW: 0.96, Form.GROUND: 0.95, Form.TOP: 0.9, Form.VENDOR_ONLY: 0.85}
_USUALLY_AGAIN = 0.8
_FORMS = {
    Form.STACK: 1.3,
    Form.GROUND: 1.1,
    Form.ROW: 1.25,
    Form.TOP: 1.0,
    Form.COLUMN: 0.9,
    Form.SIBLINGS: 0.9,
    Form.PRIVATE: 0.6,
    Form.VENDOR_ONLY: 0.4,
    Form.VENDOR_FREE: 0.4,
}


def study(facts: Facts) -> tuple[FileGraph, tuple[Statement, ...]]:
    """Return the import graph and the boundaries that are worth weighing, the strongest first."""
    graph = file_graph(facts)
    product = main_folder(graph)
    within = containers(graph)
    vendors = map(drafted, vendor_statements(facts, graph, product, within))
    found = [*_inside(graph, product, within, Kinship(facts.code)), *vendors]
    unique = {draft.key: draft for draft in found if not names_itself(draft)}
    weighed = sorted(_in_turn(starmap(_weighed, unique.items())), key=_heaviest)
    enforced = [one for one in weighed if one.draft.enforced][:_MAX_ENFORCED]
    heaviest = [*[one for one in weighed if not one.draft.enforced][:MAX_STATEMENTS], *enforced]
    told = (one.draft.finished(branch=one.draft.container == product) for one in heaviest)
    as_it_is = sorted(_as_it_is(told, facts), key=lambda statement: (-weight(statement), statement.key))
    return graph, tuple(as_it_is)


class _Weighed(NamedTuple):
    """A draft with what its weight is made of, beside its place."""

    draft: Draft
    factors: tuple[float, ...]
    key: Key


def _weighed(key: Key, draft: Draft) -> _Weighed:
    return _Weighed(draft, _factors(draft), key)


def _heaviest(found: _Weighed) -> tuple[float, Key]:
    return -_weight_at(found.draft.place, found.factors), found.key


def _as_it_is(told: Iterable[Statement], facts: Facts) -> Iterator[Statement]:
    """Set each statement against its own check: imports that it did not count, because they reach a test or a facade, are breaks too."""
    for statement in told:
        broken = [(item.path, item.chain[-1].target) for item in evaluate(statement.check, facts).violations]
        if not broken:
            yield statement
        elif statement.observed + len(broken) <= MAX_BROKEN:
            yield statement.model_copy(
                update={
                    "exceptions": (*statement.exceptions, *allow(broken)),
                    "observed": statement.observed + len(broken),
                    "broken": statement.broken or broken[0],
                }
            )


def _in_turn(found: Iterable[_Weighed]) -> Iterator[_Weighed]:
    """Each further statement of a form about one container counts for less: the heaviest say what there is to say."""
    told: dict[tuple[Form, str], int] = {}
    for one in sorted(found, key=_heaviest):
        draft = one.draft
        form = Form.TOP if draft.form is Form.COLUMN else draft.form
        turn = told.get((form, draft.container), 0)
        told[form, draft.container] = turn + 1
        yield one._replace(draft=draft.placed(draft.place * _AGAIN.get(form, _USUALLY_AGAIN) ** turn)) if turn else one


def _inside(graph: FileGraph, product: str, within: Sequence[Container], kinship: Kinship) -> Iterator[Draft]:
    """What the busiest containers say, each at its place."""
    within = sorted(within, key=lambda one: (one.path != product, -one.traffic, one.path))[:MAX_CONTAINERS]
    busiest = max((one.traffic for one in within if one.path != product and one.path.startswith(product)), default=1)
    for container in within:
        place = _place(container, product, busiest)
        view = View(container, graph)
        for draft in chain(layer_statements(view), map(drafted, private_statements(container, graph))):
            yield draft.placed(_ENFORCED * place if draft.enforced else place)
        for draft in sibling_statements(view, kinship):
            yield draft.placed(max(place, _siblings_place(draft, container, product)))
    for container in containers(graph, aside=True)[:MAX_CONTAINERS]:
        for draft in sibling_statements(View(container, graph), kinship):
            yield draft.placed(_TESTS_APART)


def _siblings_place(siblings: Draft, container: Container, product: str) -> float:
    """Siblings deep inside matter by how much they reach out, because they hardly import each other."""
    return _BELOW * min(1.0, siblings.attempts / _BUSY_SIBLINGS) if container.path.startswith(product) else 0.0


def weight(statement: Statement) -> float:
    """Return how much a statement says, before history, names and texts are asked: place x traffic x surprise x clarity."""
    return _weight_at(statement.place, _factors(statement))


def _weight_at(place: float, factors: Sequence[float]) -> float:
    *factors, divisor = factors
    return math.prod(factors, start=place) / divisor


def _factors(statement: Statement | Draft) -> tuple[float, ...]:
    """What the place is multiplied by, in this order, and at the end what the product is divided by."""
    sources, forbidden = without_facades(statement.sources), without_facades(statement.forbidden)
    met = statement.attempts / 5 if statement.form is Form.SIBLINGS else statement.reverse
    traffic = math.log2(2 + met)
    surprise = math.log2(2 + statement.expected)
    clear = 0.7 + 0.6 * min(1.0, max(0.0, statement.clarity))
    return (
        _FORMS[statement.form],
        (1.0 - _SOURCE_MODULES * _modules(sources)) * (1.0 - _TARGET_MODULES * _modules(forbidden)),
        _called_for(sources, forbidden),
        1.0 if statement.form in _LEVEL else clear,
        0.7 + 0.3 * statement.share,
        traffic + surprise,
        1.0 + 0.3 * statement.observed,
    )


def _called_for(sources: Sequence[End], forbidden: Sequence[End]) -> float:
    """More where the names of the two sides speak of an inside or ground, and of a door: such boundaries are meant."""
    inside = _any_role(sources, -1.0, _INNER_ROLE) if len(sources) <= _FEW else 0
    outside = _any_role(forbidden, _OUTER_ROLE, 2.0) if len(forbidden) <= _FEW else 0
    return 1.0 + _ROLE_BONUS * (inside + outside)


def _any_role(ends: Sequence[End], low: float, high: float) -> bool:
    heights = [_height_of(end.path) for end in ends if end.path]
    return any(height is not None and low <= height <= high for height in heights)


@lru_cache(maxsize=1024)
def _height_of(path: str) -> float | None:
    """How high a unit of this path usually stands by its name; the same few are weighed in many statements."""
    return role_height(path.rstrip("/").rsplit("/", 1)[-1].split(".", 1)[0])


def _modules(ends: Sequence[End]) -> float:
    """The part of the ends that are single modules: people draw boundaries between packages more often."""
    inside = [end.path for end in ends if end.path is not None]
    return sum(not path.endswith("/") for path in inside) / len(inside) if inside else 0.0


def _place(container: Container, product: str, busiest: int) -> float:
    """1 where the product branches; below that by how much goes on; little outside the product."""
    if container.path == product:
        return 1.0
    if container.path.startswith(product):
        return _BELOW * (0.2 + 0.8 * container.traffic / max(1, busiest))
    return _AROUND if product.startswith(container.path) else _OUTSIDE
