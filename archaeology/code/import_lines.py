"""The imports of a file by regular expressions: less exact than a parse and many times cheaper, for old versions by the thousand.

What looks like an import inside a string or a comment may be taken for one, and the flags (lazy, conditional, for types only)
are not told. Both versions of a file are read in the same way, so such mistakes mostly cancel out where versions are compared.

Two steps, so that versions by the thousand stay cheap: :func:`import_text` finds the statements by plain searches for their words,
at a tenth of the cost of a pattern over the whole file, and :func:`read_import_text` reads them, once for all versions that have
the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from archaeology.code.adapters import adapter_for
from archaeology.code.adapters.base import Part, Statement
from archaeology.facts import Definition, FileFacts, Import

VERSION = 1
"""Part of the cache key: raise it when the same bytes would be read differently."""

_MAX_IMPORTS = 2_000
_MAX_STATEMENTS = 5_000
_PYTHON = re.compile(
    r"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|(?:[^\n#;\\]|\\\r?\n)+)|import[ \t]+([\w., \t]+))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")
_WORD = re.compile(r"[\w.*]+")
_JAVASCRIPT = re.compile(r"(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*(['\"])([^'\"\n]+)\1")
_GO = re.compile(r"^\s*(?:import\s+)?(?:[\w.]+\s+)?\"([^\"\s]+)\"\s*(?://[^\n]*)?$", re.MULTILINE)
_GO_IMPORT = re.compile(r"^import\b", re.MULTILINE)
_GO_BODY = re.compile(r"^(?:func|type|var|const)\b", re.MULTILINE)
_RUST = re.compile(r"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?use[ \t]+([^;]+);", re.MULTILINE)
_JVM = re.compile(r"^[ \t]*import[ \t]+(static[ \t]+)?([\w.]+?)(\.\*)?[ \t]*(?:;|as\b|$)", re.MULTILINE)
_CSHARP = re.compile(
    r"^[ \t]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?([\w.]+)[ \t]*;", re.MULTILINE
)
_PHP = re.compile(r"^[ \t]*use[ \t]+[\w\\{][^;(]*;", re.MULTILINE)
_ELIXIR = re.compile(r"^[ \t]*(?:alias|import|require|use)[ (]+[A-Z][\w.]*(?:\.?\{[^}]*\})?(?:[^\n]*)", re.MULTILINE)
_RUBY = re.compile(r"^[ \t]*(require|require_relative)[ (]+['\"]([^'\"\n]+)['\"]", re.MULTILINE)
_PACKAGE = re.compile(r"^[ \t]*(?:package|namespace)[ \t]+([\w.\\]+)", re.MULTILINE)
_MODULE = re.compile(r"^[ \t]*defmodule[ \t]+([\w.]+)", re.MULTILINE)
_MOST = {_PACKAGE: 1, _MODULE: 50}
_BLANKS = " \t"


def can_read_import_lines(language: str | None) -> bool:
    """Tell whether import lines of the language can be read."""
    return language in _READERS


def read_import_lines(language: str, source: bytes) -> FileFacts:
    """Return the imports of the bytes, with the package or modules that they declare, and nothing else.

    Raises KeyError for a language of which import lines cannot be read.
    """
    return read_import_text(language, import_text(language, source))


def import_text(language: str, source: bytes) -> str:
    """Return only what :func:`read_import_text` looks at; versions that import the same mostly have equal texts.

    Raises KeyError for a language of which import lines cannot be read.
    """
    text = source.decode("utf-8", "replace")
    if language == "go":
        # Imports come in lines of their own inside brackets, so all from the first to the first other declaration is taken.
        first = _GO_IMPORT.search(text)
        body = _GO_BODY.search(text, first.start()) if first else None
        return text[first.start() : body.start() if body else None] if first else ""
    parts: list[str] = []
    for words, pattern in _STATEMENTS[language]:
        most = _MOST.get(pattern, _MAX_STATEMENTS)
        parts += _found(text, words, pattern, most) if most > 1 else _first(text, words, pattern)
    return "\n".join(parts)


def read_import_text(language: str, text: str) -> FileFacts:
    """Return the imports that a text from :func:`import_text` holds. Raises KeyError as that does."""
    imports = dict.fromkeys(islice(_READERS[language](text), _MAX_STATEMENTS))
    package = _PACKAGE.search(text) if language in {"java", "kotlin", "csharp", "php"} else None
    modules = _MODULE.findall(text) if language == "elixir" else []
    return FileFacts(
        language,
        imports=tuple(imports)[:_MAX_IMPORTS],
        definitions=tuple(Definition(name, "module", "public", 1, 1) for name in modules),
        package=package.group(1) if package else None,
    )


def _found(text: str, words: tuple[str, ...], pattern: re.Pattern[str], most: int) -> list[str]:
    """Return up to ``most`` matches that begin with one of the words, or on its line before it where the pattern begins with a line."""
    parts: list[str] = []
    whole_line = pattern.pattern.startswith("^")
    end = 0
    for place in _places(text, words):
        if place < end:
            continue
        begin = place
        if whole_line and place and (before := text[place - 1]) != "\n":
            if before not in _BLANKS:
                continue  # "because " holds a word as well
            begin = text.rfind("\n", 0, place) + 1
        match = pattern.match(text, begin)
        if match is not None and begin >= end:
            parts.append(match.group())
            end = match.end()
            if len(parts) == most:
                break
    return parts


def _places(text: str, words: tuple[str, ...]) -> list[int]:
    """Return where the words stand, in order."""
    places = []
    find = text.find
    for word in words:
        if word[-1] == "\t" and "\t" not in text:
            continue  # told at a tenth of the cost
        place = find(word)
        while place >= 0:
            places.append(place)
            place = find(word, place + len(word))
    if len(words) > 1:
        places.sort()
    return places


def _first(text: str, words: tuple[str, ...], pattern: re.Pattern[str]) -> list[str]:
    """Return the first match that :func:`_found` would, of a pattern that begins with a line; what comes after it is not searched."""
    found: re.Match[str] | None = None
    before = len(text)
    for word in words:
        place = text.find(word, 0, before)
        while place >= 0:
            match = pattern.match(text, text.rfind("\n", 0, place) + 1)
            if match is not None:
                found, before = match, place
                break
            place = text.find(word, place + len(word), before)
    return [] if found is None else [found.group()]


def _python(text: str) -> Iterator[Import]:
    for match in _PYTHON.finditer(text):
        module, names, plain = match.groups()
        if plain is not None:
            for part in plain.split(","):
                name = part.split()[0] if part.split() else ""
                if name:
                    yield Import(name, 0)
            continue
        bare = module.lstrip(".")
        clauses = _COMMENT.sub("", names).strip("() \n").split(",")
        words = [_WORD.search(clause) for clause in clauses]
        yield Import(bare, 0, tuple(word.group() for word in words if word), len(module) - len(bare))


def _javascript(text: str) -> Iterator[Import]:
    for match in _JAVASCRIPT.finditer(text):
        yield Import(match.group(2), 0)


def _go(text: str) -> Iterator[Import]:
    for match in _GO.finditer(text):
        yield Import(match.group(1), 0)


def _jvm(text: str) -> Iterator[Import]:
    for match in _JVM.finditer(text):
        static, module, wildcard = match.groups()
        owner, _, member = module.rpartition(".")
        yield Import(owner, 0, (member,)) if static else Import(module, 0, ("*",) if wildcard else ())


def _csharp(text: str) -> Iterator[Import]:
    for match in _CSHARP.finditer(text):
        yield Import(match.group(1), 0)


def _ruby(text: str) -> Iterator[Import]:
    for match in _RUBY.finditer(text):
        yield Import(match.group(2), 0, level=1 if match.group(1) == "require_relative" else 0)


@lru_cache(maxsize=20_000)
def _statement(language: str, text: str, role: str, part: str) -> tuple[Import, ...]:
    # Thousands of versions repeat the same statements.
    parts = (Part(role, part),) if role else ()
    found = adapter_for(language).imports(Statement(text, 0, parts))
    return tuple(Import(item.module, 0, item.names, item.level) for item in found)


def _stated(language: str, pattern: re.Pattern[str], role: str = "") -> Callable[[str], Iterator[Import]]:
    """Return a reader that leaves the statement to the language's adapter, its first group as the given part."""

    def read(text: str) -> Iterator[Import]:
        for match in pattern.finditer(text):
            yield from _statement(language, match.group(), role, match.group(1) if role else "")

    return read


