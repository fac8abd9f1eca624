"""Where a linter, type checker or coverage threshold does not look: the parts of the tree that its configuration leaves out by name.

What a tool leaves out by itself (dependencies, build output) and what its configuration computes is not told. A baseline excuses what
was wrong when it was made; the files that it names are still looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from archaeology.facts import Exclusion
from archaeology.gates.ini_format import entries
from archaeology.gates.linters_javascript import eslint_config
from archaeology.gates.located import MISSING, MalformedConfigError, Node
from archaeology.gates.patterns import prefixes
from archaeology.gates.source import Source

MAX_EXCLUSIONS = 400
_VERBOSE = re.compile(r"^\(\?[a-z]*x[a-z]*\)")
_INLINE_COMMENT = re.compile(r"(?<!\\)#.*")
_EVERY_RULE = "ALL"
_NEON_LIST = re.compile(r"^(?P<indent>[ \t]*)excludePaths:[ \t]*$", re.MULTILINE)
_NEON_ENTRY = re.compile(r"^-\s*['\"]?([^'\"#(]+?)['\"]?\s*(?:\(\?\))?\s*$")
_IGNORED_XML = re.compile(r"<ignoreFiles\b.*?(?:</ignoreFiles>|\Z)", re.DOTALL)
_NAMED_XML = re.compile(r"""<(directory|file)\s[^>]{0,300}?name\s*=\s*["']([^"']+)["']""")

_Found = Iterator[Exclusion]


def exclusions(source: Source, tool: str) -> tuple[Exclusion, ...]:
    """Return what the configuration of a tool (``mypy``, ``ruff``, ``eslint``, ...) leaves out, at most 400 entries, in their order.

    Raises:
        MalformedConfigError: where the file is not what it should be.
    """
    read = _READERS.get(tool)
    found = [] if read is None else [entry for entry in read(source) if entry.pattern.strip("!/*. ")]
    return tuple(found[:MAX_EXCLUSIONS])


def _section(source: Source, tool: str) -> Node:
    if source.name == "pyproject.toml":
        return source.toml.get("tool", tool)
    if source.name.endswith(".toml"):
        return source.toml
    return source.ini.get(tool)


def _globs(source: Source, node: Node, form: str = "glob", prefix: str = "") -> _Found:
    """Each text of a list with its own line; of an INI option, whose entries know no lines, with the option's."""
    if node.is_list:
        for item in node.each():
            yield Exclusion(source.path, item.start_line, prefix + item.text(), form)
    else:
        for entry in entries(node):
            yield Exclusion(source.path, node.start_line, prefix + entry, form)


def _mypy(source: Source) -> _Found:
    section = _section(source, "mypy")
    exclude = section.get("exclude")
    for item in exclude.each():
        yield from _expression(source, item.text(), item.start_line)
    for override in section.get("overrides").each():
        for name in override.get("module").texts():
            yield from _modules(source, override, name)
    if not source.name.endswith(".toml"):
        for name, options in source.ini.items():
            if name.startswith("mypy-"):
                for pattern in name.removeprefix("mypy-").split(","):
                    yield from _modules(source, options, pattern.strip())


def _modules(source: Source, options: Node, pattern: str) -> _Found:
    ignored = options.get("ignore_errors")
    if ignored.is_given:
        yield Exclusion(source.path, ignored.start_line, pattern if ignored.flag() else f"!{pattern}", "module")


def _expression(source: Source, text: str, line: int) -> _Found:
    """A regular expression as the beginnings that it stands for; what cannot be told by looking leaves nothing out."""
    if _VERBOSE.match(text):
        text = "".join("".join(_INLINE_COMMENT.sub("", part).split()) for part in _VERBOSE.sub("", text).splitlines())
    told = prefixes(text)
    if not told.negated:
        for prefix in told.items:
            if prefix.text and not prefix.loose:
                start, end = "^" if prefix.anchored else "", "$" if prefix.whole else ""
                yield Exclusion(source.path, line, f"{start}{prefix.text}{end}", "part")


