"""Tables from the errors of vendors to own ones, and which files import a vendor that could stand in one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from archaeology.detectors.error_hierarchies import last_name
from archaeology.detectors.places import production_paths
from archaeology.facts import Facts
from archaeology.reader import in_parts, preload

# A line of a table from foreign errors to own ones: `httpcore.ReadTimeout: ReadTimeout,`, `Faraday::TimeoutError => TimeoutError`.
_TABLE_LINE = re.compile(r"^\s*[\[({]?\s*([A-Za-z_]\w*)(?:\.|::|\\)[\w.:\\]+\s*(?::|=>|,)\s*([\w.:]+)\s*[\])},]*\s*$")
_MIN_TABLE = 3


class Foreign:
    """The vendors that files import, and the lines that name one; worked out once for all hierarchies."""

    def __init__(self, facts: Facts) -> None:
        """Take the facts of a survey."""
        self._facts = facts
        self._lines: dict[str, list[tuple[int, str]]] = {}

    @cached_property
    def vendors(self) -> Mapping[str, set[str]]:
        """Return by path the packages that a file imports from outside and that are not the language's own."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self._facts.imports.edges:
            if edge.external and not edge.stdlib:
                found[edge.source].add(edge.external)
        return found

    @cached_property
    def paths(self) -> list[str]:
        """Return the files of the product that import a vendor."""
        return list(filter(self.vendors.__contains__, production_paths(self._facts)))

    def lines(self, paths: Iterable[str]) -> Mapping[str, list[tuple[int, str]]]:
        """Return number and text of the lines that name a vendor which the file imports, of these files and of others; what is new is read together."""
        for some in in_parts((path for path in paths if path not in self._lines), self._facts.files):
            preload(self._facts.reader, some)
            for path in some:
                self._lines[path] = list(_lines_with(self._facts.reader.text(path) or "", self.vendors[path]))
        return self._lines


def table_of(
    path: str, lines: Iterable[tuple[int, str]], own: set[str], external: set[str]
) -> list[tuple[str, int, str | None, str]]:
    """Return the lines of a table that gives an own error for each of a vendor's, as (path, line, None, vendor), of those that name a vendor; none where they are too few."""
    found: list[tuple[str, int, str | None, str]] = [
        (path, number, None, match[1])
        for number, line in lines
        if any(map(line.__contains__, own))  # few do, and the expression is dear
        and (match := _TABLE_LINE.match(line))
        and match[1] in external
        and last_name(match[2]) in own
    ]
    return found if len(found) >= _MIN_TABLE else []


def _lines_with(text: str, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that hold one of the words; few do."""
    begins: set[int] = set()
    for word in filter(None, words):
        place = text.find(word)
        while place >= 0:
            begins.add(text.rfind("\n", 0, place) + 1)
            end = text.find("\n", place)
            place = text.find(word, end) if end >= 0 else -1
    number, counted = 1, 0
    for begin in sorted(begins):
        number += text.count("\n", counted, begin)
        counted = begin
        end = text.find("\n", begin)
        yield number, text[begin:] if end < 0 else text[begin:end]