_Search = tuple[tuple[str, ...], re.Pattern[str]]
_NAMESPACE: _Search = (("package", "namespace"), _PACKAGE)
_SCRIPT: _Search = (("from", "import", "require"), _JAVASCRIPT)
# For each language the words of its import statements, one of which is on their first line, and what declares a package or module.
_STATEMENTS: dict[str, tuple[_Search, ...]] = {
    "python": ((("import",), _PYTHON),),
    "javascript": (_SCRIPT,),
    "typescript": (_SCRIPT,),
    "tsx": (_SCRIPT,),
    "rust": ((("use ", "use\t"), _RUST),),
    "java": ((("import",), _JVM), _NAMESPACE),
    "kotlin": ((("import",), _JVM), _NAMESPACE),
    "csharp": ((("using ", "using\t"), _CSHARP), _NAMESPACE),
    "php": ((("use ", "use\t"), _PHP), _NAMESPACE),
    "elixir": ((("alias", "import", "require", "use"), _ELIXIR), (("defmodule",), _MODULE)),
    "ruby": ((("require",), _RUBY),),
}
_READERS: dict[str, Callable[[str], Iterator[Import]]] = {
    "python": _python,
    "javascript": _javascript,
    "typescript": _javascript,
    "tsx": _javascript,
    "go": _go,
    "rust": _stated("rust", _RUST, "module"),
    "java": _jvm,
    "kotlin": _jvm,
    "csharp": _csharp,
    "php": _stated("php", _PHP),
    "elixir": _stated("elixir", _ELIXIR),
    "ruby": _ruby,
}
