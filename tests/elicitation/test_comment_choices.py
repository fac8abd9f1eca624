"""What is offered for a comment that warns: the harm as the change that leads there, the rule in its words, and a check that quotes it."""

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.kept_words import kept_by
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.proposals import evidence_choices
from alloy_assist.elicitation.subject import Heard
from alloy_assist.elicitation.warned import change_of, harm_of, rule_as_told
from archaeology.model import Category, CodeCitation, PossibleIntent
from fixtures.courses import subject


def commented(sentence: str, harm: str, **values: object) -> m.Subject:
    seen = m.Seen(
        id="c",
        category=Category.TEXTUAL,
        summary=f"A comment in `walk` says: “{sentence}”",
        facts={"role": "comment", "sentence": sentence},
        heard=Heard(harm=harm),
        places=(),
    )
    return subject("scar_tissue", seen, paths=("src/curve.py",), **values)


@pytest.mark.parametrize(
    ("harm", "change", "kept"),
    [
        (
            "infinite loops",
            "a change in `src/curve.py` that leads to infinite loops",
            "`src/curve.py` never leads to infinite loops",
        ),
        (
            "leaking whether the user exists",
            "a change in `src/curve.py` that leads to leaking whether the user exists",
            "`src/curve.py` never leads to leaking whether the user exists",
        ),
        (
            "the browser will complain",
            "a change in `src/curve.py` after which the browser will complain",
            "the browser will never complain",
        ),
        ("a change that breaks old readers", "", ""),
        ("", "", ""),
        ("x" * 300, "", ""),
    ],
)
def test_a_harm_is_said_as_the_change_that_leads_there_and_what_stays_without_it(
    harm: str, change: str, kept: str
) -> None:
    about = commented(f"stop early to avoid {harm}", harm)

    assert (change_of(about), "".join(kept_by(about))) == (change, kept)
    assert rule_as_told(about) == (
        f"do as the comment in `src/curve.py` says: “{f'stop early to avoid {harm}'.rstrip()}”"
        if len(harm) < 200
        else ""
    )


@pytest.mark.parametrize(
    ("words", "harm", "rule"),
    [
        (
            "The finder caches. If we kept that, it would give old rows. So it is.",
            "it would give old rows",
            "If we kept that, it would give old rows",
        ),
        ("The finder caches. If we don't clear it, old rows come.", "", "If we don't clear it, old rows come"),
        ("The finder caches. It is slow.", "", "The finder caches"),
    ],
)
def test_the_rule_is_the_sentence_that_tells_what_goes_wrong(words: str, harm: str, rule: str) -> None:
    assert rule_as_told(commented(words, harm)) == f"do as the comment in `src/curve.py` says: “{rule}”"


@pytest.mark.parametrize(("role", "commented", "told"), [("comment", "`walk`", ""), ("told", "", "`walk`")])
def test_what_only_a_commit_says_is_not_put_to_a_comment(role: str, commented: str, told: str) -> None:
    place = CodeCitation(
        path="src/curve.py", start_line=1, end_line=1, symbol="walk", blob="b", quote="q", quote_sha256="h"
    )
    seen = m.Seen(
        id="t", summary="it says so", facts={"role": role}, heard=Heard(harm="infinite loops"), places=(place,)
    )
    names = names_of(subject("scar_tissue", seen, paths=("src/curve.py",)))

    assert (names.warned, names.commented, names.told) == ("`walk`", commented, told)


def test_a_rejected_option_is_no_harm() -> None:
    about = commented("another way would loop for ever", "")
    (seen,) = about.seen
    about = about.model_copy(update={"seen": (seen.model_copy(update={"heard": Heard(harm="loops", rejected="it")}),)})

    assert harm_of(about) == ""


def test_the_check_for_a_comment_quotes_it() -> None:
    check = {"kind": "pattern_present", "paths": ["src/curve.py"], "pattern": r"stop\W+early"}
    about = commented("stop early, which costs a step, to avoid infinite loops", "infinite loops", check=check)

    assert evidence_choices(about, None)[0].label == (
        "the comment “stop early, which costs a step, to avoid infinite loops” still stands in `src/curve.py`"
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("Do not remove double realpath() calls", "a change in `src/curve.py` made to remove double realpath() calls"),
        (
            "The target must be explicit",
            "a change in `src/curve.py` after which this does not hold: “the target must be explicit”",
        ),
        ("x" * 300, ""),
    ],
)
def test_what_a_comment_prescribes_is_eroded_by_a_change_that_breaks_it(rule: str, change: str) -> None:
    assert change_of(commented(rule, "", possible=PossibleIntent(strategy=rule))) == change
