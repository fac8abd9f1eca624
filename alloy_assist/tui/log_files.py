"""What the model gateway logged, for reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alloy_assist.settings import log_folder

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_MOST_BYTES = 256 * 1024


def sent_requests(project: Project) -> str:
    """Return the end of the request log as text, or a sentence that says why there is none."""
    model = project.settings.model
    if model.choice in {"undecided", "offline"}:
        return "Nothing: no model is chosen, so nothing has left and nothing leaves this machine."
    files = _request_logs(log_folder())
    if not files:
        return f"Nothing yet. Requests to {model.name} will be logged in {log_folder()}."
    newest = files[-1]
    with newest.open("rb") as log:
        log.seek(max(0, newest.stat().st_size - _MOST_BYTES))
        return f"{newest}\n\n{log.read().decode('utf-8', 'replace')}"


def _request_logs(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = [path for path in folder.rglob("*") if path.is_file() and "request" in path.name]
    return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))
