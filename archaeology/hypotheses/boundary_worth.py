"""How much a boundary deserves to be asked about: what it says, how sure it is, and whether anything but silence speaks for it."""

from __future__ import annotations

from collections.abc import Collection

from archaeology.boundaries.roles import is_edge, role_height
from archaeology.boundaries.stakes import SPEAKING, could_matter
from archaeology.boundaries.statement import Form, Statement, without_facades
from archaeology.boundaries.study import weight
from archaeology.model import End

_SURE_ENOUGH = 0.8
_WORTH = 30.0
_STATED = 0.7
# That chance expects less than one such import proves nothing, and where nobody goes the other way either, the two just never met.
_LITTLE = 1.0
_NEVER_MET = 0.3
# Most packages are used in one place; that it is fenced in is likely where the place is named as an adapter is.
_USED_IN_ONE_PLACE = 0.5
# Every program has a unit that nobody imports: the one that is started.
_ENTRY = 0.7
# Some units that do not import each other are siblings in somebody's mind where they are named alike or lie in a folder for such.
_NOTHING_IN_COMMON = 0.5
# What is left where no stake is seen: less than anything that is shown unasked, in the same order.
_NO_STAKE = 0.8
# Of stacks in which nothing is at stake none is like what maintainers write down (0 of 19 among the first twenty of 18 repositories).
_IDLE_STACK = 0.3
_SURE_AT_ALL = 0.4
_NAMED = frozenset({"named"})


def worth(statement: Statement, sure: float, terms: Collection[str], *, stated: bool) -> float:
    """Return impact times surprise (the statement's weight) times how sure it is.

    ``terms`` are the labels of what moves the confidence. What a gate or a document states already is worth less to ask, and so is
    what only imports speak for where imports alone would look the same without anybody's meaning it.
    """
    asked = (_SURE_ENOUGH + sure) * weight(statement) / _WORTH * (_STATED if stated else 1.0)
    staked = could_matter(statement, terms)
    asked *= 1.0 if sure >= _SURE_AT_ALL and staked else _NO_STAKE
    asked *= _IDLE_STACK if statement.form is Form.STACK and not staked else 1.0
    return asked if (SPEAKING | _NAMED).intersection(terms) else asked * _without_a_word(statement)


def _without_a_word(statement: Statement) -> float:
    """What is left of a boundary of which no name, text, gate or repair speaks."""
    part = 1.0
    if statement.expected < _LITTLE and not statement.reverse:
        part *= _NEVER_MET
    if statement.form is Form.VENDOR_ONLY and not any(_at_an_edge(end) for end in statement.allowed):
        part *= _USED_IN_ONE_PLACE
    if statement.form is Form.TOP and not any(_says_a_role(end) for end in without_facades(statement.forbidden)):
        part *= _ENTRY
    if statement.form is Form.SIBLINGS and not statement.role:
        part *= _NOTHING_IN_COMMON
    return part


def _at_an_edge(end: End) -> bool:
    return any(is_edge(part) for part in _parts(end))


def _says_a_role(end: End) -> bool:
    return role_height(_parts(end)[-1]) is not None


def _parts(end: End) -> list[str]:
    """The names of the folders around an end and its own, without endings."""
    *folders, name = (end.path or "").rstrip("/").split("/")
    return [*folders, name.partition(".")[0]]
