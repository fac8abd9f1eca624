"""The languages that can be read: which grammar, which query file, which adapter.

A grammar and its compiled query are loaded when a file of that language is first read, and kept: compiling a query costs
more than reading most files.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache

from tree_sitter import Language as Grammar
from tree_sitter import Query

EXTRACTOR_VERSION = 3
"""Part of the cache key of every fact: raise it whenever any language's facts would come out differently."""

_CAPTURE = re.compile(rb"@([\w.]+)")
_PROSE = (b"comment", b"docstring", b"_")
_NOT_NAMES = (b"call", b"catch", b"raise", *_PROSE)


@dataclass(frozen=True, slots=True)
class Language:
    """A language by the name that the inventory uses.

    ``wheel`` is the grammar's import package and ``entry`` its function; ``query`` names the file in ``queries/`` and
    ``adapter`` the module in ``adapters/``. ``resolved`` tells languages whose imports are resolved from those of which
    only symbols are read; ``imports_by_use`` those in which a name that is called or caught may import by itself, so that
    imports cannot be told without calls and errors.
    """

    name: str
    wheel: str
    query: str
    adapter: str
    entry: str = "language"
    resolved: bool = True
    imports_by_use: bool = False

    @property
    def cache_kind(self) -> str:
        """The kind under which facts of this language are cached, with the extractor's version."""
        return f"facts:{self.name}:{EXTRACTOR_VERSION}"

    @property
    def names_cache_kind(self) -> str:
        """The kind under which definitions and imports alone are cached."""
        return f"names:{self.name}:{EXTRACTOR_VERSION}"


LANGUAGES: dict[str, Language] = {
    language.name: language
    for language in (
        Language("python", "tree_sitter_python", "python", "python"),
        Language("typescript", "tree_sitter_typescript", "typescript", "javascript", entry="language_typescript"),
        Language("tsx", "tree_sitter_typescript", "typescript", "javascript", entry="language_tsx"),
        Language("javascript", "tree_sitter_javascript", "javascript", "javascript"),
        Language("go", "tree_sitter_go", "go", "go"),
        Language("rust", "tree_sitter_rust", "rust", "rust", imports_by_use=True),
        Language("java", "tree_sitter_java", "java", "jvm"),
        Language("kotlin", "tree_sitter_kotlin", "kotlin", "kotlin"),
        Language("csharp", "tree_sitter_c_sharp", "csharp", "csharp", imports_by_use=True),
        Language("php", "tree_sitter_php", "php", "php", entry="language_php"),
        Language("ruby", "tree_sitter_ruby", "ruby", "ruby"),
        Language("elixir", "tree_sitter_elixir", "elixir", "elixir"),
        Language("swift", "tree_sitter_swift", "swift", "others", resolved=False),
        Language("scala", "tree_sitter_scala", "scala", "others", resolved=False),
        Language("c", "tree_sitter_c", "c", "others", resolved=False),
        Language("cpp", "tree_sitter_cpp", "cpp", "others", resolved=False),
        Language("bash", "tree_sitter_bash", "bash", "others", resolved=False),
    )
}


@cache
def grammar(name: str) -> Grammar:
    """Return the tree-sitter grammar of a language. Raises KeyError for one that is not in LANGUAGES."""
    language = LANGUAGES[name]
    module = importlib.import_module(language.wheel)
    return Grammar(getattr(module, language.entry)())


def query(name: str, without: frozenset[int] = frozenset(), *, names_only: bool = False) -> Query:
    """Return the compiled query of a language.

    ``without`` are the patterns to leave out, by their place in the file; see :func:`absent_patterns`. With ``names_only`` those
    that capture only prose, or what else imports do not need, are left out: it is the same file, so that the two cannot differ.
    Raises KeyError for a language that is not in LANGUAGES.
    """
    return _compiled(name, without, names_only)


def absent_patterns(name: str, data: bytes) -> frozenset[int]:
    """Return the patterns that cannot match in these bytes, for they hold none of the words of ``(#set! only-with "word word")``.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    return frozenset(index for index, words in _only_with(name) if not any(word in data for word in words))


@cache
def _compiled(name: str, without: frozenset[int], names_only: bool) -> Query:  # noqa: FBT001 - a key of the cache
    source = _source(name)
    found = Query(grammar(name), source.decode("utf-8"))
    needless = _PROSE if LANGUAGES[name].imports_by_use else _NOT_NAMES
    for index in range(found.pattern_count):
        pattern = source[found.start_byte_for_pattern(index) : found.end_byte_for_pattern(index)]
        # What begins with an underscore is for predicates, and matters only beside another capture.
        is_no_name = names_only and all(capture.startswith(needless) for capture in _CAPTURE.findall(pattern))
        if is_no_name or index in without:
            found.disable_pattern(index)
    return found


@cache
def _only_with(name: str) -> tuple[tuple[int, tuple[bytes, ...]], ...]:
    found = query(name)
    settings = [(index, found.pattern_settings(index).get("only-with")) for index in range(found.pattern_count)]
    return tuple((index, tuple(words.encode().split())) for index, words in settings if words)


def _source(name: str) -> bytes:
    # Not importlib.resources, which takes longer to import than all that is ours.
    return pkgutil.get_data("archaeology.code", f"queries/{LANGUAGES[name].query}.scm") or b""
