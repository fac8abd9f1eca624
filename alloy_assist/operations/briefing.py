"""Briefs from choosing records to files on disk: create, review, approve, compile, verify, export, request.

Every step goes through the lifecycle of the store; who may take it is in the settings. What a person approves is a digest: compiling
later refuses if the same selection would not lead to that digest any more, and says what moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from alloy_assist.briefs.choosing import Candidate, candidates
from alloy_assist.briefs.compiling import Compilation, models_of
from alloy_assist.briefs.differences import differences
from alloy_assist.briefs.findings import Finding
from alloy_assist.briefs.markdown import brief_markdown
from alloy_assist.briefs.pack import text_digest
from alloy_assist.briefs.selection import ChosenRecord, EditedPrompt, Throttle
from alloy_assist.briefs.views import exported_files, manifest_path
from alloy_assist.errors import MissingError, RefusedError, UsageError
from alloy_assist.operations.brief_approval import approval_of, check_approval, may
from alloy_assist.operations.brief_bodies import artifact_name, bodies_of, compilation_of, observations_of, pin
from alloy_assist.operations.brief_checking import Verification, verify_files, verify_row
from alloy_assist.operations.brief_documents import documents
from alloy_assist.operations.brief_files import PlannedFile, plan_files, write_files
from alloy_assist.operations.brief_gates import Runner, observe, run_gate
from alloy_assist.operations.brief_results import Compiled, Preview
from alloy_assist.operations.brief_selection import (
    checked_objective,
    checked_selection,
    chosen_records,
    prompt_of,
    refuse_blocked,
    shaped_selection,
    slug_for,
)
from alloy_assist.operations.brief_templates import template_fields
from alloy_assist.project_folder import ProjectPaths
from alloy_assist.settings import Settings
from store.lifecycle import check_brief_transition
from store.records import COMPILABLE_STATES, Actor
from store.runs import BriefRow, BriefState

if TYPE_CHECKING:
    from alloy_assist.operations.evidence import Evidence
    from store.database import Store

__all__ = ["Briefing", "Candidate", "Compiled", "Finding", "PlannedFile", "Preview", "Verification"]

Mode = Literal["dry_run", "mutating"]


@dataclass(frozen=True)
class Briefing:
    """Briefs of a project. Names of briefs may be ids, unique beginnings of ids or of slugs. ``runner`` runs gates where asked to."""

    store: Callable[[], Store]
    evidence: Evidence
    paths: ProjectPaths
    settings: Settings
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    actor: Actor
    runner: Runner = field(default=run_gate)

    def candidates(self, objective: str, paths: Sequence[str] = ()) -> tuple[Candidate, ...]:
        """Return the records that may be compiled, those that apply to the objective or govern a path first."""
        return candidates(objective, paths, self.store().records.list(states=COMPILABLE_STATES))

    def create(  # noqa: PLR0913 - what a brief is about
        self,
        objective: str,
        record_ids: Sequence[str],
        *,
        definition_of_done: Sequence[str] = (),
        stop_conditions: Sequence[str] = (),
        product_refs: Sequence[str] = (),
        design_refs: Sequence[str] = (),
        throttle: Throttle | None = None,
        template: str | None = None,
        reasons: Mapping[str, str] | None = None,
        project_id: str | None = None,
    ) -> BriefRow:
        """Keep a new draft; a template's lists come before what is given, and its single values count where nothing is.

        ``reasons`` says why a record (by the name given) was chosen. Raises UsageError, NotFoundError, TemplateError.
        """
        may(self.settings, self.actor, "edit")
        shape = template_fields(self.paths.root, template) if template else {}
        goal = checked_objective(objective or shape.get("objective", ""))
        given = {
            "definition_of_done": definition_of_done,
            "stop_conditions": stop_conditions,
            "product_refs": product_refs,
            "design_refs": design_refs,
        }
        values = {
            "project_id": project_id or self.paths.root.name or "project",
            "records": self._chosen((*shape.get("records", ()), *record_ids), reasons or {}),
            "template": template,
            **({"throttle": throttle} if throttle else {}),
        }
        selection = shaped_selection(shape, given, values)
        now = self.now()
        row = BriefRow(
            id=f"brief_{self.new_id()}",
            slug=slug_for(goal),
            objective=goal,
            selection=selection.to_row(),
            created_at=now,
            created_by=self.actor.name,
            updated_at=now,
        )
        return self.store().briefs.create(row)

    def edit(self, brief_id: str, **changes: Any) -> BriefRow:
        """Change a draft: ``objective``, ``records`` (names) or any field of the selection. Raises RefusedError for what is no draft."""
        row = self._draft(brief_id)
        values = dict(changes)
        objective = checked_objective(values.pop("objective", row.objective))
        if "records" in values:
            values["records"] = self._chosen(values["records"], values.pop("reasons", {}))
        selection = checked_selection({**row.selection, **values})
        changed = {"objective": objective, "slug": slug_for(objective), "selection": selection.to_row()}
        return self._keep(row, reason="edited", **changed)

    def settle(self, brief_id: str, key: str, reason: str) -> BriefRow:
        """Go on regardless of a finding, with a person's reason that the brief will quote. Raises UsageError for an unknown key."""
        may(self.settings, self.actor, "edit", person=True)
        row = self._draft(brief_id)
        known = {finding.key for finding in self._compilation(row).findings if not finding.key.startswith("choice:")}
        if key not in known or not reason.strip():
            message = f"{key!r} is no finding that can be settled, or the reason is missing."
            raise UsageError(message, hint=f"There are: {', '.join(sorted(known)) or 'none'}.")
        return self.edit(row.id, settled={**row.selection.get("settled", {}), key: reason.strip()})

    def edit_prompt(self, brief_id: str, phase: str, text: str, reason: str = "") -> BriefRow:
        """Replace the compiled prompt of a phase in a draft: the pack becomes another one, which records the difference."""
        row = self._draft(brief_id)
        edits = {name: edit for name, edit in row.selection.get("prompts", {}).items() if name != phase}
        plain = row.model_copy(update={"selection": {**row.selection, "prompts": edits}})
        before = prompt_of(self._compilation(plain), phase)
        if text != before:
            edit = EditedPrompt(text=text, base_sha256=text_digest(before), by=self.actor.name, reason=reason)
            edits[phase] = edit.model_dump(mode="json")
        return self.edit(row.id, prompts=edits)

    def prompt(self, brief_id: str, phase: str) -> str:
        """Return the prompt of a phase as it stands. Raises UsageError where there is no such phase."""
        return prompt_of(self._compilation(self.show(brief_id)), phase)

    def show(self, brief_id: str) -> BriefRow:
        """Return a brief. Raises NotFoundError or AmbiguousIdError, and RefusedError for somebody who may not look."""
        may(self.settings, self.actor, "view")
        briefs = self.store().briefs
        begun = [row for row in briefs.list() if brief_id and row.slug.startswith(brief_id)]
        return begun[0] if len(begun) == 1 else briefs.get(briefs.resolve(brief_id))

    def list(self, state: BriefState | str | None = None) -> tuple[BriefRow, ...]:
        """Return briefs, the one that changed last first."""
        return self.store().briefs.list(None if state is None else BriefState(state))

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

    def _compilation(self, row: BriefRow) -> Compilation:
        return compilation_of(row, self.store(), self.paths.root)

    def _chosen(self, names: Sequence[str], reasons: Mapping[str, str]) -> tuple[ChosenRecord, ...]:
        return chosen_records(names, reasons, self.store().records.resolve)

    def _draft(self, brief_id: str) -> BriefRow:
        may(self.settings, self.actor, "edit")
        row = self.show(brief_id)
        if row.state is not BriefState.DRAFT:
            message = f"The brief {row.slug!r} is {row.state}: only a draft can be edited."
            raise RefusedError(message, hint="Take it back with `alloy brief back` or `revoke`, or create another one.")
        return row

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

    def _keep(self, row: BriefRow, *, reason: str, **changes: Any) -> BriefRow:
        changed = row.model_copy(update={**changes, "updated_at": self.now()})
        return self.store().briefs.update(changed, row.state, reason)

    def now(self) -> str:
        """Return the time in the form that artifacts carry."""
        return self.clock().isoformat(timespec="seconds")
