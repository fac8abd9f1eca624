"""Which paths a record governs, and how bad its loss would be: derived first, asked only where that is not enough."""

from __future__ import annotations

from alloy_assist.elicitation.boundary import common_folder
from alloy_assist.elicitation.subject import Subject
from archaeology.model import Family
from store.records import Severity

_MOST = 5
_GRAVE = frozenset({Family.SECURITY_BOUNDARY, Family.STABLE_FORMAT, Family.SCAR_TISSUE, Family.CONCURRENCY})


def scope_of(subject: Subject) -> tuple[str, ...]:
    """Return globs for the paths that a subject covers; empty where that would be the whole repository or is not known."""
    if subject.record is not None and subject.record.scope:
        return subject.record.scope
    check = subject.check or {}
    ends = [str(end["path"]) for end in check.get("sources", ()) if end.get("path")]
    globs = tuple(dict.fromkeys(glob_of(path) for path in (ends or subject.paths)))
    if len(globs) > _MOST and (broad := common_folder(list(ends or subject.paths))):
        globs = (glob_of(broad),)
    if not globs and subject.family == Family.ENFORCED_GATE:
        # A gate covers what it is set to cover; the repository is its scope, and no careless answer.
        return ("**",)
    return () if not globs or "**" in globs or len(globs) > _MOST else globs


def glob_of(path: str) -> str:
    """Return the glob for a path: everything below a folder (which ends in a slash), a file as it is."""
    if path in {"", ".", "/", "./"}:
        return "**"
    return f"{path}**" if path.endswith("/") else path


def wider(globs: tuple[str, ...]) -> str | None:
    """Return the glob of the folder that holds all of them, or None where that is the repository itself."""
    folder = common_folder([glob.removesuffix("**") for glob in globs])
    return glob_of(folder) if folder else None


def severity_of(subject: Subject) -> Severity:
    """Return the severity to begin with: the record's, or high for families whose loss hurts other people."""
    if subject.record is not None:
        return subject.record.severity
    return Severity.HIGH if subject.family in _GRAVE else Severity.MEDIUM


def severity_matters(subject: Subject) -> bool:
    """Whether it is worth a question: where the loss could hurt people outside the team, or two records pull apart."""
    return subject.record is None and subject.family in _GRAVE
