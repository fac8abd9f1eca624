"""The reading of a repository from end to end: gather what the repository says, see what stands out, say what it may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from archaeology.inventory import limits_of_work_tree, take_inventory
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
    info = repository.info(options.revision).model_copy(update={"work_tree": tree is not None})
    run.limits.extend(repository.limits())
    revision = repository.resolve(options.revision)
    if revision is None and tree is None:
        return _nothing(repository, info, run)
    contents = repository if tree is None else tree
    with run.stage("inventory"):
        inventory = take_inventory(contents, revision or "")
        run.limits.extend(inventory.limits)
        run.limits.extend(limits_of_work_tree(tree) if tree is not None else ())
    commits: list[Sequence[Commit]] = []
    reader = RepositoryReader(
        contents,
        revision,
        inventory.files,
        times=lambda oid: _time_of(commits, oid),
        uncommitted=tree.uncommitted if tree is not None else frozenset(),
    )
    with run.stage("parse"):
        parsed = parse_files(
            contents,
            inventory.files,
            jobs=options.jobs,
            cache=cache,
            on_progress=run.on_progress,
            cancelled=run.cancelled,
            names_only=names_only,
        )
        code = run.keep(parsed)
    with run.stage("imports"):
        graph = resolve_imports(inventory.files, code, reader.text, run.shield)
    with run.stage("tests"):
        tests = read_tests(
            inventory.files, code, reader, cache=cache, on_progress=run.on_progress, cancelled=run.cancelled
        )
    with run.stage("gates"):
        gates = run.keep(read_gates(inventory.files, reader))
    with run.stage("documents"):
        documents = read_documents(inventory.files, reader)
    history = _history(repository, revision, inventory.files, options, cache, run)
    commits.append(history.commits)
    facts = Facts(
        repository=info.model_copy(update={"counts": _counts(inventory.files, code, history)}),
        files=inventory.files,
        code=code,
        imports=graph,
        history=history,
        tests=tests,
        gates=gates,
        documents=documents,
        reader=reader,
    )
    if options.history and revision is not None:
        first_look(facts, run)
        history = replace(history, edge_lives=_import_history(repository, revision, facts, cache, run))
    run.limits.extend(cache.limits())
    repository.require_presence(revision)  # a survey of half a repository must not pass for one of the whole
    return replace(facts, history=history, limits=tuple(dict.fromkeys(run.limits)))


def _history(  # noqa: PLR0913, PLR0917 - what a stage of a scan takes
    repository: Repository,
    revision: str | None,
    files: Mapping[str, File],
    options: ScanOptions,
    cache: Cache,
    run: Run,
) -> History:
    if not options.history:
        return History(partial="not read")
    if revision is None:
        return History(partial="no commit yet")
    with run.stage("history"):
        read = read_history(
            repository,
            revision,
            files,
            since=options.since,
            cache=cache,
            on_progress=run.on_progress,
            cancelled=run.cancelled,
        )
        return run.keep(read)


def _import_history(
    repository: Repository, revision: str, facts: Facts, cache: Cache, run: Run
) -> tuple[EdgeLife, ...]:
    with run.stage("import history"):
        trace = partial(
            trace_edges,
            repository,
            revision,
            facts.imports,
            facts.history,
            cache=cache,
            on_progress=run.on_progress,
            cancelled=run.cancelled,
        )
        nothing: tuple[tuple[EdgeLife, ...], tuple[Limit, ...]] = ((), ())
        return run.keep(run.shield("The life of imports", trace, nothing))


def _time_of(commits: Sequence[Sequence[Commit]], oid: str) -> int | None:
    """The time of a commit, once the history has been read."""
    known = commits[0] if commits else ()
    return known.time_of(oid) if isinstance(known, CommitSequence) else None


def draw_conclusions(facts: Facts, run: Run) -> Survey:
    """Return the survey that the facts support: observations, then hypotheses, best first."""
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


def _nothing(repository: Repository, info: RepositoryInfo, run: Run) -> Facts:
    """The facts of a repository without a commit: nothing, and that is said."""
    run.limits.append(Limit(kind="unborn", detail="There is no commit yet, so there is nothing to read."))
    return Facts(
        repository=info,
        files={},
        code={},
        imports=resolve_imports({}, {}, lambda _: None),
        history=History(partial="no commit yet"),
        tests=TestSuite(),
        gates=(),
        documents=Documents(),
        reader=RepositoryReader(repository, "", {}),
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
