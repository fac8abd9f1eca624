"""Our import graph beside grimp's, edge by edge: ``python -m bench.imports FOLDER/PACKAGE [FOLDER/PACKAGE ...]``.

Each argument is a package in a checkout: the folder before its last part is where it is imported from. grimp reads the files on
disk, so the work tree is what we read too. Nothing of the package is imported or run by either.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp

from archaeology.survey import ScanOptions, reading

Edge = tuple[str, str]


@dataclass(frozen=True)
class Compared:
    """Edges between modules of one package, as (importer, imported); ``lines`` tells where ours are written."""

    package: str
    both: frozenset[Edge]
    ours: frozenset[Edge]
    theirs: frozenset[Edge]
    modules: frozenset[str]
    known: frozenset[str]
    lines: dict[Edge, str]


def compare(folder: Path, package: str) -> Compared:
    """Read one package both ways. ``folder`` is where it is imported from."""
    sys.path.insert(0, str(folder))
    try:
        graph = grimp.build_graph(package, include_external_packages=False, cache_dir=None)
    finally:
        sys.path.remove(str(folder))
    theirs = frozenset((module, found) for module in graph.modules for found in graph.find_modules_directly_imported_by(module))
    lines: dict[Edge, str] = {}
    with reading(folder, ScanOptions(history=False, work_tree=True)) as facts:
        inside = f"{(folder / package).resolve().relative_to(Path(facts.repository.root).resolve()).as_posix()}/"
        names = {path: name for path, name in facts.imports.modules.items() if path.startswith(inside)}
        for edge in facts.imports.edges:
            if edge.source in names and edge.target in names:
                pair = (names[edge.source], names[edge.target])
                lines.setdefault(pair, f"{edge.source}:{edge.line}")
    ours = frozenset(pair for pair in lines if pair[0] != pair[1])
    return Compared(
        package, ours & theirs, ours - theirs, theirs - ours, frozenset(graph.modules), frozenset(names.values()), lines
    )


def reason(found: Compared, edge: Edge, *, is_ours: bool) -> str:
    """Say why only one of the two has an edge, as far as the graphs themselves tell; empty where they do not."""
    importer, imported = edge
    other = found.modules if is_ours else found.known
    if importer not in other:
        return "the other does not know the importing module"
    if imported not in other:
        return "the other does not know the imported module"
    twins = found.theirs if is_ours else found.ours
    if any(first == importer and (second.startswith(f"{imported}.") or imported.startswith(f"{second}.")) for first, second in twins):
        return "the other has an edge to a module above or below it"
    return ""


def rows(found: Compared) -> Iterator[dict[str, str]]:
    """Yield every edge that only one of the two has."""
    for side, edges in (("ours", found.ours), ("grimp's", found.theirs)):
        for edge in sorted(edges):
            yield {
                "only": side,
                "importer": edge[0],
                "imported": edge[1],
                "at": found.lines.get(edge, ""),
                "reason": reason(found, edge, is_ours=side == "ours"),
            }


def main() -> None:
    """Compare the packages named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("packages", nargs="+", type=Path, metavar="FOLDER/PACKAGE")
    parser.add_argument("--json", type=Path, help="write every difference to this file")
    given = parser.parse_args()
    everything: dict[str, list[dict[str, str]]] = {}
    for place in given.packages:
        found = compare(place.parent.resolve(), place.name)
        everything[place.name] = list(rows(found))
        print(f"{place.name}: {len(found.both)} edges in both, {len(found.ours)} only ours, {len(found.theirs)} only grimp's")
        for row in everything[place.name]:
            print(f"  only {row['only']}: {row['importer']} -> {row['imported']}  {row['at']}  {row['reason']}")
    if given.json:
        given.json.write_text(json.dumps(everything, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
