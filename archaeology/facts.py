"""What was read from a repository, before anybody says what it means.

Plain values, cheap to make by the hundred thousand: what a file holds by the dozen is a named tuple, since a frozen dataclass costs
four times as much. :class:`FileFacts` holds nothing of the path, so that it can be cached by blob id; everything that needs a path
(module names, resolved imports, tests) is computed from it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from archaeology.history.model import History
    from archaeology.model import Citation, ImportBoundary, Limit, RepositoryInfo


class Flag(StrEnum):
    """What kind of file it is, beside its language."""

    GENERATED = "generated"
    VENDORED = "vendored"
    MINIFIED = "minified"
    TEST = "test"
    EXAMPLE = "example"
    MIGRATION = "migration"
    DOCUMENTATION = "documentation"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class File:
    """A tracked file. ``reasons`` says for each flag why it is set; ``size`` is in bytes."""

    path: str
    blob: str
    size: int
    language: str | None = None
    flags: frozenset[Flag] = frozenset()
    reasons: tuple[tuple[Flag, str], ...] = ()

    @property
    def is_production(self) -> bool:
        """Whether people write it and the product runs it: no test, example, generated, vendored or documentation file."""
        return not (self.flags - {Flag.MIGRATION})


class Definition(NamedTuple):
    """A named thing in a file. ``name`` is qualified inside the file (``Checkout.pay``); lines count from 1."""

    name: str
    kind: str  # class, interface, trait, protocol, struct, enum, function, method, module, type, constant
    visibility: str  # public, private, protected, internal
    start_line: int
    end_line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    abstract: bool = False


class Import(NamedTuple):
    """An import as written. ``level`` counts leading dots of a relative Python import.

    ``names`` are the imported names of a from-import (empty for a plain one; ``("*",)`` for a star).
    """

    module: str
    line: int
    names: tuple[str, ...] = ()
    level: int = 0
    alias: str | None = None
    type_checking: bool = False
    lazy: bool = False
    conditional: bool = False
    reexport: bool = False


class Raise(NamedTuple):
    """A type that is raised, thrown or returned as an error, and where."""

    type: str
    line: int
    symbol: str | None = None


class Catch(NamedTuple):
    """The types that a handler catches; empty for a bare handler."""

    types: tuple[str, ...]
    line: int
    symbol: str | None = None


class Call(NamedTuple):
    """A call through a dotted name whose first part is an imported name (``requests.get``)."""

    target: str
    line: int
    symbol: str | None = None


class Comment(NamedTuple):
    """A comment or docstring that carries a reason, a ban or a warning; ``kind`` says which word raised it."""

    text: str
    start_line: int
    end_line: int
    kind: str  # reason, ban, workaround, warning, todo, docstring
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file's bytes say. ``error`` tells why nothing, or not everything, could be read."""

    language: str
    lines: int = 0
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    raises: tuple[Raise, ...] = ()
    catches: tuple[Catch, ...] = ()
    calls: tuple[Call, ...] = ()
    comments: tuple[Comment, ...] = ()
    package: str | None = None  # the package or namespace that the file declares (Java, Kotlin, C#, PHP, Go, Elixir)
    exports: tuple[str, ...] = ()  # names the file declares public (``__all__``, export lists)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ImportEdge:
    """One resolved import. Exactly one of ``target`` (a file's path) and ``external`` (a top-level package) is set."""

    source: str
    line: int
    target: str | None
    external: str | None = None
    stdlib: bool = False
    module: str = ""
    names: tuple[str, ...] = ()
    type_checking: bool = False
    lazy: bool = False
    conditional: bool = False
    reexport: bool = False


@dataclass(frozen=True)
class ImportGraph:
    """All resolved imports of a repository. ``modules`` maps each source file's path to its module name.

    ``unresolved`` counts imports that looked internal and led nowhere; ``roots`` are the source roots that were found.
    """

    edges: tuple[ImportEdge, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    unresolved: int = 0

    @cached_property
    def by_source(self) -> tuple[ImportEdge, ...]:
        """The edges in the order of their sources: those of a folder stand together. Else as they are."""
        return tuple(sorted(self.edges, key=lambda edge: edge.source))

    @cached_property
    def by_target(self) -> tuple[ImportEdge, ...]:
        """The edges in the order of what they lead to, external packages first. Else as they are."""
        return tuple(sorted(self.edges, key=lambda edge: (edge.target or "", edge.external or "")))


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


class Reader(Protocol):
    """Reads texts and makes citations at the surveyed revision; the one thing in :class:`Facts` that does I/O."""

    def text(self, path: str) -> str | None:
        """Return a tracked file's text (UTF-8, with replacement characters), or None where it may not be read."""
        ...

    def cite_lines(self, path: str, start_line: int, end_line: int, symbol: str | None = None) -> Citation:
        """Return a code citation for these lines. Raises KeyError for a path that is not tracked."""
        ...

    def cite_commit(self, oid: str, quote: str) -> Citation:
        """Return a commit citation that quotes these lines of the commit's message."""
        ...

    def cite_gate(self, gate: Gate) -> Citation:
        """Return a gate citation with the lines that define the gate."""
        ...

    def cite_test(self, case: TestCase) -> Citation:
        """Return a test citation with the test's first lines."""
        ...


@dataclass(frozen=True)
class Facts:
    """Everything that was read; detectors and hypothesizers look at nothing else.

    ``reader`` gives texts and makes citations; everything else is plain data.
    """

    repository: RepositoryInfo
    files: Mapping[str, File]
    code: Mapping[str, FileFacts]  # by path
    imports: ImportGraph
    history: History
    tests: TestSuite
    gates: tuple[Gate, ...]
    documents: Documents
    reader: Reader
    limits: tuple[Limit, ...] = ()

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files, in order."""
        return tuple(sorted(self.files))
