"""What is offered first names the code that is asked about, says what was counted, and reads well in the record."""

import pytest

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.candidates import Option
from alloy_assist.elicitation.checking import readable
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.forms import Form, form_of
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.naming import title_of
from alloy_assist.elicitation.pressures import pressures
from alloy_assist.elicitation.proposals import evidence_choices, suggested_evidence
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.voice import TemplateVoice
from alloy_assist.operations.observed import seen_in
from archaeology.model import Category, PossibleIntent
from fixtures.courses import subject

BOUNDARY = {
    "kind": "import_boundary",
    "sources": [
        {"module": "shop.rules", "path": "shop/rules/", "external": False},
        {"module": "shop.rules", "path": "shop/rules.py", "external": False},
    ],
    "forbidden": [{"module": "shop.web", "path": "shop/web/", "external": False}],
    "except": [],
}
HELD = m.Seen(
    id="held",
    category=Category.HISTORICAL,
    summary="It has held through 419 changes of files in `rules`, since 2019-04-29, when both sides were there for the first time",
)


def begun(about: m.Subject) -> m.Turn:
    state, _ = advance(None, m.Started(mode=m.Mode.WHY, subject=about))
    return turn_of("", 0, state, TemplateVoice())


def labels(turn: m.Turn) -> list[str]:
    assert turn.question is not None
    return [choice.label for choice in turn.question.choices]


def test_the_changes_that_a_boundary_held_through_are_what_puts_it_to_the_test() -> None:
    about = subject("layer_direction", HELD, check=BOUNDARY)

    assert list(pressures(about, names_of(about))) == [
        Option("seen-changes", "further changes to `rules`, of which there were 419 since April 2019")
    ]


@pytest.mark.parametrize(
    "summary",
    [
        "It has held through 3 changes of files in `rules`, since 2019-04-29, when both sides were there",
        "It has held for long",
        "",
    ],
)
def test_few_changes_and_none_are_no_pressure(summary: str) -> None:
    about = subject("layer_direction", HELD.model_copy(update={"summary": summary}), check=BOUNDARY)

    assert not list(pressures(about, names_of(about)))


def test_a_package_and_the_module_of_its_name_are_named_once() -> None:
    assert names_of(subject("layer_direction", check=BOUNDARY)).inside == "`rules`"


def test_a_boundary_is_paid_for_with_what_it_may_need_from_the_other_side() -> None:
    about = subject("layer_direction", HELD, check=BOUNDARY)
    state, _ = advance(None, m.Started(mode=m.Mode.WHY, subject=about))
    for slot in ("capability", "expectation"):
        assert state.pending is not None
        assert state.pending.id == slot
        state, _ = advance(state, m.Answered(question=slot, choices=(state.pending.choices[0].key,)))

    assert state.pending is not None
    assert state.pending.choices[0].label == "passing in anything that `rules` may need from `web`"


def test_what_names_nothing_here_is_an_example_and_no_answer() -> None:
    about = subject("typed_errors", title="Failures are told apart by type")
    turn = begun(about)

    assert turn.question is not None
    assert labels(turn) == ["It mattered once, not any more", "Nobody meant it"]
    assert turn.question.hint == ("Such as: failures that tell a person what happened and what to do next.")


def test_what_names_this_code_comes_first() -> None:
    root = m.Seen(id="root", summary="`ShopError` has 2 kinds", facts={"root": "ShopError", "folder": "shop/"})
    turn = begun(subject("typed_errors", root))

    assert turn.question is not None
    assert turn.question.hint == ""
    assert labels(turn)[0] == "callers of `shop` that can tell failures apart and handle each one by its type"
    general = [choice.general for choice in turn.question.choices if choice.key not in {"stale", "accident"}]
    assert general == sorted(general)


