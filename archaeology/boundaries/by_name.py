"""What a file's text says that the program loads by name while it runs: folders whose files are required one by one, names in texts.

Only what a reader can see is told: the beginning of a path or of a dotted name, up to where something is put in. What a program is given
from outside, and loads, nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from archaeology.boundaries.looks import (
    matches_at,
    matches_from,
    name_starts,
    names_between_quotes,
    places,
    without_comments,
)

_MAX_ARGUMENT = 400
# Bounded everywhere, so that no text takes more than a look at each of its letters.
_GIVEN = re.compile(r"(?<![\w$])([A-Za-z_$][\w$]{0,80})\s{0,8}=(?![=>])(?=\s{0,8}([^;\n]{1,400}))")
_TEXT = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"|`([^`]*)`")
_PUT_IN = re.compile(r"\$\{[^}]*\}|#\{[^}]*\}|\{[^}]*\}|\*+.*", re.DOTALL)
_HERE = re.compile(r"\b__dirname\b|\bimport\.meta\.(?:dirname|url)\b|\b__dir__\b|\b__FILE__\b|\b__file__\b|\b__DIR__\b")
_USES = re.compile(r"^[ \t]*(?:import|package|use|namespace)\b[^\n;(]*", re.MULTILINE)

_JAVASCRIPT = re.compile(
    r"(?<![\w$.])(require(?:\.resolve)?|import|import\.meta\.glob(?:Eager)?|require\.context|require_?(?:Dir|dir|All|Directory)|"
    r"(?:\w+\.)?readdir(?:Sync)?|glob(?:\.sync|Sync)?)\s*\("
)
# One of these is wherever something is loaded by name, comments before its bracket or not; most files have none.
_JAVASCRIPT_MAY = {
    "require": re.compile(r"require(?:\.resolve|\.context|_?(?:[Dd]ir|All|Directory))?\s*[(/*]"),
    "import": re.compile(r"import\s*[(/*]"),
    "readdir": re.compile(r"readdir(?:Sync)?\s*[(/*]"),
    "glob": re.compile(r"glob(?:Eager|\.?[sS]ync)?\s*[(/*]"),
}
_LISTS = ("readdir", "readdirSync", "glob", "globSync", "sync")
_PLAIN = re.compile(r"\s*(?:'[^'\n]*'|\"[^\"\n]*\"|`[^`$]*`)\s*,?\s*", re.DOTALL)
_PYTHON = re.compile(
    r"\b(import_module|__import__|iter_modules|walk_packages|spec_from_file_location|import_string|import_from_string|load_string)\s*\("
)
_PYTHON_WAYS = "import_module __import__ iter_modules walk_packages spec_from_file_location import_string import_from_string load_string".split()
_PYTHON_MAY = ("import_", "_modules", "walk_packages", "spec_from_file_location", "load_string")
_PYTHON_BELOW = re.compile(r"\b(\w+)\.__(?:path|name|package)__")
_PYTHON_OWN = re.compile(r"(?<![\w.])__(?:path|name|package|file)__")
_RUBY = re.compile(
    r"^.*\b(?:Dir|glob|require|require_relative|require_all|load|eager_load\w*|constantize|const_get)\b.*$",
    re.MULTILINE,
)
_RUBY_OPEN = re.compile(r"#\{|\*|\+|\bFile\.join\b|\bRails\.root\b|\bconst_get\b")
_JOINED = re.compile(r"\s*\+")
_JVM_NAME = re.compile(r"(?<![\w.])((?:[a-z_]\w*\.){2,}(?:[A-Z]\w*|(?=\")))")
_JVM_MAY = re.compile(r"\.[A-Z]")
_PHP_NAME = re.compile(r"(?<!\w)\\{0,2}([A-Z]\w*(?:\\{1,2}[A-Z]\w*)*\\{0,2})")
_ENTRY = re.compile(r"(?<![\w.])([a-z_]\w*(?:\.\w+)+):[a-z_]\w*")
_ENTRY_MAY = re.compile(r"\.\w+:[a-z_]")
_ELIXIR = re.compile(r"Module\.(?:safe_)?concat\(\s*\[?\s*([A-Z][\w.]*)|\"Elixir\.([A-Z][\w.]*)")

_ELIXIR_NAME = re.compile(r"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")
_ELIXIR_ASIDE = re.compile(
    r"\"\"\".*?(?:\"\"\"|\Z)|#(?!\{)[^\n]*|^[ \t]*(?:alias|import|require)\b[^\n]*", re.DOTALL | re.MULTILINE
)


class Load(NamedTuple):
    """The beginning of what is loaded: a path (its parts are divided by slashes), or a name with the separators of its language.

    ``here``: the path begins at the file's own folder. A name may be one of a module, or of all modules that begin so.
    """

    prefix: str
    is_path: bool = False
    here: bool = False


def is_read(language: str) -> bool:
    """Whether anything is known of how files in a language load by name."""
    return language in _READERS


def loads(language: str, text: str) -> Iterator[Load]:
    """Yield what the text of a file in a language loads by name."""
    reader = _READERS.get(language)
    if reader is not None:
        yield from reader(text)


def names_in_settings(text: str) -> Iterator[str]:
    """Yield the names of classes and the entry points (``pkg.module:function``) that a file of settings holds."""
    # Most settings hold next to nothing of the kind: names are read from where they begin, where they hold what each must hold.
    for found in matches_at(name_starts(_JVM_MAY, text), _JVM_NAME, text):
        if found[1][-1] != "." and found[1].rpartition(".")[2][:1].isupper():
            yield found[1]
    for found in _PHP_NAME.finditer(text) if "\\" in text else ():
        if "\\" in found[1]:
            yield found[1].replace("\\\\", "\\")
    yield from (found[1] for found in matches_at(name_starts(_ENTRY_MAY, text), _ENTRY, text))


def _javascript(text: str) -> Iterator[Load]:
    if not any(word in text and call.search(text) for word, call in _JAVASCRIPT_MAY.items()):
        return
    text = without_comments(text)
    found = [(match[1], _argument(text, match.end())) for match in matches_at(_starts(text), _JAVASCRIPT, text)]
    put_together = [(how, argument) for how, argument in found if not _is_plain(how, argument)]
    if all(how.rpartition(".")[2] in _LISTS and "meta" not in how for how, _ in put_together):
        return  # files are listed and not loaded
    given: Mapping[str, str] | None = None
    for _, argument in put_together:
        if not _TEXT.search(argument):
            given = _values(text) if given is None else given
        yield from _paths(argument, given or {})


def _starts(text: str) -> Iterator[int]:
    """Where something of JavaScript may begin that loads: at its word, or at the one name before `.readdir`."""
    for word in _JAVASCRIPT_MAY:
        for at in places(word, text):
            yield at
            if word == "readdir" and text[at - 1 : at] == ".":
                start = at - 1
                while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                    start -= 1
                yield start


def _is_plain(how: str, argument: str) -> bool:
    return how in {"require", "require.resolve", "import"} and (
        _PLAIN.fullmatch(argument) is not None or not argument.strip()
    )


def _values(text: str) -> dict[str, str]:
    """Return the first value with something written out in it that each name was given; in one pass, however many names there are."""
    found: dict[str, str] = {}
    for match in _GIVEN.finditer(text):
        if match[1] not in found and _TEXT.search(match[2]):
            found[match[1]] = match[2]
    return found


def _paths(argument: str, given: Mapping[str, str]) -> Iterator[Load]:
    if not _TEXT.search(argument):
        # One step back, to where a name was given its value.
        names = re.findall(r"[A-Za-z_$][\w$]*", argument)[:3]
        argument = next((given[name] for name in names if name in given), argument)
    path = _known(argument)
    here = _HERE.search(argument) is not None or path.startswith(".")
    if path or (here and _TEXT.search(argument)):
        yield Load(path, is_path=True, here=here)


def _known(argument: str) -> str:
    """The path that an expression begins with, as far as it is written out: texts that are joined, up to where something is put in."""
    parts: list[str] = []
    for found in _TEXT.finditer(argument):
        written = next((one for one in found.groups() if one is not None), "")
        written = re.sub(r"^(?:\$|#)?\{[^}]*\}/?", "", written)
        head, put_in, _ = _first_cut(written)
        goes_on = _JOINED.match(argument, found.end()) is not None
        if put_in or goes_on:
            parts.append(head.rpartition("/")[0])
            break
        parts.append(head)
    return "/".join(part for part in parts if part)


def _first_cut(written: str) -> tuple[str, bool, str]:
    cut = _PUT_IN.search(written)
    return (written, False, "") if cut is None else (written[: cut.start()], True, written[cut.start() :])


def _python(text: str) -> Iterator[Load]:
    for found in matches_from(_PYTHON_WAYS, _PYTHON, text) if any(way in text for way in _PYTHON_MAY) else ():
        argument = _argument(text, found.end())
        written = next(
            (next(one for one in match.groups() if one is not None) for match in _TEXT.finditer(argument)), ""
        )
        head, put_in, _ = _first_cut(written)
        relative = head.startswith(".")
        if relative or _PYTHON_OWN.search(argument):
            yield Load(head.strip(".").replace(".", "/"), is_path=True, here=True)
        elif head:
            yield Load(head.rpartition(".")[0] + "." if put_in and not head.endswith(".") else head)
        for below in _PYTHON_BELOW.findall(argument):
            yield Load(below, is_path=True)
    yield from map(Load, names_between_quotes(text))


def _ruby(text: str) -> Iterator[Load]:
    for line in _RUBY.findall(text):
        if line.lstrip().startswith("#") or not _RUBY_OPEN.search(line):
            continue
        path = _known(line)
        if "::" in path or "constantize" in line or "const_get" in line:
            path = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", path.replace("::", "/")).lower()
        here = _HERE.search(line) is not None or "require_relative" in line
        if path.strip("/"):
            yield Load(path, is_path=True, here=here)


def _jvm(text: str) -> Iterator[Load]:
    yield from (Load(found[1]) for found in _JVM_NAME.finditer(_USES.sub(" ", without_comments(text))))


def _php(text: str) -> Iterator[Load]:
    for found in _PHP_NAME.finditer(_USES.sub(" ", without_comments(text))):
        if "\\" in found[1]:
            yield Load(found[1].replace("\\\\", "\\"))


def _elixir(text: str) -> Iterator[Load]:
    """Modules that are handed on by their names, such as the children of a supervisor, and names that are put together."""
    text = _ELIXIR_ASIDE.sub(" ", text)
    for found in _ELIXIR.finditer(text):
        name = found[1] or found[2]
        yield Load(name if name.endswith(".") else f"{name}.")
    for found in _ELIXIR_NAME.finditer(text):
        yield Load(found[0])


def _argument(text: str, start: int) -> str:
    """What stands between the bracket that was opened before ``start`` and the one that closes it."""
    depth = 1
    for at in range(start, min(len(text), start + _MAX_ARGUMENT)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth == 0:
            return text[start:at]
    return text[start : start + _MAX_ARGUMENT]


_READERS: dict[str, Callable[[str], Iterator[Load]]] = {
    "javascript": _javascript,
    "typescript": _javascript,
    "tsx": _javascript,
    "python": _python,
    "ruby": _ruby,
    "java": _jvm,
    "kotlin": _jvm,
    "php": _php,
    "elixir": _elixir,
}
