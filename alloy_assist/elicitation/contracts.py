"""The ready-made contract for an import boundary, in the words of the project's own import checker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from alloy_assist.elicitation.boundary import common_folder
from alloy_assist.elicitation.deptrac import deptrac_contract

_ROOTS = frozenset({"src", "lib", "python", "source"})
TOOLS = ("import-linter", "tach", "dependency-cruiser", "deptrac", "archunit")
_BY_SUFFIX = {
    ".py": "import-linter",
    ".ts": "dependency-cruiser",
    ".tsx": "dependency-cruiser",
    ".js": "dependency-cruiser",
    ".jsx": "dependency-cruiser",
    ".mjs": "dependency-cruiser",
    ".php": "deptrac",
    ".java": "archunit",
    ".kt": "archunit",
}


def contract_for(check: dict[str, Any], tool: str | None, title: str, layers: tuple[tuple[str, ...], ...] = ()) -> str:
    """Return the contract's text for a boundary, or an empty string where the check is no boundary or the tool is not known.

    ``layers`` holds the paths of each layer, the highest first, where the boundary is a stack of them.
    """
    if layers and tool == "import-linter":
        return _layers(layers, title)
    write = _WRITERS.get(tool or "")
    if write is None or check.get("kind") != "import_boundary":
        return ""
    return write(check, title)


def tool_for(gates: list[str], paths: list[str]) -> str | None:
    """Return the import checker that the gates name, else the usual one for the files' language, else None."""
    for tool in TOOLS:
        if any(tool in gate.lower() for gate in gates):
            return tool
    endings = [suffix for path in paths for suffix in _BY_SUFFIX if path.endswith(suffix)]
    return _BY_SUFFIX[max(sorted(set(endings)), key=endings.count)] if endings else None


def _import_linter(check: dict[str, Any], title: str) -> str:
    pairs = [(_wild(str(item.get("from"))), _wild(str(item.get("to")))) for item in check.get("except", ())]
    ignored = [f"{source} -> {target}" for source, target in pairs if source and target]
    lines = [
        "[[tool.importlinter.contracts]]",
        f"name = {_toml(title)}",
        'type = "forbidden"',
        f"source_modules = {_toml_list(_modules(check, 'sources'))}",
        f"forbidden_modules = {_toml_list(_modules(check, 'forbidden'))}",
    ]
    if ignored:
        lines.append(f"ignore_imports = {_toml_list(ignored)}")
    if not check.get("indirect"):
        lines.append("allow_indirect_imports = true")
    if any(end.get("external") for end in check.get("forbidden", ())):
        lines.insert(0, "# needs include_external_packages = true under [tool.importlinter]")
    return "\n".join(lines) + "\n"


def _wild(name: str) -> str:
    """An exception's end as import-linter writes it: a folder stands for all in it. Empty for what it has no words for."""
    parts = name.rstrip("/").split("/")
    if "*" not in name:
        return f"{dotted(name)}.**" if name.endswith("/") else dotted(name)
    return ".".join(parts) if all(part == "**" or "*" not in part for part in parts) else ""


def _layers(layers: tuple[tuple[str, ...], ...], title: str) -> str:
    below = [[dotted(path) for path in layer] for layer in layers]
    container = dotted(common_folder([path for layer in layers for path in layer]))
    named = [" : ".join(module.removeprefix(f"{container}.") for module in layer) for layer in below]
    lines = ["[[tool.importlinter.contracts]]", f"name = {_toml(title)}", 'type = "layers"']
    if container:
        lines.append(f"containers = {_toml_list([container])}")
    return "\n".join([*lines, "layers = [", *(f"    {_toml(layer)}," for layer in named), "]"]) + "\n"


def _tach(check: dict[str, Any], title: str) -> str:
    internal = [_dotted(end) for end in check.get("forbidden", ()) if not end.get("external")]
    external = [str(end["module"]) for end in check.get("forbidden", ()) if end.get("external")]
    sources = _modules(check, "sources")
    # What may do it all the same is a module of its own, without limits.
    exempt = [
        dotted(str(item.get("from"))) for item in check.get("except", ()) if "*" not in str(item.get("from", "*"))
    ]
    lines = [f"# {_comment(title)}"]
    if external:
        lines.append("# outside packages are looked at by: tach check-external")
    for source in sources:
        lines += ["[[modules]]", f"path = {_toml(source)}"]
        if internal:
            lines.append(f"cannot_depend_on = {_toml_list([name for name in internal if name != source])}")
        if external:
            lines.append(f"cannot_depend_on_external = {_toml_list(external)}")
    # tach does not look at a module that it was not told of.
    for other in dict.fromkeys((*internal, *exempt)):
        if other not in sources:
            lines += ["[[modules]]", f"path = {_toml(other)}"]
    return "\n".join(lines) + "\n"


