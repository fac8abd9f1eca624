from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench.evaluation.__main__ import main
from bench.evaluation.reading import years_before
from fixtures import RepositoryBuilder, build_checkout

# What the evaluation asks of the scorer that it is given, in its smallest form.
SCORER = """
def overlap(a, b):
    return a.startswith(b) or b.startswith(a)


def mined_pairs(hypothesis):
    check = hypothesis["check"]
    if not check or check["kind"] != "import_boundary":
        return []
    return [(s["path"] or "ext", t["path"] or "ext") for s in check["sources"] for t in check["forbidden"]]


def stated_pairs(repository):
    return [{"s": "src/checkout/domain/", "t": "src/checkout/"}]


def score(repository, result, top):
    return None
"""


def test_the_cut_is_the_last_commit_of_the_main_line_that_is_old_enough(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    for day in ("2020-03-01", "2021-02-20", "2021-03-10", "2022-03-01"):
        builder.write("a.txt", day).commit(f"As of {day}", when=day)
    said = [builder.git("log", "-1", "--format=%s", years_before(builder.folder, years) or "") for years in (1, 2)]
    assert [line.strip() for line in said] == ["As of 2021-02-20", "As of 2020-03-01"]
    assert years_before(builder.folder, 3) is None


def test_claims_of_a_year_before_are_judged_today_and_a_year_without_history_is_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_checkout(tmp_path / "clones" / "checkout")
    assert main(["predictive", "--present", str(tmp_path / "clones"), "--years", "1", "9"]) == 0
    said = capsys.readouterr().out
    assert "checkout 1 years before" in said
    assert "9 years before" not in said
    assert sum(int(number) for number in re.findall(r"^0\.\d to [\d.]+ +(\d+) ", said, re.MULTILINE)) > 0


def test_how_many_boundaries_a_contract_states_is_told_by_confidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_checkout(tmp_path / "clones" / "shop+checkout")
    scorer, dataset = tmp_path / "scorer.py", tmp_path / "contracts.json"
    scorer.write_text(SCORER)
    dataset.write_text(json.dumps({"repos": [{"repo": "shop/checkout"}]}))
    places = ["--clones", str(tmp_path / "clones"), "--results", str(tmp_path / "results")]
    assert main(["contracts", "--dataset", str(dataset), "--scorer", str(scorer), *places]) == 0
    counted = re.findall(r"^[\d.]+ to [\d.]+ +(\d+)/(\d+)", capsys.readouterr().out, re.MULTILINE)
    hits, boundaries = (sum(int(pair[at]) for pair in counted) for at in (0, 1))
    assert len(counted) == 7
    assert 0 < hits < boundaries
