"""C#: using directives name namespaces, not files; everything is internal or private unless said otherwise."""

from __future__ import annotations

from archaeology.code.adapters.base import CONTAINERS, Adapter, Named, Statement
from archaeology.facts import Import


class CSharp(Adapter):
    """C#'s ways."""

    def visibility(self, named: Named) -> str:
        """Types are internal and members private without a modifier; members of an interface are public."""
        if named.modifiers:
            for word in ("public", "private", "protected", "internal"):
                if word in named.modifiers:
                    return word
        if named.parent_kind == "interface":
            return "public"
        return "private" if named.parent_kind in CONTAINERS else "internal"

    def abstract(self, named: Named) -> bool:
        """Interfaces and what says so."""
        return named.kind == "interface" or super().abstract(named)

    def imports(self, statement: Statement) -> list[Import]:
        """Return the namespace (or, for ``using static`` and aliases, the type)."""
        alias = statement.first("alias")
        modules = [part.text for part in statement.parts if part.role == "module"]
        if alias is not None and modules and modules[0] == alias:
            modules = modules[1:]
        module = "".join(modules[0].split()).removeprefix("global::") if modules else ""
        return [statement.make(module, (), alias)]

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Only aliases bind a name that can be told without the compiler."""
        return [(found.alias, found.module)] if found.alias else []

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:
        """Keep ``Type.Member`` and constructed types as they are written."""
        return super().call_target(text, bound) or (text.partition("(")[0] if text[:1].isupper() else None)


ADAPTER = CSharp()
