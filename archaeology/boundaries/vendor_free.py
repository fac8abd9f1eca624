"""Units that stay free of an external package that many others use, although they could well use it, too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from archaeology.boundaries.builds import manifests_among
from archaeology.boundaries.chance import none_outside
from archaeology.boundaries.containers import Container, Unit, paths_of
from archaeology.boundaries.graph import FileGraph
from archaeology.boundaries.programs import is_of_programs
from archaeology.boundaries.roles import is_inner, named_alike, role_height, side_of
from archaeology.boundaries.statement import Form, Statement, allow, ends_of, test_globs
from archaeology.boundaries.vendor_names import is_everybodys, is_named_in, of_one_trade
from archaeology.checks.globs import ANYTHING
from archaeology.distinct import distinct
from archaeology.facts import Facts, Flag
from archaeology.model import End

# A package is only worth staying free of where this many other files use it.
_COMMON = 4
_FREE_AT = 0.05
_MAX_FREE = 3
# Fewer packages from outside, or hardly an import from beside it, make a unit a leaf: it would not use another either.
_KINDS = 3
_SMALL = 3
_BUSY = 6
# What one other unit alone uses is that unit's business; nobody else is praised for doing without it.
_USING_UNITS = 2
_MOSTLY = 0.5
# How low stand helpers, types and constants, of which nobody would expect more.
_PLAIN = -1.0
_MADE = frozenset({Flag.MIGRATION, Flag.GENERATED})
_GENERATED = re.compile(r"migrat|generated|schema$", re.IGNORECASE)

Importers = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Product:
    """The main folder, its product files by number, all of the repository's, its container, and the ends that stand for it as a whole.

    ``by_kin`` has all of the repository's product files by the number of the languages that they can import.
    """

    folder: str
    files: frozenset[int]
    everything: frozenset[int]
    container: Container | None
    ends: tuple[End, ...]
    by_kin: Mapping[int, frozenset[int]]


class _Uses(NamedTuple):
    """Which units of a container import each package; how many packages each unit imports, and how many of its files do."""

    units: Mapping[str, frozenset[int]]
    kinds: Counter[int]
    imports: Counter[int]

    @classmethod
    def of(cls, importers: Importers, container: Container) -> _Uses:
        """Sort the importers into the units that they lie in; -1 stands for those that lie in none."""
        member: list[int] = container.member.tolist()
        owners = {vendor: [member[number] for number in files] for vendor, files in importers.items()}
        units = {vendor: frozenset(found) for vendor, found in owners.items()}
        every = chain.from_iterable
        return cls(units, Counter(every(units.values())), Counter(every(owners.values())))


class _Absent(NamedTuple):
    """An external package that a unit does not import, how likely that is by chance, and how many imports chance would make."""

    probability: float
    vendor: str
    expected: float


def free_statements(importers: Importers, facts: Facts, graph: FileGraph, product: Product) -> Iterator[Statement]:
    """Yield what the units of the main folder do without, one statement for those that do without the same."""
    if product.container is not None:
        yield from _together(_free(importers, facts, graph, product, product.container))


def of_their_kin(files: frozenset[int], graph: FileGraph, product: Product) -> frozenset[int]:
    """The product's files whose language is one that imports a package that these import: the others could not."""
    kin = distinct(graph.kin[list(files)]).tolist()
    groups = [product.by_kin.get(group, frozenset[int]()) for group in kin]
    return groups[0] if len(groups) == 1 else frozenset[int]().union(*groups)


def _free(
    importers: Importers, facts: Facts, graph: FileGraph, product: Product, container: Container
) -> Iterator[Statement]:
    """Units that import none of what many others use, although they do import from outside.

    Two nulls have to fail: that the importing files were drawn from all files, and that the unit's imports from outside were drawn from
    all such imports. A leaf of plain types that imports next to nothing is free of everything, and what a project's manifest does not
    name its build keeps out.
    """
    uses = _Uses.of(importers, container)
    common = {
        vendor: files
        for vendor, files in importers.items()
        if len(files) >= _COMMON and len(uses.units[vendor]) >= _USING_UNITS and not is_everybodys(vendor)
    }
    # Where a unit is there for a package, its neighbours are there for others.
    somebodys = {vendor for vendor in common if any(named_alike(unit.name, vendor) for unit in container.units)}
    asked_for = _asked_for(facts, container)
    kin = {vendor: of_their_kin(files, graph, product) for vendor, files in common.items()}
    of_product = {files: files & product.files for files in set(kin.values())}
    able = {vendor: of_product[files] for vendor, files in kin.items()}
    made = {files: sum(len(users & files) for users in importers.values()) for files in set(able.values())}
    for number, unit in enumerate(container.units):
        inside = frozenset(container.files[number])
        if not _could_use(unit, uses, container, number) or _is_made(inside, unit, facts, graph):
            continue
        if is_of_programs(graph.paths[one] for one in container.files[number]):
            continue
        inner = is_inner(unit.name)
        own = uses.imports[number]
        found = [
            absent
            for vendor, files in common.items()
            if number not in uses.units[vendor]
            and not _is_of_the_other_side(unit, files, container)
            and (inner or vendor not in somebodys)
            and (unit.path not in asked_for or is_named_in(vendor, asked_for[unit.path]))
            and (
                absent := _absent(
                    vendor, len(files), inside, able[vendor], None if inner else (own, made[able[vendor]])
                )
            )
            is not None
        ]
        if found:
            yield _statement(found, unit, common, graph, product)


