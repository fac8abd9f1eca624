"""Which dotted name a Python file or folder has, told from the paths of a repository. Pure."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_ROOTS = frozenset({"src", "lib", "python"})


def python_module(path: str, paths: frozenset[str]) -> str | None:
    """Return the dotted name by which a ``.py`` file or a folder (with a trailing slash) is imported; None where it cannot be told.

    The root of imports is above the topmost package on the way; without any package, the last folder called src, lib or python. A
    guess would make a gate that never fails, so where neither is there, nothing is said.
    """
    parts = path.removesuffix(".py").strip("/").split("/")
    if not (path.endswith((".py", "/"))):
        return None
    start = _root(parts, paths)
    if start is None:
        return None
    names = parts[start:]
    if names and names[-1] == "__init__":
        names = names[:-1]
    return ".".join(names) if names and all(_NAME.fullmatch(name) for name in names) else None


def _root(parts: list[str], paths: frozenset[str]) -> int | None:
    packages = [depth for depth in range(len(parts)) if "/".join((*parts[: depth + 1], "__init__.py")) in paths]
    if packages:
        return packages[0]
    folders = [depth for depth, part in enumerate(parts[:-1]) if part in _ROOTS]
    return folders[-1] + 1 if folders else None
