"""The kinds of hypotheses that readers told apart, how many of each they read with the code open, and what those were worth.

docs/evaluation.md says where the counts come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from archaeology.boundaries.statement import Form
from archaeology.model import Family, Hypothesis, Observation

# As many findings of middling worth are added to each kind's own, so that a kind that was read twice is neither praised nor damned.
_PRIOR_READ = 4
# A finding that is true and specific counts 1, and half as much again where an answer would tell what the repository does not.
_ASKED = 0.5


class Kind(StrEnum):
    """What readers told apart when they judged findings: the family, and for boundaries the form in which it is put."""

    BELOW = "a unit never imports what stands above it"
    GROUND = "a unit that stands on its own"
    TOP = "nothing imports it"
    COLUMN = "only few may import it"
    SIBLINGS = "siblings keep apart"
    STACK = "a stack of layers"
    PRIVATE = "private modules behind a facade"
    VENDOR = "an external package kept in a place"
    VENDOR_FREE = "a place kept free of an external package"
    CAUTION = "a warning in a comment that others speak for"
    UNDONE = "a change that was taken back"
    TOLD = "a reason that only a commit tells"
    TECHNOLOGY = "a package that was given up"
    COUPLING = "files that change together"
    CORNER = "threads and tasks in one corner"
    PORT = "a port with its adapters"
    TYPED = "failures told apart by type"
    BENCHMARK = "benchmarks that watch the speed"
    GENERATED = "generated code"
    TESTS = "tests kept off something"
    GATE = "a tool that is set stricter than its defaults"
    FORMAT = "a format that readers of old data count on"
    GUARD = "a guard against an attacker"
    INTERFACE = "an interface with one implementation"
    RESTRAINT = "few dependencies, on purpose"
    OTHER = "anything else"


@dataclass(frozen=True, slots=True)
class Judged:
    """How many findings of a kind were read with the code open, how many were true and specific, and how many of those worth asking."""

    read: int
    good: int
    asked: int


# Boundaries and external packages are counted since it is asked what is at stake in them, the forms that hardly occur since then from the
# beginning.
JUDGED: Mapping[Kind, Judged] = {
    Kind.BELOW: Judged(29, 17, 6),
    Kind.GROUND: Judged(27, 1, 0),
    Kind.TOP: Judged(26, 7, 5),
    Kind.COLUMN: Judged(6, 3, 2),
    Kind.SIBLINGS: Judged(24, 5, 4),
    Kind.STACK: Judged(4, 2, 0),
    Kind.PRIVATE: Judged(2, 0, 0),
    Kind.VENDOR: Judged(45, 19, 1),
    Kind.VENDOR_FREE: Judged(20, 10, 0),
    Kind.CAUTION: Judged(164, 136, 37),
    Kind.UNDONE: Judged(46, 34, 18),
    Kind.TOLD: Judged(76, 57, 10),
    Kind.TECHNOLOGY: Judged(35, 25, 1),
    Kind.COUPLING: Judged(28, 17, 5),
    Kind.CORNER: Judged(5, 4, 2),
    Kind.PORT: Judged(15, 9, 0),
    Kind.TYPED: Judged(12, 1, 0),
    Kind.BENCHMARK: Judged(10, 6, 0),
    Kind.GENERATED: Judged(5, 1, 0),
    Kind.GATE: Judged(8, 2, 0),
    Kind.FORMAT: Judged(6, 1, 0),
    Kind.GUARD: Judged(4, 2, 0),
    Kind.TESTS: Judged(4, 0, 0),
    Kind.INTERFACE: Judged(7, 5, 0),
    Kind.RESTRAINT: Judged(1, 0, 0),
}
_FORMS = {
    Form.ROW: Kind.BELOW,
    Form.GROUND: Kind.GROUND,
    Form.TOP: Kind.TOP,
    Form.COLUMN: Kind.COLUMN,
    Form.SIBLINGS: Kind.SIBLINGS,
    Form.STACK: Kind.STACK,
    Form.PRIVATE: Kind.PRIVATE,
    Form.VENDOR_ONLY: Kind.VENDOR,
    Form.VENDOR_FREE: Kind.VENDOR_FREE,
}
_ROLES = {
    "comment": Kind.CAUTION,
    "unknown": Kind.CAUTION,  # a comment in its own words as well
    "undone": Kind.UNDONE,
    "told": Kind.TOLD,
    "corner": Kind.CORNER,
    "benchmarks": Kind.BENCHMARK,
    "interface": Kind.INTERFACE,
}
_FAMILIES = {
    Family.LAYER_DIRECTION: Kind.BELOW,
    Family.PURE_CORE: Kind.GROUND,
    Family.SIBLING_INDEPENDENCE: Kind.SIBLINGS,
    Family.PUBLIC_FACADE: Kind.PRIVATE,
    Family.VENDOR_ISOLATION: Kind.VENDOR,
    Family.TECHNOLOGY_CHOICE: Kind.TECHNOLOGY,
    Family.TACIT_COUPLING: Kind.COUPLING,
    Family.PORTS_AND_ADAPTERS: Kind.PORT,
    Family.TYPED_ERRORS: Kind.TYPED,
    Family.GENERATED_CODE: Kind.GENERATED,
    Family.TEST_ISOLATION: Kind.TESTS,
    Family.ENFORCED_GATE: Kind.GATE,
    Family.STABLE_FORMAT: Kind.FORMAT,
    Family.SECURITY_BOUNDARY: Kind.GUARD,
    Family.DEPENDENCY_RESTRAINT: Kind.RESTRAINT,
}
# What somebody wrote down, or did and undid.
WORDS = frozenset({Kind.CAUTION, Kind.UNDONE, Kind.TOLD})
BOUNDARIES = frozenset({Kind.BELOW, Kind.GROUND, Kind.TOP, Kind.COLUMN, Kind.SIBLINGS, Kind.STACK, Kind.PRIVATE})


def kind_of(hypothesis: Hypothesis, seen: Sequence[Observation]) -> Kind:
    """Return the kind of a hypothesis; ``seen`` are its observations."""
    for item in seen:
        if "statement" in item.data:
            return _FORMS[Form(item.data["statement"]["form"])]
        if item.data.get("role") in _ROLES:
            return _ROLES[item.data["role"]]
    return _FAMILIES.get(hypothesis.family, Kind.OTHER)


@cache
def points(kind: Kind) -> float:
    """Return the mean worth of the findings of a kind that were read, drawn toward that of all findings where few were."""
    all_of_them = sum(map(_score, JUDGED.values())) / sum(judged.read for judged in JUDGED.values())
    own = JUDGED.get(kind, Judged(0, 0, 0))
    return (_score(own) + _PRIOR_READ * all_of_them) / (own.read + _PRIOR_READ)


def _score(judged: Judged) -> float:
    return judged.good + _ASKED * judged.asked
