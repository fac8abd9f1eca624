"""What a build lets import what: projects, and the other projects of the repository that their manifests name.

Cargo, Gradle, Maven, .NET and umbrellas of Elixir refuse an import of a project that is named neither by the importing project nor by
one that it names. That nobody makes such an import is no news.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from archaeology.facts import Facts, Flag
from archaeology.imports.json_text import read_json
from archaeology.imports.project import join, normalize

_CSHARP_ENDINGS = (".csproj", ".fsproj", ".vbproj")
_GRADLE = frozenset({"build.gradle", "build.gradle.kts"})
_NAMES = frozenset({"Cargo.toml", "pom.xml", "mix.exs", *_GRADLE})
_ENDINGS = (*_CSHARP_ENDINGS, *_NAMES)
_WORKSPACE = "package.json"
_PROJECT_REFERENCE = re.compile(r"<ProjectReference\s[^>]{0,200}?Include\s*=\s*[\"']([^\"']+)[\"']")
_TEST_RUNNER = re.compile(
    r"<IsTestProject>\s*true|Include\s*=\s*\"(?:Microsoft\.NET\.Test\.Sdk|xunit\.runner\.\w+|NUnit3TestAdapter|MSTest(?:\.TestAdapter)?)\"",
    re.IGNORECASE,
)
_GRADLE_PATH = re.compile(r"project\s*\(\s*(?:path\s*[:=]\s*)?[\"']:([\w.:/-]+)[\"']")
_GRADLE_ACCESSOR = re.compile(r"\bprojects\.([\w.]+)")
_ARTIFACT = re.compile(r"<artifactId>\s*([\w.-]+)\s*</artifactId>")
_PARENT = re.compile(r"<parent>.*?</parent>", re.DOTALL)
_CRATE_PATH = re.compile(r"\bpath\s*=\s*\"([^\"]+)\"")
_CRATE_NAME = re.compile(r"^\s*name\s*=\s*\"([\w-]+)\"", re.MULTILINE)
_CRATE_KEY = re.compile(
    r"^\s*\"?([\w-]+)\"?(?:\.workspace)?\s*=|^\s*\[[\w.'\"()-]*dependencies\.([\w-]+)\]", re.MULTILINE
)
_APP_NAME = re.compile(r"\bapp:\s*:(\w+)")
_APP_NAMED = re.compile(r"\{\s*:(\w+)\s*,[^}]*\b(?:in_umbrella|path):")
_NPM_SECTIONS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_NAMED_BY = {"pom.xml": ("maven", _ARTIFACT), "Cargo.toml": ("cargo", _CRATE_NAME), "mix.exs": ("mix", _APP_NAME)}
_JOINS = re.compile(r"[-_.]")


@dataclass(frozen=True)
class Builds:
    """The folders of a repository that a build system takes for one project each, with their trailing slashes.

    ``reach`` gives for each of them, where its manifest could be read, all projects that its code can import: those that it names,
    and what these name in turn. ``manifests`` are the paths of all manifests.
    """

    projects: frozenset[str] = frozenset()
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)
    manifests: tuple[str, ...] = ()

    def of(self, path: str) -> str | None:
        """Return the project that a file or folder lies in: the nearest one around it."""
        folder = path[: path.rfind("/") + 1]
        if folder not in self._owners:
            around = folder
            while around and around not in self.projects:
                around = around[: around.rfind("/", 0, -1) + 1]
            self._owners[folder] = around if around in self.projects else None
        return self._owners[folder]

    def believing(self, folders: Sequence[str], imports: Iterable[tuple[int, int]]) -> Builds:
        """Return the same without the manifests that imports between folders, by their numbers, belie: what they name comes from elsewhere."""
        if not self.reach:
            return self
        owners = list(map(self.of, folders))
        met = {(owners[one], owners[other]) for one, other in imports}
        belied = {source for source, target in met if self.refuses(source, target)}
        kept = {folder: reach for folder, reach in self.reach.items() if folder not in belied}
        return Builds(self.projects, kept, self.manifests)

    @cached_property
    def _owners(self) -> dict[str, str | None]:
        """The project of each folder that was asked about."""
        return {}

    def refuses(self, source: str | None, target: str | None) -> bool:
        """Whether code of one project cannot import code of the other."""
        if source is None or target is None or source == target:
            return False
        reach = self.reach.get(source)
        return reach is not None and target not in reach


def manifests_among(paths: Iterable[str]) -> list[str]:
    """Return the files, in their order, that are manifests of projects, in which what these use is named."""
    possible = (path for path in paths if path.endswith(_ENDINGS))  # which tells nearly all others in one look
    return [path for path in possible if path.endswith(_CSHARP_ENDINGS) or path.rpartition("/")[2] in _NAMES]


def test_projects(facts: Facts) -> tuple[str, ...]:
    """Return the folders of .NET's projects that a test runner runs, in order: their helpers are no product either."""
    found = [path for path in facts.paths if path.endswith(_CSHARP_ENDINGS) and "/" in path]
    return tuple(
        path.rpartition("/")[0] + "/"
        for path in found
        if _TEST_RUNNER.search(facts.reader.text(path) or "") is not None
    )


