"""Templates: mutable shapes of briefs that instances are pinned from. Pure; where they are kept is another matter.

A template is data (``alloy.brief_template.v1``): anything that a selection holds, and ``extends`` for another template whose lists come
first and whose single values count where it has none of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from pydantic import ConfigDict, Field

from alloy_assist.briefs.errors import ArtifactError
from alloy_assist.briefs.parts import Part
from alloy_assist.briefs.reading import validated

TEMPLATE_SCHEMA: Final = "alloy.brief_template.v1"
_DEEPEST = 20
_LISTS = ("records", "definition_of_done", "stop_conditions", "product_refs", "design_refs")
_VALUES = ("objective", "throttle", "entry_event", "max_iterations", "actions")


class TemplateError(ArtifactError):
    """A template extends itself, or one that is not there."""


class BriefTemplate(Part):
    """A reusable shape of intent. ``records`` are ids or unique beginnings of ids."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    schema_version: Literal["alloy.brief_template.v1"] = TEMPLATE_SCHEMA
    extends: str | None = None
    objective: str | None = None
    records: tuple[str, ...] = ()
    definition_of_done: tuple[str, ...] = ()
    stop_conditions: tuple[str, ...] = ()
    product_refs: tuple[str, ...] = ()
    design_refs: tuple[str, ...] = ()
    throttle: Literal["dry_run", "audit_only", "full"] | None = None
    entry_event: str | None = None
    max_iterations: int | None = Field(default=None, ge=1, le=100)
    actions: dict[str, bool] | None = None


def template_from(body: Mapping[str, Any], source: str) -> BriefTemplate:
    """Return a template from plain data. Raises MalformedArtifactError."""
    return validated(BriefTemplate, body, source)


def resolve_template(name: str, load: Callable[[str], BriefTemplate]) -> dict[str, Any]:
    """Return the fields that a template and those that it extends give a selection. Raises TemplateError for a cycle."""
    chain: list[BriefTemplate] = []
    seen: list[str] = []
    current: str | None = name
    while current is not None:
        if current in seen or len(seen) >= _DEEPEST:
            message = f"The templates extend each other in a circle: {' -> '.join([*seen, current])}."
            raise TemplateError(message, hint="Take one `extends` out.")
        seen.append(current)
        chain.append(load(current))
        current = chain[-1].extends
    merged: dict[str, Any] = {}
    for template in reversed(chain):
        for field in _LISTS:
            merged[field] = tuple(dict.fromkeys((*merged.get(field, ()), *getattr(template, field))))
        merged.update({field: value for field in _VALUES if (value := getattr(template, field)) is not None})
    return merged
