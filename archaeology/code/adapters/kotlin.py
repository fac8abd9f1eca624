"""Kotlin: Java's imports with aliases; public unless said otherwise."""

from __future__ import annotations

from archaeology.code.adapters.base import Named
from archaeology.code.adapters.jvm import Java


class Kotlin(Java):
    """Kotlin's ways."""

    ambient = frozenset({"println", "print", "System", "Thread"})
    ambient_root = "kotlin"
    default_visibility = "public"

    def visibility(self, named: Named) -> str:
        """Public without a modifier."""
        words = set(named.modifiers)
        return next((word for word in ("private", "protected", "internal") if word in words), "public")

    def error_type(self, text: str) -> str | None:
        """A constructor is spelled like a call: only what begins with a capital letter is a type."""
        return text if text.rpartition(".")[2][:1].isupper() else None


ADAPTER = Kotlin()
