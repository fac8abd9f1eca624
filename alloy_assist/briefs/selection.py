"""What a person chose for a brief, as it is kept while the brief can still change."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from alloy_assist.briefs.parts import Part

Throttle = Literal["dry_run", "audit_only", "full"]


class ChosenRecord(Part):
    """A record that was chosen, and why."""

    id: str
    because: str = "chosen by name"


class EditedPrompt(Part):
    """A prompt that a person rewrote: the new text, and the digest of the compiled text that it replaces."""

    text: str
    base_sha256: str
    by: str
    reason: str = ""


class Selection(Part):
    """Everything that a brief is compiled from, but for the records and the repository themselves.

    ``settled`` maps the key of a finding to a person's reason for going on regardless.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    project_id: str
    records: tuple[ChosenRecord, ...] = ()
    definition_of_done: tuple[str, ...] = ()
    stop_conditions: tuple[str, ...] = ()
    product_refs: tuple[str, ...] = ()
    design_refs: tuple[str, ...] = ()
    throttle: Throttle = "dry_run"
    entry_event: str = "iteration_requested"
    max_iterations: int = Field(default=3, ge=1, le=100)
    actions: dict[str, bool] = Field(default_factory=lambda: {"iterate": True, "maintain": False})
    template: str | None = None
    prompts: dict[str, EditedPrompt] = Field(default_factory=dict)
    settled: dict[str, str] = Field(default_factory=dict)

    def to_row(self) -> dict[str, Any]:
        """Return the selection as it is kept in the brief's row."""
        return self.model_dump(mode="json")
