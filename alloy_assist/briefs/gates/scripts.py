"""Gates as single Python files: they import nothing but the standard library and read nothing but the repository. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_MARK = "# RULE\n"


def import_script(title: str, rule: Mapping[str, Any]) -> str:
    """Return a script that fails where a Python file of the sources imports what is forbidden.

    ``rule``: ``pairs`` of ``{"source": {"module", "path"}, "forbidden": [module, ...]}``, ``external`` names among the forbidden, ``except`` as pairs of expressions over
    module names and paths, ``ignore_type_checking``.
    """
    return _filled("imports", title, rule)


def pattern_script(title: str, rule: Mapping[str, Any]) -> str:
    """Return a script that fails where a line matches (``absent``) or where none does.

    ``rule``: ``pattern``, ``absent``, and ``paths`` and ``except_paths`` as expressions over whole paths.
    """
    return _filled("patterns", title, rule)


def path_script(title: str, rule: Mapping[str, Any]) -> str:
    """Return a script that fails where no file matches ``paths`` (expressions over whole paths)."""
    return _filled("paths", title, rule)


def _filled(name: str, title: str, rule: Mapping[str, Any]) -> str:
    # JSON inside a Python literal inside a file: repr escapes what JSON leaves, so no value can end the literal or the line.
    literal = ascii(json.dumps(rule, sort_keys=True, ensure_ascii=True))
    heading = f"TITLE = {title!a}\nRULE = json.loads({literal})\n"
    return _source(name).replace(_MARK, heading, 1)


@cache
def _source(name: str) -> str:
    return (files(__name__.rpartition(".")[0]) / "standalone" / f"{name}.py.txt").read_text(encoding="utf-8")
