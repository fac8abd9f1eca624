"""Which projects of .NET can use which others: those that they refer to, and what these refer to in turn.

Types are found by their names, and a name says little where a namespace is shared by many projects: what a project cannot refer to it
cannot mean. Where references are put together while building, or files are linked in from elsewhere, nothing is known.
"""

from __future__ import annotations

import re

from archaeology.imports.project import Project, join, normalize, parent

_REFERENCE = re.compile(r"<(?:\w+\.)?ProjectReference\b[^>]{0,300}?\bInclude\s*=\s*[\"']([^\"']+)[\"']")
_UNKNOWN = re.compile(r"<Compile\b[^>]{0,300}?\bInclude\s*=\s*[\"'][^\"']*\.\.|<Import\b|\.shproj|\.projitems")
_SHARED = ("Directory.Build.props", "Directory.Build.targets")


class DotNetProjects:
    """The projects of a repository, by their folders, with the folders of those that each can use."""

    def __init__(self, project: Project) -> None:
        """Read all project files; none of them, where what is common to all refers to projects."""
        self._reach: dict[str, frozenset[str]] = {}
        self._folders: set[str] = set()
        named: dict[str, set[str]] = {}
        unknown = set()
        for path in sorted(project.files):
            if path.endswith(".csproj"):
                folder, text = parent(path), project.read_text(path) or ""
                self._folders.add(folder)
                found = [written.replace("\\", "/") for written in _REFERENCE.findall(text)]
                if _UNKNOWN.search(text) or any("$(" in written or "*" in written for written in found):
                    unknown.add(folder)
                targets = (normalize(join(folder, written)) for written in found)
                named.setdefault(folder, {folder}).update(parent(target) for target in targets if target is not None)
        if any(_REFERENCE.search(project.read_text(path) or "") for path in project.named(*_SHARED)):
            return
        for folder in named:
            reach, waiting = {folder}, [folder]
            while waiting:
                new = named.get(waiting.pop(), set()) - reach
                reach |= new
                waiting += sorted(new)
            if not reach & unknown:
                self._reach[folder] = frozenset(reach)

    def can_use(self, source: str, target: str) -> bool:
        """Whether a file can use what another declares, as far as is known."""
        reach = self._reach.get(self._of(source) or "")
        other = self._of(target)
        return reach is None or other is None or other in reach

    def _of(self, path: str) -> str | None:
        folder = parent(path)
        while folder not in self._folders:
            if not folder:
                return None
            folder = parent(folder)
        return folder
