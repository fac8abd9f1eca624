"""import-linter's contracts as import boundaries, from ``.importlinter``, ``setup.cfg`` and ``pyproject.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archaeology.facts import Gate
from archaeology.gates.ini_format import entries
from archaeology.gates.located import Node
from archaeology.gates.modules import PythonModules
from archaeology.gates.source import Source
from archaeology.model import BoundaryException, ImportBoundary

_SECTION = "importlinter"
_CONTRACT = f"{_SECTION}:contract:"
MAX_ENDS = 400


@dataclass(frozen=True)
class _Contract:
    """One contract as written. ``option`` reads an option's entries; ``strictly`` a boolean."""

    identity: str
    node: Node
    option: Callable[[Node], tuple[str, ...]]

    def entries(self, name: str) -> tuple[str, ...]:
        return self.option(self.node.get(name))

    def flag(self, name: str) -> bool:
        return self.node.get(name).flag()


def read_import_linter(source: Source) -> list[Gate]:
    """Read the contracts of one file; nothing where it has none."""
    general, contracts = _from_toml(source) if source.name.endswith(".toml") else _from_ini(source)
    modules = PythonModules(source.tree, near=source.folder)
    roots = _root_packages(general)
    return [_gate(source, contract, modules, roots, general) for contract in contracts]


def _from_toml(source: Source) -> tuple[_Contract, list[_Contract]]:
    section = source.toml.get("tool", _SECTION) if source.name == "pyproject.toml" else source.toml.first(_SECTION)
    contracts = [
        _Contract(contract.get("id").text() or contract.get("name").text() or str(number), contract, Node.texts)
        for number, contract in enumerate(section.get("contracts").each(), start=1)
    ]
    return _Contract("", section, Node.texts), contracts


def _from_ini(source: Source) -> tuple[_Contract, list[_Contract]]:
    contracts = [
        _Contract(name.removeprefix(_CONTRACT), section, entries)
        for name, section in source.ini.items()
        if name.startswith(_CONTRACT)
    ]
    return _Contract("", source.ini.get(_SECTION), entries), contracts


def _root_packages(general: _Contract) -> tuple[str, ...]:
    return general.entries("root_packages") or general.entries("root_package")


def _gate(
    source: Source, contract: _Contract, modules: PythonModules, roots: tuple[str, ...], general: _Contract
) -> Gate:
    kind = contract.node.get("type").text()
    pairs = _PAIRS.get(kind, _no_pairs)(contract, modules, roots)
    ignored = _exceptions(contract)
    direct = contract.flag("allow_indirect_imports") if kind == "forbidden" else kind == "protected"
    type_checking = general.flag("exclude_type_checking_imports")
    boundaries = tuple(
        ImportBoundary(
            sources=tuple(modules.end(name) for name in sources[:MAX_ENDS]),
            forbidden=tuple(modules.end(name) for name in forbidden[:MAX_ENDS]),
            except_=(*ignored, *exceptions),
            indirect=not direct,
            ignore_type_checking=type_checking,
        )
        for sources, forbidden, exceptions in pairs
        if sources and forbidden
    )
    return source.gate(
        f"boundary:import-linter:{contract.identity}",
        "boundary",
        contract.node.get("name").text() or contract.identity,
        contract.node,
        command="lint-imports",
        strictness=tuple(word for word in (kind, "exhaustive" if contract.flag("exhaustive") else "") if word),
        boundaries=boundaries,
    )


def _exceptions(contract: _Contract) -> tuple[BoundaryException, ...]:
    pairs = (entry.partition("->") for entry in contract.entries("ignore_imports"))
    return tuple(BoundaryException(from_=start.strip(), to=end.strip()) for start, arrow, end in pairs if arrow)


_Pairs = Iterator[tuple[list[str], list[str], tuple[BoundaryException, ...]]]


def _forbidden(contract: _Contract, modules: PythonModules, roots: tuple[str, ...]) -> _Pairs:
    del roots
    sources = _expanded(contract.entries("source_modules"), modules)
    yield sources, _expanded(contract.entries("forbidden_modules"), modules), ()


def _layers(contract: _Contract, modules: PythonModules, roots: tuple[str, ...]) -> _Pairs:
    """Each layer must not import those above it, nor (written with ``|``) its own siblings."""
    del roots
    containers = _expanded(contract.entries("containers"), modules) or [""]
    for container in containers:
        above: list[str] = []
        for line in contract.entries("layers"):
            names = [name.strip() for name in re.split(r"[|:]", line)]
            # A layer in parentheses is optional: it may be missing.
            layer = [f"{container}.{name}" if container else name for word in names if (name := word.strip("() "))]
            if above:
                yield layer, list(above), ()
            if "|" in line:
                for name in layer:
                    yield [name], [sibling for sibling in layer if sibling != name], ()
            above.extend(layer)


def _independence(contract: _Contract, modules: PythonModules, roots: tuple[str, ...]) -> _Pairs:
    del roots
    names = _expanded(contract.entries("modules"), modules)
    for name in names:
        yield [name], [other for other in names if other != name and not _overlap(name, other)], ()


def _protected(contract: _Contract, modules: PythonModules, roots: tuple[str, ...]) -> _Pairs:
    """Nobody but the allowed importers (and what is protected itself) may import the protected modules directly.

    The sources are the children of the root packages, without those that may import all of it; what is allowed deeper inside
    one of them is an exception.
    """
    protected = _expanded(contract.entries("protected_modules"), modules)
    allowed = _expanded(contract.entries("allowed_importers"), modules)
    inside = [name for name in (*allowed, *protected) if name not in roots]
    children = [child for root in roots for child in (modules.children(root) or (root,))]
    sources = [child for child in children if not any(_within(child, name) for name in inside)]
    exceptions = tuple(
        BoundaryException(from_=name if name == source else f"{name}.**", to=target)
        for source in sources
        for name in inside
        if _within(name, source)
        for target in protected
    )
    yield sources, protected, exceptions


def _no_pairs(contract: _Contract, modules: PythonModules, roots: tuple[str, ...]) -> _Pairs:
    """Say nothing: the contract is of a kind that forbids no particular pair (acyclic siblings), or a project's own."""
    del contract, modules, roots
    yield from ()


_PAIRS: dict[str, Callable[[_Contract, PythonModules, tuple[str, ...]], _Pairs]] = {
    "forbidden": _forbidden,
    "layers": _layers,
    "independence": _independence,
    "protected": _protected,
}


def _expanded(expressions: tuple[str, ...], modules: PythonModules) -> list[str]:
    return list(dict.fromkeys(module for expression in expressions for module in modules.expand(expression)))


def _overlap(one: str, other: str) -> bool:
    return _within(one, other) or _within(other, one)


def _within(inner: str, outer: str) -> bool:
    return f"{inner}.".startswith(f"{outer}.")
