"""What people type for a brief, checked; and what stops a brief from going on. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from alloy_assist.briefs.compiling import Compilation, models_of
from alloy_assist.briefs.family import Phase
from alloy_assist.briefs.selection import ChosenRecord, Selection
from alloy_assist.errors import RefusedError, UsageError

_LONGEST_SLUG = 48
_LONGEST_OBJECTIVE = 4000


def slug_for(objective: str) -> str:
    """Return a short name for files and branches: a-z, 0-9 and dashes, at most 48 characters."""
    ascii_text = unicodedata.normalize("NFKD", objective).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[:_LONGEST_SLUG].rsplit("-", 1)[0]
    return slug or "brief"


def checked_objective(text: str) -> str:
    """Return an objective without blanks around it. Raises UsageError for an empty or endless one."""
    cleaned = text.strip()
    if not cleaned or len(cleaned) > _LONGEST_OBJECTIVE:
        message = f"A brief needs an objective of 1 to {_LONGEST_OBJECTIVE} characters."
        raise UsageError(message, hint="Say in a sentence what the run is to achieve.")
    return cleaned


def checked_selection(values: Mapping[str, Any]) -> Selection:
    """Return a selection from its fields. Raises UsageError naming the first that is wrong."""
    try:
        return Selection.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{'.'.join(str(part) for part in first['loc'])!r} is wrong: {first['msg']}"
        raise UsageError(message) from error


def shaped_selection(
    shape: Mapping[str, Any], lists: Mapping[str, Sequence[str]], values: Mapping[str, Any]
) -> Selection:
    """Return a selection from what a template gives and what was said: its lists come first, its single values count where none was said."""
    merged = {name: tuple(dict.fromkeys((*shape.get(name, ()), *said))) for name, said in lists.items()}
    single = {name: value for name, value in shape.items() if name not in {*lists, "records", "objective"}}
    return checked_selection({**single, **merged, **values})


def chosen_records(
    names: Sequence[str], reasons: Mapping[str, str], resolve: Callable[[str], str]
) -> tuple[ChosenRecord, ...]:
    """Return the records that are named, each once and by id; a reason may be given for the name or for the id.

    ``resolve`` gives the id for a name, and raises what it raises for one that fits none or several.
    """
    found: dict[str, ChosenRecord] = {}
    for name in names:
        identity = resolve(name)
        reason = reasons.get(name) or reasons.get(identity) or "chosen by name"
        found.setdefault(identity, ChosenRecord(id=identity, because=reason))
    return tuple(found[identity] for identity in sorted(found))


def prompt_of(compilation: Compilation, phase: str) -> str:
    """Return the prompt of a phase. Raises UsageError where there is no such phase."""
    _, pack, _, _ = models_of(compilation)
    found = next((prompt.text for prompt in pack.prompts if prompt.phase == phase), None)
    if found is None:
        message = f"There is no phase {phase!r}."
        raise UsageError(message, hint=f"There are: {', '.join(Phase)}.")
    return found


def refuse_blocked(compilation: Compilation, verb: str, *, mutating: bool = False) -> None:
    """Raise RefusedError where a finding blocks what is to be done; for a mutating run more findings do."""
    blocking = [
        item for item in compilation.findings if item.severity == "block" or (mutating and item.blocks_mutating)
    ]
    if blocking:
        more = f" And {len(blocking) - 1} more." if len(blocking) > 1 else ""
        message = f"It cannot be {verb}: {blocking[0].text}{more}"
        hint = "`alloy brief show` lists them all. Mend the records, choose others, or settle a finding with a reason."
        raise RefusedError(message, hint=hint)
