"""What would go wrong is turned into a promise only where its main verb is plain, and a purpose is taken only in whole words."""

from __future__ import annotations

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.grammar import after_prefer, after_preserve, because
from alloy_assist.elicitation.kept_words import kept_by
from alloy_assist.elicitation.promises import never, purpose_in
from alloy_assist.elicitation.proposals import evidence_choices
from alloy_assist.elicitation.subject import Heard
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.voice import TemplateVoice
from archaeology.model import Category, PossibleIntent


@pytest.mark.parametrize(
    ("harm", "promise"),
    [
        ("we would close a finished transaction", "we will never close a finished transaction"),
        ("the browser will complain", "the browser will never complain"),
        ("a reader could see half a row.", "a reader can never see half a row"),
        ("every later batch would see the flag set", "no later batch will ever see the flag set"),
        ("the file won't be found", "the file will be found"),
        ("clients can't reconnect", "clients can reconnect"),
        ("the build does not finish", "the build will finish"),
        ("separators are read as escapes", "separators are never read as escapes"),
        ("old rows are never removed", "old rows are always removed"),
    ],
)
def test_a_harm_is_turned_into_what_never_comes_to_pass(harm: str, promise: str) -> None:
    assert never(harm) == promise
    assert after_preserve(promise) == f"the property that {promise}"


@pytest.mark.parametrize(
    "harm",
    [
        "",
        "infinite loops",
        "it would break the build",
        "such paths are never stripped",
        "a lock that we hold would deadlock",
        "reading needs a lock and a second reader would wait for ever",
        "the file would not fail to open",
        "rows are read if nobody looks",
        "x" * 400,
        "would",
        "a \x1b[31m would \x00",
        "a " * 5000 + "would fall",
    ],
)
def test_what_cannot_be_turned_for_sure_is_not_turned(harm: str) -> None:
    assert not never(harm)


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        ("Sort by id so that two pages never overlap.", "two pages never overlap"),
        ("Kept sorted, so we can bisect", "we can bisect"),
        ("It was removed to allow overriding it in the database", "overriding it in the database stays possible"),
        ("Close early to let callers retry the request, see #3", "callers can retry the request"),
        ("This is to ensure that retries are safe, otherwise it breaks", "retries are safe"),
        ("so that it works", ""),
        ("to ensure correctness", ""),
        ("copy it to avoid a race", ""),
        ("so that (a reader is", ""),
        ("", ""),
        ("so that " * 3000, ""),
    ],
)
def test_a_purpose_is_taken_as_a_whole_clause_or_not_at_all(words: str, purpose: str) -> None:
    assert purpose_in(words) == purpose


def warning(sentence: str, family: str = "scar_tissue", threat: str | None = None, **heard: str) -> m.Subject:
    comment = m.Seen(
        id="c",
        category=Category.TEXTUAL,
        summary=f"A comment in `walk` says: “{sentence}”",
        facts={"role": "comment", "sentence": sentence},
        heard=Heard(**heard),
    )
    return m.Subject(
        kind=m.SubjectKind.HYPOTHESIS,
        ref="hyp_1",
        title="A warning",
        family=family,
        possible=PossibleIntent(threat=threat),
        paths=("src/walk.py",),
        seen=(comment,),
    )


def begun(subject: m.Subject, mode: m.Mode = m.Mode.SCAR) -> m.State:
    return advance(None, m.Started(mode=mode, subject=subject, max_questions=5))[0]


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        (
            warning("Copy it to avoid lost rows", harm="lost rows"),
            ("`src/walk.py` never leads to lost rows",),
        ),
        (
            warning("Lock so that readers are served, otherwise we would lose rows", harm="we would lose rows"),
            ("readers are served", "we will never lose rows"),
        ),
        (
            warning("We can't wait; it has to be a list, otherwise Python will raise an error", rejected="waiting"),
            ("Python will never raise an error",),
        ),
        (
            warning("It would then fail", harm="it would then fail"),
            ("`src/walk.py` never leads to this: “it would then fail”",),
        ),
        (warning("Drop it soon to avoid this workaround", harm="this workaround"), ()),
        (warning("The kernel is slow here", harm="the kernel is slow here"), ()),
        (warning("Sort first"), ()),
        (warning("Sort first", family="layer_direction", harm="lost rows"), ()),
        (
            warning("Bad plan", threat="a change that would update rows twice"),
            ("`src/walk.py` will never update rows twice",),
        ),
    ],
)
def test_what_is_kept_is_said_in_the_words_of_the_comment(subject: m.Subject, kept: tuple[str, ...]) -> None:
    assert kept_by(subject) == kept


