"""Globs and module patterns of checks as regular expressions, for scripts that cannot import ours. Pure.

They mean what the evaluator of checks means: ``*`` and ``?`` stop at slashes, ``**`` stands for any number of folders, a trailing slash
for all below; in module names ``*`` is one part and ``**`` one or more.
"""

from __future__ import annotations

import re


def glob_expression(glob: str) -> str:
    """Return a regular expression that matches exactly the paths that the glob matches."""
    if glob.endswith("/"):
        # What the evaluator takes a folder for: everything that `**` would match there, but nothing at the root.
        return f"(?=[^/]*/){_path([*glob[:-1].split('/'), '**'])}"
    return _path(glob.split("/"))


def module_expression(pattern: str) -> str:
    """Return a regular expression for one side of an exception, over a dotted module name."""
    parts = re.split(r"::|[./\\]", pattern)
    translated = [
        r"[^.]+(?:\.[^.]+)*" if part == "**" else r"[^.]+" if part == "*" else re.escape(part) for part in parts
    ]
    return r"\.".join(translated)


def _path(given: list[str]) -> str:
    parts = [part for position, part in enumerate(given) if part != "**" or given[position - 1 : position] != ["**"]]
    expression = ""
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        if part != "**":
            expression += _part(part) + ("" if last else "/")
        elif not last:
            expression += "(?:[^/]+/)*"
        elif expression.endswith("/"):
            expression = expression[:-1] + "(?:/.*)?"
        else:
            expression += ".*"
    return expression


def _part(part: str) -> str:
    return "".join("[^/]*" if c == "*" else "[^/]" if c == "?" else re.escape(c) for c in part)
