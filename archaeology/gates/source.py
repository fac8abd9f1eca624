"""What a reader of gates is given: one configuration file, and the tree around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from archaeology.facts import File, Gate, Reader
from archaeology.gates.ini_format import parse_ini
from archaeology.gates.literals import parse_json
from archaeology.gates.located import Node
from archaeology.gates.toml_format import parse_toml
from archaeology.gates.yaml_format import parse_yaml
from archaeology.model import ImportBoundary
from archaeology.text import visible_line

_COMMENT = re.compile(r"^\s*(?:#|//|;|$)")
_NAME_CHARACTERS = 120
_COMMAND_CHARACTERS = 400


@dataclass(frozen=True)
class Tree:
    """All tracked files, and a way to read them."""

    files: Mapping[str, File]
    reader: Reader

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a tracked file somewhere below, with a trailing slash; the root is empty."""
        found: set[str] = {""}
        for path in self.files:
            end = path.rfind("/")
            while end >= 0 and path[: end + 1] not in found:
                found.add(path[: end + 1])
                end = path.rfind("/", 0, end)
        return frozenset(found)

    def text(self, path: str) -> str | None:
        """Return a file's text, or None."""
        return self.reader.text(path)


@dataclass(frozen=True)
class Source:
    """One configuration file. Parsing raises MalformedConfigError."""

    path: str
    text: str
    tree: Tree = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """The file's name."""
        return PurePosixPath(self.path).name

    @property
    def folder(self) -> str:
        """The folder that holds it, with a trailing slash; empty at the root."""
        return self.path[: self.path.rfind("/") + 1]

    @cached_property
    def lines(self) -> list[str]:
        """The lines, counted from 0 here and from 1 everywhere else."""
        return self.text.split("\n")

    @cached_property
    def yaml(self) -> Node:
        """The file as YAML."""
        return parse_yaml(self.text)

    @cached_property
    def toml(self) -> Node:
        """The file as TOML."""
        return parse_toml(self.text)

    @cached_property
    def json(self) -> Node:
        """The file as JSON, comments allowed."""
        return parse_json(self.text)

    @cached_property
    def ini(self) -> Node:
        """The file as INI."""
        return parse_ini(self.text)

    def gate(  # noqa: PLR0913 - a gate has that many fields; all but the first are named by most callers
        self,
        gate_id: str,
        kind: str,
        name: str,
        lines: Node | tuple[int, int] | None = None,
        *,
        command: str | None = None,
        strictness: tuple[str, ...] = (),
        boundaries: tuple[ImportBoundary, ...] = (),
        required: bool = True,
    ) -> Gate:
        """Make a gate of these lines (the whole file by default), without blank and comment lines at the end."""
        start, end = (lines.start_line, lines.end_line) if isinstance(lines, Node) else lines or (1, len(self.lines))
        end = min(end, len(self.lines))
        while end > start and _COMMENT.match(self.lines[end - 1]):
            end -= 1
        return Gate(
            id=visible_line(gate_id)[: 2 * _NAME_CHARACTERS],
            kind=kind,
            name=visible_line(name)[:_NAME_CHARACTERS],
            path=self.path,
            start_line=start,
            end_line=max(start, end),
            command=visible_line(command)[:_COMMAND_CHARACTERS] or None if command else None,
            strictness=strictness,
            boundaries=boundaries,
            required=required,
        )

    def find_line(self, pattern: str) -> int | None:
        """Return the first line on which the regular expression is found."""
        found = re.search(pattern, self.text, re.MULTILINE)
        return None if found is None else self.text.count("\n", 0, found.start()) + 1


GateReader = Callable[[Source], "list[Gate]"]
"""Reads the gates of one file. Raises MalformedConfigError where the file is not what it should be."""
