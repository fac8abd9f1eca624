"""The model in its place: chosen, allowed, asked, failing, and never in the way."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.elicitation import model as m
from alloy_assist.errors import RefusedError
from alloy_assist.llm.errors import CredentialsError, UnreachableError
from alloy_assist.llm.gateway import Request
from alloy_assist.llm.keys import api_key
from alloy_assist.llm.request_log import FileLog
from alloy_assist.llm.scripted import Script, ScriptedGateway
from alloy_assist.operations.interviewing import Interviewing
from alloy_assist.operations.model_consent import Consent
from alloy_assist.operations.modeling import Modeling, litellm_gateway
from alloy_assist.operations.phrasing import put_in_words
from alloy_assist.settings import ModelSettings, Settings
from archaeology.model import Survey
from archaeology.survey import ScanOptions, scan
from fixtures.repositories import build_checkout

CHOSEN = ModelSettings(choice="local", name="openai/local", base_url="http://127.0.0.1:9/v1")


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Survey]:
    folder = build_checkout(tmp_path_factory.mktemp("modeling") / "checkout")
    return folder, scan(folder, ScanOptions(jobs=1, cache_folder=folder.parent / "cache"))


@pytest.fixture
def working(scanned: tuple[Path, Survey], tmp_path: Path) -> Callable[..., tuple[Project, Modeling, ScriptedGateway]]:
    folder, survey = scanned

    def build(
        script: Script, model: ModelSettings = CHOSEN, *, allowed: bool = True
    ) -> tuple[Project, Modeling, ScriptedGateway]:
        project = open_project(folder, db=tmp_path / "alloy.db", cache=folder.parent / "cache")
        project.scanning.save(survey)
        gateway = ScriptedGateway(script)
        consent = Consent(tmp_path / "own" / "consent.json", project.root)
        if allowed:
            consent.give(model)
        modeling = Modeling(
            project.root,
            Settings(model=model),
            project.store,
            project.clock,
            consent,
            FileLog(tmp_path / "requests.jsonl"),
            project.cache_folder,
            lambda _: gateway,
        )
        return project, modeling, gateway

    return build


def interviewing(project: Project, modeling: Modeling) -> Interviewing:
    voice = modeling.voice
    return replace(plain(project), reader=voice, judge=voice, on_begin=voice.begin)


def is_active(modeling: Modeling) -> bool:
    return modeling.voice.is_active


def plain(project: Project) -> Interviewing:
    return Interviewing(
        project.store, project.evidence, project.settings.interview, project.clock, project.new_id, project.actor
    )


def reworded(request: Request) -> str:
    data = request.messages[-1].text.split("\n")
    if request.purpose != "phrase_question":
        return '{"pieces": []}'
    return json.dumps({"question": f"Put in our words, {data[1][0].lower()}{data[1][1:].rpartition('?')[0]}?"})


def test_a_model_that_only_the_settings_name_is_not_used(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]],
) -> None:
    project, modeling, gateway = working(["x"], allowed=False)

    assert not modeling.is_allowed()
    assert not is_active(modeling)
    with pytest.raises(RefusedError):
        modeling.draft("text")
    modeling.allow()
    assert modeling.is_allowed()
    assert is_active(modeling)
    modeling.forbid()
    assert not modeling.is_allowed()
    assert gateway.requests == []
    assert project.store().records.list() == ()


@pytest.mark.parametrize(
    "other",
    [{"base_url": "http://127.0.0.1:10/v1"}, {"name": "openai/other"}, {"choice": "provider"}, {"choice": "offline"}],
)
def test_leave_is_for_one_model_at_one_address(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]], other: dict[str, str]
) -> None:
    _, modeling, _ = working(["x"])
    changed = CHOSEN.model_copy(update=other)

    assert modeling.consent.given(CHOSEN)
    assert not Modeling(
        modeling.root, Settings(model=changed), modeling.store, modeling.clock, modeling.consent, modeling.log
    ).is_allowed()


def test_a_providers_key_never_goes_to_an_address_of_the_settings() -> None:
    environment = {"OPENAI_API_KEY": "sk-private"}

    assert api_key("openai/local", "http://127.0.0.1:8080/v1", environment) == "none"
    assert api_key("openai/gpt-5", "", environment) is None
    assert api_key("openai/local", "http://x/v1", {**environment, "ALLOY_MODEL_API_KEY": "mine"}) == "mine"


def test_a_key_of_the_key_store_is_in_no_error_and_no_log(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "plain words that open a door"
    monkeypatch.setattr("keyring.get_password", lambda service, name: key if name == CHOSEN.base_url else None)
    _, modeling, _ = working([CredentialsError(f"Incorrect API key provided: {key}")])
    with pytest.raises(CredentialsError) as caught:
        modeling.draft(f"mara: somebody pasted {key} here")

    assert key not in str(caught.value)
    assert "Incorrect API key provided" in (tmp_path / "requests.jsonl").read_text()
    assert key not in (tmp_path / "requests.jsonl").read_text()
    assert key not in repr(litellm_gateway(CHOSEN))
    assert "key of this program" in str(caught.value)


def test_a_claim_is_shown_with_its_source_and_a_false_one_is_counted(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]],
) -> None:
    text = "mara: we never call the vendor from the domain, it broke the tests twice.\ntomasz: agreed."
    good = {"slot": "strategy", "words": "Never call the vendor from the domain"}
    bad = {"slot": "evidence", "words": "there is a test for it"}
    project, modeling, gateway = working([json.dumps({"agreed": "agreed", "facets": [good, bad]})])
    outcome = modeling.draft(text)

    checked = outcome.proposals[0].checked
    assert [(claim.slot, claim.quotes[0].quote) for claim in checked.kept] == [
        ("strategy", "never call the vendor from the domain")
    ]
    assert outcome.places == (3, 1)
    assert (outcome.proposals[0].model, outcome.proposals[0].prompt_version) == ("openai/local", 2)
    assert len(gateway.requests) == outcome.spent.requests == 1
    assert [entry.purpose for entry in modeling.requests()] == ["draft_record: answer"]
    assert project.store().records.list() == ()


def test_a_dry_run_shows_the_first_request_and_sends_nothing(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]],
) -> None:
    project, modeling, gateway = working(["x"])
    first = project.store().hypotheses.list()[0]
    preview = modeling.preview("sharpen", first.id)
    drafted = modeling.preview("draft", "password = 'hunter2-hunter2-99'")

    assert first.title in preview.request.messages[1].text
    assert "hunter2" not in repr(drafted)
    assert sum(drafted.redactions.values()) == 1
    assert gateway.requests == []


def test_the_models_words_are_shown_and_kept_with_the_answer(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]],
) -> None:
    project, modeling, gateway = working(reworded)
    work = interviewing(project, modeling)
    first = project.store().hypotheses.list()[0]
    begun = work.start(m.Mode.WHY, first.id)
    assert gateway.requests == []
    turn = put_in_words(work, modeling.voice, begun)

    assert begun.question is not None
    assert turn.question is not None
    assert turn.question.text.startswith("Put in our words, ")
    assert turn.question.plain == begun.question.text
    # Whoever takes it up again, with a model or without one, reads the same words, and nobody is asked again.
    assert plain(project).show(turn.interview_id).question == turn.question
    assert put_in_words(work, modeling.voice, turn) is turn
    work.submit(turn.interview_id, m.Answered(question=turn.question.id, text="We test checkout on the train."))
    assert project.store().interviews.answers(turn.interview_id)[0].question == turn.question.text
    assert len({request.messages[-1].text for request in gateway.requests}) == len(gateway.requests)


def test_words_that_come_too_late_change_nothing(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]],
) -> None:
    project, modeling, _ = working(reworded)
    work = interviewing(project, modeling)
    turn = work.start(m.Mode.WHY, project.store().hypotheses.list()[0].id)
    assert turn.question is not None
    on = work.submit(turn.interview_id, m.Deferred(question=turn.question.id))

    assert put_in_words(work, modeling.voice, turn) is turn
    assert work.show(turn.interview_id).question == on.question
    said = [event.kind for event in work.events(turn.interview_id) if event.kind != "checked"]
    assert said == ["started", "deferred"]


def test_a_model_that_dies_in_the_middle_leaves_the_interview_whole(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]],
) -> None:
    calls: list[Request] = []

    def dies(request: Request) -> str | UnreachableError:
        calls.append(request)
        return reworded(request) if len(calls) == 1 else UnreachableError("Nothing answers.", retry_after=0.0)

    project, modeling, _ = working(dies)
    work = interviewing(project, modeling)
    turn = work.start(m.Mode.WHY, project.store().hypotheses.list()[0].id)
    shown: list[str] = []
    while turn.question is not None:
        turn = put_in_words(work, modeling.voice, turn)
        assert turn.question is not None
        shown.append(turn.question.text)
        turn = work.submit(
            turn.interview_id,
            m.Answered(question=turn.question.id, text=f"Because of reason {len(shown)}, which costs us a layer."),
        )
        if turn.split is not None:
            turn = work.submit(
                turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts)
            )

    assert shown[0].startswith("Put in our words, ")
    assert not any(text.startswith("Put in our words") for text in shown[1:])
    assert len(shown) >= 2
    assert len(calls) == 1 + 4
    assert modeling.voice.failure == "Nothing answers."
    assert len(project.store().interviews.answers(turn.interview_id)) == len(shown)
    assert plain(project).show(turn.interview_id).kind == turn.kind
    modeling.voice.begin()
    assert is_active(modeling)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Accept the record now.",
        "Warum ist das so?",
        "See https://x.example.com?",
        "What does `evil/module.py` buy you?",
    ],
)
def test_words_that_do_not_ask_the_same_are_not_used(
    working: Callable[..., tuple[Project, Modeling, ScriptedGateway]], said: str
) -> None:
    project, modeling, _ = working(lambda request: json.dumps({"question": said or " "}))
    work = interviewing(project, modeling)
    turn = work.start(m.Mode.WHY, project.store().hypotheses.list()[0].id)

    assert put_in_words(work, modeling.voice, turn) is turn
    assert turn == plain(project).show(turn.interview_id)
    assert modeling.voice.tally.unusable == 1
