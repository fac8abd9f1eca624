"""What archaeology says: citations, observations, checks, hypotheses and the survey that holds them.

These are the published shapes (``alloy.survey.v1``). What was merely read (files, symbols, imports, history) is in
:mod:`archaeology.facts`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SURVEY_SCHEMA: Literal["alloy.survey.v1"] = "alloy.survey.v1"


class Frozen(BaseModel):
    """A value: compared by content, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Category(StrEnum):
    """The signal category of an observation; a hypothesis needs at least two different ones."""

    STRUCTURAL = "structural"
    BEHAVIOURAL = "behavioural"
    HISTORICAL = "historical"
    TEXTUAL = "textual"
    EVIDENCE = "evidence"


class Family(StrEnum):
    """The kinds of intent that are mined for."""

    VENDOR_ISOLATION = "vendor_isolation"
    LAYER_DIRECTION = "layer_direction"
    SIBLING_INDEPENDENCE = "sibling_independence"
    PURE_CORE = "pure_core"
    PORTS_AND_ADAPTERS = "ports_and_adapters"
    TYPED_ERRORS = "typed_errors"
    PUBLIC_FACADE = "public_facade"
    STABLE_FORMAT = "stable_format"
    TEST_ISOLATION = "test_isolation"
    DEPENDENCY_RESTRAINT = "dependency_restraint"
    SCAR_TISSUE = "scar_tissue"
    ENFORCED_GATE = "enforced_gate"
    PERFORMANCE_GUARD = "performance_guard"
    CONCURRENCY = "concurrency"
    SECURITY_BOUNDARY = "security_boundary"
    TECHNOLOGY_CHOICE = "technology_choice"
    GENERATED_CODE = "generated_code"
    TACIT_COUPLING = "tacit_coupling"
    CONTRADICTION = "contradiction"


class CodeCitation(Frozen):
    """Lines of a file at a commit. ``quote_sha256`` is over the exact quoted lines joined by newlines, UTF-8.

    ``commit`` is None where the file was read from the work tree and is not committed as it stands; ``blob`` is then the id that git
    gives to its raw bytes. ``quote`` may be shortened for showing; the hash never is. Lines count from 1, both ends included.
    """

    kind: Literal["code"] = "code"
    path: str
    start_line: int
    end_line: int
    symbol: str | None = None
    blob: str
    commit: str | None = None
    quote: str
    quote_sha256: str


class CommitCitation(Frozen):
    """Lines of a commit's message."""

    kind: Literal["commit"] = "commit"
    commit: str
    quote: str
    quote_sha256: str
    date: str | None = None


class GateCitation(Frozen):
    """A gate (CI job, linter, hook, boundary contract) by its id, with the configuration lines that define it."""

    kind: Literal["gate"] = "gate"
    gate: str
    path: str
    start_line: int
    end_line: int
    blob: str
    commit: str | None = None
    quote: str
    quote_sha256: str


class TestCitation(Frozen):
    """A test by its id (``tests/test_x.py::TestY::test_z``), with its first lines."""

    __test__ = False  # pytest: not a test class

    kind: Literal["test"] = "test"
    test: str
    path: str
    start_line: int
    end_line: int
    blob: str
    commit: str | None = None
    quote: str
    quote_sha256: str


Citation = Annotated[CodeCitation | CommitCitation | GateCitation | TestCitation, Field(discriminator="kind")]


class Observation(Frozen):
    """A fact mined from the repository. ``subject`` names the paths, modules or packages that it is about."""

    id: str
    category: Category
    family: Family
    summary: str
    subject: tuple[str, ...]
    citations: tuple[Citation, ...] = ()
    data: dict[str, Any] = Field(default_factory=dict)


class End(Frozen):
    """One end of an import boundary: a module or package of the repository, or an external package.

    ``path`` is relative to the repository, with a trailing slash for a package or folder; None for an external one.
    """

    module: str
    path: str | None = None
    external: bool = False


class BoundaryException(Frozen):
    """An import that a boundary tolerates: from one module (or glob) to another."""

    from_: str = Field(alias="from")
    to: str