def read_builds(facts: Facts, *, workspaces: bool = False) -> Builds:
    """Read the manifests of all projects that are not vendored, and follow what they name.

    ``workspaces`` reads the packages of JavaScript instead of what a compiler or build tool keeps apart.
    """
    manifests: dict[str, list[str]] = defaultdict(list)
    for path in _packages(facts.paths) if workspaces else manifests_among(facts.paths):
        if Flag.VENDORED not in facts.files[path].flags and _is_project(path, facts):
            manifests[path[: path.rfind("/") + 1]].append(path)
    every = tuple(sorted(path for paths in manifests.values() for path in paths))
    if len(manifests) < 2:  # noqa: PLR2004 - one project refuses nothing
        return Builds(frozenset(manifests), manifests=every)
    texts = {path: facts.reader.text(path) for paths in manifests.values() for path in paths}
    known = {path: text for path, text in texts.items() if text is not None}
    names = _names(known)
    named: dict[str, set[str]] = {}
    for folder, paths in manifests.items():
        if all(path in known for path in paths):
            named[folder] = {other for path in paths for other in _named(path, known[path], names)} & manifests.keys()
    return Builds(frozenset(manifests), {folder: _closure(folder, named) for folder in named}, every)


def _packages(paths: Iterable[str]) -> list[str]:
    """The manifests of packages of JavaScript."""
    return [path for path in paths if path.endswith(_WORKSPACE) and path.rpartition("/")[2] == _WORKSPACE]


def _is_project(path: str, facts: Facts) -> bool:
    """Whether a manifest makes a project: one of Node without a name only says how the files around it are read."""
    return not path.endswith(_WORKSPACE) or bool(read_json(facts.reader.text(path)).get("name"))


def _closure(start: str, named: Mapping[str, Iterable[str]]) -> frozenset[str]:
    seen, waiting = {start}, [start]
    while waiting:
        new = set(named.get(waiting.pop(), ())) - seen
        seen |= new
        waiting += sorted(new)
    return frozenset(seen)


def _names(texts: Mapping[str, str]) -> Mapping[tuple[str, str], str]:
    """The folder of each project by the kind of its manifest and what others call it."""
    found: dict[tuple[str, str], str] = {}
    inner: list[tuple[str, str]] = []
    for path, text in texts.items():
        folder, slash, name = path.rpartition("/")
        if name in _GRADLE:
            found["gradle", _plain(folder.replace("/", ":"))] = folder + slash
            inner += [(end, folder + slash) for end in _ends(_plain(folder.replace("/", ":")))]
        elif (called := _called(name, text)) is not None:
            found[called] = folder + slash
    for end, folder in sorted(inner, key=lambda one: (one[1].count("/"), one)):
        found.setdefault(("gradle", end), folder)  # the whole build may lie in a folder
    return found


def _called(name: str, text: str) -> tuple[str, str] | None:
    """What a manifest calls its project, with the kind of the manifest."""
    if name == _WORKSPACE:
        package = read_json(text).get("name")
        return ("npm", package) if isinstance(package, str) else None
    kind, pattern = _NAMED_BY.get(name, ("", None))
    found = None if pattern is None else pattern.search(_PARENT.sub("", text) if kind == "maven" else text)
    if found is None:
        return None
    return kind, _plain(found[1]) if kind == "cargo" else found[1]


def _ends(name: str) -> Iterator[str]:
    while (name := name.partition(":")[2]) != "":
        yield name


def _named(path: str, text: str, names: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """The folders of the projects that a manifest names."""
    folder, _, name = path.rpartition("/")
    if name in _GRADLE:
        written = [found.strip(":") for found in _GRADLE_PATH.findall(text)]
        written += [found.replace(".", ":") for found in _GRADLE_ACCESSOR.findall(text)]
        yield from _known("gradle", (_plain(one) for one in written), names)
    elif name == "pom.xml":
        yield from _known("maven", _ARTIFACT.findall(text), names)
    elif name == _WORKSPACE:
        value = read_json(text)
        sections = [value.get(section) for section in _NPM_SECTIONS]
        yield from _known("npm", (key for one in sections if isinstance(one, dict) for key in one), names)
    elif name == "Cargo.toml":
        keys = (first or second for first, second in _CRATE_KEY.findall(text))
        yield from _known("cargo", (_plain(key) for key in keys), names)
        for written in _CRATE_PATH.findall(text):
            yield _folder(folder, written)
    elif name == "mix.exs":
        yield from _known("mix", _APP_NAMED.findall(text), names)
    else:
        for written in _PROJECT_REFERENCE.findall(text):
            yield _folder(folder, written.replace("\\", "/").rpartition("/")[0])


def _known(kind: str, written: Iterable[str], names: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for name in written:
        if (kind, name) in names:
            yield names[kind, name]


def _folder(around: str, written: str) -> str:
    found = normalize(join(around, written))
    return f"{found}/" if found else ""


def _plain(name: str) -> str:
    """A project's name without case and joints: Gradle's accessors write `my-project` as `myProject`."""
    return _JOINS.sub("", name).lower()
