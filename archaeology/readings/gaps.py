"""What a sentence says that something else cannot do: the gap that code makes up for until it is closed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from archaeology.readings.caseless import Choice
from archaeology.readings.clauses import Clause, bare

_REASONS = frozenset({"because", "since", "as", "due to"})
_MOST = 160
_WHILE = r"(?: (?:yet|currently|really|always|even|reliably|properly|correctly|fully|officially|natively|directly|seem to|appear to|be|been))*"
_SUBJECT = r"^(?!(?:we|you|i|they|one|users?|callers?|nobody|nothing)\b)[^,;:]{2,70}? "
_NOT = (" not ", "n't ", "n’t ")
_GAP = Choice(
    (
        rf"{_SUBJECT}(?:does|do|did|will|can|could|would)(?: not|n['’]t){_WHILE} (?:support|allow|provide|expose|offer|implement|honou?r|respect|recogni[sz]e|understand|permit|guarantee|let|accept)\b",
        (" support", " allow", " provide", " expose", " offer", " implement", " hono", " respect", " recogni", " understand", " permit", " guarantee", " let", " accept"),
        _NOT,
    ),
    (
        rf"{_SUBJECT}(?:(?:is|are|was|were)(?: not|n['’]t)|(?:does|do|did)(?: not|n['’]t) (?:seem|appear) to be){_WHILE} (?:supported|implemented|exposed|allowed|compatible|possible to|reliable)\b",
        (" supported", " implemented", " exposed", " allowed", " compatible", " possible to", " reliable"),
        _NOT,
    ),
    (
        rf"{_SUBJECT}cannot{_WHILE} (?:handle|support|parse|deal with|cope with|express|represent)\b",
        (" handle", " support", " parse", " deal with", " cope with", " express", " represent"),
        (" cannot ",),
    ),
    (
        rf"{_SUBJECT}(?:lacks|ha(?:s|ve) no (?:support|api|way|option))\b",
        (" lacks", " no support", " no api", " no way", " no option"),
        (" lacks", " has no ", " have no "),
    ),
    (
        r"^there(?: is|['’]s) (?:currently |still |as yet )?no (?:way|api|support|option)\b",
        ("no way", "no api", "no support", "no option"),
        ("there is ", "there's ", "there’s "),
    ),
)  # fmt: skip


def gap_in(clauses: Iterable[Clause]) -> str:
    """Return the clause that gives as the reason what something outside cannot do ("the driver does not support arrays"); empty for none."""
    for clause in clauses:
        if clause.joint in _REASONS and len(said := bare(clause.text)) <= _MOST and _GAP.is_in(said):
            return said
    return ""
