"""How proposals and requests of the model are printed, for people and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from alloy_assist.cli import output
from archaeology.text import visible, visible_line

if TYPE_CHECKING:
    from rich.console import Console

    from alloy_assist.operations.model_proposals import Outcome, Preview

_CUT = {
    "deadline": "its time was up",
    "cut_off": "its answer broke off, or was too long",
    "stopped": "it was stopped",
    "budget": "the budget was used up",
}
_NEXT = "Nothing of this is a record. `alloy interview` takes up what you agree with."


def proposals(outcome: Outcome) -> dict[str, Any]:
    """Return what a run proposed, as data: claims with their sources, what was dropped, and what it cost."""
    made, failed = outcome.places
    return {
        "proposals": [
            {
                "job": item.job,
                "prompt_version": item.prompt_version,
                "model": item.model,
                "at": item.at,
                "title": item.title,
                "claims": [
                    {
                        "slot": claim.slot,
                        "text": claim.text,
                        "citations": [output.plain(place) for place in claim.citations],
                        "quotes": [asdict(quote) for quote in claim.quotes],
                    }
                    for claim in item.checked.kept
                ],
                "dropped": [asdict(claim) for claim in item.checked.dropped],
            }
            for item in outcome.proposals
        ],
        "citations": {"made": made, "failed": failed},
        "spent": asdict(outcome.spent),
        "cut_short": outcome.cut_short,
    }


def preview(shown: Preview) -> dict[str, Any]:
    """Return what would be sent, as data."""
    return {
        "place": shown.place,
        "model": shown.model,
        "purpose": shown.request.purpose,
        "redactions": dict(shown.redactions),
        "characters": shown.characters,
        "estimated_tokens": shown.estimated_tokens,
        "tools": [tool.name for tool in shown.request.tools],
        "probe_first": shown.probes,
        "messages": [{"role": item.role, "text": item.text} for item in shown.request.messages],
    }


def show_preview(out: Console, shown: Preview) -> None:
    """Print what would be sent, and how much that is."""
    out.print(f"This would be sent to {visible_line(shown.model)} at {visible_line(shown.place)}; nothing was:")
    for message in shown.request.messages:
        out.print(f"--- {message.role}\n{visible(message.text)}", soft_wrap=True)
    if shown.request.tools:
        out.print(f"--- with the tools {', '.join(tool.name for tool in shown.request.tools)}", soft_wrap=True)
    out.print(f"--- {shown.characters:,} characters, about {shown.estimated_tokens:,} tokens")
    out.print(f"--- redacted: {counts(shown.redactions)}")
    if shown.probes:
        out.print("--- before it, a sentence about a bird, to find out how this model gives typed answers")


def show_outcome(out: Console, outcome: Outcome) -> None:
    """Print what a run proposed, each claim with its places, and what was thrown away."""
    from alloy_assist.elicitation.voice import place_of

    shown = [item for item in outcome.proposals if item.checked.kept]
    for item in shown:
        if item.title:
            out.print(visible_line(item.title))
        for claim in item.checked.kept:
            out.print(f"  {claim.slot}: {visible_line(claim.text)}", soft_wrap=True)
            for place in claim.citations:
                out.print(f"      {place_of(place)}", soft_wrap=True)
            for quote in claim.quotes:
                out.print(f"      “{visible_line(quote.quote)}” ({visible_line(quote.source)})", soft_wrap=True)
    made, failed = outcome.places
    dropped = sum(len(item.checked.dropped) for item in outcome.proposals)
    spent = outcome.spent
    out.print("" if shown else "The model said nothing that its sources bear out.")
    for item in outcome.proposals:
        for left in item.checked.dropped:
            out.print(f"  dropped: {visible_line(left.slot)}: {visible_line(left.reason)}", soft_wrap=True)
    if outcome.cut_short:
        out.print(
            f"The model did not come to its end ({_CUT.get(outcome.cut_short, outcome.cut_short)}); this is what it had said."
        )
    out.print(
        f"{failed} of {made} citations did not resolve; {dropped} claims were dropped. "
        f"{spent.requests} requests, {spent.tokens} tokens, ${spent.usd:.4f}, {spent.seconds:.0f} s.\n{_NEXT}"
    )


def show_log(out: Console, rows: list[dict[str, Any]]) -> None:
    """Print requests, a line each."""
    for row in rows:
        price = "?" if row["usd"] is None else f"${row['usd']:.4f}"
        out.print(
            f"{row['number']:4} {row['at'][:19]} {row['outcome']:16} {row['input_tokens']:6}+{row['output_tokens']:<5} {price} "
            f"{row['seconds']:6.1f} s  {visible_line(row['purpose'])}  redacted: {counts(row['redactions'])}",
            soft_wrap=True,
        )
    if not rows:
        out.print("Nothing was ever sent.")


def show_entry(out: Console, entry: dict[str, Any]) -> None:
    """Print all of a request: what was sent, and what came back."""
    out.print(f"{entry['at']} to {visible_line(entry['model'])} at {visible_line(entry['place'])}: {entry['outcome']}")
    for message in entry["messages"]:
        out.print(f"--- {message['role']}\n{visible(message['text'])}", soft_wrap=True)
    out.print(f"--- answer\n{visible(entry['answer'] or entry['detail'])}", soft_wrap=True)


def counts(found: Any) -> str:
    """Return what was redacted, in words."""
    return ", ".join(f"{count} × {visible_line(kind)}" for kind, count in found.items()) or "nothing"
