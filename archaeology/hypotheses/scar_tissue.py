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

_START = -1.7
_MOST_SHOWN, _MOST_UNEXPLAINED = 4, 2
_LONG = 20
_MOST_SAID = 130
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
            found.append(_hypothesis(group, undone[0], survived[0]))
    found.sort(key=lambda item: (-item.worth, item.id))
    once: dict[str, Hypothesis] = {}
    for item in found:  # two commits may take back one change
        once.setdefault(item.title.partition(" was tried in ")[0], item)
    found = list(once.values())
    explained = [item for item in found if ": “" in item.title]
    yield from (*explained, *[item for item in found if item not in explained][:_MOST_UNEXPLAINED])[:_MOST_SHOWN]


def _hypothesis(group: str, undone: Observation, survived: Observation) -> Hypothesis:
    terms = tuple(_terms(undone, survived))
    number = confidence(terms)
    change, reason, path = undone.data["undone"], undone.data["reason"], undone.data["paths"][0]
    told = _told(reason)
    title = f"“{change}” was tried in `{PurePosixPath(path).name}` and taken back in {undone.data['year']}"
    issue = undone.data["issue"]
    if issue and not told:
        title += f" to fix #{issue}"
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{title}: “{told}”" if told else title,
        family=Family.SCAR_TISSUE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(threat=_threat(change, told)),
        subject=tuple(undone.data["paths"]),
        observations=(undone.id, survived.id),
        counter_evidence=(
            CounterEvidence(summary="The same aim may have come back in other lines; only its own were looked for."),
            *(
                []
                if reason
                else [
                    CounterEvidence(
                        summary=f"The commit that undid it names #{issue}, and does not say what went wrong."
                        if issue
                        else "The commit that undid it does not say why; it may be a slip."
                    )
                ]
            ),
        ),
        questions=tuple(_questions(undone)),
        worth=round((0.3 + number) * (0.26 if _PROBLEM.search(reason) else 0.18 if reason else 0.1), 4),
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


def _questions(undone: Observation) -> Iterator[str]:
    change, told, path = undone.data["undone"], _told(undone.data["reason"]), undone.data["paths"][0]
    if told:
        yield f"“{change}” was taken back in {undone.data['year']}, and the commit says “{told}”: is that still so today?"
    elif undone.data["issue"]:
        yield f"#{undone.data['issue']} is all that is said of why “{change}” was taken back in {undone.data['year']}: what did it show, and would it today?"
    else:
        yield f"What went wrong with “{change}” in {undone.data['year']}, and who found out?"
    yield f"Somebody tries it again in `{path}`: what would they have to prove before you merged it?"


def _terms(undone: Observation, survived: Observation) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Most reverts are slips that are put right the next day (log-odds).", _START)
    if undone.data["linked"]:
        yield term("undone on purpose", "The revert names the commit that it undoes.", 0.3)
    if undone.data["reason"]:
        yield term("it says why", undone.data["reason"], 1.1)
        if _FOR_NOW.search(undone.data["reason"]):
            yield term("for the time being", "The reason speaks of waiting, or of trying again.", -0.9)
    yield term("it stayed out", survived.summary, growing(survived.data["since"], 0.2, 1.1))
