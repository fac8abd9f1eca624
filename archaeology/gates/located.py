"""Configuration as a tree of values that know their lines, whatever the format; asking for what is not there is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


class MalformedConfigError(Exception):
    """A configuration that cannot be read: wrong syntax, too large, too deep. Its text says which."""


Value: TypeAlias = "dict[str, Node] | list[Node] | str | float | bool | None"


@dataclass(frozen=True, slots=True)
class Node:
    """A value with the lines it stands on, counted from 1. For the value of a mapping the first line is its key's."""

    value: Value
    start_line: int
    end_line: int

    def get(self, *keys: str) -> Node:
        """Go down by keys; a node without a value where one of them is missing or the value is no mapping."""
        node = self
        for key in keys:
            if not isinstance(node.value, dict):
                return MISSING
            node = node.value.get(key, MISSING)
        return node

    def first(self, *keys: str) -> Node:
        """Return the value of the first of these keys that is there: tools rename their options."""
        return next((node for key in keys if (node := self.get(key)).is_given), MISSING)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Iterate over a mapping; nothing for any other value."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def each(self) -> Iterator[Node]:
        """Iterate over a list; a single value counts as a list of one, nothing as an empty one."""
        if isinstance(self.value, list):
            yield from self.value
        elif self.value is not None:
            yield self

    def text(self, default: str = "") -> str:
        """Return a text or a number as text; the default for anything else."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return str(self.value)
        return default

    def texts(self) -> tuple[str, ...]:
        """Return the texts of a list, or a single text as one."""
        return tuple(text for node in self.each() if (text := node.text()))

    def flag(self, *, default: bool = False) -> bool:
        """Return a boolean, also where it is written as a word."""
        if isinstance(self.value, bool):
            return self.value
        word = self.text().strip().lower()
        return _WORDS.get(word, default)

    @property
    def is_given(self) -> bool:
        """Whether there is anything here at all; an explicit null counts."""
        return self is not MISSING

    @property
    def is_list(self) -> bool:
        """Whether this is a list."""
        return isinstance(self.value, list)

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.value, dict)


MISSING = Node(None, 1, 1)
_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