def _could_use(unit: Unit, uses: _Uses, container: Container, number: int) -> bool:
    """Whether a unit is one that would use packages: it uses several, or its name says that it keeps them out on purpose."""
    kinds = uses.kinds[number]
    height = role_height(unit.name)
    if height is not None and height <= _PLAIN:
        return False
    if is_inner(unit.name):
        return True
    if unit.files < _SMALL or kinds < _KINDS:
        return False
    return kinds >= _BUSY or int(container.imports[number].sum()) >= _SMALL


def _is_of_the_other_side(unit: Unit, files: Iterable[int], container: Container) -> bool:
    """Whether a package is for the browser and the unit for the machine behind it, or the other way round."""
    side = side_of([unit.name])
    if side == 0:
        return False  # as of most
    sides = [side_of([container.names[unit]]) for unit in container.member[list(files)].tolist() if unit >= 0]
    return sum(one * side < 0 for one in sides) > len(sides) / 2


def _is_made(inside: Iterable[int], unit: Unit, facts: Facts, graph: FileGraph) -> bool:
    """Whether a unit is mostly of migrations or of generated code, which use what their generator writes."""
    flags = [facts.files[graph.paths[number]].flags for number in inside]
    made = sum(not one.isdisjoint(_MADE) for one in flags)
    return bool(_GENERATED.search(unit.name)) or made >= _MOSTLY * max(1, len(flags))


def _asked_for(facts: Facts, container: Container) -> Mapping[str, str]:
    """The texts of the manifests inside each unit that is a project of its own: what they do not name, the build keeps out."""
    texts: dict[str, list[str]] = defaultdict(list)
    units = {unit.path for unit in container.units if unit.is_package}
    for path in manifests_among(facts.paths):
        unit = f"{container.path}{path[len(container.path) :].partition('/')[0]}/"
        if path.startswith(container.path) and unit in units:
            texts[unit].append(facts.reader.text(path) or "")
    return {unit: "\n".join(found) for unit, found in texts.items()}


def _statement(
    found: Sequence[_Absent],
    unit: Unit,
    common: Importers,
    graph: FileGraph,
    product: Product,
) -> Statement:
    """The package of which chance would make most, and others of its trade: two that have nothing in common are two statements."""
    first = max(found, key=lambda absent: (absent.expected, absent.vendor))
    told = sorted(absent for absent in found if of_one_trade(absent.vendor, first.vendor))[:_MAX_FREE]
    users = sum(len(common[absent.vendor]) for absent in told)
    return Statement(
        form=Form.VENDOR_FREE,
        container=product.folder,
        sources=ends_of([unit]),
        forbidden=tuple(End(module=absent.vendor, external=True) for absent in told),
        exceptions=allow((glob, ANYTHING) for glob in test_globs(graph, paths_of(unit))),
        expected=sum(absent.expected for absent in told),
        probability=told[0].probability,
        attempts=users,
        reverse=users,
        share=unit.files / len(product.files),
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


def _absent(
    vendor: str, users: int, inside: frozenset[int], able: frozenset[int], dealt: tuple[int, int] | None
) -> _Absent | None:
    """A package that so many files use and a unit does not, where chance would hardly do the same.

    ``able`` are the files that could use it; ``dealt`` are the imports from outside that the unit makes and that all of them make, or
    None for a unit of which nobody expects any.
    """
    drawn = none_outside(len(able) - len(able & inside), users, len(able))
    if dealt is None:
        return _Absent(drawn, vendor, users * len(inside) / len(able)) if drawn < _FREE_AT else None
    own, made = dealt
    probability = max(drawn, none_outside(made - own, users, made))
    return _Absent(probability, vendor, users * own / made) if probability < _FREE_AT else None
