"""Statements about external packages: who alone imports one, and who stays free of what the others use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from archaeology.boundaries.chance import none_outside
from archaeology.boundaries.containers import Container, Unit, beside, module_of
from archaeology.boundaries.graph import FileGraph
from archaeology.boundaries.product import main_folder
from archaeology.boundaries.roles import is_edge, is_inner, named_alike
from archaeology.boundaries.statement import Form, Statement, allow, ends_of, paths_of, test_globs
from archaeology.boundaries.tests_beside import support_of_tests
from archaeology.checks.globs import ANYTHING
from archaeology.facts import Facts
from archaeology.model import End
from archaeology.reader import preload

# A place that holds more of the product than this is no isolation.
_MAX_SHARE = 0.34
_MAX_PLACES = 3
_MIN_FILES = 6
# A package is only worth staying free of where this many other files use it.
_COMMON = 4
_FREE_AT = 0.05
_MAX_FREE = 6
# Fewer packages from outside, and hardly an import from beside it, make a unit a leaf.
_KINDS = 6
# What one other unit alone uses is that unit's business; nobody else is praised for doing without it.
_USING_UNITS = 2
_SMALL = 3
# Backports and test tools: where they are imported says nothing about a design.
_PLUMBING = frozenset(
    """
    typing_extensions typing _typeshed six pytest importlib_metadata importlib_resources exceptiongroup tslib
    github.com/stretchr/testify vitest jest @jest/globals chai mocha @testing-library/react org.junit junit org.mockito org.assertj
    org.hamcrest kotlin.test Xunit NUnit Moq PHPUnit Mockery rspec minitest hypothesis mock
    """.split()
)
# Parts of standard libraries that reach outside the process; teams fence these in as they do external packages.
_EFFECTS = frozenset(
    {"subprocess", "socket", "sqlite3", "smtplib", "fs", "child_process", "net", "os/exec", "net/http", "database/sql"}
)

_RUST_NAME = re.compile(r"[a-z_]\w*")

Importers = Mapping[str, frozenset[int]]


def vendor_statements(facts: Facts, graph: FileGraph, within: Sequence[Container]) -> Iterator[Statement]:
    """Yield the isolation of external packages in the product's main folder, which is one of the containers where it branches."""
    product = _product(graph, within)
    if len(product.files) < _MIN_FILES:
        return
    importers = _importers(facts, graph, product.everything)
    for vendor in sorted(importers):
        if importers[vendor] & product.files:
            yield from _only(vendor, importers[vendor], graph, product)
    if product.container is not None:
        inside = {vendor: files & product.files for vendor, files in importers.items()}
        yield from _together(_free(inside, graph, product, product.container))


@dataclass(frozen=True)
class _Product:
    """The main folder, its product files by number, all of the repository's, its container, and the ends that stand for it as a whole.

    ``by_kin`` has all of the repository's product files by the number of the languages that they can import.
    """

    folder: str
    files: frozenset[int]
    everything: frozenset[int]
    container: Container | None
    ends: tuple[End, ...]
    by_kin: Mapping[int, frozenset[int]]


def _product(graph: FileGraph, within: Sequence[Container]) -> _Product:
    folder = main_folder(graph)
    everything = frozenset(np.flatnonzero(~graph.aside & ~support_of_tests(graph)).tolist())
    files = everything.intersection(graph.below(folder))
    container = next((one for one in within if one.path == folder), None)
    if folder:
        ends: tuple[End, ...] = ends_of([_unit(folder, graph)])
    else:
        ends = ends_of(unit for unit in container.units if unit.is_package) if container is not None else ()
    by_kin: dict[int, set[int]] = defaultdict(set)
    for number in everything:
        by_kin[int(graph.kin[number])].add(number)
    kin = {group: frozenset(numbers) for group, numbers in by_kin.items()}
    return _Product(folder, files, everything, container, ends, kin)


