"""Tools over the history and over what is known already."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from alloy_assist.agent.tools.code import File, Needle, Span, Target
from alloy_assist.agent.workspace import Workspace
from alloy_assist.llm.redaction import is_secret_path

_MOST_ROWS = 30
_MOST_BLAMED = 40
_DIFF_CHARACTERS = 3_500
_OID = 10


class Commit(BaseModel):
    """A commit of the surveyed history."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    commit: str = Field(min_length=7, max_length=64, pattern="^[0-9a-fA-F]+$")


def history(workspace: Workspace, arguments: File) -> str:
    """Tell how a file has changed, and why."""
    known = workspace.facts.history
    file = known.files.get(arguments.path)
    rows = []
    if file is not None:
        rows.append(f"{file.revisions} changes by {file.authors} people, {file.fixes} of them fixes")
    rows += [f"commit {item.commit}: {item.sentence}" for item in known.reasons if arguments.path in item.paths]
    rows += [f"revert {item.commit}: {item.subject}" for item in known.reverts if arguments.path in item.paths]
    for pair in known.cochanges:
        if arguments.path in {pair.a, pair.b}:
            rows.append(f"changed {pair.together} times together with {pair.b if pair.a == arguments.path else pair.a}")
    return "\n".join(rows[:_MOST_ROWS]) or "nothing is known of its history"


def show_commit(workspace: Workspace, arguments: Commit) -> str:
    """Show a commit; the parts of its diff that touch secret files are left out."""
    oid = workspace.full_id(arguments.commit)
    if oid is None:
        return f"There is no commit {arguments.commit} in the surveyed history."
    detail = workspace.commit(oid)
    diff = "".join(_harmless_parts(detail.diff))
    return f"commit {detail.oid}\n{detail.message}\n\n{diff[:_DIFF_CHARACTERS]}"


def blame(workspace: Workspace, arguments: Span) -> str:
    """Tell which commit last touched each line."""
    lines = workspace.lines(arguments.path)
    if lines is None or arguments.start > len(lines):
        return f"{arguments.path} has no such lines to blame."
    end = min(arguments.end, arguments.start + _MOST_BLAMED - 1, len(lines))
    found = workspace.blame(arguments.path, arguments.start, max(end, arguments.start))
    return "\n".join(f"{item.line}: {item.commit[:_OID]} {item.summary}" for item in found)


def observations(workspace: Workspace, arguments: Target) -> str:
    """List observations whose subject lies below the target, or holds it."""
    target = arguments.target.rstrip("/")
    found = [
        f"{item.id} [{item.category.value}] {item.summary}"
        for item in workspace.observations
        if any(name.rstrip("/").startswith(target) or target.startswith(name.rstrip("/")) for name in item.subject)
    ]
    return "\n".join(found[:_MOST_ROWS]) or "nothing was observed there"


def records(workspace: Workspace, arguments: Needle) -> str:
    """List records by a word in their title or facets."""
    wanted = arguments.text.lower()
    found = [
        f"{record.id} ({record.state.value}): {record.title}; strategy: {record.facets.strategy}"
        for record in workspace.records
        if wanted in f"{record.title} {record.facets.model_dump_json()}".lower()
    ]
    return "\n".join(found[:_MOST_ROWS]) or "no record mentions it"


def _harmless_parts(diff: str) -> list[str]:
    parts = diff.split("\ndiff --git ")
    kept = [parts[0]]
    for part in parts[1:]:
        path = part.partition("\n")[0].rpartition(" b/")[2]
        kept.append("\n[a secret file was changed]" if is_secret_path(path) else f"\ndiff --git {part}")
    first = parts[0].partition("\n")[0].rpartition(" b/")[2]
    return ["[a secret file was changed]", *kept[1:]] if first and is_secret_path(first) else kept
