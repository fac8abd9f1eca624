"""Java: packages, static imports, wildcards."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter, Named, Statement
from archaeology.facts import Import


class Java(Adapter):
    """Java's ways."""

    ambient = frozenset({"System", "Thread", "Runtime", "ProcessBuilder"})
    ambient_root = "java.lang"
    default_visibility = "internal"

    def visibility(self, named: Named) -> str:
        """Without a modifier seen by the package; members of an interface are public."""
        found = super().visibility(named)
        return "public" if found == "internal" and named.parent_kind == "interface" else found

    def abstract(self, named: Named) -> bool:
        """Interfaces and what says so."""
        return named.kind == "interface" or super().abstract(named)

    def imports(self, statement: Statement) -> list[Import]:
        """``a.b.C`` is the module; of a static import the last part is the name, of a wildcard ``*``."""
        module = next((part.text for part in statement.parts if part.role == "module"), "")
        module = "".join(module.split())
        alias = next((part.text for part in statement.parts if part.role == "alias"), None)
        is_wildcard = any(part.role == "name" for part in statement.parts) or statement.text.rstrip("; \n").endswith(
            ".*"
        )
        if is_wildcard:
            return [statement.make(module, ("*",))]
        if any(part.role == "kind" for part in statement.parts):
            owner, _, member = module.rpartition(".")
            return [statement.make(owner, (member,))]
        return [statement.make(module, (), alias)]


ADAPTER = Java()
