"""A boundary as one statement that a person would make, with what was counted about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from archaeology.boundaries.chance import at_most
from archaeology.boundaries.containers import Container, Unit, paths_of
from archaeology.boundaries.graph import FileGraph
from archaeology.model import BoundaryException, End, Frozen, ImportBoundary

_MAX_NAMED_TESTS = 5

# A form, and the two sides by their paths or modules.
Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class Form(StrEnum):
    """The ways in which people put boundaries."""

    GROUND = "ground"  # everything stands on it; it imports nothing above
    TOP = "top"  # nothing imports it
    ROW = "row"  # it may not import what stands above it
    COLUMN = "column"  # only few may import it
    SIBLINGS = "siblings"  # they never import each other
    STACK = "stack"  # a > b > c
    PRIVATE = "private"  # outsiders go through the facade
    VENDOR_ONLY = "vendor_only"  # only one place imports the external package
    VENDOR_FREE = "vendor_free"  # a place that stays free of what the others use


class Statement(Frozen):
    """Sources never import what is forbidden, but for the exceptions.

    ``expected`` imports by chance against ``observed`` ones (``broken`` is the first of them); ``reverse`` counts imports in the
    allowed direction; ``attempts`` the imports that the sources make at all. ``allowed`` are those that may, where only few may.
    ``unseen``: one side uses the other without an import, or settings call it, so that no more than the imports are missing.
    ``unlisted``: the manifest of one side does not ask for the other. ``enforced``: a compiler or a build refuses such imports. ``role`` is what siblings have in common, if anything. ``built_on``: each of what is forbidden imports one of the sources;
    ``builders`` are those that do, as ends.
    ``importers`` are the product files that import what is forbidden to the others, all of them, where only few may.
    ``layers`` are unit paths from top to bottom, for a stack only. ``share`` is the part of the container's traffic that touches
    it, ``clarity`` how much higher the forbidden stand, ``place`` how central the container is (1: where the product branches, which is also what ``branch`` says).
    ``probability`` of seeing so few by chance is given where it does not follow from ``expected``. ``typing_only``: type checkers see such imports, the program does not.
    """

    form: Form
    container: str
    sources: tuple[End, ...]
    forbidden: tuple[End, ...]
    exceptions: tuple[BoundaryException, ...] = ()
    allowed: tuple[End, ...] = ()
    importers: tuple[str, ...] = ()
    role: str = ""
    built_on: bool = False
    builders: tuple[End, ...] = ()
    layers: tuple[tuple[str, ...], ...] = ()
    typing_only: bool = False
    expected: float = 0.0
    observed: int = 0
    broken: tuple[str, str] | None = None
    reverse: int = 0
    attempts: int = 0
    share: float = 0.0
    clarity: float = 0.0
    probability: float | None = None
    branch: bool = True
    enforced: bool = False
    unseen: bool = False
    unlisted: bool = False
    place: float = 1.0

    @property
    def key(self) -> Key:
        """What the statement says, for identity and for telling duplicates."""
        return key_of(self.form, self.sources, self.forbidden)

    @property
    def ends(self) -> tuple[End, ...]:
        """All ends, each once."""
        return tuple(dict.fromkeys((*self.sources, *self.forbidden)))

    @property
    def chance(self) -> float:
        """The probability that chance makes so few of these imports: Poisson, where nothing better was counted."""
        return at_most(self.observed, self.expected) if self.probability is None else self.probability

    @property
    def check(self) -> ImportBoundary:
        """The check that fails where somebody makes such an import."""
        return ImportBoundary(
            sources=self.sources,
            forbidden=self.forbidden,
            except_=self.exceptions,
            ignore_type_checking=self.typing_only,
        )


def key_of(form: Form, sources: Iterable[End], forbidden: Iterable[End]) -> Key:
    """Return what a statement of this form about these ends says."""
    return (
        form.value,
        tuple([end.path or end.module for end in sources]),
        tuple([end.path or end.module for end in forbidden]),
    )


def allow(pairs: Iterable[tuple[str, str]]) -> tuple[BoundaryException, ...]:
    """Return exceptions for these imports, in their order, each once."""
    return tuple(_exception(source, target) for source, target in dict.fromkeys(pairs))


def ends_of(units: Iterable[Unit]) -> tuple[End, ...]:
    """Return units as ends of a boundary, in their order: one each, two where a package's facade stands beside its folder."""
    return tuple(End(module=unit.module, path=path) for unit in units for path in paths_of(unit))


def within_themselves(units: Iterable[Unit]) -> tuple[tuple[str, str], ...]:
    """Return the imports between a package's folder and the facade beside it, both ways, as pairs of paths."""
    both = [(unit.path, unit.beside) for unit in units if unit.beside is not None]
    return tuple(pair for folder, facade in both for pair in ((folder, facade), (facade, folder)))


def without_facades(ends: Sequence[End]) -> tuple[End, ...]:
    """Return the ends as people count and name them: a facade beside its folder is told with the folder."""
    if len(ends) < 2:  # noqa: PLR2004 - one alone stands beside nothing
        return tuple(ends)
    folders = {end.path for end in ends if end.path and end.path.endswith("/")}
    if not 0 < len(folders) < len(ends):
        return tuple(ends)  # all are single files, or all are folders
    return tuple(
        end
        for end in ends
        if not end.path or end.path.endswith("/") or f"{end.path.rpartition('.')[0]}/" not in folders
    )


def chosen(container: Container, numbers: Iterable[int]) -> tuple[Unit, ...]:
    """Return units of a container by their numbers, lowest first."""
    return tuple(container.units[number] for number in sorted(numbers))


def test_globs(graph: FileGraph, folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the globs that name the tests among the files below these folders; a test that no glob names is given as it is."""
    found: dict[str, None] = {}
    for folder in folders:
        found.update(graph.tests_below(folder))
    globs = [name for name in found if "*" in name]
    return (*globs, *[name for name in found if "*" not in name][:_MAX_NAMED_TESTS])


@lru_cache(maxsize=4096)
def _exception(source: str, target: str) -> BoundaryException:
    """An exception; those of tests are the same in hundreds of statements."""
    return BoundaryException(from_=source, to=target)
