"""What a port may protect: that something outside can be replaced, and that the rules can be tested without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import categories_cited, grouped, named, with_role
from archaeology.identity import stable_id
from archaeology.model import (
    Category,
    ConfidenceTerm,
    CounterEvidence,
    End,
    Family,
    Hypothesis,
    ImportBoundary,
    Observation,
    PossibleIntent,
    SymbolExists,
)
from archaeology.text import counted

_START = -1.4
_MOST_SHOWN = 3


def propose_ports_and_adapters(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield the ports that tests fake or a commit explains: the best one for each folder and vendor, three in all."""
    found: dict[tuple[str, ...], Hypothesis] = {}
    for group, items in grouped(observations, Family.PORTS_AND_ADAPTERS):
        ports, support = with_role(items, "port"), with_role(items, "fake", "reason")
        if not ports or not categories_cited(support) - {Category.STRUCTURAL}:
            continue
        port = ports[0]
        if port.data["vendors"] or with_role(support, "fake"):
            key = tuple(port.data["vendors"]) or (port.data["folder"],)
            hypothesis = _hypothesis(facts, group, port, support)
            if key not in found or (-hypothesis.worth, hypothesis.id) < (-found[key].worth, found[key].id):
                found[key] = hypothesis
    yield from sorted(found.values(), key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(facts: Facts, group: str, port: Observation, support: list[Observation]) -> Hypothesis:
    data = port.data
    name, vendors = data["name"], data["vendors"]
    fakes = with_role(support, "fake")
    terms = tuple(_terms(port, support))
    number = confidence(terms)
    outside = named(vendors) if vendors else named(data["implementations"])
    return Hypothesis(
        id=stable_id("hyp", group),
        title=_title(data, fakes),
        family=Family.PORTS_AND_ADAPTERS,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            capability=f"What uses `{name}` can be tested without {outside}." if fakes else None,
            threat=f"Code that reaches {outside} directly and goes round `{name}`." if vendors else None,
            strategy=f"Reach {outside} through `{name}` ({data['path']}) only.",
            evidence=tuple(item.summary for item in fakes),
        ),
        subject=port.subject,
        observations=(port.id, *(item.id for item in support)),
        counter_evidence=tuple(_counter(data)),
        questions=(
            f"Is `{name}` there to replace {outside} one day, or to test without {'them' if len(vendors or data['implementations']) > 1 else 'it'}?",
            f"What must never show through `{name}`: which words of {outside} may its callers not learn?",
        ),
        check=_check(facts, data),
        worth=round((0.3 + number) * (0.3 if vendors and fakes else 0.2 if vendors else 0.16), 4),
    )


def _title(data: dict[str, Any], fakes: list[Observation]) -> str:
    name, behind = data["name"], named(data["adapters"] if data["vendors"] else data["implementations"])
    stays = "stay" if len(data["vendors"]) > 1 else "stays"
    if data["vendors"] and fakes:
        return f"{named(data['vendors'])} {stays} behind `{name}`: {behind} in production, {named(fakes[0].data['names'])} in tests."
    if data["vendors"]:
        return f"{named(data['vendors'])} {stays} behind `{name}`: hardly anything but {behind} may import it."
    stand_ins, mocked = fakes[0].data["names"], fakes[0].data["mocked_in"]
    verb = "stand" if len(stand_ins) > 1 else "stands"
    beside = f", and mocks in {counted(mocked, 'test file')}" if mocked else ""
    return f"`{name}` is the seam where tests do without {behind}: {named(stand_ins)} {verb} in{beside}."


def _terms(port: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "Many interfaces are ceremony (log-odds).", _START)
    if port.data["vendors"]:
        yield term("a vendor behind it", f"Hardly anything else imports {named(port.data['vendors'])}.", 0.8)
    count = len(port.data["implementations"])
    if count > 1:
        yield term("several implementations", f"{count} classes implement it", growing(count - 1, 0.4, 0.8))
    effects = {"fake": ("faked in tests", 1.0), "reason": ("a commit says why", 0.8)}
    for item in support:
        label, effect = effects[item.data["role"]]
        yield term(label, item.summary, effect)
        if item.data["role"] == "fake" and item.data["mocked_in"] > 1:
            yield term(
                "mocked as well",
                f"{item.data['mocked_in']} test files mock it",
                growing(item.data["mocked_in"] - 1, 0.1, 0.5),
            )


def _counter(data: dict[str, Any]) -> Iterator[CounterEvidence]:
    if len(data["implementations"]) == 1:
        yield CounterEvidence(summary="There is one implementation only; the interface may be ceremony.")


def _check(facts: Facts, data: dict[str, Any]) -> ImportBoundary | SymbolExists:
    """That the port's own file stays clear of the vendor; without a vendor, that the port is there."""
    path = str(data["path"])
    if not data["vendors"]:
        return SymbolExists(symbol=str(data["name"]), path=path)
    module = facts.imports.modules.get(path, path)
    return ImportBoundary(
        sources=(End(module=module, path=path),),
        forbidden=tuple(End(module=vendor, external=True) for vendor in data["vendors"]),
    )
