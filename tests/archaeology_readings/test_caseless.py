"""Expressions that are matched regardless of case find what the usual ones find, at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from archaeology.boundaries import texts
from archaeology.detectors import no_lessons, topics, warning_words
from archaeology.readings import clauses, conditions, decision_words, harms, reading, rules, words
from archaeology.readings.caseless import Caseless
from bench.cautions import read_labelled

_SAID = (
    "Must NOT be called",
    "it mu\u017ft not be called",
    "ALWAYS bounded by a \u212anown l\u0131mit",
    "\u0130t must not be called",
    "Layers stay apart: the caller should not wait for long, unless a bug in it says otherwise.",
    "Keep it under the licence; eslint is not asked. This would break if a leak in the driver is met.",
    "Suppose that it fails, so that on leap days, the ledger must stay open.",
    "On leap days, it must already be open, because if we do not open it, the clerk can lose a page.",
    "It is deliberately slow, see GH-1234; that does not matter, and probably no danger comes of it.",
)


def _expressions() -> Iterator[tuple[str, Caseless]]:
    for module in (
        texts,
        no_lessons,
        topics,
        warning_words,
        clauses,
        conditions,
        decision_words,
        harms,
        reading,
        rules,
        words,
    ):
        for name, value in vars(module).items():
            if isinstance(value, Caseless):
                yield f"{module.__name__}.{name}", value


EXPRESSIONS = dict(_expressions())


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_finds_what_an_expression_finds_that_folds_every_letter(name: str) -> None:
    expression = EXPRESSIONS[name]
    usual = re.compile(expression.source, re.IGNORECASE)
    for said in _passages():
        expected = [match.span() for match in usual.finditer(said)]
        assert [match.span() for match in expression.finditer(said)] == expected, said
        assert expression.is_in(said) == bool(expected), said
        begins = usual.match(said)
        assert ((match := expression.match(said)) is None) == (begins is None), said
        assert match is None or begins is None or match.regs == begins.regs, said


def test_the_passages_try_most_of_the_expressions() -> None:
    silent = [name for name, one in EXPRESSIONS.items() if not any(one.is_in(said) for said in _passages())]
    assert len(silent) <= len(EXPRESSIONS) // 10, silent


def test_keeps_escapes_and_the_names_of_groups() -> None:
    expression = Caseless(r"\bTHE (?P<What>\S+)\b \W")
    match = expression.search("take the Lock !")
    assert match is not None
    assert match.span("What") == (9, 13)
    assert not expression.is_in("take the Lock x")


def test_takes_a_curved_apostrophe_for_a_straight_one_only_where_the_expression_does() -> None:
    either, straight, both = (
        Caseless(r"\bdon['’]t\b"),
        Caseless(r"\bdon't\b"),
        Caseless(r"\bdon['’]t [\w']+ [–—-] x"),
    )
    assert either.is_in("I DON’T")
    assert either.is_in("Wir wägen: don't")
    match = either.search("ä – don’t")
    assert match is not None
    assert match.span() == (4, 9)
    assert straight.is_in("don't – é")
    assert not straight.is_in("don’t")
    assert both.is_in("don’t 'em — x")
    assert both.is_in("don't 'em - x")
    assert not both.is_in("don’t ’em — x")
    assert not both.is_in("don\x81t 'em — x")
    assert not both.is_in("don't 'em \x80 x")
    assert both.is_in("don't 'em \x80 x, don’t 'em – x")
    assert [found.span() for found in both.finditer("don’t a – x, don't b — x")] == [(0, 11), (13, 24)]


def _passages() -> Iterator[str]:
    labelled = (item.text for split in ("train", "heldout") for item in read_labelled(split)[::5])
    for said in (*labelled, *_SAID):
        yield from (said, said.upper(), said.title(), said.replace("'", "’"), said.replace(",", " —").replace("'", "’"))
