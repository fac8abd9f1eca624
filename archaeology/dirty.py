"""Tracked files that are not as in HEAD, while HEAD is what was read: not an error, but the person should know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archaeology.errors import GitError

if TYPE_CHECKING:
    from archaeology.git import Standing
    from archaeology.options import ScanOptions

_SHOWN_PATHS = 20


def uncommitted_limit(repository: Standing, options: ScanOptions) -> dict[str, Any] | None:
    """Return the limit, in the form that JSON gives it, that names uncommitted changes; None where HEAD is all there is.

    Raises:
        ScanCancelledError: the person stopped the scan.
    """
    if options.revision is not None or options.work_tree or repository.bare:
        return None
    try:
        changed = sorted(repository.changed_paths())
    except GitError as error:
        # Not being told must not cost the survey that is there already.
        return _limit(f"Whether files differ from HEAD could not be told: {error}", [])
    if not changed:
        return None
    return _limit(
        "Tracked files differ from HEAD and were read as they are committed; --work-tree reads them as they are on disk.",
        changed,
    )


def _limit(detail: str, paths: list[str]) -> dict[str, Any]:
    return {"kind": "uncommitted", "detail": detail, "count": max(1, len(paths)), "paths": paths[:_SHOWN_PATHS]}
