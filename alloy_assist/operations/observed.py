"""What the store keeps of a scan, in the form in which an interview shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from alloy_assist.elicitation.comments import rule_in, without_otherwise
from alloy_assist.elicitation.model import Candidate, Heard, Seen
from archaeology.model import Category, Citation, PossibleIntent
from archaeology.text import visible_line
from store.interviews import StoredHypothesis
from store.records import IntentRecord

_MOST_PLACES = 3
_MOST_CANDIDATES = 6
_LONGEST_FACT = 600
_MOST_FACTS = 12
# Half of a sentence, and a reason with what follows from it: neither is a rule that one could be held to; the words as they stand are.
_NO_RULE = re.compile(
    r"^(?:while|although|though|whereas|since|because|as)\b[^,]*$|, so (?:please )?(?:don['’]t|do not|never|we|you|just|let)\b",
    re.IGNORECASE,
)
_CITATION: TypeAdapter[Citation] = TypeAdapter(Citation)


def possible_of(body: dict[str, Any]) -> PossibleIntent:
    """Return the facets that a scan proposes, as clauses without a full stop."""
    try:
        possible = PossibleIntent.model_validate(body.get("possible_intent") or {})
    except ValidationError:
        # A newer scan may know facets that this version does not: what is asked cold is better than a refusal.
        return PossibleIntent()
    said = {
        name: rule_in(text).rstrip(".")
        for name in ("capability", "threat", "expectation", "strategy", "tradeoff")
        if (text := getattr(possible, name))
    }
    rule = without_otherwise(said.get("strategy", ""))
    return possible.model_copy(update={**said, "strategy": None if _NO_RULE.search(rule) else rule or None})


def seen_in(observations: Iterable[dict[str, Any]]) -> tuple[Seen, ...]:
    """Return observations as an interview shows them; what speaks against the hypothesis is left out."""
    return tuple(
        Seen(
            id=str(item.get("id", "")),
            category=Category(item["category"]) if item.get("category") in set(Category) else None,
            summary=visible_line(str(item.get("summary", ""))).rstrip("."),
            names=tuple(map(str, item.get("subject", ()))),
            places=places_in(item.get("citations", ())),
            facts=facts_in(item.get("data") or {}),
            heard=heard_in(item.get("data") or {}),
        )
        for item in observations
        if not (item.get("data") or {}).get("against")
    )


def facts_in(data: dict[str, Any]) -> dict[str, str | int | tuple[str, ...]]:
    """Return the plain values of an observation's data: texts, numbers and lists of texts, none of them long."""
    found: dict[str, str | int | tuple[str, ...]] = {}
    for name, value in data.items():
        if isinstance(value, str) and len(value) <= _LONGEST_FACT:
            found[name] = visible_line(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            found[name] = value
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            found[name] = tuple(visible_line(item)[:_LONGEST_FACT] for item in value[:_MOST_FACTS])
    return found


def heard_in(data: dict[str, Any]) -> Heard | None:
    """Return what a scan read of a comment or of an undone change; None for observations of other kinds."""
    read = data.get("reading")
    if isinstance(read, dict):
        issues, depends = data.get("issues") or (), read.get("depends") or ()
        around = read.get("speech") == "works_around"
        return Heard(
            **{name: visible_line(str(read.get(name) or "")) for name in ("rule", "rejected", "harm")},
            fault=visible_line(str(depends[0])) if around and depends else "",
            issue=f"#{visible_line(str(issues[0]))}" if issues else "",
            until=_whole(visible_line(str(read.get("until") or "")), visible_line(str(data.get("sentence") or ""))),
        )
    return (
        Heard(undone=visible_line(str(data["undone"]))) if data.get("role") == "undone" and data.get("undone") else None
    )


def _whole(part: str, sentence: str) -> str:
    """A part of a sentence that ends where a word of it ends; empty for one that was cut within."""
    _, found, rest = sentence.partition(part) if part else ("", "", "")
    return part if found and not rest[:1].isalnum() else ""


def seen_against(body: dict[str, Any]) -> tuple[Seen, ...]:
    """Return the counter evidence that can be pointed at."""
    found = []
    for index, item in enumerate(body.get("counter_evidence", ())):
        places = places_in(item.get("citations", ()))
        if places:
            names = tuple(dict.fromkeys(place.path for place in places if place.kind != "commit"))
            found.append(
                Seen(
                    id=f"against-{index}",
                    summary=visible_line(str(item.get("summary", ""))).rstrip("."),
                    names=names,
                    places=places,
                )
            )
    return tuple(found)


def places_in(citations: Iterable[dict[str, Any]]) -> tuple[Citation, ...]:
    """Return the first citations of an observation. One in a form that this version does not know is left out."""
    found = []
    for body in list(citations)[:_MOST_PLACES]:
        try:
            found.append(_CITATION.validate_python(body))
        except ValidationError:
            continue
    return tuple(found)


def candidates_in(hypotheses: Iterable[StoredHypothesis]) -> tuple[Candidate, ...]:
    """Return the tests and gates that the evidence names, each once."""
    found: dict[str, Candidate] = {}
    for hypothesis in hypotheses:
        for item in hypothesis.observations:
            for place in places_in(item.get("citations", ())):
                if place.kind == "test":
                    name = visible_line(place.test)
                    found[name] = Candidate(
                        kind="test",
                        reference=place.test,
                        statement=f"the test `{name}` passes",
                        path=place.path,
                        line=place.start_line,
                    )
                elif place.kind == "gate":
                    name = visible_line(place.gate)
                    found[name] = Candidate(
                        kind="gate",
                        reference=place.gate,
                        statement=f"the gate `{name}` passes",
                        path=place.path,
                        line=place.start_line,
                    )
    return tuple(sorted(found.values(), key=lambda item: item.kind))[:_MOST_CANDIDATES]


def paths_of(stored: StoredHypothesis) -> tuple[str, ...]:
    """Return the paths that a hypothesis is about: those its check guards, else those of its subject that look like paths."""
    sources = (stored.body.get("check") or {}).get("sources") or ()
    guarded = [str(end["path"]) for end in sources if isinstance(end, dict) and end.get("path")]
    cited = set(cited_paths(stored))
    subject = [str(name) for name in stored.body.get("subject", ())]
    named = [name for name in subject if ("/" in name and " " not in name) or name in cited]
    return tuple(dict.fromkeys(guarded or named))


def cited_paths(stored: StoredHypothesis) -> list[str]:
    """Return every path that the evidence cites."""
    return [str(citation.get("path", "")) for item in stored.observations for citation in item.get("citations", ())]


def layers_of(stored: StoredHypothesis) -> tuple[tuple[str, ...], ...]:
    """Return the paths of each layer, the highest first, where the hypothesis is about a stack of them."""
    for item in stored.observations:
        found = ((item.get("data") or {}).get("statement") or {}).get("layers")
        if found:
            return tuple(tuple(str(path) for path in layer) for layer in found)
    return ()


def seen_of_record(record: IntentRecord) -> tuple[Seen, ...]:
    """Return what a record cites, where the hypothesis behind it is not there any more."""
    places = [citation.body for citation in record.citations if citation.kind in {"code", "commit", "gate", "test"}]
    if not places:
        return ()
    return (
        Seen(
            id="record",
            summary=record.title,
            names=record.scope,
            places=places_in(places),
        ),
    )


def mentions(seen: Seen, ref: str) -> bool:
    """Return whether an observation is about what a person named: a path below it, a package called so, or its words."""
    wanted = ref.strip().lower().rstrip("/")
    if not wanted:
        return False
    names = [name.lower() for name in (*seen.names, *(place.path for place in seen.places if place.kind != "commit"))]
    if any(name.rstrip("/") == wanted or name.startswith(f"{wanted}/") for name in names):
        return True
    return "/" not in wanted and (
        any(wanted in name.replace("/", ".").split(".") for name in names) or wanted in seen.summary.lower()
    )
