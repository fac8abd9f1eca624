"""Lines that an expression matches, found by one search through a whole text where that finds the same.

To look at nine hundred thousand lines one by one takes seconds, nearly all of them for the calls. Most expressions match a line of a
text wherever they match that line by itself, and perhaps in more places, which are then looked at by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import regex

from archaeology.checks.literals import literal_in

MAX_LINE = 4_000
# Seconds for one line; a pattern that needs longer is one that backtracks without end.
LINE_SECONDS = 0.25
_TEXT_SECONDS = 1.0
# What makes an expression see the neighbours of a line, or give up what it could have had: refusing to look round, atoms, and whatever
# is not known to be harmless.
_UNSURE = regex.compile(
    r"""\\[^wWsSdDbBntr\W]            # escapes for ends of the text and the like
    | \(\?(?!:|P<\w|<\w|=|<=|i[:)])   # groups other than plain, named, looking ahead or behind, ignoring case
    | \(\*
    | [*+?}]\+                        # possessive
    | \{(?!\d*,?\d*\})                # fuzzy
    """,
    regex.VERBOSE,
)


# Words one after the other, as hypotheses ask for the words of a comment.
_PHRASE = re.compile(r"\w+(?:\\W\+\w+)+", re.ASCII)


class LineFinder:
    """Finds the lines of texts that an expression matches, each by itself and in its first 4,000 characters only."""

    def __init__(self, pattern: str) -> None:
        """Compile a pattern. Raises regex.error where it is none."""
        self._pattern = pattern
        # To compile words that follow each other costs more than to look for them in all lines that hold the longest.
        self._words = pattern.split(r"\W+") if _PHRASE.fullmatch(pattern) else []
        self._of_line = None if self._words else regex.compile(pattern)
        self._word = max(self._words, key=len) if self._words else literal_in(pattern)
        is_sure = not self._word and _UNSURE.search(pattern.replace(r"\\", "")) is None
        self._of_text = regex.compile(pattern, regex.MULTILINE) if is_sure else None

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield number (from 1) and text of each line that matches. Raises TimeoutError where a line takes too long."""
        if self._word:  # only the lines that hold what every match holds
            found = self._lines_at(text, partial(text.find, self._word))
            yield from ((number, text[start:end]) for number, start, end in found)
            return
        begin, after = 0, 1
        if self._of_text is not None and not _has_long_line(text):
            try:
                for number, start, end in self._lines_at(text, partial(_search, self._of_text, text)):
                    yield number, text[start:end]
                    begin, after = end + 1, number + 1
            except TimeoutError:
                self._of_text = None  # what is long for a text may be short enough for each of its lines
            else:
                return
        for place, line in enumerate(text[begin:].split("\n"), start=after):
            if self._matches(line):
                yield place, line

    def _lines_at(self, text: str, look: Callable[[int], int]) -> Iterator[tuple[int, int, int]]:
        """Yield number, start and end of each line that matches, of those where ``look`` finds something: it is given a place, and gives -1 at last."""
        begin, number = 0, 1
        while begin <= len(text) and (found := look(begin)) >= 0:
            start = text.rfind("\n", begin, found) + 1 or begin
            number += text.count("\n", begin, start)
            end = text.find("\n", found)
            end = len(text) if end < 0 else end
            if self._matches(text[start:end]):
                yield number, start, end
            begin, number = end + 1, number + 1

    def _matches(self, line: str) -> bool:
        line = line[:MAX_LINE]
        if self._words and line.isascii():  # of other letters the library knows which are letters
            return _follow(line, self._words)
        if self._of_line is None:
            self._of_line = regex.compile(self._pattern)
        return self._of_line.search(line, timeout=LINE_SECONDS) is not None


def _follow(line: str, words: list[str]) -> bool:
    """Whether some words follow each other in a line, whatever stands between them but letters; the first may end and the last begin another."""
    first, *others = words
    begin = line.find(first)
    while begin >= 0:
        place = begin + len(first)
        for word in others:
            end = place
            while place < len(line) and not (line[place].isalnum() or line[place] == "_"):
                place += 1
            if place == end or not line.startswith(word, place):
                break
            place += len(word)
        else:
            return True
        begin = line.find(first, begin + 1)
    return False


def _search(expression: regex.Pattern[str], text: str, begin: int) -> int:
    found = expression.search(text, begin, timeout=_TEXT_SECONDS)
    return -1 if found is None else found.start()


def _has_long_line(text: str) -> bool:
    begin = 0
    while begin + MAX_LINE < len(text):
        last = text.rfind("\n", begin, begin + MAX_LINE + 1)
        if last < 0:
            return True
        begin = last + 1
    return False
