"""What cannot be known of a repository, in the words of a survey."""

from __future__ import annotations

from archaeology.git.shadow import Shadow
from archaeology.model import Limit


def limits_of(shadow: Shadow) -> tuple[Limit, ...]:
    """Return what cannot be known of a repository whatever is asked."""
    limits: list[Limit] = []
    if shadow.shallow:
        limits.append(Limit(kind="shallow", detail="The clone is shallow: older history is not there to be read."))
    if shadow.partial:
        limits.append(Limit(kind="partial_clone", detail="A partial clone: missing objects are not fetched."))
    if shadow.grafts:
        limits.append(Limit(kind="replacements", detail="Grafts and replaced objects are not followed."))
    if shadow.skipped_refs:
        detail = "Files among the refs that are no refs were passed over."
        limits.append(Limit(kind="odd_refs", detail=detail, count=shadow.skipped_refs))
    return tuple(limits)
