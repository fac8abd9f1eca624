"""Go: a capital letter makes a name public, a package is named by the last part of its path."""

from __future__ import annotations

import re
from functools import lru_cache

from archaeology.code.adapters.base import Adapter, Named, Statement
from archaeology.facts import Import

_LONG = 300  # what is longer is no honest path
_VERSION = re.compile(r"v\d+")
_GOPKG_VERSION = re.compile(r"\.v\d+$")
_RECEIVER = re.compile(r"\w+")


class Go(Adapter):
    """Go's ways."""

    def sign(self, name: str) -> str:
        """Tell names that begin with a capital letter."""
        return "capital" if name[:1].isupper() else ""

    def visibility(self, named: Named) -> str:
        """Public with a capital letter; otherwise seen by the whole package."""
        return "public" if named.sign else "internal"

    def abstract(self, named: Named) -> bool:
        """Interfaces are for others to fill."""
        return named.kind == "interface"

    def owner_name(self, owners: list[str]) -> str:
        """Return the receiver's type without pointer and type parameters."""
        match = _RECEIVER.search(owners[0]) if owners else None
        return match.group() if match else ""

    def imports(self, statement: Statement) -> list[Import]:
        """The name that a package is imported under stands before its path; ``_`` and ``.`` are kept as such."""
        module = (statement.first("module") or "").strip('"`')
        alias = statement.first("alias")
        return [statement.make(module, (), alias)]

    def bindings(self, found: Import) -> list[tuple[str, str]]:
        """Bind the given name, or the path's last part that is no version."""
        if found.alias in {"_", "."}:
            return []
        path = found.module
        return [(found.alias or _package(path if len(path) < _LONG else path[-_LONG:]), path)]

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:
        """A package is never called, so what is called without a dot is a variable of the same name."""
        return super().call_target(text, bound) if "." in text else None


@lru_cache(maxsize=4_096)
def _package(path: str) -> str:
    """Return the name that a package is likely to have: the files of a module import the same few."""
    parts = path.split("/")
    last = parts[-2] if len(parts) > 1 and _VERSION.fullmatch(parts[-1]) else parts[-1]
    return _GOPKG_VERSION.sub("", last).removeprefix("go-").removesuffix("-go").replace("-", "_")


ADAPTER = Go()
