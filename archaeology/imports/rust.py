"""Rust imports: modules of the crate, crates of the workspace, the standard library, crates that the manifest asks for.

A path reaches the file of the deepest module on it; what a module hands on with ``pub use`` is not followed further. Paths that are
used without a ``use`` (``serde_json::to_string``) count where the call shows them. ``#[path]`` and what macros make are not known.
What a file's own tests import, in a module ``tests`` under ``#[cfg(test)]``, is no import of the file: the product is built without it.
"""

from __future__ import annotations

import re

from archaeology.facts import Definition, FileFacts, Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to
from archaeology.imports.rust_crates import Crate, Crates

_STANDARD = frozenset({"std", "core", "alloc", "proc_macro", "test"})
# Both the name and the attribute: attributes of a statement before a module are told with the module.
_TEST_NAME = re.compile(r"(?:^|_)tests?(?:_|$)")
_FOR_TESTS = re.compile(r"cfg\(\s*(?:all\(\s*)?test\b")


def resolve_rust(project: Project) -> Resolved:
    """Return the edges of all Rust files."""
    crates = Crates(project)
    resolved = Resolved(
        roots=sorted({crate.folder + "/" if crate.folder else "" for crate in crates.libraries.values()})
    )
    for path, facts in project.of_languages("rust"):
        if path not in crates.of:
            continue
        crate, module = crates.of[path]
        resolved.modules[path] = "::".join((crate.name, *module))
        inline = [found for found in facts.definitions if found.kind == "module"]
        tests = [(found.start_line, found.end_line) for found in inline if _is_tests(found)]
        known: set[str] = set()
        for found in facts.imports:
            if _inside(found.line, tests):
                continue
            edge, is_lost = _edge(crates, path, found, inline)
            resolved.unresolved += is_lost
            if edge is not None:
                known.add(edge.target or edge.external or "")
                resolved.edges.append(edge)
        for found in _paths_in_calls(facts):
            if _inside(found.line, tests):
                continue
            edge, _ = _edge(crates, path, found, inline)
            reached = (edge.target or edge.external or "") if edge is not None else ""
            if edge is not None and reached not in known:
                known.add(reached)
                resolved.edges.append(edge)
    return resolved


def _is_tests(module: Definition) -> bool:
    """Whether a module holds the file's own tests, which only test runs compile."""
    name = module.name.rpartition("::")[2]
    return _TEST_NAME.search(name) is not None and any(_FOR_TESTS.match(found) for found in module.decorators)


def _inside(line: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= line <= end for start, end in spans)


def _edge(crates: Crates, path: str, found: Import, inline: list[Definition]) -> tuple[ImportEdge | None, bool]:
    """Return the edge, if there is one, and whether the import looked internal and led nowhere."""
    crate, module = crates.of[path]
    parts = tuple(part for part in (*found.module.split("::"), *found.names) if part not in {"*", ""})
    if not parts:  # `use *;` and the like: nothing is named
        return None, False
    nested = _inline_modules(found.line, inline)
    first = parts[0]
    if first in {"crate", "self", "super", "$crate"}:
        absolute = _absolute(parts, (*module, *nested))
        target = _deepest(crate, absolute) if absolute is not None else None
        return _internal(path, found, target), target is None
    if (*module, first) in crate.modules and not found.module.startswith("::"):
        return _internal(path, found, _deepest(crate, (*module, *parts))), False
    library = crates.libraries.get(first)
    manifest = crates.manifest_of(path)
    dependencies = manifest.dependencies if manifest is not None else {}
    if library is not None and (first in dependencies or (manifest is not None and manifest.library == first)):
        return _internal(path, found, _deepest(library, parts[1:])), False
    if first in _STANDARD:
        return edge_out(path, found, "::".join(parts[:2]) if len(parts) > 1 else first, stdlib=True), False
    if first in dependencies and dependencies[first] not in crates.own:
        return edge_out(path, found, dependencies[first]), False
    # A type, an inline module or a macro's work in the same file, most likely: nothing can be said.
    return None, False


def _internal(path: str, found: Import, target: str | None) -> ImportEdge | None:
    return edge_to(path, found, target) if target is not None and target != path else None


def _absolute(parts: tuple[str, ...], module: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the path from the crate's root, or None where it climbs above it."""
    if parts[0] in {"crate", "$crate"}:
        return parts[1:]
    rest = parts
    while rest and rest[0] in {"self", "super"}:
        if rest[0] == "super":
            if not module:
                return None
            module = module[:-1]
        rest = rest[1:]
    return (*module, *rest)


def _deepest(crate: Crate, parts: tuple[str, ...]) -> str | None:
    for end in range(len(parts), -1, -1):
        if parts[:end] in crate.modules:
            return crate.modules[parts[:end]]
    return None


def _inline_modules(line: int, inline: list[Definition]) -> tuple[str, ...]:
    around = [found for found in inline if found.start_line <= line <= found.end_line]
    return tuple(found.name.rpartition("::")[2] for found in sorted(around, key=lambda found: len(found.name)))


def _paths_in_calls(facts: FileFacts) -> list[Import]:
    """Return calls through paths as imports of what stands before the last part."""
    return [Import(head, call.line) for call in facts.calls if (head := call.target.rpartition("::")[0])]