@pytest.mark.parametrize(
    ("family", "facts", "inside", "outside", "gateway"),
    [
        ("tacit_coupling", {"role": "together", "a": "web/a.js", "b": "lib/b.ex"}, "`a.js` and `b.ex`", "", ""),
        (
            "tacit_coupling",
            {"role": "together", "a": "web/a.js", "b": "lib/a.js"},
            "`web/a.js` and `lib/a.js`",
            "",
            "",
        ),
        (
            "ports_and_adapters",
            {"role": "port", "name": "Clock", "implementations": ("Real",)},
            "",
            "`Real`",
            "`Clock`",
        ),
        ("test_isolation", {"role": "devices", "aspect": "the network", "names": ("vcr",)}, "", "the network", "vcr"),
        ("technology_choice", {"role": "gone", "target": "toml", "folders": ("src/a/",)}, "`src/a/`", "`toml`", ""),
    ],
)
def test_a_family_names_things_by_what_was_measured(
    family: str, facts: dict[str, str | int | tuple[str, ...]], inside: str, outside: str, gateway: str
) -> None:
    names = names_of(subject(family, m.Seen(id="a", summary="seen", facts=facts)))

    assert (names.outside, names.gateway) == (outside, gateway)
    assert not inside or names.inside == inside


def test_plain_values_are_kept_of_an_observation_and_nothing_else() -> None:
    data = {
        "count": 3,
        "named": "a\x1b[31mb",
        "list": ["x", "y"],
        "long": "x" * 5000,
        "flag": True,
        "deep": {"a": 1},
        "mixed": ["x", 1],
        "none": None,
    }
    (seen,) = seen_in([{"id": "o", "summary": "s", "data": data}])

    assert set(seen.facts) == {"count", "named", "list"}
    assert seen.facts["list"] == ("x", "y")
    assert "\x1b" not in str(seen.facts["named"])


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"^\s*raise\s+(Exception|BaseException)\b", "`raise Exception` or `raise BaseException`"),
        ("(?i)generated|do not edit", "`generated` or `do not edit`"),
        (r"(?<![\w@/.-])toml(?![\w/-])(?!.*//\s*indirect)", "`toml`"),
        (r"(?<![\w@/.-])pkg[-_]resources(?![\w/-])(?!.*//\s*indirect)", "`pkg-resources`"),
        (r"(?<![\w@/.-])github\.com/gohugoio/locales(?![\w/-])", "`github.com/gohugoio/locales`"),
        (r"Do\W+not\W+collapse", "`Do not collapse`"),
        (r"\b\s*", r"`\b\s*`"),
        ("(((", "`(((`"),
    ],
)
def test_a_pattern_is_said_as_the_words_that_it_looks_for(pattern: str, said: str) -> None:
    assert readable(pattern) == said


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (
            "In `src/main/java/io/shop/`, `basic/BasicFilter.java` and `oauth/OAuthFilter.java` change together (8 times, seldom alone), though neither imports the other",
            "`basic/BasicFilter.java` and `oauth/OAuthFilter.java` change together",
        ),
        (
            "`shop-authentication`, `shop-configuration`, `shop-persistence`, `shop-migrations` and 5 others never import each other",
            "`shop-authentication`, `shop-configuration` and 7 others never import each other",
        ),
        ("`rules` never imports `web`, annotations apart", "`rules` never imports `web`"),
        ("`rules` never imports `web`, annotations apart, but for 1 import today", "`rules` never imports `web`"),
        ("`rules` stays clean", "`rules` stays clean"),
    ],
)
def test_a_long_title_is_said_shorter_and_stays_whole(title: str, short: str) -> None:
    assert title_of(subject("layer_direction", title=title), ()) == short


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("keep tests off the real clock with fixed clock", Form.COMMAND),
        ("reach `tomli` through `Reader` only", Form.COMMAND),
        ("more tests beside the 16 files that use fixed clock today", Form.PHRASE),
        ("the tests run in a minute", Form.CLAUSE),
    ],
)
def test_the_new_phrases_are_read_as_they_are_built(text: str, form: Form) -> None:
    assert form_of(text) is form


def test_a_check_that_something_is_there_is_offered_last() -> None:
    devices = m.Seen(
        id="d", summary="kept off", facts={"role": "devices", "aspect": "the real clock", "names": ("fixed clock",)}
    )
    about = subject(
        "test_isolation",
        devices,
        check={"kind": "path_exists", "path": "tests/test_clock.py"},
        paths=("tests/",),
        possible=PossibleIntent(strategy="Keep tests off the real clock with fixed clock"),
    )
    choices = evidence_choices(about, m.Checked(passed=True, head="a" * 40))

    assert [choice.key for choice in choices] == ["review", "check"]
    assert suggested_evidence(choices, m.Checked(passed=True)) == "review"
    assert choices[0].label == "the review finds no new test that uses the real clock itself"
