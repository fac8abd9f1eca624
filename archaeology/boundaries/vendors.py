"""Statements about external packages: who alone imports one, and who stays free of what the others use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from archaeology.boundaries.chance import none_outside
from archaeology.boundaries.containers import Container, Unit, beside, module_of, paths_of
from archaeology.boundaries.graph import FileGraph
from archaeology.boundaries.named_by_path import add_handed_on, add_paths
from archaeology.boundaries.programs import starts_a_program
from archaeology.boundaries.statement import Form, Statement, allow, ends_of, test_globs
from archaeology.boundaries.vendor_free import Importers, Product, free_statements, of_their_kin
from archaeology.boundaries.vendor_names import is_for_starting, is_made_for, is_named_in, is_web_habit
from archaeology.checks.globs import ANYTHING
from archaeology.distinct import distinct
from archaeology.facts import Facts
from archaeology.model import End

# A place that holds more of the product than this is no isolation.
_MAX_SHARE = 0.34
_MAX_PLACES = 3
_MIN_FILES = 6
# Imports of a package in one place that make it a fence, and in several.
_FEW = 3
_SEVERAL = 5
_MAX_PROBABILITY = 0.05
# Examples in a guide are no part of the product, whatever they import.
_GUIDES = re.compile(r"(?:^|/)(?:docs?|guides?|book|examples?|samples?|demos?|website|tutorials?)/")
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


def vendor_statements(facts: Facts, graph: FileGraph, folder: str, within: Sequence[Container]) -> Iterator[Statement]:
    """Yield the isolation of external packages in the product's main folder, which is one of the containers where it branches."""
    product = _product(graph, folder, within)
    if len(product.files) < _MIN_FILES:
        return
    importers = _importers(facts, graph, product.everything)
    places = _Places(graph, product)
    for vendor in sorted(importers):
        if not importers[vendor].isdisjoint(product.files):
            yield from _only(vendor, importers[vendor], facts, places)
    if product.container is not None:
        inside = {vendor: files & product.files for vendor, files in importers.items()}
        yield from free_statements(inside, facts, graph, product)


def _product(graph: FileGraph, folder: str, within: Sequence[Container]) -> Product:
    helping = ~graph.aside & ~graph.helping
    everything = frozenset(
        number for number in np.flatnonzero(helping).tolist() if not _GUIDES.search(graph.paths[number])
    )
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
    return Product(folder, files, everything, container, ends, kin)


def _importers(facts: Facts, graph: FileGraph, among: frozenset[int]) -> Importers:
    importers: dict[str, set[int]] = defaultdict(set)
    for edge in facts.imports.edges:
        name, number = edge.external, graph.index.get(edge.source)
        if name is None or number not in among or name in _PLUMBING or (edge.stdlib and name not in _EFFECTS):
            continue
        importers[name].add(number)
    add_paths(importers, facts, graph, among)
    add_handed_on(importers, facts, graph, among)
    return {name: frozenset(files) for name, files in importers.items()}


def _only(vendor: str, files: frozenset[int], facts: Facts, known: _Places) -> Iterator[Statement]:
    """One place, or up to three, that alone import the package, where that place is a small part of the product.

    Nobody else does, wherever in the repository: what imports it outside the main folder is one of the places.
    """
    graph, product = known.graph, known.product
    if len(files) < _FEW or not product.ends:
        return  # as with most packages
    outside = {beside(graph.paths[number], product.folder) for number in files - product.files}
    places = (*_places(sorted(files & product.files), graph, product.folder), *sorted(outside))
    if len(places) > _MAX_PLACES or len(files) < (_FEW if len(places) == 1 else _SEVERAL):
        return
    units = [known[place] for place in places]
    covered, total = sum(unit.files for unit in units), len(of_their_kin(files, graph, product))
    if covered > _MAX_SHARE * total or _goes_without_saying(vendor, places):
        return
    if all(starts_a_program(graph.paths[number]) for number in files):
        return
    probability = none_outside(covered, len(files), total)
    if probability > _MAX_PROBABILITY:
        return
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
        probability=probability,
        unlisted=_is_left_to_manifests(vendor, files, facts, known),
        attempts=len(files),
        reverse=len(files),
        share=1.0,
    )


def _is_left_to_manifests(vendor: str, files: Iterable[int], facts: Facts, known: _Places) -> bool:
    """Whether no other project's manifest asks for the package, so that the build keeps it where it is."""
    graph = known.graph
    owners = {graph.builds.of(graph.paths[number]) for number in files}
    others = known.projects - owners - {None}
    if not others or None in owners:
        return False
    return not any(
        is_named_in(vendor, facts.reader.text(path) or "")
        for path in graph.builds.manifests
        if path[: path.rfind("/") + 1] in others
    )


def _goes_without_saying(vendor: str, places: Sequence[str]) -> bool:
    """Whether each place is there for the package by its name, or is where everybody has such a framework or reads the command line."""
    return all(
        is_made_for(vendor, place) or is_web_habit(vendor, place) or is_for_starting(vendor, place) for place in places
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


class _Places(dict[str, Unit]):
    """Places as units, and what else one package after the other asks of the product; found out once."""

    def __init__(self, graph: FileGraph, product: Product) -> None:
        super().__init__()
        self.graph, self.product = graph, product

    def __missing__(self, place: str) -> Unit:
        unit = self[place] = _unit(place, self.graph)
        return unit

    @cached_property
    def projects(self) -> frozenset[str | None]:
        """The projects that the files of the product lie in; None where one lies in none."""
        graph = self.graph
        folders = distinct(graph.folder[list(self.product.files)]).tolist()
        return frozenset(graph.builds.of(graph.folders[folder]) for folder in folders)


def _unit(place: str, graph: FileGraph) -> Unit:
    below = graph.below(place)
    files: list[int] = (below.start + np.flatnonzero(~graph.aside[below.start : below.stop])).tolist()
    name = place.rstrip("/").rsplit("/", 1)[-1]
    return Unit(place, module_of(place, graph, files), name, len(files))
