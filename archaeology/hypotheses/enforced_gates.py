"""What a strict gate may protect: a line that the team has drawn and defends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import categories_cited, grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    Category,
    ConfidenceTerm,
    CounterEvidence,
    Family,
    Hypothesis,
    Observation,
    PatternPresent,
    PossibleIntent,
)

_START = -1.5
_MOST_SHOWN = 3
_MIN_WORD = 3


def propose_enforced_gates(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield a hypothesis for each strict tool that observations of another category (a reason, a rule, a job) support."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.ENFORCED_GATE):
        gates, support = with_role(items, "gate"), with_role(items, "reason", "rule", "ci")
        if gates and categories_cited(support) - {Category.EVIDENCE}:
            found.append(_hypothesis(group, gates[0], support))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, gate: Observation, support: list[Observation]) -> Hypothesis:
    terms = tuple(_terms(gate, support))
    number = confidence(terms)
    refused = " and ".join(gate.data["refuses"][:2])
    name, title = _spoken(gate, refused)
    rules = with_role(support, "rule")
    return Hypothesis(
        id=stable_id("hyp", group),
        title=title,
        family=Family.ENFORCED_GATE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            strategy=f"Let {name} refuse {refused}.",
            evidence=(f"{name} passes ({gate.subject[0]}).", *(item.summary for item in with_role(support, "ci"))),
        ),
        subject=gate.subject,
        observations=(gate.id, *(item.id for item in support)),
        counter_evidence=tuple(
            CounterEvidence(summary=f"The same tool is told: {setting}.", citations=gate.citations[:1])
            for setting in gate.data["loosened"][:3]
        ),
        questions=(
            f"What got through before {name} refused {refused}?",
            f"A deadline is close and {name} is in the way: may it be loosened, and who decides?",
        ),
        check=_check(gate),
        stated_by=rules[0].citations if rules else (),
        worth=round((0.3 + number) * (0.1 if rules else 0.15), 4),
    )


def _spoken(gate: Observation, refused: str) -> tuple[str, str]:
    """What the gate is called in a sentence, and the title; a share of tested lines is nobody's default, and its name says the number."""
    if gate.data["kind"] == "coverage":
        return "the coverage gate", f"{refused[:1].upper()}{refused[1:]} are refused."
    name = gate.data["name"]
    return name, f"{name} is set to refuse {refused}, which its defaults let through."


def _terms(gate: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Most settings of tools are defaults or fashion (log-odds).", _START)
    yield term("stricter than the default", gate.summary, growing(len(gate.data["refuses"]), 0.6, 1.2))
    effects = {"reason": ("a commit says why", 1.1), "rule": ("a document says so", 0.9), "ci": ("it is run", 0.5)}
    for item in support:
        label, effect = effects[item.data["role"]]
        yield term(label, item.summary, effect)
    if gate.data["loosened"]:
        yield term("loosened", "; ".join(gate.data["loosened"][:3]), -0.3)


def _check(gate: Observation) -> PatternPresent | None:
    """That the first setting's own name still stands in the file."""
    quotes = "\n".join(citation.quote for citation in gate.citations)
    for setting in gate.data["settings"]:
        for word in re.findall(r"[A-Za-z_][\w-]+", setting):
            if len(word) > _MIN_WORD and word in quotes:
                return PatternPresent(pattern=re.escape(word), paths=(gate.subject[0],))
    return None
