"""What watches over the code: tests, gates, and the sentences of documents that state a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archaeology.model import ImportBoundary


@dataclass(frozen=True, slots=True)
class Fake:
    """A test double. ``stands_for`` names what it replaces, where that could be told."""

    name: str
    path: str
    line: int
    kind: str  # fake, stub, mock, spy, recorded
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test, by the id that its runner would print. ``kind``: unit, integration, property, snapshot, contract, benchmark."""

    __test__ = False

    id: str
    path: str
    line: int
    end_line: int
    kind: str = "unit"
    markers: tuple[str, ...] = ()
    issue: str | None = None


@dataclass(frozen=True)
class TestSuite:
    """What the tests are made of. ``isolation`` lists things that keep tests off the network, clock or database."""

    __test__ = False

    frameworks: tuple[str, ...] = ()
    cases: tuple[TestCase, ...] = ()
    fakes: tuple[Fake, ...] = ()
    isolation: tuple[tuple[str, str, int], ...] = ()  # (what, path, line)
    golden_files: tuple[str, ...] = ()


class Exclusion(NamedTuple):
    """An entry of a configuration that leaves files out, where it stands, and how it is to be read.

    ``form``: *glob* as in ``.gitignore`` (also for a folder), *text* with ``*`` for any characters, *module* with ``.*`` for all below,
    *part* of a path, perhaps with ``^`` and ``$``. Relative to the folder of ``path``; a leading ``!`` takes files in again.
    """

    path: str
    line: int
    pattern: str
    form: str


@dataclass(frozen=True, slots=True)
class Gate:
    """Something that can stop a change: a CI job, a linter, a type checker, a hook, a boundary contract, an owner rule."""

    id: str  # "ci:github:test/lint", "linter:ruff", "boundary:import-linter:layers"
    kind: str  # ci, linter, type_checker, coverage, boundary, hook, owners, foundry
    name: str
    path: str
    start_line: int
    end_line: int
    command: str | None = None
    strictness: tuple[str, ...] = ()
    boundaries: tuple[ImportBoundary, ...] = ()
    required: bool = True
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence of a document that states a rule, a decision or a reason. ``force``: must, must_not, should, should_not, prefer, because."""

    text: str
    path: str
    start_line: int
    end_line: int
    force: str
    heading: str = ""
    document: str = ""  # adr, charter, agents, readme, contributing, architecture, other
    status: str | None = None  # of an ADR: accepted, proposed, superseded, deprecated
    superseded_by: str | None = None


@dataclass(frozen=True)
class Documents:
    """What the documents say in sentences; ``files`` are the documents that were read."""

    rules: tuple[Rule, ...] = ()
    files: tuple[str, ...] = ()
