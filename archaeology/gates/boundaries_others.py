"""Boundaries of Go, Java and Kotlin: go-arch-lint, depguard, ``internal`` packages, ArchUnit rules, JPMS modules."""

from __future__ import annotations

import re

from archaeology.facts import Flag, Gate
from archaeology.gates.source import Source, Tree
from archaeology.gates.workspaces import folder_end
from archaeology.model import BoundaryException, End, ImportBoundary

MAX_RULES = 200
_ARCH_STATEMENT = re.compile(r"\b(noClasses\(\)|classes\(\))([^;]{1,1500});", re.DOTALL)
_ARCH_SIDE = re.compile(r"resideIn(?:AnyPackage|APackage|AnyPackages?)\(([^)]*)\)", re.IGNORECASE)
_ARCH_TEXT = re.compile(r'"([^"\n]*)"')
_ARCH_DEPEND = re.compile(r"\.should\(\)|\.shouldNot\w*\(")
_ARCH_ONLY = re.compile(r"onlyDependOnClassesThat|onlyAccessClassesThat|onlyBeAccessed|onlyHaveDependentClassesThat")
_ARCH_LAYER = re.compile(r'\.layer\("([^"]+)"\)\s*\.definedBy\(([^)]*)\)')
_ARCH_ACCESS = re.compile(
    r'\.whereLayer\("([^"]+)"\)\s*\.(mayOnlyBeAccessedByLayers|mayNotBeAccessedByAnyLayer|mayOnlyAccessLayers)\(([^)]*)\)'
)
_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)", re.MULTILINE)
_MODULE = re.compile(r"^\s*(?:open\s+)?module\s+([\w.]+)\s*\{([^}]*)\}", re.MULTILINE | re.DOTALL)
_MODULE_LINE = re.compile(r"\b(requires|exports|opens)\s+(?:transitive\s+|static\s+)*([\w.]+)")


def read_go_arch_lint(source: Source) -> list[Gate]:
    """Read ``.go-arch-lint.yml``: components, and which of them each may depend on."""
    document = source.yaml
    base = document.get("workdir").text().strip("./")
    components = {
        name: tuple(
            folder_end(folder) for text in component.get("in").texts() if (folder := _go_folder(source, base, text))
        )
        for name, component in document.get("components").items()
    }
    common = set(document.get("commonComponents").texts())
    gates: list[Gate] = []
    for name, rule in document.get("deps").items():
        if rule.get("anyProjectDeps").flag():
            continue
        allowed = {name, *common, *rule.get("mayDependOn").texts()}
        forbidden = tuple(end for other, ends in components.items() if other not in allowed for end in ends)
        sources = components.get(name, ())
        boundaries = (ImportBoundary(sources=sources, forbidden=forbidden),) if sources and forbidden else ()
        gates.append(
            source.gate(
                f"boundary:go-arch-lint:{name}",
                "boundary",
                f"{name} depends only on what it may",
                rule,
                command="go-arch-lint check",
                boundaries=boundaries,
            )
        )
    return gates


def _go_folder(source: Source, base: str, pattern: str) -> str:
    folder = "/".join(part for part in (source.folder.rstrip("/"), base, pattern.split("*", 1)[0].strip("/")) if part)
    return f"{folder}/" if f"{folder}/" in source.tree.folders else ""


def read_depguard(source: Source) -> list[Gate]:
    """Read the rules of golangci's depguard: packages that some files must not import."""
    document = source.yaml
    settings = (
        document.get("linters", "settings")
        if document.get("linters", "settings").is_mapping
        else document.get("linters-settings")
    )
    gates: list[Gate] = []
    for name, rule in settings.get("depguard", "rules").items():
        banned = [(entry.get("pkg").text() or entry.text()).rstrip("$") for entry in rule.get("deny").each()]
        forbidden = tuple(End(module=module, external=True) for module in banned if module)
        folders = [
            _go_folder(source, "", text.removeprefix("**/"))
            for text in rule.get("files").texts()
            if not text.startswith(("!", "$"))
        ]
        sources = tuple(folder_end(folder) for folder in folders if folder) or (End(module=".", path="./"),)
        if forbidden:
            boundary = ImportBoundary(sources=sources, forbidden=forbidden)
            gates.append(
                source.gate(
                    f"boundary:depguard:{name}",
                    "boundary",
                    f"depguard {name}",
                    rule,
                    command="golangci-lint run",
                    boundaries=(boundary,),
                )
            )
    return gates


def read_archunit(source: Source) -> list[Gate]:
    """Read the simple forms of ArchUnit rules in a Java or Kotlin test, by their words."""
    packages = JavaPackages(source.tree)
    gates: list[Gate] = []
    for found in list(_ARCH_STATEMENT.finditer(source.text))[:MAX_RULES]:
        boundary = _archunit_boundary(found, packages)
        if boundary is None:
            continue
        lines = _lines(source, found)
        title = f"{', '.join(end.module for end in boundary.sources)} must not depend on {', '.join(end.module for end in boundary.forbidden)}"
        gates.append(
            source.gate(f"boundary:archunit:{source.path}:{lines[0]}", "boundary", title, lines, boundaries=(boundary,))
        )
    return gates + _archunit_layers(source, packages)


def _archunit_boundary(found: re.Match[str], packages: JavaPackages) -> ImportBoundary | None:
    """Return the boundary of ``noClasses().that()...should().dependOnClassesThat()...``; other forms are left alone."""
    body = found.group(2)
    parts = _ARCH_DEPEND.split(body, maxsplit=1)
    if found.group(1) != "noClasses()" or len(parts) != 2 or _ARCH_ONLY.search(body):  # noqa: PLR2004 - before and after "should"
        return None
    sources = packages.ends(_sides(parts[0]))
    forbidden = packages.ends(_sides(parts[1]))
    if not sources or not forbidden or not re.search(r"depend|access", parts[1], re.IGNORECASE):
        return None
    return ImportBoundary(sources=sources, forbidden=forbidden)


