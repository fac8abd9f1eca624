"""How much a hypothesis promises: what readers found others of its kind to be worth, times what can be read off this one.

A number that a person can redo from a survey: points of the kind (:mod:`archaeology.kinds`), then one factor for each thing that is so.
docs/evaluation.md says where the points come from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archaeology.boundaries.stakes import has_stake, is_laid_out
from archaeology.boundaries.statement import Form, Statement
from archaeology.detectors.gravity import Gravity
from archaeology.detectors.places import is_set_up
from archaeology.kinds import JUDGED, Kind, kind_of, points
from archaeology.model import Family, Hypothesis, Observation

# Of imports between two sides of which chance makes this many, a silence begins to say something.
_STAKE = 5.0
# Of fewer imports than this the absence says nothing, however it is put.
_LEAST_EXPECTED = 1.0
# What chance alone makes so one time in five is never told first, and one time in twenty only where somebody speaks for it.
_LIKELY, _UNLIKELY = 0.2, 0.05
_COMMANDS = re.compile(r"(?:^|[/_-])(?:sub)?(?:cmds?|commands?|cli)/", re.IGNORECASE)
_SWITCHED = frozenset({"linter", "foundry"})
# What else checks a program at a level that its defaults do not have.
_LEVELLED = _SWITCHED | {"type_checker"}
_YEAR = 365
_WORKAROUND = re.compile(r"\bwork[- ]?(?:s |ed |ing )?around\b|\bhack\b|\bbug in\b|\buntil .*\bfix", re.IGNORECASE)
_LONG_AGO = 4
_MANY_BROKEN = 3
_FAR_FEWER = 4.0
_FEW_IMPORTS, _A_HABIT = 5, 3
_SHORTEST_NAME = 3


_VENDORS = frozenset({Form.VENDOR_ONLY, Form.VENDOR_FREE})
_FENCED = frozenset({Kind.VENDOR, Kind.COLUMN})
# The terms of a boundary's arithmetic by which somebody speaks for it. Comments and commits that merely name both sides mostly speak of
# something else: 2 of 11 such boundaries were true and specific, of those that were broken once and repaired 8 of 14.
_SPEAKING = frozenset({"gate", "repaired", "document"})


@dataclass(frozen=True, slots=True)
class Factor:
    """One step of the arithmetic: what is so, and by how much it multiplies the points."""

    label: str
    value: float


# A warning that says what for and not why, and one about a small thing, stand behind those that say what goes wrong.
_OF_GRAVITY: Mapping[object, Factor] = {
    Gravity.AIM: Factor("it says what for, and not why", 0.9),
    Gravity.TRIFLE: Factor("a trifle: a type, a state, an error that is ignored", 0.7),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What a hypothesis promises: its kind, the points of that kind, and the factors that were read off the hypothesis.

    ``supported``: it may be among the first that are told: at least half of its kind held, and of a statement about imports that
    something is at stake, or that enough files import the external package. ``idle``: it is never among them, whatever else is there,
    since chance makes none of the imports that are missing, one or two files import the package, a framework laid it out so, or all there
    is to it is one switch of a linter or test runner.
    """

    kind: Kind
    points: float
    factors: tuple[Factor, ...]
    supported: bool
    idle: bool = False
    common: bool = False

    @property
    def value(self) -> float:
        """The points times all factors: 1 is a finding that is true and specific, more one that is worth asking as well."""
        return self.points * math.prod(factor.value for factor in self.factors)


