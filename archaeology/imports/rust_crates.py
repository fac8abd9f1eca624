"""The crates of a Rust repository: their manifests, and the module tree that the files make."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from archaeology.imports.json_text import at
from archaeology.imports.project import Project, join, normalize, parent

_SECTIONS = ("dependencies", "dev-dependencies", "build-dependencies")
_TARGET_FOLDERS = ("src/bin", "tests", "examples", "benches")


@dataclass
class Crate:
    """A library, program or test: ``modules`` maps module paths (``("a", "b")``; empty for the root) to files."""

    name: str
    folder: str
    root: str
    modules: dict[tuple[str, ...], str] = field(default_factory=dict)


@dataclass
class Manifest:
    """A ``Cargo.toml``: ``dependencies`` maps the name that code uses to the package's name on the registry."""

    folder: str
    name: str
    library: str
    dependencies: dict[str, str] = field(default_factory=dict)


class Crates:
    """All crates; ``of`` gives each file its crate and module path, ``libraries`` each library by the name that code uses."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.manifests: dict[str, Manifest] = {}
        self.libraries: dict[str, Crate] = {}
        self.of: dict[str, tuple[Crate, tuple[str, ...]]] = {}
        crates: dict[str, Crate] = {}
        for path in project.named("Cargo.toml"):
            self._read(path)
        for path in sorted(project.files):
            if path.endswith(".rs"):
                self._place(path, crates)

    @cached_property
    def own(self) -> frozenset[str]:
        """The names of the repository's own packages."""
        return frozenset(manifest.name for manifest in self.manifests.values())

    def manifest_of(self, path: str) -> Manifest | None:
        """Return the manifest of the package that a file belongs to."""
        folder = parent(path)
        while folder not in self.manifests:
            if not folder:
                return None
            folder = parent(folder)
        return self.manifests[folder]

    def _read(self, path: str) -> None:
        value = _toml(self._project.read_text(path))
        name = at(value, "package", "name")
        if not isinstance(name, str):
            return
        library = at(value, "lib", "name")
        folder = parent(path)
        manifest = Manifest(folder, name, library if isinstance(library, str) else name.replace("-", "_"))
        tables = [value, *(at(value, "target") or {}).values()] if isinstance(at(value, "target"), dict) else [value]
        for table in tables:
            for section in _SECTIONS:
                found = at(table, section)
                for used, wanted in found.items() if isinstance(found, dict) else ():
                    package = at(wanted, "package")
                    manifest.dependencies[used.replace("-", "_")] = package if isinstance(package, str) else used
        self.manifests[folder] = manifest
        entry = at(value, "lib", "path")
        root = normalize(join(folder, entry if isinstance(entry, str) else "src/lib.rs"))
        if root in self._project.files and root is not None:
            self.libraries[manifest.library] = Crate(manifest.library, folder, root)

    def _place(self, path: str, crates: dict[str, Crate]) -> None:
        manifest = self.manifest_of(path)
        if manifest is None:
            return
        crate, base = self._crate(path, manifest, crates)
        inside = path[len(base) + 1 if base else 0 :].removesuffix(".rs").split("/")
        is_root = path == crate.root or (base == crate.root and len(inside) == 1)
        parts = () if is_root else tuple(inside[:-1] if inside[-1] == "mod" else inside)
        if path == crate.root or not is_root:
            crate.modules.setdefault(parts, path)
        self.of[path] = (crate, parts)

    def _crate(self, path: str, manifest: Manifest, crates: dict[str, Crate]) -> tuple[Crate, str]:
        """Return the crate of a file, and the folder from which its module path counts."""
        inside = path[len(manifest.folder) + 1 if manifest.folder else 0 :]
        for folder in _TARGET_FOLDERS:
            if inside.startswith(folder + "/"):
                home = join(manifest.folder, folder)
                rest = inside[len(folder) + 1 :]
                first, slash, _ = rest.partition("/")
                nested_main = join(home, f"{first}/main.rs")
                if slash and nested_main in self._project.files:
                    return crates.setdefault(nested_main, Crate(first, manifest.folder, nested_main)), join(home, first)
                # Each file here is the root of a crate of its own, and helpers (``tests/common/mod.rs``) belong to all of them:
                # one tree serves for all, with the folder for a root.
                return crates.setdefault(home, Crate(manifest.name, manifest.folder, home)), home
        library = self.libraries.get(manifest.library)
        if library is not None and library.folder == manifest.folder:
            return library, parent(library.root)
        main = join(manifest.folder, "src/main.rs")
        root = main if main in self._project.files else path
        return crates.setdefault(manifest.folder, Crate(manifest.name, manifest.folder, root)), parent(root)


def _toml(text: str | None) -> dict[str, Any]:
    try:
        return tomllib.loads(text or "")
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
