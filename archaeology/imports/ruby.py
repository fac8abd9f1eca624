"""Ruby imports: required files, and constants that autoloading finds by their name.

Zeitwerk's rule (``app/models/billing/invoice.rb`` holds ``Billing::Invoice``) is followed for ``app/*``, ``lib`` and the like; other
constants are looked for where they are defined. Which constants a gem defines is guessed from its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archaeology.facts import Definition, Import, ImportEdge
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, join, normalize, parent

_GEM = re.compile(r"^\s*(?:gem|\w+\.add(?:_runtime|_development)?_dependency)[\s(]+['\"]([\w.-]+)['\"]", re.MULTILINE)
_ROOT = re.compile(r"^(?:.*/)?(?:app/[^/]+/concerns|app/[^/]+|lib|test|spec)(?=/)")
_STDLIB = frozenset(
    """
    abbrev base64 benchmark bigdecimal bundler cgi coverage csv date delegate did_you_mean digest drb English erb error_highlight etc expect
    fcntl fiddle fileutils find forwardable getoptlong io ipaddr irb json logger matrix minitest monitor mutex_m net nkf objspace observer
    open-uri open3 openssl optparse ostruct pathname pp prettyprint prime pstore psych pty racc rake rbconfig rdoc readline reline
    resolv rinda ripper rubygems securerandom set shellwords singleton socket stringio strscan syslog tempfile test time timeout tmpdir
    tracer tsort un unicode_normalize uri weakref yaml zlib
    """.split()
)


def resolve_ruby(project: Project) -> Resolved:
    """Return the edges of all Ruby files."""
    resolver = _Ruby(project)
    resolved = Resolved(modules=resolver.modules, roots=sorted({root + "/" for root in resolver.roots}))
    for path, facts in project.of_languages("ruby"):
        namespaces = [definition for definition in facts.definitions if definition.kind in {"class", "module"}]
        for found in facts.imports:
            edge = resolver.edge(path, namespaces, found)
            if edge is not None and edge.target != path:
                resolved.edges.append(edge)
            resolved.unresolved += edge is None and found.level > 0
    return resolved


class _Ruby:
    def __init__(self, project: Project) -> None:
        self._files = project.files
        self.modules: dict[str, str] = {}
        self.roots: set[str] = set()
        self._constants: dict[str, str] = {}
        defined: dict[str, list[str]] = {}
        for path, facts in project.of_languages("ruby"):
            match = _ROOT.match(path)
            root = match.group() if match else ""
            name = camelized(path[len(root) :].lstrip("/").removesuffix(".rb"))
            self.modules[path] = name
            if match:
                self.roots.add(root)
            for definition in facts.definitions:
                if definition.kind in {"class", "module"}:
                    defined.setdefault(definition.name, []).append(path)
                    if definition.name.lower() == name.lower():
                        self._constants.setdefault(definition.name, path)
        for constant, paths in defined.items():
            # A module that many files reopen is a namespace and belongs to none of them.
            if len(set(paths)) == 1:
                self._constants.setdefault(constant, paths[0])
        self._gems = _gems(project)

    def edge(self, path: str, namespaces: Iterable[Definition], found: Import) -> ImportEdge | None:
        """Return the edge of a required file or a constant, or None where it leads nowhere that we know.

        ``namespaces`` are the classes and modules that the file defines.
        """
        if found.module[:1].isupper() or found.module.startswith("::"):
            return self._constant(path, namespaces, found)
        if found.level:
            target = self._file(normalize(join(parent(path), found.module)))
            return edge_to(path, found, target) if target else None
        for root in sorted(self.roots, key=lambda root: (not root.endswith("lib"), len(root), root)):
            target = self._file(join(root, found.module))
            if target:
                return edge_to(path, found, target)
        first = found.module.partition("/")[0]
        return edge_out(path, found, first, stdlib=first in _STDLIB)

    def _file(self, base: str | None) -> str | None:
        return next((name for name in (base, f"{base}.rb") if name in self._files), None) if base is not None else None

    def _constant(self, path: str, namespaces: Iterable[Definition], found: Import) -> ImportEdge | None:
        name = found.module.removeprefix("::")
        for nesting in ("",) if found.module.startswith("::") else _nestings(namespaces, found.line):
            candidate = nesting + name
            while len(candidate) > len(nesting):
                if candidate in self._constants:
                    return edge_to(path, found, self._constants[candidate])
                candidate = candidate.rpartition("::")[0]
        parts = name.split("::")
        for end in range(len(parts), 0, -1):
            gem = self._gems.get("::".join(parts[:end]).lower())
            if gem is not None:
                return edge_out(path, found, gem)
        return None


def _nestings(namespaces: Iterable[Definition], line: int) -> Iterator[str]:
    """Yield the namespaces in which a constant on the line is looked up, innermost first, each with its ``::``."""
    around = [definition.name for definition in namespaces if definition.start_line <= line <= definition.end_line]
    for name in sorted(around, key=len, reverse=True):
        yield name + "::"
    yield ""


def _gems(project: Project) -> dict[str, str]:
    """Return the gems that are asked for, by the lower-case name of the constant that each probably defines."""
    texts = [project.read_text(path) or "" for path in project.named("Gemfile", "gems.rb")]
    texts += [project.read_text(path) or "" for path in sorted(project.files) if path.endswith(".gemspec")]
    return {camelized(name.replace("-", "/")).lower(): name for text in texts for name in _GEM.findall(text)}


def camelized(path: str) -> str:
    """Return the constant that a path stands for: ``billing/tax_rate`` is ``Billing::TaxRate``."""
    return "::".join("".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in path.split("/"))
