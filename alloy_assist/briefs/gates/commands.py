"""One check becomes one command. Where nothing can run without this program, the command is ``alloy check``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from alloy_assist.briefs.errors import GateError
from alloy_assist.briefs.gates.patterns import glob_expression, module_expression
from alloy_assist.briefs.gates.python_modules import python_module
from alloy_assist.briefs.gates.scripts import import_script, path_script, pattern_script
from archaeology.model import (
    BoundaryException,
    Check,
    Command,
    End,
    ImportBoundary,
    PathExists,
    PatternAbsent,
    PatternPresent,
    SymbolExists,
    TestExists,
)
from store.records import EvidenceDefinition

_CHECK: TypeAdapter[Check] = TypeAdapter(Check)
_PYTHON_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
_PYTHON_TEST = re.compile(r"(?!-)[\w./-]+\.py(::[\w.\[\]-]+)*", re.ASCII)
_SCRIPT_SECONDS = 120
_TEST_SECONDS = 600
Tool = Literal["python", "project", "import-linter", "alloy"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a gate is run: a command (``{file}`` stands for the path of its file), the file's ending and text, and what it needs."""

    command: tuple[str, ...]
    runs_with: Tool
    seconds: int = _SCRIPT_SECONDS
    suffix: str = ""
    text: str = ""
    alternative: tuple[str, ...] = ()


def malformed_check(definition: EvidenceDefinition) -> str | None:
    """Return what is wrong with the check of a piece of evidence; None where it is well formed or there is none."""
    if definition.check is not None:
        try:
            _parsed(definition)
        except GateError as error:
            return str(error)
    return None


def recipe_for(definition: EvidenceDefinition, record_id: str, paths: frozenset[str]) -> Recipe | None:
    """Return how a piece of evidence is shown by a command; None where only a person can show it. Raises GateError."""
    if definition.check is not None:
        return _from_check(_parsed(definition), definition.statement, record_id, paths)
    if definition.command:
        return Recipe(definition.command, "project", 300)
    if definition.kind == "test" and definition.reference and _PYTHON_TEST.fullmatch(definition.reference):
        return Recipe(("python3", "-m", "pytest", "-q", definition.reference), "project", _TEST_SECONDS)
    return None


def _parsed(definition: EvidenceDefinition) -> Check:
    try:
        return _CHECK.validate_python(definition.check)
    except ValidationError as error:
        first = error.errors()[0]
        message = f"The check of the evidence {definition.id!r} is malformed: {first['msg']}"
        raise GateError(message, hint="Edit the record: `alloy intent edit`.") from error


def _from_check(check: Check, title: str, record_id: str, paths: frozenset[str]) -> Recipe:
    ours = Recipe(("alloy", "check", record_id, "--no-input"), "alloy")
    match check:
        case Command():
            return Recipe(check.argv, "project", check.timeout_seconds)
        case PathExists():
            return _script(
                path_script(title, {"paths": [*_globs((check.path,)), *_globs((f"{check.path.rstrip('/')}/",))]}), ours
            )
        case PatternAbsent() | PatternPresent():
            return _pattern(check, title, ours)
        case TestExists() if _PYTHON_TEST.fullmatch(check.test):
            return Recipe(
                ("python3", "-m", "pytest", "-q", check.test), "project", _TEST_SECONDS, alternative=ours.command
            )
        case ImportBoundary():
            return _boundary(check, title, ours, paths)
        case SymbolExists() | TestExists():
            return ours


def _script(text: str, ours: Recipe) -> Recipe:
    return Recipe(("python3", "{file}"), "python", suffix=".py", text=text, alternative=ours.command)


def _globs(globs: tuple[str, ...]) -> list[str]:
    return [glob_expression(glob) for glob in globs]


