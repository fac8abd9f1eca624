"""What an undone change may protect: something that looked right once and was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import ConfidenceTerm, CounterEvidence, Family, Hypothesis, Observation, PossibleIntent
from archaeology.readings.clauses import without_address
from archaeology.readings.passages import sentences_of

_START = -1.7
_MOST_SHOWN, _MOST_UNEXPLAINED = 4, 2
_LONG = 20
_MOST_SAID, _MOST_NOTED = 130, 170
_PROBLEM = re.compile(
    r"\b(?:br(?:eak|oke)\w*|regress\w*|fail\w*|caus(?:e[sd]?|ing)|slow\w*|wrong\w*|incorrect\w*|bugs?|issues?|incompatib\w*|conflict\w*|crash\w*|"
    r"deadlock\w*|errors?|leak\w*|memory|unusable|can(?:no|['’])t|can not|does(?:n['’]t| not)|did(?:n['’]t| not)|problem\w*|side[- ]effects?|race|hang\w*|"
    r"unsafe|security|too (?:much|many|long|big)|not (?:work\w*|possible|supported|enough))\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"\b(?:for now|wait\w*|until|currently|temporar\w+|later|soon|next (?:release|version|major)|think\w* (?:a little )?(?:harder|more)|releases?|\d+\.(?:\d+|x))\b",
    re.IGNORECASE,
)


def propose_scar_tissue(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the undone changes that never came back while the code around them went on, best explained first."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.SCAR_TISSUE):
        undone, survived = with_role(items, "undone"), with_role(items, "survived")
        if undone and survived and (undone[0].data["reason"] or survived[0].data["since"] >= _LONG):
            others = (*with_role(items, "notes")[:1], *with_role(items, "again")[:1])
            found.append(_hypothesis(group, undone[0], survived[0], others))
    found.sort(key=lambda item: (-item.worth, item.id))
    once: dict[str, Hypothesis] = {}
    for item in found:  # two commits may take back one change
        once.setdefault(item.title.partition(" was tried in ")[0], item)
    found = list(once.values())
    explained = [item for item in found if ": “" in item.title]
    yield from (*explained, *[item for item in found if item not in explained][:_MOST_UNEXPLAINED])[:_MOST_SHOWN]


def _hypothesis(group: str, undone: Observation, survived: Observation, others: Sequence[Observation]) -> Hypothesis:
    note = next(iter(with_role(others, "notes")), None)
    terms = tuple(_terms(undone, survived, note))
    number = confidence(terms)
    reason, said = undone.data["reason"], _said(note)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=_title(undone, note),
        family=Family.SCAR_TISSUE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(threat=_threat(undone.data["undone"], _told(reason) or said)),
        subject=tuple(undone.data["paths"]),
        observations=(undone.id, survived.id, *(item.id for item in others)),
        counter_evidence=tuple(_counter(undone, note, others)),
        questions=tuple(_questions(undone, note)),
        worth=round((0.3 + number) * (0.26 if _PROBLEM.search(reason or said) else 0.18 if reason else 0.1), 4),
    )


def _title(undone: Observation, note: Observation | None) -> str:
    change, told, issue = undone.data["undone"], _told(undone.data["reason"]), undone.data["issue"]
    name = PurePosixPath(undone.data["paths"][0]).name
    title = f"“{change}” was tried in `{name}` and taken back in {undone.data['year']}"
    if told:
        return f"{title}: “{told}”"
    if note is not None and _said(note):
        return f"{title}, of which `{PurePosixPath(note.data['path']).name}` says: “{_said(note)}”"
    return f"{title} over #{issue}" if issue else title


def _said(note: Observation | None) -> str:
    """What the notes of a release say went wrong, where they do, short enough to be said aloud."""
    if note is None or not note.data["tells"]:
        return ""
    sentences = [one.rstrip(". ") for one in sentences_of(note.data["said"])]
    return next((one for one in sentences if _PROBLEM.search(one) and len(one) <= _MOST_NOTED), "")


def _counter(undone: Observation, note: Observation | None, others: Sequence[Observation]) -> Iterator[CounterEvidence]:
    again = with_role(others, "again")
    if again:
        yield CounterEvidence(
            summary=f"{again[0].summary} It may be the same aim, come back.", citations=again[0].citations
        )
    else:
        yield CounterEvidence(summary="The same aim may have come back in other lines; only its own were looked for.")
    if not undone.data["reason"] and not _said(note):
        issue = undone.data["issue"]
        yield CounterEvidence(
            summary=f"The commit that undid it names #{issue}, and does not say what went wrong."
            if issue
            else "The commit that undid it does not say why; it may be a slip."
        )


def _told(reason: str) -> str:
    """The first sentence of a reason, whole; empty where it is too long to be said aloud, or points back at words that are not shown."""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z`\"'(])", reason)[0]
    sentence = without_address(sentence).rstrip(". ")
    return sentence if sentence and len(sentence) <= _MOST_SAID else ""


def _threat(change: str, told: str) -> str | None:
    """That the change is made again, with what the revert says went wrong; None where it does not say."""
    if not told or not _PROBLEM.search(told):
        return None
    first = told.split(" ", 1)[0]
    said = told[:1].lower() + told[1:] if first.isalpha() and first[1:].islower() and first != "I" else told
    return f"a second try of “{change}”, though {said}"


def _questions(undone: Observation, note: Observation | None) -> Iterator[str]:
    change, told, path = undone.data["undone"], _told(undone.data["reason"]), undone.data["paths"][0]
    year, issue = undone.data["year"], undone.data["issue"]
    if told:
        yield f"“{change}” was taken back in {year}, and the commit says “{told}”: is that still so today?"
    elif note is not None and _said(note):
        yield f"“{change}” was taken back in {year}, and `{note.data['path']}` says “{_said(note)}”: is that still so today?"
    elif undone.data["reason"]:
        yield f"The commit of {year} says at length why “{change}” was taken back: which part of that is still so today?"
    elif issue:
        yield f"“{change}” was taken back in {year}, and the commit names #{issue} without a reason: what did it show, and would it today?"
    else:
        yield f"What went wrong with “{change}” in {year}, and who found out?"
    yield f"Somebody tries “{change}” again in `{path}`: what would they have to prove before you merged it?"


def _terms(undone: Observation, survived: Observation, note: Observation | None) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Most reverts are slips that are put right the next day (log-odds).", _START)
    if undone.data["linked"]:
        yield term("undone on purpose", "The revert names the commit that it undoes.", 0.3)
    if undone.data["reason"]:
        yield term("it says why", undone.data["reason"], 1.1)
        if _FOR_NOW.search(undone.data["reason"]):
            yield term("for the time being", "The reason speaks of waiting, or of trying again.", -0.9)
    if note is not None:
        yield term("users were told", note.summary, 0.5 if note.data["tells"] else 0.2)
    yield term("it stayed out", survived.summary, growing(survived.data["since"], 0.2, 1.1))
