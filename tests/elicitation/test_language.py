"""Grammar, splitting and the weakness tests: sentences in, sentences out."""

import pytest

from alloy_assist.elicitation import grammar
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.forms import Form, form_of
from alloy_assist.elicitation.splitting import split_answer
from alloy_assist.elicitation.summary import read_aloud
from alloy_assist.elicitation.weakness import clash, weakness_of
from bench.facets import judge, read_labelled
from store.records import Facets


def draft(**texts: str) -> m.Draft:
    return m.Draft(entries=tuple(m.Entry(slot=m.Slot(name), text=text, source="words") for name, text in texts.items()))


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (
            {
                "capability": "the freedom to replace `stripe`",
                "threat": "types of `stripe` spreading into the rules",
                "expectation": "a change of provider",
                "strategy": "a gateway around `stripe`",
                "evidence": "the contract tests pass",
                "tradeoff": "a wrapper to keep",
            },
            (
                "We preserve the freedom to replace `stripe` because types of `stripe` spreading into the rules matters under a change of "
                "provider, so we prefer a gateway around `stripe`, require that the contract tests pass and accept a wrapper to keep."
            ),
        ),
        (
            {
                "capability": "Payment providers can be replaced.",
                "threat": "Somebody imports the SDK in a handler.",
                "expectation": "We will add a second provider.",
                "strategy": "Keep the SDK in adapters.",
                "evidence": "A search for `stripe` finds nothing.",
                "tradeoff": "Small features take longer.",
            },
            (
                "We preserve the property that payment providers can be replaced because the risk that somebody imports the SDK in a handler "
                "matters under the expectation that we will add a second provider, so we prefer to keep the SDK in adapters, require that a "
                "search for `stripe` finds nothing and accept that small features take longer."
            ),
        ),
        (
            {"strategy": "only `a` may import `b`", "threat": "shortcuts"},
            "We prefer that only `a` may import `b`, because shortcuts matter.",
        ),
        ({"capability": "to test rules without a screen"}, "We preserve the ability to test rules without a screen."),
        (
            {"capability": "replace the broker", "expectation": "once traffic doubles"},
            "We preserve the ability to replace the broker, which matters once traffic doubles.",
        ),
        ({}, ""),
    ],
)
def test_the_record_is_read_aloud_in_one_sentence(texts: dict[str, str], sentence: str) -> None:
    assert read_aloud(draft(**texts)) == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Payment rules.", "payment rules"),
        ("HTTP clients leak.", "HTTP clients leak"),
        ("`Stripe` types leak", "`Stripe` types leak"),
        ("Stripe types leak", "Stripe types leak"),
        ("A second provider", "a second provider"),
        ("PostgreSQL", "PostgreSQL"),
        ("  The\nrules  ", "the rules"),
        ("mypy passes...", "mypy passes"),
    ],
)
def test_capitals_and_full_stops_are_fitted_into_the_sentence(text: str, expected: str) -> None:
    assert grammar.embedded(text) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("the freedom to change", Form.PHRASE),
        ("an interface that nobody uses", Form.PHRASE),
        ("providers can be replaced", Form.CLAUSE),
        ("only adapters import it", Form.CLAUSE),
        ("keep it in adapters", Form.COMMAND),
        ("to replace it", Form.INFINITIVE),
        ("that it can be replaced", Form.THAT),
        ("keeping it apart", Form.GERUND),
        ("when we grow", Form.WHEN),
        ("", Form.PHRASE),
    ],
)
def test_it_is_told_how_a_text_is_built(text: str, form: Form) -> None:
    assert form_of(text) is form


@pytest.mark.parametrize(
    ("asked", "text", "slots"),
    [
        ("capability", "we can swap providers", ["capability"]),
        ("capability", "we can swap providers because the SDK leaks everywhere", ["capability", "threat"]),
        ("strategy", "use a gateway so that rules stay testable", ["strategy", "capability"]),
        ("strategy", "only gateways import it, unless it is a one-off script", ["strategy", "exception"]),
        ("capability", "fast tests at the cost of some duplication", ["capability", "tradeoff"]),
        ("expectation", "we will switch provider because prices go up", ["expectation"]),
        (
            "strategy",
            "use a gateway because it can break so that we can test, unless tiny scripts, at the cost of a layer",
            ["strategy", "threat", "capability", "exception", "tradeoff"],
        ),
        ("capability", "because of stripe", ["capability"]),
        ("capability", "because vendor types spread into rules", ["capability"]),
    ],
)
def test_a_sentence_is_split_only_where_it_plainly_says_several_things(asked: str, text: str, slots: list[str]) -> None:
    pieces = split_answer(m.Slot(asked), text)
    assert [piece.slot.value for piece in pieces] == slots
    kept = " ".join(piece.text for piece in pieces)
    for word in text.replace(",", "").split():
        joint = {"because", "so", "that", "unless", "at", "the", "cost", "of"}
        assert word in kept or word in joint


def test_prose_with_many_markers_stays_whole() -> None:
    text = "because a " * 12
    assert len(split_answer(m.Slot.CAPABILITY, text)) == 1


def test_words_are_judged_as_a_careful_reader_would() -> None:
    for split, precision, recall in (("train", 0.97, 0.97), ("heldout", 0.95, 0.88), ("fresh", 0.92, 0.92)):
        items = read_labelled(split)
        found = judge(items).score
        assert found.precision >= precision, split
        assert found.recall >= recall, split
    assert len(read_labelled("train")) + len(read_labelled("heldout")) >= 300
    train, heldout = ({(item.facet, item.text) for item in read_labelled(split)} for split in ("train", "heldout"))
    assert not train & heldout


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("capability", "wir wollen den Anbieter wechseln können"),
        ("threat", "支払いプロバイダー"),
        ("tradeoff", "più codice da scrivere per ogni gateway"),
    ],
)
def test_what_is_said_in_another_language_is_not_called_weak(slot: str, text: str) -> None:
    assert weakness_of(m.Slot(slot), text) is None


def test_a_strategy_that_says_the_opposite_is_a_conflict() -> None:
    neighbour = m.Neighbour(
        id="r", title="Shared client", facets=Facets(strategy="Handlers call the payment client directly")
    )
    found = clash(m.Slot.STRATEGY, "Handlers must not call the payment client directly", [neighbour])
    assert found == (m.Weakness.CONFLICT, neighbour)
    assert clash(m.Slot.STRATEGY, "Read the clock once at the start", [neighbour]) is None
