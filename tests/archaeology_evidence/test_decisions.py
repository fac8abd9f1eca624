"""Decision records: the status that each tells, what was decided, and the reasons."""

from __future__ import annotations

import pytest

from archaeology.documents.decisions import Decision, read_decision
from fixtures.told_documents import rules


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("# 1. X\n\n## Status\n\nAccepted\n\n## Context\n", Decision("accepted")),
        ("# X\n\n* Status: Proposed\n* Date: 2024\n", Decision("proposed")),
        ("---\nstatus: accepted\ndate: 2024\n---\n# X\n", Decision("accepted")),
        ("# X\n\n**Status:** Deprecated\n", Decision("deprecated")),
        ("# X\n\n| Status | accepted |\n", Decision("accepted")),
        ("# X\n\n## Status\n\nSuperseded by [7. Y](0007-y.md)\n", Decision("superseded", "docs/adr/0007-y.md")),
        ("# X\n\nStatus: superseded by ADR-0009\n", Decision("superseded", "ADR-0009")),
        ("---\nstatus: 'superseded by 0010'\n---\n", Decision("superseded", "0010")),
        ("X\n=\n\nStatus\n------\n\nRejected\n\nContext\n-------\n", Decision("rejected")),
        ("# X\n\nNothing is said.\n", Decision(None)),
        ("", Decision(None)),
    ],
)
def test_decisions_tell_their_status(text: str, decision: Decision) -> None:
    assert read_decision("docs/adr/0001-x.md", text) == decision


ADR = """---
status: accepted
---
# 4. Vendors behind a port

## Context

We could not test the rules without the vendor, because they imported it.

## Considered Options

The domain must import the vendor directly.

## Decision Outcome

Vendors live behind ports. Only adapters may import them.

## Consequences

Each adapter must translate errors.
"""


def test_a_decision_yields_its_decision_and_its_reasons() -> None:
    found = rules("docs/adr/0004-vendors.md", ADR)
    assert [(rule.text, rule.force) for rule in found] == [
        ("We could not test the rules without the vendor, because they imported it.", "because"),
        ("Vendors live behind ports.", "must"),
        ("Only adapters may import them.", "must"),
        ("Each adapter must translate errors.", "must"),
    ]
    assert {(rule.document, rule.status) for rule in found} == {("adr", "accepted")}
