"""Words as the weakness tests and the grammar see them: cut, folded, and with the empty ones taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?", re.UNICODE)
# What only exists in code: quoted, dotted, with underscores, slashes, calls or inner capitals.
_IDENTIFIER = re.compile(
    r"`[^`]+`|\b\w+_\w+\b|\b\w+/\w|\b[a-z]\w*\.[a-z]\w+|\b\w+\(\)|\b[A-Z][a-z0-9]+[A-Z]\w*|\b[A-Z]{2,}\b|#\d+"
)

STOP_WORDS = frozenset(
    """a an and any are as at be been being but by can could did do does doing for from had has have having he her his how i if in
    into is it its it's just let me my no not of off on or our out over own re s she should so some such t than that that's the their
    them then there these they this those to too up us very was we were what when where which while who why will with would you your
    really always never must may might all every each also because actually basically probably simply thing things stuff way etc
    don't doesn't isn't aren't can't cannot won't we're we'll here about only""".split(),
)


def words(text: str) -> list[str]:
    """Return the words of a text, lower-cased, in their order."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, reduced to a rough stem."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def identifiers(text: str) -> list[str]:
    """Return what can only be a name from code, a path, an acronym or an issue number."""
    return _IDENTIFIER.findall(text)


def stem(word: str) -> str:
    """Cut the commonest English endings off, so that "imports", "imported" and "importing" are one word."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004 - three letters must be left to be a word
            return word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
    return word


def stems(*texts: str) -> frozenset[str]:
    """Return the stems of all words in some lists of words separated by blanks."""
    return frozenset(stem(word) for text in texts for word in text.split())


def likeness(left: Iterable[str], right: Iterable[str]) -> float:
    """Return the Jaccard index of two collections of words: 0 nothing in common, 1 the same."""
    a, b = set(left), set(right)
    return len(a & b) / len(a | b) if a | b else 0.0
