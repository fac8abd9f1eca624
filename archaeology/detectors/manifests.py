"""Where a repository declares the packages that it needs: a package that is still declared was not given up."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath

from archaeology.facts import Facts, Flag
from archaeology.reader import preload

_NAMES = frozenset(
    {
        "package.json", "pyproject.toml", "setup.py", "setup.cfg", "pipfile", "cargo.toml", "go.mod", "gemfile", "mix.exs", "composer.json",
        "pom.xml", "build.gradle", "build.gradle.kts", "libs.versions.toml", "directory.packages.props", "packages.config",
    }
)  # fmt: skip
_ENDINGS = (".csproj", ".fsproj", ".gemspec", ".props")
_REQUIREMENTS = re.compile(r"(?:^|/)requirements?[^/]*(?:/[^/]*)?\.(?:txt|in)$")
_ASIDE = frozenset({Flag.TEST, Flag.EXAMPLE, Flag.VENDORED, Flag.DOCUMENTATION, Flag.GENERATED})
_MOST = 400
# Go writes down what its packages need, too; that is nobody's choice.
_INDIRECT = r"(?!.*//\s*indirect)"


class Manifests:
    """The manifests of the product; their texts are read when first asked for."""

    def __init__(self, facts: Facts) -> None:
        """Look at the tracked files of these facts."""
        self._facts = facts

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Where they are, those nearest to the root first."""
        found = [path for path, file in self._facts.files.items() if is_manifest(path) and not file.flags & _ASIDE]
        # Beside a package's own manifest, a list of requirements is what its developers install.
        lists = [path for path in found if _REQUIREMENTS.search(path)]
        own = [path for path in found if path not in set(lists)] or lists
        return tuple(sorted(own, key=lambda path: (path.count("/"), path)))[:_MOST]

    def name(self, package: str) -> bool:
        """Whether one of them names the package on a line of its own right."""
        expression = re.compile(pattern(package))
        return any(expression.search(text) for text in self._texts)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        preload(self._facts.reader, self.paths)
        return tuple(self._facts.reader.text(path) or "" for path in self.paths)


def pattern(package: str) -> str:
    """Return an expression for a line of a manifest that names the package, hyphens and underscores being the same."""
    name = re.sub(r"(?:\\-|_|\\_)", "[-_]", re.escape(package))
    return rf"(?<![\w@/.-]){name}(?![\w/-]){_INDIRECT}"


def is_manifest(path: str) -> bool:
    """Whether a file of this name declares packages."""
    name = PurePosixPath(path).name.lower()
    return name in _NAMES or name.endswith(_ENDINGS) or _REQUIREMENTS.search(path) is not None
