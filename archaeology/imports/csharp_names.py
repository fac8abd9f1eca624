"""The names that a C# file's code mentions, without its comments, documentation and texts.

Two namespaces may have a type of one name, and a property may be called like a type; then the edge reaches both, since an import too
many only keeps a boundary from being claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_ASIDE = re.compile(r"/\*.*?(?:\*/|\Z)|//[^\n]*|@\"(?:[^\"]|\"\")*\"?|\"(?:\\.|[^\"\\\n])*\"?", re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*(?:global[ \t]+)?using[ \t]+[\w.:= \t]+;|^[ \t]*namespace[ \t]+[\w.]+", re.MULTILINE)
_NAME = re.compile(r"(\.?)(?<!\w)@?([A-Z_]\w*(?:[ \t]*\.[ \t]*[A-Z_]\w*)*)")


@dataclass
class Mentions:
    """The first line of each name that begins with a capital: as it stands alone or first, as a member, and of each dotted name."""

    first: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    dotted: dict[str, int] = field(default_factory=dict)


def mentions(text: str) -> Mentions:
    """Return what the code of a file mentions; the names of its namespace and its usings are no mention."""
    found = Mentions()
    for number, line in enumerate(_plain(text).split("\n"), start=1):
        for dot, name in _NAME.findall(line):
            parts = name.split(".") if "." in name else [name]
            if dot:
                found.members.setdefault(parts[0].strip(), number)
            else:
                found.first.setdefault(parts[0].strip(), number)
            if len(parts) > 1:
                for part in parts[1:]:
                    found.members.setdefault(part.strip(), number)
                if not dot:
                    found.dotted.setdefault(".".join(part.strip() for part in parts), number)
    return found


def around(package: str) -> list[str]:
    """Return a namespace and those around it, which need no using, the innermost first."""
    found = []
    while package:
        found.append(package)
        package = package.rpartition(".")[0]
    return found


def qualified(seen: Mentions, package: str, types: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, int]]:
    """Yield namespace, type and line of the types that are named by the whole or the end of their namespace."""
    near = around(package)
    for name, line in seen.dotted.items():
        parts = name.split(".")
        for end in range(len(parts) - 1, 0, -1):
            namespace = ".".join(parts[:end])
            whole = next(
                (one for one in (*(f"{near_by}.{namespace}" for near_by in near), namespace) if one in types), None
            )
            if whole is not None and parts[end] in types[whole]:
                yield whole, parts[end], line
                break


def _plain(text: str) -> str:
    return _DIRECTIVE.sub(_blank, _ASIDE.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")
