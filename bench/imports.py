"""Our import graph beside grimp's, edge by edge: ``python -m bench.imports FOLDER/PACKAGE [FOLDER/PACKAGE ...]``.

Each argument is a package in a checkout: the folder before its last part is where it is imported from. grimp reads the files on
disk, so the work tree is what we read too. Nothing of the package is imported or run by either.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import grimp

from archaeology.survey import ScanOptions, reading

Edge = tuple[str, str]


@dataclass(frozen=True)
class Compared:
    """Edges between modules of one package, as (importer, imported).

    Attributes:
        package: its name.
        both: edges that both found.
        ours: edges that only we found.
        theirs: edges that only grimp found.
        entered: the modules that grimp knows.
        parsed: the modules whose source we parsed.
        lines: where our edges are written.
    """

    package: str
    both: frozenset[Edge]
    ours: frozenset[Edge]
    theirs: frozenset[Edge]
    entered: frozenset[str]
    parsed: frozenset[str]
    lines: Mapping[Edge, str]


def compare(folder: Path, package: str) -> Compared:
    """Read one package both ways. ``folder`` is where it is imported from."""
    sys.path.insert(0, str(folder))
    try:
        graph = grimp.build_graph(package, include_external_packages=False, cache_dir=None)
    finally:
        sys.path.remove(str(folder))
    theirs = frozenset(
        (module, found) for module in graph.modules for found in graph.find_modules_directly_imported_by(module)
    )
    lines: dict[Edge, str] = {}
    with reading(folder, ScanOptions(history=False, work_tree=True)) as facts:
        inside = f"{(folder / package).relative_to(Path(facts.repository.root)).as_posix()}/"
        names = {path: name for path, name in facts.imports.modules.items() if path.startswith(inside)}
        parsed = frozenset(name for path, name in names.items() if path in facts.code)
        for edge in facts.imports.edges:
            if edge.source in names and edge.target in names:
                lines.setdefault((names[edge.source], names[edge.target]), f"{edge.source}:{edge.line}")
    ours = frozenset(lines)
    return Compared(package, ours & theirs, ours - theirs, theirs - ours, frozenset(graph.modules), parsed, lines)


def reason(found: Compared, edge: Edge) -> str:
    """Say why only one of the two has an edge; ``unexplained`` where the graphs do not tell."""
    importer, imported = edge
    if edge in found.ours:
        if importer not in found.entered or imported not in found.entered:
            return "in a folder without __init__.py, which grimp does not enter"
        return "unexplained"
    if importer == imported:
        return "a module that imports itself, which is no edge for us"
    if importer not in found.parsed or imported not in found.parsed:
        return "in a file that we list and do not parse (vendored, minified, too large)"
    if imported == importer.partition(".")[0]:
        return "of a module that is not tracked: grimp takes the package above it, we count it as unresolved"
    return "unexplained"


def rows(found: Compared) -> Iterator[dict[str, str]]:
    """Yield every edge that only one of the two has."""
    for side, edges in (("ours", found.ours), ("grimp's", found.theirs)):
        for edge in sorted(edges):
            yield {
                "only": side,
                "importer": edge[0],
                "imported": edge[1],
                "at": found.lines.get(edge, ""),
                "reason": reason(found, edge),
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
        print(
            f"{place.name}: {len(found.both)} edges in both, {len(found.ours)} only ours, {len(found.theirs)} only grimp's"
        )
        counts = Counter((row["only"], row["reason"]) for row in everything[place.name])
        for (side, why), count in sorted(counts.items()):
            print(f"  {count} only {side}: {why}")
    if given.json:
        given.json.write_text(json.dumps(everything, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
