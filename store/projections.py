"""What people and agents read instead of the database: a Markdown page, and a block of rules for ``AGENTS.md``. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from store.errors import ImportRefusedError
from store.paths import is_exception
from store.records import COMPILABLE_STATES, EvidenceStatus, FacetName, IntentRecord, RecordState, Severity

Clean = Callable[[str], str]
"""Makes text of unknown origin one harmless line."""

BEGIN = "<!-- alloy:intent:begin -->"
END = "<!-- alloy:intent:end -->"
DEFAULT_BUDGET = 8 * 1024
"""How many bytes the block of rules may have: agents read it before every task."""

_NOTE = "<!-- Written by `alloy intent export --format agents`; what is changed between these markers is lost. -->"
_SEVERITIES = tuple(reversed(Severity))
_STATES = tuple(RecordState)
_EVERYWHERE = ""
_REFUSALS = ("do not ", "don't ", "don’t ", "never ", "no ", "nobody ", "nothing ", "must not ", "not ")


def markdown(records: Iterable[IntentRecord], clean: Clean) -> str:
    """Return a page with every record, those in force first."""
    lines = ["# Engineering intent", ""]
    order = (*(state for state in _STATES if state in COMPILABLE_STATES), *_STATES)
    for record in sorted(records, key=lambda each: (order.index(each.state), each.id)):
        lines += [
            f"## {_safe(record.title, clean)}",
            "",
            f"`{record.id}` · {record.state} · {record.severity} · version {record.version}",
            "",
        ]
        if record.scope:
            lines += ["Governs " + ", ".join(_code(glob, clean) for glob in record.scope) + ".", ""]
        for facet in FacetName:
            lines += _facet(record, facet, clean)
        lines += [f"- **do not**: {_safe(move, clean)}" for move in record.forbidden_moves]
        lines += [
            f"- **{relation.kind}**: {_code(relation.target, clean)} {_safe(relation.note, clean)}".rstrip()
            for relation in record.relations
        ]
        if record.superseded_by:
            lines.append(f"- **superseded by**: `{record.superseded_by}`")
        lines += [f"- **open question**: {_safe(question, clean)}" for question in record.open_questions]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def agents_block(records: Iterable[IntentRecord], clean: Clean, budget: int = DEFAULT_BUDGET) -> str:
    """Return the block of rules, markers included: only what is in force, grouped by path, the gravest first, at most ``budget`` bytes.

    What does not fit is counted in the last line, never cut in the middle. The frame itself is always there.
    """
    in_force = [record for record in records if record.state in COMPILABLE_STATES]
    in_force.sort(key=lambda each: (_SEVERITIES.index(each.severity), each.id))
    chosen: list[IntentRecord] = []
    for record in in_force:
        if len(_block([*chosen, record], len(in_force), clean).encode()) <= budget:
            chosen.append(record)
    return _block(chosen, len(in_force), clean)


def splice_block(text: str, block: str) -> str:
    """Return the text with the block in place of the one between the markers, or at the end; everything else stays byte for byte.

    Raises ImportRefusedError if the markers are not one pair in their order.
    """
    begins, ends = text.count(BEGIN), text.count(END)
    if begins == ends == 0:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return text + gap + block
    start, stop = text.find(BEGIN), text.find(END)
    if begins != 1 or ends != 1 or stop < start:
        message = f"The markers {BEGIN!r} and {END!r} are not there once each, in this order."
        raise ImportRefusedError(message, hint="Repair or remove them by hand; nothing was written.")
    return text[:start] + block.removesuffix("\n") + text[stop + len(END) :]


def _block(records: list[IntentRecord], total: int, clean: Clean) -> str:
    groups: dict[str, list[str]] = {}
    for record in records:
        scope = ", ".join(_code(glob, clean) for glob in record.scope if not is_exception(glob))
        but = ", ".join(_code(glob[1:], clean) for glob in record.scope if is_exception(glob))
        groups.setdefault(scope + (f" but not {but}" if but else "") if scope else _EVERYWHERE, []).append(
            _rule(record, clean)
        )
    lines = [BEGIN, _NOTE, "## Engineering intent", ""]
    if not total:
        lines += ["Nothing has been accepted yet.", ""]
    for scope, rules in sorted(groups.items()):
        lines += [f"### {scope or 'Everywhere'}", "", *rules, ""]
    if total > len(records):
        lines += [f"{total - len(records)} more did not fit here: `alloy intent list`.", ""]
    return "\n".join((*lines, END)) + "\n"


def _rule(record: IntentRecord, clean: Clean) -> str:
    facets = record.facets
    parts = [_sentence(facets.strategy or record.title, clean)]
    parts += [_prohibition(move, clean) for move in record.forbidden_moves]
    required = [item for item in facets.evidence if item.status not in {EvidenceStatus.WAIVED, EvidenceStatus.OBSOLETE}]
    if required:
        parts.append("Evidence: " + "; ".join(_safe(item.statement, clean).rstrip(".") for item in required) + ".")
    reason = [_safe(text, clean).rstrip(".") for text in (facets.capability, facets.threat) if text]
    parts.append(f"Why: {'; threat: '.join(reason) or _safe(record.title, clean).rstrip('.')}.")
    if facets.tradeoff:
        parts.append(f"Accepted cost: {_sentence(facets.tradeoff, clean)}")
    return f"- {' '.join(parts)} (`{record.id}`)"


def _prohibition(move: str, clean: Clean) -> str:
    """Say that something is forbidden; a move is often kept as what nobody may do, which by itself would read as an order to do it."""
    return _sentence(move if clean(move).lower().startswith(_REFUSALS) else f"Do not: {move}", clean)


def _facet(record: IntentRecord, facet: FacetName, clean: Clean) -> list[str]:
    if facet is FacetName.EVIDENCE:
        return [f"- **evidence** ({item.status}): {_safe(item.statement, clean)}" for item in record.facets.evidence]
    said = getattr(record.facets, facet)
    return [f"- **{facet}**: {_safe(said, clean)}"] if said else []


def _sentence(text: str, clean: Clean) -> str:
    line = _safe(text, clean)
    return line[:1].upper() + line[1:] + ("" if line.endswith((".", "!", "?")) else ".")


def _safe(text: str, clean: Clean) -> str:
    """One line that can open no comment, marker or tag."""
    return clean(text).replace("<", "&lt;")


def _code(text: str, clean: Clean) -> str:
    return f"`{clean(text).replace('`', chr(0x2019))}`"
