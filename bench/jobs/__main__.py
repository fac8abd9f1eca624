"""``python -m bench.jobs URL``: asks a real model, and prints what it is good for, job by job."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from alloy_assist.llm.errors import ModelError
from alloy_assist.operations.model_jobs import proposals_of
from alloy_assist.operations.model_proposals import Proposal
from bench.jobs.cases import NAMES, Case, cases_of, opened
from bench.jobs.interview_jobs import measure
from bench.jobs.scores import GOALS, score
from bench.jobs.server import Server

_INTERVIEW = "interview"


def main(arguments: list[str] | None = None) -> int:
    """Measure one job or all of them; return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.jobs", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--job", choices=[*NAMES, _INTERVIEW], action="append", help="only this one; may be repeated")
    parser.add_argument("--size", choices=["small", "large"], default="small", help="how much the model is told")
    parser.add_argument("--most", type=int, default=24, help="cases of a job, and labelled answers of each kind")
    parser.add_argument("--json", type=Path, help="write the counts and what was said to this file")
    given = parser.parse_args(arguments)
    met, kept = True, {}
    for name in given.job or [*NAMES, _INTERVIEW]:
        server = Server.at(given.url)
        if name == _INTERVIEW:
            measure(server, given.most, say)
        else:
            counts, said = run(name, server, cases_of(name)[: given.most], small=given.size == "small")
            kept[name] = {"counts": counts, "said": said}
            met &= tell(name, counts)
        spent = server.spent
        say(f"  {spent.requests} requests, {spent.input_tokens} + {spent.output_tokens} tokens, {spent.seconds:.0f} s")
    if given.json:
        given.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0 if met else 1


def run(
    name: str, server: Server, cases: tuple[Case, ...], *, small: bool
) -> tuple[Counter[str], dict[str, list[str]]]:
    """Do a job on its cases; return the counts of all, and what was shown and dropped in each."""
    counts: Counter[str] = Counter()
    said: dict[str, list[str]] = {}
    for case in cases:
        with (
            tempfile.TemporaryDirectory() as folder,
            opened(name, case, Path(folder) / "repository", small=small) as (job, workspace),
        ):
            proposals: tuple[Proposal, ...] = ()
            try:
                finished = server.run(job, workspace)
                proposals = tuple(proposals_of(job, finished.answer, workspace, server.gateway.model, ""))
                counts["cut short"] += bool(finished.cut_short)
            except ModelError as error:
                counts[f"failed: {error.kind}"] += 1
        counts.update(score(name, case, proposals))
        said[case["id"]] = _lines(proposals)
    return counts, said


def tell(name: str, counts: Counter[str]) -> bool:
    """Print a job's counts against its goals; return whether all are met."""
    say(
        f"{name}: {counts['claims shown']} claims shown, {counts['claims dropped']} dropped; "
        f"{counts['not resolved']} of {counts['citations']} citations did not resolve; {counts['cut short']} answers cut short; "
        f"{ {kind: count for kind, count in counts.items() if kind.startswith('failed')} or 'no failures' }"
    )
    for goal in GOALS[name]:
        say(f"  {goal.told(counts)}")
    return all(goal.met(counts) for goal in GOALS[name])


def say(line: str) -> None:
    """Print a line at once: a run takes minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _lines(proposals: tuple[Proposal, ...]) -> list[str]:
    return [
        *(f"{claim.slot}: {claim.text}" for item in proposals for claim in item.checked.kept),
        *(
            f"dropped {claim.slot}: {claim.text} ({claim.reason})"
            for item in proposals
            for claim in item.checked.dropped
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
