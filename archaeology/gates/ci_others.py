"""GitLab CI, CircleCI and Azure Pipelines: each job that checks something."""

from __future__ import annotations

from collections.abc import Iterator

from archaeology.facts import Gate
from archaeology.gates.commands import checks_of
from archaeology.gates.located import MISSING, Node
from archaeology.gates.source import Source

_GITLAB_WORDS = frozenset(
    {
        "default",
        "include",
        "stages",
        "variables",
        "workflow",
        "image",
        "services",
        "cache",
        "before_script",
        "after_script",
        "pages",
        "spec",
    }
)
MAX_DEPTH = 12


def read_gitlab(source: Source) -> list[Gate]:
    """Read ``.gitlab-ci.yml``. Hidden jobs (templates) count only through those that extend them."""
    document = source.yaml
    jobs = {name: job for name, job in document.items() if name not in _GITLAB_WORDS and job.is_mapping}
    gates: list[Gate] = []
    for name, job in jobs.items():
        command = checks_of(_inherited(job, jobs, "script", 0).texts())
        if name.startswith(".") or not command:
            continue
        allowed = job.get("allow_failure")
        required = not (allowed.flag() or allowed.is_mapping) and job.get("when").text() != "manual"
        gates.append(
            source.gate(f"ci:gitlab:{name}", "ci", f"GitLab / {name}", job, command=command, required=required)
        )
    return gates


def _inherited(job: Node, jobs: dict[str, Node], key: str, depth: int) -> Node:
    if job.get(key).is_given or depth > MAX_DEPTH:
        return job.get(key)
    for parent in reversed(job.get("extends").texts()):
        found = _inherited(jobs.get(parent, MISSING), jobs, key, depth + 1)
        if found.is_given:
            return found
    return MISSING


def read_circleci(source: Source) -> list[Gate]:
    """Read ``.circleci/config.yml``."""
    gates: list[Gate] = []
    for name, job in source.yaml.get("jobs").items():
        scripts = [
            run.text() or run.get("command").text()
            for step in job.get("steps").each()
            if (run := step.get("run")).is_given
        ]
        command = checks_of(scripts)
        if command:
            gates.append(source.gate(f"ci:circleci:{name}", "ci", f"CircleCI / {name}", job, command=command))
    return gates


def read_azure(source: Source) -> list[Gate]:
    """Read ``azure-pipelines.yml``: its jobs wherever they are nested, or the steps of a pipeline of one job."""
    gates: list[Gate] = []
    for name, job in _azure_jobs(source.yaml, 0):
        command = checks_of(
            step.first("script", "bash", "pwsh", "powershell").text()
            for step in job.get("steps").each()
            if not step.get("continueOnError").flag()
        )
        if command:
            required = not job.get("continueOnError").flag()
            gates.append(
                source.gate(f"ci:azure:{name}", "ci", f"Azure / {name}", job, command=command, required=required)
            )
    return gates


def _azure_jobs(node: Node, depth: int) -> Iterator[tuple[str, Node]]:
    if depth > MAX_DEPTH:
        return
    if node.get("steps").is_given:
        yield node.first("job", "displayName", "deployment").text() or "pipeline", node
    for key in ("stages", "jobs"):
        for child in node.get(key).each():
            yield from _azure_jobs(child, depth + 1)
