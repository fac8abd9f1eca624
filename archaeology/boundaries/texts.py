"""Sentences that speak of a boundary: rules in documents, bans and reasons in comments, reasons in commit messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from archaeology.boundaries.roles import role_height
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.wording import short
from archaeology.facts import Rule
from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary

_SHORTEST = 3
_REFUSING = frozenset({"must_not", "should_not"})
_ASKING = frozenset({"must", "should", "prefer"})
# Words by which a sentence speaks of keeping two things apart.
_APART = Vocabulary(
    "circular cycle cycles depend depending depends import imported importing imports layer* never",
    phrases=Choice(
        (r"\b(?:decoupl|independen|isolat|separat|boundar)\w", ("decoupl", "independen", "isolat", "separat", "boundar")),
        (
            r"\b(?:must not|should not|not know|knows? (?:nothing|about)|free of)\b",
            ("must not", "should not", "not know", "know nothing", "knows nothing", "know about", "knows about", "free of"),
        ),
    ),
)  # fmt: skip
_MEANT = Caseless(
    r"\b(?:decoupl\w+|independen\w+|isolat\w+|separat\w+|circular|cycles?|layer\w*|boundar\w+|untangl\w+)\b",
    needs=("decoupl", "independen", "isolat", "separat", "circular", "cycle", "layer", "boundar", "untangl"),
)
# Words that name units and mean anything in a sentence, beside those that say a role.
_EVERYDAY = frozenset(
    """
    test tests testing fixtures build scripts tools tool config configuration settings setup data files file code source src project
    product package packages module modules system runtime context state events event actions action messages message client clients
    network security auth session sessions user users admin public private internal external import imports format formats parser
    parsers reader readers writer writers cache queue search index query report reports export templates assets static docs examples
    plugin process processes manager managers time dates text strings math io sync async features feature
    """.split()
)
# Each alternative of _APART holds one of these, and so does each of _IMPORTED.
_STEMS = (
    "import", "depend", "know", "never", "should not", "must not", "layer", "isolat", "separat", "cycle", "circular", "decoupl", "boundar",
    "free of",
)  # fmt: skip
_KINDS = r"(?:packages?|modules?|layers?|folders?|director(?:y|ies)|namespaces?|crates?|apps?|components?)\b"
# What marks a name: one of these before it, beside the backtick behind it, or one of those behind it.
_BEFORE = frozenset("`./")
_BEHIND = re.compile(rf"/|\.\w| {_KINDS}")
_REFUSED = Vocabulary(
    "cannot never no",
    phrases=Caseless(r"\b(?:must|should|may|can|do|does|shall)(?: not|n't)\b", (" not", "n't")),
)
_IMPORTED = Vocabulary("depend depending depends import imported importing imports know knows")
# "Y is not imported by X" names the sides the other way round.
_PASSIVE = Vocabulary("by")


class Mention(NamedTuple):
    """Where a text names a side, and in what words."""

    place: int
    said: str


@dataclass(frozen=True, slots=True)
class Names:
    """What a side is called. ``parts`` are its names in lower case, to look for as mere letters.

    ``everyday`` are those that a sentence may hold without meaning the unit, ``own`` those of them that are the product's.
    """

    names: frozenset[str]
    everyday: frozenset[str]
    own: frozenset[str]
    parts: tuple[str, ...]

    def found(self, text: str) -> Mention | None:
        """Return the first mention in a text."""
        return _first(self.names - self.own, self.own, text)

    def meant(self, text: str) -> Mention | None:
        """Return the first mention, of an everyday word only where it cannot mean anything else: in code marks, in a path, or called a package."""
        return _first(self.names - self.everyday, self.everyday, text)

    def may_be_in(self, lowered: str) -> bool:
        """Whether one of the names could be a word of this text in lower case: a look that costs a fraction of the expression."""
        return any(part in lowered for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sides:
    """The names of both sides of a statement."""

    inner: Names
    outer: Names

    def both_in(self, text: str) -> bool:
        """Whether the text speaks of keeping the two apart, the inner one named first unless it says "by".

        Everyday words count where they are marked as names, or where the sentence refuses an import.
        """
        small = in_small_letters(text)
        if small is not None and not (self.inner.may_be_in(small) and self.outer.may_be_in(small)):
            return False
        inner, outer = self.inner.found(text), self.outer.found(text)
        if inner is None or outer is None:
            return False  # what is meant is found, too, and most expressions need not be made for this
        if _in_turn(self.inner.meant(text), self.outer.meant(text), text) and _APART.is_in(text):
            return True
        return _in_turn(inner, outer, text) and _REFUSED.is_in(text) and _IMPORTED.is_in(text)


def _in_turn(first: Mention | None, second: Mention | None, text: str) -> bool:
    if first is None or second is None or first.said.strip("`/").lower() == second.said.strip("`/").lower():
        return False
    return first.place < second.place or _PASSIVE.is_in(text)


def in_small_letters(text: str) -> str | None:
    """Return a text in small letters, each where it stood; None where they would not show all that matches regardless of case."""
    small = text.lower()
    # There is an S and an I that are no capitals and match the plain ones all the same; one capital becomes two letters.
    plain = text.isascii() or (len(small) == len(text) and "\u017f" not in small and "\u0131" not in small)
    return small if plain else None


def may_keep_apart(small: str) -> bool:
    """Whether a text in small letters has a word by which :meth:`Sides.both_in` could be true, whatever the sides are called."""
    for stem in _STEMS:  # noqa: SIM110 - any() costs twice as much, and this runs for every comment
        if stem in small:
            return True
    return False


@lru_cache(maxsize=1024)
def speaks_of_apart(text: str) -> bool:
    """Whether a text speaks of keeping things apart: decoupling, layers, cycles, isolation."""
    return _MEANT.is_in(text)


def sides(statement: Statement) -> Sides | None:
    """Return what the two sides are called, or None where nobody would call them by a name (stacks, siblings, private modules)."""
    if statement.form in {Form.STACK, Form.SIBLINGS, Form.PRIVATE}:
        return None
    insiders = statement.allowed if statement.form is Form.VENDOR_ONLY else statement.sources
    own = {part.lower() for part in statement.container.split("/") if part}
    inner = _words((short(end, statement.container) for end in insiders), own)
    outer = _words((short(end, statement.container) for end in statement.forbidden), own)
    return None if inner is None or outer is None else Sides(inner, outer)


def is_binding(rule: Rule) -> bool:
    """Whether a sentence of a document lays something down about keeping apart."""
    return rule.force in _REFUSING or (rule.force in _ASKING and speaks_of_apart(rule.text))


def _words(names: Iterable[str], own: Collection[str]) -> Names | None:
    wanted = frozenset(name.rsplit("/", 1)[-1] for name in names if len(name.rsplit("/", 1)[-1]) >= _SHORTEST)
    if not wanted:
        return None
    its_own = frozenset(name for name in wanted if name.lower() in own)
    return Names(
        names=wanted,
        everyday=its_own.union(name for name in wanted if _is_everyday(name)),
        own=its_own,
        # The empty text is in every text: a name beyond ASCII is left to the expressions.
        parts=tuple(name.lower() if name.isascii() else "" for name in sorted(wanted)),
    )


def _is_everyday(name: str) -> bool:
    """Whether a sentence may hold the word without meaning the unit: one plain word, and not a name that somebody coined."""
    return role_height(name) is not None or name.lower() in _EVERYDAY


def _first(names: frozenset[str], everyday: frozenset[str], text: str) -> Mention | None:
    """The first of some names as words, and of everyday words and the product's own name in code marks, as part of a path, or called a package."""
    lowered = in_small_letters(text)
    found = [_plain(name, text, lowered) for name in sorted(names)]
    found += [_marked(name, text, lowered) for name in sorted(everyday)]
    return min((one for one in found if one is not None), key=itemgetter(0), default=None)


