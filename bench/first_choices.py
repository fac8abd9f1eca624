"""Leads the interviews that somebody gets who only ever takes the first choice, so that the records can be read against the code.

``python -m bench.first_choices OUT FOLDER...`` scans each clone below the folders, leads an interview about each of its first five
hypotheses taking the choice offered first, and again leaving each question whose first choice names nothing of the repository as "not
known"; ``OUT`` gets what was asked, picked and read aloud. Nobody confirms anything: the records are there to be judged.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.elicitation import model as m

_FIRST = 5
_MOST_TURNS = 20
_NAMES_SOMETHING = ("`", "“")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what the interviews led to; return 1 where a repository yields no hypothesis."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--databases", type=Path, help="keep the scans here, and use those that are here already")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    empty = 0
    for root in sorted(clone for folder in options.folders for clone in folder.iterdir() if (clone / ".git").exists()):
        with tempfile.TemporaryDirectory() as scratch:
            page = "".join(_page(root, _scanned(root, options.databases or Path(scratch)), Path(scratch) / "used.db"))
        empty += not page
        (options.out / f"{root.name}.txt").write_text(page, encoding="utf-8")
        sys.stderr.write(f"{root.name}: {page.count('===== ')} interviews\n")
    return 1 if empty else 0


def _scanned(root: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"{root.name}.db"
    if not database.exists():
        command = [sys.executable, "-m", "alloy_assist", "scan", str(root), "--db", str(database), "--quiet"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return database


def _page(root: Path, scan: Path, used: Path) -> Iterator[str]:
    found = open_project(root, db=scan).store().hypotheses.list()
    seen = sorted((item for item in found if item.seen_at_head), key=lambda item: item.rank)
    for number, item in enumerate(seen[:_FIRST], start=1):
        yield f"\n===== {root.name} {number}: {item.title} [{item.family}, {item.confidence:.2f}]\n"
        # Each begins on a copy of the scan: what was answered before would not be asked again.
        first, second = (
            "".join(_interview(_copied(root, scan, used), item.id, leave_generic=leave)) for leave in (False, True)
        )
        yield first
        if second != first:
            yield f"--- leaving what names nothing here\n{second}"


def _copied(root: Path, scan: Path, used: Path) -> Project:
    for stale in used.parent.glob(f"{used.name}*"):
        stale.unlink()
    shutil.copyfile(scan, used)
    return open_project(root, db=used)


def _interview(project: Project, hypothesis: str, *, leave_generic: bool) -> Iterator[str]:
    """Lead one interview up to its summary."""
    work = project.interviewing
    turn = work.start(None, hypothesis, kind=m.SubjectKind.HYPOTHESIS)
    for _ in range(_MOST_TURNS):
        if turn.kind == "split" and turn.split:
            turn = work.submit(
                turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts)
            )
        elif turn.question is not None:
            question = turn.question
            choice = _first(question)
            known = choice is not None and not (
                leave_generic and not any(mark in choice.label for mark in _NAMES_SOMETHING)
            )
            yield f"{turn.asked + 1}. [{question.topic.value}] {question.text}\n"
            for number, offered in enumerate(question.choices, start=1):
                mark = ">" if known and offered == choice else " "
                yield f"  {mark}{number}. {offered.label}{f' [{offered.note}]' if offered.note else ''}\n"
            if not known:
                yield "   > ?\n"
            turn = work.submit(
                turn.interview_id,
                m.Answered(question=question.id, choices=(choice.key,))
                if choice and known
                else m.NotKnown(question=question.id),
            )
        else:
            break
    if turn.summary is None:
        return
    yield f"ALOUD: {turn.summary.sentence}\n"
    for line in turn.summary.lines:
        yield f"  {line.label}: {line.text}{f' ({line.source})' if line.source else ''}\n"
    for missing in turn.summary.missing:
        yield f"  Not said: {missing}\n"


def _first(question: m.Question) -> m.Choice | None:
    """The choice that Enter takes, else the first one; what gives the record up is no answer to build one from."""
    kept = [choice for choice in question.choices if choice.key not in {"stale", "accident"}]
    return next((choice for choice in kept if choice.key == question.suggested), kept[0] if kept else None)


if __name__ == "__main__":
    sys.exit(main())
