"""How a scan reads while it runs and when it is over."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from alloy_assist.tui.plain import Hanging, Paragraph, line, lines, prose, text
from alloy_assist.tui.scan_state import STAGES, ScanState, Stage

_NAME_WIDTH = 15
# As wide as "12,345 of 12,345 old versions" and "unchanged since the last scan": on 80 cells a line stays a line.
_COUNT_WIDTH = 29
_NARROWEST_BAR = 8
_WIDEST_BAR = 24
_SHORTEST_RATE_SECONDS = 0.2


def stages(state: ScanState, now: float, width: int) -> Content:
    """Return a line a stage: a mark, how far it is, how fast it goes, and a bar where ``width`` cells have room for one."""
    known = {stage.name: stage for stage in state.stages}
    names = [*STAGES, *(name for name in known if name not in STAGES)]
    return lines(_stage(known.get(name), name, state, now, width) for name in names)


def outcome(state: ScanState) -> Iterator[Paragraph]:
    """Return what to know at the end: how much was read, what was left out."""
    if state.message:
        yield text((state.message, "$text-warning" if state.phase == "stopped" else "$text-error"))
    if state.phase == "done":
        counts = ", ".join(_counted(value, key.replace("_", " ")) for key, value in state.counts.items())
        yield text((f"Read in {state.ended - state.began:.1f} s: ", "bold"), counts)
    if state.limits:
        yield Content("")
        yield text(("Not everything could be known:", "bold $text-warning"))
        for limit in state.limits:
            paths = f" ({', '.join(limit.paths[:3])}{', …' if len(limit.paths) > 3 else ''})" if limit.paths else ""  # noqa: PLR2004
            yield Hanging(text("  · "), text(limit.detail, (paths, "$text-muted")))


def found(state: ScanState, limit: int) -> Iterator[Paragraph]:
    """Return the first hypotheses: of a running scan what it has so far, of a finished one the best."""
    items = state.so_far or state.hypotheses
    if state.so_far:
        yield text((f"{len(items):,} so far", "bold"), ("  the order and the numbers may still change", "$text-muted"))
    for item in items[:limit]:
        yield Hanging(
            text((f"{item.confidence:.2f}  ", "$text-accent")),
            prose(item.title, "bold") + text(("  " + item.family.replace("_", " "), "$text-muted")),
        )
    if len(items) > limit:
        yield text((f"and {len(items) - limit} more", "$text-muted"))


def _stage(stage: Stage | None, name: str, state: ScanState, now: float, width: int) -> Content:
    if stage is None:
        skipped = state.phase == "done"
        return text(
            ("–" if skipped else "·", "$text-muted"),
            f" {name:<{_NAME_WIDTH}}",
            ("not needed" if skipped else "", "$text-muted"),
        )
    over = stage.ended is not None
    mark = ("✓", "$text-success bold") if over else ("▸", "$text-accent bold")
    count = (
        f"{stage.done:,}" + (f" of {stage.total:,}" if stage.total else "") + (f" {stage.unit}" if stage.unit else "")
    )
    seconds = stage.seconds(now)
    rate = f"{stage.done / seconds:,.0f}/s" if stage.done and seconds >= _SHORTEST_RATE_SECONDS else ""
    shown = stage.note or (count if stage.done or stage.total else ("" if over else "working"))
    row = text(
        mark,
        " ",
        (f"{name:<{_NAME_WIDTH}}", "bold" if not over else ""),
        f" {line(shown):<{_COUNT_WIDTH}} ",
        (f"{seconds:6.1f} s", "$text-muted"),
        "  ",
        (f"{rate:<10}", "$text-muted"),
    )
    return row if over else row + _bar(stage, width - row.cell_length - 1)


def _bar(stage: Stage, room: int) -> Content:
    """Return a bar in what room is left of the line, or nothing where that is too little to see it move."""
    width = min(_WIDEST_BAR, room)
    if not stage.total or width < _NARROWEST_BAR:
        return Content("")
    full = min(width, round(stage.done / stage.total * width))
    return text(" ", ("█" * full, "$text-accent"), ("░" * (width - full), "$text-muted"))


def _counted(number: int, many: str) -> str:
    return f"{number:,} {many.removesuffix('s') if number == 1 else many}"
