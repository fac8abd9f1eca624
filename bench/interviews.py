"""Leads the example interviews on five public repositories from a cold start, writes their transcripts and says how long they take.

``python -m bench.interviews FOLDER...`` looks for the repositories below the folders, at their commit; each is scanned without a cache, and
``docs/examples`` is written anew: one transcript each, as the plain terminal shows it, and the table.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.names import COMMENT_FAMILIES
from alloy_assist.elicitation.scripted import read_script
from alloy_assist.elicitation.transcript import exchanges, transcript
from bench.interview_effort import THINKING, Effort, effort_of
from store.interviews import StoredHypothesis

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "examples"
_MOST_TURNS = 40


@dataclass(frozen=True)
class Example:
    """An interview about the first hypothesis of a repository that has a check or comes from a comment: nobody picks it by hand."""

    name: str
    repository: str
    language: str


EXAMPLES = (
    Example("httpx", "encode/httpx", "Python"),
    Example("composer", "composer/composer", "PHP"),
    Example("excalidraw", "excalidraw/excalidraw", "TypeScript"),
    Example("fzf", "junegunn/fzf", "Go"),
    Example("bat", "sharkdp/bat", "Rust"),
)


@dataclass(frozen=True)
class Led:
    """An interview that was led: the commit, what was said, and what it took. ``record`` is empty where none was accepted."""

    example: Example
    commit: str
    text: str
    questions: int
    own: int
    effort: Effort
    record: str
    mode: str


def lead(example: Example, root: Path) -> Led:
    """Scan a repository from nothing and lead the interview with the answers of its file. Raises LookupError without a hypothesis."""
    loader = YAML(typ="safe", pure=True)
    answers = loader.load((FOLDER / "answers" / f"{example.name}.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "alloy.db"
        before = _processor_seconds()
        subprocess.run(
            [sys.executable, "-m", "alloy_assist", "scan", str(root), "--db", str(database), "--no-cache", "--quiet"],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        waited = _processor_seconds() - before
        project = open_project(root, db=database)
        return _led(example, project, first_with_evidence(project.store().hypotheses.list()), answers, waited)


def first_with_evidence(found: Sequence[StoredHypothesis]) -> str:
    """Return the id of the first hypothesis of the last scan that has a check or was read out of a comment. Raises LookupError."""
    for item in sorted(found, key=lambda item: item.rank):
        if item.seen_at_head and (item.body.get("check") or item.family in COMMENT_FAMILIES):
            return item.id
    message = "no hypothesis has a check, and none comes from a comment"
    raise LookupError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the transcripts and the table; return 1 where an interview did not end in a record or took five minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    led = [lead(example, _place(example, options.folders)) for example in EXAMPLES]
    for item in led:
        (FOLDER / f"{item.example.name}.md").write_text(_page(item), encoding="utf-8")
    table = "\n".join(_rows(led))
    readme = FOLDER / "README.md"
    before, mark, _ = readme.read_text(encoding="utf-8").partition("| interview |")
    readme.write_text(f"{before}{table}\n" if mark else f"{before}\n{table}\n", encoding="utf-8")
    sys.stdout.write(table + "\n")
    return 0 if all(item.record and item.effort.minutes(THINKING[0]) < 5 for item in led) else 1  # noqa: PLR2004 - the goal


def _processor_seconds() -> float:
    """What the scans have used so far; their wall time says more about what else the machine is doing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _led(example: Example, project: Project, hypothesis: str, answers: object, waited: float) -> Led:
    script, work = read_script(answers), project.interviewing
    turn = work.start(None, hypothesis, kind=m.SubjectKind.HYPOTHESIS)
    subject = work.state(turn.interview_id).subject
    for _ in range(_MOST_TURNS):
        event = script.event_for(turn, subject)
        if event is None:
            break
        turn = work.submit(turn.interview_id, event)
    if script.unmatched:
        sys.stderr.write(f"{example.name}: not answered: {script.unmatched}\n")
    events = work.events(turn.interview_id)
    said = exchanges(events)
    return Led(
        example=example,
        commit=subject.head or "",
        text=transcript(events),
        questions=turn.asked,
        own=sum(1 for event in events if isinstance(event, m.Answered) and event.text),
        effort=effort_of(said, waited),
        record=turn.record_id or "",
        mode=turn.mode.value,
    )


def _place(example: Example, folders: Sequence[Path]) -> Path:
    names = (example.repository.partition("/")[2], example.repository.replace("/", "+"))
    found = next((folder / name for folder in folders for name in names if (folder / name).is_dir()), None)
    if found is None:
        message = f"{example.repository} is in none of the folders"
        raise LookupError(message)
    return found


def _page(item: Led) -> str:
    example = item.example
    return (
        f"# {example.repository}: an interview\n\nRepository `{example.repository}` ({example.language}) at commit `{item.commit}`, mode `{item.mode}`, "
        f"{item.questions} questions. The answers are an example: somebody who\nhas read the code gave them, not its maintainers. This is all that the plain "
        f"terminal shows, unwrapped; what follows `>` was typed. The answers are in\n[answers/{example.name}.yaml](answers/{example.name}.yaml).\n\n"
        f"```text\n{re.sub('```', chr(0x2018) * 3, item.text)}```\n"
    )


def _rows(led: Sequence[Led]) -> Iterator[str]:
    yield (
        "| interview | repository | commit | language | mode | questions | own words | words shown | letters typed | scan, s | "
        f"minutes, thinking {THINKING[0]:.0f} s a decision | {' | '.join(f'{seconds:.0f} s' for seconds in THINKING[1:])} |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for item in led:
        one, effort = item.example, item.effort
        yield (
            f"| [{one.name}]({one.name}.md) | {one.repository} | `{item.commit[:12]}` | {one.language} | {item.mode} | {item.questions} | {item.own} | "
            f"{effort.shown} | {effort.typed} | {effort.waiting:.0f} | {' | '.join(f'{effort.minutes(seconds):.1f}' for seconds in THINKING)} |"
        )


if __name__ == "__main__":
    sys.exit(main())
