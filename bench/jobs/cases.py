"""The labelled cases of ``fixtures/jobs``, each made into a job and what the agent may look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from alloy_assist.agent import jobs
from alloy_assist.agent.jobs import Job
from alloy_assist.agent.workspace import Workspace
from alloy_assist.operations.model_subjects import LARGE, SMALL, overview_of, remarks_of
from archaeology.git import open_repository
from archaeology.survey import ScanOptions, reading
from fixtures.builder import RepositoryBuilder

FOLDER = Path(__file__).parents[2] / "fixtures" / "jobs"
NAMES = ("sharpen", "propose", "draft", "contradictions")
Case = Mapping[str, Any]
_PLACE = re.compile(r"(?m)^ {2}(?!commit )(?P<path>[^\s:]+): (?P<text>.*)$")
_COMMIT = re.compile(r"(?m)^ {2}commit [0-9a-f]+: (?P<said>.*)$")


def cases_of(name: str) -> tuple[Case, ...]:
    """Return the cases of a job, by its name."""
    loaded = YAML(typ="safe", pure=True).load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(loaded)


@contextmanager
def opened(name: str, case: Case, folder: Path, *, small: bool) -> Iterator[tuple[Job, Workspace]]:
    """Give a case's job and a workspace over a repository of its own, which is made in ``folder``."""
    builder = RepositoryBuilder(folder)
    evidence = str(case.get("evidence", ""))
    for path, text in case.get("files", {"README.md": "# Nothing\n"}).items():
        builder.write(path, text)
    for path, text in _texts(evidence).items():
        builder.write(path, text)
    builder.commit("Begin\n")
    for number, said in enumerate(_COMMIT.findall(evidence)):
        builder.write(f"made/{number}.txt", said).commit(f"{said}\n")
        evidence = re.sub(rf"commit [0-9a-f]+(?=: {re.escape(said)})", f"commit {_head(builder)}", evidence)
    for commit in case.get("commits", ()):
        for path, text in commit["files"].items():
            builder.write(path, text + f"# {commit['message'][:4]}\n")
        builder.commit(f"{commit['message']}\n")
    options = ScanOptions(use_cache=False, jobs=1)
    with open_repository(folder) as repository, reading(folder, options) as facts:
        if name == "propose":
            extent = SMALL if small else LARGE
            job = jobs.propose(overview_of(facts, extent), remarks_of(facts, (), extent), "none")
        else:
            job = _told(name, case, evidence)
        head = repository.resolve(None) or ""
        workspace = Workspace(
            facts,
            repository.show,
            lambda path, start, end: repository.blame(path, start, end, head),
            texts=job.data,
        )
        yield job.for_a_small_model() if small else job, workspace


def _told(name: str, case: Case, evidence: str) -> Job:
    if name == "sharpen":
        return jobs.sharpen(case["hypothesis"], evidence)
    if name == "draft":
        return jobs.draft_record(case["text"])
    return jobs.notice_contradictions(case["rules"])


def _texts(evidence: str) -> dict[str, str]:
    """Return the files that the evidence quotes from, each holding what is quoted."""
    files: dict[str, str] = {}
    for match in _PLACE.finditer(evidence):
        files[match["path"]] = f"{files.get(match['path'], '')}{match['text']}\n"
    return files


def _head(builder: RepositoryBuilder) -> str:
    return builder.git("rev-parse", "HEAD").strip()[:10]
