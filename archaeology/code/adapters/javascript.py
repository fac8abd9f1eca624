"""JavaScript and TypeScript: export decides visibility, a default or namespace import binds the whole module."""

from __future__ import annotations

from archaeology.code.adapters.base import CONTAINERS, Adapter, Named, Statement
from archaeology.facts import Import


class JavaScript(Adapter):
    """The ways of JavaScript and TypeScript."""

    ambient = frozenset({"fetch", "XMLHttpRequest", "WebSocket", "localStorage", "sessionStorage", "console", "eval"})
    ambient_root = "globalThis"

    def sign(self, name: str) -> str:
        """Tell names that begin with ``#``."""
        return "#" if name[:1] == "#" else ""

    def visibility(self, named: Named) -> str:
        """Members by their modifier or ``#``; everything else by whether the module exports it."""
        if named.sign:
            return "private"
        for word in ("private", "protected"):
            if word in named.modifiers:
                return word
        is_member = named.parent_kind in CONTAINERS
        return "public" if is_member or named.exported or "export" in named.modifiers else "private"

    def imports(self, statement: Statement) -> list[Import]:
        """Return one import for all plain names, and one each for the default, the namespace and every renamed name."""
        module = self.module_text(statement.first("module") or "")
        for_types = statement.first("kind") is not None
        plain: list[str] = []
        renamed: list[tuple[str, str]] = []
        for part in statement.parts:
            if part.role == "default":
                renamed.append(("default", part.text))
            elif part.role == "namespace":
                renamed.append(("*", part.text))
            elif part.role == "name":
                plain.append(part.text)
            elif part.role == "alias" and plain:
                renamed.append((plain.pop(), part.text))
        found = [
            statement.make(module, (name,), alias if alias != name else None, type_checking=for_types)
            for name, alias in renamed
        ]
        if plain or not found:
            names = tuple(plain) or (("*",) if statement.reexport else ())
            found.insert(0, statement.make(module, names, type_checking=for_types))
        return found

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Bind default and namespace imports to the module, named ones to ``module.name``."""
        if found.alias and found.names in {("default",), ("*",)}:
            return [(found.alias, found.module)]
        return [(found.alias or name, f"{found.module}.{name}") for name in found.names if name not in {"*", "default"}]


ADAPTER = JavaScript()
