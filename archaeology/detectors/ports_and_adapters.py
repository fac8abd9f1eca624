"""Ports and adapters: interfaces that one class implements with a vendor and another one fakes in tests.

Why this is evidence of intent: an interface with a single implementation may be ceremony. One whose production implementation is the only
place that imports a vendor, and that tests replace by a fake of their own, is there so that something can be swapped or run without it;
keeping such a fake alive costs work with every change of the interface.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from archaeology.detectors.bases import Methods, by_base
from archaeology.detectors.doubles import does_what, hand_made, mocked
from archaeology.detectors.places import cite, cite_all, folder_of, production_paths
from archaeology.facts import Definition, Facts, Fake
from archaeology.facts.rows import Choice
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.text import counted

_PORT_KINDS = frozenset({"interface", "protocol", "trait"})
_CLASS_KINDS = frozenset({"class", "struct"})
_MIN_METHODS = 1
_DISTINCT_METHODS = 2
_MAX_PORTS = 40
_MOST_OUTSIDE = 0.5
_MOST_ADAPTERS = 6
_MOST_BEHIND = 3
_MOST_IMPLEMENTATIONS = 6
_MOST_CLASSES = 4
_MOST_VENDORS = 4
# What is told of something, or given something, is called from there; nobody does without what implements it.
_RECEIVES = re.compile(r"(?:Aware|Listener|Observer|Callback|Subscriber)$")


@dataclass(frozen=True)
class Port:
    """An interface, what implements it in production, what stands in for it in tests, and the vendors that only it lets in.

    ``letting_in`` are the files of implementations that import one of the vendors, ``mocked_in``: in how many test files a library makes a double of it.
    """

    name: str
    path: str
    definition: Definition
    implementations: tuple[tuple[str, Definition], ...]
    fakes: tuple[Fake, ...]
    vendors: tuple[str, ...]
    letting_in: frozenset[str] = frozenset()
    mocked_in: int = 0


def detect_ports_and_adapters(facts: Facts) -> Iterator[Observation]:
    """Yield for each port its implementations, the fakes that stand for it, and the reasons that name it."""
    for port in ports(facts)[:_MAX_PORTS]:
        group = stable_id("port", port.path, port.name)
        yield _port(facts, port, group)
        if port.fakes:
            names = list(dict.fromkeys(fake.name for fake in port.fakes))
            yield Observation(
                id=stable_id("obs", "ports_and_adapters", "fakes", group),
                category=Category.EVIDENCE,
                family=Family.PORTS_AND_ADAPTERS,
                summary=f"Tests put {', '.join(f'`{name}`' for name in names[:3])} ({port.fakes[0].path}) in its place"
                + (f", and {counted(port.mocked_in, 'test file')} mock it." if port.mocked_in else "."),
                subject=tuple(dict.fromkeys(fake.path for fake in port.fakes[:4])),
                citations=cite_all(facts, [(fake.path, fake.line, None) for fake in port.fakes], 2),
                data={"group": group, "role": "fake", "names": names[:4], "mocked_in": port.mocked_in},
            )
        yield from _reason(facts, port, group)


def ports(facts: Facts) -> list[Port]:
    """Return interfaces of the production code that something implements elsewhere and something fakes or hides a vendor behind."""
    product = tuple(production_paths(facts))
    declared = Choice(_is_abstract)
    abstract = [(path, one) for path in product for one in declared.of(facts.code[path].definitions)]
    if not abstract:
        return []
    importers = _vendor_importers(facts, product)
    methods = Methods(facts, product)
    building = by_base(facts, product, {one.name for _, one in abstract})
    fakes = hand_made(facts)
    found = []
    for path, definition in abstract:
        if definition.kind not in {*_PORT_KINDS, "class"} or _RECEIVES.search(definition.name):
            continue
        behind = tuple(_implementations(path, definition, methods, building))
        if not behind or len(behind) > _MOST_IMPLEMENTATIONS:
            continue  # a point that others extend: no single thing hides behind it
        doubles = [
            fake
            for fake in fakes.get(definition.name, ())
            if does_what(facts, fake, definition, methods.of(path, definition.name))
        ]
        vendors = _kept_in(importers, path, {place for place, _ in behind if _is_adapter(facts, importers, place)})
        faked = doubles and definition.kind in _PORT_KINDS and len(behind) <= _MOST_BEHIND
        if vendors or faked:
            letting = frozenset(user for vendor in vendors for user in importers[vendor])
            found.append(Port(definition.name, path, definition, behind, tuple(doubles), vendors, letting))
    mocks = mocked(facts) if found else {}
    found = [replace(port, mocked_in=len(mocks.get(port.name, ()))) for port in found]
    return sorted(found, key=lambda port: (not (port.fakes and port.vendors), not port.fakes, port.path, port.name))


def _port(facts: Facts, port: Port, group: str) -> Observation:
    places = [f"`{definition.name}` ({path})" for path, definition in port.implementations]
    vendors = ", ".join(f"`{vendor}`" for vendor in port.vendors)
    return Observation(
        id=stable_id("obs", "ports_and_adapters", "port", group),
        category=Category.STRUCTURAL,
        family=Family.PORTS_AND_ADAPTERS,
        summary=f"`{port.name}` ({port.path}) is implemented by {', '.join(places[:3])}"
        + (f", and hardly anything else imports {vendors}." if vendors else "."),
        subject=(port.path, *dict.fromkeys(path for path, _ in port.implementations))[:8],
        citations=(
            *cite(facts, port.path, port.definition.start_line, port.definition.end_line, port.name),
            *cite_all(facts, [(path, item.start_line, item.name) for path, item in port.implementations], 2),
        ),
        data={
            "group": group,
            "role": "port",
            "name": port.name,
            "path": port.path,
            "folder": folder_of(port.path),
            "implementations": list(dict.fromkeys(definition.name for _, definition in port.implementations)),
            "adapters": list(
                dict.fromkeys(item.name for path, item in port.implementations if path in port.letting_in)
            ),
            "vendors": list(port.vendors),
        },
    )


def _vendor_importers(facts: Facts, product: Collection[str]) -> dict[str, set[str]]:
    """For each external package the production files that import it."""
    known = frozenset(product)
    found: dict[str, set[str]] = defaultdict(set)
    for edge in facts.imports.edges:
        if edge.external and not edge.stdlib and not edge.type_checking and edge.source in known:
            found[edge.external].add(edge.source)
    return found


def _kept_in(importers: dict[str, set[str]], port: str, adapters: set[str]) -> tuple[str, ...]:
    """The vendors that adapters import and the port does not, nor much else: kept in, not merely used."""
    if not adapters or len(adapters) > _MOST_ADAPTERS:
        return ()
    return tuple(
        sorted(
            vendor
            for vendor, users in importers.items()
            if port not in users and len(users - adapters) <= _MOST_OUTSIDE * len(users)
        )
    )


def _is_adapter(facts: Facts, importers: dict[str, set[str]], path: str) -> bool:
    """Whether a file is about one thing outside: few classes, few vendors. A large module uses vendors for its own ends."""
    classes = sum(definition.kind in _CLASS_KINDS for definition in facts.code[path].definitions)
    return classes <= _MOST_CLASSES and sum(path in users for users in importers.values()) <= _MOST_VENDORS


def _implementations(
    port_path: str,
    port: Definition,
    methods: Methods,
    building: dict[str, list[tuple[str, Definition]]],
) -> Iterator[tuple[str, Definition]]:
    """Classes in other files that name the port as a base, or (for Python protocols) have all of its methods."""
    direct = [(path, item) for path, item in building.get(port.name, ()) if path != port_path]
    # What is abstract itself, or an interface, implements nothing; what builds upon it does.
    nominal = [entry for entry in direct if not _is_abstract(entry[1])]
    nominal += [
        entry
        for _, item in direct
        if _is_abstract(item)
        for entry in building.get(item.name, ())
        if not _is_abstract(entry[1])
    ]
    yield from nominal
    if nominal or port.kind != "protocol" or not port_path.endswith((".py", ".pyi")):
        return
    wanted = methods.of(port_path, port.name)
    if len(wanted) < _MIN_METHODS:
        return
    for path, owner, own in methods.all():
        # One shared method name (`get`) proves nothing unless the class also carries the port's own word.
        if path != port_path and wanted <= own and (len(wanted) >= _DISTINCT_METHODS or _shares_word(port.name, owner)):
            yield path, Definition(owner, "class", "public", 1, 1)


def _is_abstract(definition: Definition) -> bool:
    return definition.abstract or definition.kind in _PORT_KINDS


def _shares_word(port: str, implementation: str) -> bool:
    return implementation.lower().endswith(re.findall(r"[A-Z]?[^A-Z]*", port)[-2].lower())


def _reason(facts: Facts, port: Port, group: str) -> Iterator[Observation]:
    for reason in facts.history.reasons:
        if re.search(rf"\b{re.escape(port.name)}\b", reason.sentence) and any(
            folder_of(path) == folder_of(port.path) for path in reason.paths
        ):
            yield Observation(
                id=stable_id("obs", "ports_and_adapters", "reason", group, reason.commit),
                category=Category.HISTORICAL,
                family=Family.PORTS_AND_ADAPTERS,
                summary=f"A commit says why: “{reason.sentence}”",
                subject=reason.paths[:4],
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group, "role": "reason"},
            )
            return
