"""tach's modules and layers as import boundaries, from ``tach.toml`` and ``tach.domain.toml``."""

from __future__ import annotations

from archaeology.facts import Gate
from archaeology.gates.located import Node
from archaeology.gates.modules import PythonModules, wildcard
from archaeology.gates.source import Source
from archaeology.model import End, ImportBoundary

_ROOT = "<root>"


def read_tach(source: Source) -> list[Gate]:
    """Read one file: a gate for the layers, and one for each module that says what it may depend on."""
    document = source.toml
    roots = tuple(_folder(source.folder, root) for root in document.get("source_roots").texts()) or (source.folder,)
    modules = PythonModules(source.tree, roots)
    declared = _declared(document)
    ignore_types = document.get("ignore_type_checking_imports").flag(default=True)
    gates = [gate for gate in (_layers(source, document, declared, modules, ignore_types=ignore_types),) if gate]
    lower = _lower_layers(document, declared)
    for name, entry in declared.items():
        boundary = _boundary(name, declared, lower.get(name, frozenset()), modules, ignore_types=ignore_types)
        if boundary is not None:
            gates.append(
                source.gate(
                    f"boundary:tach:{name}",
                    "boundary",
                    f"{name} depends only on what it declares",
                    entry,
                    command="tach check",
                    strictness=_strictness(document),
                    boundaries=(boundary,),
                )
            )
    return gates


def _declared(document: Node) -> dict[str, Node]:
    """Map each declared module to its entry; an entry may name several."""
    found: dict[str, Node] = {}
    for entry in document.get("modules").each():
        for name in (entry.get("path").text(), *entry.get("paths").texts()):
            if name:
                found[name] = entry
    return found


def _lower_layers(document: Node, declared: dict[str, Node]) -> dict[str, frozenset[str]]:
    """Map each module of a layer to those of lower layers, which it may use without saying so unless the file asks for it."""
    if document.get("layers_explicit_depends_on").flag():
        return {}
    order = _layer_names(document)
    position = {
        name: order.index(layer) for name, entry in declared.items() if (layer := entry.get("layer").text()) in order
    }
    return {
        name: frozenset(other for other, below in position.items() if below > place) for name, place in position.items()
    }


def _boundary(
    name: str, declared: dict[str, Node], lower: frozenset[str], modules: PythonModules, *, ignore_types: bool
) -> ImportBoundary | None:
    """Return what a module must not import: every declared module that it does not name, and what it names as banned."""
    entry = declared[name]
    if entry.get("unchecked").flag() or name == _ROOT:
        return None
    banned = list(_names(entry.get("cannot_depend_on")))
    if entry.get("depends_on").is_given:
        allowed = _names(entry.get("depends_on"))
        banned += [
            other
            for other in declared
            if other not in {name, _ROOT, *lower} and not _may_depend(name, other, allowed, declared)
        ]
    if not banned:
        return None
    return ImportBoundary(
        sources=_ends([name], modules), forbidden=_ends(banned, modules), ignore_type_checking=ignore_types
    )


def _may_depend(name: str, other: str, allowed: tuple[str, ...], declared: dict[str, Node]) -> bool:
    if declared[other].get("utility").flag() or _inside(other, name) or _inside(name, other):
        return True
    return any(pattern == other or ("*" in pattern and _matches(pattern, other)) for pattern in allowed)


def _layers(
    source: Source, document: Node, declared: dict[str, Node], modules: PythonModules, *, ignore_types: bool
) -> Gate | None:
    order = _layer_names(document)
    if not order:
        return None
    members = {
        layer: [name for name, entry in declared.items() if entry.get("layer").text() == layer] for layer in order
    }
    closed = {layer.get("name").text() for layer in document.get("layers").each() if layer.get("closed").flag()}
    boundaries: list[ImportBoundary] = []
    for position, layer in enumerate(order):
        above = [name for higher in order[:position] for name in members[higher]]
        if above and members[layer]:
            boundaries.append(
                ImportBoundary(
                    sources=_ends(members[layer], modules),
                    forbidden=_ends(above, modules),
                    ignore_type_checking=ignore_types,
                )
            )
    return source.gate(
        "boundary:tach:layers",
        "boundary",
        "tach layers: " + " > ".join(order),
        document.get("layers"),
        command="tach check",
        strictness=_strictness(document) + tuple(f"closed: {name}" for name in order if name in closed),
        boundaries=tuple(boundaries),
    )


def _layer_names(document: Node) -> list[str]:
    return [layer.text() or layer.get("name").text() for layer in document.get("layers").each()]


def _ends(names: list[str], modules: PythonModules) -> tuple[End, ...]:
    found = dict.fromkeys(module for name in names for module in (modules.expand(name) if "*" in name else (name,)))
    return tuple(modules.end(module) for module in found)


def _names(node: Node) -> tuple[str, ...]:
    return tuple(name for item in node.each() if (name := item.text() or item.get("path").text()))


def _strictness(document: Node) -> tuple[str, ...]:
    return tuple(
        option
        for option in ("exact", "forbid_circular_dependencies", "respect_gitignore")
        if document.get(option).flag()
    )


def _inside(inner: str, outer: str) -> bool:
    return inner.startswith(f"{outer}.")


def _matches(pattern: str, name: str) -> bool:
    return wildcard(pattern).fullmatch(name) is not None


def _folder(base: str, root: str) -> str:
    parts = [part for part in f"{base}{root}".split("/") if part not in {"", "."}]
    return "/".join(parts) + "/" if parts else ""
