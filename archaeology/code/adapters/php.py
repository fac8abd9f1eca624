"""PHP: use declarations with groups, qualified names that need none."""

from __future__ import annotations

import re

from archaeology.code.adapters.base import Adapter, Named, Reference, Statement
from archaeology.facts import Import

_USE = re.compile(r"\s*use\s+(?:(?:function|const)\s+)?(.*?);?\s*$", re.DOTALL | re.IGNORECASE)
_CLAUSE = re.compile(r"(?:(?:function|const)\s+)?\\?([\w\\]+)(?:\s+as\s+(\w+))?", re.IGNORECASE)
_CALL = re.compile(r"\\?([\w\\]+)((?:::\w+)?)")


class Php(Adapter):
    """PHP's ways."""

    joint = "::"
    call_pattern = re.compile(rb"[\w\\]+(?:::\w+)?")

    def abstract(self, named: Named) -> bool:
        """Interfaces and what says so."""
        return named.kind == "interface" or super().abstract(named)

    def imports(self, statement: Statement) -> list[Import]:
        """Return one import for each name of a use declaration; a required file is kept as the path it is written as."""
        required = statement.first("module")
        if required is not None:
            return [statement.make(required.strip("'\""), (), None, level=1)]
        match = _USE.match(statement.text)
        if match is None:
            return []
        prefix, brace, group = match.group(1).partition("{")
        clauses = group.rstrip("} \n") if brace else prefix
        head = prefix.strip().strip("\\") + "\\" if brace else ""
        return [
            statement.make(head + found.group(1), (), found.group(2))
            for found in (_CLAUSE.match(clause.strip()) for clause in clauses.split(","))
            if found is not None
        ]

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Bind the last part of a class's name."""
        return [] if found.level else [(found.alias or found.module.rpartition("\\")[2], found.module)]

    def references(self, texts: list[Reference], imports: list[Import]) -> list[Import]:
        """Fully qualified names import by themselves; of others the first part may be an alias."""
        bound = dict(pair for found in imports for pair in self.bindings(found))
        found: list[Import] = []
        for reference in texts:
            first, _, rest = reference.text.partition("\\")
            if not first:
                found.append(Import(rest, reference.line))
            elif first in bound:
                found.append(Import(f"{bound[first]}\\{rest}", reference.line))
        return [item for item in found if "\\" in item.module]

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:
        """Return the class's full name with the method after ``::``."""
        match = _CALL.match(text)
        if match is None:
            return None
        first, joint, rest = match.group(1).partition("\\")
        if first in bound:
            return bound[first] + joint + rest + match.group(2)
        return match.group(1) + match.group(2) if text.startswith("\\") else None


ADAPTER = Php()