def _importers(facts: Facts, graph: FileGraph, among: frozenset[int]) -> Importers:
    importers: dict[str, set[int]] = defaultdict(set)
    for edge in facts.imports.edges:
        name, number = edge.external, graph.index.get(edge.source)
        if name is None or number not in among or name in _PLUMBING or (edge.stdlib and name not in _EFFECTS):
            continue
        importers[name].add(number)
    _add_paths(importers, facts, graph, among)
    return {name: frozenset(files) for name, files in importers.items()}


def _add_paths(importers: dict[str, set[int]], facts: Facts, graph: FileGraph, among: frozenset[int]) -> None:
    """Rust names what it uses by its full path, too, without an import: `tokio::sync::Sender` in a type."""
    words = ((name.replace("-", "_"), name) for name in importers)
    crates = {word: name for word, name in words if _RUST_NAME.fullmatch(word)}
    files = [number for number in sorted(among) if graph.paths[number].endswith(".rs")]
    preload(facts.reader, [graph.paths[number] for number in files])
    for number in files:
        text = facts.reader.text(graph.paths[number]) or ""
        for word, name in crates.items():
            if _names_by_path(text, f"{word}::"):
                importers[name].add(number)


def _names_by_path(text: str, head: str) -> bool:
    """Whether a path begins with these letters, or with these after two colons: no other name, colon or dot stands before it."""
    place = text.find(head)
    while place >= 0:
        start = place - 2 if text.startswith("::", max(0, place - 2)) else place
        before = text[start - 1 : start]
        if not (before.isalnum() or before in {"_", ":", "."}):
            return True
        place = text.find(head, place + len(head))
    return False


def _only(vendor: str, files: frozenset[int], graph: FileGraph, product: _Product) -> Iterator[Statement]:
    """One place, or up to three, that alone import the package, where that place is a small part of the product.

    Nobody else does, wherever in the repository: what imports it outside the main folder is one of the places.
    """
    outside = {beside(graph.paths[number], product.folder) for number in files - product.files}
    places = (*_places(sorted(files & product.files), graph, product.folder), *sorted(outside))
    units = [_unit(place, graph) for place in places]
    covered, total = sum(unit.files for unit in units), len(_of_their_kin(files, graph, product))
    if not product.ends or len(units) > _MAX_PLACES or covered > _MAX_SHARE * total:
        return
    if len(files) == 1 and not any(is_edge(part.partition(".")[0]) for place in places for part in place.split("/")):
        return  # one import of a package is no fence, unless the place is called one
    tests = ((glob, ANYTHING) for glob in test_globs(graph, tuple(end.path or "" for end in product.ends)))
    yield Statement(
        form=Form.VENDOR_ONLY,
        container=product.folder,
        sources=product.ends,
        forbidden=(End(module=vendor, external=True),),
        exceptions=allow([*((path, vendor) for unit in units for path in paths_of(unit)), *tests]),
        allowed=ends_of(units),
        importers=tuple(graph.paths[number] for number in sorted(files)),
        expected=len(files) * (1 - covered / total),
        probability=none_outside(covered, len(files), total),
        attempts=len(files),
        reverse=len(files),
        share=1.0,
    )


def _places(files: Sequence[int], graph: FileGraph, product: str) -> tuple[str, ...]:
    """The fewest units that hold the files: a module, one folder inside the product, or the product's units."""
    paths = [graph.paths[number] for number in files]
    if len(paths) == 1:
        return (paths[0],)
    first, last = min(paths), max(paths)  # what these two share, all share
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    folder = first[: first.rfind("/", 0, same) + 1]
    if len(folder) > len(product):
        return (folder,)
    return tuple(
        sorted({product + name + slash for path in paths for name, slash, _ in [path[len(product) :].partition("/")]})
    )


