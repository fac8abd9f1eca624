"""To whom a comment speaks: documentation tells callers, narration tells readers what comes next; neither is a lesson of ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archaeology.detectors.examples import stands_in_example
from archaeology.detectors.narration import explains_what_follows, says_what_follows
from archaeology.detectors.sentences import Caution
from archaeology.detectors.word_rows import row_in
from archaeology.facts import Comment, FileFacts
from archaeology.readings.clauses import clauses_of
from archaeology.readings.rules import is_reasoned

_LINE_WORDS = 3
_DOCUMENTS_WITH = {"go": "//", "ruby": "#"}
_CALLABLE_OR_TYPE = frozenset(
    {"function", "method", "class", "struct", "interface", "type", "module", "field", "property"}
)
_CALLED = frozenset({"function", "method"})
_WORD = re.compile(r"\w+")
_MARKED = re.compile(r"#|//|/\*|^\s*\*|--|<!--|;|%")
_IN_BLOCK = re.compile(r"\s*\*(?!/)")
_MOST_ABOVE = 80
_MODIFIERS = re.compile(
    r"\b(?:pub|public|private|protected|internal|static|readonly|export|const|let|var|final|val|def|type|func|fn|mut|override|abstract|open|self)\b(?:\([^)]*\))?"
)
_FOR_CALLERS = re.compile(r"\s*(?:///|//!|/\*\*|@(?:module)?doc\b)")


def tells_callers(code: FileFacts, whole: Sequence[str], comment: Comment, caution: Caution) -> bool:
    """Return whether the words are documentation for whoever uses the code, and name no fault: what users should beware of is no scar of ours.

    ``whole`` are the lines of the file, ``code`` what was read of it.
    """
    first = comment.start_line - 1
    lines = whole[first : comment.end_line]
    if stands_in_example(whole, _line_of(comment, caution, whole)):
        return True
    if lines and not _MARKED.search(lines[0]):  # a string that documents: no mark of a comment
        return True
    while 0 < first < len(whole) and _IN_BLOCK.match(whole[first]) and comment.start_line - first < _MOST_ABOVE:
        first -= 1  # only the lines around the telling word were kept of a long one
    names_a_fault = caution.issues and caution.forbids
    name = (comment.symbol or "").replace("#", ".").replace(":", ".").rpartition(".")[2]
    if not names_a_fault and (_is_of_a_field(code, comment, whole) or _is_documentation(code, comment, whole)):
        return True
    if name and not names_a_fault and comment.text.lstrip("`*").startswith((f"{name} ", f"{name}` ")):
        return True  # "Close closes it": what opens with the name of the function says what that is
    return not names_a_fault and any(_FOR_CALLERS.match(line) for line in (*whole[first : first + 1], *lines))


def narrates(lines: Sequence[str], comment: Comment, caution: Caution) -> bool:
    """Return whether the words only say what the next line does, without a reason or with one that is no more than what that line works on."""
    reading = caution.reading
    if not (
        reading.harm or reading.depends or reading.gap or reading.rejected or caution.issues
    ) and explains_what_follows(caution.sentence, lines, comment.start_line - 2, comment.end_line):
        return True
    if reading.harm or reading.ground or reading.depends or caution.issues or is_reasoned(clauses_of(caution.sentence)):
        return False
    return says_what_follows(caution.sentence, lines, comment.end_line)


def _is_of_a_field(code: FileFacts, comment: Comment, lines: Sequence[str]) -> bool:
    """Whether the words stand outside of functions and open with the name on the next line: "Limit says how many there must be"."""
    around = next((definition for definition in code.definitions if definition.name == comment.symbol), None)
    if around is not None and around.kind in _CALLED and around.start_line <= comment.start_line:
        return False
    first = _WORD.match(comment.text.lstrip("`*# "))
    below = next((line for line in lines[comment.end_line :] if line.strip()), "")
    return first is not None and first.group() in _WORD.findall(_MODIFIERS.sub("", below))[:1]


def _is_documentation(code: FileFacts, comment: Comment, lines: Sequence[str]) -> bool:
    """Whether plain comments are how the language documents, and the block that this one belongs to stands on what somebody calls."""
    mark = _DOCUMENTS_WITH.get(code.language)
    below = comment.end_line
    while mark and below < len(lines) and lines[below].lstrip().startswith(mark):
        below += 1
    return mark is not None and any(
        definition.start_line == below + 1 and definition.kind in _CALLABLE_OR_TYPE for definition in code.definitions
    )


def _line_of(comment: Comment, caution: Caution, whole: Sequence[str]) -> int:
    """The line (from 0) that the warning begins on, as far as its first words tell; else the first of its comment."""
    words = _WORD.findall(caution.sentence)[:_LINE_WORDS]
    first = comment.start_line - 1
    return next((at for at in range(first, min(comment.end_line, len(whole))) if row_in(words, whole[at])), first)
