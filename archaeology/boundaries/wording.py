"""How boundaries are said aloud: names, titles and counted sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from archaeology.boundaries.draft import Draft
from archaeology.boundaries.statement import Form, Statement, without_facades
from archaeology.model import End, Family
from archaeology.text import visible_line

_MAX_NAMED = 4
_MAX_FILES = 12
_WHOLE_FROM = 10.0
_FAMILIES = {
    Form.VENDOR_ONLY: Family.VENDOR_ISOLATION,
    Form.VENDOR_FREE: Family.VENDOR_ISOLATION,
    Form.SIBLINGS: Family.SIBLING_INDEPENDENCE,
    Form.PRIVATE: Family.PUBLIC_FACADE,
    Form.GROUND: Family.PURE_CORE,
}
_SAYS_WHERE = frozenset({Form.STACK, Form.TOP, Form.VENDOR_ONLY, Form.VENDOR_FREE})
_ARTICLES = ("The ", "Only ", "Outside ")
# The forms that set what they name on one side against what they name on the other.
_SIDED = frozenset({Form.GROUND, Form.TOP, Form.ROW, Form.COLUMN, Form.VENDOR_ONLY, Form.VENDOR_FREE})


def family_of(statement: Statement) -> Family:
    """Return the family of intent that a statement belongs to."""
    return _FAMILIES.get(statement.form, Family.LAYER_DIRECTION)


def short(end: End, container: str) -> str:
    """Return what a developer calls an end: its path inside the container without its ending, or the external package's name."""
    return visible_line(end.module) if end.path is None else _short(end.path, container)


def listed(ends: Sequence[End], container: str, *, joiner: str = "and") -> str:
    """Return the names of ends as people list them: ``a``, ``b and c``, ``a, b, c, d and 5 others``."""
    names = [f"`{short(end, container)}`" for end in without_facades(ends)]
    if len(names) > _MAX_NAMED + 1:
        return f"{', '.join(names[:_MAX_NAMED])} {joiner} {len(names) - _MAX_NAMED} others"
    return f" {joiner} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def title(statement: Statement) -> str:
    """Return the statement as a sentence that a developer would say, true as it stands: with what crosses it today."""
    said = _TITLES[statement.form](statement).removesuffix(".")
    told = statement.form in _SAYS_WHERE or (statement.role and f"{statement.role.strip('`')}/" in statement.container)
    if not statement.branch and statement.container and not told:
        said = f"In {place_of(statement)}, {said[0].lower() if said.startswith(_ARTICLES) else said[0]}{said[1:]}"
    if statement.typing_only:
        said = f"{said}, annotations apart"
    return f"{said}, but for {counted(statement.observed)} today." if statement.observed else f"{said}."


def observed_sentence(statement: Statement) -> str:
    """Return what was counted, as a sentence."""
    chance = number(statement.expected)
    sources = listed(statement.sources, statement.container)
    forbidden = listed(statement.forbidden, statement.container, joiner="or")
    if statement.form is Form.VENDOR_ONLY:
        files = "1 file imports" if statement.attempts == 1 else f"{statement.attempts} files import"
        where = "in one place" if not statement.allowed[1:] else f"in {len(statement.allowed)} places"
        return f"{files} {forbidden}, all {where}: {_files(statement)}; chance would put {chance} of them elsewhere."
    if statement.form is Form.VENDOR_FREE:
        # A file that imports two of them counts twice.
        elsewhere = (
            f"elsewhere {'they are' if len(statement.forbidden) > 1 else 'it is'} imported {statement.attempts} times"
        )
        return f"No file of {sources} imports {forbidden}; {elsewhere}; by chance {chance} times here."
    if statement.form is Form.SIBLINGS:
        of_those = f"{counted(statement.attempts)} that {'leaves' if statement.attempts == 1 else 'leave'} them"
        return f"Among {sources}: {counted(statement.observed)}; dealt to all files alike, {chance} of the {of_those} would land on another of them."
    if statement.form is Form.COLUMN and statement.importers:
        return f"All that import {forbidden}: {_files(statement)}. From {sources} chance would make {chance} such imports; {statement.observed} are made."
    said = f"{sources} → {forbidden}: {counted(statement.observed)} where chance would make {chance}"
    goes = "goes" if statement.reverse == 1 else "go"
    back = f"; {counted(statement.reverse)} {goes} the other way" if statement.reverse else ""
    return f"{said}{back}; the sources make {counted(statement.attempts)} in all."


def counted(imports: int) -> str:
    """Return a number of imports as people say it: ``1 import``, ``2 imports``."""
    return f"{imports} import" if imports == 1 else f"{imports} imports"


