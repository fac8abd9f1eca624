"""Machine checks that a person writes down, as evidence that a record requires. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from alloy_assist.errors import UsageError
from archaeology.text import visible_line
from store.records import EvidenceDefinition, EvidenceStatus

if TYPE_CHECKING:
    from archaeology.model import Check

_HINT = 'For example {"kind": "pattern_absent", "pattern": "...", "paths": ["src/**"]}; `alloy scan --json` shows more.'


def required_check(text: str) -> EvidenceDefinition:
    """Return the required evidence that a check asks for, from JSON in the survey's form. Raises UsageError.

    A ``statement`` beside the check says it in a person's words; without one it is said in ours. The id comes from the check, so that
    the same check is the same evidence wherever it is given.
    """
    from alloy_assist.elicitation.checking import statement_of
    from archaeology.identity import stable_id

    given = _object(text)
    said = given.pop("statement", "")
    body = _check(given).model_dump(mode="json", by_alias=True)
    return EvidenceDefinition(
        id=stable_id("check", body),
        statement=visible_line(said) if isinstance(said, str) and said.strip() else statement_of(body),
        kind="check",
        check=body,
        status=EvidenceStatus.REQUIRED,
    )


def with_evidence(
    there: Iterable[EvidenceDefinition], more: Iterable[EvidenceDefinition]
) -> tuple[EvidenceDefinition, ...]:
    """Return the evidence with more of it at the end; a check that is there already stays as it is."""
    items = list(there)
    for item in more:
        if all(item.check != known.check for known in items):
            items.append(item)
    return tuple(items)


def _object(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"This is no check: {error}."
        raise UsageError(message, hint=_HINT) from error
    if not isinstance(given, dict):
        message = "This is no check: it is no JSON object."
        raise UsageError(message, hint=_HINT)
    return given


def _check(given: dict[str, Any]) -> Check:
    from pydantic import TypeAdapter

    from archaeology.model import Check

    adapter: TypeAdapter[Check] = TypeAdapter(Check)
    try:
        return adapter.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the object"
        message = f"This is no check: {place}: {first['msg']}."
        raise UsageError(message, hint=_HINT) from error
