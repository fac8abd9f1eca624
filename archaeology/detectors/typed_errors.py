"""Typed errors: a hierarchy of failures that a team made for itself, and the places where foreign errors are turned into it.

Why this is evidence of intent: defining one exception class is habit, and so is raising ``ValueError``. A root with several own kinds
below it, raised nearly everywhere in its package instead of the built-in ones, is a vocabulary that somebody maintains; catching a
vendor's error and raising an own one in its place is a boundary, because it costs work and pays only if callers must not know the vendor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from archaeology.detectors.error_hierarchies import Hierarchy, Raises, hierarchies, last_name
from archaeology.detectors.error_tables import Foreign, table_of
from archaeology.detectors.places import cite, cite_all, common_folder, folder_of, production_paths, test_paths
from archaeology.facts import Catch, Facts, FileFacts, Import, Raise
from archaeology.facts.rows import Choice
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.text import counted

# Python's RuntimeError is what libraries say when they are misused; a caller is not meant to tell such failures apart.
_GENERIC = frozenset({"Exception", "BaseException", "Error", "RuntimeException", "Throwable", "StandardError"})
_Places = list[tuple[str, int, str | None]]
_MIN_RAISES = 5
_HANDLER_LINES = 10


def detect_typed_errors(facts: Facts) -> Iterator[Observation]:
    """Yield for each hierarchy its shape, how consistently it is raised, where foreign errors are translated, and what tests expect."""
    raises, foreign = Raises(facts), Foreign(facts)
    for hierarchy in hierarchies(facts):
        own = raises.own(hierarchy)
        used = [(path, item.line, item.symbol) for path, raised in own.items() for item in raised]
        if len(used) < _MIN_RAISES:
            continue
        group = _group(hierarchy)
        folder = common_folder([hierarchy.path, *(path for path, _, _ in used)]) or folder_of(hierarchy.path)
        generic = [(path, item.line, item.symbol) for path, item in raises.of(_GENERIC, folder)]
        yield _shape(facts, hierarchy, used, generic, folder)
        yield from _translations(facts, hierarchy, own, foreign)
        yield from _tests(facts, hierarchy, group)
        yield from _past(facts, hierarchy, group)
        yield from _words(facts, hierarchy, group)


def _group(hierarchy: Hierarchy) -> str:
    return stable_id("errors", hierarchy.path, hierarchy.root)


def _shape(facts: Facts, hierarchy: Hierarchy, used: _Places, generic: _Places, folder: str) -> Observation:
    group = _group(hierarchy)
    path, root = hierarchy.kinds[hierarchy.root]
    kinds = sorted(name for name in hierarchy.kinds if name != hierarchy.root)
    return Observation(
        id=stable_id("obs", "typed_errors", "shape", group),
        category=Category.STRUCTURAL,
        family=Family.TYPED_ERRORS,
        summary=(
            f"`{hierarchy.root}` has {len(kinds)} kinds below it ({', '.join(kinds[:4])}{', …' if len(kinds) > 4 else ''}), raised in "  # noqa: PLR2004 - as many as are listed
            f"{len(used)} places; {len(generic)} raises in `{folder or '.'}` are of built-in catch-all types."
        ),
        subject=(path,),
        citations=(*cite(facts, path, root.start_line, root.end_line, root.name), *cite_all(facts, used, 2)),
        data={
            "group": group,
            "root": hierarchy.root,
            "path": path,
            "folder": folder,
            "kinds": kinds,
            "raised": len(used),
            "generic": len(generic),
            "generic_places": [f"{place}:{line}" for place, line, _ in generic[:5]],
        },
    )


def _translations(
    facts: Facts, hierarchy: Hierarchy, raised: Mapping[str, Sequence[Raise]], foreign: Foreign
) -> Iterator[Observation]:
    """Where a handler for a foreign type stands in the same function as a raise of an own one, and where it does not."""
    external, group = foreign.vendors, _group(hierarchy)
    found: list[tuple[str, int, str | None, str]] = []
    handling = [path for path in foreign.paths if facts.code[path].catches or path in raised]
    lines = foreign.lines(handling)
    for path in handling:
        own = [item.line for item in raised.get(path, ())]
        found += [
            (path, handler.line, handler.symbol, vendor)
            for handler in facts.code[path].catches
            if own and _raises_inside(handler, facts.code[path], own)
            for vendor in _vendors_of(handler, facts.code[path], external[path])
        ]
        found += table_of(path, lines[path], set(hierarchy.kinds), external[path])
    if found:
        times = Counter(vendor for *_, vendor in found)
        vendors = sorted(times, key=lambda vendor: (-times[vendor], vendor))
        files = sorted({path for path, *_ in found})
        users = {path for path in production_paths(facts) if not times.keys().isdisjoint(external.get(path, ()))}
        yield Observation(
            id=stable_id("obs", "typed_errors", "translation", group),
            category=Category.BEHAVIOURAL,
            family=Family.TYPED_ERRORS,
            summary=(
                f"Errors of {_listed(vendors)} are caught and raised again as kinds of `{hierarchy.root}` in "
                f"{_listed(files)}; {counted(len(users), 'file')} {'import' if len(users) > 1 else 'imports'} {_listed(vendors)}."
            ),
            subject=tuple(files),
            citations=cite_all(facts, [(path, line, symbol) for path, line, symbol, _ in found]),
            data={
                "group": group,
                "vendors": vendors,
                "places": len({(path, line) for path, line, *_ in found}),
                "files": files[:4],
                "untranslated": sorted(users - set(files))[:20],
                "guarded": list(dict.fromkeys(symbol for _, _, symbol, _ in found if symbol)),
                "unguarded": _unguarded(facts, found),
                "users": len(users),
            },
        )


def _unguarded(facts: Facts, found: Sequence[tuple[str, int, str | None, str]]) -> list[str]:
    """The functions of the translating files that call a vendor and do not translate its errors, each with the call's place.

    A table of errors holds for its whole file. A type of the vendor's that is only caught or raised is no call of what may fail.
    """
    translating = {(path, symbol, vendor) for path, _, symbol, vendor in found}
    named: dict[tuple[str, str], str] = {}
    for path, vendor in sorted({(path, vendor) for path, _, _, vendor in found}):
        if (path, None, vendor) in translating:
            continue
        code = facts.code[path]
        types = {last_name(kind) for handler in code.catches for kind in handler.types} | {
            last_name(item.type) for item in code.raises
        }
        for call in code.calls:
            calls = call.target.partition(".")[0] == vendor and last_name(call.target) not in types
            if calls and call.symbol and (path, call.symbol, vendor) not in translating:
                named.setdefault((path, call.symbol), f"`{call.symbol}` ({path}:{call.line})")
    return list(named.values())


def _raises_inside(handler: Catch, code: FileFacts, own: list[int]) -> bool:
    """Whether an own error is raised in the handler itself: after its first line, before the next handler or a few lines further."""
    after = [other.line for other in code.catches if other.line > handler.line]
    end = min([handler.line + _HANDLER_LINES, *after])
    return any(handler.line < line <= end for line in own)


def _vendors_of(handler: Catch, code: FileFacts, external: set[str]) -> list[str]:
    """The external packages whose errors a handler names, through a module or by an imported name."""
    imported = {name: item.module.split(".")[0] for item in code.imports for name in item.names}
    seen = {kind.split(".")[0] if "." in kind else imported.get(kind, "") for kind in handler.types}
    return sorted(seen & external)


def _tests(facts: Facts, hierarchy: Hierarchy, group: str) -> Iterator[Observation]:
    """Tests that name the kinds: somebody relies on being able to tell the failures apart."""
    places: list[tuple[str, int, str | None]] = []
    kinds: set[str] = set()
    naming = Choice[Import](lambda item: not hierarchy.kinds.keys().isdisjoint(item.names))
    for path in test_paths(facts):
        for item in naming.of(facts.code[path].imports):
            kinds |= hierarchy.kinds.keys() & item.names
            places.append((path, item.line, None))
    if len(kinds) > 1:
        yield Observation(
            id=stable_id("obs", "typed_errors", "tests", group),
            category=Category.EVIDENCE,
            family=Family.TYPED_ERRORS,
            summary=f"Tests in {counted(len({path for path, *_ in places}), 'file')} tell {len(kinds)} of the kinds apart.",
            subject=tuple(sorted({path for path, *_ in places})[:5]),
            citations=cite_all(facts, places),
            data={"group": group, "kinds": len(kinds)},
        )


def _past(facts: Facts, hierarchy: Hierarchy, group: str) -> Iterator[Observation]:
    """Commit messages that give a reason and name the root or one of its kinds."""
    for reason in facts.history.reasons:
        named = [name for name in hierarchy.kinds if name in reason.sentence]
        if named:
            yield Observation(
                id=stable_id("obs", "typed_errors", "reason", group, reason.commit),
                category=Category.HISTORICAL,
                family=Family.TYPED_ERRORS,
                summary=f"A commit says why about `{named[0]}`: “{reason.sentence}”",
                subject=reason.paths[:5],
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group},
            )
            return


def _words(facts: Facts, hierarchy: Hierarchy, group: str) -> Iterator[Observation]:
    """A comment or docstring at the root that says what it is for, or a rule in a document that names it."""
    path, root = hierarchy.kinds[hierarchy.root]
    for comment in facts.code[path].comments:
        if comment.symbol == root.name and root.start_line <= comment.start_line <= root.end_line:
            yield Observation(
                id=stable_id("obs", "typed_errors", "words", group),
                category=Category.TEXTUAL,
                family=Family.TYPED_ERRORS,
                summary=f"`{hierarchy.root}` says what it is for.",
                subject=(path,),
                citations=cite(facts, path, comment.start_line, comment.end_line, root.name),
                data={"group": group},
            )
            return
    for rule in facts.documents.rules:
        if hierarchy.root in rule.text:
            yield Observation(
                id=stable_id("obs", "typed_errors", "rule", group),
                category=Category.TEXTUAL,
                family=Family.TYPED_ERRORS,
                summary=f"{rule.path} states a rule about `{hierarchy.root}`.",
                subject=(rule.path,),
                citations=cite(facts, rule.path, rule.start_line, rule.end_line),
                data={"group": group, "stated": True},
            )
            return


def _listed(names: list[str]) -> str:
    shown = [f"`{name}`" for name in names[:3]]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - as many as are listed
    return ", ".join(shown) + more