def number(value: float) -> str:
    """Return a number as it is shown: one decimal while it is small."""
    return f"{value:.1f}" if value < _WHOLE_FROM else f"{value:.0f}"


def names_itself(statement: Statement | Draft) -> bool:
    """Whether both sides bear the same name, such as a folder and the package that it wraps: nobody could tell them apart in a sentence."""
    sources = statement.allowed or statement.sources
    return statement.form in _SIDED and not _bare(sources, statement.container).isdisjoint(
        _bare(statement.forbidden, statement.container)
    )


@lru_cache(maxsize=4096)
def _short(path: str, container: str) -> str:
    """The name of a path inside a container; asked for dozens of times for each of them."""
    name = path.removeprefix(container).rstrip("/") or path.rstrip("/").rsplit("/", 1)[-1]
    if not path.endswith("/"):
        folder, slash, file = name.rpartition("/")
        # Only C# has names of files with dots in them; elsewhere what stands between two dots says what kind of file it is.
        name = folder + slash + (file.rpartition(".")[0] if file.endswith(".cs") else file.split(".", 1)[0])
    return visible_line(name)


def _bare(ends: Sequence[End], container: str) -> set[str]:
    return {short(end, container).rpartition("/")[2] for end in without_facades(ends)}


def place_of(statement: Statement) -> str:
    """Return what the container is called."""
    return f"`{visible_line(statement.container.rstrip('/'))}`" if statement.container else "the repository"


def package_of(statement: Statement) -> str:
    """Return what the package around the forbidden private modules is called."""
    path = statement.forbidden[0].path or ""
    return visible_line(path.removeprefix(statement.container).split("/", 1)[0])


def _files(statement: Statement) -> str:
    """The importing files, all of them while they are few."""
    shown = [f"`{visible_line(path)}`" for path in statement.importers[:_MAX_FILES]]
    rest = len(statement.importers) - len(shown)
    return f"{', '.join(shown)} and {rest} more in these places" if rest else ", ".join(shown)


def _sources(statement: Statement) -> str:
    return listed(statement.sources, statement.container)


def _forbidden(statement: Statement) -> str:
    return listed(statement.forbidden, statement.container, joiner="or")


def _ground(statement: Statement) -> str:
    if len(without_facades(statement.sources)) > 1:
        return f"{_sources(statement)} are the ground: they import neither each other nor what stands on them."
    return f"{_sources(statement)} stands on its own: it never imports {_forbidden(statement)}."


def _row(statement: Statement) -> str:
    what = "what is built on it: " if statement.built_on else ""
    return f"{_sources(statement)} never imports {what}{_forbidden(statement)}."


def _siblings(statement: Statement) -> str:
    if not statement.role:
        return f"{_sources(statement)} never import each other."
    count = len(without_facades(statement.sources))
    return f"The {count} {statement.role} never import each other: {_sources(statement)}."


def _column(statement: Statement) -> str:
    only = listed(statement.allowed, statement.container)
    return f"Only {only} may import {_forbidden(statement)}."


def _stack(statement: Statement) -> str:
    layers = " > ".join(
        " | ".join(short(End(module=path, path=path), statement.container) for path in layer)
        for layer in statement.layers
    )
    return f"Imports in {place_of(statement)} only go down: {layers}."


def _stay(statement: Statement) -> str:
    return "stay" if len(without_facades(statement.sources)) > 1 else "stays"


def _vendor_only(statement: Statement) -> str:
    return f"Only {listed(statement.allowed, statement.container)} may import {_forbidden(statement)}."


def _vendor_free(statement: Statement) -> str:
    if len(statement.forbidden) == 1:
        return f"{_sources(statement)} {_stay(statement)} free of {_forbidden(statement)}."
    verb = "import" if len(without_facades(statement.sources)) > 1 else "imports"
    vendors = listed(statement.forbidden, statement.container, joiner="nor")
    return f"{_sources(statement)} {verb} neither {vendors.replace(', ', ' nor ')}."


_TITLES: dict[Form, Callable[[Statement], str]] = {
    Form.GROUND: _ground,
    Form.ROW: _row,
    Form.TOP: lambda said: f"{_forbidden(said)} stays on top: nothing below it in {place_of(said)} imports it.",
    Form.COLUMN: _column,
    Form.SIBLINGS: _siblings,
    Form.STACK: _stack,
    Form.PRIVATE: lambda said: f"Outside `{package_of(said)}` nobody imports its private modules ({_forbidden(said)}).",
    Form.VENDOR_ONLY: _vendor_only,
    Form.VENDOR_FREE: _vendor_free,
}
