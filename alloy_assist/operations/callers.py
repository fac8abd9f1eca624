"""Who calls the function that words stand in: files of the same language that name it before a bracket, where only one file defines it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archaeology.git import Repository

_KIN = (
    frozenset({".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".svelte"}),
    frozenset({".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".m", ".mm"}),
    frozenset({".java", ".kt", ".scala", ".groovy"}),
    frozenset({".ex", ".exs"}),
)
_TEST = re.compile(
    r"(?:^|[/_.-])(?:tests?|specs?|__tests__|testing|testdata|fixtures?|examples?|benches|benchmarks?|mocks?)(?:[/_.-]|$)|Tests?\.\w+$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z_]\w*[?!]?$")
_TELLING = re.compile(r"[a-z0-9][A-Z]|\w_\w")
_LEAST, _LONG = 6, 12
_MOST_FILES = 4000
_MOST_BYTES = 200_000
_MOST_CALLERS = 8
_DEFINES = (
    r"\b(?:def|defp|fn|func|fun|function|sub|class|struct|interface|trait|proc)\s+(?:\([^)\n]{0,80}\)\s*)?(?:self\.)?"
)
_DECLARES = r"^[ \t]*(?!return\b|await\b|throw\b|yield\b|else\b|new\b|case\b|go\b|defer\b)(?:[\w<>\[\],.?*&:]+[ \t]+)+"
_ENDS = r"[ \t]*\([^;\n]*(?:\{|\)[ \t]*$)"


def callers_in(path: str, symbol: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files of the product that call a symbol which only ``path`` defines, in their order; ``texts`` are the files by path.

    Empty where the name is too plain to be one thing, is defined elsewhere too, or is called all over the place.
    """
    name = name_of(symbol)
    if not name:
        return ()
    word = re.escape(name)
    called = re.compile(rf"^(?![ \t]*(?://|#|\*|--|/\*|%|;)).*?(?<![\w$]){word}(?:<[^()\n]{{0,60}}>)?\(", re.MULTILINE)
    defined = re.compile(rf"{_DEFINES}{word}(?![\w$])|{_DECLARES}{word}{_ENDS}", re.MULTILINE)
    found = []
    for other, text in sorted(texts.items()):
        if other == path or name not in text:
            continue
        if defined.search(text):
            return ()
        if called.search(text) and not _TEST.search(other):
            found.append(other)
    return tuple(found) if len(found) <= _MOST_CALLERS else ()


def name_of(symbol: str) -> str:
    """Return the last part of a symbol where it is telling enough to be looked for by itself; empty otherwise."""
    last = re.split(r"[.:#]+", symbol)[-1]
    telling = len(last) >= _LONG or (len(last) >= _LEAST and _TELLING.search(last))
    return last if telling and _NAME.match(last) else ""


def callers(repository: Repository, revision: str, path: str, symbol: str) -> tuple[str, ...]:
    """Return who calls a symbol at a revision, as :func:`callers_in` does; empty where there is too much to be read for a question."""
    if not name_of(symbol):
        return ()
    kin = _kin(path)
    entries = [entry for entry in repository.tree(revision) if PurePosixPath(entry.path).suffix in kin]
    if len(entries) > _MOST_FILES:
        return ()
    blobs = _blobs(repository, (entry.blob for entry in entries))
    return callers_in(path, symbol, {entry.path: blobs[entry.blob] for entry in entries if entry.blob in blobs})


def _blobs(repository: Repository, oids: Iterable[str]) -> dict[str, str]:
    read = repository.blobs(dict.fromkeys(oids), _MOST_BYTES)
    return {oid: data.decode("utf-8", "replace") for oid, data in read if data}


def _kin(path: str) -> frozenset[str]:
    """The endings of the files that could call what stands in a file."""
    suffix = PurePosixPath(path).suffix
    return next((kin for kin in _KIN if suffix in kin), frozenset({suffix}))
