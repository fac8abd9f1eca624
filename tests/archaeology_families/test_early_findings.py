"""While detectors look, whoever asks is told what is known so far; nobody else pays for it, and the outcome is the same."""

from itertools import pairwise
from pathlib import Path

import pytest

from archaeology.errors import ScanCancelledError
from archaeology.model import Survey
from archaeology.progress import Progress
from archaeology.survey import ScanOptions, scan
from fixtures import build_checkout

_COLD = ScanOptions(use_cache=False, jobs=1)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checkout(tmp_path_factory.mktemp("checkout") / "repo")


def test_findings_come_before_the_scan_is_over_and_hold_what_they_stand_on(repository: Path) -> None:
    told: list[Survey] = []
    stages: list[str] = []

    def progress(step: Progress) -> None:
        stages.append(step.stage)

    def findings(survey: Survey) -> None:
        assert "hypotheses" not in stages  # the last stage has not begun
        told.append(survey)

    final = scan(repository, _COLD, progress, on_findings=findings)
    assert told
    for survey in told:
        assert survey.hypotheses
        seen = {item.id for item in survey.observations}
        assert all(key in seen for item in survey.hypotheses for key in item.observations)
    assert {item.id for item in told[-1].hypotheses} & {item.id for item in final.hypotheses}


def test_the_first_findings_do_not_wait_for_the_history_of_imports(repository: Path) -> None:
    stages: list[str] = []
    began: list[str] = []
    ids: list[set[str]] = []

    def findings(survey: Survey) -> None:
        began.append(stages[-1])
        ids.append({item.id for item in survey.hypotheses})

    scan(repository, _COLD, lambda step: stages.append(step.stage), on_findings=findings)
    assert began[0] == "first look"
    assert stages.index("first look") < stages.index("import history")
    assert all(earlier <= later for earlier, later in pairwise(ids))  # nothing comes and goes while it lasts


def test_nobody_else_pays_for_a_first_look(repository: Path) -> None:
    stages: list[str] = []
    scan(repository, _COLD, lambda step: stages.append(step.stage))
    assert "first look" not in stages


def test_the_outcome_does_not_depend_on_who_watches(repository: Path) -> None:
    watched = scan(repository, _COLD, on_findings=lambda _: None)
    alone = scan(repository, _COLD)
    assert watched.hypotheses == alone.hypotheses
    assert watched.observations == alone.observations


def test_a_scan_can_be_stopped_between_two_detectors(repository: Path) -> None:
    asked: list[Survey] = []
    with pytest.raises(ScanCancelledError):
        scan(repository, _COLD, cancelled=lambda: bool(asked), on_findings=asked.append)
    assert len(asked) == 1