def _dependency_cruiser(check: dict[str, Any], title: str) -> str:
    exempt = [_regex(str(item.get("from", ""))) for item in check.get("except", ()) if item.get("from")]
    source: dict[str, Any] = {"path": _pattern(check, "sources")}
    if exempt:
        source["pathNot"] = "|".join(exempt)
    rule = {
        "name": _slug(title),
        "comment": title,
        "severity": "error",
        "from": source,
        "to": {"path": _pattern(check, "forbidden"), **({"reachable": True} if check.get("indirect") else {})},
    }
    return json.dumps(rule, indent=2, ensure_ascii=False) + "\n"


def _regex(glob: str) -> str:
    """A path or glob as a regular expression over paths."""
    stars = {r"\*\*/": "(.*/)?", r"\*\*": ".*", r"\*": "[^/]*"}
    pattern = re.escape(glob)
    for star, meaning in stars.items():
        pattern = pattern.replace(star, meaning)
    return f"^{pattern}"


def _deptrac(check: dict[str, Any], title: str) -> str:
    return deptrac_contract(check, _comment(title))


def _archunit(check: dict[str, Any], title: str) -> str:
    sources = ", ".join(_java(f"{module}..") for module in _modules(check, "sources"))
    forbidden = ", ".join(_java(f"{module}..") for module in _modules(check, "forbidden"))
    return (
        "@ArchTest\n"
        f"static final ArchRule {_identifier(title)} =\n"
        f"    noClasses().that().resideInAnyPackage({sources})\n"
        f"        .should().{'transitivelyDependOnClassesThat' if check.get('indirect') else 'dependOnClassesThat'}()\n"
        f"        .resideInAnyPackage({forbidden})\n"
        f"        .because({_java(title)});\n"
    )


def _modules(check: dict[str, Any], key: str) -> list[str]:
    """The ends as dotted modules: a folder or file that has no module name is named by its path below the source root."""
    return [_dotted(end) for end in check.get(key, ())]


def _dotted(end: dict[str, Any]) -> str:
    module = str(end.get("module") or "")
    if end.get("external") or (module and "/" not in module):
        return module
    return dotted(str(end.get("path") or module))


def dotted(path: str) -> str:
    """Return a path as the module it would be imported as: without source root and suffix."""
    parts = [part for part in path.rstrip("/").split("/") if part]
    if len(parts) > 1 and parts[0] in _ROOTS:
        parts = parts[1:]
    if parts and "/" in path and not path.endswith("/") and "." in parts[-1]:
        parts[-1] = parts[-1].rsplit(".", 1)[0]
    return ".".join(parts)


def _pattern(check: dict[str, Any], key: str) -> str:
    parts = []
    for end in check.get(key, ()):
        if end.get("external") or not end.get("path"):
            parts.append(f"(^|/)node_modules/{re.escape(str(end.get('module', '')))}(/|$)")
        else:
            path = str(end["path"])
            parts.append(f"^{re.escape(path)}" + ("" if path.endswith("/") else "$"))
    return "|".join(parts)


def _toml(text: str) -> str:
    return json.dumps(_comment(text), ensure_ascii=True)


def _toml_list(texts: list[str]) -> str:
    return f"[{', '.join(_toml(text) for text in texts)}]"


def _java(text: str) -> str:
    return json.dumps(_comment(text), ensure_ascii=True)


def _comment(text: str) -> str:
    return " ".join(text.split())


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "boundary"


def _identifier(text: str) -> str:
    cleaned = "_".join(re.findall(r"[a-z0-9]+", text.lower())) or "boundary"
    return cleaned if not cleaned[0].isdigit() else f"rule_{cleaned}"


_WRITERS: dict[str, Callable[[dict[str, Any], str], str]] = {
    "import-linter": _import_linter,
    "tach": _tach,
    "dependency-cruiser": _dependency_cruiser,
    "deptrac": _deptrac,
    "archunit": _archunit,
}
