"""Sentences that speak of a boundary: rules in documents, bans and reasons in comments, reasons in commit messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.wording import short
from archaeology.facts import Comment, Facts, Rule
from archaeology.history.model import Reason

_SHORTEST = 3
_REFUSING = frozenset({"must_not", "should_not"})
_ASKING = frozenset({"must", "should", "prefer"})
_SPEAKING = frozenset({"reason", "ban", "warning", "docstring"})
# Words by which a sentence speaks of keeping two things apart.
_APART = re.compile(
    r"\b(?:decoupl\w+|independen\w+|isolat\w+|separat\w+|without|circular|cycles?|depend\w*|imports?|imported|importing|layer\w*|"
    r"boundar\w+|only|never|knows?|free of)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:decoupl\w+|independen\w+|isolat\w+|separat\w+|circular|cycles?|layer\w*|boundar\w+|untangl\w+)\b",
    re.IGNORECASE,
)
# "Y is not imported by X" names the sides the other way round.
_PASSIVE = re.compile(r"\bby\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """What a side is called. ``found`` finds it as a word; ``parts`` are the same names in lower case, to look for as mere letters."""

    found: re.Pattern[str]
    parts: tuple[str, ...]

    def may_be_in(self, lowered: str) -> bool:
        """Whether one of the names could be a word of this text in lower case: a look that costs a fraction of the expression."""
        return any(part in lowered for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sides:
    """The names of both sides of a statement."""

    inner: Names
    outer: Names

    def both_in(self, text: str) -> bool:
        """Whether the text speaks of keeping the two apart, the inner one named first unless it says "by"."""
        if text.isascii():  # beyond ASCII, letters match in ways that lower case does not show
            lowered = text.lower()
            if not (self.inner.may_be_in(lowered) and self.outer.may_be_in(lowered)):
                return False
        inner = self.inner.found.search(text)
        outer = self.outer.found.search(text) if inner else None
        if inner is None or outer is None or not _APART.search(text):
            return False
        if inner.group().lower() == outer.group().lower():
            return False
        return inner.start() < outer.start() or _PASSIVE.search(text) is not None


def speaks_of_apart(text: str) -> bool:
    """Whether a text speaks of keeping things apart: decoupling, layers, cycles, isolation."""
    return _MEANT.search(text) is not None


def sides(statement: Statement) -> Sides | None:
    """Return what the two sides are called, or None where nobody would call them by a name (stacks, siblings, private modules)."""
    if statement.form in {Form.STACK, Form.SIBLINGS, Form.PRIVATE}:
        return None
    insiders = statement.allowed if statement.form is Form.VENDOR_ONLY else statement.sources
    inner = _words(short(end, statement.container) for end in insiders)
    outer = _words(short(end, statement.container) for end in statement.forbidden)
    return None if inner is None or outer is None else Sides(inner, outer)


def rule_about(facts: Facts, said: Sides) -> Rule | None:
    """Return the first sentence of a document that lays the boundary down."""
    return next((rule for rule in facts.documents.rules if _binds(rule) and said.both_in(rule.text)), None)


def _binds(rule: Rule) -> bool:
    return rule.force in _REFUSING or (rule.force in _ASKING and speaks_of_apart(rule.text))


def comment_about(facts: Facts, paths: Sequence[str], said: Sides) -> tuple[str, Comment] | None:
    """Return the first comment in these files that speaks of the boundary, with its path."""
    for path in paths:
        code = facts.code.get(path)
        for comment in () if code is None else code.comments:
            if comment.kind in _SPEAKING and said.both_in(comment.text):
                return path, comment
    return None


def reason_about(facts: Facts, said: Sides) -> Reason | None:
    """Return the newest reason in a commit message that names both sides."""
    return next((reason for reason in facts.history.reasons if said.both_in(reason.sentence)), None)


def _words(names: Iterable[str]) -> Names | None:
    wanted = tuple(sorted({name.rsplit("/", 1)[-1] for name in names if len(name.rsplit("/", 1)[-1]) >= _SHORTEST}))
    return _expression(wanted) if wanted else None


@lru_cache(maxsize=4096)
def _expression(names: tuple[str, ...]) -> Names:
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in names)})(?![\w-])", re.IGNORECASE)
    # The empty text is in every text: a name beyond ASCII is left to the expression.
    return Names(found, tuple(name.lower() if name.isascii() else "" for name in names))
