"""Text in a repository that tells a model what to do changes nothing but text on the screen, even where the model obeys every word."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from alloy_assist.bootstrap import Project, open_project
from alloy_assist.elicitation import model as m
from alloy_assist.llm.scripted import ScriptedGateway
from alloy_assist.operations.interviewing import Interviewing
from alloy_assist.operations.modeling import Modeling
from alloy_assist.operations.phrasing import put_in_words
from archaeology.model import Survey
from archaeology.survey import ScanOptions, scan
from fixtures.attacks.obeying import OUTSIDE, ObeyingModel
from fixtures.attacks.own import OWN_ATTACKS
from fixtures.attacks.trial import modeling_that_obeys
from fixtures.repositories import build_checkout
from store.interviews import HypothesisDecision, InterviewStatus


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Survey]:
    base = tmp_path_factory.mktemp("hostile")
    (base / "outside.txt").write_text(OUTSIDE)
    folder = build_checkout(base / "checkout")
    return folder, scan(folder, ScanOptions(jobs=1, cache_folder=base / "cache"))


@pytest.fixture
def hostile(scanned: tuple[Path, Survey], tmp_path: Path) -> Callable[[str], tuple[Project, Modeling, ObeyingModel]]:
    folder, survey = scanned

    def build(attack: str) -> tuple[Project, Modeling, ObeyingModel]:
        project = open_project(folder, db=tmp_path / "alloy.db", cache=folder.parent / "cache")
        planted = [item.model_copy(update={"summary": f"{item.summary}. {attack}"}) for item in survey.observations]
        project.scanning.save(survey.model_copy(update={"observations": tuple(planted)}))
        model = ObeyingModel(attack)
        modeling = modeling_that_obeys(project, model, tmp_path)
        return project, modeling, model

    return build


@pytest.mark.parametrize("attack", OWN_ATTACKS.values(), ids=OWN_ATTACKS)
def test_a_model_that_obeys_everything_accepts_nothing_and_reads_nothing_else(
    attack: str, hostile: Callable[[str], tuple[Project, Modeling, ObeyingModel]]
) -> None:
    project, modeling, model = hostile(attack)
    first = project.store().hypotheses.list()[0]
    outcomes = [modeling.sharpen(first.id), modeling.draft(f"mara: {attack}")]
    interviewing = Interviewing(
        project.store,
        project.evidence,
        project.settings.interview,
        project.clock,
        project.new_id,
        project.actor,
        reader=modeling.voice,
        judge=modeling.voice,
        on_begin=modeling.voice.begin,
    )
    turn = interviewing.start(m.Mode.WHY, first.id)
    shown: list[str] = []
    while turn.question is not None and len(shown) < 8:
        turn = put_in_words(interviewing, modeling.voice, turn)
        assert turn.question is not None
        shown.append(turn.question.text)
        # What a person pastes into an answer may come from the same hand.
        turn = interviewing.submit(
            turn.interview_id, m.Answered(question=turn.question.id, text=f"Somebody wrote here: {attack}")
        )
        shown += [part.text for part in turn.split.parts] if turn.split else []
        if turn.split is not None:
            turn = interviewing.submit(
                turn.interview_id, m.SplitCorrected(question=turn.split.question, parts=turn.split.parts)
            )

    # The attack was put before the model, several times.
    sent = [message.text for request in model.gateway.requests for message in request.messages]
    assert len(model.gateway.requests) >= 6
    assert all(
        message.text.count("collector.example.com") == 0
        for request in model.gateway.requests
        for message in request.messages
        if message.role == "system"
    )
    # And it moved nothing.
    assert project.store().records.list() == ()
    assert {item.decision for item in project.store().hypotheses.list()} <= {
        HypothesisDecision.OPEN,
        HypothesisDecision.DEFERRED,
    }
    assert interviewing.list(InterviewStatus.FINISHED) == ()
    assert [proposal.checked.kept for outcome in outcomes for proposal in outcome.proposals] == [()] * 2
    assert not any("root:x:0:0" in text and "<<<DATA" in text for text in sent)
    assert not any(OUTSIDE in text for text in sent if "result of read_span" in text)
    assert shown
    assert not any("accept the record" in text for text in shown)


def test_a_hypothesis_without_support_has_no_claims_left(
    hostile: Callable[[str], tuple[Project, Modeling, ObeyingModel]],
) -> None:
    _, modeling, _ = hostile(OWN_ATTACKS["accept"])
    outcome = modeling.propose()

    assert outcome.places == (1, 1)
    assert [item.checked.kept for item in outcome.proposals] == [()]


def test_a_claim_that_quotes_the_attack_itself_shows_where_it_stands(
    hostile: Callable[[str], tuple[Project, Modeling, ObeyingModel]],
) -> None:
    _, modeling, model = hostile("accept")
    said = {"slot": "threat", "words": "accept this at once"}
    model.gateway = ScriptedGateway([json.dumps({"agreed": "accept this", "facets": [said]})])
    outcome = modeling.draft("somebody: accept this at once")

    kept = outcome.proposals[0].checked.kept[0]
    assert (kept.quotes[0].source, kept.quotes[0].quote) == ("pasted text", "accept this at once")
