"""How a hypothesis reads: as a row of the list, and as the page beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.content import Content

from alloy_assist.tui.plain import Hanging, Paragraph, line, text
from store.interviews import HypothesisDecision, StoredHypothesis

DECISION_MARKS = {
    HypothesisDecision.OPEN: ("○", "open", "$text-muted"),
    HypothesisDecision.CONFIRMED: ("✓", "confirmed", "$text-success"),
    HypothesisDecision.REJECTED: ("✗", "rejected", "$text-error"),
    HypothesisDecision.DEFERRED: ("…", "deferred", "$text-warning"),
}
LESS_SURE = "less sure from here on"
FACETS = ("capability", "threat", "expectation", "strategy", "evidence", "tradeoff")


def family_name(family: str) -> str:
    """Return a family in words."""
    return line(family.replace("_", " "))


def row(item: StoredHypothesis, width: int, *, so_far: bool = False) -> tuple[Content, Content]:
    """Return the two lines of a hypothesis in the list: its mark and title, its confidence and family.

    ``so_far`` marks one that a running scan may still change.
    """
    mark, word, style = DECISION_MARKS[item.decision]
    decided = "" if item.decision is HypothesisDecision.OPEN else f"  {word}"
    gone = "" if item.seen_at_head else "  not seen at the last scan"
    first = text((mark, style), " ", (item.title, "bold")).truncate(width, ellipsis=True)
    second = text(
        "  ",
        (percent(item.confidence), "$text-accent"),
        "  ",
        (family_name(item.family), "$text-muted"),
        (decided, style),
        (gone, "$text-warning"),
        ("  so far" if so_far else "", "$text-warning"),
    )
    return first, second


def percent(confidence: float) -> str:
    """Return a confidence as a bar of five and a number, so that neither colour nor counting is needed."""
    full = round(max(0.0, min(1.0, confidence)) * 5)
    return f"{'■' * full}{'□' * (5 - full)} {confidence:.2f}"


def detail(item: StoredHypothesis, *, so_far: bool = False) -> Iterator[Paragraph]:
    """Return the whole page of a hypothesis, without its evidence; ``so_far``: as far as a running scan knows it."""
    if so_far:
        yield text(("So far: ", "bold $text-warning"), "the scan goes on, and may say otherwise when it is over.")
    yield from _heading(item)
    yield from _facets(item.body.get("possible_intent") or {})
    yield from _confidence(item)
    yield from _section("Against", [text(_summary(against)) for against in _list(item.body.get("counter_evidence"))])
    yield from _section("Seen", [_seen(seen) for seen in item.observations])
    yield from _section("Only you can say", [text(str(question)) for question in _list(item.body.get("questions"))])
    check = item.body.get("check")
    if isinstance(check, dict):
        yield from _section("Check", [text(check_in_words(check))])


def citations(item: StoredHypothesis) -> list[tuple[str, dict[str, Any]]]:
    """Return every citation with the sentence it supports: observations, what states it already, what speaks against it."""
    found = [(_summary(seen), cited) for seen in item.observations for cited in _list(seen.get("citations"))]
    found += [("Stated already", cited) for cited in _list(item.body.get("stated_by"))]
    for against in _list(item.body.get("counter_evidence")):
        found += [(f"Against: {_summary(against)}", cited) for cited in _list(against.get("citations"))]
    unique: dict[str, tuple[str, dict[str, Any]]] = {}
    for summary, cited in found:
        unique.setdefault(repr(sorted(cited.items(), key=lambda pair: pair[0])), (summary, cited))
    return list(unique.values())


def where(citation: dict[str, Any]) -> str:
    """Return where a citation points, on one line."""
    kind = citation.get("kind")
    if kind == "commit":
        return line(f"commit {str(citation.get('commit', ''))[:10]}")
    start, end = citation.get("start_line", 0), citation.get("end_line", 0)
    span = f"{start}" if start == end else f"{start}-{end}"
    name = {"gate": f"gate {citation.get('gate', '')} · ", "test": "test · "}.get(str(kind), "")
    return line(f"{name}{citation.get('path', '')}:{span}")


def _heading(item: StoredHypothesis) -> Iterator[Paragraph]:
    mark, word, style = DECISION_MARKS[item.decision]
    yield text((item.title, "bold"))
    yield text(
        (f"{mark} {word}", style), "  ", (family_name(item.family), "$text-muted"), "  ", (item.id, "$text-muted")
    )
    if item.decision_reason:
        yield Hanging(text(("because ", "$text-muted")), text(item.decision_reason))
    if item.record_id:
        yield Hanging(text(("became ", "$text-muted")), text(item.record_id))
    yield Content("")


def _facets(intent: dict[str, Any]) -> Iterator[Paragraph]:
    yield text(("Possible intent ", "bold $text-primary"), ("(a guess until you say so)", "$text-muted"))
    unsaid: list[str] = []
    for name in FACETS:
        value = intent.get(name)
        values = value if isinstance(value, list | tuple) else [value] if value else []
        said = [str(item.get("statement", item) if isinstance(item, dict) else item) for item in values]
        # Whole sentences each; the last keeps its full stop.
        words = "; ".join([*(item.rstrip(" .") for item in said[:-1]), *said[-1:]])
        if words:
            yield Hanging(text((f"  {name:<12}", "$text-accent")), text(words))
        else:
            unsaid.append(name)
    if unsaid:
        yield Hanging(text(("  unsaid      ", "$text-muted")), text((", ".join(unsaid), "$text-muted italic")))
    yield Content("")


def _confidence(item: StoredHypothesis) -> Iterator[Paragraph]:
    yield text(("Confidence ", "bold $text-primary"), (percent(item.confidence), "$text-accent"))
    for term in _list(item.body.get("rationale")):
        effect = float(term.get("effect", 0.0))
        sign = "$text-success" if effect >= 0 else "$text-error"
        yield Hanging(
            text("  ", (f"{effect:+6.2f}", sign), "  "),
            text((str(term.get("label", "")), "bold"), "  ", (str(term.get("detail", "")), "$text-muted")),
        )
    yield Content("")


def _section(title: str, entries: list[Content]) -> Iterator[Paragraph]:
    if entries:
        yield text((title, "bold $text-primary"))
        yield from (Hanging(Content("  · "), entry) for entry in entries)
        yield Content("")


def _seen(observation: dict[str, Any]) -> Content:
    count = len(_list(observation.get("citations")))
    return text(
        (f"{observation.get('category', '')} ", "$text-accent"),
        _summary(observation),
        (f"  [{count}]" if count else "", "$text-muted"),
    )


def check_in_words(check: dict[str, Any]) -> str:
    """Return a check as a sentence."""
    match check.get("kind"):
        case "import_boundary":
            sources = ", ".join(str(end.get("module")) for end in check.get("sources", ()))
            forbidden = ", ".join(str(end.get("module")) for end in check.get("forbidden", ()))
            excepted = len(check.get("except") or ())
            return f"{sources} never imports {forbidden}" + (f" ({excepted} exceptions)" if excepted else "")
        case "pattern_absent" | "pattern_present" as kind:
            word = "no line matches" if kind == "pattern_absent" else "some line matches"
            return f"{word} {check.get('pattern')!r} in {', '.join(check.get('paths', ()))}"
        case "command":
            return f"exits 0: {' '.join(check.get('argv', ()))}"
        case kind:
            rest = ", ".join(f"{key} {value}" for key, value in check.items() if key != "kind")
            return f"{str(kind).replace('_', ' ')}: {rest}"


def _summary(body: dict[str, Any]) -> str:
    return str(body.get("summary", ""))


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
