"""``alloy interview``: the same interview as in the terminal application, in plain lines or from a file of answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from alloy_assist.cli.answers_file import script_in
from alloy_assist.cli.exits import ExitCode
from alloy_assist.cli.interview_subject import named_subject, resumed, subjects
from alloy_assist.cli.output import Session, common, plain
from alloy_assist.errors import RefusedError, UsageError
from archaeology.text import visible_line

if TYPE_CHECKING:
    from rich.console import Console

    from alloy_assist.elicitation.model import SubjectKind, Turn
    from alloy_assist.elicitation.scripted import Script

_root = click.Group()
_MODES = ("why", "reject", "scar", "technology", "principle", "contradiction")
_MOST_TURNS = 1000
SCHEMA = "alloy.interview_event.v1"


@common(
    _root,
    "interview",
    example="alloy interview                          about what the last scan found most worth asking\n"
    "alloy interview --mode reject --path src/billing/\n"
    "alloy interview --hypothesis 3                 by its number in the list\n"
    "alloy interview --hypothesis hyp_2f9c --answers answers.yaml --json\n"
    "alloy interview --dry-run                      what a model would be sent first, sent to nobody",
)
@click.option("--mode", type=click.Choice(_MODES), help="From which side to ask (default: what suits the subject).")
@click.option(
    "--hypothesis",
    metavar="ID",
    help="Ask about this hypothesis (its number in the list, or its id or how that begins).",
)
@click.option("--record", metavar="ID", help="Ask about this record.")
@click.option("--path", "about_path", metavar="PATH", help="Ask about a path of the repository.")
@click.option("--technology", metavar="NAME", help="Ask what a technology is hired for.")
@click.option("--principle", metavar="TEXT", help="Ask what a principle means here.")
@click.option(
    "--answers",
    metavar="FILE",
    help="Answer from this YAML or JSON file ('-' reads standard input). What it does not answer is left for later, and the exit code is 1.",
)
@click.option(
    "--max-questions", type=click.IntRange(1, 50), help="Ask at most so many questions (default: from the settings, 5)."
)
@click.option("--resume", metavar="ID", help="Go on with an interview that was left; 'last' for the newest.")
@click.option(
    "--dry-run", is_flag=True, help="Show the first request that a model would get, and send and keep nothing."
)
@click.option("--list", "list_only", is_flag=True, help="List interviews, and ask nothing.")
def interview(
    session: Session,
    mode: str | None,
    hypothesis: str | None,
    record: str | None,
    about_path: str | None,
    technology: str | None,
    principle: str | None,
    answers: str | None,
    max_questions: int | None,
    resume: str | None,
    dry_run: bool,
    list_only: bool,
) -> None:
    """Answer a few questions and get a record of engineering intent.

    Every answer is kept before the next question is shown: leave at any time and go on with --resume. Nothing becomes a record
    before it was read aloud and accepted.

    With --json every turn is one JSON object on a line of its own.
    """
    if list_only:
        _list(session)
        return
    subject = named_subject(hypothesis, record, about_path, technology, principle)
    script = script_in(answers) if answers is not None else None
    if dry_run:
        _preview(session, subject, mode, script, resume)
        return
    if script is None and not session.interactive:
        raise UsageError(
            "An interview needs a person at a terminal, or a file of answers.",
            hint="Give --answers FILE (see docs/interview.md), or run it in a terminal without --json and --no-input.",
        )
    work = session.project.interviewing
    if resume is not None:
        _lead(session, work.resume(resumed(work, resume)), script)
    else:
        for kind, ref in subjects(session, subject, mode, script):
            _lead(session, work.start(mode, ref, kind=kind, max_questions=max_questions), script)
    if script is not None and script.unmatched:
        for text in script.unmatched:
            session.narrate(f"Not answered by the file, left for later: {text}")
        raise click.exceptions.Exit(int(ExitCode.NOT_SO))


def _preview(
    session: Session,
    subject: tuple[SubjectKind, str] | None,
    mode: str | None,
    script: Script | None,
    resume: str | None,
) -> None:
    """Show what the model would get first: the question that this interview begins or goes on with, and what raised it."""
    from alloy_assist.cli.model_shown import preview, show_preview

    work = session.project.interviewing
    if resume is not None:
        turn = work.show(resumed(work, resume))
    else:
        kind, ref = next(iter(subjects(session, subject, mode, script)))
        turn = work.first_turn(mode, ref, kind=kind)
    if turn.question is None:
        raise RefusedError("No question is open there, so no model would be asked.", hint="Begin another interview.")
    shown = session.project.modeling.preview_interview(turn.question)
    session.emit("alloy.model_preview.v1", preview(shown), lambda out: show_preview(out, shown))


def _lead(session: Session, turn: Turn, script: Script | None) -> None:
    """Lead one interview to its end or its pause."""
    if script is None:
        from alloy_assist.cli.interview_terminal import converse

        converse(session, turn)
        return
    from alloy_assist.cli.interview_model import aside

    work = session.project.interviewing
    subject = work.state(turn.interview_id).subject
    with aside(session, streams=False) as beside:
        for _ in range(_MOST_TURNS):
            turn = beside.put_in_words(turn)
            _emit(session, turn)
            event = script.event_for(turn, subject)
            if event is None:
                break
            turn = work.submit(turn.interview_id, event)
    if not session.json:
        _conclude(session, turn)


def _emit(session: Session, turn: Turn) -> None:
    if session.json:
        document = {"schema_version": SCHEMA, **plain(turn)}
        click.echo(json.dumps(document, ensure_ascii=True, separators=(",", ":")))
        session.answered = True


def _conclude(session: Session, turn: Turn) -> None:
    if turn.record_id:
        session.out.print(turn.record_id)
    elif turn.outcome:
        session.out.print(f"{turn.interview_id} {turn.outcome}")
    else:
        session.out.print(f"{turn.interview_id} {'paused' if turn.paused else 'open'}")


def _list(session: Session) -> None:
    found = session.project.interviewing.list()

    def human(out: Console) -> None:
        for info in found:
            out.print(
                f"{info.id}  {info.status.value:9}  {info.mode:13}  {visible_line(info.title or info.subject or 'from nothing')}"
            )
        if not found:
            out.print("No interviews yet.")

    session.emit("alloy.interviews.v1", {"interviews": [plain(info) for info in found]}, human)
