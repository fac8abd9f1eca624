"""``alloy model``: whether a language model may be used, what was sent to it, and what it proposes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from alloy_assist.agent.fencing import MAX_FENCED_CHARACTERS
from alloy_assist.cli import output
from alloy_assist.cli.exits import ExitCode
from alloy_assist.cli.model_shown import preview, proposals, show_entry, show_log, show_outcome, show_preview
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import MissingError, UsageError
from alloy_assist.llm.errors import StoppedError
from archaeology.text import visible_line

if TYPE_CHECKING:
    from rich.console import Console

    from alloy_assist.operations.model_proposals import Outcome, Preview

group = output.group("model", help="The language model: allow it, see what was sent, ask for proposals.")

_LARGEST_TEXT = 200_000
_MODES = {
    "json_schema": "by a schema that the server enforces",
    "tools": "as the arguments of a tool",
    "json": "as JSON in the text",
}
_NO_MODE = "not known yet; the first request finds out, and so does `alloy model probe`"
_dry_run = click.option("--dry-run", is_flag=True, help="Show the first request instead of sending it.")


@common(group, "status", example="alloy model status\nalloy model status --json")
def status(session: Session) -> None:
    """Say which model is chosen, whether it may be used, and what would be sent where."""
    from alloy_assist.operations.modeling import WHAT_IS_SENT

    work, model = session.project.modeling, session.project.settings.model
    body = {
        "choice": model.choice,
        "name": model.name,
        "base_url": model.base_url,
        "structured_mode": work.structured_mode or "",
        "allowed": work.is_allowed(),
        "what_is_sent": WHAT_IS_SENT,
        "log": str(work.log.path),
    }

    def human(out: Console) -> None:
        out.print(f"{model.choice}: {visible_line(model.name) or 'no model'} {visible_line(model.base_url)}".rstrip())
        out.print("It may be used." if work.is_allowed() else "It is not used: nothing is sent.")
        out.print(f"Typed answers: {_MODES[work.structured_mode] if work.structured_mode else _NO_MODE}")
        out.print(f"{WHAT_IS_SENT}\nLog: {work.log.path}")

    session.emit("alloy.model_status.v1", body, human)


@common(group, "allow", example="alloy model allow\nalloy model allow --yes")
@click.option("--yes", is_flag=True, help="Allow it without being asked.")
def allow(session: Session, yes: bool) -> None:
    """Allow the chosen model for this repository, on this machine. The settings alone do not: others may have written them."""
    from alloy_assist.operations.modeling import WHAT_IS_SENT

    model = session.project.settings.model
    session.narrate(f"{model.name or 'no model'} at {model.base_url or 'its provider'}: {WHAT_IS_SENT}")
    if yes or session.confirm("Allow it?"):
        session.project.modeling.allow()
    allowed = session.project.modeling.is_allowed()
    session.emit(
        "alloy.model_allowed.v1", {"allowed": allowed}, lambda out: out.print("Allowed." if allowed else "Not allowed.")
    )


@common(group, "forbid", example="alloy model forbid")
def forbid(session: Session) -> None:
    """Take the leave back: from now on nothing is sent."""
    session.project.modeling.forbid()
    session.emit("alloy.model_allowed.v1", {"allowed": False}, lambda out: out.print("Nothing is sent any more."))


@common(group, "probe", example="alloy model probe")
def probe(session: Session) -> None:
    """Find out how the model gives typed answers, and remember it. Sends a sentence about a bird, and nothing of the repository.

    The first request of any other work does this by itself where it was never done.
    """
    found = session.project.modeling.probe()
    body = {"mode": found.mode, "trials": [asdict(trial) for trial in found.trials]}

    def human(out: Console) -> None:
        for trial in found.trials:
            out.print(f"{_MODES[trial.mode]}: {trial.outcome} ({trial.seconds:.1f} s)")
        out.print(
            f"Remembered: {_MODES[found.mode]}."
            if found.mode
            else "No way gave a typed answer; JSON in the text is used."
        )

    session.emit("alloy.model_probe.v1", body, human)


@common(group, "log", example="alloy model log\nalloy model log --content 3 --json")
@click.option(
    "--content", type=int, metavar="NUMBER", help="Show request NUMBER in full: what was sent, and what came back."
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many of the last requests.")
def log(session: Session, content: int | None, limit: int) -> None:
    """List the requests that were made: what for, how large, what they cost, what was redacted."""
    entries = list(enumerate(session.project.modeling.requests(), 1))
    if content is not None:
        if not 1 <= content <= len(entries):
            raise MissingError(f"There is no request {content}.", hint=f"There are {len(entries)}: `alloy model log`.")
        entry = entries[content - 1][1]
        session.emit("alloy.model_request.v1", {"request": asdict(entry)}, lambda out: show_entry(out, asdict(entry)))
        return
    rows = [
        {"number": number, **{k: v for k, v in asdict(entry).items() if k != "messages"}}
        for number, entry in entries[-limit:]
    ]
    session.emit("alloy.model_log.v1", {"requests": rows}, lambda out: show_log(out, rows))


@common(group, "sharpen", example="alloy model sharpen 1\nalloy model sharpen 1 --dry-run")
@click.argument("hypothesis")
@_dry_run
def sharpen(session: Session, hypothesis: str, dry_run: bool) -> None:
    """Say what HYPOTHESIS is about in the words of the code."""
    found = session.project.hypotheses.show(hypothesis).id
    work = session.project.modeling
    _give(session, work.preview("sharpen", found) if dry_run else work.sharpen(found, session.narrate))


@common(group, "propose", example="alloy model propose")
@_dry_run
def propose(session: Session, dry_run: bool) -> None:
    """Propose hypotheses that the detectors missed."""
    work = session.project.modeling
    _give(session, work.preview("propose") if dry_run else work.propose(session.narrate))


@common(group, "draft", example="alloy model draft review-thread.txt\nalloy model draft - < post-mortem.md")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@_dry_run
def draft(session: Session, file: Any, dry_run: bool) -> None:
    """Draft a record from a conversation, a review thread or a post-mortem in FILE (- for standard input)."""
    text = file.read(_LARGEST_TEXT + 1)
    if not text.strip() or len(text) > _LARGEST_TEXT:
        raise UsageError(
            f"The text must have 1 to {_LARGEST_TEXT} characters.", hint="Cut it to the part that matters."
        )
    if len(text) > MAX_FENCED_CHARACTERS:
        session.narrate(f"The model is told the first {MAX_FENCED_CHARACTERS:,} of {len(text):,} characters.")
    work = session.project.modeling
    _give(session, work.preview("draft", text) if dry_run else work.draft(text, session.narrate))


@common(group, "contradictions", example="alloy model contradictions")
@_dry_run
def contradictions(session: Session, dry_run: bool) -> None:
    """Notice accepted records that cannot both be followed."""
    work = session.project.modeling
    _give(session, work.preview("contradictions") if dry_run else work.contradictions(session.narrate))


def _give(session: Session, result: Outcome | Preview) -> None:
    from alloy_assist.operations.model_proposals import Preview

    if isinstance(result, Preview):
        session.emit("alloy.model_preview.v1", preview(result), lambda out: show_preview(out, result))
        return
    session.emit("alloy.model_proposals.v1", proposals(result), lambda out: show_outcome(out, result))
    if result.cut_short == StoppedError.kind:
        raise click.exceptions.Exit(int(ExitCode.INTERRUPTED))
