"""Subjects of interviews, made by hand: what a scan of a small shop would have said."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.operations.interviewing import Interviewing
from alloy_assist.settings import InterviewSettings
from archaeology.model import Category, CodeCitation, CommitCitation, GateCitation, PossibleIntent, TestCitation
from store.database import Store, open_store
from store.interviews import StoredHypothesis
from store.records import Actor, ActorKind
from store.runs import ScanRow

HEAD = "a" * 40
CHECK = {
    "kind": "import_boundary",
    "sources": [{"module": "shop", "path": "shop/", "external": False}],
    "forbidden": [{"module": "stripe", "path": None, "external": True}],
    "except": [{"from": "shop.gateways", "to": "stripe"}],
    "indirect": False,
    "ignore_type_checking": False,
}


def quote_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def code_place(path: str, line: int, quote: str, symbol: str | None = None) -> CodeCitation:
    return CodeCitation(
        path=path,
        start_line=line,
        end_line=line,
        symbol=symbol,
        blob="b" * 40,
        commit=HEAD,
        quote=quote,
        quote_sha256=quote_hash(quote),
    )


def observations() -> tuple[m.Seen, ...]:
    revert = "Revert: call Stripe from checkout again, it broke the tests"
    return (
        m.Seen(
            id="obs_1",
            category=Category.STRUCTURAL,
            summary="`stripe` is imported by `shop/gateways/stripe.py` alone",
            names=("shop/gateways/stripe.py", "stripe"),
            places=(code_place("shop/gateways/stripe.py", 3, "import stripe"),),
        ),
        m.Seen(
            id="obs_2",
            category=Category.HISTORICAL,
            summary="an import of `stripe` in `shop/checkout.py` was taken out again after 3 days",
            names=("shop/checkout.py",),
            places=(CommitCitation(commit="c" * 40, quote=revert, quote_sha256=quote_hash(revert), date="2024-03-01"),),
        ),
        m.Seen(
            id="obs_3",
            category=Category.EVIDENCE,
            summary="the tests of checkout use a fake gateway",
            names=("tests/test_checkout.py",),
            places=(
                TestCitation(
                    test="tests/test_checkout.py::test_pays",
                    path="tests/test_checkout.py",
                    start_line=10,
                    end_line=14,
                    blob="d" * 40,
                    quote="def test_pays():",
                    quote_sha256=quote_hash("def test_pays():"),
                ),
                GateCitation(
                    gate="boundary:import-linter:payments",
                    path="pyproject.toml",
                    start_line=40,
                    end_line=44,
                    blob="e" * 40,
                    quote="[[tool.importlinter.contracts]]",
                    quote_sha256=quote_hash("[[tool.importlinter.contracts]]"),
                ),
            ),
        ),
    )


@pytest.fixture
def subject() -> m.Subject:
    return m.Subject(
        kind=m.SubjectKind.HYPOTHESIS,
        ref="hyp_1",
        title="Only `gateways` may import `stripe`",
        family="vendor_isolation",
        confidence=0.83,
        possible=PossibleIntent(strategy="Only `gateways` may import `stripe`"),
        seen=observations(),
        check=CHECK,
        paths=("shop/",),
        candidates=(
            m.Candidate(
                kind="test",
                reference="tests/test_checkout.py::test_pays",
                statement="the test `tests/test_checkout.py::test_pays` passes",
                path="tests/test_checkout.py",
                line=10,
            ),
        ),
        tool="import-linter",
        head=HEAD,
    )


@dataclass
class FakeVerdict:
    holds: bool | None = True
    violations: tuple[Any, ...] = ()
    detail: str = ""


@dataclass
class FakeResolution:
    status: str = "same"
    detail: str = ""
    path: str | None = None
    start_line: int | None = None


@dataclass
class FakeEvidence:
    """Stands for the repository: what a check says, and what became of each cited path."""

    verdict: FakeVerdict = field(default_factory=FakeVerdict)
    became: dict[str, FakeResolution] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    error: Exception | None = None
    commit: str | None = None
    used: dict[str, tuple[m.Seen, ...]] = field(default_factory=dict)
    calling: tuple[str, ...] = ()
    documented: str = ""

    def head(self) -> str | None:
        return self.commit

    def resolve(self, citation: dict[str, Any], revision: str | None = None) -> FakeResolution:
        return self.became.get(str(citation.get("path")), FakeResolution())

    def uses(self, package: str) -> tuple[m.Seen, ...]:
        return self.used.get(package, ())

    def callers(self, path: str, symbol: str) -> tuple[str, ...]:
        return self.calling

    def documentation(self, path: str, symbol: str) -> str:
        return self.documented

    def verdicts(self, checks: Any, revision: str | None = None) -> tuple[FakeVerdict, ...]:
        if self.error:
            raise self.error
        self.asked.extend(checks)
        return tuple(self.verdict for _ in checks)


@pytest.fixture
def evidence() -> FakeEvidence:
    return FakeEvidence()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    ticks, ids = count(), count(1)
    opened = open_store(
        tmp_path / "alloy.db",
        clock=lambda: datetime.fromtimestamp(1_700_000_000 + next(ticks), UTC),
        new_id=lambda: f"store-{next(ids):04}",
        actor=Actor(kind=ActorKind.PERSON, name="Ada"),
    )
    with opened:
        yield opened


@pytest.fixture
def stored(subject: m.Subject) -> StoredHypothesis:
    """The subject as a scan would have kept it."""
    return StoredHypothesis(
        id="hyp_1",
        title="Only `gateways` may import `stripe`.",
        family="vendor_isolation",
        confidence=0.83,
        body={
            "id": "hyp_1",
            "possible_intent": {"strategy": "Only `gateways` may import `stripe`."},
            "check": CHECK,
            "subject": ["shop/", "stripe"],
            "questions": ["Do you expect to replace `stripe`?"],
            "counter_evidence": [],
        },
        observations=tuple(
            {
                "id": seen.id,
                "category": seen.category.value if seen.category else "",
                "family": "vendor_isolation",
                "summary": seen.summary,
                "subject": list(seen.names),
                "citations": [place.model_dump(mode="json") for place in seen.places],
                "data": {},
            }
            for seen in subject.seen
        ),
        evidence_digest="sha256:1",
    )


@pytest.fixture
def interviewing(store: Store, stored: StoredHypothesis, evidence: FakeEvidence) -> Interviewing:
    store.hypotheses.sync(ScanRow(id="scan-1", at="2024-01-01T00:00:00+00:00", head=HEAD, hypotheses=1), [stored])
    return make_interviewing(store, evidence, ActorKind.PERSON)


@pytest.fixture
def as_actor(store: Store, evidence: FakeEvidence) -> Callable[[ActorKind], Interviewing]:
    return lambda kind: make_interviewing(store, evidence, kind)


def make_interviewing(store: Store, evidence: FakeEvidence, kind: ActorKind) -> Interviewing:
    ids = count(1)
    return Interviewing(
        store=lambda: store,
        evidence=evidence,
        settings=InterviewSettings(),
        clock=lambda: datetime(2024, 1, 1, tzinfo=UTC),
        new_id=lambda: f"{kind.value}-interview-{next(ids):04}",
        actor=Actor(kind=kind, name="Ada"),
    )
