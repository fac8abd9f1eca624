"""How a record reads: as a row, as a page, and as the difference between two of its versions."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from textual.content import Content

from alloy_assist.tui.plain import Hanging, Paragraph, text
from alloy_assist.tui.present.hypotheses import check_in_words, family_name, where
from store.records import Change, EvidenceDefinition, FacetName, IntentRecord, RecordState

STATE_MARKS = {
    RecordState.HYPOTHESIZED: ("?", "$text-muted"),
    RecordState.PROPOSED: ("○", "$text-accent"),
    RecordState.ACCEPTED: ("✓", "$text-success"),
    RecordState.ACTIVE: ("●", "$text-success"),
    RecordState.DEPRECATED: ("–", "$text-muted"),
    RecordState.CONTRADICTED: ("!", "$text-error"),
    RecordState.SUPERSEDED: ("»", "$text-muted"),
}
TEXT_FACETS = tuple(facet for facet in FacetName if facet is not FacetName.EVIDENCE)
_PREFIX = "alloy.intent."
_LABEL_WIDTH = 12
_PLACES = 8


def row(record: IntentRecord, width: int) -> tuple[Content, Content]:
    """Return the two lines of a record in the list."""
    mark, style = STATE_MARKS[record.state]
    first = text((mark, style), " ", (record.title, "bold")).truncate(width, ellipsis=True)
    second = text(
        "  ",
        (record.state.value, style),
        "  ",
        (f"v{record.version}", "$text-muted"),
        "  ",
        (record.id.removeprefix(_PREFIX), "$text-muted"),
    )
    return first, second


def page(record: IntentRecord) -> Iterator[Paragraph]:
    """Return everything about a record."""
    mark, style = STATE_MARKS[record.state]
    yield text((record.title, "bold"))
    yield text(
        (f"{mark} {record.state.value}", style), f"  version {record.version}", ("  " + record.id, "$text-muted")
    )
    if record.superseded_by:
        yield text(("superseded by ", "$text-warning"), record.superseded_by)
    yield Content("")
    for facet in FacetName:
        if facet is FacetName.EVIDENCE:
            yield from _evidence(record.facets.evidence)
        else:
            yield Hanging(_label(facet.value), _said(facet_text(record, facet)))
    yield Content("")
    yield from _more(record)


def facet_text(record: IntentRecord, facet: FacetName) -> str:
    """Return what a facet says, one line a piece of evidence."""
    if facet is FacetName.EVIDENCE:
        return "\n".join(item.statement for item in record.facets.evidence)
    return getattr(record.facets, facet.value) or ""


def citations(record: IntentRecord) -> list[tuple[str, dict[str, Any]]]:
    """Return the citations that can be looked up."""
    return [
        (record.title, source.body)
        for source in record.citations
        if source.kind in {"code", "commit", "gate", "test"} and source.body
    ]


def version_row(change: Change, record: IntentRecord) -> tuple[Content, Content]:
    """Return the two lines of a version in the history."""
    first = text(
        (f"v{record.version} ", "bold $text-accent"),
        (change.action, "bold"),
        "  ",
        (change.at[:16].replace("T", " "), "$text-muted"),
        "  ",
        change.actor.name,
    )
    return first, text(("  " + (change.reason or "no reason given"), "$text-muted"))


def difference(before: IntentRecord | None, after: IntentRecord) -> Iterator[Paragraph]:
    """Return what a version changed, word by word; taken out and put in are marked by signs as well as by colour."""
    if before is None:
        yield text(("The first version.", "$text-muted"))
        before = IntentRecord(id=after.id, title="", state=after.state)
    same = True
    for name, old, new in _changed_fields(before, after):
        same = False
        yield text((name, "bold $text-primary"))
        yield Hanging(Content("  "), _words(old, new))
    if same:
        yield text(("Nothing but the version.", "$text-muted"))


def _label(name: str, style: str = "bold $text-primary") -> Content:
    return text((f"{name:<{_LABEL_WIDTH}} ", style))


def _said(words: str) -> Content:
    return text(words or ("nobody has said", "$text-muted italic"))


def _evidence(items: tuple[EvidenceDefinition, ...]) -> Iterator[Paragraph]:
    if not items:
        yield Hanging(_label("evidence"), _said(""))
    for position, item in enumerate(items):
        label = _label("evidence" if position == 0 else "")
        how = f"  {check_in_words(item.check)}" if item.check else f"  {item.reference}" if item.reference else ""
        yield Hanging(label, text(item.statement, (f"  [{item.status.value}]", "$text-accent"), (how, "$text-muted")))


def _more(record: IntentRecord) -> Iterator[Paragraph]:
    detail = record.strategy_detail
    pairs: list[tuple[str, tuple[str, ...]]] = [
        ("severity", (record.severity.value,)),
        ("family", (family_name(record.family),) if record.family else ()),
        ("governs", record.scope),
        ("means here", (detail.definition,) if detail.definition else ()),
        ("examples", detail.examples),
        ("exceptions", detail.exceptions),
        ("forbidden", record.forbidden_moves),
        ("watch for", record.threat_patterns),
        ("open", record.open_questions),
        (
            "relations",
            tuple(
                f"{item.kind.value.replace('_', ' ')} {item.target} {item.note}".strip() for item in record.relations
            ),
        ),
        ("seen in", tuple(dict.fromkeys(where(body) for _, body in citations(record)))[:_PLACES]),
        (
            "origin",
            (
                f"{record.origin.kind} {record.origin.hypothesis or record.origin.interview or record.origin.note}".strip(),
            ),
        ),
    ]
    for label, values in pairs:
        for position, value in enumerate(values):
            yield Hanging(_label(label if position == 0 else "", "$text-accent"), text(value))


def _changed_fields(before: IntentRecord, after: IntentRecord) -> Iterator[tuple[str, str, str]]:
    for facet in FacetName:
        old, new = facet_text(before, facet), facet_text(after, facet)
        if old != new:
            yield facet.value, old, new
    for name in IntentRecord.model_fields:
        old_value, new_value = getattr(before, name), getattr(after, name)
        if name not in {"facets", "version", "schema_version"} and old_value != new_value:
            yield name.replace("_", " "), _plain(old_value), _plain(new_value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(_plain(item) for item in value)
    dump = getattr(value, "model_dump", None)
    if dump is not None:
        return "; ".join(f"{key} {_plain(item)}" for key, item in dump(mode="json").items() if item)
    return str(getattr(value, "value", value))


def _words(old: str, new: str) -> Content:
    left, right = old.split(), new.split()
    pieces: list[Content] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(text(" ".join(left[a:b])))
            continue
        if b > a:
            pieces.append(text((f"[-{' '.join(left[a:b])}-]", "$text-error strike")))
        if d > c:
            pieces.append(text((f"{{+{' '.join(right[c:d])}+}}", "$text-success bold")))
    return Content(" ").join(pieces)
