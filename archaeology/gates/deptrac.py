"""deptrac's layers and ruleset as import boundaries, with the baseline's exceptions."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from archaeology.facts import Gate
from archaeology.gates.located import MISSING, MalformedConfigError, Node
from archaeology.gates.patterns import prefixes
from archaeology.gates.php import Namespaces
from archaeology.gates.source import Source
from archaeology.gates.yaml_format import parse_yaml
from archaeology.model import BoundaryException, End, ImportBoundary


def read_deptrac(source: Source) -> list[Gate]:
    """Read one file: a gate for each layer of the ruleset, which may import nothing but the layers that it names."""
    document = source.yaml
    section = document.get("deptrac") if document.get("deptrac").is_mapping else document.first("parameters")
    section = section if section.is_mapping else document
    namespaces = Namespaces(source.tree, source.folder)
    defined = {name: layer for layer in section.get("layers").each() if (name := layer.get("name").text())}
    rules = _Rules(
        layers={name: _ends(name, layer, namespaces) for name, layer in defined.items()},
        ruleset=dict(section.get("ruleset").items()),
        exceptions=_exceptions(source, document, section),
    )
    return [
        _gate(source, name, layer, rules) for name, layer in defined.items() if rules.ruleset and rules.inside(name)
    ]


@dataclass(frozen=True, slots=True)
class _Rules:
    layers: dict[str, tuple[End, ...]]
    ruleset: dict[str, Node]
    exceptions: tuple[BoundaryException, ...]

    def inside(self, name: str) -> tuple[End, ...]:
        """The ends of a layer that are the repository's own: nobody polices what a vendor imports."""
        return tuple(end for end in self.layers[name] if not end.external)


def _gate(source: Source, name: str, layer: Node, rules: _Rules) -> Gate:
    """Make the gate of a layer; one that the ruleset does not name may import no other."""
    allowed = {name, *_allowed(name, rules.ruleset, set())}
    forbidden = tuple(end for other, ends in rules.layers.items() if other not in allowed for end in ends)
    boundary = ImportBoundary(sources=rules.inside(name), forbidden=forbidden, except_=rules.exceptions)
    return source.gate(
        f"boundary:deptrac:{name}",
        "boundary",
        f"{name} imports only what deptrac's ruleset allows",
        rules.ruleset.get(name, layer),
        command="deptrac analyse",
        boundaries=(boundary,) if forbidden else (),
    )


def _allowed(name: str, ruleset: dict[str, Node], seen: set[str]) -> set[str]:
    """Return the layers that one may use; ``+Layer`` brings those that Layer may use."""
    if name in seen:
        return set()
    seen.add(name)
    allowed: set[str] = set()
    for entry in ruleset.get(name, MISSING).texts():
        other = entry.removeprefix("+")
        allowed.add(other)
        if entry.startswith("+"):
            allowed |= _allowed(other, ruleset, seen)
    return allowed


def _ends(name: str, layer: Node, namespaces: Namespaces) -> tuple[End, ...]:
    ends: list[End] = []
    for collector in layer.get("collectors").each():
        kind = collector.get("type").text().lower()
        musts = list(collector.get("must").each()) if kind == "bool" else [collector]
        for must in musts:
            ends += _collected(name, must, namespaces)
    return tuple(dict.fromkeys(ends))


def _collected(name: str, collector: Node, namespaces: Namespaces) -> list[End]:
    kind = collector.get("type").text().lower()
    pattern = collector.first("value", "regex").text()
    if kind in {"directory", "glob"}:
        words = [pattern.split("*", 1)[0]] if kind == "glob" else [item.text for item in prefixes(pattern).items]
        return [namespaces.end_of_folder(word.removeprefix("./"), name) for word in words if word.strip("/.")]
    if kind.startswith(("classname", "interface", "trait", "class", "extends", "implements", "function")):
        expression = pattern[1:].rsplit(pattern[0], 1)[0] if pattern[:1] in {"/", "#", "~"} else pattern
        return [
            namespaces.end_of_class(item.text.rstrip("\\"), whole=item.whole)
            for item in prefixes(expression).items
            if item.text.strip("\\") and not item.loose
        ]
    return []


def _exceptions(source: Source, document: Node, section: Node) -> tuple[BoundaryException, ...]:
    skipped = [section.get("skip_violations")]
    for name in document.get("imports").texts():
        path = posixpath.normpath(f"{source.folder}{name}")
        text = source.tree.text(path)
        if text is None:
            continue
        try:
            imported = parse_yaml(text)
        except MalformedConfigError:
            continue  # the file is read on its own as well, and reported there
        skipped.append(imported.get("deptrac", "skip_violations"))
        skipped.append(imported.get("parameters", "skip_violations"))
    return tuple(
        BoundaryException(from_=start, to=end)
        for node in skipped
        for start, targets in node.items()
        for end in targets.texts()
    )