def _ruff(source: Source) -> _Found:
    section = _section(source, "ruff")
    for place in (section, section.get("lint")):
        yield from _globs(source, place.get("extend-exclude"))
        yield from _globs(source, place.get("exclude"))
        for key in ("per-file-ignores", "extend-per-file-ignores"):
            for pattern, rules in place.get(key).items():
                if _EVERY_RULE in rules.texts():
                    yield Exclusion(source.path, rules.start_line, pattern, "glob")


def _flake8(source: Source) -> _Found:
    section = _section(source, "flake8")
    for key in ("exclude", "extend-exclude", "extend_exclude"):
        yield from _globs(source, section.get(key))


def _pyright(source: Source) -> _Found:
    section = source.json if source.name.endswith(".json") else _section(source, "pyright")
    for key in ("exclude", "ignore"):
        yield from _globs(source, section.get(key), prefix="/")


def _coverage(source: Source) -> _Found:
    if source.name == "pyproject.toml":
        run, report = (source.toml.get("tool", "coverage", part) for part in ("run", "report"))
    else:
        before = "" if source.name == ".coveragerc" else "coverage:"
        run, report = (source.ini.get(f"{before}{part}") for part in ("run", "report"))
    for section in (run, report):
        yield from _globs(source, section.get("omit"), "text")


def _eslint(source: Source) -> _Found:
    try:
        document = eslint_config(source)
    except MalformedConfigError:
        document = MISSING  # computed: what it leaves out cannot be told
    for block in document.each():
        yield from _globs(source, block.get("ignorePatterns"))
        if {key for key, _ in block.items()} <= {"ignores", "name"}:  # beside other keys it narrows that block down
            yield from _globs(source, block.get("ignores"))
    beside = f"{source.folder}.eslintignore"
    for number, line in enumerate((source.tree.text(beside) or "").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield Exclusion(beside, number, line.strip(), "glob")


def _typescript(source: Source) -> _Found:
    yield from _globs(source, source.json.get("exclude"), prefix="/")


def _biome(source: Source) -> _Found:
    for section in (source.json.get("files"), source.json.get("linter")):
        yield from _globs(source, section.get("ignore"))
        for item in section.get("includes").each():  # since 2.0: what is left out is written with a mark
            if item.text().startswith("!"):
                yield Exclusion(source.path, item.start_line, item.text().lstrip("!"), "glob")


def _golangci(source: Source) -> _Found:
    ending = source.name.rpartition(".")[2]
    document = source.toml if ending == "toml" else source.json if ending == "json" else source.yaml
    for place in (
        document.get("run", "skip-dirs"),
        document.get("issues", "exclude-dirs"),
        document.get("linters", "exclusions", "paths"),
    ):
        for item in place.each():
            yield from _expression(source, item.text(), item.start_line)


def _rubocop(source: Source) -> _Found:
    yield from _globs(source, source.yaml.get("AllCops", "Exclude"))


def _phpstan(source: Source) -> _Found:
    """NEON indents with tabs, which YAML forbids; a list of paths is plain enough to be read by its lines."""
    for found in _NEON_LIST.finditer(source.text):
        first = source.text.count("\n", 0, found.end()) + 1
        for number, line in enumerate(source.lines[first:], start=first + 1):
            indent = line[: len(line) - len(line.lstrip())]
            if line.strip() and len(indent) <= len(found["indent"]):
                break
            if entry := _NEON_ENTRY.match(line.strip()):
                pattern = entry.group(1).removeprefix("%currentWorkingDirectory%").removeprefix("%rootDir%")
                yield Exclusion(source.path, number, f"/{pattern.lstrip('/')}", "glob")


def _psalm(source: Source) -> _Found:
    for block in _IGNORED_XML.finditer(source.text):
        for named in _NAMED_XML.finditer(block.group()):
            line = source.text.count("\n", 0, block.start() + named.start()) + 1
            yield Exclusion(source.path, line, f"/{named.group(2)}", "glob")


_READERS: dict[str, Callable[[Source], _Found]] = {
    "mypy": _mypy,
    "ruff": _ruff,
    "flake8": _flake8,
    "pyright": _pyright,
    "basedpyright": _pyright,
    "python": _coverage,  # a coverage threshold
    "eslint": _eslint,
    "typescript": _typescript,
    "biome": _biome,
    "golangci-lint": _golangci,
    "rubocop": _rubocop,
    "phpstan": _phpstan,
    "psalm": _psalm,
}
