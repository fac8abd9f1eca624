"""Drafts of briefs: which records, for what, with which prompts. Nothing is bound by a draft, and only drafts can be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alloy_assist.briefs.choosing import Candidate, candidates
from alloy_assist.briefs.compiling import Compilation
from alloy_assist.briefs.pack import text_digest
from alloy_assist.briefs.selection import ChosenRecord, EditedPrompt, Throttle
from alloy_assist.errors import RefusedError, UsageError
from alloy_assist.operations.brief_approval import may
from alloy_assist.operations.brief_bodies import compilation_of
from alloy_assist.operations.brief_selection import (
    checked_objective,
    checked_selection,
    chosen_records,
    prompt_of,
    shaped_selection,
    slug_for,
)
from alloy_assist.operations.brief_templates import template_fields
from alloy_assist.project_folder import ProjectPaths
from alloy_assist.settings import Settings
from store.records import COMPILABLE_STATES, Actor
from store.runs import BriefRow, BriefState

if TYPE_CHECKING:
    from alloy_assist.operations.evidence import Evidence
    from store.database import Store


@dataclass(frozen=True)
class Drafting:
    """Makes, finds and edits the briefs of a project. Names of briefs may be ids, unique beginnings of ids or of slugs."""

    store: Callable[[], Store]
    evidence: Evidence
    paths: ProjectPaths
    settings: Settings
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    actor: Actor

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

    def now(self) -> str:
        """Return the time in the form that artifacts carry."""
        return self.clock().isoformat(timespec="seconds")

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

    def _keep(self, row: BriefRow, *, reason: str, **changes: Any) -> BriefRow:
        changed = row.model_copy(update={**changes, "updated_at": self.now()})
        return self.store().briefs.update(changed, row.state, reason)
