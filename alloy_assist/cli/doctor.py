"""``alloy doctor``: what works here, what is missing, and what would be sent where."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import click

from alloy_assist import __version__
from alloy_assist.cli.exits import EXPECTED_ERRORS
from alloy_assist.cli.output import Session, common
from alloy_assist.errors import NotSoError
from alloy_assist.operations.places import cache_folder
from alloy_assist.person import log_folder
from archaeology.text import visible_line
from store.diagnostics import has_full_text_search, sqlite_version

if TYPE_CHECKING:
    from rich.console import Console

_root = click.Group()
WHAT_IS_SENT = (
    "Sent on request only: questions, your answers, and cited excerpts of code and history, with secrets redacted."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do where it is not well."""

    name: str
    state: Literal["ok", "note", "problem"]
    detail: str
    hint: str = ""


@common(_root, "doctor", example="alloy doctor\nalloy doctor --json")
def doctor(session: Session) -> None:
    """Look at git, the repository, the database, the cache and the model choice; exit 1 where something does not work."""
    findings = [
        _python(),
        _git(),
        _sqlite(),
        *_project(session),
        Finding("cache", "ok", str(cache_folder())),
        Finding("log", "ok", str(log_folder())),
    ]
    session.emit(
        "alloy.doctor.v1",
        {"version": __version__, "findings": [asdict(item) for item in findings]},
        lambda out: _show(out, findings),
    )
    problems = [item for item in findings if item.state == "problem"]
    if problems:
        message = f"{len(problems)} of {len(findings)} things do not work: {', '.join(item.name for item in problems)}."
        raise NotSoError(message, hint="Each line above that says 'problem' says what to do.")


def _python() -> Finding:
    return Finding("python", "ok", sys.version.split()[0])


def _git() -> Finding:
    program = shutil.which("git", path="/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin")
    if program is None:
        return Finding("git", "problem", "git was not found", "Install git (Debian: apt-get install git).")
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Finding("git", "problem", f"git does not run: {error}", "Repair the installation of git.")
    return Finding("git", "ok", answer.stdout.strip())


def _sqlite() -> Finding:
    if has_full_text_search():
        return Finding("sqlite", "ok", f"{sqlite_version()} with full text search")
    return Finding("sqlite", "note", f"{sqlite_version()} without FTS5", "Searching records will be slower.")


def _project(session: Session) -> list[Finding]:
    try:
        project = session.project
    except EXPECTED_ERRORS as error:
        return [Finding("repository", "problem", visible_line(str(error)), visible_line(getattr(error, "hint", "")))]
    return [Finding("repository", "ok", visible_line(str(project.root))), _database(session), _model(session)]


def _database(session: Session) -> Finding:
    project = session.project
    if not project.database.exists():
        return Finding("database", "note", "there is none yet", "`alloy init` or the first scan makes it.")
    try:
        problems = project.store().verify()
    except EXPECTED_ERRORS as error:
        return Finding("database", "problem", visible_line(str(error)), visible_line(getattr(error, "hint", "")))
    if problems:
        return Finding(
            "database",
            "problem",
            "; ".join(visible_line(str(item)) for item in problems[:3]),
            "Restore a backup: `alloy backup` makes them, and so does every migration, beside the database.",
        )
    place = visible_line(str(project.database))
    if warnings := project.store().warnings:
        return Finding("database", "note", place, "; ".join(visible_line(str(item)) for item in warnings))
    return Finding("database", "ok", f"{place}; the audit chain verifies")


def _model(session: Session) -> Finding:
    model = session.project.settings.model
    if model.choice in {"undecided", "offline"}:
        return Finding("model", "ok", f"{model.choice}: nothing is ever sent")
    place = visible_line(model.base_url) or "the provider's own address"
    named = f"{visible_line(model.name)} at {place}"
    if not session.project.modeling.is_allowed():
        return Finding(
            "model", "note", f"{named}: named in the settings, but not allowed by you", "`alloy model allow` does."
        )
    return Finding("model", "note", named, WHAT_IS_SENT)


def _show(out: Console, findings: list[Finding]) -> None:
    for item in findings:
        out.print(f"{item.state:8} {item.name:11} {item.detail}")
        if item.hint and item.state != "ok":
            out.print(f"{'':20} {item.hint}")
