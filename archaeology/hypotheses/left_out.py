"""Questions about what a gate does not look at, and about imports that a boundary lets pass: meant to stay, or to be paid off?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.identity import stable_id
from archaeology.model import CounterEvidence, Family, Hypothesis, Observation, PossibleIntent

_START = -0.8
_ALIVE = 0.15  # the share of all changes from which on nobody would call files frozen
_TELLING = 3  # so many of one module are worth naming it
_YEAR = 365 * 86_400


def left_out(group: str, declared: Observation, changes: Observation) -> Hypothesis:
    """Return the question about files that a gate leaves out, told by how much they are still being changed."""
    data, told = declared.data, changes.data
    gate, where = ("the coverage threshold" if data["kind"] == "coverage" else data["gate"]), data["where"]
    place = f", most of it under `{where}`" if where else ""
    alive = told["share"] >= _ALIVE and told["idle"] < _YEAR
    terms = (
        term(
            "starting point", "Much is left out of a tool for a moment, and for no lasting reason (log-odds).", _START
        ),
        term("a large part is left out", declared.summary, growing(int(10 * data["share"]), 0.4, 1.0)),
        term("still being changed" if alive else "hardly changed", changes.summary, 0.6 if alive else 0.2),
    )
    number = confidence(terms)
    work = f"{told['share']:.0%} of all changes" if alive else "few changes"
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{gate[:1].upper() if gate.startswith('the ') else gate[:1]}{gate[1:]} does not look at {data['out']} of {data['of']} source files{place}, where {work} happen: on purpose, or on their way in?",
        family=Family.CONTRADICTION,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(),
        subject=declared.subject,
        observations=(declared.id, changes.id),
        counter_evidence=(CounterEvidence(summary=declared.summary, citations=declared.citations),),
        questions=tuple(_questions(gate, declared, changes)),
        suggested_next_action="interview",
        worth=round((0.3 + number) * (0.2 + 0.08 * data["share"] + 0.04 * alive), 4),
    )


def let_pass(group: str, declared: Observation, passing: Observation) -> Hypothesis:
    """Return the question about a contract with a long list of tolerated imports."""
    data = declared.data
    gate, passes, most = data["gate"], data["passes"], data["most"]
    terms = (
        term("starting point", "Exceptions may be as old as the rule and as well known (log-odds).", _START),
        term("a list of exceptions", declared.summary, growing(passes // 10, 0.5, 1.2)),
        term("none is stale", passing.summary, 0.5),
    )
    number = confidence(terms)
    where = f", {data['times']} of them {data['side']} `{most}`" if data["times"] >= _TELLING else ""
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"The contract “{gate}” lets {passes} imports pass by name{where}: a debt to pay off, or does the line run in the wrong place?",
        family=Family.CONTRADICTION,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(),
        subject=passing.subject or declared.subject,
        observations=(declared.id, passing.id),
        counter_evidence=(CounterEvidence(summary=passing.summary, citations=passing.citations),),
        questions=(
            f"Would you turn down a change that adds one more line to the exceptions of “{gate}”?",
            f"What is in `{most}` that crosses the line that “{gate}” draws, and where should it live?",
        ),
        stated_by=declared.citations,
        suggested_next_action="interview",
        worth=round((0.3 + number) * 0.24, 4),
    )


def _questions(gate: str, declared: Observation, changes: Observation) -> Iterator[str]:
    data, told = declared.data, changes.data
    entries, file = _listed(data["entries"]), PurePosixPath(data["path"]).name
    if data["kind"] == "coverage":
        yield f"How does somebody who changes `{told['most']}` learn that it still works, if its tests do not count?"
        yield f"Why does {file} leave out {entries}: is it tested elsewhere, or not worth testing?"
        return
    yield f"Why does {file} leave out {entries}: what would {gate} find there, and why was that not put right?"
    yield f"May a new file under `{data['where'] or told['most']}` be written as if {gate} did not exist, or is the list only to become shorter?"
    yield f"`{told['most']}` was changed {told['revisions']} times: has something slipped through there that {gate} would have caught?"


def _listed(entries: list[str]) -> str:
    return ", ".join(f"`{entry}`" for entry in entries)
