"""What siblings have in common: the role by which somebody would call them a group, and without which they only happen not to meet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter

from archaeology.facts import FileFacts

_MOSTLY = 0.8
# Folders that are named for what each unit in them is.
_OF_A_KIND = frozenset(
    """
    plugins plugin adapters commands providers drivers backends integrations extensions contrib handlers rules parsers formats features
    apps services jobs workers tasks views
    """.split()
)
# Plurals that say no more than that there are several.
_ANYTHING = frozenset(
    """
    utils helpers libs packages crates modules projects tools sources classes includes scripts components items things misc internals
    types models js css
    """.split()
)
_HELD = re.compile(r"that each hold a `(\w+)`")
_SHORTEST = 4
# Languages in which a folder is a package, and those in which files and folders alike are modules.
_OF_PACKAGES = (".py", ".go", ".java", ".kt")
_OF_MODULES = (".rs", ".ex", ".exs")
# Bases that thousands of classes share without a role.
_UNIVERSAL = frozenset(
    """
    object ABC Generic Protocol Enum IntEnum StrEnum Exception RuntimeError ValueError Error BaseModel NamedTuple TypedDict Thread
    Component Base Serializable Comparable Cloneable IDisposable Object Iterator Iterable Mapping dict list str int
    """.split()
)
_CONTRACTS = frozenset({"interface", "protocol", "trait"})
_FACADES = frozenset(
    {"__init__", "__main__", "index", "mod", "lib", "main", "package-info", "types", "utils", "constants"}
)
_LIKE = 2
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_BASES = attrgetter("bases")
_LAST_PART = re.compile(r"[.:\\]+")


class Kinship:
    """Tells what siblings have in common by what the repository's files define."""

    def __init__(self, code: Mapping[str, FileFacts]) -> None:
        """Take the facts of all files by path; nothing is looked at before it is asked for."""
        self._code = code
        self._known: dict[str, frozenset[str]] = {}

    def role_of(self, units: Sequence[tuple[str, Sequence[str]]], container: str, *, whole: bool) -> str:
        """Return what a group of units (each its short name and its files) is called, or an empty text where nothing is common to them.

        ``whole``: they are what the folder ``container`` holds, apart from what they share.
        """
        base = "" if _called(container) else self._common_base([files for _, files in units])
        return (
            f"{_noun(units, container)} that each hold a `{base}`"
            if base
            else _role_by_names(units, container, whole=whole)
        )

    def has_role(self, unit: tuple[str, Sequence[str]], role: str) -> bool:
        """Whether a unit (its short name and its files) holds what a role of :meth:`role_of` says that each of a group holds."""
        name, files = unit
        held = _HELD.search(role)
        if held is not None:
            return held[1] in self._bases(files)
        return role.startswith("`*") and name.endswith(role.strip("`*"))

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The names of the repository's interfaces and abstract types: a base from outside, such as a framework's, is no role made here."""
        return frozenset(
            definition.name
            for facts in self._code.values()
            for definition in facts.definitions
            if definition.abstract or definition.kind in _CONTRACTS
        )

    def _bases(self, files: Iterable[str]) -> set[str]:
        """The names of what the classes of some files are made of."""
        return set().union(*map(self._bases_in, files))

    def _bases_in(self, path: str) -> frozenset[str]:
        """The same of one file, which lies in a unit of each folder around it."""
        if path not in self._known:
            definitions = self._code[path].definitions if path in self._code else ()
            self._known[path] = frozenset(map(_plain, chain.from_iterable(map(_BASES, definitions))))
        return self._known[path]

    def _common_base(self, units: Iterable[Sequence[str]]) -> str:
        """The base that nearly every unit has a class of."""
        groups = [self._bases(files) for files in units]
        counts: dict[str, int] = {}
        for name in chain.from_iterable(groups):
            if name not in _UNIVERSAL and len(name) >= _SHORTEST:
                counts[name] = counts.get(name, 0) + 1
        common = [name for name, count in counts.items() if count >= _MOSTLY * len(groups) and name in self._defined]
        return min(common, key=lambda name: (-counts[name], name), default="")


@lru_cache(maxsize=4096)
def _plain(base: str) -> str:
    """What a base is called, without where it lies and what it is made for; a few are those of hundreds of classes."""
    return _LAST_PART.split(base.partition("<")[0].partition("[")[0])[-1]


def _role_by_names(units: Sequence[tuple[str, Sequence[str]]], container: str, *, whole: bool) -> str:
    folder = container.rstrip("/").rpartition("/")[2]
    if _called(container):
        return f"`{folder}`"
    affix = _common_word([name for name, _ in units])
    if affix:
        return f"`{affix}`"
    if (
        whole
        and len(folder) >= _SHORTEST
        and folder.endswith("s")
        and folder not in _ANYTHING
        and not folder.endswith("ss")
    ):
        return f"`{folder}`"
    like = _like_files(units)
    return f"{_noun(units, container)} that each have {' and '.join(f'`{name}`' for name in like)}" if like else ""


def _noun(units: Sequence[tuple[str, Sequence[str]]], container: str) -> str:
    """What people call such units: a file is a module, and so is a folder where the language has no word of its own for it."""
    inside = [path.removeprefix(container) for _, files in units for path in files]
    if not all("/" in path for path in inside) or any(path.endswith(_OF_MODULES) for path in inside):
        return "modules"
    return "packages" if any(path.endswith(_OF_PACKAGES) for path in inside) else "folders"


def _called(container: str) -> bool:
    return container.rstrip("/").rpartition("/")[2] in _OF_A_KIND


def _common_word(names: Sequence[str]) -> str:
    """The word that all names end with, as a pattern; one that they begin with is mostly the product's name."""
    words = [_WORDS.findall(name) for name in names]
    if all(len(parts) > 1 for parts in words) and len({parts[-1].lower() for parts in words}) == 1:
        return f"*{names[0][names[0].rfind(words[0][-1]) :]}"
    return ""


def _like_files(units: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """File names that nearly every unit has, where there are several."""
    groups = [{path.rpartition("/")[2] for path in files} for _, files in units if len(files) > 1]
    if len(groups) < len(units):
        return []
    counts = Counter(name for group in groups for name in group if _says_something(name.partition(".")[0]))
    common = [name for name, count in counts.items() if count >= _MOSTLY * len(groups)]
    return sorted(common, key=lambda name: (-counts[name], name))[:_LIKE] if len(common) >= _LIKE else []


def _says_something(stem: str) -> bool:
    return stem not in _FACADES and len(stem) >= _SHORTEST and not any(letter.isdigit() for letter in stem)
