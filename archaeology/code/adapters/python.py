"""Python: underscores for visibility, dots for relative imports, base classes for abstractness."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter, Named, Statement, with_aliases
from archaeology.facts import Import

_ABSTRACT_BASES = frozenset({"ABC", "abc.ABC", "ABCMeta", "abc.ABCMeta", "Protocol", "typing.Protocol"})
_ABSTRACT_DECORATORS = frozenset({"abstractmethod", "abc.abstractmethod", "abstractproperty", "abc.abstractproperty"})


class Python(Adapter):
    """Python's ways."""

    ambient = frozenset({"open", "print", "input", "eval", "exec", "compile", "__import__"})
    ambient_root = "builtins"

    def sign(self, name: str) -> str:
        """Tell names with a leading underscore, unless they are special methods."""
        if name[:1] != "_":
            return ""
        return "" if name.startswith("__") and name.endswith("__") else "_"

    def visibility(self, named: Named) -> str:
        """Private with a leading underscore."""
        return "private" if named.sign else "public"

    def kind(self, named: Named) -> str:
        """Call a class that inherits Protocol a protocol."""
        if named.kind == "class" and any(base.split("[")[0] in {"Protocol", "typing.Protocol"} for base in named.bases):
            return "protocol"
        return super().kind(named)

    def abstract(self, named: Named) -> bool:
        """Tell by ABC, ABCMeta or Protocol among the bases, or an abstract decorator."""
        return bool(named.bases or named.decorators) and (
            any(base.split("[")[0] in _ABSTRACT_BASES for base in named.bases)
            or not _ABSTRACT_DECORATORS.isdisjoint(named.decorators)
        )

    def imports(self, statement: Statement) -> list[Import]:
        """Split leading dots from the module; ``from x import y as y`` is the re-export that type checkers know."""
        parts = statement.parts
        if len(parts) == 1:  # by far the most common: import a.b
            return [_import(statement, parts[0].text, (), None)]
        named = with_aliases(parts, "name")
        if not named:
            return [_import(statement, module, (), alias) for module, alias in with_aliases(parts, "module")]
        module = parts[0].text
        plain = tuple([name for name, alias in named if alias is None])
        found = [_import(statement, module, plain, None)] if plain else []
        return found + [_import(statement, module, (name,), alias) for name, alias in named if alias is not None]

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Bind the top package for ``import a.b``; relative modules keep their dots."""
        module = "." * found.level + found.module
        if found.names:
            joint = "" if module.endswith(".") else "."
            return [(found.alias or name, f"{module}{joint}{name}") for name in found.names if name != "*"]
        if found.alias:
            return [(found.alias, module)]
        top = module.partition(".")[0]
        return [(top, top)]

    def error_type(self, text: str) -> str | None:
        """Refuse what is spelled like a variable: ``raise error`` passes an error on and names no type."""
        last = text.rpartition(".")[2].lstrip("_")
        return text if last[:1].isupper() or "." in text else None


def _import(statement: Statement, text: str, names: tuple[str, ...], alias: str | None) -> Import:
    module = text if text.isidentifier() else "".join(text.split()).replace("\\", "")
    bare = module.lstrip(".")
    is_marked = alias is not None and names == (alias,)
    return statement.make(bare, names, alias, level=len(module) - len(bare), reexport=is_marked)


ADAPTER = Python()
