"""Scripted repositories from end to end: what is said of a rich one, of a bland one, and of a generated one."""

from pathlib import Path

import pytest

from archaeology.model import Family, Survey
from archaeology.report import render_html
from archaeology.survey import ScanOptions, scan
from fixtures import build_bland, build_checkout, build_generated


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    return scan(build_checkout(tmp_path_factory.mktemp("checkout") / "repo"), ScanOptions(use_cache=False, jobs=1))


def test_of_the_bland_repository_nothing_is_claimed(tmp_path: Path) -> None:
    survey = scan(build_bland(tmp_path / "repo"), ScanOptions(use_cache=False, jobs=1))
    assert [(item.title, item.confidence) for item in survey.hypotheses if item.confidence > 0.3] == []


def test_of_generated_code_nothing_is_claimed_but_that_it_is_generated(tmp_path: Path) -> None:
    survey = scan(build_generated(tmp_path / "repo"), ScanOptions(use_cache=False, jobs=1))
    assert {item.family for item in survey.hypotheses} <= {Family.GENERATED_CODE}


def test_the_checkout_has_errors_and_a_port_of_its_own(checkout: Survey) -> None:
    families = {item.family for item in checkout.hypotheses}
    assert {Family.TYPED_ERRORS, Family.PORTS_AND_ADAPTERS} <= families


def test_every_hypothesis_asks_and_cites(checkout: Survey) -> None:
    seen = {item.id: item for item in checkout.observations}
    for item in checkout.hypotheses:
        assert item.questions
        assert all(question.endswith("?") for question in item.questions)
        assert any(seen[key].citations for key in item.observations)
        assert item.possible_intent.expectation is None
        assert item.possible_intent.tradeoff is None


def test_the_report_of_the_checkout_names_all_its_hypotheses(checkout: Survey) -> None:
    html = render_html(checkout)
    assert all(item.id in html for item in checkout.hypotheses)
    assert html.count("<article") == len(checkout.hypotheses)
