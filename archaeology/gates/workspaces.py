"""The packages of a JavaScript repository: folders with a package.json, known by path and by name."""

from __future__ import annotations

import re
from functools import cached_property

from archaeology.facts import Flag
from archaeology.gates.literals import parse_json
from archaeology.gates.located import MISSING, MalformedConfigError, Node
from archaeology.gates.patterns import Prefix
from archaeology.gates.source import Tree
from archaeology.model import End

MAX_PACKAGES = 400
_PACKAGE = re.compile(r"(?:@[\w-][\w.-]*/)?[A-Za-z][\w.:/-]*")


class Workspaces:
    """Folders and packages as seen from the folder that a configuration lies in."""

    def __init__(self, tree: Tree, folder: str) -> None:
        self._tree = tree
        self._folder = folder

    @cached_property
    def packages(self) -> dict[str, str]:
        """Map the name of each package to its folder, with a trailing slash; the root package is left out."""
        found: dict[str, str] = {}
        for path, node in self.manifests.items():
            name = node.get("name").text()
            if name and "/" in path:
                found.setdefault(name, path[: path.rfind("/") + 1])
        return found

    @cached_property
    def manifests(self) -> dict[str, Node]:
        """Every package.json that is the repository's own, parsed; nothing in it where it is malformed."""
        paths = [
            path
            for path, file in self._tree.files.items()
            if path.rsplit("/", 1)[-1] == "package.json" and Flag.VENDORED not in file.flags
        ]
        return {
            path: self._parse(path) for path in sorted(paths, key=lambda path: (path.count("/"), path))[:MAX_PACKAGES]
        }

    def ends(self, place: str, *, anchored: bool) -> tuple[End, ...]:
        """Return what the beginning of a path means: folders and files of the repository, or a package from outside."""
        outside = place.split("node_modules/", 1)[-1].strip("/")
        if outside in self.packages:
            return (folder_end(self.packages[outside]),)
        path = f"{self._folder}{place}"
        folder = f"{path.rstrip('/')}/"
        if folder in self._tree.folders:
            return (folder_end(folder),)
        if path in self._tree.files:
            return (End(module=path, path=path),)
        if anchored and "node_modules" not in place:
            return tuple(
                End(module=file, path=file) for file in sorted(self._tree.files) if file.startswith(f"{path}.")
            )
        return (End(module=outside, external=True),) if _PACKAGE.fullmatch(outside) else ()

    def beside(self, end: End) -> tuple[End, ...]:
        """Return the folders beside a folder, and where it is a package of a workspace, all other packages."""
        if end.path is None or not end.path.endswith("/"):
            return ()
        depth = end.path.count("/")
        siblings = {
            child.path or "" for child in self.children(folder_end(end.path[: end.path.rstrip("/").rfind("/") + 1]))
        }
        if end.path in self.packages.values():
            siblings |= {folder for folder in self.packages.values() if folder.count("/") == depth}
        return tuple(folder_end(folder) for folder in sorted(siblings - {end.path}))

    def children(self, end: End) -> list[End]:
        """Return the folders with code of the product directly inside a folder, in order."""
        base = end.path or ""
        depth = base.count("/") + 1
        inside = {folder for folder in self._code_folders if folder.startswith(base) and folder.count("/") == depth}
        return [folder_end(folder) for folder in sorted(inside)]

    def all_but(self, places: tuple[Prefix, ...]) -> tuple[End, ...]:
        """Return the outermost folders with code that none of these places covers, going into those covered in part."""
        found: list[End] = []
        waiting = self.children(folder_end(self._folder))
        while waiting:
            end = waiting.pop(0)
            if any(covers(place, end) for place in places):
                continue
            inside = any(place.anchored and place.text.startswith(end.path or "") for place in places)
            children = self.children(end) if inside else []
            waiting += children
            found += [] if children else [end]
        return tuple(found)

    @cached_property
    def _code_folders(self) -> frozenset[str]:
        paths = [path for path, file in self._tree.files.items() if file.language is not None and file.is_production]
        return frozenset(
            path[: end + 1]
            for path in paths
            for end, letter in enumerate(path)
            if letter == "/" and not path.startswith(".")
        )

    def _parse(self, path: str) -> Node:
        text = self._tree.text(path)
        try:
            return MISSING if text is None else parse_json(text)
        except MalformedConfigError:
            return MISSING  # read on its own as well, and reported there


def folder_end(folder: str) -> End:
    """Return the end for a folder, named by its path."""
    return End(module=folder.rstrip("/"), path=folder)


def covers(place: Prefix, end: End) -> bool:
    """Whether the whole of a folder lies under the place that an expression means."""
    return end.path is not None and place.anchored and not place.whole and end.path.startswith(place.text.rstrip("/"))
