"""Usings that hold for a whole C# project: ``global using`` in any of its files, ``<Using Include="..."/>`` in what builds it.

No file says that it uses such a namespace, so the types of it that a file's code mentions have to tell
(:mod:`archaeology.imports.csharp_names`). What is used through an extension method alone is not seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from archaeology.facts import FileFacts, Import, ImportEdge
from archaeology.imports.csharp_names import Mentions, around
from archaeology.imports.project import Project, edge_to, parent

_ENDING = ".csproj"
_SHARED_FILES = ("Directory.Build.props", "Directory.Build.targets")
_USING = re.compile(r"<Using\s[^>]{0,400}?\bInclude\s*=\s*[\"']([\w.]+)[\"'][^>]{0,200}>")


class GlobalUsings:
    """The namespaces that each project of the repository uses everywhere; ``types`` are the repository's, by namespace and name."""

    def __init__(self, project: Project, types: Mapping[str, Mapping[str, str]]) -> None:
        """Look at the files of a repository; nothing is read before it is asked for."""
        self._project = project
        self._types = types

    def edges(self, path: str, facts: FileFacts, seen: Mentions) -> Iterator[ImportEdge]:
        """Yield the edges of a file to the types of the namespaces its project uses everywhere that its code mentions (``seen``)."""
        namespaces = self._used_in.get(self._project_of(path), ())
        near = around(facts.package or "")
        wanted = [name for name in namespaces if name in self._types and name not in near]
        if not wanted:
            return
        own = {name for namespace in near for name in self._types.get(namespace, ())}
        own |= {definition.name.rpartition(".")[2] for definition in facts.definitions}
        mentioned = {name: line for name, line in seen.first.items() if name not in own}
        for namespace in wanted:
            targets: dict[str, int] = {}
            for name, target in self._types[namespace].items():
                if name in mentioned and target != path:
                    targets[target] = min(mentioned[name], targets.get(target, mentioned[name]))
            for target, line in sorted(targets.items()):
                yield edge_to(path, Import(namespace, line), target)

    @cached_property
    def _projects(self) -> frozenset[str]:
        return frozenset(parent(path) for path in self._project.files if path.endswith(_ENDING))

    def _project_of(self, path: str) -> str:
        folder = parent(path)
        while folder and folder not in self._projects:
            folder = parent(folder)
        return folder

    @cached_property
    def _used_in(self) -> dict[str, tuple[str, ...]]:
        """The namespaces by the folder of the project, in the order of their names."""
        found: dict[str, set[str]] = defaultdict(set)
        for path, facts in self._project.of_languages("csharp"):
            for used in facts.imports:
                if used.reexport:  # ``global using``
                    found[self._project_of(path)].add(used.module)
        shared = {parent(path): self._built_with(path) for path in self._project.named(*_SHARED_FILES)}
        for path in self._project.files:
            if path.endswith(_ENDING):
                found[parent(path)] |= self._built_with(path)
        for folder in self._projects:
            for above, names in shared.items():
                if not above or f"{folder}/".startswith(f"{above}/"):
                    found[folder] |= names
        return {folder: tuple(sorted(names)) for folder, names in found.items()}

    def _built_with(self, path: str) -> set[str]:
        return set(_USING.findall(self._project.read_text(path) or ""))
