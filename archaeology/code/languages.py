"""The languages that can be read: which grammar, which query file, which adapter.

A grammar and its compiled query are loaded when a file of that language is first read, and kept: compiling a query costs
more than reading most files.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from tree_sitter import Language as Grammar

EXTRACTOR_VERSION = 14
"""Part of the cache key of every fact: raise it whenever any language's facts would come out differently."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by the name that the inventory uses.

    ``wheel`` is the grammar's import package and ``entry`` its function; ``query`` names the file in ``queries/`` and
    ``adapter`` the module in ``adapters/``. ``resolved`` tells languages whose imports are resolved from those of which
    only symbols are read; ``imports_by_use`` names the captures (call, raise, catch) that may import by themselves, so
    that imports cannot be told without them. ``shallow`` says down to which depth of the tree most definitions and imports stand,
    for languages that are read sparsely (see :mod:`archaeology.code.patterns`).
    """

    name: str
    wheel: str
    query: str
    adapter: str
    entry: str = "language"
    resolved: bool = True
    imports_by_use: tuple[str, ...] = ()
    shallow: int = 0

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
        Language("python", "tree_sitter_python", "python", "python", shallow=4),
        Language("typescript", "tree_sitter_typescript", "typescript", "javascript", entry="language_typescript"),
        Language("tsx", "tree_sitter_typescript", "typescript", "javascript", entry="language_tsx"),
        Language("javascript", "tree_sitter_javascript", "javascript", "javascript"),
        Language("go", "tree_sitter_go", "go", "go", shallow=1),
        Language("rust", "tree_sitter_rust", "rust", "rust", imports_by_use=("call",)),
        Language("java", "tree_sitter_java", "java", "jvm"),
        Language("kotlin", "tree_sitter_kotlin", "kotlin", "kotlin"),
        Language("csharp", "tree_sitter_c_sharp", "csharp", "csharp", imports_by_use=("call", "raise", "catch")),
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


def query_source(name: str) -> bytes:
    """Return the text of a language's query file. Raises KeyError for a language that is not in LANGUAGES."""
    # Not importlib.resources, which takes longer to import than all that is ours.
    return pkgutil.get_data("archaeology.code", f"queries/{LANGUAGES[name].query}.scm") or b""