def promise(hypothesis: Hypothesis, seen: Mapping[str, Observation]) -> Promise:
    """Return what a hypothesis promises; ``seen`` are the survey's observations by their id."""
    mine = [seen[one] for one in hypothesis.observations if one in seen]
    kind = kind_of(hypothesis, mine)
    factors = [Factor("as sure as it is", round(0.5 + hypothesis.confidence, 4))]
    judged = JUDGED.get(kind)
    supported = judged is None or judged.good >= judged.read / 2
    idle = any(_is_one_switch(item) for item in mine)
    common = idle or kind is Kind.TYPED or any(_is_one_switch(item, _LEVELLED) for item in mine)
    counted = next((item.data["statement"] for item in mine if "statement" in item.data), None)
    if counted is not None:
        statement = Statement.model_validate(counted)
        terms = {term.label for term in hypothesis.rationale}
        staked = has_stake(statement, terms)
        if staked and kind is Kind.GROUND:
            kind = Kind.BELOW  # what stands on its own and could break is like any other direction
        few = kind is Kind.VENDOR and statement.attempts < _A_HABIT
        by_chance = statement.chance > _LIKELY or statement.expected < _LEAST_EXPECTED
        idle = few or by_chance or is_laid_out(statement)
        common = idle or _is_common(statement)
        surprising = statement.chance <= _UNLIKELY or bool(_SPEAKING.intersection(terms))
        supported = surprising and (staked or (kind is Kind.VENDOR and statement.attempts >= _FEW_IMPORTS))
        factors += _of_boundary(statement, terms, staked=staked)
        if kind in _FENCED:
            factors += _of_fence(statement)
    factors += _of_all(hypothesis, kind, mine)
    return Promise(kind, points(kind), tuple(factors), supported and not idle, idle, common)


def _is_one_switch(item: Observation, kinds: Collection[str] = _SWITCHED) -> bool:
    """Whether an observation is of a tool, by default a linter or test runner, that refuses a single thing beyond its defaults."""
    data = item.data
    gate = item.family is Family.ENFORCED_GATE and data.get("role") == "gate" and data.get("kind") in kinds
    return gate and len(data.get("refuses", ())) <= 1


def _is_common(statement: Statement) -> bool:
    """Whether chance makes so few imports anyway, or a program's commands keep apart, as those of any program do."""
    commands = statement.form is Form.SIBLINGS and all(_COMMANDS.search(end.path or "") for end in statement.sources)
    return commands or statement.chance > _UNLIKELY


def _of_boundary(statement: Statement, terms: Collection[str], *, staked: bool) -> Iterator[Factor]:
    """What was counted: of directions hardly any is worth telling where chance expects little, of external packages most are."""
    vendor = statement.form in _VENDORS
    least, most = (0.8, 1.1) if vendor else (0.3, 1.2)
    stake = least + (most - least) * statement.expected / (statement.expected + _STAKE)
    yield Factor("imports that chance would make", round(stake, 4))
    if not staked:
        yield Factor("nothing is at stake", 0.6 if vendor else 0.3)
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
        yield from _of_witnesses(roles)
        yield from (_OF_GRAVITY[item.data["gravity"]] for item in seen if item.data.get("gravity") in _OF_GRAVITY)
        if any(_may_be_gone(item) for item in seen):
            yield Factor("a workaround, of which one asks whether it is still needed", 1.25)
    if kind is Kind.UNDONE:
        yield from _of_undone(hypothesis, seen)
    if kind is Kind.TECHNOLOGY:
        days = max((item.data.get("days", 0) for item in seen), default=0)
        if days > _LONG_AGO * _YEAR:
            yield Factor("settled long ago", 0.7)


def _of_witnesses(roles: Collection[object]) -> Iterator[Factor]:
    tested = "test" in roles or "regression" in roles
    if tested and "origin" in roles and ("issue" in roles or "reason" in roles):
        yield Factor("comment, repair, reason and test are all found", 0.75)
    if not tested:
        yield Factor("no test would notice", 1.15)
    if "outdated" in roles:
        yield Factor("it names a package that has gone", 0.4)
    if "stood" in roles:
        yield Factor("only the comment itself says so", 0.85)


def _of_undone(hypothesis: Hypothesis, seen: Sequence[Observation]) -> Iterator[Factor]:
    explained = any(item.data.get("reason") for item in seen if item.data.get("role") == "undone")
    explained = explained or any(item.data.get("tells") for item in seen)
    yield Factor("the revert says why", 0.9) if explained else Factor("nobody says why it was undone", 1.5)
    if all(map(is_set_up, hypothesis.subject)):
        yield Factor("nothing but manifests or the build", 0.5)


def _may_be_gone(item: Observation) -> bool:
    """Whether a warning makes up for what somebody else does not do, or says until when it is there."""
    read = item.data.get("reading", {})
    return _WORKAROUND.search(str(item.data.get("sentence", ""))) is not None or bool(
        read.get("gap") or read.get("until")
    )
