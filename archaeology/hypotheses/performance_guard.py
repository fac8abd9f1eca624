"""What benchmarks with a history may protect: a number that somebody watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, named, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PossibleIntent,
    TestExists,
)

_START = -1.4
_MOST_SHOWN = 2
_MOST_NAMED = 2
_MOST_SAID = 80


def propose_performance_guard(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the files that benchmarks time and that commits changed for speed."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.PERFORMANCE_GUARD):
        benchmarks, reasons = with_role(items, "benchmarks"), with_role(items, "faster")
        if benchmarks and benchmarks[0].citations and reasons:
            found.append(_hypothesis(group, benchmarks[0], reasons, with_role(items, "run")))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, benchmarks: Observation, reasons: list[Observation], run: list[Observation]) -> Hypothesis:
    name = PurePosixPath(benchmarks.data["path"]).name
    terms = tuple(_terms(benchmarks, reasons, run))
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=_title(benchmarks, reasons[0].data["sentence"], is_run=bool(run)),
        family=Family.PERFORMANCE_GUARD,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(evidence=(benchmarks.summary,)),
        subject=benchmarks.subject,
        observations=(benchmarks.id, *(item.id for item in (*run, *reasons))),
        counter_evidence=()
        if run
        else (CounterEvidence(summary="Nothing in the repository runs the benchmarks by itself."),),
        questions=(
            f"Who would notice if `{name}` became half as fast, and how soon?",
            f"What may a change of `{name}` cost in time or memory before you turn it down?",
            f"What have you made harder to read in `{name}` for speed, and would do again?",
        ),
        check=TestExists(test=benchmarks.data["test"]),
        worth=round((0.3 + number) * 0.22, 4),
    )


def _title(benchmarks: Observation, sentence: str, *, is_run: bool) -> str:
    """What is timed, by how many, of which the first are named; with the words of the commit where they are short enough to be said whole."""
    path, names, count = benchmarks.data["path"], benchmarks.data["names"], benchmarks.data["count"]
    shown = [name.rsplit(" > ", 1)[-1] for name in names[:_MOST_NAMED]]
    by = (
        named(shown)
        if count <= len(shown)
        else f"{', '.join(f'`{name}`' for name in shown)} and {count - len(shown)} more"
    )
    title = (
        f"`{path}` is watched for speed: {by} {'time' if count > 1 else 'times'} it"
        if is_run
        else f"`{path}` is timed by {by}, which nothing runs by itself"
    )
    return f"{title}, and a commit says “{sentence.rstrip('.')}”" if len(sentence) <= _MOST_SAID else title


def _terms(benchmarks: Observation, reasons: list[Observation], run: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Many benchmarks are written once and never run again (log-odds).", _START)
    yield term("it is timed", benchmarks.summary, growing(benchmarks.data["count"], 0.35, 1.2))
    yield term("changed for speed", reasons[0].summary, growing(reasons[0].data["of"], 0.6, 1.3))
    if run:
        yield term("something runs them", run[0].summary, 0.3)
    else:
        yield term("nothing runs them", "Neither a job nor a script calls the benchmarks.", -0.6)
