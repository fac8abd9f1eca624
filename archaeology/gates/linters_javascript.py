"""ESLint, Biome, TypeScript's strictness and test thresholds; ESLint's and Nx's boundary rules as import boundaries."""

from __future__ import annotations

import re

from archaeology.facts import Gate
from archaeology.gates.literals import parse_exported
from archaeology.gates.located import MISSING, MalformedConfigError, Node
from archaeology.gates.source import Source

_TS_STRICT = (
    "strict",
    "noImplicitAny",
    "strictNullChecks",
    "noUncheckedIndexedAccess",
    "exactOptionalPropertyTypes",
    "noUnusedLocals",
    "noUnusedParameters",
    "noImplicitReturns",
    "noImplicitOverride",
    "noFallthroughCasesInSwitch",
    "noPropertyAccessFromIndexSignature",
    "isolatedDeclarations",
    "verbatimModuleSyntax",
)
_TYPED = re.compile(
    r"recommended-?type-?checked|strict-?type-?checked|recommended-requiring-type-checking", re.IGNORECASE
)
_THRESHOLD = re.compile(r"(?:coverageThreshold|thresholds?)['\"]?\s*:\s*\{([^}]{0,400}(?:\{[^}]{0,300}\})?)", re.DOTALL)
_NUMBER = re.compile(r"['\"]?(branches|functions|lines|statements)['\"]?\s*:\s*(-?\d+(?:\.\d+)?)")


def eslint_config(source: Source) -> Node:
    """Return the configuration as far as it is literal: JSON, YAML, or what a JavaScript module exports."""
    if source.name.endswith((".js", ".cjs", ".mjs", ".ts", ".mts", ".cts")):
        return parse_exported(source.text)[0]
    if source.name == "package.json":
        return source.json.get("eslintConfig")
    if source.name.endswith((".yml", ".yaml")):
        return source.yaml
    try:
        return source.json
    except MalformedConfigError:
        return source.yaml  # .eslintrc without an ending may be either


def eslint_rules(document: Node) -> dict[str, Node]:
    """Return the rules that are switched on, of all blocks and overrides; the last word counts."""
    blocks = list(document.each())
    blocks += [override for block in blocks for override in block.get("overrides").each()]
    found = {name: rule for block in blocks for name, rule in block.get("rules").items()}
    return {name: rule for name, rule in found.items() if level(rule) not in {"off", "0", ""}}


def level(rule: Node) -> str:
    """Return a rule's level: the word or number itself, or the first of a list."""
    return next((node.text() for node in rule.each()), "")


def options(rule: Node) -> list[Node]:
    """Return what follows the level in a rule's list."""
    return list(rule.each())[1:] if rule.is_list else []


def read_eslint(source: Source) -> list[Gate]:
    """Read ESLint's configuration: one gate with its strictness. A computed one is named all the same."""
    try:
        document = eslint_config(source)
    except MalformedConfigError:
        document = MISSING  # nothing literal is exported
    if source.name == "package.json" and not document.is_given:
        return []
    rules = eslint_rules(document)
    errors = sum(level(rule) in {"error", "2"} for rule in rules.values())
    presets = [preset for block in document.each() for preset in block.get("extends").texts()]
    strictness = (
        *(("typed rules",) if _TYPED.search(source.text) else ()),
        *(f"extends {preset}" for preset in presets[:6]),
        *((f"{errors} rules are errors",) if errors else ()),
    )
    lines = document if source.name == "package.json" else None
    return [
        source.gate(
            f"linter:eslint:{source.folder}", "linter", "eslint", lines, command="eslint", strictness=strictness
        )
    ]


def read_tsconfig(source: Source) -> list[Gate]:
    """Read ``tsconfig.json``: a gate where it asks for more than TypeScript's default."""
    compiler = source.json.get("compilerOptions")
    strictness = tuple(option for option in _TS_STRICT if compiler.get(option).flag())
    loose = tuple(f"loose: {option}" for option in _TS_STRICT[:3] if compiler.get(option).value is False)
    if not strictness and not loose:
        return []
    return [
        source.gate(
            f"types:typescript:{source.path}",
            "type_checker",
            f"tsc ({source.path})",
            compiler,
            command="tsc",
            strictness=strictness + loose,
        )
    ]


def read_biome(source: Source) -> list[Gate]:
    """Read ``biome.json``."""
    rules = source.json.get("linter", "rules")
    groups = tuple(name for name, group in rules.items() if group.is_mapping)
    strictness = (*(("recommended",) if rules.get("recommended").flag(default=True) else ()), *groups)
    return [
        source.gate(
            f"linter:biome:{source.folder}", "linter", "biome", None, command="biome check", strictness=strictness
        )
    ]


def read_javascript_coverage(source: Source) -> list[Gate]:
    """Read the thresholds of Jest's or Vitest's coverage from any configuration, literal or not, by their words."""
    found = _THRESHOLD.search(source.text)
    numbers = _NUMBER.findall(found.group(1)) if found else []
    if found is None or not numbers:
        return []
    start = source.text.count("\n", 0, found.start()) + 1
    end = source.text.count("\n", 0, found.end()) + 1
    shown = tuple(f"{name}: {number} %" for name, number in dict(numbers).items())
    return [
        source.gate(
            f"coverage:javascript:{source.folder}", "coverage", "coverage thresholds", (start, end), strictness=shown
        )
    ]
