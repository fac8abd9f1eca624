"""Targets, recipes, environments and scripts that check something: Makefile, justfile, tox, nox, package.json, composer.json."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archaeology.facts import Gate
from archaeology.gates.commands import checks_of, is_check
from archaeology.gates.ini_format import parse_ini
from archaeology.gates.located import Node
from archaeology.gates.source import Source

_TARGET = re.compile(r"^(?![.#\t ])([A-Za-z0-9_./%-]+(?:[ \t]+[A-Za-z0-9_./%-]+)*)[ \t]*::?(?!=)([^\n]*)$")
_RECIPE = re.compile(r"^@?([A-Za-z_][\w-]*)[^:=\n]*:(?!=)([^\n]*)$")
_CHECKING_NAME = re.compile(
    r"(?:^|[-_:./])(?:test|tests|check|checks|lint|linters?|typecheck|type-check|types|typing|mypy|verify|validate|ci|coverage|quality|audit|vet|spec|e2e|format:check)(?:$|[-_:./])",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"^@(?:nox\.)?session\b[^\n]*(?:\n(?:@|[ \t)])[^\n]*)*\ndef[ \t]+(\w+)\([^\n]*\n((?:[ \t]+[^\n]*\n?|\n)*)",
    re.MULTILINE,
)
_SESSION_RUN = re.compile(r"session\.run(?:_always|_install)?\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_TEXT = re.compile(r"""["']([^"'\n]*)["']""")


def read_makefile(source: Source) -> list[Gate]:
    """Read the targets of a Makefile that check something."""
    return _recipes(source, _TARGET, "make", tabs_only=True)


def read_justfile(source: Source) -> list[Gate]:
    """Read the recipes of a justfile that check something."""
    return _recipes(source, _RECIPE, "just", tabs_only=False)


def _recipes(source: Source, header: re.Pattern[str], runner: str, *, tabs_only: bool) -> list[Gate]:
    gates: list[Gate] = []
    for names, needs, start, end in _blocks(source, header, tabs_only=tabs_only):
        body = "\n".join(line.lstrip("\t @-") for line in source.lines[start:end])
        command = checks_of([body])
        for name in names.split():
            if name.startswith(".") or "%" in name:
                continue
            does = command or (f"needs {needs.strip()}" if _CHECKING_NAME.search(name) and needs.strip() else "")
            if does:
                gates.append(
                    source.gate(
                        f"runner:{runner}:{source.folder}{name}",
                        "ci",
                        f"{runner} {name}",
                        (start, end),
                        command=does,
                        required=False,
                    )
                )
    return gates


def _blocks(source: Source, header: re.Pattern[str], *, tabs_only: bool) -> Iterator[tuple[str, str, int, int]]:
    """Yield names, what they need, and the lines of each recipe."""
    current: tuple[str, str, int] | None = None
    end = 0
    for number, line in enumerate(source.lines, start=1):
        if current is not None and (line.startswith("\t") or (not tabs_only and line.startswith(" "))):
            end = number
            continue
        if not line.strip():
            continue
        if current is not None:
            yield (*current, max(end, current[2]))
        found = header.match(line[:1_000])
        current = (found.group(1), found.group(2), number) if found else None
        end = number
    if current is not None:
        yield (*current, max(end, current[2]))


def read_tox(source: Source) -> list[Gate]:
    """Read the environments of ``tox.ini``, ``setup.cfg`` or ``pyproject.toml`` (also the INI text inside it)."""
    gates: list[Gate] = []
    for name, section in _tox_sections(source):
        scripts = section.get("commands").text() or "\n".join(
            _words(command) for command in section.get("commands").each()
        )
        command = checks_of([scripts])
        if command:
            gates.append(
                source.gate(f"runner:tox:{name}", "ci", f"tox {name}", section, command=command, required=False)
            )
    return gates


def _tox_sections(source: Source) -> Iterator[tuple[str, Node]]:
    if source.name.endswith(".toml"):
        tox = source.toml.get("tool", "tox") if source.name == "pyproject.toml" else source.toml
        legacy = tox.get("legacy_tox_ini")
        if legacy.text():
            inner = parse_ini(legacy.text())
            # The lines of the text inside are not those of the file: all of it is cited.
            yield from (
                (name.removeprefix("testenv:"), Node(section.value, legacy.start_line, legacy.end_line))
                for name, section in inner.items()
                if name.startswith("testenv")
            )
        yield from tox.get("env").items()
        if tox.get("env_run_base").is_mapping:
            yield "env_run_base", tox.get("env_run_base")
        return
    for name, section in source.ini.items():
        if name == "testenv" or name.startswith("testenv:"):
            yield name.removeprefix("testenv:"), section


def _words(command: Node) -> str:
    return " ".join(command.texts())


def read_nox(source: Source) -> list[Gate]:
    """Read the sessions of a ``noxfile.py`` by their decorators; nothing of it is run."""
    gates: list[Gate] = []
    for found in _SESSION.finditer(source.text):
        runs = [" ".join(_TEXT.findall(run.group(1))) for run in _SESSION_RUN.finditer(found.group(2))]
        command = "; ".join(run for run in runs if is_check(run)) or "; ".join(runs) * bool(
            _CHECKING_NAME.search(found.group(1))
        )
        if command:
            start = source.text.count("\n", 0, found.start()) + 1
            end = source.text.count("\n", 0, found.end())
            name = found.group(1)
            gates.append(
                source.gate(
                    f"runner:nox:{name}", "ci", f"nox {name}", (start, max(start, end)), command=command, required=False
                )
            )
    return gates


def read_scripts(source: Source) -> list[Gate]:
    """Read the scripts of ``package.json`` or ``composer.json`` that check something."""
    runner = "npm" if source.name == "package.json" else "composer"
    gates: list[Gate] = []
    for name, script in source.json.get("scripts").items():
        text = "; ".join(script.texts())
        if text and "no test specified" not in text and (is_check(text) or _CHECKING_NAME.search(name)):
            gates.append(
                source.gate(
                    f"runner:{runner}:{source.folder}{name}",
                    "ci",
                    f"{runner} run {name}",
                    script,
                    command=text,
                    required=False,
                )
            )
    return gates
