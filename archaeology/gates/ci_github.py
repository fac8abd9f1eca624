"""GitHub Actions: each job that checks something and runs on changes."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from archaeology.facts import Gate
from archaeology.gates.commands import checks_of
from archaeology.gates.located import Node
from archaeology.gates.source import Source

_ON_CHANGE = frozenset({"push", "pull_request", "pull_request_target", "merge_group", "workflow_call"})
_CHECKING_ACTION = re.compile(
    r"lint|pre-commit|prek|codeql-action/analyze|ruff|black|typos|clippy|rustfmt|test|check|audit|scan|semgrep|codespell|sonar|deny|phpstan",
    re.IGNORECASE,
)
_SUMMARY_ACTION = re.compile(
    r"actions/(?:checkout|setup|cache|upload|download|labeler|stale|github-script)|alls-green", re.IGNORECASE
)
MAX_STEPS = 200


def read_github_workflow(source: Source) -> list[Gate]:
    """Read one workflow: a gate for each job; optional where the job may fail or runs on a schedule or by hand only."""
    document = source.yaml
    workflow = PurePosixPath(source.path).stem
    on_change = _runs_on_changes(document.first("on", "true", "True"))
    gates: list[Gate] = []
    for name, job in document.get("jobs").items():
        command = _command(job)
        if not command:
            continue
        gates.append(
            source.gate(
                f"ci:github:{workflow}/{name}",
                "ci",
                f"{document.get('name').text() or workflow} / {job.get('name').text() or name}",
                job,
                command=command,
                required=on_change and not job.get("continue-on-error").flag(),
            )
        )
    return gates


def _runs_on_changes(trigger: Node) -> bool:
    events = {name for name, _ in trigger.items()} | set(trigger.texts())
    return bool(events & _ON_CHANGE)


def _command(job: Node) -> str:
    reused = job.get("uses").text()
    if reused:
        return f"uses {reused}" if reused.startswith("./") or _CHECKING_ACTION.search(reused) else ""
    steps = list(job.get("steps").each())[:MAX_STEPS]
    hard = [step for step in steps if not step.get("continue-on-error").flag()]
    commands = checks_of(step.get("run").text() for step in hard)
    actions = [
        f"uses {action}"
        for step in hard
        if (action := step.get("uses").text())
        and _CHECKING_ACTION.search(action)
        and not _SUMMARY_ACTION.search(action)
    ]
    return "; ".join(part for part in (commands, *dict.fromkeys(actions)) if part)