def _sides(text: str) -> list[str]:
    return [name for side in _ARCH_SIDE.finditer(text) for name in _ARCH_TEXT.findall(side.group(1))]


def _archunit_layers(source: Source, packages: JavaPackages) -> list[Gate]:
    layers = {name: packages.ends(_ARCH_TEXT.findall(where)) for name, where in _ARCH_LAYER.findall(source.text)}
    gates: list[Gate] = []
    for found in list(_ARCH_ACCESS.finditer(source.text))[:MAX_RULES]:
        name, verb, others = found.group(1), found.group(2), set(_ARCH_TEXT.findall(found.group(3)))
        rest = tuple(end for layer, ends in layers.items() if layer not in {name, *others} for end in ends)
        here = layers.get(name, ())
        sources, forbidden = (here, rest) if verb == "mayOnlyAccessLayers" else (rest, here)
        if sources and forbidden:
            boundary = ImportBoundary(sources=sources, forbidden=forbidden)
            title = " ".join([name, verb, *sorted(others)])
            gates.append(
                source.gate(
                    f"boundary:archunit:{source.path}:{title}",
                    "boundary",
                    title,
                    _lines(source, found),
                    boundaries=(boundary,),
                )
            )
    return gates


def _lines(source: Source, found: re.Match[str]) -> tuple[int, int]:
    return source.text.count("\n", 0, found.start()) + 1, source.text.count("\n", 0, found.end()) + 1


class JavaPackages:
    """Which folders a package pattern such as ``..domain..`` or ``com.shop.web..`` means."""

    def __init__(self, tree: Tree) -> None:
        paths = (
            path for path, file in tree.files.items() if path.endswith((".java", ".kt")) and Flag.TEST not in file.flags
        )
        self._folders = sorted({path[: path.rfind("/") + 1] for path in paths})
        self._all = tree.folders

    def ends(self, patterns: list[str]) -> tuple[End, ...]:
        """Return the outermost folders that the patterns mean, or external packages where there are none."""
        return tuple(dict.fromkeys(end for pattern in patterns for end in self._ends(pattern)))

    def _ends(self, pattern: str) -> list[End]:
        middle = pattern.strip(".").replace(".", "/")
        if not middle or "*" in middle or "(" in middle:
            return []
        open_start = pattern.startswith("..")
        found: set[str] = set()
        for folder in self._folders:
            place = f"/{folder}".find(f"/{middle}/")
            if place >= 0 and (open_start or self._is_root(f"/{folder}"[1 : place + 1])):
                found.add(f"/{folder}"[1 : place + len(middle) + 2])
        if not found and not open_start:
            return [End(module=pattern.strip("."), external=True)]
        return [End(module=java_package(folder), path=folder) for folder in sorted(found)]

    def _is_root(self, folder: str) -> bool:
        return folder == "" or folder.endswith(("src/", "java/", "kotlin/", "main/"))


def java_package(folder: str) -> str:
    """Return the package that a folder below a source root stands for."""
    for root in ("/java/", "/kotlin/", "/src/"):
        if root in f"/{folder}":
            return f"/{folder}".split(root, 1)[1].strip("/").replace("/", ".")
    return folder.strip("/").replace("/", ".")


def read_module_info(source: Source) -> list[Gate]:
    """Read ``module-info.java``: what a module exports is open to others, everything else is closed to them."""
    found = _MODULE.search(
        re.sub(
            r"//[^\n]*|/\*.*?(?:\*/|\Z)", lambda match: "\n" * match.group().count("\n"), source.text, flags=re.DOTALL
        )
    )
    if found is None:
        return []
    lines = _MODULE_LINE.findall(found.group(2))
    exported = {name for verb, name in lines if verb == "exports"}
    closed = [
        End(module=java_package(folder), path=folder)
        for folder in JavaPackages(source.tree)._folders  # noqa: SLF001 - the same module
        if folder.startswith(source.folder) and folder != source.folder and java_package(folder) not in exported
    ]
    outside = tuple(
        End(module=path[: -len("module-info.java")].strip("/"), path=path[: -len("module-info.java")])
        for path in sorted(source.tree.files)
        if path.endswith("/module-info.java") and path != source.path
    )
    boundaries = (ImportBoundary(sources=outside, forbidden=tuple(closed)),) if closed and outside else ()
    words = tuple(f"{verb} {name}" for verb, name in lines)
    return [
        source.gate(
            f"boundary:jpms:{found.group(1)}",
            "boundary",
            f"module {found.group(1)}",
            None,
            command="javac",
            strictness=words[:40],
            boundaries=boundaries,
        )
    ]


def go_internal_gates(tree: Tree) -> list[tuple[str, ImportBoundary]]:
    """Return for each Go ``internal`` folder a file to cite and the boundary that the compiler keeps around it."""
    found: list[tuple[str, ImportBoundary]] = []
    go_files = sorted(
        path for path, file in tree.files.items() if path.endswith(".go") and Flag.VENDORED not in file.flags
    )
    for folder in sorted({f"{path.split('/internal/', 1)[0]}/internal/" for path in go_files if "/internal/" in path}):
        parent = folder[: -len("internal/")]
        first = next(path for path in go_files if path.startswith(folder))
        boundary = ImportBoundary(
            sources=(End(module=".", path="./"),),
            forbidden=(folder_end(folder),),
            except_=(BoundaryException(from_=f"{parent}**", to=f"{folder}**"),),
        )
        found.append((first, boundary))
    return found