def _pattern(check: PatternAbsent | PatternPresent, title: str, ours: Recipe) -> Recipe:
    try:
        re.compile(check.pattern)
    except re.error:
        return ours  # an expression that only our engine knows
    excluded = check.except_paths if isinstance(check, PatternAbsent) else ()
    rule = {
        "pattern": check.pattern,
        "absent": isinstance(check, PatternAbsent),
        "paths": _globs(check.paths),
        "except_paths": _globs(excluded),
    }
    return _script(pattern_script(title, rule), ours)


def _boundary(check: ImportBoundary, title: str, ours: Recipe, paths: frozenset[str]) -> Recipe:
    names = [_module(end, paths) for end in (*check.sources, *check.forbidden)]
    exceptions = [_exception(item, paths) for item in check.except_]
    if None in names or None in exceptions or not check.sources or not check.forbidden:
        return ours
    sources = list(zip(check.sources, names[: len(check.sources)], strict=True))
    forbidden = list(zip(check.forbidden, names[len(check.sources) :], strict=True))
    if check.indirect:
        plain = all("/" not in side for item in check.except_ for side in (item.from_, item.to))
        lists = [str(name) for _, name in sources], [str(name) for _, name in forbidden]
        return _contract(check, title, ours, *lists) if plain else ours
    pairs = [
        {"source": {"module": name, "path": source.path}, "forbidden": apart}
        for source, name in sources
        if (apart := sorted({str(module) for end, module in forbidden if not _overlap(source, end)}))
    ]
    rule = {
        "pairs": pairs,
        "external": sorted(str(name) for end, name in forbidden if end.external),
        "except": exceptions,
        "ignore_type_checking": check.ignore_type_checking,
    }
    return _script(import_script(title, rule), ours)


def _module(end: End, paths: frozenset[str]) -> str | None:
    """The dotted name of one end in Python, or None where it is no Python or its name cannot be told."""
    if end.external or end.path is None:
        return end.module if end.external and _PYTHON_NAME.fullmatch(end.module) else None
    if end.path.endswith("/") and not any(path.startswith(end.path) and path.endswith(".py") for path in paths):
        return None
    return python_module(end.path, paths)


def _overlap(source: End, end: End) -> bool:
    if source.path is None or end.path is None:
        return False
    return source.path.startswith(end.path) or end.path.startswith(source.path)


def _exception(item: BoundaryException, paths: frozenset[str]) -> dict[str, str] | None:
    target = python_module(item.to, paths) if "/" in item.to or item.to.endswith(".py") else item.to
    if target is None:
        return None
    below = r"(?:\..*)?" if item.to.endswith("/") else ""
    return {
        "from": module_expression(item.from_) if "/" not in item.from_ else "(?!)",
        "from_path": glob_expression(item.from_),
        "to": module_expression(target) + below,
    }


def _contract(check: ImportBoundary, title: str, ours: Recipe, sources: list[str], forbidden: list[str]) -> Recipe:
    inside = {name for end, name in zip(check.forbidden, forbidden, strict=True) if not end.external}
    roots = sorted({name.split(".")[0] for name in (*sources, *inside)})
    lines = [
        "[importlinter]",
        *(_listed("root_packages", roots)),
        *(["include_external_packages = True"] if any(end.external for end in check.forbidden) else []),
        *(["exclude_type_checking_imports = True"] if check.ignore_type_checking else []),
        "",
        "[importlinter:contract:intent]",
        f"name = {' '.join(title.split()).encode('ascii', 'replace').decode().replace('%', '%%')}",
        "type = forbidden",
        *(_listed("source_modules", sources)),
        *(_listed("forbidden_modules", forbidden)),
        *(_listed("ignore_imports", [f"{item.from_} -> {item.to}" for item in check.except_]) if check.except_ else []),
        *(["unmatched_ignore_imports_alerting = none"] if check.except_ else []),
    ]
    command = ("lint-imports", "--config", "{file}", "--no-cache")
    return Recipe(command, "import-linter", suffix=".ini", text="\n".join(lines) + "\n", alternative=ours.command)


def _listed(key: str, values: list[str]) -> list[str]:
    return [f"{key} =", *(f"    {value}" for value in values)]