def _plain(name: str, text: str, lowered: str | None) -> Mention | None:
    if lowered is not None and name.isascii():  # a look for letters costs a fraction of making an expression
        place = _word(name.lower(), lowered)
        return None if place is None else Mention(place, text[place : place + len(name)])
    match = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE)
    return None if match is None else Mention(match.start(), match.group())


def _marked(name: str, text: str, lowered: str | None) -> Mention | None:
    if lowered is not None and name.isascii():
        return min(_marked_places(name.lower(), text, lowered), key=itemgetter(0), default=None)
    match = _marks(name).search(text)
    return None if match is None else Mention(match.start(), match.group())


def _marked_places(name: str, text: str, lowered: str) -> Iterator[Mention]:
    """Where a name stands so that the expression of :func:`_marks` would find it, which costs more to make than texts to look through."""
    place = lowered.find(name)
    while place >= 0:
        before, end = text[place - 1 : place], place + len(name)
        in_path = before in {".", "/"} and not _goes_on(text[end : end + 1])
        if in_path or (not _goes_on(before) and _BEHIND.match(lowered, end)):
            yield Mention(place, text[place:end])
        closed = end + text.startswith("/", end)
        if before in _BEFORE and text.startswith("`", closed):
            start = _opening(place, text)
            if start is not None:
                yield Mention(start, text[start : closed + 1])
        place = lowered.find(name, place + 1)


def _opening(place: int, text: str) -> int | None:
    """Where the backtick stands that is before a name, or before the path that the name ends."""
    start = place - 1
    while start >= 0 and (text[start] in "./_" or text[start].isalnum()):
        start -= 1
    return start if start >= 0 and text[start] == "`" else None


@lru_cache(maxsize=4096)
def _marks(name: str) -> re.Pattern[str]:
    marked = re.escape(name)
    return re.compile(
        rf"`(?:[\w./]*[./])?{marked}/?`|(?<=[./]){marked}(?![\w-])|(?<![\w-]){marked}(?=/|\.\w| {_KINDS})",
        re.IGNORECASE,
    )


def _word(name: str, lowered: str) -> int | None:
    """Where a name stands as a word: no letter, digit, underscore or dash is next to it."""
    place = lowered.find(name)
    while place >= 0:
        end = place + len(name)
        if not (_goes_on(lowered[place - 1 : place]) or _goes_on(lowered[end : end + 1])):
            return place
        place = lowered.find(name, place + 1)
    return None


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter in {"_", "-"}
