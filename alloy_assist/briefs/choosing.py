"""Which records apply to an objective: by name, by path, by words as a suggestion, and by relation; each with its reason. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.paths import governs, matches
from store.records import IntentRecord, RelationKind, Severity

# A word of prose, or a part of a name: `paymentGateway`, `payment_gateway` and `HTTPClient` are two words each.
_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*")
_SHORTEST = 3
_COMMON = frozenset(
    "the and for from with without that this into are not can has have its our was will when where which who why how all any but out "
    "use uses using used new add adds make makes made should must may more than then only also each every other between".split()
)
_ENOUGH = 2
# A single shared word is enough where few records have it, and where it is long enough to be more than a particle.
_RARE = 1 / 4
_TELLING = 5
_RELATIONS = {
    RelationKind.SUPPORTS: "supports",
    RelationKind.DEPENDS_ON: "is needed by",
    RelationKind.REFINES: "is refined by",
    RelationKind.CONSTRAINS: "is constrained by",
}
_BACKWARDS = {
    RelationKind.DEPENDS_ON: "depends on",
    RelationKind.REFINES: "refines",
    RelationKind.CONSTRAINS: "constrains",
    RelationKind.SUPPORTS: "supports",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that could be in a brief, why, and whether it is suggested."""

    record: IntentRecord
    reason: str
    suggested: bool


def candidates(objective: str, paths: Sequence[str], records: Iterable[IntentRecord]) -> tuple[Candidate, ...]:
    """Return every record that may be compiled, those that apply first.

    A record that governs a named path applies; one that shares words with the objective, or is related to one that applies, is a
    suggestion. ``paths`` may be dotted modules.
    """
    known = sorted(records, key=lambda record: record.id)
    reasons: dict[str, str] = {}
    for record in known:
        governed = [path for path in paths if _governs(record, path)]
        if governed:
            reasons[record.id] = f"governs {', '.join(governed)}"
    by_words = _by_words(objective, known)
    for identity, reason in by_words.items():
        reasons.setdefault(identity, reason)
    for identity, reason in _by_relation(reasons, known).items():
        reasons.setdefault(identity, reason)
    found = [
        Candidate(record, reasons.get(record.id, "not suggested by anything"), record.id in reasons) for record in known
    ]
    order = list(Severity)[::-1]
    return tuple(
        sorted(
            found,
            key=lambda each: (
                not each.suggested,
                _rank(each.reason),
                order.index(each.record.severity),
                each.record.id,
            ),
        )
    )


def _governs(record: IntentRecord, path: str) -> bool:
    cleaned = path.strip().removeprefix("./")
    tries = [cleaned.rstrip("/")]
    if "/" not in cleaned and "." in cleaned.strip("."):
        tries.append(cleaned.replace(".", "/"))
    extra = tuple(relation.target for relation in record.relations if relation.kind is RelationKind.APPLIES_TO)
    inside = cleaned.rstrip("/") + "/"
    for each in filter(None, tries):
        if governs(record.scope, each) or any(matches(glob, each) for glob in extra):
            return True
    return any(glob.startswith(inside) for glob in (*record.scope, *extra))


def _by_words(objective: str, records: Sequence[IntentRecord]) -> dict[str, str]:
    wanted = _words(objective)
    spoken = {record.id: _words(_text(record)) for record in records}
    having = Counter(word for words in spoken.values() for word in words)
    found = {}
    for record in records:
        shared = sorted(wanted & spoken[record.id], key=lambda word: (having[word], word))
        telling = [word for word in shared if len(word) >= _TELLING and having[word] <= max(1, _RARE * len(records))]
        if len(shared) >= _ENOUGH or telling or wanted & _words(record.title):
            found[record.id] = f"shares words with the objective: {', '.join(shared[:4])}"
    return found


def _text(record: IntentRecord) -> str:
    facets = record.facets
    said = (record.title, facets.capability, facets.threat, facets.expectation, facets.strategy, *record.scope)
    return " ".join(filter(None, said))


def _by_relation(applying: Mapping[str, str], records: Sequence[IntentRecord]) -> dict[str, str]:
    found: dict[str, str] = {}
    for record in records:
        for relation in record.relations:
            if record.id in applying and relation.kind in _RELATIONS:
                found.setdefault(relation.target, f"{_RELATIONS[relation.kind]} {record.id}")
            if relation.target in applying and relation.kind in _BACKWARDS:
                found.setdefault(record.id, f"{_BACKWARDS[relation.kind]} {relation.target}")
    return found


def _words(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text) if len(word) >= _SHORTEST)
    return frozenset(_stem(word) for word in words) - _COMMON


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 4 else word  # noqa: PLR2004 - "bus", "this"


def _rank(reason: str) -> int:
    return 0 if reason.startswith("governs") else 1
