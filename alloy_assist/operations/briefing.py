"""Briefs from a draft to files on disk: review, approve, compile, verify, export.

Every step goes through the lifecycle of the store; who may take it is in the settings. What a person approves is a digest: compiling
later refuses if the same selection would not lead to that digest any more, and says what moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from alloy_assist.briefs.compiling import models_of
from alloy_assist.briefs.differences import differences
from alloy_assist.briefs.markdown import brief_markdown
from alloy_assist.briefs.views import exported_files, manifest_path
from alloy_assist.errors import MissingError, RefusedError, UsageError
from alloy_assist.operations.brief_approval import approval_of, check_approval, may
from alloy_assist.operations.brief_bodies import artifact_name, bodies_of, observations_of, pin
from alloy_assist.operations.brief_checking import Verification, verify_files, verify_row
from alloy_assist.operations.brief_documents import documents
from alloy_assist.operations.brief_drafting import Drafting
from alloy_assist.operations.brief_files import PlannedFile, plan_files, write_files
from alloy_assist.operations.brief_gates import Runner, observe, run_gate
from alloy_assist.operations.brief_results import Compiled, Preview
from alloy_assist.operations.brief_selection import refuse_blocked
from store.lifecycle import check_brief_transition
from store.runs import BriefRow, BriefState

__all__ = ["Briefing", "Compiled", "PlannedFile", "Preview", "Verification"]

Mode = Literal["dry_run", "mutating"]


@dataclass(frozen=True)
class Briefing(Drafting):
    """Briefs of a project. Names of briefs may be ids, unique beginnings of ids or of slugs. ``runner`` runs gates where asked to."""

    runner: Runner = field(default=run_gate)

    def preview(self, brief_id: str) -> Preview:
        """Return what would be compiled as things stand, or for a compiled brief what was. Nothing is written."""
        compilation = self._compilation(self.show(brief_id))
        return Preview(compilation.digest, compilation.findings, documents(compilation))

    def review(self, brief_id: str) -> BriefRow:
        """Offer a draft for review. Raises RefusedError where findings block it."""
        may(self.settings, self.actor, "edit")
        row = self.show(brief_id)
        check_brief_transition(row.state, BriefState.REVIEWABLE)
        refuse_blocked(self._compilation(row), "reviewed")
        return self._keep(row, reason="offered for review", state=BriefState.REVIEWABLE)

    def approve(self, brief_id: str, mode: Mode, *, seen_digest: str) -> BriefRow:
        """Approve what was seen for a mode: a person's gesture. Raises RefusedError if it is not that any more, or something blocks it."""
        may(self.settings, self.actor, "approve_dry_run" if mode == "dry_run" else "approve_mutation", person=True)
        row = self.show(brief_id)
        check_brief_transition(row.state, BriefState.APPROVED)
        compilation = self._compilation(row)
        refuse_blocked(compilation, "approved", mutating=mode == "mutating")
        if compilation.digest != seen_digest:
            message = f"What you saw was {seen_digest}; as things stand now it would be {compilation.digest}."
            raise RefusedError(message, hint="Look at it again: `alloy brief show`.")
        approval = approval_of(compilation, mode, self.actor, self.now())
        return self._keep(row, reason=f"approved for {mode}", state=BriefState.APPROVED, approval=approval)

    def revoke(self, brief_id: str, reason: str) -> BriefRow:
        """Take an approval back; the brief is a draft again. Raises UsageError without a reason."""
        return self._back(brief_id, reason, BriefState.APPROVED)

    def back_to_draft(self, brief_id: str, reason: str) -> BriefRow:
        """Ask for changes of a brief under review; it is a draft again. Raises UsageError without a reason."""
        return self._back(brief_id, reason, BriefState.REVIEWABLE)

    def compile(self, brief_id: str, *, run_gates: bool = False) -> Compiled:
        """Pin what was approved: artifacts in one transaction, then the files in ``.alloy/``.

        With ``run_gates`` every gate runs once before that, and what was seen is kept: a failing gate is told, not hidden.
        Raises RefusedError where it is not what was approved, naming what moved; ConflictError where somebody else was faster.
        """
        may(self.settings, self.actor, "compile")
        row = self.show(brief_id)
        check_brief_transition(row.state, BriefState.COMPILED)
        compilation = self._compilation(row)
        check_approval(row, compilation)
        refuse_blocked(compilation, "compiled", mutating=(row.approval or {}).get("mode") == "mutating")
        _, _, overlay, _ = models_of(compilation)
        seen = observe(overlay.gates, self.paths.root, self.runner if run_gates else None, self.evidence.verdicts)
        act = {"created_at": self.now(), "created_by": self.actor.name, "status": "compiled"}
        row = pin(row, compilation, seen, act, self.store())
        written = self.export(row.id)
        return Compiled(row, row.artifacts, tuple(item.path for item in written), observations_of(row, self.store()))

    def export(self, brief_id: str, *, dry_run: bool = False) -> tuple[PlannedFile, ...]:
        """Write a compiled brief into ``.alloy/``, or with ``dry_run`` only say what would be written. Raises RefusedError."""
        row = self.show(brief_id)
        name = artifact_name(row)
        files = exported_files(name, bodies_of(row, self.store()))
        if dry_run:
            return plan_files(self.paths.root, files, manifest_path(name))
        self.paths.create()
        return write_files(self.paths.root, files, manifest_path(name))

    def verify(self, target: str | Path, *, citations: bool = False) -> Verification:
        """Check a file, or all artifacts and files of a brief; with ``citations`` also that the cited lines still say what was cited.

        Raises NotFoundError where there is neither.
        """
        path = Path(target)
        if isinstance(target, Path) or path.suffix in {".json", ".yaml"} or path.exists():
            place = path if path.is_absolute() or path.exists() else self.paths.root / path
            if not place.exists():
                message = f"There is no file {str(path)!r}."
                raise MissingError(message)
            return verify_files(place, self.store())
        row = self.show(str(target))
        return verify_row(row, self.store(), self.paths.root, citations=citations)

    def diff(self, a: str, b: str) -> tuple[str, ...]:
        """Return what is different from one brief to another, in words of intent; empty where nothing is."""
        before, after = (self._compilation(self.show(each)) for each in (a, b))
        return differences(before.bodies, after.bodies)

    def render_markdown(self, brief_id: str) -> str:
        """Return the brief as a reviewer reads it."""
        compilation = self._compilation(self.show(brief_id))
        brief, _, overlay, _ = models_of(compilation)
        return brief_markdown(brief, overlay, compilation.findings)

    def _back(self, brief_id: str, reason: str, expected: BriefState) -> BriefRow:
        may(self.settings, self.actor, "edit")
        if not reason.strip():
            message = "Say why: it is what the author will look for."
            raise UsageError(message)
        row = self.show(brief_id)
        if row.state is not expected:
            check_brief_transition(row.state, BriefState.DRAFT)
            message = f"The brief {row.slug!r} is {row.state}, not {expected}."
            raise RefusedError(message)
        return self._keep(row, reason=reason, state=BriefState.DRAFT, approval=None)
