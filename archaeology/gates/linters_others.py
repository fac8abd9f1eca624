"""Linters and type checkers of other languages, with how strict they are."""

from __future__ import annotations

import re

from archaeology.facts import Gate
from archaeology.gates.source import Source

_MANY = 15
_PHPSTAN_LEVEL = re.compile(r"^\s*level:\s*(\w+)", re.MULTILINE)
_XML_LEVEL = re.compile(r"""\berrorLevel\s*=\s*["'](\d)["']""")
_CREDO_STRICT = re.compile(r"\bstrict:\s*true")
_CREDO_CHECK = re.compile(r"\{\s*Credo\.Check\.([\w.]+)\s*(,\s*false\b)?")
_CREDO_OFF = re.compile(r"\bdisabled:\s*\[")
_CREDO_COMMENT = re.compile(r"^\s*#[^\n]*", re.MULTILINE)
# Of the checks only this one draws a line that few projects draw; it is off unless somebody lists it.
_CREDO_TELLING = ("Readability.Specs",)
_RUST_LINT = re.compile(r"^\s*#!\[(deny|forbid)\(([^)]{1,500})\)\]", re.MULTILINE)
_SEVERE = re.compile(r"^dotnet_diagnostic\.(\w+)\.severity\s*=\s*error", re.MULTILINE)
_COMPILER_STRICT = re.compile(
    r"<(TreatWarningsAsErrors|Nullable|AnalysisLevel|AnalysisMode|EnforceCodeStyleInBuild|WarningsAsErrors)>([^<]{1,60})</"
)


def read_golangci(source: Source) -> list[Gate]:
    """Read ``.golangci.yml`` (or its TOML and JSON forms)."""
    document = (
        source.toml if source.name.endswith(".toml") else source.json if source.name.endswith(".json") else source.yaml
    )
    linters = document.get("linters")
    enabled = linters.get("enable").texts()
    everything = linters.get("enable-all").flag() or linters.get("default").text() == "all"
    disabled = linters.get("disable").texts()
    strictness = (
        *(("all linters",) if everything else ()),
        *_listed("enables", enabled),
        *((f"disables {len(disabled)}",) if disabled else ()),
    )
    return [
        source.gate(
            "linter:golangci-lint", "linter", "golangci-lint", None, command="golangci-lint run", strictness=strictness
        )
    ]


def read_cargo(source: Source) -> list[Gate]:
    """Read the lint tables of ``Cargo.toml``."""
    lints = source.toml.get("lints") if source.toml.get("lints").is_mapping else source.toml.get("workspace", "lints")
    strict: list[str] = []
    for group in ("rust", "clippy", "rustdoc"):
        for name, setting in lints.get(group).items():
            level = setting.text() or setting.get("level").text()
            if level in {"deny", "forbid"}:
                strict.append(f"{level} {group}::{name}")
    if not strict:
        return []
    return [
        source.gate(
            f"linter:cargo:{source.path}",
            "linter",
            "rustc and clippy lints",
            lints,
            command="cargo clippy",
            strictness=tuple(strict[:_MANY]),
        )
    ]


def read_clippy(source: Source) -> list[Gate]:
    """Read ``clippy.toml``: what it disallows by name is the most telling."""
    strict = tuple(
        f"{key}: {name}"
        for key in ("disallowed-methods", "disallowed-types", "disallowed-macros")
        for entry in source.toml.get(key).each()
        if (name := entry.text() or entry.get("path").text())
    )
    return [source.gate("linter:clippy", "linter", "clippy", None, command="cargo clippy", strictness=strict[:_MANY])]


def read_rust_root(source: Source) -> list[Gate]:
    """Read the inner attributes of a crate's root that deny or forbid something."""
    gates: list[Gate] = []
    for found in _RUST_LINT.finditer(source.text[:20_000]):
        line = source.text.count("\n", 0, found.start(1)) + 1
        names = " ".join(found.group(2).split()).rstrip(", ")
        gates.append(
            source.gate(
                f"linter:rustc:{source.path}:{found.group(1)}:{names}"[:200],
                "linter",
                f"rustc {found.group(1)}s {names}",
                (line, line),
                strictness=(f"{found.group(1)} {names}",),
            )
        )
    return gates


def read_rubocop(source: Source) -> list[Gate]:
    """Read ``.rubocop.yml``."""
    document = source.yaml
    enabled = document.get("AllCops", "NewCops").text() == "enable"
    disabled = [name for name, cop in document.items() if cop.get("Enabled").value is False]
    strictness = (*(("new cops",) if enabled else ()), *((f"disables {len(disabled)} cops",) if disabled else ()))
    return [source.gate("linter:rubocop", "linter", "rubocop", None, command="rubocop", strictness=strictness)]