def _free(importers: Importers, graph: FileGraph, product: _Product, container: Container) -> Iterator[Statement]:
    """Units that import none of what many others use, although they do import from outside.

    Two nulls have to fail: that the importing files were drawn from all files, and that the unit's imports from outside were drawn from
    all such imports. A leaf of plain types that imports next to nothing is free of everything.
    """
    common = {
        vendor: files
        for vendor, files in importers.items()
        if len(files) >= _COMMON and len({int(container.member[number]) for number in files}) >= _USING_UNITS
    }
    # Where a unit is there for a package, its neighbours are there for others.
    somebodys = {vendor for vendor in common if any(named_alike(unit.name, vendor) for unit in container.units)}
    total = len(product.files)
    able = cache(lambda files: _of_their_kin(files, graph, product) & product.files)
    for number, unit in enumerate(container.units):
        inside = frozenset(np.flatnonzero(container.member == number).tolist())
        inner = is_inner(unit.name)
        kinds = sum(bool(users & inside) for users in importers.values())
        if not inner and (unit.files < _SMALL or (kinds < _KINDS and container.imports[number].sum() < _SMALL)):
            continue
        found = [
            absent
            for vendor, files in common.items()
            if not inside & files
            and (inner or vendor not in somebodys)
            and (absent := _absent(vendor, importers, inside, able(files), inner=inner)) is not None
        ]
        if not found:
            continue
        found = sorted(found)[:_MAX_FREE]
        users = sum(len(common[absent.vendor]) for absent in found)
        yield Statement(
            form=Form.VENDOR_FREE,
            container=container.path,
            sources=ends_of([unit]),
            forbidden=tuple(End(module=absent.vendor, external=True) for absent in found),
            exceptions=allow((glob, ANYTHING) for glob in test_globs(graph, paths_of(unit))),
            expected=sum(absent.expected for absent in found),
            probability=found[0].probability,
            attempts=users,
            reverse=users,
            share=unit.files / total,
        )


def _together(statements: Iterable[Statement]) -> Iterator[Statement]:
    """One statement of those that name the same packages: that is how a person would say it."""
    alike: dict[tuple[End, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        alike[statement.forbidden].append(statement)
    for group in alike.values():
        sources = tuple(end for one in group for end in one.sources)
        exceptions = tuple(dict.fromkeys(exception for one in group for exception in one.exceptions))
        yield group[0].model_copy(
            update={
                "sources": sources,
                "exceptions": exceptions,
                "expected": sum(one.expected for one in group),
                "probability": min(one.chance for one in group),
                "share": sum(one.share for one in group),
            }
        )


class _Absent(NamedTuple):
    """An external package that a unit does not import, how likely that is by chance, and how many imports chance would make."""

    probability: float
    vendor: str
    expected: float


def _absent(
    vendor: str, importers: Importers, inside: frozenset[int], able: frozenset[int], *, inner: bool
) -> _Absent | None:
    files = importers[vendor]
    drawn = none_outside(len(able - inside), len(files), len(able))
    if inner:
        return _Absent(drawn, vendor, len(files) * len(inside) / len(able)) if drawn < _FREE_AT else None
    made = sum(len(users & able) for users in importers.values())
    own = sum(len(users & inside) for users in importers.values())
    dealt = none_outside(made - own, len(files), made)
    probability = max(drawn, dealt)
    return _Absent(probability, vendor, len(files) * own / made) if probability < _FREE_AT else None


def _of_their_kin(files: frozenset[int], graph: FileGraph, product: _Product) -> frozenset[int]:
    """The product files whose language is one that imports the package: the others could not."""
    kin = {int(graph.kin[number]) for number in files}
    return frozenset[int]().union(*(product.by_kin.get(group, frozenset()) for group in kin))


def _unit(place: str, graph: FileGraph) -> Unit:
    files = [number for number in graph.below(place) if not graph.aside[number]]
    name = place.rstrip("/").rsplit("/", 1)[-1]
    return Unit(place, module_of(place, graph, files), name, len(files))
