"""Expressions of words that are looked for regardless of case, in a third of the time.

To fold every letter is most of what such a look costs. A text is therefore put into small letters once, and looked through with an
expression that need not fold. Where small letters do not show what matches, or do not stand where the letters stood, it is the usual one.
Neither is compiled before it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What must stay as it is when an expression is put into small letters: escapes, and the names of groups.
_KEPT = re.compile(r"\\.|\(\?P[<=][^>)]*[>)]", re.DOTALL)

_Way = tuple[str, tuple[str, ...]] | tuple[str, tuple[str, ...], tuple[str, ...]]

_ALIKE = ("\u017f", "\u0131")

# Marks that are typeset, and how expressions write that they take them like others: either apostrophe, either dash. Each such class costs as
# much to make as a dozen letters, and few texts have such marks: expressions are made for the plain apostrophe, and for two letters of Latin-1
# that no text in ASCII has and that cost next to nothing.
_TYPESET = "’–—"
_APOSTROPHES = frozenset("'’")
_APOSTROPHE, _DASHES = "['’]", "–—"
_PLAIN = {ord("’"): "'", ord("–"): "\x80", ord("—"): "\x80"}
_APART = {**_PLAIN, ord("’"): "\x81"}  # where an expression takes the plain one alone, too


class Caseless:
    """An expression that is matched regardless of case.

    Its matches have the places of the text that was given. Their groups may be in small letters, and with other marks for typeset ones: who
    wants the words as they were written cuts them out of the text.
    """

    __slots__ = ("_also", "_folding", "_needs", "_small", "_source")

    def __init__(self, source: str, needs: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> None:
        """Take the source of an expression in which nothing depends on case.

        Where ``needs`` are given, each match holds one of them, in small letters: to look for a dozen strings costs a tenth of a look
        with the expression, and most texts hold none. Where ``also`` are given, it holds one of those, too.
        """
        self._source = source
        self._needs, self._also = needs, also
        self._small: re.Pattern[str] | None = None
        self._folding: re.Pattern[str] | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The strings of which each match holds one, in small letters; none where that was not said."""
        return self._needs

    @property
    def source(self) -> str:
        """The expression as it was written."""
        return self._source

    def is_in(self, text: str) -> bool:
        """Whether the expression matches somewhere in a text."""
        small = text.lower()
        if not text.isascii():
            return self.is_in_small(small) if _is_plain(text, small) else self._full.search(text) is not None
        # Asked some ten thousand times in a scan: one call less for each is worth the repetition.
        if self._needs and not any(map(small.__contains__, self._needs)):
            return False
        if self._also and not any(map(small.__contains__, self._also)):
            return False
        return (self._small or self._made()).search(small) is not None

    def is_in_small(self, small: str) -> bool:
        """Whether the expression matches in a text in small letters that show what matches, as :func:`small_of` gives them."""
        if self._needs and not self._is_possible(small):
            return False
        if small.isascii():
            return (self._small or self._made()).search(small) is not None
        expression, small = self._for(small)
        return expression.search(small) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text, or None."""
        expression, small = self._looking(text)
        return expression.search(small) if expression else None

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match that a text begins with, or None."""
        expression, small = self._looking(text)
        return expression.match(small) if expression else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches in a text."""
        expression, small = self._looking(text)
        return expression.finditer(small) if expression else iter(())

    def _looking(self, text: str) -> tuple[re.Pattern[str] | None, str]:
        """What to look through for a match in a text, and with which expression; with none where there is no match."""
        small = text.lower()
        if not (text.isascii() or _is_plain(text, small)):
            return self._full, text
        if self._needs and not self._is_possible(small):
            return None, small
        return (self._small or self._made(), small) if small.isascii() else self._for(small)

    def _for(self, small: str) -> tuple[re.Pattern[str], str]:
        """The expression for a text in small letters beyond ASCII, and that text as the expression knows it."""
        if "\x80" in small or "\x81" in small:
            return self._full, small
        marks = [mark for mark in _TYPESET if mark in small]  # an intersection would look at each letter of a message
        if not marks:
            return self._small or self._made(), small
        rest = self._source.replace(_APOSTROPHE, "").replace(_DASHES, "")
        if any(map(rest.__contains__, marks)):
            return self._full, small
        return self._small or self._made(), small.translate(_PLAIN if "'" not in rest else _APART)

    def _is_possible(self, small: str) -> bool:
        holds = small.__contains__
        return any(map(holds, self._needs)) and (not self._also or any(map(holds, self._also)))

    def _made(self) -> re.Pattern[str]:
        """The expression that need not fold and has no typeset marks to look for, made now."""
        source = self._source
        if not source.isascii():
            alike = not _APOSTROPHES.intersection(source.replace(_APOSTROPHE, ""))
            source = source.replace(_APOSTROPHE, "'" if alike else "['\x81]").replace(_DASHES, "\x80")
        self._small = re.compile(in_small_letters(source))
        return self._small

    @property
    def _full(self) -> re.Pattern[str]:
        if self._folding is None:
            self._folding = re.compile(self._source, re.IGNORECASE)
        return self._folding


class Choice(Caseless):
    """Expressions of which one or another is looked for: each is only made for a text that holds one of the strings that it needs.

    To make a long expression costs as much as to read a page with it, and in most repositories nothing needs all of one.
    """

    __slots__ = ("_ways",)

    def __init__(self, *ways: _Way, needs: tuple[str, ...] = ()) -> None:
        """Take the sources of the expressions, each with the strings that it needs, as :class:`Caseless` takes them.

        ``needs`` are fewer strings of which all matches hold one, where there are such: they are looked for first.
        """
        all_needs = needs or tuple(dict.fromkeys(need for way in ways for need in way[1]))
        super().__init__("|".join(way[0] for way in ways), all_needs)
        self._ways = tuple((Caseless(*way), way[1], way[2] if len(way) > 2 else ()) for way in ways)  # noqa: PLR2004 - with what they need, too

    def is_in(self, text: str) -> bool:
        """Whether one of the expressions matches somewhere in a text."""
        small = text.lower()
        return self.is_in_small(small) if _is_plain(text, small) else self._full.search(text) is not None

    def is_in_small(self, small: str) -> bool:
        """Whether one of the expressions matches in a text in small letters that show what matches."""
        holds = small.__contains__
        if not any(map(holds, self._needs)):
            return False
        # Of a dozen ways nearly all end here: to ask each by a call of its own would be half of the work.
        return any(
            way.is_in_small(small)
            for way, needs, also in self._ways
            if any(map(holds, needs)) and (not also or any(map(holds, also)))
        )


def _is_plain(text: str, small: str) -> bool:
    """Whether small letters show what matches: there is an S and an I that are no capitals and match the plain ones all the same."""
    return text.isascii() or (len(small) == len(text) and not any(letter in small for letter in _ALIKE))


def small_of(text: str) -> str | None:
    """Return a text in small letters; None where they do not show what matches, or do not stand where the letters stood."""
    small = text.lower()
    return small if _is_plain(text, small) else None


def in_small_letters(source: str) -> str:
    """Return an expression that need not fold, for texts in small letters."""
    if source.islower():
        return source
    small, end = [], 0
    for kept in _KEPT.finditer(source):
        small += [source[end : kept.start()].lower(), kept.group()]
        end = kept.end()
    return "".join([*small, source[end:].lower()])
