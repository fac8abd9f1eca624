"""Resolves imports: from what the files say to which file, or which package, each import reaches."""

from archaeology.imports.resolve import resolve_imports

__all__ = ["resolve_imports"]
