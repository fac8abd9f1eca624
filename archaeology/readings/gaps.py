"""What a sentence says that something else cannot do: the gap that code makes up for until it is closed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import Clause, bare

_REASONS = frozenset({"because", "since", "as", "due to"})
_MOST = 160
_WHILE = r"(?: (?:yet|currently|really|always|even|reliably|properly|correctly|fully|officially|natively|directly|seem to|appear to|be|been))*"
_GAP = Caseless(
    r"^(?!(?:we|you|i|they|one|users?|callers?|nobody|nothing)\b)[^,;:]{2,70}? (?:"
    rf"(?:does|do|did|will|can|could|would)(?: not|n['’]t){_WHILE} (?:support|allow|provide|expose|offer|implement|honou?r|respect|recogni[sz]e|understand|permit|guarantee|let|accept)"
    rf"|(?:(?:is|are|was|were)(?: not|n['’]t)|(?:does|do|did)(?: not|n['’]t) (?:seem|appear) to be){_WHILE} (?:supported|implemented|exposed|allowed|compatible|possible to|reliable)"
    rf"|cannot{_WHILE} (?:handle|support|parse|deal with|cope with|express|represent)"
    r"|lacks|has no (?:support|api|way|option)|have no (?:support|api|way|option)"
    r")\b|^there(?: is|['’]s) (?:currently |still |as yet )?no (?:way|api|support|option)\b",
    needs=("support", "allow", "provid", "expos", "offer", "implement", "hono", "respect", "recogni", "understand", "permit", "guarantee", " let", "accept", "compatible", "possible to", "reliable", "cannot",
           "lacks", "has no ", "have no ", "no way", "no api", "no option"),
)  # fmt: skip


def gap_in(clauses: Iterable[Clause]) -> str:
    """Return the clause that gives as the reason what something outside cannot do ("the driver does not support arrays"); empty for none."""
    for clause in clauses:
        if clause.joint in _REASONS and len(said := bare(clause.text)) <= _MOST and _GAP.is_in(said):
            return said
    return ""
