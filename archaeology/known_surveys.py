"""Surveys that were made before: an unchanged repository is answered from the cache.

They are kept as the text that ``alloy scan --json`` prints, with a digest in front, so that a script gets it back without a
model being built; that is why nothing here imports pydantic before it must.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archaeology.cache import Cache
from archaeology.identity import stable_id

if TYPE_CHECKING:
    from archaeology.git import Standing
    from archaeology.git.work_tree import WorkTree
    from archaeology.model import Survey
    from archaeology.options import ScanOptions

_KIND = "survey-text:alloy.survey.v1"
# Only what stands at the top of a survey is two blanks in, and a text has no line ends of its own: they are spelled out.
_LIMITS = '\n  "limits": ['
_END_OF_LIST = "\n  ]"


def survey_key(repository: Standing, options: ScanOptions, tree: WorkTree | None = None) -> str:
    """Return what a survey depends on, as a key: the program, the repository (its place is printed), what is read and how."""
    return stable_id(
        "survey",
        _program(),
        repository.shown_root,
        repository.resolve(options.revision),
        repository.branch,
        [options.revision, options.history, options.since],
        None if tree is None else _state(tree),
    )


def known_text(surveys: Cache, key: str) -> str | None:
    """Return the JSON text of the survey that was kept under a key, if it is there and whole."""
    stored = surveys.get_many(_KIND, [key]).get(key)
    if stored is None:
        return None
    digest, _, text = stored.partition(b"\n")
    # A damaged or foreign entry costs a scan, nothing more.
    return text.decode("ascii") if digest == _digest(text) else None


def known_survey(surveys: Cache, key: str) -> Survey | None:
    """Return the survey that was kept under a key, if it is there and whole."""
    text = known_text(surveys, key)
    if text is None:
        return None
    from pydantic import ValidationError

    from archaeology.model import Survey

    try:
        return Survey.model_validate_json(text)
    except ValidationError:
        return None


def keep_survey(surveys: Cache, key: str, survey: Survey) -> None:
    """Keep a survey under a key; a cache that cannot write does without."""
    text = survey_text(survey.model_dump(mode="json", by_alias=True)).encode("ascii")
    surveys.put_many(_KIND, {key: _digest(text) + b"\n" + text})


def survey_text(document: dict[str, Any]) -> str:
    """Return a survey as ``alloy scan --json`` prints it: ASCII, so that no control character can get through."""
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def with_limit(text: str, limit: dict[str, Any]) -> str:
    """Return the text of a survey with one more limit, as if it had been read, amended and written again; that takes long."""
    added = json.dumps(limit, indent=2, ensure_ascii=True).replace("\n", "\n    ")
    place = text.index(_LIMITS) + len(_LIMITS)
    if text[place] == "]":
        return f"{text[:place]}\n    {added}\n  {text[place:]}"
    place = text.index(_END_OF_LIST, place)
    return f"{text[:place]},\n    {added}{text[place:]}"


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode("ascii")


def _state(tree: WorkTree) -> list[tuple[str, ...]]:
    """What the files on disk are, where they are not as in HEAD."""
    there = [entry for entry in tree.listing.entries if entry.path in tree.uncommitted]
    gone = tree.uncommitted - {entry.path for entry in there}
    return [
        *((entry.path, entry.mode, entry.blob, str(entry.size)) for entry in there),
        *((path, "gone") for path in sorted(gone)),
        *((path, "unmerged") for path in tree.unmerged),
        *((path, "sparse") for path in tree.sparse),
        *((path, "odd") for path in tree.odd),
    ]


@cache
def _program() -> str:
    """What this package is made of, so that a new version never answers with what an old one thought."""
    found: list[tuple[str, int, int]] = []
    pending = [Path(__file__).parent]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".scm")):
                    status = entry.stat()
                    found.append((entry.path, status.st_size, status.st_mtime_ns))
                elif "." not in entry.name and entry.is_dir():
                    pending.append(Path(entry.path))
    return stable_id("program", sorted(found))
