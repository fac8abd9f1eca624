"""Ruby: required files, and constants that are loaded by their name."""

from __future__ import annotations

import re

from archaeology.code.adapters.base import Adapter, Named, Reference, Statement
from archaeology.facts import Import

_CALL = re.compile(r"(?:::)?([A-Z]\w*(?:::[A-Z]\w*)*)((?:&?\.\w+[?!]?)?)")


class Ruby(Adapter):
    """Ruby's ways."""

    joint = "::"
    call_pattern = re.compile(rb"(?:::)?[A-Z]\w*(?:::[A-Z]\w*)*(?:&?\.\w+[?!]?)?")

    def visibility(self, named: Named) -> str:
        """The last word wins: ``private def`` over the section that it stands in."""
        for word in named.modifiers:
            if word in {"private", "protected"}:
                return word
            if word == "private_class_method":
                return "private"
        return "public"

    def imports(self, statement: Statement) -> list[Import]:
        """``level`` is 1 for files named relative to this one, as with Python's dots."""
        is_relative = statement.first("kind") == "require_relative"
        return [statement.make(statement.first("module") or "", level=1 if is_relative else 0)]

    def bindings(self, found: Import) -> list[tuple[str, str]]:  # noqa: ARG002 - as all adapters
        """Requiring binds nothing."""
        return []

    def references(self, texts: list[Reference], imports: list[Import]) -> list[Import]:  # noqa: ARG002 - as all adapters
        """Every constant may be a file; the resolver knows which are."""
        return [Import(reference.text, reference.line) for reference in texts]

    def call_target(self, text: str, bound: dict[str, str]) -> str | None:  # noqa: ARG002 - as all adapters
        """Keep the constant and the method that is called on it."""
        match = _CALL.match(text)
        return match.group(1) + match.group(2).replace("&", "") if match else None


ADAPTER = Ruby()
