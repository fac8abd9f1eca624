"""What a model is told about its subject: the evidence of a hypothesis, the shape of the repository, the rules that hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archaeology.text import visible_line
from store.records import COMPILABLE_STATES

if TYPE_CHECKING:
    from archaeology.facts import Facts
    from archaeology.model import Observation
    from store.database import Store
    from store.interviews import StoredHypothesis

_LONGEST_TITLE = 120
_SHORTEST_REMARK = 40
# What a person wrote against something says more of what is protected than what they wrote about it.
_KINDS = ("ban", "warning", "workaround", "reason")
# What comments begin their lines with, which a quote of code has and a remark has not.
_MARKS = re.compile(r"(?m)^\s*(?:#+|//+|/?\*+/?|--|;+)\s?")
_FORCES = ("must_not", "must", "because")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a model is told: numbers of lines, and characters of one line."""

    evidence: int
    remarks: int
    titles: int
    folders: int
    line: int


# A small model reads some fifty tokens a second where there is no graphics card, so a thousand of them are twenty seconds.
SMALL = Extent(evidence=14, remarks=16, titles=12, folders=8, line=220)
LARGE = Extent(evidence=40, remarks=80, titles=60, folders=40, line=400)


def evidence_of(hypothesis: StoredHypothesis, extent: Extent = LARGE) -> str:
    """Return what was seen, a line each, with the quoted words and where they stand."""
    rows: list[str] = []
    for observation in hypothesis.observations:
        rows.append(f"- {visible_line(str(observation.get('summary', '')))}")
        for place in observation.get("citations", ())[:2]:
            where = place.get("path") or f"commit {place.get('commit', '')[:10]}"
            rows.append(f"  {where}: {visible_line(str(place.get('quote', '')))[: extent.line]}")
    return "\n".join(rows[: extent.evidence]) or hypothesis.title


def known_hypotheses(store: Store, extent: Extent = LARGE) -> str:
    """Return the titles of what was found already, so that it is not found again."""
    titles = [item.title[:_LONGEST_TITLE] for item in store.hypotheses.list()]
    return "\n".join(f"- {title}" for title in titles[: extent.titles]) or "none"


def rule_texts(store: Store) -> Mapping[str, str]:
    """Return the records that hold, as text, by their ids."""
    return {
        record.id: "\n".join(
            f"{name}: {value}" for name, value in record.facets.model_dump(exclude={"evidence"}).items() if value
        )
        for record in store.records.list(states=COMPILABLE_STATES)
    }


def overview_of(facts: Facts, extent: Extent = LARGE) -> str:
    """Return what the repository is made of: its folders and its outside packages."""
    folders = Counter(path.rpartition("/")[0] or "." for path, file in facts.files.items() if file.is_production)
    packages = Counter(edge.external for edge in facts.imports.edges if edge.external and not edge.stdlib)
    rows = ["folders:", *(f"  {name} ({count} files)" for name, count in folders.most_common(extent.folders))]
    rows += ["outside packages:", *(f"  {name}" for name, _ in packages.most_common(extent.folders))]
    return "\n".join(rows)


def remarks_of(facts: Facts, quoted: Collection[str], extent: Extent = LARGE) -> str:
    """Return lines that people wrote to say why or why not, each with its place; not those that evidence quotes already.

    They are spread over the repository: the first of each file, then the second of each, and so on.
    """
    known = {_flat(_MARKS.sub("", text)) for text in quoted}
    by_place: dict[str, list[str]] = {}
    for where, text in _remarks(facts):
        flat = _flat(text)
        if len(flat) >= _SHORTEST_REMARK and not any(flat in quote or quote in flat for quote in known if quote):
            by_place.setdefault(where.partition(":")[0], []).append(f"{where}: {visible_line(flat)[: extent.line]}")
    rounds = max(map(len, by_place.values()), default=0)
    rows = [lines[turn] for turn in range(rounds) for lines in by_place.values() if turn < len(lines)]
    return "\n".join(rows[: extent.remarks]) or "none"


def quoted_in(store: Store) -> frozenset[str]:
    """Return the words that the evidence of the hypotheses quotes."""
    return frozenset(
        str(place.get("quote", ""))
        for item in store.hypotheses.list()
        for observation in item.observations
        for place in observation.get("citations", ())
    )


def observations_in(store: Store) -> tuple[Observation, ...]:
    """Return what was observed, as far as hypotheses rest on it, each once."""
    from pydantic import ValidationError

    from archaeology.model import Observation

    found: dict[str, Observation] = {}
    for item in store.hypotheses.list():
        for body in item.observations:
            try:
                read = Observation.model_validate(body)
            except ValidationError:
                continue  # A newer scan may have kept what this version does not know; a tool can do without.
            found.setdefault(read.id, read)
    return tuple(found.values())


def _remarks(facts: Facts) -> Iterator[tuple[str, str]]:
    for force in _FORCES:
        for rule in facts.documents.rules:
            if rule.force == force and not rule.superseded_by:
                yield f"{rule.path}:{rule.start_line}", rule.text
    for kind in _KINDS:
        for path, code in sorted(facts.code.items()):
            if facts.files[path].is_production:
                yield from (
                    (f"{path}:{comment.start_line}", comment.text) for comment in code.comments if comment.kind == kind
                )
    for reason in facts.history.reasons:
        yield f"commit {reason.commit[:10]}", reason.sentence


def _flat(text: str) -> str:
    return " ".join(text.split())
