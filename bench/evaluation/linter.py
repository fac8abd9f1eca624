"""The check engine against import-linter itself, contract by contract, on the repositories' own configurations.

Each contract is judged twice: as stated, and without its exceptions, so that there is something to find. Compared are the verdict, the
forbidden direct imports, and the modules at which forbidden chains begin. import-linter takes the imports of a chain out of the
graph once it has reported them and so may not name every chain: ours must name at least what it names.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archaeology.checks import Violation, evaluate
from archaeology.facts import Facts
from archaeology.model import BoundaryException, End, ImportBoundary
from bench.evaluation.reading import facts_of

Found = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one side says of a contract: kept or not, the direct imports that break it, and where forbidden chains begin."""

    kept: bool
    direct: Found
    starts: frozenset[str]


def run_linter(options: argparse.Namespace) -> int:
    """Print one line a contract and variant; return 1 where anything differs."""
    differing = total = 0
    for repository in json.loads(options.dataset.read_text())["repos"]:
        name = repository["repo"].replace("/", "+")
        clone = options.clones / name
        if "import-linter" not in repository["tool"] or options.only not in name or not clone.exists():
            continue
        with facts_of(clone, history=False) as facts:
            for contract, variant, peer, ours in _compared(repository, clone, facts):
                same = _same(peer, ours)
                total += 1
                differing += not same
                said = f"{'same' if same else 'DIFFERENT':9} {_said(peer)} / {_said(ours)}"
                print(f"{name:36} {contract['type']:12} {variant:9} {said}  {contract['name'][:60]}")
                if not same:
                    print(
                        f"    only import-linter: {sorted(peer.direct - ours.direct)[:5]} {sorted(peer.starts - ours.starts)[:5]}"
                    )
                    print(
                        f"    only ours: {sorted(ours.direct - peer.direct)[:5]} {sorted(ours.starts - peer.starts)[:5]}"
                    )
    print(f"{total - differing} of {total} the same")
    return 1 if differing else 0


def _compared(
    repository: Mapping[str, Any], clone: Path, facts: Facts
) -> Iterator[tuple[Mapping[str, Any], str, Outcome, Outcome]]:
    paths = {module: path for module, path in repository["module_paths"].items() if path}
    facts = _as_told(facts, repository["root_packages"])
    by_config: dict[str, list[Mapping[str, Any]]] = {}
    for contract in repository["contracts"]:
        if (contract.get("peer") or {}).get("tool") == "import-linter" and contract["type"] in _TRANSLATIONS:
            by_config.setdefault(contract["config"], []).append(contract)
    for config, contracts in by_config.items():
        for variant, exceptions in (("stated", True), ("bare", False)):
            peers = _peer(clone, config, repository["source_roots"], exceptions=exceptions)
            for contract in contracts:
                if contract["name"] in peers:
                    peer, typing = peers[contract["name"]]
                    yield (
                        contract,
                        variant,
                        peer,
                        _ours(contract, paths, facts, exceptions=exceptions, ignore_typing=typing),
                    )


def _as_told(facts: Facts, packages: Sequence[str]) -> Facts:
    """The facts with the imports that import-linter was told to look at: those made in the configured root packages' modules."""
    inside = {
        path
        for path, module in facts.imports.modules.items()
        if module.split(".")[0] in packages and path.endswith(".py")
    }
    edges = tuple(
        edge for edge in facts.imports.edges if edge.source in inside and (edge.target is None or edge.target in inside)
    )
    return replace(facts, imports=replace(facts.imports, edges=edges))


def _peer(clone: Path, config: str, roots: Sequence[str], *, exceptions: bool) -> dict[str, tuple[Outcome, bool]]:
    """Run import-linter in this process on the clone's own configuration; by contract name."""
    from importlinter import configuration
    from importlinter.application import use_cases

    configuration.configure()  # type: ignore[no-untyped-call]
    with _inside(clone, roots):
        options = use_cases.read_user_options(config)
        if not exceptions:
            for contract in options.contracts_options:
                contract.pop("ignore_imports", None)
        use_cases._register_contract_types(options)  # noqa: SLF001 - there is no public way to run on changed options
        report = use_cases.create_report(options, cache_dir=None)
    typing = str(options.session_options.get("exclude_type_checking_imports", "")).lower() == "true"
    return {
        contract.name: (_outcome(check.kept, check.metadata), typing)
        for contract, check in report.get_contracts_and_checks()
    }


@contextmanager
def _inside(clone: Path, roots: Sequence[str]) -> Iterator[None]:
    before, path, modules = Path.cwd(), list(sys.path), set(sys.modules)
    os.chdir(clone)
    sys.path[:0] = [str(clone / root) for root in roots]
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            if not name.startswith(("importlinter", "grimp")):
                sys.modules.pop(name)


