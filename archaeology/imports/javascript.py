"""JavaScript and TypeScript imports: files and index files, tsconfig paths, workspace packages, Node's own modules, npm packages.

Follows bundlers where they are looser than Node: endings may be left out, ``.js`` may mean ``.ts``. An alias that only a
bundler's program knows is not resolved; it counts as unresolved where it looks like one.
"""

from __future__ import annotations

from archaeology.facts import Import, ImportEdge
from archaeology.imports.javascript_packages import Packages
from archaeology.imports.javascript_paths import TsConfigs
from archaeology.imports.project import Project, Resolved, edge_out, edge_to, join, normalize, parent

ENDINGS = (".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".json")
_SOURCE_OF = {".js": (".ts", ".tsx", ".d.ts"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_BUILTIN = frozenset(
    """
    assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2
    https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls
    trace_events tty url util v8 vm wasi worker_threads zlib test sqlite sea
    """.split()
)
_RUNTIMES = ("node:", "bun:", "deno:", "cloudflare:")


def resolve_javascript(project: Project) -> Resolved:
    """Return the edges of all JavaScript and TypeScript files."""
    resolver = _JavaScript(project)
    resolved = Resolved(roots=resolver.packages.roots())
    for path, facts in project.of_languages("javascript", "typescript", "tsx"):
        resolved.modules[path] = _module_name(path)
        for found in facts.imports:
            edge = resolver.edge(path, found)
            if edge is None:
                resolved.unresolved += 1
            elif edge.target != path:
                resolved.edges.append(edge)
    return resolved


class _JavaScript:
    def __init__(self, project: Project) -> None:
        self._files = project.files
        self._configs = TsConfigs(project)
        self.packages = Packages(project)
        self._known: dict[tuple[str, str], str | None] = {}

    def edge(self, path: str, found: Import) -> ImportEdge | None:
        """Return the edge of one import, or None where it looks internal and leads nowhere."""
        module = found.module.partition("?")[0]
        if module.startswith(_RUNTIMES):
            return edge_out(path, found, module.partition(":")[2], stdlib=True)
        key = (parent(path), module)
        if key not in self._known:
            self._known[key] = self._target(parent(path), module)
        target = self._known[key]
        if target is not None:
            return edge_to(path, found, target)
        if module.partition("/")[0] in _BUILTIN:  # unless the settings of the compiler put a folder of ours before it
            return edge_out(path, found, module, stdlib=True)
        if module.startswith((".", "/", "#", "~/", "@/")) or not module:
            return None
        return edge_out(path, found, package_of(module))

    def _target(self, folder: str, module: str) -> str | None:
        if module.startswith("."):
            return self._relative(folder, module)
        candidates = [*self._configs.candidates(folder, module), *self.packages.candidates(folder, module)]
        for candidate in candidates:
            found = self.file(candidate)
            if found is not None:
                return found
        return None

    def _relative(self, folder: str, module: str) -> str | None:
        base = normalize(join(folder, module))
        return None if base is None else self.file(base)

    def file(self, base: str) -> str | None:
        """Return the file that a path without (or with another) ending stands for."""
        if base in self._files:
            return base
        for ending, sources in _SOURCE_OF.items():
            if base.endswith(ending):
                for source in sources:
                    if base.removesuffix(ending) + source in self._files:
                        return base.removesuffix(ending) + source
        for ending in ENDINGS:
            if base + ending in self._files:
                return base + ending
        return next((index for ending in ENDINGS if (index := join(base, "index" + ending)) in self._files), None)


def package_of(module: str) -> str:
    """Return the npm package of a bare import: the first part, or the first two of a scoped one."""
    parts = module.split("/")
    return "/".join(parts[:2]) if module.startswith("@") and len(parts) > 1 else parts[0]


def _module_name(path: str) -> str:
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if path.endswith(ending):
            return path.removesuffix(ending).removesuffix("/index")
    return path
