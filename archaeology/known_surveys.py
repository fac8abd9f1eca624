"""Surveys that were made before: an unchanged repository is answered from the cache."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from archaeology.cache import Cache
from archaeology.git import Repository
from archaeology.identity import stable_id
from archaeology.model import SURVEY_SCHEMA, Survey

_KIND = f"survey:{SURVEY_SCHEMA}"


def survey_key(repository: Repository, *options: str | bool | None) -> str:
    """Return what a survey depends on, as a key: the program, the repository (its place is printed), the commit and the options.

    The first option is the revision.
    """
    revision = options[0] if options and isinstance(options[0], str) else None
    info = repository.info(revision)
    return stable_id("survey", _program(), info.root, repository.resolve(revision), info.branch, list(options))


def known_survey(surveys: Cache, key: str) -> Survey | None:
    """Return the survey that was kept under a key, if it is there and whole."""
    stored = surveys.get_many(_KIND, [key]).get(key)
    if stored is None:
        return None
    try:
        return Survey.model_validate_json(stored)
    except ValidationError:
        # A damaged or foreign entry costs a scan, nothing more.
        return None


def keep_survey(surveys: Cache, key: str, survey: Survey) -> None:
    """Keep a survey under a key; a cache that cannot write does without."""
    surveys.put_many(_KIND, {key: survey.model_dump_json(by_alias=True).encode()})


@cache
def _program() -> str:
    """What this package is made of, so that a new version never answers with what an old one thought."""
    home = Path(__file__).parent
    files = sorted(path for path in home.rglob("*") if path.suffix in {".py", ".scm"})
    return stable_id(
        "program", [[str(path.relative_to(home)), path.stat().st_size, path.stat().st_mtime_ns] for path in files]
    )
