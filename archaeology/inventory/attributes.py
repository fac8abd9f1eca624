"""The linguist hints of ``.gitattributes`` files, parsed from their blobs; git is never asked to apply attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archaeology.facts import Flag
from archaeology.inventory.wildcards import Pattern

_FLAGS = {
    "linguist-generated": Flag.GENERATED,
    "linguist-vendored": Flag.VENDORED,
    "linguist-documentation": Flag.DOCUMENTATION,
}
_TRUE = {"", "true", "1", "yes"}
_FALSE = {"false", "0", "no"}
_MAX_HINTS = 500
_MAX_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Hint:
    """What one line says: flags that are set (True) or taken away (False), and a language; ``source`` names file and line."""

    pattern: Pattern
    flags: Mapping[Flag, bool]
    language: str | None
    source: str


def parse_hints(files: Iterable[tuple[str, str]]) -> tuple[Hint, ...]:
    """Parse attribute files given as (path, text); hints of deeper folders come later, so that the last match wins."""
    hints: list[Hint] = []
    for path, text in sorted(files, key=lambda item: (item[0].count("/"), item[0])):
        folder = path.rpartition("/")[0]
        hints += _hints(path, f"{folder}/" if folder else "", text)
    return tuple(hints[:_MAX_HINTS])


def _hints(path: str, folder: str, text: str) -> Iterator[Hint]:
    for number, line in enumerate(text.splitlines()[:_MAX_LINES], 1):
        if "linguist-" not in line or line.lstrip().startswith("#"):
            continue
        pattern, *attributes = line.split()
        flags: dict[Flag, bool] = {}
        language = None
        for attribute in attributes:
            name, _, value = attribute.lstrip("-!").partition("=")
            if name == "linguist-language" and value:
                language = value.lower()
            elif name in _FLAGS and value.lower() in _TRUE | _FALSE:
                flags[_FLAGS[name]] = attribute[0] not in "-!" and value.lower() in _TRUE
        if (flags or language) and not pattern.startswith("!"):
            yield Hint(Pattern(folder, pattern.strip('"')), flags, language, f"{path}:{number}")
