"""Where a warning stands, in words that a title can use: the definition it is of, the attribute, the line below, the platform around it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from archaeology.detectors.surroundings import attribute_below, holds_for, stands_on
from archaeology.facts import Comment, FileFacts

# Attributes stand between documentation and what it is of.
_LINES_ABOVE = {"elixir": 4, "rust": 3, "csharp": 3, "java": 3, "kotlin": 3}
_CALLED = frozenset({"function", "method"})
_DOCUMENTED = frozenset({"function", "method", "class", "struct", "interface", "trait", "enum", "macro"})


def placed(code: FileFacts, comment: Comment) -> Comment:
    """Return the comment with the definition that it stands on, where it stands on one: documentation comes before what it is of."""
    first, last = _below(code, comment)
    below = [one for one in code.definitions if first <= one.start_line <= last and one.kind in _DOCUMENTED]
    inner = min(below, key=lambda definition: definition.start_line, default=None)
    if _is_in_function(code, comment):  # said in the middle of a function, of the function
        return comment
    if inner is None or not inner.name.startswith(comment.symbol or ""):
        return comment
    return comment._replace(symbol=inner.name)


def documents(code: FileFacts, comment: Comment) -> bool:
    """Return whether a comment stands right above what it is put to: "this" in it is that, and not a branch or an argument inside."""
    first, last = _below(code, comment)
    return any(first <= one.start_line <= last for one in code.definitions if one.name == comment.symbol)


def setting(code: FileFacts, lines: Sequence[str], comment: Comment) -> dict[str, str]:
    """Return what is around a comment, as far as there is any: the ``attribute`` it is of, what it ``stands_on``, what it holds ``under``."""
    outside = not (_is_in_function(code, comment) or documents(code, comment))
    around = {
        "attribute": attribute_below(lines, comment) if outside else "",
        "stands_on": stands_on(lines, comment),
        "under": holds_for(lines, comment, code.language),
    }
    return {name: said for name, said in around.items() if said}


def _below(code: FileFacts, comment: Comment) -> tuple[int, int]:
    """The first and the last of the lines on which may begin what a comment stands on."""
    return comment.end_line + 1, comment.end_line + _LINES_ABOVE.get(code.language, 1)


def _is_in_function(code: FileFacts, comment: Comment) -> bool:
    around = next((definition for definition in code.definitions if definition.name == comment.symbol), None)
    return around is not None and around.kind in _CALLED and around.start_line <= comment.start_line
