"""Where a repository declares the packages that it needs: a package that is still declared was not given up."""

from __future__ import annotations

import re
from functools import cached_property

from archaeology.facts import Facts, Flag
from archaeology.imports.json_text import read_json
from archaeology.reader import preload

_NAMES = frozenset(
    {
        "package.json", "pyproject.toml", "setup.py", "setup.cfg", "pipfile", "cargo.toml", "go.mod", "gemfile", "mix.exs", "composer.json",
        "pom.xml", "build.gradle", "build.gradle.kts", "libs.versions.toml", "directory.packages.props", "packages.config",
    }
)  # fmt: skip
_ENDINGS = (".csproj", ".fsproj", ".gemspec", ".props")
_REQUIREMENTS = re.compile(r"(?:^|/)requirements?[^/]*(?:/[^/]*)?\.(?:txt|in)$")
_POSSIBLE = (
    *_NAMES,
    *_ENDINGS,
    ".txt",
    ".in",
    "\n",
)  # a name may end with a newline, before which an expression ends as well
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
        files = self._facts.files
        possible = [path for path in files if path.lower().endswith(_POSSIBLE)]  # which few are
        found = [path for path in possible if is_manifest(path) and files[path].flags.isdisjoint(_ASIDE)]
        # Beside a package's own manifest, a list of requirements is what its developers install.
        lists = [path for path in found if _REQUIREMENTS.search(path)]
        own = [path for path in found if path not in set(lists)] or lists
        return tuple(sorted(own, key=lambda path: (path.count("/"), path)))[:_MOST]

    def name(self, package: str) -> bool:
        """Whether one of them names the package on a line of its own right."""
        expression = re.compile(pattern(package))
        return any(expression.search(text) for text in self._texts)

    def only_for_developers(self, package: str) -> bool:
        """Whether a manifest of JavaScript declares a package for developers alone, beside others for those who run the code."""
        declared = [
            found
            for path, text in zip(self.paths, self._texts, strict=True)
            if path.endswith("package.json") and (found := _declared(text))
        ]
        return any(package in developers for _, developers in declared) and not any(
            package in users for users, _ in declared
        )

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
    name = path[path.rfind("/") + 1 :].lower()
    return name in _NAMES or name.endswith(_ENDINGS) or _REQUIREMENTS.search(path) is not None


def _declared(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """What a ``package.json`` declares for those who run the code and for developers; None where it makes no such difference."""
    read = read_json(text)
    users = _keys(read, "dependencies") | _keys(read, "peerDependencies") | _keys(read, "optionalDependencies")
    return (users, _keys(read, "devDependencies")) if users else None


def _keys(read: dict[str, object], section: str) -> frozenset[str]:
    found = read.get(section)
    return frozenset(found) if isinstance(found, dict) else frozenset()
