"""Looks at the repository for an interview: does the check hold at HEAD, and are the quoted places still as they were?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.names import COMMENT_FAMILIES
from archaeology.errors import ArchaeologyError
from archaeology.model import Category
from archaeology.text import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_VIOLATIONS = 20
_MOST_TOLD = 3
_LINE = re.compile(r":\d+$")


class Looker(Protocol):
    """Looks at the repository as it is now; ``operations.evidence.Evidence`` is one."""

    def head(self) -> str | None:
        """Return the commit that HEAD names."""

    def resolve(self, citation: dict[str, Any], revision: str | None = None) -> Any:
        """Say what became of a citation: a value with ``status`` and ``detail``."""
        ...

    def verdicts(self, checks: Sequence[dict[str, Any]], revision: str | None = None) -> tuple[Any, ...]:
        """Evaluate checks: values with ``holds``, ``violations`` and ``detail``."""
        ...

    def uses(self, package: str) -> tuple[m.Seen, ...]:
        """Return who imports a package and what asks for it."""
        ...

    def callers(self, path: str, symbol: str) -> tuple[str, ...]:
        """Return the files that call a symbol, where it is plain who does."""
        ...

    def documentation(self, path: str, symbol: str) -> str:
        """Return the first sentence that documents a symbol; empty where nothing does."""
        ...


def told_of_use(looker: Looker, subject: m.Subject) -> m.Subject:
    """Return the subject of an interview about a technology with what the repository tells of its use; as it was where that cannot be read."""
    try:
        used = looker.uses(subject.ref)
    except (ArchaeologyError, OSError, ValueError):
        return subject
    if not used:
        unknown = f"Nothing that was read imports or asks for {visible_line(subject.ref)!r}; these are plain questions."
        return subject if subject.seen else subject.model_copy(update={"notes": (unknown,)})
    files = tuple(name for seen in used for name in seen.names)
    return subject.model_copy(update={"seen": (*used, *subject.seen), "paths": files, "notes": ()})


def told_of_function(looker: Looker, subject: m.Subject) -> m.Subject:
    """Return the subject of an interview about words with what is known of the function that they stand in: who calls it, what documents it.

    As it was where neither is known.
    """
    words = next((item for item in subject.seen if item.facts.get("role") in {"comment", "told", "unknown"}), None)
    if words is None or subject.family not in COMMENT_FAMILIES:
        return subject
    path, symbol = words.facts.get("path"), words.facts.get("symbol")
    if not isinstance(path, str) or not isinstance(symbol, str):
        return subject
    try:
        files, sentence = looker.callers(path, symbol), looker.documentation(path, symbol)
    except (ArchaeologyError, OSError, ValueError, RecursionError):
        return subject
    told = []
    if files:
        told.append(_called(files, symbol))
    if sentence:
        told.append(_documented(sentence, symbol))
    return subject.model_copy(update={"seen": (*subject.seen, *told)}) if told else subject


def _called(files: tuple[str, ...], symbol: str) -> m.Seen:
    return m.Seen(
        id="callers",
        category=Category.STRUCTURAL,
        summary=f"{code(symbol)} is called in {listed(list(files), _MOST_TOLD)}",
        facts={"role": "callers", "files": tuple(map(visible_line, files)), "symbol": symbol},
    )


def _documented(sentence: str, symbol: str) -> m.Seen:
    said = visible_line(sentence)
    return m.Seen(
        id="documented",
        category=Category.TEXTUAL,
        summary=f"{code(symbol)} is documented so: “{said.rstrip(' .')}”",
        facts={"role": "documented", "sentence": said, "symbol": symbol},
    )


def contradicted(looker: Looker, subject: m.Subject) -> m.Subject:
    """Return the subject of a contradiction with where the code breaks its check now, or with the note that it does not."""
    if not subject.check:
        return subject
    checked = verdict_on(looker, subject.check)
    if checked.passed is None:
        return subject
    if checked.passed:
        note = "Its check holds on the code as it is: nothing that a machine can see speaks against it."
        return subject.model_copy(update={"against": (), "notes": (*subject.notes, note)})
    paths = tuple(dict.fromkeys(_LINE.sub("", place) for place in checked.violations))
    places = listed(checked.violations, _MOST_TOLD)
    breaking = m.Seen(id="against-now", summary=f"It is broken now{' in ' + places if places else ''}", names=paths)
    return subject.model_copy(update={"against": (breaking,)})


def verdict_on(looker: Looker, check: dict[str, Any]) -> m.Checked:
    """Evaluate a check at HEAD. That it cannot be evaluated is an answer too, and does not end the interview."""
    try:
        verdict = looker.verdicts([check])[0]
    except (ArchaeologyError, OSError, ValueError) as error:
        return m.Checked(passed=None, detail=f"could not be checked: {error}")
    places = tuple(
        f"{item.path}:{item.line}" if item.line else item.path for item in verdict.violations[:_MOST_VIOLATIONS]
    )
    return m.Checked(passed=verdict.holds, detail=verdict.detail, violations=places)


def looked_again(looker: Looker, subject: m.Subject) -> m.Resumed:
    """Return what became of every place that a subject quotes, at the commit that HEAD names now."""
    try:
        head = looker.head()
    except (ArchaeologyError, OSError):
        head = subject.head
    found = []
    places = [place for seen in (*subject.seen, *subject.against) for place in seen.places]
    for place in places:
        body = place.model_dump(mode="json")
        try:
            resolution = looker.resolve(body)
        except (ArchaeologyError, OSError, ValueError):
            # Not being able to look is not the same as being gone: it stands as it was.
            continue
        where = body.get("path") or f"commit {str(body.get('commit'))[:10]}"
        found.append(m.Resolution(citation=body, status=resolution.status, note=_note(where, body, resolution)))
    return m.Resumed(head=head, resolutions=tuple(found))


def _note(where: str, body: dict[str, Any], resolution: Any) -> str:
    line = f":{body['start_line']}" if body.get("start_line") else ""
    said = {
        "same": "is as it was",
        "moved": "has moved",
        "changed": "reads differently now",
        "gone": "is gone",
    }[resolution.status]
    to = ""
    if resolution.status == "moved" and getattr(resolution, "path", None):
        to = f" to {resolution.path}:{resolution.start_line}"
    return f"{where}{line} {said}{to}."
