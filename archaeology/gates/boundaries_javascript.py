"""Boundary rules of ESLint (eslint-plugin-boundaries, import/no-restricted-paths, no-restricted-imports) and Nx tags."""

from __future__ import annotations

import posixpath

from archaeology.facts import Gate
from archaeology.gates.linters_javascript import eslint_config, eslint_rules, level, options
from archaeology.gates.literals import parse_json
from archaeology.gates.located import MISSING, MalformedConfigError, Node
from archaeology.gates.source import Source, Tree
from archaeology.gates.workspaces import Workspaces, folder_end
from archaeology.model import End, ImportBoundary
from archaeology.reader import preload

_NX_RULES = ("@nx/enforce-module-boundaries", "@nrwl/nx/enforce-module-boundaries")


def read_eslint_boundaries(source: Source) -> list[Gate]:
    """Read the boundary rules of one ESLint configuration, as far as it is literal."""
    try:
        document = eslint_config(source)
    except MalformedConfigError:
        return []  # computed: the linter's own gate names it
    rules = eslint_rules(document)
    gates = _elements(source, document, rules)
    for name in ("import/no-restricted-paths", "import-x/no-restricted-paths"):
        gates += _restricted_paths(source, name, rules.get(name, MISSING))
    for name in ("no-restricted-imports", "@typescript-eslint/no-restricted-imports"):
        gates += _restricted_imports(source, name, rules.get(name, MISSING))
    for name in _NX_RULES:
        gates += _nx_tags(source, name, rules.get(name, MISSING))
    return gates


def _gate(source: Source, rule: tuple[str, Node], name: str, lines: Node, boundary: ImportBoundary) -> Gate:
    word = level(rule[1])
    return source.gate(
        f"boundary:eslint:{source.folder}{rule[0]}:{name}",
        "boundary",
        name,
        lines,
        command="eslint",
        boundaries=(boundary,),
        required=word in {"error", "2"},
    )


def _elements(source: Source, document: Node, rules: dict[str, Node]) -> list[Gate]:
    """Read ``boundaries/element-types``: by default disallow, or the rules that say which element may not import which."""
    rule = rules.get("boundaries/element-types", rules.get("boundaries/dependencies", MISSING))
    elements: dict[str, tuple[End, ...]] = {}
    for block in document.each():
        for element in block.get("settings", "boundaries/elements").each():
            folders = [_folder(source, pattern) for pattern in element.get("pattern").texts()]
            ends = tuple(folder_end(folder) for folder in folders if folder in source.tree.folders and folder)
            if element.get("type").text() and ends:
                elements[element.get("type").text()] = ends
    gates: list[Gate] = []
    for setting in options(rule):
        closed = setting.get("default").text("allow") == "disallow"
        said = {name: entry for entry in setting.get("rules").each() for name in entry.get("from").texts()}
        for name, ends in elements.items():
            entry = said.get(name, MISSING)
            allowed, banned = set(entry.get("allow").texts()), set(entry.get("disallow").texts())
            others = [
                other
                for other in elements
                if other != name and (other in banned or (closed and other not in allowed and "*" not in allowed))
            ]
            forbidden = tuple(end for other in others for end in elements[other])
            if forbidden:
                title = (
                    f"{name} imports only {', '.join(sorted(allowed)) or 'itself'}"
                    if closed
                    else f"{name} must not import {', '.join(others)}"
                )
                boundary = ImportBoundary(sources=ends, forbidden=forbidden)
                gates.append(_gate(source, ("element-types", rule), title, entry if entry.is_given else rule, boundary))
    return gates


def _restricted_paths(source: Source, name: str, rule: Node) -> list[Gate]:
    gates: list[Gate] = []
    for setting in options(rule):
        base = setting.get("basePath").text(".")
        for zone in setting.get("zones").each():
            targets = _ends(source, base, zone.get("target"))
            sources = _ends(source, base, zone.get("from"))
            if targets and sources:
                title = zone.get("message").text() or f"{targets[0].module} must not import {sources[0].module}"
                boundary = ImportBoundary(sources=targets, forbidden=sources)
                gates.append(_gate(source, (name, rule), title, zone, boundary))
    return gates


def _restricted_imports(source: Source, name: str, rule: Node) -> list[Gate]:
    """Read what nobody under the configuration's folder may import."""
    workspaces = Workspaces(source.tree, source.folder)
    gates: list[Gate] = []
    for setting in options(rule):
        entries = list(setting.get("paths").each()) if setting.is_mapping else [setting]
        for entry in entries:
            module = entry.text() or entry.get("name").text()
            if not module or entry.get("importNames").is_given or module.startswith("."):
                continue
            boundary = ImportBoundary(sources=(_everything(source),), forbidden=workspaces.ends(module, anchored=False))
            if boundary.forbidden:
                title = entry.get("message").text() or f"nobody imports {module}"
                gates.append(_gate(source, (name, rule), title, entry, boundary))
    return gates


def _nx_tags(source: Source, name: str, rule: Node) -> list[Gate]:
    """Read ``depConstraints``: projects with a tag import only projects with the tags that are listed."""
    tagged = _tagged_projects(source.tree)
    gates: list[Gate] = []
    for setting in options(rule):
        for constraint in setting.get("depConstraints").each():
            tag = constraint.get("sourceTag").text()
            allowed = set(constraint.get("onlyDependOnLibsWithTags").texts())
            banned = set(constraint.get("notDependOnLibsWithTags").texts())
            mine = [folder for folder, tags in tagged.items() if tag in tags]
            others = [
                folder
                for folder, tags in tagged.items()
                if folder not in mine and ((allowed and "*" not in allowed and not tags & allowed) or tags & banned)
            ]
            if tag in {"", "*"} or not mine or not others:
                continue
            boundary = ImportBoundary(sources=tuple(map(folder_end, mine)), forbidden=tuple(map(folder_end, others)))
            title = (
                f"{tag} imports only {', '.join(sorted(allowed))}"
                if allowed
                else f"{tag} must not import {', '.join(sorted(banned))}"
            )
            gates.append(_gate(source, (name, rule), title, constraint, boundary))
    return gates


def _tagged_projects(tree: Tree) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    paths = [path for path in sorted(tree.files) if path.endswith("/project.json")]
    preload(tree.reader, paths)
    for path in paths:
        try:
            tags = parse_json(tree.text(path) or "null").get("tags").texts()
        except MalformedConfigError:
            continue  # no project of Nx
        if tags:
            found[path[: path.rfind("/") + 1]] = frozenset(tags)
    return found


def _ends(source: Source, base: str, node: Node) -> tuple[End, ...]:
    workspaces = Workspaces(source.tree, "")
    places = [_folder(source, posixpath.join(base, text)).rstrip("/") for text in node.texts()]
    return tuple(end for place in places if place for end in workspaces.ends(place, anchored=True))


def _folder(source: Source, pattern: str) -> str:
    """Return the folder that a glob is about, from the root of the repository, with a trailing slash."""
    fixed = pattern.split("*", 1)[0].removeprefix("./")
    path = posixpath.normpath(f"{source.folder}{fixed}")
    return "" if path in {".", ".."} or path.startswith("../") else f"{path}/"


def _everything(source: Source) -> End:
    return End(module=source.folder.rstrip("/") or ".", path=source.folder or "./")
