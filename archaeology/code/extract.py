"""From the bytes of one file to its facts: one parse, one query, and a little arithmetic on byte spans.

Pure: the same bytes give the same facts, whatever the file is called. Nothing raises because of what the bytes say; what
could not be read is said in ``FileFacts.error``.
"""

from __future__ import annotations

from dataclasses import replace

from archaeology.code.adapters import adapter_for
from archaeology.code.adapters.base import Adapter
from archaeology.code.calls import calls
from archaeology.code.captured import Captured, capture
from archaeology.code.definitions import Definitions
from archaeology.code.errors_raised import catches, raises
from archaeology.code.languages import LANGUAGES
from archaeology.code.prose import telling_comments
from archaeology.code.source import Source, as_utf8
from archaeology.code.statements import read_imports
from archaeology.facts import Comment, FileFacts

MAX_BYTES = 2_000_000
"""Larger files are not parsed: they are data or generated, and a grammar may need minutes for them."""

_BINARY_LOOK = 8_192


def extract(language: str, source: bytes) -> FileFacts:
    """Return what the bytes of a file say, read as the language.

    Syntax errors give the facts of what could be parsed, with ``error`` set. Raises KeyError for a language that is not in
    LANGUAGES.
    """
    return _read(language, source, names_only=False)


def extract_names(language: str, source: bytes) -> FileFacts:
    """Return only definitions and imports, with the declared package and exports: what checks of boundaries and symbols need.

    For less than :func:`extract` costs. Calls and errors come with them where imports cannot be told without. Raises KeyError
    as it does.
    """
    return _read(language, source, names_only=True)


def only_names(facts: FileFacts) -> FileFacts:
    """Return what :func:`extract_names` would have found, from what :func:`extract` did."""
    uses = LANGUAGES[facts.language].imports_by_use
    return replace(
        facts,
        raises=facts.raises if "raise" in uses else (),
        catches=facts.catches if "catch" in uses else (),
        calls=facts.calls if "call" in uses else (),
        comments=(),
    )


def _read(language: str, source: bytes, *, names_only: bool) -> FileFacts:
    if language not in LANGUAGES:
        raise KeyError(language)
    if len(source) > MAX_BYTES:
        return FileFacts(language, error=f"larger than {MAX_BYTES} bytes: not parsed")
    data = as_utf8(source)
    if b"\0" in data[:_BINARY_LOOK]:
        return FileFacts(language, error="contains NUL bytes: not parsed")
    captured = capture(language, data, names_only=names_only)
    return _facts(language, Source(data), captured, adapter_for(language), names_only=names_only)


def _facts(language: str, source: Source, captured: Captured, adapter: Adapter, *, names_only: bool) -> FileFacts:
    uses = LANGUAGES[language].imports_by_use if names_only else ("call", "raise", "catch")
    definitions = Definitions(source, captured, adapter)
    imports = read_imports(source, captured, adapter, definitions)
    return FileFacts(
        language=language,
        lines=source.lines,
        definitions=definitions.all,
        imports=imports,
        raises=raises(source, captured, adapter, definitions) if "raise" in uses else (),
        catches=catches(source, captured, adapter, definitions) if "catch" in uses else (),
        calls=calls(source, captured, adapter, definitions, imports) if "call" in uses else (),
        comments=() if names_only else _comments(source, captured, definitions),
        package=adapter.package([source.text(span) for span in captured.get("package")]),
        exports=tuple(dict.fromkeys(source.short(span) for span in captured.get("export"))),
        error=_error(captured),
    )


def _comments(source: Source, captured: Captured, definitions: Definitions) -> tuple[Comment, ...]:
    found = telling_comments(source, captured.comments(), captured.get("docstring"), captured.get("docstring.module"))
    return tuple(comment._replace(symbol=definitions.symbol(span[0])) for span, comment in found)


def _error(captured: Captured) -> str | None:
    if captured.capped:
        return "too many unfinished matches: some facts are missing"
    return "syntax errors: facts may be incomplete" if captured.broken else None
