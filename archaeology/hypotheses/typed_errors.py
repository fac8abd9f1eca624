"""What a hierarchy of own errors may protect: callers that decide by the kind of failure, and know no vendor's errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped
from archaeology.hypotheses.grouping import named as _names
from archaeology.identity import stable_id
from archaeology.model import (
    Category,
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PatternAbsent,
    PossibleIntent,
    SymbolExists,
)

_START = -1.6
_MOST_GENERIC = 0.35
_MOST_SHOWN = 2
_MOST_QUESTIONS = 3


def propose_typed_errors(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield a hypothesis for each hierarchy that observations of two categories support, unless catch-all errors are as common."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.TYPED_ERRORS):
        shape = next((item for item in items if "kinds" in item.data and "root" in item.data), None)
        others = [item for item in items if item is not shape]
        if shape is None or not {item.category for item in others} - {Category.STRUCTURAL}:
            continue
        if shape.data["generic"] <= _MOST_GENERIC * (shape.data["raised"] + shape.data["generic"]):
            found.append(_hypothesis(group, shape, others))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, shape: Observation, others: list[Observation]) -> Hypothesis:
    root, folder = shape.data["root"], shape.data["path"].rpartition("/")[0]
    translated = next((item for item in others if "vendors" in item.data), None)
    vendors = translated.data["vendors"] if translated else []
    terms = tuple(_terms(shape, others))
    number = confidence(terms)
    unguarded = translated.data["unguarded"] if translated else []
    complete = (
        translated is not None
        and translated.data["places"] > 1
        and not translated.data["untranslated"]
        and not unguarded
    )
    if complete:
        title = f"No error of {_names(vendors)} gets past its adapters: callers see kinds of `{root}`."
        capability = f"Callers can react to each kind of `{root}` without knowing {_names(vendors)}."
        threat = f"An error of {_names(vendors)} let through makes callers depend on the vendor."
    elif translated is not None and unguarded:
        where = _names(translated.data["guarded"] or translated.data["files"])
        through = unguarded[0].partition(" (")[0]
        title = f"{where} {_turn(translated)} errors of {_names(vendors)} into kinds of `{root}`, but {through} calls {_names(vendors)} unguarded."
        capability = f"Callers of {where} can react to kinds of `{root}` without knowing {_names(vendors)}."
        threat = None
    elif translated is not None:
        where = _names([path.rsplit("/", 1)[-1] for path in translated.data["files"]])
        title = f"In {where}, errors of {_names(vendors)} are turned into kinds of `{root}` before callers see them."
        capability = f"Callers of {where} can react to kinds of `{root}` without knowing {_names(vendors)}."
        threat = None
    else:
        title = f"Failures are told apart by type in `{folder or '.'}`: `{root}` and its {len(shape.data['kinds'])} kinds, not by message."
        capability = f"Callers can tell the failures of `{folder or '.'}` apart by type."
        threat = None
    return Hypothesis(
        id=stable_id("hyp", group),
        title=title,
        family=Family.TYPED_ERRORS,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            capability=capability,
            threat=threat,
            strategy=f"Raise kinds of `{root}` ({shape.subject[0]}) instead of built-in or vendor errors.",
            evidence=tuple(item.summary for item in others if item.category is Category.EVIDENCE),
        ),
        subject=(shape.subject[0], *(translated.subject if translated else ())),
        observations=(shape.id, *(item.id for item in others)),
        counter_evidence=tuple(_counter(shape, translated)),
        questions=tuple(_questions(shape, vendors, unguarded))[:_MOST_QUESTIONS],
        check=_check(shape),
        worth=round((0.3 + number) * (0.34 if complete else 0.26 if vendors else 0.17), 4),
    )


def _terms(shape: Observation, others: list[Observation]) -> Iterator[ConfidenceTerm]:
    data = shape.data
    yield term("starting point", "Most exception classes are habit (log-odds).", _START)
    yield term(
        "a vocabulary", f"{len(data['kinds'])} kinds below `{data['root']}`", growing(len(data["kinds"]), 0.25, 0.8)
    )
    share = data["raised"] / (data["raised"] + data["generic"])
    yield term(
        "consistency",
        f"{data['raised']} own raises against {data['generic']} catch-all ones in the same place",
        1.6 * share - 0.8,
    )
    for item in others:
        if "vendors" in item.data:
            yield term("translation", item.summary, growing(item.data["places"], 0.8, 1.5))
        elif item.category is Category.EVIDENCE:
            yield term("tests", item.summary, growing(item.data["kinds"], 0.3, 0.8))
        else:
            yield term(str(item.category), item.summary, 0.5)


def _counter(shape: Observation, translated: Observation | None) -> Iterator[CounterEvidence]:
    if shape.data["generic"]:
        places = ", ".join(shape.data["generic_places"])
        yield CounterEvidence(summary=f"{shape.data['generic']} raises are still of catch-all types: {places}.")
    if translated is not None and translated.data["untranslated"]:
        rest = translated.data["untranslated"]
        yield CounterEvidence(summary=f"{len(rest)} files import the same and translate nothing: {_names(rest)}.")


def _turn(translated: Observation) -> str:
    return "turn" if len(translated.data["guarded"]) > 1 else "turns"


def _questions(shape: Observation, vendors: list[str], unguarded: list[str]) -> Iterator[str]:
    root, kinds = shape.data["root"], shape.data["kinds"]
    if unguarded:
        yield f"{unguarded[0]} calls {_names(vendors)} without turning its errors into own ones: meant, or forgotten?"
    if vendors:
        yield f"Who would break if an error of {_names(vendors)} reached them untranslated?"
    yield f"What does a caller do differently for `{kinds[0]}` than for `{kinds[-1]}`?"
    yield f"When would you refuse a new kind below `{root}`?"


def _check(shape: Observation) -> PatternAbsent | SymbolExists:
    """That no catch-all is raised is worth checking where it is so today; otherwise, that the root is there."""
    if shape.data["generic"] == 0 and shape.subject[0].endswith(".py") and shape.data["folder"]:
        return PatternAbsent(
            pattern=r"^\s*raise\s+(Exception|BaseException)\b", paths=(f"{shape.data['folder']}**/*.py",)
        )
    return SymbolExists(symbol=shape.data["root"], path=shape.subject[0])
