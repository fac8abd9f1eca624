"""Hundreds of words, looked up in a text instead of looked for.

An expression of two hundred words takes a millisecond and a half to compile, and is tried at each place of a text. Here the words of a
text are cut out once, whoever asks for some of them, and an expression is made of phrases only, once a text has a word of one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archaeology.readings.caseless import Caseless, small_of

_HEAD = 3  # letters; no beginning is shorter
_KNOWN = 8  # a sentence is asked for one thing after the other
_WORD = re.compile(r"\w+")
# What is no letter, digit or underscore becomes a blank.
_BLANKED = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)) + b" " * 128

_Said = tuple[str, frozenset[str]]


def words_of(text: str) -> frozenset[str] | None:
    """Return the words of a text in small letters; None where small letters do not show what it says."""
    said = _said(text)
    return said[1] if said else None


class Vocabulary:
    """Words and phrases, asked for regardless of case.

    Words are separated by blanks: ``lost`` is that word, ``leak*`` a word that begins so (with three letters at least), ``*mock*`` stands
    anywhere. Texts are sentences: their words are kept for whoever asks next.
    """

    __slots__ = ("_folding", "_made", "_needs", "_of", "_phrases", "_words")

    def __init__(self, words: str, phrases: str | Caseless = "", of: str = "", needs: tuple[str, ...] = ()) -> None:
        """Take the words, and an expression of ``phrases`` in which nothing depends on case; each of them has one of the words ``of``.

        Phrases that say themselves what they need, as those of a ``Choice`` do, come without ``of``. Where ``needs`` are given, each word
        and each phrase holds one of them, in small letters: that spares many texts the cutting.
        """
        self._words, self._of, self._needs = words, of, needs
        self._phrases = Caseless(phrases) if isinstance(phrases, str) else phrases
        self._made: tuple[_Words, _Words] | None = None
        self._folding: re.Pattern[str] | None = None

    @property
    def source(self) -> str:
        """The expression that finds the same."""
        some = [re.escape(word).replace(r"\*", r"\w*") for word in self._words.split()]
        return "|".join(filter(None, [rf"\b(?:{'|'.join(some)})\b" if some else "", self._phrases.source]))

    def is_in(self, text: str) -> bool:
        """Whether one of the words or phrases stands somewhere in a text."""
        if self._needs and text.isascii() and not any(map(text.lower().__contains__, self._needs)):
            return False
        said = _said(text)
        if said is None:
            self._folding = self._folding or re.compile(self.source, re.IGNORECASE)
            return self._folding.search(text) is not None
        if self._made is None:
            self._made = _Words(self._words), _Words(self._of)
        words, of = self._made
        if words.are_in(said):
            return True
        told = of.are_in(said) if self._of else bool(self._phrases.needs)
        return told and self._phrases.is_in_small(said[0])


class _Words:
    """Words to be asked for: whole ones, beginnings with the first letters of each, and what may stand anywhere."""

    __slots__ = ("_beginnings", "_parts", "_whole")

    def __init__(self, words: str) -> None:
        some = words.split()
        self._whole = frozenset([word for word in some if "*" not in word])
        self._beginnings: dict[str, tuple[str, ...]] = {}  # by their first letters
        for beginning in [word[:-1] for word in some if word[-1] == "*" != word[0]]:
            self._beginnings[beginning[:_HEAD]] = (*self._beginnings.get(beginning[:_HEAD], ()), beginning)
        self._parts = [word.strip("*") for word in some if word[0] == "*"]

    def are_in(self, said: _Said) -> bool:
        small, words = said
        if not self._whole.isdisjoint(words):
            return True
        beginnings = self._beginnings
        if beginnings and not beginnings.keys().isdisjoint(_heads(words)):
            for word in words:
                if word[:_HEAD] in beginnings and word.startswith(beginnings[word[:_HEAD]]):
                    return True
        return bool(self._parts) and any(part in small for part in self._parts)


@lru_cache(maxsize=_KNOWN)
def _said(text: str) -> _Said | None:
    """A text in small letters, and its words; None where its small letters do not show what it says."""
    small = small_of(text)
    if small is None:
        return None
    if text.isascii():
        words = frozenset(small.encode().translate(_BLANKED).decode().split())
    else:
        words = frozenset(_WORD.findall(small))
    return small, words


@lru_cache(maxsize=_KNOWN)
def _heads(words: frozenset[str]) -> frozenset[str]:
    """How words begin."""
    return frozenset([word[:_HEAD] for word in words])
