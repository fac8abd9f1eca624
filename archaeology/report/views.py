"""What the page shows of a hypothesis, in the order and words of a reader; pure, markup-free."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from archaeology.model import (
    Citation,
    CodeCitation,
    Command,
    CommitCitation,
    ConfidenceTerm,
    CounterEvidence,
    GateCitation,
    Hypothesis,
    ImportBoundary,
    Observation,
    PathExists,
    PatternAbsent,
    PatternPresent,
    Survey,
    SymbolExists,
    TestCitation,
    TestExists,
)
from archaeology.text import counted

_FACETS = ("capability", "threat", "expectation", "strategy", "tradeoff")
_LIKELY, _POSSIBLE = 0.7, 0.4
_MAX_QUOTE_LINES = 12
_SHORT_COMMIT = 10


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation as it is shown: where, and the words."""

    where: str
    quote: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An observation as it is shown."""

    category: str
    summary: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One term of the arithmetic, with the sum so far (log-odds)."""

    label: str
    detail: str
    effect: str
    total: str
    against: bool


@dataclass(frozen=True, slots=True)
class HypothesisView:
    """A hypothesis as it is shown. ``percent`` is its confidence; ``word`` says the same for those who read no numbers."""

    number: int
    id: str
    title: str
    family: str
    percent: int
    word: str
    facets: tuple[tuple[str, str], ...]
    proof: tuple[str, ...]
    questions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    steps: tuple[Step, ...]
    counter: tuple[tuple[str, tuple[Quoted, ...]], ...]
    check: str
    check_json: str
    stated: tuple[Quoted, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A file that changes unusually often. ``width`` is its share of the busiest one's changes, in percent."""

    path: str
    revisions: int
    fixes: int
    authors: int
    width: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that change together."""

    a: str
    b: str
    together: int
    share: int
    imported: bool


def hypothesis_view(number: int, hypothesis: Hypothesis, observations: Mapping[str, Observation]) -> HypothesisView:
    """Return what the page shows of a hypothesis; observations that the survey does not hold are passed over."""
    found = [observations[key] for key in hypothesis.observations if key in observations]
    against = {item.summary for item in hypothesis.counter_evidence}
    intent = hypothesis.possible_intent
    return HypothesisView(
        number=number,
        id=hypothesis.id,
        title=hypothesis.title,
        family=hypothesis.family.value.replace("_", " "),
        percent=round(hypothesis.confidence * 100),
        word=_word(hypothesis.confidence),
        # What the title says in the same words need not be said twice.
        facets=tuple(
            (name, text) for name in _FACETS if (text := getattr(intent, name)) and not _is_said(text, hypothesis.title)
        ),
        proof=intent.evidence,
        questions=hypothesis.questions,
        evidence=tuple(
            Evidence(item.category.value, item.summary, _quotes(item.citations))
            for item in found
            if item.summary not in against
        ),
        steps=_steps(hypothesis.rationale),
        counter=tuple(_counter(item) for item in hypothesis.counter_evidence),
        check=_check_sentence(hypothesis),
        check_json=_check_json(hypothesis),
        stated=_quotes(hypothesis.stated_by),
        categories=tuple(dict.fromkeys(item.category.value for item in found)),
    )


def list_hotspots(survey: Survey) -> tuple[Hotspot, ...]:
    """Return the files that change most, busiest first; empty where the history was not read."""
    rows = [row for item in survey.observations for row in item.data.get("hotspots", ())]
    most = max((row["revisions"] for row in rows), default=1)
    return tuple(
        Hotspot(
            row["path"], row["revisions"], row["fixes"], row["authors"], max(1, round(100 * row["revisions"] / most))
        )
        for row in rows
    )


def list_pairs(survey: Survey) -> tuple[Pair, ...]:
    """Return the files that change together most."""
    rows = [row for item in survey.observations for row in item.data.get("cochanges", ())]
    return tuple(Pair(row["a"], row["b"], row["together"], round(100 * row["share"]), row["imported"]) for row in rows)


def _is_said(text: str, title: str) -> bool:
    return text == title or f"“{text}”" in title


def _word(confidence: float) -> str:
    return "likely" if confidence >= _LIKELY else "possible" if confidence >= _POSSIBLE else "weak"


def _steps(terms: tuple[ConfidenceTerm, ...]) -> tuple[Step, ...]:
    total = 0.0
    steps: list[Step] = []
    for item in terms:
        total += item.effect
        steps.append(
            Step(
                item.label, item.detail, f"{item.effect:+.2f}", f"{total:+.2f}", against=item.effect < 0 and bool(steps)
            )
        )
    return tuple(steps)


def _counter(item: CounterEvidence) -> tuple[str, tuple[Quoted, ...]]:
    return item.summary, _quotes(item.citations)


def _quotes(citations: tuple[Citation, ...]) -> tuple[Quoted, ...]:
    return tuple(dict.fromkeys(Quoted(_where(item), _shortened(item.quote)) for item in citations))


def _where(citation: Citation) -> str:
    match citation:
        case CommitCitation():
            date = f", {citation.date[:10]}" if citation.date else ""
            return f"commit {citation.commit[:_SHORT_COMMIT]}{date}"
        case TestCitation():
            return f"test {citation.test}"
        case GateCitation():
            return f"gate {citation.gate} ({citation.path}:{citation.start_line})"
        case CodeCitation():
            lines = f"{citation.start_line}" + (
                f"–{citation.end_line}" if citation.end_line > citation.start_line else ""
            )
            return f"{citation.path}:{lines}" + (f" ({citation.symbol})" if citation.symbol else "")


def _shortened(quote: str) -> str:
    lines = quote.split("\n")
    return quote if len(lines) <= _MAX_QUOTE_LINES else "\n".join([*lines[:_MAX_QUOTE_LINES], "…"])


def _check_json(hypothesis: Hypothesis) -> str:
    if hypothesis.check is None:
        return ""
    return json.dumps(hypothesis.check.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)


def _check_sentence(hypothesis: Hypothesis) -> str:
    match hypothesis.check:
        case ImportBoundary() as check:
            sources = _listed([end.path or end.module for end in check.sources])
            forbidden = _listed([end.path or end.module for end in check.forbidden])
            kept = f", with {counted(len(check.except_), 'exception')}" if check.except_ else ""
            verb = "imports" if len(check.sources) == 1 else "import"
            return f"{sources} {verb} nothing of {forbidden}{', directly or through others' if check.indirect else ''}{kept}."
        case PathExists() as check:
            return f"A file `{check.path}` exists."
        case PatternAbsent() as check:
            return f"No line of {_listed(check.paths)} matches `{check.pattern}`."
        case PatternPresent() as check:
            return f"A line of {_listed(check.paths)} matches `{check.pattern}`."
        case SymbolExists() as check:
            return f"`{check.symbol}` is defined in `{check.path}`."
        case TestExists() as check:
            return f"The test `{check.test}` exists."
        case Command() as check:
            return f"`{' '.join(check.argv)}` exits with 0. Run only on a person's word."
        case _:
            return ""


def _listed(names: list[str] | tuple[str, ...], most: int = 4) -> str:
    shown = [f"`{name}`" for name in names[:most]]
    return ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
