"""Elixir: alias, import, require and use; modules called by their full name."""

from __future__ import annotations

import re

from archaeology.code.adapters.base import Adapter, Named, Reference, Statement
from archaeology.facts import Import

_HEAD = re.compile(r"(?:alias|import|require|use)[\s(]+([A-Z][\w.]*)(?:\.?\{([^}]*)\})?")
_AS = re.compile(r"\bas:\s*([A-Z]\w*)")
_NAME = re.compile(r"[A-Z][\w.]*")
_CALL = re.compile(r"(:\w+|[A-Z]\w*(?:\.[A-Z]\w*)*)((?:\.[a-z_]\w*[?!]?)?)")


class Elixir(Adapter):
    """Elixir's ways."""

    call_pattern = re.compile(rb"(?::\w+|[A-Z]\w*(?:\.[A-Z]\w*)*)(?:\.[a-z_]\w*[?!]?)?")

    def visibility(self, named: Named) -> str:
        """``defp`` and its like are private."""
        return "private" if any(word in {"defp", "defmacrop", "defguardp"} for word in named.modifiers) else "public"

    def abstract(self, named: Named) -> bool:
        """Protocols are for others to fill."""
        return named.kind == "protocol"

    def imports(self, statement: Statement) -> list[Import]:
        """Return one import for each module; ``alias A.{B, C}`` names two."""
        match = _HEAD.match(statement.text)
        if match is None:
            return []
        base, group = match.group(1).rstrip("."), match.group(2)
        if group is not None:
            return [statement.make(f"{base}.{name}") for name in _NAME.findall(group)]
        alias = _AS.search(statement.text)
        # Only `alias` gives a module its short name; what is used or imported keeps its full one.
        short = None if statement.text.startswith("alias") or "." not in base else base
        return [statement.make(base, (), alias.group(1) if alias else short)]

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Bind the last part of the module's name."""
        return [(found.alias or found.module.rpartition(".")[2], found.module)]

    def references(self, texts: list[Reference], imports: list[Import]) -> list[Import]:
        """Return the modules that are called by name and were not named in a statement."""
        bound = dict(pair for found in imports for pair in self.bindings(found))
        stated = {found.module for found in imports}
        found: list[Import] = []
        for reference in texts:
            first, dot, rest = reference.text.partition(".")
            module = bound.get(first, first) + dot + rest
            if module not in stated:
                stated.add(module)
                found.append(Import(module, reference.line))
        return found

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:
        """Return the module's full name with the function that is called."""
        match = _CALL.match(text)
        if match is None:
            return None
        first, dot, rest = match.group(1).partition(".")
        return bound.get(first, first) + dot + rest + match.group(2)


ADAPTER = Elixir()
