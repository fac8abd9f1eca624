"""Expressions that are spared where none of the strings is there that a match needs: they miss nothing by it."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator

import pytest

from archaeology.detectors import cautions, gravity, no_lessons, topics, voices, warning_words
from archaeology.hypotheses import caution_words
from archaeology.readings import (
    clauses,
    conditions,
    decision_words,
    gaps,
    harms,
    reading,
    rejection_shapes,
    rejections,
    rules,
    told_stories,
    told_words,
    words,
)
from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary
from fixtures.matches import matching

_MADE = 1500

# For each expression a text for each of its ways to match.
SAID: dict[str, tuple[str, ...]] = {
    "no_lessons._LEGAL": ("a license", "the LICENCE", "no warranty", "all warranties", "Copyright by"),
    "no_lessons._LINTING": (
        "eslint says", "noqa", "phpstan", "psalm", "pylint", "mypy", "rubocop", "lint it", "a linter", "linting", "prettier", "ts-ignore",
    ),
    "no_lessons._COMPILED": (
        "the borrow checker", "borrow checking", "mutably borrowed", "immutably borrow it", "borrowed twice", "borrowed mutably", "borrowed immutably",
        "used after move", "use after being moved", "used in a closure", "moved into the closure", "captured by both closures", "used in closure",
        "the compiler complains", "the compiler would reject", "the type checker refuses", "the typechecker insists", "won't compile",
        "will not compile", "would not compile", "wouldn't compile", "does not compile", "doesn't compile", "lifetime issues", "a lifetime error",
    ),
    "no_lessons._CONCLUDES": ("it MUST already be", "must thus have", "likely because", "likely due to it", "otherwise it would not be new", "otherwise we wouldn't have it"),
    "warning_words.TO_CALLERS": (
        "Returns it", "Return one", "Raised when", "Thrown if", "Indicates that", "callers may", "caller should", "You may", "your own", "you've",
        ":param", ":return", "@param", "@return", "Args: x", "Returns: x", "Raises: x", "versionchanged", "versionadded", "is DEPRECATED",
        "for example", "it is e.g. there", "defaults to", "default to", "by default", ">>> x", "users must", "user can",
        "this method is", "this function can", "this option will", "this parameter is", "this argument must", "this setting should",
    ),
    "voices._IN_STEP": (
        "kept in step", "Keep in sync", "stay in sync", "be in step", "remain in sync", "stays in step", "must change both at the same time",
        "must always be set and match it at the same time", "must match what is there at the same time", "must be changed together", "must always be updated in both",
        "must be added as well", "must be removed together", "must be edited in both",
    ),
    "caution_words._DOUBTS": (
        "not sure", "not quite sure", "unsure", "no idea", "do not know why", "don't really understand how", "I think", "I guess", "i believe", "I suspect", "I assume",
        "for some reason", "for some unknown reason", "it seems to", "which seem to", "to my knowledge", "as far as I know", "as far as we can tell", "as far as we understand",
        "AFAIK", "AFAICT", "presumably", "mysteriously", "(?)",
    ),
    "rules._ON_PURPOSE": (
        "is deliberately", "it intentionally", "was purposely", "does purposefully", "is explicitly", "deliberately not here", "on purpose", "by design",
    ),
    "rejections._CONCEDES": ("might seem", "may look", "would appear", "could sound", "can provide an", "may provide a"),
    "rejection_shapes.INSTEAD_AFTER": (
        "take it instead of the lock because x", "take it rather than a lock since x", "take it and not the lock due to x",
        "take it not just the lock because x",
    ),
    "conditions._FOR_NOW": ("keep it for now", "Currently so until then"),
    "conditions._WORKAROUND": (
        "a workaround", "works around", "work-arounds", "upstream bug", "compiler issue", "kernel problem", "driver regression", "defect in x",
        "quirk of x", "flaw with x", "limitation of x", "deficiency in x", "leak in x", "oddity in x", "broken on X", "buggy with X",
        "mishandled by X", "unsupported in X", "not supported before X", "misbehaves under X", "misbehave on X", "is broken in", "are buggy on",
        "monkeypatch", "monkey-patch",
    ),
    "conditions._TO_GO": (
        "TODO", "FIXME", "XXX", "for the time being", "temporary fix", "temporarily disabled", "temporarily turned", "is temporary", "interim",
        "a stopgap", "quick fix", "quick hack", "remove this once", "drop it when", "delete that after", "kill the code if", "revert this as soon as",
        "clean up this once", "get rid of it when", "undo it once", "revisit when", "simplify once", "replace it after", "remove it in v2",
        "can be removed", "should be dropped", "may be deleted", "will be reverted", "can be cleaned up", "could be simplified", "can be revisited",
        "should be replaced", "can be undone", "no longer needed once", "no longer necessary when", "no longer be required with",
        "not needed once", "not be necessary when", "until the fix is released", "until node supports", "until all drivers ship",
        "until upstream", "until https://x.y fixes", "until we drop", "until we have a better",
    ),
}  # fmt: skip


def _sparing() -> Iterator[tuple[str, Caseless | Vocabulary]]:
    modules: tuple[types.ModuleType, ...] = (
        caution_words, cautions, gravity, no_lessons, topics, voices, warning_words, clauses, conditions, decision_words, gaps, harms, reading, rejection_shapes, rejections, rules, told_words, words,
    )  # fmt: skip
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, Vocabulary) or (isinstance(value, Caseless) and value.needs):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", value
    for family, about in topics._ABOUT:
        yield f"topics.{family.value}", about


SPARING = dict(_sparing())


@pytest.mark.parametrize("name", sorted(SPARING))
def test_texts_made_from_an_expression_are_found_by_it(name: str) -> None:
    expression = SPARING[name]
    made = list(matching(expression.source, _MADE))
    assert len(made) > _MADE // 20
    for said in made:
        assert expression.is_in(said), said
        assert expression.is_in(said.upper()) == bool(re.search(expression.source, said.upper(), re.IGNORECASE)), said


@pytest.mark.parametrize(
    ("expression", "needs"),
    [
        (conditions._BUG, conditions._FAULTS),
        (conditions._PARTY, conditions._PARTIES),
        (topics._SECURITY, topics._UNSAFE),
    ],
    ids=["faults", "parties", "security"],
)
def test_faults_parties_and_what_is_unsafe_hold_one_of_what_is_looked_for_first(
    expression: re.Pattern[str], needs: tuple[str, ...]
) -> None:
    made = [said for said in matching(expression.pattern, _MADE) if expression.search(said)]
    assert len(made) > _MADE // 20
    assert [said for said in made if not any(need in said for need in needs)] == []


@pytest.mark.parametrize(
    ("expression", "begins"),
    [
        (told_words.JOINT, told_words.JOINT_BEGINS),
        (told_stories._WENT_WRONG, told_stories._WRONG_BEGINS),
    ],
    ids=["joints", "what went wrong"],
)
def test_nothing_is_missed_by_a_look_at_the_first_letters_of_words(expression: Caseless, begins: str) -> None:
    without = expression.source.replace(begins, "")
    assert without != expression.source
    usual, sparing = re.compile(without, re.IGNORECASE), re.compile(expression.source, re.IGNORECASE)
    made = [(said, found) for said in matching(without, _MADE) if (found := usual.search(said))]
    assert len(made) > _MADE // 20
    for said, found in made:
        same = sparing.search(said)
        assert same is not None, said
        assert same.span() == found.span(), said
        assert expression.is_in(said), said


def test_no_shape_is_spared_that_a_sentence_has() -> None:
    shapes: tuple[re.Pattern[str] | Caseless, ...] = rejection_shapes.SHAPES
    for shape in shapes:
        made = matching(shape.source if isinstance(shape, Caseless) else shape.pattern, _MADE)
        had = [said for said in made if shape.match(said)]
        assert len(had) > _MADE // 20
        assert [said for said in had if shape not in rejection_shapes.shapes_of(said)] == []


@pytest.mark.parametrize("name", sorted(SAID))
def test_whatever_matches_holds_one_of_the_needed_strings(name: str) -> None:
    expression = SPARING[name]
    usual = re.compile(expression.source, re.IGNORECASE)
    for said in SAID[name]:
        assert usual.search(said), said
        assert expression.is_in(said), said
        assert expression.is_in(said.upper()), said


def test_of_a_choice_only_what_a_text_may_hold_is_made() -> None:
    choice = Choice((r"\block(?:s|ed)?\b", ("lock",)), (r"\b(?:latch|bolt)\b", ("latch", "bolt")))
    assert choice.is_in("it was LOCKED")
    assert not choice.is_in("a clock")
    assert [way._small is not None for way, *_ in choice._ways] == [True, False]
    assert choice.is_in("the Bolt")
    assert choice.is_in("the loc\u212a")
    assert not choice.is_in("the door is open")
    assert choice.needs == ("lock", "latch", "bolt")
    assert [found.group() for found in choice.finditer("Lock, latch and key")] == ["lock", "latch"]


def test_an_expression_is_not_even_made_where_a_text_has_none_of_them() -> None:
    expression = Caseless(r"\b(?:lock|latch)\b", needs=("lock", "latch"))
    assert not expression.is_in("the door is open")
    assert expression.match("the door is open") is None
    assert expression._small is None
    assert expression.is_in("the Latch is open")
    assert expression.is_in("the loc\u212a")
