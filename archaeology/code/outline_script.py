"""What of a TypeScript or JavaScript file need not be parsed: its head, and blocks in which nothing but calls and comments stands."""

from __future__ import annotations

from itertools import chain

from archaeology.code import bodies_script
from archaeology.code.head_script import Head, script_head
from archaeology.code.left_out import Outline
from archaeology.code.script_text import script_text
from archaeology.code.source import Span, with_pieces

SCRIPTS = ("typescript", "tsx", "javascript")
"""The languages whose files have such outlines."""

_MOST_GAPS = 200  # the parser looks through all of them at each word
# Files below which to find blocks costs more than to parse them, for all facts and for names alone, and those with so few blocks are data.
_SMALL = (3_000, 2_000)
_BYTES_A_BLOCK = 1_500


def script_outline(language: str, data: bytes, *, names_only: bool) -> Outline | None:
    """Return the outline of a file in one of the SCRIPTS; None where all of it is to be parsed."""
    head = script_head(language, data)
    return _script_blocks(language, data, head, names_only=names_only) or _below(head, data)


def _below(head: Head, data: bytes) -> Outline | None:
    """Return the outline of a script of which all but the head is parsed."""
    if not head.end:
        return None
    return Outline(
        data,
        data,
        None,
        [],
        [],
        "",
        told={"comment": head.comments},
        parts=_apart([], head.end, len(data)),
        has_gaps=True,
        imports=head.imports,
    )


def _script_blocks(language: str, data: bytes, head: Head, *, names_only: bool) -> Outline | None:
    if len(data) < _SMALL[names_only] or data.count(b"{\n") * _BYTES_A_BLOCK < len(data):
        return None
    has_markup = language != "typescript" and (b"</" in data or b"/>" in data)
    found = script_text(data, head.end, has_markup=has_markup)
    if found is None:
        return None
    replaced = list(bodies_script.needless(found.code, () if names_only else found.formats, names_only=names_only))
    if not replaced:
        return None
    skipped = [span for span, _ in replaced]
    return Outline(
        with_pieces(data, replaced),
        found.code,
        [*head.comments, *found.comments],
        skipped,
        [],
        "",
        told={"comment": head.comments},
        parts=_apart(skipped, head.end, len(data)),
        templates=None if names_only else found.templates,
        has_gaps=True,
        has_types=language != "javascript",
        imports=head.imports,
    )


def _apart(skipped: list[Span], begin: int, end: int) -> list[Span]:
    """Return what stands between two offsets around the spans, of very many around the longest."""
    if len(skipped) > _MOST_GAPS:
        skipped = sorted(sorted(skipped, key=lambda span: span[0] - span[1])[:_MOST_GAPS])
    edges = [begin, *chain.from_iterable(skipped), end]
    return [span for span in zip(edges[::2], edges[1::2], strict=True) if span[0] < span[1]]
