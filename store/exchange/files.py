"""One record a file, YAML or JSON: what a team keeps in git, reviews and merges.

A file is the record, empty fields left out, and ``history``: the digest of every version, by which another store finds the version
that both have seen.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any, Literal

from pydantic import ValidationError

from store.errors import ImportRefusedError
from store.exchange.documents import parse_json, parse_yaml
from store.exchange.spelling import dump_yaml, respell
from store.records import RECORD_SCHEMA, Change, Frozen, IntentRecord
from store.validation import ID_PREFIX

Format = Literal["yaml", "json"]

_ALWAYS = ("schema_version", "id", "version", "state", "title", "severity")
_MOST_HISTORY = 10_000


class Seen(Frozen):
    """A version that the other store has seen: the digest of what it said, and who made it, when and why."""

    version: int
    digest: str
    at: str = ""
    by: str = ""
    why: str = ""


class RecordFile(Frozen):
    """A record as a file holds it. ``source`` is how the file is called in messages."""

    source: str
    record: IntentRecord
    history: tuple[Seen, ...] = ()


def file_name(record: IntentRecord, form: Format = "yaml") -> str:
    """Return the name of a record's file."""
    return f"{record.id.removeprefix(ID_PREFIX)}.{form}"


def seen_versions(changes: tuple[Change, ...], digests: tuple[str, ...]) -> tuple[Seen, ...]:
    """Return the history of a file from the changes and content digests of a record's versions."""
    return tuple(
        Seen(version=change.version, digest=digest, at=change.at, by=change.actor.name, why=change.reason)
        for change, digest in zip(changes, digests, strict=True)
    )


def write_record(
    record: IntentRecord, history: tuple[Seen, ...], form: Format = "yaml", earlier: str | None = None
) -> str:
    """Return the text of a record's file. With an ``earlier`` text, what did not change in it stays byte for byte, comments too."""
    if earlier is not None:
        history = carried_on(history, _history_of(earlier))
        record = record.model_copy(update={"version": history[-1].version}) if history else record
    data = _data(record, history)
    if form == "yaml":
        return dump_yaml(data) if earlier is None else respell(earlier, data)
    if earlier is not None:
        try:
            if parse_json(earlier, "the earlier file") == data:
                return earlier
        except ImportRefusedError:
            pass  # what cannot be read is written afresh
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def carried_on(ours: tuple[Seen, ...], earlier: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """Return a store's history as the continuation of the one that a file already has.

    A store that took the record from a file knows it only from there on; what the file says of the time before, and of the versions
    that both know, stays. Where the two have nothing in common, or the file is ahead, the store's own history stands.
    """
    known = [seen.digest for seen in earlier]
    if not ours or ours[0].digest not in known:
        return ours
    start = known.index(ours[0].digest)
    shared = 0
    while shared < len(ours) and start + shared < len(known) and ours[shared].digest == known[start + shared]:
        shared += 1
    if start + shared < len(known):
        return ours
    before = earlier[: start + shared]
    later = enumerate(ours[shared:], start=before[-1].version + 1)
    return (*before, *(seen.model_copy(update={"version": version}) for version, seen in later))


def read_record(text: str, source: str) -> RecordFile:
    """Return the record in a file's text. Raises ImportRefusedError for anything that is not exactly one."""
    json_like = text.lstrip("\ufeff \t\r\n").startswith("{")
    data = parse_json(text.lstrip("\ufeff"), source) if json_like else parse_yaml(text, source)
    if not isinstance(data, dict):
        message = f"{source!r} is refused: it holds no record."
        raise ImportRefusedError(message)
    schema = data.get("schema_version")
    if schema != RECORD_SCHEMA:
        message = f"{source!r} is refused: its schema_version is {schema!r}."
        raise ImportRefusedError(message, hint=f"This version reads {RECORD_SCHEMA!r}.")
    history = data.pop("history", [])
    try:
        record = IntentRecord.model_validate_json(json.dumps(data), strict=True)
        if not isinstance(history, list) or len(history) > _MOST_HISTORY:
            history = [None]
        seen = tuple(Seen.model_validate_json(json.dumps(each), strict=True) for each in history)
    except ValidationError as error:
        message = f"{source!r} is refused: {_explain(error)}."
        raise ImportRefusedError(
            message, hint="Nothing was taken from it. Repair the file and import it again."
        ) from error
    except UnicodeError as error:
        message = f"{source!r} is refused: it holds a character that is no valid Unicode."
        raise ImportRefusedError(message) from error
    return RecordFile(source=source, record=record, history=seen)


def _history_of(text: str) -> tuple[Seen, ...]:
    try:
        return read_record(text, "the earlier file").history
    except ImportRefusedError:
        return ()  # what cannot be read is written afresh


def _data(record: IntentRecord, history: tuple[Seen, ...]) -> dict[str, Any]:
    body = record.model_dump(mode="json", by_alias=True)
    short = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {name: short.get(name, value) for name, value in body.items() if name in short or name in _ALWAYS}
    data["history"] = [seen.model_dump(mode="json", exclude_defaults=True) for seen in history]
    return data


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"])) or "the record"
    if first["type"] == "extra_forbidden":
        close = get_close_matches(str(first["loc"][-1]), list(IntentRecord.model_fields), n=1)
        return f"there is no field {place[:120]!r}" + (f" (did you mean {close[0]!r}?)" if close else "")
    return f"{place[:120]}: {first['msg'][:1].lower()}{first['msg'][1:]}"
