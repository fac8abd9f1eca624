"""How much a hypothesis promises: what readers found others of its kind to be worth, times what can be read off this one.

A number that a person can redo from a survey: points of the kind (:data:`JUDGED`), then one factor for each thing that is so.
docs/evaluation.md says where the points come from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archaeology.boundaries.stakes import has_stake, is_laid_out
from archaeology.boundaries.statement import Form, Statement
from archaeology.model import Family, Hypothesis, Observation

# As many findings of middling worth are added to each kind's own, so that a kind that was read twice is neither praised nor damned.
_PRIOR_READ = 4
# A finding that is true and specific counts 1, and half as much again where an answer would tell what the repository does not.
_ASKED = 0.5
# Of imports between two sides of which chance makes this many, a silence begins to say something.
_STAKE = 5.0
# Of fewer imports than this the absence says nothing, however it is put.
_LEAST_EXPECTED = 1.0
_SWITCHED = frozenset({"linter", "foundry"})
_YEAR = 365
_WORKAROUND = re.compile(r"\bwork[- ]?(?:s |ed |ing )?around\b|\bhack\b|\bbug in\b|\buntil .*\bfix", re.IGNORECASE)
_LONG_AGO = 4
_MANY_BROKEN = 3
_FAR_FEWER = 4.0
_FEW_IMPORTS = 5
_SHORTEST_NAME = 3


class Kind(StrEnum):
    """What readers told apart when they judged findings: the family, and for boundaries the form in which it is put."""

    BELOW = "a unit never imports what stands above it"
    GROUND = "a unit that stands on its own"
    TOP = "nothing imports it"
    COLUMN = "only few may import it"
    SIBLINGS = "siblings keep apart"
    STACK = "a stack of layers"
    PRIVATE = "private modules behind a facade"
    VENDOR = "an external package kept in or out of a place"
    CAUTION = "a warning in a comment that others speak for"
    UNDONE = "a change that was taken back"
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
    Kind.BELOW: Judged(18, 13, 6),
    Kind.GROUND: Judged(27, 1, 0),
    Kind.TOP: Judged(26, 7, 5),
    Kind.COLUMN: Judged(4, 2, 1),
    Kind.SIBLINGS: Judged(21, 4, 4),
    Kind.STACK: Judged(2, 2, 0),
    Kind.PRIVATE: Judged(2, 0, 0),
    Kind.VENDOR: Judged(25, 20, 1),
    Kind.CAUTION: Judged(95, 79, 27),
    Kind.UNDONE: Judged(30, 24, 11),
    Kind.TECHNOLOGY: Judged(27, 21, 1),
    Kind.COUPLING: Judged(20, 16, 5),
    Kind.CORNER: Judged(4, 3, 2),
    Kind.PORT: Judged(8, 5, 0),
    Kind.TYPED: Judged(9, 1, 0),
    Kind.BENCHMARK: Judged(9, 6, 0),
    Kind.GENERATED: Judged(2, 1, 0),
    Kind.GATE: Judged(6, 2, 0),
    Kind.FORMAT: Judged(4, 1, 0),
    Kind.GUARD: Judged(4, 2, 0),
    Kind.TESTS: Judged(4, 0, 0),
    Kind.INTERFACE: Judged(1, 0, 0),
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
    Form.VENDOR_FREE: Kind.VENDOR,
}
_ROLES = {
    "comment": Kind.CAUTION,
    "undone": Kind.UNDONE,
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
_VENDORS = frozenset({Form.VENDOR_ONLY, Form.VENDOR_FREE})
_FENCED = frozenset({Kind.VENDOR, Kind.COLUMN})
BOUNDARIES = frozenset({Kind.BELOW, Kind.GROUND, Kind.TOP, Kind.COLUMN, Kind.SIBLINGS, Kind.STACK, Kind.PRIVATE})
# The terms of a boundary's arithmetic by which somebody speaks for it. Comments and commits that merely name both sides mostly speak of
# something else: 2 of 11 such boundaries were true and specific, of those that were broken once and repaired 8 of 14.
_SPEAKING = frozenset({"gate", "repaired", "document"})


@dataclass(frozen=True, slots=True)
class Factor:
    """One step of the arithmetic: what is so, and by how much it multiplies the points."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Promise:
    """What a hypothesis promises: its kind, the points of that kind, and the factors that were read off the hypothesis.

    ``supported``: it may be among the first that are told: at least half of its kind held, and of a statement about imports that
    something is at stake, or that enough files import the external package. ``idle``: it is never among them, whatever else is there,
    since chance makes none of the imports that are missing, a framework laid it out so, or all there is to it is one switch of a
    linter or test runner.
    """

    kind: Kind
    points: float
    factors: tuple[Factor, ...]
    supported: bool
    idle: bool = False

    @property
    def value(self) -> float:
        """The points times all factors: 1 is a finding that is true and specific, more one that is worth asking as well."""
        return self.points * math.prod(factor.value for factor in self.factors)


