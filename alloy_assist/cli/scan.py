"""``alloy scan``: archaeology without the terminal application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alloy_assist.cli.dates import git_date
from alloy_assist.cli.exits import EXPECTED_ERRORS
from alloy_assist.cli.output import Session, common
from alloy_assist.cli.signals import stoppable
from alloy_assist.errors import NoPlaceError, UsageError
from archaeology.text import visible_line
from store.errors import ReadOnlyStoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from archaeology.model import Survey
    from archaeology.options import ScanOptions
    from archaeology.progress import ProgressSink

_root = click.Group()
_SHOWN = 20
_NOTHING = (
    "Nothing here stands out enough to ask about. Looked for, and not found: warnings in comments that give a reason or that a repair, a test"
    " or an issue speaks for; changes that were taken back; packages that were given up; imports that are missing where chance would make"
    " them; files apart that change together; interfaces that tests replace; strict gates; recorded formats."
)
_INSTEAD = (
    "What matters may still be in people's heads, and no hypothesis is needed to ask: `alloy interview --mode reject` asks what would make you"
    " turn a change down, `--path PATH` about one place, `--technology NAME` what a library is hired for."
)
_LESS_SURE = "Less sure from here on: more of this may be habit, or accident."


@common(
    _root,
    "scan",
    example="alloy scan                    mine this repository and keep what was found\n"
    "alloy scan ../shop --json     the survey as data (alloy.survey.v1)\n"
    "alloy scan --work-tree        with what is not committed yet\n"
    "alloy scan --html report.html a page to pass around",
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--rev", metavar="REVISION", help="Scan this revision instead of HEAD (nothing is kept).")
@click.option(
    "--work-tree",
    is_flag=True,
    help="Scan the tracked files as they are on disk, uncommitted changes included (nothing is kept).",
)
@click.option(
    "--since", callback=git_date, metavar="DATE", help="Read the history from this date on (as git understands dates)."
)
@click.option("--no-history", is_flag=True, help="Leave the history out: faster, and much weaker.")
@click.option("--no-cache", is_flag=True, help="Read everything anew.")
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=0,
    show_default="one a core",
    help="How many files are parsed at once.",
)
@click.option(
    "--html",
    "html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a self-contained report to this file.",
)
@click.option("--all", "show_all", is_flag=True, help=f"Show all hypotheses, not only the best {_SHOWN}.")
@click.option("--no-save", is_flag=True, help="Do not write to the database.")
def scan(
    session: Session,
    path: Path | None,
    rev: str | None,
    work_tree: bool,
    since: str | None,
    no_history: bool,
    no_cache: bool,
    jobs: int,
    html: Path | None,
    show_all: bool,
    no_save: bool,
) -> None:
    """Read the repository at PATH (default: here) and say what it seems to protect.

    Reads what HEAD has committed, so that others find the same. Finds hypotheses with evidence; nothing becomes a record before a
    person confirms it. Nothing of the repository is run, and nothing is sent anywhere.
    """
    from archaeology.survey import ScanOptions

    del path  # the session's repository, already
    if work_tree and rev:
        message = "--work-tree reads what is on top of HEAD, so it goes with no --rev."
        raise UsageError(message, hint="Leave one of the two out.")
    partial = bool(no_save or rev or work_tree or since or no_history)
    options = ScanOptions(
        revision=rev, work_tree=work_tree, history=not no_history, since=since, jobs=jobs, use_cache=not no_cache
    )
    if session.json and partial and not html and _answer_at_once(session, options):
        return
    settings = session.project.settings.scan
    options = options._replace(jobs=jobs or settings.jobs, cache_megabytes=settings.cache_megabytes)
    with _narrated(session) as (on_progress, cancelled):
        survey = session.project.scanning.run(options, on_progress, cancelled)
    not_kept = None if partial else _keep(session, survey)
    if session.json:
        session.emit_json(survey.model_dump(mode="json", by_alias=True))
    else:
        _show(session.out, survey, None if show_all else _SHOWN)
    if html:
        _write_report(survey, html)
        session.narrate(f"The report is in {html}.")
    if isinstance(not_kept, (NoPlaceError, ReadOnlyStoreError)):
        session.narrate(f"Nothing was kept: {not_kept} {not_kept.hint}")
    elif not_kept is not None:
        raise not_kept


def _answer_at_once(session: Session, options: ScanOptions) -> bool:
    """Print the survey that is known already, if there is one."""
    from alloy_assist.cli.at_once import UNCHANGED, known_text

    text = known_text(session.repo, options)
    if text is None:
        return False
    session.narrate(UNCHANGED)
    session.emit_text(text)
    return True


def _keep(session: Session, survey: Survey) -> BaseException | None:
    """Keep what was found; return what went wrong, which must not cost the person the results."""
    try:
        session.project.scanning.save(survey)
    except EXPECTED_ERRORS as error:
        return error
    return None


def _write_report(survey: Survey, file: Path) -> None:
    from archaeology.report import render_html

    file.write_text(render_html(survey), encoding="utf-8")


def _show(out: Console, survey: Survey, most: int | None) -> None:
    repository = survey.repository
    counts = repository.counts
    out.print(
        f"{Path(repository.root).name}: {counts.get('source_files', 0)} source files, {counts.get('commits', 0)} commits"
        f" {'in the work tree on top of' if repository.work_tree else 'at'} {(repository.revision or 'no commit')[:10]}"
    )
    if not survey.hypotheses:
        out.print(f"\n{_NOTHING}\n\n{_INSTEAD}")
    sure = True
    for number, hypothesis in enumerate(survey.hypotheses[:most], start=1):
        if sure and hypothesis.less_sure:
            sure = False
            out.print(f"\n{_LESS_SURE}", style="dim")
        out.print(f"\n{number:3}. {visible_line(hypothesis.title)}", style="bold")
        out.print(
            f"     {hypothesis.family.value.replace('_', ' ')} · confidence {hypothesis.confidence:.2f} · {hypothesis.id}"
        )
        for question in hypothesis.questions[:1]:
            out.print(f"     ? {visible_line(question)}")
    hidden = len(survey.hypotheses) - (most or len(survey.hypotheses))
    if hidden > 0:
        out.print(f"\n{hidden} more with --all.")
    for limit in survey.limits:
        told = limit.count == 1 or str(limit.count) in limit.detail
        out.print(f"\nnote: {visible_line(limit.detail)}" + ("" if told else f" ({limit.count})"), style="dim")
    if survey.hypotheses:
        out.print("\nNext: `alloy` to look at the evidence, or `alloy interview` to answer a few questions.")


@contextmanager
def _narrated(session: Session) -> Iterator[tuple[ProgressSink, Callable[[], bool]]]:
    """Show progress on standard error; the first Ctrl-C, or a request to end, stops the scan cleanly."""
    with stoppable() as stopped:
        if session.quiet:
            yield (lambda _: None), stopped.is_set
            return
        from alloy_assist.cli.scan_progress import shown_progress

        with shown_progress(session.err, session.narrate) as on_progress:
            yield on_progress, stopped.is_set
