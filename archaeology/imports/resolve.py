"""Puts the import graph together from one resolver for each language family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from archaeology.facts import File, FileFacts, ImportEdge, ImportGraph
from archaeology.imports.csharp import resolve_csharp
from archaeology.imports.elixir import resolve_elixir
from archaeology.imports.go import resolve_go
from archaeology.imports.javascript import resolve_javascript
from archaeology.imports.jvm import resolve_jvm
from archaeology.imports.php import resolve_php
from archaeology.imports.project import Project, ReadText, Resolved, Resolver
from archaeology.imports.python import resolve_python
from archaeology.imports.ruby import resolve_ruby
from archaeology.imports.rust import resolve_rust
from archaeology.shield import Shield, exposed, part_of

_RESOLVERS: tuple[Resolver, ...] = (
    resolve_python,
    resolve_javascript,
    resolve_go,
    resolve_rust,
    resolve_jvm,
    resolve_csharp,
    resolve_php,
    resolve_ruby,
    resolve_elixir,
)


def resolve_imports(
    files: Mapping[str, File], code: Mapping[str, FileFacts], read_text: ReadText, shield: Shield = exposed
) -> ImportGraph:
    """Return all imports of the repository with the file or the external package that each reaches.

    Args:
        files: all tracked files by path (an import may reach a file that was not parsed).
        code: the facts of the parsed files by path.
        read_text: gives the text of a configuration file (``pyproject.toml``, ``tsconfig.json``, ``go.mod``); None where it
            is not tracked or may not be read.
        shield: stands between a language's resolver and the rest of the reading.

    An edge to a package reaches the file that stands for it: ``__init__.py``, ``index.ts``, ``mod.rs`` and the like, and where
    a language has no such file (Go, C#), the first file of the package's folder by name that is no test.
    """
    project = Project(files, code, read_text)
    edges: list[ImportEdge] = []
    modules: dict[str, str] = {}
    roots: list[str] = []
    unresolved = 0
    for resolver in _RESOLVERS:
        resolved = shield(part_of(resolver), partial(resolver, project), Resolved())
        edges.extend(resolved.edges)
        modules.update(resolved.modules)
        roots.extend(resolved.roots)
        unresolved += resolved.unresolved
    return ImportGraph(_merged(edges), dict(sorted(modules.items())), tuple(dict.fromkeys(sorted(roots))), unresolved)


def _merged(edges: list[ImportEdge]) -> tuple[ImportEdge, ...]:
    """Sort by place, and make one edge of those that one statement sends to the same target."""
    merged: dict[tuple[object, ...], ImportEdge] = {}
    for edge in edges:
        key = (
            edge.source, edge.line, edge.target or "", edge.external or "", edge.module,
            edge.type_checking, edge.lazy, edge.conditional,
        )  # fmt: skip
        before = merged.get(key)
        if before is None:
            merged[key] = edge
        else:
            names = tuple(dict.fromkeys(before.names + edge.names))
            merged[key] = replace(before, names=names, reexport=before.reexport or edge.reexport)
    return tuple(merged[key] for key in sorted(merged, key=_order))


def _order(key: tuple[object, ...]) -> tuple[str, int, str, str, str]:
    """Return the part of an edge's key that orders edges: source, line, target, external, module."""
    source, line, target, external, module = key[:5]
    return str(source), int(str(line)), str(target), str(external), str(module)
