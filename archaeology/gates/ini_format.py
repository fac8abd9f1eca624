"""INI files (setup.cfg, tox.ini, .importlinter, mypy.ini, ...) with line numbers."""

from __future__ import annotations

import configparser
import re

from archaeology.gates.located import MalformedConfigError, Node

MAX_CHARACTERS = 1024 * 1024
_SECTION = re.compile(r"^\[([^\]]*)\]")
_OPTION = re.compile(r"^([^\s=:#;\[][^=:]*?)\s*[=:]")


def parse_ini(text: str) -> Node:
    """Parse an INI file into sections of options, all texts; MalformedConfigError where it is none."""
    if len(text) > MAX_CHARACTERS:
        raise MalformedConfigError(f"over {MAX_CHARACTERS} characters of INI")
    parser = _Parser(strict=False, allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise MalformedConfigError(f"not an INI file: {str(error).splitlines()[0]}") from error
    places = _locate(text)
    end = text.count("\n") + 1
    sections: dict[str, Node] = {}
    for name in parser.sections():
        start, last = places.get((name, ""), (1, end))
        options = {
            key: Node(value or "", *places.get((name, key), (start, last)))
            for key, value in parser.items(name, raw=True)
        }
        sections[name] = Node(options, start, last)
    return Node(sections, 1, end)


def entries(node: Node) -> tuple[str, ...]:
    """Split an option into its entries: one a line or between commas, comments left out."""
    lines = (line.split(" #", 1)[0].split(" ;", 1)[0] for line in node.text().splitlines())
    return tuple(
        entry.strip()
        for line in lines
        if not line.lstrip().startswith(("#", ";"))
        for entry in line.split(",")
        if entry.strip()
    )


class _Parser(configparser.RawConfigParser):
    """Keeps the case of keys."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def _locate(text: str) -> dict[tuple[str, str], tuple[int, int]]:
    places: dict[tuple[str, str], tuple[int, int]] = {}
    section, option = "", ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        if found := _SECTION.match(line):
            section, option = found.group(1), ""
            places.setdefault((section, ""), (number, number))
        elif found := _OPTION.match(line):
            option = found.group(1).strip()
            places[section, option] = (number, number)
        for key in ((section, ""), (section, option)):
            if key in places:
                places[key] = (places[key][0], number)
    return places
