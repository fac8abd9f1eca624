"""How requests to a model read: a line each, a page with everything that was sent, and a line that sums them up."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from alloy_assist.llm.request_log import LoggedRequest
from alloy_assist.tui.plain import block, text


def row(number: int, entry: LoggedRequest) -> Content:
    """Return a request on one line: when, how it ended, its size and price, what for, and what was taken out."""
    good = entry.outcome == "answered"
    redacted = sum(entry.redactions.values())
    return text(
        (f"{number:>4} {entry.at[5:16].replace('T', ' ')} ", "$text-muted"),
        (f"{entry.outcome:<12}", "$text-success" if good else "$text-warning"),
        f" {entry.purpose:<18} ",
        (f"{entry.input_tokens:>5}+{entry.output_tokens:<4} {_price(entry.usd):>7}", "$text-muted"),
        (f" {redacted} redacted" if redacted else "", "$text-warning"),
        (f" {entry.seconds:>5.1f} s", "$text-muted"),
    )


def page(number: int, entry: LoggedRequest) -> Content:
    """Return all of a request: where it went, what was taken out, what was sent, and what came back."""
    taken_out = ", ".join(f"{count} × {kind}" for kind, count in entry.redactions.items()) or "nothing"
    parts: list[str | tuple[str, str]] = [
        (f"{number}  {entry.at}  attempt {entry.attempt}\n", "$text-muted"),
        (f"{entry.purpose}: {entry.outcome}\n", "bold"),
        f"to {entry.model} at {entry.place}\n{entry.input_tokens} + {entry.output_tokens} tokens, {_price(entry.usd)}, {entry.seconds:.1f} s\n",
        (f"redacted before it left: {taken_out}\n", "$text-warning" if entry.redactions else "$text-muted"),
    ]
    for message in entry.messages:
        parts += [(f"\n{message.get('role', '')}\n", "bold $text-accent"), f"{message.get('text', '')}\n"]
    parts += [("\nwhat came back\n", "bold $text-accent"), entry.answer or entry.detail or "nothing"]
    return block(*parts)


def total(entries: Sequence[LoggedRequest]) -> Content:
    """Return what all requests were and cost together; "unpriced" are those whose price nobody knows."""
    priced = sum(entry.usd for entry in entries if entry.usd is not None)
    unknown = sum(entry.usd is None for entry in entries)
    tokens = sum(entry.input_tokens + entry.output_tokens for entry in entries)
    failed = sum(entry.outcome != "answered" for entry in entries)
    redacted = sum(sum(entry.redactions.values()) for entry in entries)
    return text(
        f"{len(entries):,} requests, {failed:,} without an answer, {tokens:,} tokens, {_price(priced)}",
        (f" + {unknown:,} unpriced" if unknown else "", "$text-warning"),
        (f"; {redacted:,} redacted", "$text-muted"),
    )


def _price(usd: float | None) -> str:
    return "?" if usd is None else f"${usd:.4f}"
