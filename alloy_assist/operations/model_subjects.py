"""What a model is told about its subject: the evidence of a hypothesis, the shape of the repository, the rules that hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from archaeology.text import visible_line
from store.records import COMPILABLE_STATES

if TYPE_CHECKING:
    from store.database import Store
    from store.interviews import StoredHypothesis

_MOST_PLACES = 12
_MOST_FOLDERS = 40
_MOST_REASONS = 20
_LONGEST_QUOTE = 400


def evidence_of(hypothesis: StoredHypothesis) -> str:
    """Return what was seen, a line each, with the quoted words and where they stand."""
    rows: list[str] = []
    for observation in hypothesis.observations:
        rows.append(f"- {observation.get('summary', '')}")
        for place in observation.get("citations", ())[:2]:
            where = place.get("path") or f"commit {place.get('commit', '')}"
            rows.append(f"  {where}: {str(place.get('quote', ''))[:_LONGEST_QUOTE]}")
    return "\n".join(rows[: _MOST_PLACES * 3]) or hypothesis.title


def known_hypotheses(store: Store) -> str:
    """Return the titles of what was found already, so that it is not found again."""
    return "\n".join(f"- {item.title}" for item in store.hypotheses.list()) or "none"


def rule_texts(store: Store) -> Mapping[str, str]:
    """Return the records that hold, as text, by their ids."""
    return {
        record.id: "\n".join(
            f"{name}: {value}" for name, value in record.facets.model_dump(exclude={"evidence"}).items() if value
        )
        for record in store.records.list(states=COMPILABLE_STATES)
    }


def overview_of(root: Path, cache_folder: Path | None) -> str:
    """Return what the repository is made of: its folders, its outside packages, and the reasons that its history gives."""
    from archaeology.survey import ScanOptions, reading

    with reading(root, ScanOptions(cache_folder=cache_folder)) as facts:
        folders = Counter(path.rpartition("/")[0] or "." for path, file in facts.files.items() if file.is_production)
        packages = Counter(edge.external for edge in facts.imports.edges if edge.external and not edge.stdlib)
        rows = ["folders:"]
        rows += [f"  {name} ({count} files)" for name, count in folders.most_common(_MOST_FOLDERS)]
        rows += ["outside packages:"]
        rows += [f"  {name} (imported {count} times)" for name, count in packages.most_common(_MOST_FOLDERS)]
        rows += ["reasons in the history:"]
        rows += [
            f"  commit {item.commit[:10]}: {visible_line(item.sentence)}"
            for item in facts.history.reasons[:_MOST_REASONS]
        ]
    return "\n".join(rows)
