"""Swift, Scala, C, C++ and shell: symbols, and imports as they are written."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter, Named, Statement
from archaeology.facts import Import


class Other(Adapter):
    """What they have in common."""

    def visibility(self, named: Named) -> str:
        """By the first modifier that says so; C's ``static`` keeps a function inside its file."""
        for word in named.modifiers:
            bare = word.partition("[")[0].strip(": ")
            if bare in {"private", "fileprivate", "static"}:
                return "private"
            if bare in {"protected", "internal"}:
                return bare
        return "public"

    def imports(self, statement: Statement) -> list[Import]:
        """Return what is imported as it is written, without quotes and brackets."""
        module = statement.first("module")
        if module is None:
            module = statement.text.removeprefix("import").strip()
        return [statement.make(module.strip("\"'<> "))]


ADAPTER = Other()
