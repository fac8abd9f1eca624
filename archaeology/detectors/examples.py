"""Which lines of a file stand in an example of use within documentation: fenced, below a directive or a heading, or at a prompt. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MOST_ABOVE = 120
_MARK = re.compile(r"^\s*(?:///|//!|/\*\*+|\*(?!/)(?=\s|$)|//|--)?")
_MARKS = ("/", "*", "-")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\. |\$ |iex(?:\(\d+\))?> )")
_OPENS = re.compile(
    r"\s*(?:\.\. (?:code|code-block|sourcecode|highlight|literalinclude|doctest|testcode|parsed-literal)::"
    r"|(?:#+ )?(?:examples?|usage|example usage|examples? of use|for example|e\.g\.):?\s*$|@example\b)|.*::\s*$",
    re.IGNORECASE,
)
_FENCES_OF = 2


def stands_in_example(lines: Sequence[str], number: int) -> bool:
    """Return whether the line with this number (from 0) stands in an example; lines that are no comment must be of a docstring.

    What opens an example is looked for in the same comment or docstring, above the line: a directive, "Example:" or the like with
    everything that is indented deeper than it, or the opening of a fence.
    """
    if not 0 <= number < len(lines):
        return False
    above = list(_above(lines, number))
    here = above.pop(0)
    if _PROMPT.match(here) or sum(_FENCE.match(line) is not None for line in above) % _FENCES_OF:
        return True
    indent = _indent(here)
    for line in above:
        if not line.strip() or _indent(line) >= indent:
            continue
        if _OPENS.match(line):
            return True
        indent = _indent(line)
    return False


def _above(lines: Sequence[str], number: int) -> Iterator[str]:
    """Yield the line and those above it in the same comment or docstring, nearest first and without the marks of comments."""
    mark, _ = _marked(lines[number])
    for at in range(number, max(-1, number - _MOST_ABOVE), -1):
        line = lines[at]
        own, end = _marked(line)
        if at < number and own != mark and not (mark == "*" and own.startswith("/**")):
            return
        yield " " * end + line[end:]
        if at < number and ('"""' in line or "'''" in line):
            return


def _marked(line: str) -> tuple[str, int]:
    """The mark of a comment that a line begins with, empty for none, and where it ends."""
    bare = line.lstrip()
    if not bare.startswith(_MARKS):  # what most lines of a docstring begin with: no look with the expression is needed
        return "", len(line) - len(bare)
    found = _MARK.match(line)
    return (found.group().strip(), found.end()) if found else ("", 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
