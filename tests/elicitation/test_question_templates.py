"""Every question in every mode and family: worded, about this repository, and without the words of our own model."""

import re

import pytest

import prompts
from alloy_assist.elicitation import candidates
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.asks import make_ask, make_follow_up
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.grammar import after_preserve, under
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.voice import TemplateVoice
from archaeology.model import Family
from store.records import Facets, IntentRecord

VOICE = TemplateVoice()
OURS = re.compile(
    r"\b(?:capability|facet|tradeoff|ontology|record state|slot|hypothesi[sz]ed|expectation|elicit\w*)\b", re.IGNORECASE
)


def state_of(subject: m.Subject, mode: m.Mode) -> m.State:
    return advance(None, m.Started(mode=mode, subject=subject))[0]


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("mode", list(m.Mode))
def test_every_question_renders_for_every_mode_and_family(subject: m.Subject, mode: m.Mode, family: Family) -> None:
    state = state_of(subject.model_copy(update={"family": family.value}), mode)
    for slot in m.Slot:
        ask = make_ask(state, slot)
        question = VOICE.word(ask, state)
        assert question.text.endswith(("?", ".")), question.text
        assert "`" in question.text + question.why, "a question names what it is about"
        assert not OURS.search(question.text + question.hint), question.text
        assert question.why
        assert "  " not in question.text
        assert question.choices == ask.choices


@pytest.mark.parametrize("mode", list(m.Mode))
@pytest.mark.parametrize("weakness", list(m.Weakness))
def test_every_weakness_has_a_follow_up_of_its_own(subject: m.Subject, mode: m.Mode, weakness: m.Weakness) -> None:
    state = state_of(subject, mode)
    for slot in m.Slot:
        entry = m.Entry(slot=slot, text="keep it simple.", source="words", question="capability", weakness=weakness)
        question = VOICE.word(make_follow_up(state, slot, entry, "The other record"), state)
        assert question.text.endswith(("?", ".")), question.text
        assert not OURS.search(question.text + question.hint), question.text


@pytest.mark.parametrize("mode", list(m.Mode))
def test_questions_without_any_evidence_still_read_well(mode: m.Mode) -> None:
    for kind, ref in (
        (m.SubjectKind.NOTHING, ""),
        (m.SubjectKind.TECHNOLOGY, "SQLite"),
        (m.SubjectKind.PRINCIPLE, "pure core"),
        (m.SubjectKind.PATH, "src/"),
    ):
        state = state_of(
            m.Subject(kind=kind, ref=ref, title=ref, paths=(ref,) if kind is m.SubjectKind.PATH else ()), mode
        )
        for slot in m.Slot:
            question = VOICE.word(make_ask(state, slot), state)
            assert not re.search(r" [,.?]|``|\(\)|  ", question.text), question.text


def test_a_record_without_observations_can_be_asked_about() -> None:
    record = IntentRecord(id="alloy.intent.x", title="X", facets=Facets(strategy="Only `a` imports `b`."))
    state = state_of(
        m.Subject(kind=m.SubjectKind.RECORD, ref=record.id, title="X", record=record), m.Mode.CONTRADICTION
    )
    assert state.pending is not None
    assert "Only `a` imports `b`" in VOICE.word(state.pending, state).text.replace("only", "Only", 1)


# What went wrong once is told by words or by a person: nothing is offered for it where neither has spoken.
@pytest.mark.parametrize("family", [*(family.value for family in Family if family is not Family.SCAR_TISSUE), None])
def test_every_family_offers_answers_that_fit_the_sentence(subject: m.Subject, family: str | None) -> None:
    names = names_of(subject)
    found = candidates.reasons(family, names)
    assert found
    for reason in found:
        assert "{" not in reason.capability + reason.threat
        assert not after_preserve(reason.capability).startswith("the property that"), reason.capability
    for facet in ("expectation", "tradeoff"):
        assert len(candidates.options(family, facet, names)) >= 1
    for option in candidates.options(family, "expectation", names):
        assert under(option.text).startswith("under "), option.text


def test_every_template_says_its_version_and_purpose() -> None:
    names = prompts.template_names("questions")
    assert {f"questions/{mode.value}" for mode in m.Mode} <= set(names)
    for name in names:
        assert prompts.template_version(name) >= 1
        assert prompts.template_header(name)["purpose"]


def test_a_template_that_is_not_given_what_it_asks_for_is_an_error() -> None:
    with pytest.raises(prompts.PromptError, match="undefined"):
        prompts.render("questions/why", topic="capability")
    with pytest.raises(prompts.PromptError):
        prompts.render("questions/nothing")
    with pytest.raises(prompts.PromptError):
        prompts.render("../secrets")


def test_values_are_data_and_never_template_code(subject: m.Subject) -> None:
    hostile = subject.model_copy(
        update={"possible": subject.possible.model_copy(update={"strategy": "{{ 7 * 7 }} {% include 'x' %}"})}
    )
    state = state_of(hostile, m.Mode.WHY)
    assert state.pending is not None
    assert "{{ 7 * 7 }}" in VOICE.word(state.pending, state).text
