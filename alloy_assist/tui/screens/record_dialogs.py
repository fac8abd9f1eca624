"""The dialogs about a record: each asks, and gives back what the person settled on, or None."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from alloy_assist.tui.finder import Finder
from alloy_assist.tui.modals import AskText, Choose, Option, WriteText
from alloy_assist.tui.present import records as present
from alloy_assist.tui.record_changes import facet_edit, next_states
from store.lifecycle import NEEDS_REASON
from store.records import FacetName, IntentRecord, RecordState, RelationKind


async def ask_state(app: App[None], record: IntentRecord, others: Sequence[str]) -> tuple[RecordState, str, str] | None:
    """Ask for the next state, the successor where it needs one, and the reason."""
    chosen = await app.push_screen_wait(Choose(f"{record.title}: from {record.state} to", next_states(record)))
    if chosen is None:
        return None
    to, successor = RecordState(chosen), ""
    if to is RecordState.SUPERSEDED:
        found = await app.push_screen_wait(Finder("Which record takes its place?", others))
        if not found:
            return None
        successor = found
    about = "The reason stays with the record."
    reason = await app.push_screen_wait(AskText("Why?", about=about, required=to in NEEDS_REASON))
    return None if reason is None else (to, reason, successor)


async def ask_edit(app: App[None], record: IntentRecord) -> dict[str, Any] | None:
    """Ask which facet to edit and how; None also where nothing was changed."""
    options = [
        Option(facet.value, facet.value, present.facet_text(record, facet) or "nobody has said") for facet in FacetName
    ]
    chosen = await app.push_screen_wait(Choose("Edit which facet?", [Option("title", "title", record.title), *options]))
    if chosen is None:
        return None
    before = record.title if chosen == "title" else present.facet_text(record, FacetName(chosen))
    about = "One line for each piece of evidence." if chosen == FacetName.EVIDENCE else "^s keeps it."
    words = await app.push_screen_wait(WriteText(chosen, about=about, value=before))
    return None if words is None or words == before else facet_edit(record, chosen, words)


async def ask_relation(app: App[None], record: IntentRecord) -> RelationKind | None:
    """Ask how it stands to something else. Superseding is a change of state and not asked here."""
    kinds = [kind for kind in RelationKind if kind is not RelationKind.SUPERSEDES]
    options = [Option(kind.value, kind.value.replace("_", " ")) for kind in kinds]
    chosen = await app.push_screen_wait(Choose(f"{record.title} …", options))
    return None if chosen is None else RelationKind(chosen)