def read_phpstan(source: Source) -> list[Gate]:
    """Read ``phpstan.neon``: its level, and whether a baseline excuses anything."""
    found = _PHPSTAN_LEVEL.search(source.text)
    strictness = (
        *((f"level {found.group(1)}",) if found else ()),
        *(("baseline",) if "baseline" in source.text else ()),
    )
    return [
        source.gate("types:phpstan", "type_checker", "phpstan", None, command="phpstan analyse", strictness=strictness)
    ]


def read_psalm(source: Source) -> list[Gate]:
    """Read ``psalm.xml``."""
    found = _XML_LEVEL.search(source.text)
    return [
        source.gate(
            "types:psalm",
            "type_checker",
            "psalm",
            None,
            command="psalm",
            strictness=(f"level {found.group(1)}",) if found else (),
        )
    ]


def read_detekt(source: Source) -> list[Gate]:
    """Read ``detekt.yml``."""
    document = source.yaml
    most = document.get("build", "maxIssues").text()
    active = [name for _, group in document.items() for name, rule in group.items() if rule.get("active").flag()]
    strictness = (*((f"at most {most} issues",) if most else ()), *_listed("activates", tuple(active)))
    return [source.gate("linter:detekt", "linter", "detekt", None, command="detekt", strictness=strictness)]


def read_credo(source: Source) -> list[Gate]:
    """Read ``.credo.exs`` by its words; it is code, and is not run.

    What it calls strict is no more than to tell of what it counts as unimportant, too. A check that is listed with ``false``, or among
    the disabled, is switched off.
    """
    text = _CREDO_COMMENT.sub("", source.text)
    on = _credo_checks(text)
    strictness = (
        *(("low priorities",) if _CREDO_STRICT.search(text) else ()),
        *(f"checks {name}" for name in _CREDO_TELLING if name in on),
    )
    return [source.gate("linter:credo", "linter", "credo", None, command="mix credo", strictness=strictness)]


def _credo_checks(text: str) -> frozenset[str]:
    """The checks that a configuration of Credo lists and leaves switched on."""
    for start in reversed([found.end() for found in _CREDO_OFF.finditer(text)]):
        depth, end = 1, start
        while depth and end < len(text):
            depth += (text[end] == "[") - (text[end] == "]")
            end += 1
        text = text[:start] + text[end:]
    return frozenset(found[1] for found in _CREDO_CHECK.finditer(text) if not found[2])


def read_plain_linter(source: Source) -> list[Gate]:
    """Name a linter whose configuration is not looked into."""
    name = _PLAIN.get(source.name.lower(), source.name)
    return [source.gate(f"linter:{name}:{source.folder}", "linter", name, None, command=name)]


def read_dotnet(source: Source) -> list[Gate]:
    """Read ``Directory.Build.props`` and project files: warnings as errors, nullable references, analysers."""
    found = [(name, value.strip()) for name, value in _COMPILER_STRICT.findall(source.text)]
    strict = tuple(f"{name}: {value}" for name, value in found if value.lower() not in {"false", "disable"})
    line = source.find_line(_COMPILER_STRICT.pattern)
    if not strict or line is None:
        return []
    return [
        source.gate(
            f"types:dotnet:{source.path}",
            "type_checker",
            f"C# compiler ({source.path})",
            (line, line),
            command="dotnet build",
            strictness=strict,
        )
    ]


def read_editorconfig(source: Source) -> list[Gate]:
    """Read the diagnostics that ``.editorconfig`` makes errors."""
    codes = _SEVERE.findall(source.text)
    line = source.find_line(_SEVERE.pattern)
    if line is None:
        return []
    return [
        source.gate(
            f"linter:roslyn:{source.folder}",
            "linter",
            "Roslyn analysers",
            (line, line),
            command="dotnet build",
            strictness=_listed("errors", tuple(codes)),
        )
    ]


def _listed(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        return ()
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return (f"{word}: {', '.join(names[:_MANY])}{more}",)


_PLAIN = {
    "checkstyle.xml": "checkstyle",
    ".php-cs-fixer.php": "php-cs-fixer",
    ".php-cs-fixer.dist.php": "php-cs-fixer",
    "phpcs.xml": "phpcs",
    "phpcs.xml.dist": "phpcs",
    "rector.php": "rector",
    "rustfmt.toml": "rustfmt",
    ".rustfmt.toml": "rustfmt",
    "deny.toml": "cargo-deny",
    ".formatter.exs": "mix format",
    ".prettierrc": "prettier",
    ".prettierrc.json": "prettier",
    ".stylelintrc.json": "stylelint",
    ".clang-tidy": "clang-tidy",
    ".hadolint.yaml": "hadolint",
    ".yamllint": "yamllint",
    ".swiftlint.yml": "swiftlint",
    ".scalafmt.conf": "scalafmt",
    "spotbugs-exclude.xml": "spotbugs",
    "packwerk.yml": "packwerk",
    "knip.json": "knip",
}
PLAIN_NAMES = frozenset(_PLAIN)
