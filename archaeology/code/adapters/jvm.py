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
        module = statement.first("module") or ""
        module = "".join(module.split())
        alias = statement.first("alias")
        is_wildcard = statement.first("name") is not None or statement.text.rstrip("; \n").endswith(".*")
        if is_wildcard:
            return [statement.make(module, ("*",))]
        if statement.first("kind") is not None:
            owner, _, member = module.rpartition(".")
            return [statement.make(owner, (member,))]
        return [statement.make(module, (), alias)]


ADAPTER = Java()
