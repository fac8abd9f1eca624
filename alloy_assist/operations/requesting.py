"""Asking Foundry to run a compiled brief: one request an intention, and the command line that hands it over."""

from __future__ import annotations

from dataclasses import dataclass

from alloy_assist.briefs.views import manifest_path
from alloy_assist.errors import RefusedError
from alloy_assist.operations.brief_approval import may
from alloy_assist.operations.brief_bodies import artifact_name, bodies_of
from alloy_assist.operations.brief_checking import verify_row
from alloy_assist.operations.brief_requests import (
    Ground,
    Requested,
    Wish,
    build_request,
    find_request,
    keep_request,
    kept_requests,
    requested,
)
from alloy_assist.operations.briefing import Briefing
from store.runs import BriefState


@dataclass(frozen=True)
class Requesting:
    """Execution requests of a project."""

    briefing: Briefing

    def create(self, brief_id: str, wish: Wish | None = None) -> Requested:
        """Make a request for a compiled brief and queue the brief.

        Raises RefusedError where the repository has moved, artifacts are not what was compiled, the throttle is not approved, the
        event is not offered, or the same was requested before and no reason is given.
        """
        briefing = self.briefing
        may(briefing.settings, briefing.actor, "request")
        row = briefing.show(brief_id)
        store, root = briefing.store(), briefing.paths.root
        checked = verify_row(row, store, root)
        if not checked.ok:
            message = f"The brief {row.slug!r} cannot be run: {checked.problems[0]}"
            raise RefusedError(
                message, hint="`alloy brief verify` says more; `alloy brief export` writes the files again."
            )
        if not (root / manifest_path(artifact_name(row))).exists():
            message = f"The files of the brief {row.slug!r} are not in .alloy/: its gates could not be run."
            raise RefusedError(message, hint=f"`alloy brief export {row.slug}` writes them.")
        ground = Ground(row, bodies_of(row, store), _head(briefing), briefing.actor, briefing.now(), briefing.new_id())
        with store.transaction():
            used = {str(body["idempotency_key"]): str(body["id"]) for body in kept_requests(store)}
            made = keep_request(build_request(ground, wish or Wish(), used), store)
            if row.state is BriefState.COMPILED:
                queued = row.model_copy(update={"state": BriefState.QUEUED, "updated_at": ground.now})
                store.briefs.update(queued, row.state, f"requested as {made.request.id}")
        return made

    def show(self, request_id: str) -> Requested:
        """Return a request by its id or the beginning of it. Raises MissingError."""
        return find_request(self.briefing.store(), request_id)

    def list(self) -> tuple[Requested, ...]:
        """Return all requests, the first first."""
        return tuple(requested(body) for body in kept_requests(self.briefing.store()))


def _head(briefing: Briefing) -> str | None:
    from archaeology.git import open_repository

    with open_repository(briefing.paths.root) as repository:
        return repository.resolve(None)