def _outcome(kept: bool, metadata: Mapping[str, Any]) -> Outcome:  # noqa: FBT001 - a value, not a switch
    direct: set[tuple[str, str]] = set()
    starts: set[str] = set()
    for item in metadata.get("invalid_chains", ()):
        for chain in item["chains"]:
            route = chain if isinstance(chain, dict) else {"chain": chain, "extra_firsts": (), "extra_lasts": ()}
            _keep(route, direct, starts)
    for item in metadata.get("invalid_dependencies", ()):
        for route in item.get("routes", ()):
            _keep(route, direct, starts)
    for links in (
        metadata.get("illegal_imports", {}).values() if isinstance(metadata.get("illegal_imports"), dict) else ()
    ):
        direct |= {(link["importer"], link["imported"]) for link in links}
    return Outcome(kept, frozenset(direct), frozenset(starts))


def _keep(route: Mapping[str, Any], direct: set[tuple[str, str]], starts: set[str]) -> None:
    chain = route["chain"]
    firsts, lasts = (chain[0], *route["extra_firsts"]), (chain[-1], *route["extra_lasts"])
    starts |= {link["importer"] for link in firsts}
    if len(chain) == 1:
        direct |= {(link["importer"], link["imported"]) for link in (*firsts, *lasts)}


def _ours(
    contract: Mapping[str, Any], paths: Mapping[str, str], facts: Facts, *, exceptions: bool, ignore_typing: bool
) -> Outcome:
    direct: set[tuple[str, str]] = set()
    starts: set[str] = set()
    excused = tuple(
        BoundaryException(from_=source.strip(), to=target.strip())
        for source, target in (line.split("->") for line in (contract.get("ignore_imports") or []) if exceptions)
    )
    names = facts.imports.modules
    for sources, forbidden, between in _TRANSLATIONS[contract["type"]](contract, sorted(paths)):
        check = ImportBoundary(
            sources=tuple(_end(module, paths) for module in sources),
            forbidden=tuple(_end(module, paths) for module in forbidden),
            except_=excused,
            indirect=bool(contract.get("transitive")),
            ignore_type_checking=ignore_typing,
        )
        through = tuple(paths[module] for module in between if module in paths)
        for violation in evaluate(check, facts).violations:
            if any(step.path.startswith(through) for step in violation.chain[1:]) and through:
                continue  # import-linter reports such a chain under the layer that it passes through
            starts.add(names.get(violation.path, violation.path))
            if len(violation.chain) == 1:
                direct.add((names.get(violation.path, violation.path), _target(violation, names)))
    return Outcome(not starts, frozenset(direct), frozenset(starts))


def _target(violation: Violation, names: Mapping[str, str]) -> str:
    return names.get(violation.chain[-1].target, violation.chain[-1].target)


def _end(module: str, paths: Mapping[str, str]) -> End:
    return End(module=module, path=paths[module]) if module in paths else End(module=module, external=True)


Parts = Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]


def _forbidden(contract: Mapping[str, Any], known: Sequence[str]) -> Parts:
    del known
    for source in contract["sources"]:
        for target in contract["forbidden"]:
            if not _related(source, target):
                yield [source], [target], []


def _layers(contract: Mapping[str, Any], known: Sequence[str]) -> Parts:
    layers = [[module for module in layer if module in known] for layer in contract["layers"]]
    everything = [module for layer in layers for module in layer]
    for low in range(1, len(layers)):
        for source in layers[low]:
            for high in range(low):
                for target in layers[high]:
                    yield [source], [target], [module for module in everything if module not in {source, target}]
    for layer, apart in zip(layers, contract["independent_layers"], strict=True):
        if apart:
            for source in layer:
                for target in layer:
                    if source != target:
                        yield [source], [target], [module for module in everything if module not in {source, target}]


def _independence(contract: Mapping[str, Any], known: Sequence[str]) -> Parts:
    modules = [module for module in contract["modules"] if module in known]
    for source in modules:
        for target in modules:
            if source != target:
                yield [source], [target], [module for module in modules if module not in {source, target}]


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


_TRANSLATIONS = {"forbidden": _forbidden, "layers": _layers, "independence": _independence}


def _same(peer: Outcome, ours: Outcome) -> bool:
    if peer.kept != ours.kept or peer.direct != ours.direct:
        return False
    return peer.starts <= ours.starts


def _said(outcome: Outcome) -> str:
    return f"{'kept' if outcome.kept else 'broken'} {len(outcome.direct)}+{len(outcome.starts)}"
