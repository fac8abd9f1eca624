"""Prose cut into sentences that know their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archaeology.documents.blocks import Block

_END = re.compile(r"[.!?:;][\"')\]*_`]*\s+(?=[\"'(\[*_`]*[A-Z0-9`\"'(])|[.!?][\"')\]*_`]*\s*\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|resp|approx|incl|no|fig|sec|dr|mr|ms|st|a\.k\.a|al)|(?-i:\b[A-Z])|^\W*\d+)\.$",
    re.IGNORECASE,
)
MAX_CHARACTERS = 10_000  # of a block; what is longer is no paragraph that anybody wrote
_TAIL = 12  # characters, enough for an abbreviation


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence on one line of text, and the lines of the document that it stands on."""

    text: str
    start_line: int
    end_line: int


def sentences_of(block: Block) -> Iterator[Sentence]:
    """Cut a block at the ends of its sentences; not after abbreviations, single letters and numbers."""
    text = block.text[:MAX_CHARACTERS]
    begin = 0
    for end in _END.finditer(text):
        piece = text[max(begin, end.end() - _TAIL) : end.end()].rstrip()
        if _ABBREVIATION.search(piece) and not re.search(r"\w{4,}\.$", piece):
            continue
        if piece.endswith((":", ";")):
            continue  # what follows a colon belongs to what it explains
        yield from _sentence(block, begin, end.end())
        begin = end.end()
    yield from _sentence(block, begin, len(text))


def _sentence(block: Block, begin: int, end: int) -> Iterator[Sentence]:
    raw = block.text[begin:end]
    text = " ".join(raw.split())
    if text:
        first = begin + len(raw) - len(raw.lstrip())
        last = begin + len(raw.rstrip())
        start = block.start_line + block.text.count("\n", 0, first)
        yield Sentence(text, start, start + block.text.count("\n", first, last))
