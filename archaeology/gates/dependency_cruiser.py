"""dependency-cruiser's forbidden rules as import boundaries, from JSON and from literal JavaScript configurations."""

from __future__ import annotations

from dataclasses import dataclass

from archaeology.facts import Gate
from archaeology.gates.literals import parse_exported
from archaeology.gates.located import Node
from archaeology.gates.patterns import Prefix, prefixes
from archaeology.gates.source import Source
from archaeology.gates.workspaces import Workspaces, covers
from archaeology.model import BoundaryException, End, ImportBoundary

_OTHERWISE = (
    "dependencyTypes",
    "couldNotResolve",
    "circular",
    "moreThanOneDependencyType",
    "license",
    "orphan",
    "ancestor",
)
_FROM_OUTSIDE = ("type-only", "core", "npm", "unknown", "undetermined", "deprecated")
_ASIDE = ("node_modules", "dist/", "coverage/")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a rule: the places that it names, or (``negated``) all but them; ``excused`` are taken out again."""

    places: tuple[Prefix, ...]
    negated: bool
    excused: tuple[Prefix, ...]


def read_dependency_cruiser(source: Source) -> list[Gate]:
    """Read one file: a gate for each forbidden rule; what is not about places gets a gate without boundaries."""
    document = source.json if source.name.endswith(".json") else parse_exported(source.text)[0]
    workspaces = Workspaces(source.tree, source.folder)
    gates: list[Gate] = []
    for number, rule in enumerate(document.get("forbidden").each(), start=1):
        severity = rule.get("severity").text("warn")
        if severity == "ignore":
            continue
        name = rule.get("name").text() or f"rule {number}"
        comment = " ".join(rule.get("comment").text().split())
        boundaries = _boundaries(rule, workspaces)
        gates.append(
            source.gate(
                f"boundary:dependency-cruiser:{name}",
                "boundary" if boundaries or rule.get("to", "circular").flag() else "linter",
                f"{name}: {comment}" if comment else name,
                rule,
                command="depcruise",
                strictness=tuple(word for word in (severity, *_kinds(rule)) if word),
                boundaries=boundaries,
                required=severity == "error",
            )
        )
    return gates


def _kinds(rule: Node) -> tuple[str, ...]:
    to = rule.get("to")
    return tuple(
        kind
        for kind in ("circular", "couldNotResolve", "orphan", "reachable")
        if to.get(kind).flag() or rule.get("from", kind).flag()
    )


def _boundaries(rule: Node, workspaces: Workspaces) -> tuple[ImportBoundary, ...]:
    start, to = _side(rule.get("from")), _side(rule.get("to"))
    if start is None or to is None or not start.places or not _is_about_places(rule.get("to")):
        return ()
    sources = workspaces.all_but(start.places) if start.negated else _ends(start.places, workspaces)
    forbidden = _complement(sources, to, workspaces) if to.negated else _ends(to.places, workspaces)
    sources = _opened(sources, forbidden, workspaces)
    kept = tuple(end for end in sources if not any(covers(excuse, end) for excuse in start.excused))
    exceptions = (
        *(BoundaryException(from_=_glob(excuse), to="**") for excuse in start.excused if excuse.anchored),
        *(
            BoundaryException(from_="**", to=_glob(excuse))
            for excuse in to.excused
            if _is_place(excuse) and not to.negated
        ),
    )
    type_only = "type-only" in rule.get("to", "dependencyTypesNot").texts()
    reachable = rule.get("to", "reachable").flag()
    boundary = ImportBoundary(
        sources=kept,
        forbidden=tuple(end for end in forbidden if end not in kept),
        except_=exceptions,
        indirect=reachable,
        ignore_type_checking=type_only,
    )
    return (boundary,) if boundary.sources and boundary.forbidden else ()


def _side(node: Node) -> _Side | None:
    """Read ``path`` and ``pathNot`` (a text or a list of them); None where one of them is computed."""
    if any(node.get(key).is_given and not node.get(key).texts() for key in ("path", "pathNot")):
        return None
    wanted = [prefixes(text) for text in node.get("path").texts() if "$" not in text.rstrip("$")]
    # "$1" is what the source's expression caught: the source itself.
    excused = [prefixes(text) for text in node.get("pathNot").texts() if not text.startswith(("$1", "^$1"))]
    out = tuple(prefix for group in excused if not group.negated for prefix in group.items)
    if not node.get("path").is_given:
        return _Side(out, negated=bool(out), excused=())
    places = tuple(prefix for group in wanted for prefix in group.items)
    if any(group.negated for group in wanted):
        return _Side((*places, *out), negated=True, excused=())
    return _Side(places, negated=False, excused=out)


def _is_about_places(to: Node) -> bool:
    """Whether the rule bans a place, and not only some kind of dependency (development ones, deprecated ones) there."""
    if to.get("reachable").is_given and not to.get("reachable").flag():
        return False  # what must be reachable is no boundary
    if any(not kind.startswith(_FROM_OUTSIDE) for kind in to.get("dependencyTypesNot").texts()):
        return False  # it is about how something is imported
    return (to.get("path").is_given or to.get("pathNot").is_given) and not any(
        to.get(key).is_given for key in _OTHERWISE
    )


def _ends(places: tuple[Prefix, ...], workspaces: Workspaces) -> tuple[End, ...]:
    return tuple(dict.fromkeys(end for place in places for end in workspaces.ends(place.text, anchored=place.anchored)))


def _complement(sources: tuple[End, ...], to: _Side, workspaces: Workspaces) -> tuple[End, ...]:
    """Return what lies beside the sources and is not allowed; of a folder that is allowed in part, the other children."""
    allowed = [place for place in to.places if place.anchored]
    if not allowed:
        return ()
    found: list[End] = []
    for end in (end for source in sources for end in workspaces.beside(source)):
        inside = [place for place in allowed if place.text.startswith(end.path or "\0") and place.text != end.path]
        found += workspaces.children(end) if inside else [end]
    return tuple(dict.fromkeys(end for end in found if not any(covers(place, end) for place in allowed)))


def _opened(sources: tuple[End, ...], forbidden: tuple[End, ...], workspaces: Workspaces) -> tuple[End, ...]:
    """Replace a source that holds something forbidden by its other children."""
    found: list[End] = []
    for source in sources:
        holds = any(end.path and source.path and end.path.startswith(source.path) for end in forbidden)
        found += [end for end in workspaces.children(source) if end not in forbidden] if holds else [source]
    return tuple(dict.fromkeys(found))


def _is_place(place: Prefix) -> bool:
    return place.anchored and not place.text.startswith(_ASIDE)


def _glob(place: Prefix) -> str:
    return place.text if place.whole else f"{place.text.rstrip('/')}/**"
