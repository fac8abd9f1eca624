"""TOML with line numbers: the values from the standard library, the lines from a look at headers and keys."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from archaeology.gates.located import MalformedConfigError, Node

MAX_CHARACTERS = 2 * 1024 * 1024
MAX_DEPTH = 60
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=(.*)$""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^.\s"']+))\s*(?:\.|$)""")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'")
_Path = tuple[str | int, ...]


def parse_toml(text: str) -> Node:
    """Parse a document; MalformedConfigError where it is none, too large or too deep."""
    if len(text) > MAX_CHARACTERS:
        raise MalformedConfigError(f"over {MAX_CHARACTERS} characters of TOML")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise MalformedConfigError(f"not TOML: {error}") from error
    except RecursionError as error:
        raise MalformedConfigError("TOML nested too deeply") from error
    lines = text.count("\n") + 1
    return _convert(data, (), _locate(text), (1, lines))


def _convert(value: Any, path: _Path, places: dict[_Path, tuple[int, int]], around: tuple[int, int]) -> Node:
    if len(path) > MAX_DEPTH:
        raise MalformedConfigError("TOML nested too deeply")
    here = places.get(path, around)
    match value:
        case dict():
            items = {str(key): _convert(item, (*path, key), places, here) for key, item in value.items()}
            if path and path not in places and items:
                here = min(item.start_line for item in items.values()), max(item.end_line for item in items.values())
            return Node(items, *here)
        case list():
            return Node([_convert(item, (*path, number), places, here) for number, item in enumerate(value)], *here)
        case bool() | int() | float() | str():
            return Node(value, *here)
        case _:  # dates
            return Node(str(value), *here)


def _locate(text: str) -> dict[_Path, tuple[int, int]]:
    """Map the path of each table and key to its lines; indices number the tables of an array."""
    places: dict[_Path, tuple[int, int]] = {}
    counts: dict[_Path, int] = {}
    table: _Path = ()
    last_content: dict[_Path, int] = {}
    open_key: _Path | None = None
    open_brackets, open_quotes = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if open_key is not None:
            places[open_key] = (places[open_key][0], number)
            last_content[table] = number
            open_brackets, open_quotes = _still_open(line, open_brackets, open_quotes)
            if open_brackets <= 0 and not open_quotes:
                open_key = None
            continue
        if header := _HEADER.match(line):
            table = _table_path(_parts(header.group(2)), counts, new_item=header.group(1) == "[[")
            places.setdefault(table, (number, number))
            last_content[table] = number
        elif key := _KEY.match(line):
            path = (*table, *_parts(key.group(1)))
            places[path] = (number, number)
            last_content[table] = number
            open_brackets, open_quotes = _still_open(key.group(2), 0, "")
            open_key = path if open_brackets > 0 or open_quotes else None
    for path, end in last_content.items():
        if path in places:
            places[path] = (places[path][0], end)
    return places


def _table_path(names: _Path, counts: dict[_Path, int], *, new_item: bool) -> _Path:
    """Return the path of a table header, with the number of the current item for each array of tables on its way."""
    path: _Path = ()
    for position, name in enumerate(names):
        path = (*path, name)
        if new_item and position == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> _Path:
    return tuple(next(group for group in match.groups() if group is not None) for match in _PART.finditer(dotted))


def _still_open(line: str, brackets: int, quotes: str) -> tuple[int, str]:
    """Follow brackets and triple quotes over a line: how many are open after it, and which quotes."""
    rest = line
    while True:
        if quotes:
            end = rest.find(quotes)
            if end < 0:
                return brackets, quotes
            rest, quotes = rest[end + 3 :], ""
        starts = [(rest.find(mark), mark) for mark in ('"""', "'''") if mark in rest]
        start, mark = min(starts, default=(-1, ""))
        plain = _STRING.sub("", rest if start < 0 else rest[:start]).split("#", 1)[0]
        brackets += sum(plain.count(opening) for opening in "[{") - sum(plain.count(closing) for closing in "]}")
        if start < 0:
            return brackets, ""
        rest, quotes = rest[start + 3 :], mark