def promise(hypothesis: Hypothesis, seen: Mapping[str, Observation]) -> Promise:
    """Return what a hypothesis promises; ``seen`` are the survey's observations by their id."""
    mine = [seen[one] for one in hypothesis.observations if one in seen]
    kind = _kind(hypothesis, mine)
    factors = [Factor("as sure as it is", round(0.5 + hypothesis.confidence, 4))]
    judged = JUDGED.get(kind)
    supported = judged is None or judged.good >= judged.read / 2
    idle = any(_is_one_switch(item) for item in mine)
    counted = next((item.data["statement"] for item in mine if "statement" in item.data), None)
    if counted is not None:
        statement = Statement.model_validate(counted)
        terms = {term.label for term in hypothesis.rationale}
        staked = has_stake(statement, terms)
        if staked and kind is Kind.GROUND:
            kind = Kind.BELOW  # what stands on its own and could break is like any other direction
        idle = statement.expected < _LEAST_EXPECTED or is_laid_out(statement)
        supported = staked or (kind is Kind.VENDOR and statement.attempts >= _FEW_IMPORTS)
        factors += _of_boundary(statement, terms, staked=staked)
        if kind in _FENCED:
            factors += _of_fence(statement)
    factors += _of_all(hypothesis, kind, mine)
    return Promise(kind, points(kind), tuple(factors), supported and not idle, idle)


def points(kind: Kind) -> float:
    """Return the mean worth of the findings of a kind that were read, drawn toward that of all findings where few were."""
    all_of_them = sum(map(_score, JUDGED.values())) / sum(judged.read for judged in JUDGED.values())
    own = JUDGED.get(kind, Judged(0, 0, 0))
    return (_score(own) + _PRIOR_READ * all_of_them) / (own.read + _PRIOR_READ)


def _score(judged: Judged) -> float:
    return judged.good + _ASKED * judged.asked


def _kind(hypothesis: Hypothesis, seen: Sequence[Observation]) -> Kind:
    for item in seen:
        if "statement" in item.data:
            return _FORMS[Form(item.data["statement"]["form"])]
        if item.data.get("role") in _ROLES:
            return _ROLES[item.data["role"]]
    return _FAMILIES.get(hypothesis.family, Kind.OTHER)


def _is_one_switch(item: Observation) -> bool:
    """Whether an observation is of a linter or test runner that refuses a single thing beyond its defaults."""
    data = item.data
    gate = item.family is Family.ENFORCED_GATE and data.get("role") == "gate" and data.get("kind") in _SWITCHED
    return gate and len(data.get("refuses", ())) <= 1


def _of_boundary(statement: Statement, terms: Collection[str], *, staked: bool) -> Iterator[Factor]:
    """What was counted: of directions hardly any is worth telling where chance expects little, of external packages most are."""
    vendor = statement.form in _VENDORS
    least, most = (0.8, 1.1) if vendor else (0.3, 1.2)
    stake = least + (most - least) * statement.expected / (statement.expected + _STAKE)
    yield Factor("imports that chance would make", round(stake, 4))
    if not staked:
        yield Factor("nothing is at stake", 0.75 if vendor else 0.3)
    if _SPEAKING.intersection(terms):
        yield Factor("somebody speaks for it", 1.2)
    if 0 < statement.observed < _MANY_BROKEN and statement.expected >= _FAR_FEWER * statement.observed:
        yield Factor("an exception to ask about", 1.4)
    elif statement.observed:
        yield Factor("as many exceptions as chance would make, or more than a rule has", 0.6)


def _of_fence(statement: Statement) -> Iterator[Factor]:
    if statement.attempts < _FEW_IMPORTS:
        yield Factor("few files import it", 0.7)
    places = {part for end in statement.allowed for part in _words(end.path or "")}
    inside = {part for end in statement.forbidden for part in _words(end.path or end.module)}
    if places & inside:
        yield Factor("the name of the place says it", 0.7)


def _words(name: str) -> set[str]:
    """The words of a package's name, or of a path's last part."""
    last = name.rstrip("/").rpartition("/")[2] if not name.startswith("@") else name
    return {word for word in re.split(r"[^a-z0-9]+", last.lower()) if len(word) >= _SHORTEST_NAME}


def _of_all(hypothesis: Hypothesis, kind: Kind, seen: Sequence[Observation]) -> Iterator[Factor]:
    roles = {item.data.get("role") for item in seen}
    if hypothesis.stated_by:
        yield Factor("a gate or document says it already", 0.7)
    if kind is Kind.CAUTION:
        tested = bool(roles & {"test", "regression"})
        if tested and "origin" in roles and roles & {"issue", "reason"}:
            yield Factor("comment, repair, reason and test are all found", 0.75)
        elif "stood" in roles:
            yield Factor("only the comment itself says so", 0.8)
        elif not tested:
            yield Factor("no test would notice", 1.1)
        if any(_WORKAROUND.search(str(item.data.get("sentence", ""))) for item in seen):
            yield Factor("a workaround, of which one asks whether it is still needed", 1.25)
    if kind is Kind.UNDONE:
        explained = any(item.data.get("reason") for item in seen if item.data.get("role") == "undone")
        yield Factor("the revert says why", 0.9) if explained else Factor("nobody says why it was undone", 1.5)
    if kind is Kind.TECHNOLOGY:
        days = max((item.data.get("days", 0) for item in seen), default=0)
        if days > _LONG_AGO * _YEAR:
            yield Factor("settled long ago", 0.7)
