"""Names of code as whole words: those in a text, and whether one of a few is in it, for a fraction of what taking all out of it costs. Pure."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z_]\w{3,}")
_BEGINS = re.compile(r"[A-Za-z_]")


def names_in(text: str) -> set[str]:
    """Return the names in a text: four characters or more, from a letter on to the end of the word."""
    return set(_NAME.findall(text))


def is_named(name: str, text: str) -> bool:
    """Return whether a name is among those that :func:`names_in` finds in a text."""
    at = text.find(name)
    while at >= 0:
        begin, end = at, at + len(name)
        while begin and _is_of_word(text[begin - 1]) and not _BEGINS.match(text[begin - 1]):
            begin -= 1  # a name does not begin with what stands there: it may be the end of a longer word
        if not (begin and _is_of_word(text[begin - 1])) and not _is_of_word(text[end : end + 1]):
            return True
        at = text.find(name, at + 1)
    return False


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
