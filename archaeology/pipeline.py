"""The reading of a repository from end to end: gather what the repository says, see what stands out, say what it may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from archaeology.cache import Cache
from archaeology.code import parse_files
from archaeology.documents import read_documents
from archaeology.early import first_look, observe
from archaeology.facts import Documents, Facts, File, FileFacts, TestSuite
from archaeology.gates import read_gates
from archaeology.git import Repository
from archaeology.history import CommitSequence, read_history
from archaeology.history.edge_lives import trace_edges
from archaeology.history.model import Commit, EdgeLife, History
from archaeology.hypotheses import propose
from archaeology.imports import resolve_imports
from archaeology.inventory import Inventory, limits_of_work_tree, take_inventory
from archaeology.memory import piling_up
from archaeology.model import Limit, RepositoryInfo, Survey
from archaeology.options import ScanOptions
from archaeology.progress import Progress
from archaeology.reader import RepositoryReader
from archaeology.run import Run
from archaeology.suite import read_tests

if TYPE_CHECKING:
    from archaeology.git.work_tree import WorkTree


def gather(  # noqa: PLR0913 - what a scan is made of
    repository: Repository,
    options: ScanOptions,
    cache: Cache,
    run: Run,
    tree: WorkTree | None = None,
    *,
    names_only: bool = False,
) -> Facts:
    """Read everything that detectors, hypothesizers and checks look at, stage by stage; good while the repository is open.

    With ``tree`` the files are read from there, and the history below it; with ``names_only`` no more of source code than its
    definitions and imports.
    """
    run.limits.extend(repository.limits())
    source = _Source(repository, repository.resolve(options.revision), tree, options, cache, run)
    if source.revision is None and tree is None:
        return _nothing(source)
    inventory = _inventory(source)
    # Before anything else takes room: what a hundred thousand commits take while they are read is given back again.
    history, limits = _history(source, inventory.files)
    facts = _present(source, inventory.files, names_only=names_only)
    run.limits.extend(limits)
    facts = _with_history(facts, history)
    if options.history and source.revision is not None:
        first_look(facts, run)
        lives = _import_history(source, source.revision, facts)
        facts = replace(facts, history=replace(facts.history, edge_lives=lives))
    run.limits.extend(cache.limits())
    repository.require_presence(source.revision)  # a survey of half a repository must not pass for one of the whole
    return replace(facts, limits=tuple(dict.fromkeys(run.limits)))


@dataclass
class _Source:
    """What is read, and how. ``revision`` is None before the first commit; ``commits`` are there once the history was read."""

    repository: Repository
    revision: str | None
    tree: WorkTree | None
    options: ScanOptions
    cache: Cache
    run: Run
    commits: Sequence[Commit] = ()

    @property
    def contents(self) -> Repository | WorkTree:
        """Where the texts are."""
        return self.repository if self.tree is None else self.tree

    def info(self) -> RepositoryInfo:
        return self.repository.info(self.options.revision).model_copy(update={"work_tree": self.tree is not None})

    def time_of(self, oid: str) -> int | None:
        return self.commits.time_of(oid) if isinstance(self.commits, CommitSequence) else None


def _inventory(source: _Source) -> Inventory:
    run, tree = source.run, source.tree
    with run.stage("inventory"):
        inventory = take_inventory(source.contents, source.revision or "")
        run.limits.extend(inventory.limits)
        run.limits.extend(limits_of_work_tree(tree) if tree is not None else ())
        return inventory


def _present(source: _Source, files: Mapping[str, File], *, names_only: bool) -> Facts:
    """Read what the files say; their history is left out."""
    run, cache, tree, contents = source.run, source.cache, source.tree, source.contents
    info = source.info()
    uncommitted = tree.uncommitted if tree is not None else frozenset[str]()
    reader = RepositoryReader(contents, source.revision, files, times=source.time_of, uncommitted=uncommitted)
    with run.stage("parse"), piling_up():
        parsed = parse_files(
            contents,
            files,
            jobs=source.options.jobs,
            cache=cache,
            on_progress=run.on_progress,
            cancelled=run.cancelled,
            names_only=names_only,
        )
        code = run.keep(parsed)
    with run.stage("imports"):
        graph = resolve_imports(files, code, reader.text, run.shield)
    with run.stage("tests"):
        tests = read_tests(files, code, reader, cache=cache, on_progress=run.on_progress, cancelled=run.cancelled)
    with run.stage("gates"):
        gates = run.keep(read_gates(files, reader))
    with run.stage("documents"):
        documents = read_documents(files, reader)
        reader.forget()  # what comes next needs room and no texts
    return Facts(info, files, code, graph, History(), tests, gates, documents, reader)


def _with_history(facts: Facts, history: History) -> Facts:
    """Add what the commits say; the life of imports is read later."""
    counts = _counts(facts.files, facts.code, history)
    return replace(facts, history=history, repository=facts.repository.model_copy(update={"counts": counts}))


def _history(source: _Source, files: Mapping[str, File]) -> tuple[History, tuple[Limit, ...]]:
    run = source.run
    if not source.options.history:
        return History(partial="not read"), ()
    if source.revision is None:
        return History(partial="no commit yet"), ()
    with run.stage("history"):
        history, limits = read_history(
            source.repository,
            source.revision,
            files,
            since=source.options.since,
            cache=source.cache,
            on_progress=run.on_progress,
            cancelled=run.cancelled,
        )
    source.commits = history.commits
    return history, limits


def _import_history(source: _Source, revision: str, facts: Facts) -> tuple[EdgeLife, ...]:
    run = source.run
    with run.stage("import history"), piling_up():
        trace = partial(
            trace_edges,
            source.repository,
            revision,
            facts.imports,
            facts.history,
            files=facts.files if source.tree is None else None,
            cache=source.cache,
            on_progress=run.on_progress,
            cancelled=run.cancelled,
        )
        nothing: tuple[tuple[EdgeLife, ...], tuple[Limit, ...]] = ((), ())
        return run.keep(run.shield("The life of imports", trace, nothing))


def draw_conclusions(facts: Facts, run: Run) -> Survey:
    """Return the survey that the facts support: observations, then hypotheses, best first."""
    with piling_up():
        with run.stage("observations"):
            observations = observe(facts, run)
        with run.stage("hypotheses"):
            hypotheses = propose(facts, observations, run.shield)
    cited = {key for hypothesis in hypotheses for key in hypothesis.observations}
    run.on_progress(Progress("hypotheses", len(hypotheses), len(hypotheses)))
    return Survey(
        repository=facts.repository,
        timings=run.timings,
        limits=tuple(dict.fromkeys((*facts.limits, *run.limits))),
        # Those that a hypothesis stands on first; the rest are findings of their own.
        observations=tuple(sorted(observations, key=lambda item: (item.id not in cited, item.id))),
        hypotheses=hypotheses,
    )


def _nothing(source: _Source) -> Facts:
    """The facts of a repository without a commit: nothing, and that is said."""
    run = source.run
    run.limits.append(Limit(kind="unborn", detail="There is no commit yet, so there is nothing to read."))
    return Facts(
        repository=source.info(),
        files={},
        code={},
        imports=resolve_imports({}, {}, lambda _: None),
        history=History(partial="no commit yet"),
        tests=TestSuite(),
        gates=(),
        documents=Documents(),
        reader=RepositoryReader(source.repository, "", {}),
        limits=tuple(dict.fromkeys(run.limits)),
    )


def _counts(files: Mapping[str, File], code: Mapping[str, FileFacts], history: History) -> dict[str, int]:
    return {
        "files": len(files),
        "source_files": len(code),
        "lines": sum(facts.lines for facts in code.values()),
        "commits": len(history.commits),
        "authors": history.authors,
    }