def test_the_endings_have_letters_and_are_never_the_first_answer() -> None:
    state = begun(warning("Sort first", family="concurrency"), m.Mode.WHY)
    assert state.pending is not None
    assert [choice.letter for choice in state.pending.choices] == ["m", "n"]
    assert state.pending.suggested is None
    rows = warning("Copy it to avoid lost rows", family="concurrency", harm="lost rows")
    turn = turn_of("", 0, begun(rows, m.Mode.WHY), TemplateVoice())
    assert turn.question is not None
    assert [choice.letter for choice in turn.question.choices] == ["", "m", "n"]


def test_what_words_do_not_say_and_nobody_counted_is_not_asked() -> None:
    state = begun(warning("Copy it to avoid lost rows", harm="lost rows"))
    topics = []
    while state.pending is not None:
        topics.append(state.pending.topic)
        keys = [choice.key for choice in state.pending.choices if not choice.letter][:1]
        event = (
            m.Answered(question=state.pending.id, choices=tuple(keys))
            if keys
            else m.NotKnown(question=state.pending.id)
        )
        state, _ = advance(state, event)
    # What goes wrong and what to do is in the comment; who needs it and what it costs is not.
    assert topics == [m.Slot.CAPABILITY, m.Slot.TRADEOFF]


def test_how_often_a_file_was_changed_since_is_what_puts_the_words_to_the_test() -> None:
    stood = m.Seen(id="s", summary="The words have stood", facts={"role": "stood", "changes": 81, "year": 2020})
    subject = warning("Copy it to avoid lost rows", harm="lost rows")
    subject = subject.model_copy(update={"seen": (*subject.seen, stood)})
    state = begun(subject)
    entry = state.draft.get(m.Slot.EXPECTATION)
    assert entry is not None
    assert (entry.text, entry.source, entry.confirmed) == (
        "further changes to `src/walk.py`, of which there were 81 since 2020",
        "evidence",
        False,
    )


def test_whether_it_is_still_so_is_answered_with_a_yes() -> None:
    subject = warning("We can't wait, because the queue is full", rejected="waiting", threat="waiting after all")
    asked = "Is “the queue is full” still so, or could `walk` go over to waiting by now?"
    state = begun(subject.model_copy(update={"questions": (asked,)}))
    assert state.pending is not None
    first = state.pending.choices[0]
    assert first.label == "Still so. Not to be let through: waiting after all"
    assert [part.text for part in first.fills] == ["waiting after all"]
    # Where nobody asks whether it is still so, the comment has said what must not come back.
    untouched = begun(subject)
    assert untouched.draft.text(m.Slot.THREAT) == "waiting after all"
    assert untouched.pending is not None
    assert untouched.pending.topic is m.Slot.CAPABILITY


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        ("Prefix every command with a blank", "to prefix every command with a blank"),
        ("Loop through the channels first", "to loop through the channels first"),
        ("Be careful with the drawers", "to be careful with the drawers"),
        ("Disable the cache for uploads", "to disable the cache for uploads"),
        ("If a file is dropped, do not insert it", "not to insert it if a file is dropped"),
        ("Use the raw one and do NOT connect again", "to use the raw one and not to connect again"),
        ("both the readers and the writers", "both the readers and the writers"),
        ("Windows paths need to be converted", "that Windows paths be converted"),
    ],
)
def test_a_rule_is_read_aloud_as_what_to_do(rule: str, read: str) -> None:
    assert after_prefer(rule) == read


def test_a_refused_option_with_the_reason_against_it_is_read_as_a_thing() -> None:
    said = "waiting after all, though it has to be a list, otherwise we will lose rows"
    assert because(said) == f"because {said}, matters"


def test_an_interface_with_one_implementation_is_asked_about_by_its_name() -> None:
    lone = m.Seen(
        id="i",
        category=Category.STRUCTURAL,
        summary="`Store` is implemented by `DiskStore` alone",
        facts={"role": "interface", "name": "Store", "only": "DiskStore", "path": "shop/store.py"},
    )
    subject = m.Subject(kind=m.SubjectKind.HYPOTHESIS, ref="hyp_1", family="contradiction", seen=(lone,))
    state = begun(subject, m.Mode.WHY)
    assert state.pending is not None
    assert [choice.label for choice in state.pending.choices][:2] == [
        "the freedom for people outside this repository to implement `Store` themselves",
        "the freedom to put another implementation beside `DiskStore` without touching what uses `Store`",
    ]


def test_the_test_that_speaks_of_the_words_is_offered_first() -> None:
    found = tuple(
        m.Candidate(
            kind="test",
            reference=f"src/rows.rs::{name}",
            statement=f"the test `{name}` passes",
            path="src/rows.rs",
            line=1,
        )
        for name in ("test_rows_of_many", "test_rows_static_files")
    )
    subject = warning("We can't cache static files, because others link them").model_copy(update={"candidates": found})
    assert [choice.label for choice in evidence_choices(subject, None)][:2] == [
        "the test `test_rows_static_files` passes",
        "the test `test_rows_of_many` passes",
    ]