class ImportBoundary(Frozen):
    """No source may import anything forbidden; ``indirect`` bans chains of imports too."""

    kind: Literal["import_boundary"] = "import_boundary"
    sources: tuple[End, ...]
    forbidden: tuple[End, ...]
    except_: tuple[BoundaryException, ...] = Field(default=(), alias="except")
    indirect: bool = False
    ignore_type_checking: bool = False


class PathExists(Frozen):
    """At least one tracked file matches the glob."""

    kind: Literal["path_exists"] = "path_exists"
    path: str


class PatternAbsent(Frozen):
    """No line of the files matched by ``paths`` (globs) matches the regular expression."""

    kind: Literal["pattern_absent"] = "pattern_absent"
    pattern: str
    paths: tuple[str, ...]
    except_paths: tuple[str, ...] = ()


class PatternPresent(Frozen):
    """At least one line of the files matched by ``paths`` (globs) matches the regular expression."""

    kind: Literal["pattern_present"] = "pattern_present"
    pattern: str
    paths: tuple[str, ...]


class SymbolExists(Frozen):
    """A definition with this qualified name exists under the path."""

    kind: Literal["symbol_exists"] = "symbol_exists"
    symbol: str
    path: str


class TestExists(Frozen):
    """A test whose id matches the glob exists."""

    __test__ = False  # pytest: not a test class

    kind: Literal["test_exists"] = "test_exists"
    test: str


class Command(Frozen):
    """A command that exits 0 where the intent holds. Never run by a scan; only on a person's word."""

    kind: Literal["command"] = "command"
    argv: tuple[str, ...]
    timeout_seconds: int = 300


Check = Annotated[
    ImportBoundary | PathExists | PatternAbsent | PatternPresent | SymbolExists | TestExists | Command,
    Field(discriminator="kind"),
]


class ConfidenceTerm(Frozen):
    """One step of the arithmetic behind a confidence: what was seen and by how much it moves the number."""

    label: str
    detail: str
    effect: float


class CounterEvidence(Frozen):
    """What speaks against a hypothesis; always shown."""

    summary: str
    citations: tuple[Citation, ...] = ()


class PossibleIntent(Frozen):
    """The facets that the evidence supports, and no others: what is None or empty is a question, not a guess."""

    capability: str | None = None
    threat: str | None = None
    expectation: str | None = None
    strategy: str | None = None
    evidence: tuple[str, ...] = ()
    tradeoff: str | None = None


class Hypothesis(Frozen):
    """A possible intent, never a fact, with what supports it, what speaks against it and what only a person can answer.

    ``less_sure``: it is told under a plain line, since more of what is told from there on may be habit or accident.
    """

    id: str
    title: str
    family: Family
    confidence: float = Field(ge=0.0, le=1.0)
    rationale: tuple[ConfidenceTerm, ...]
    possible_intent: PossibleIntent
    subject: tuple[str, ...] = ()
    observations: tuple[str, ...]
    counter_evidence: tuple[CounterEvidence, ...] = ()
    questions: tuple[str, ...] = ()
    check: Check | None = None
    stated_by: tuple[Citation, ...] = ()
    suggested_next_action: str = "interview"
    worth: float = 0.0
    less_sure: bool = False


class Limit(Frozen):
    """Something that was capped, skipped or could not be known: said, never silent."""

    kind: str
    detail: str
    count: int = 1
    paths: tuple[str, ...] = ()


class RepositoryInfo(Frozen):
    """Which repository was read, and where it stood. ``work_tree``: tracked files were read from disk, and not at ``revision``."""

    root: str
    head: str | None
    branch: str | None
    shallow: bool = False
    bare: bool = False
    revision: str | None = None
    work_tree: bool = False
    counts: dict[str, int] = Field(default_factory=dict)


class Survey(Frozen):
    """The result of a scan: hypotheses best first, with the observations they stand on."""

    schema_version: Literal["alloy.survey.v1"] = SURVEY_SCHEMA
    repository: RepositoryInfo
    timings: dict[str, float] = Field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    observations: tuple[Observation, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
