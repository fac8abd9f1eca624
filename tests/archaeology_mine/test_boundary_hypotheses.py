from __future__ import annotations

import math
from pathlib import Path

import pytest

from archaeology.detectors.boundaries import detect_boundaries
from archaeology.facts import Facts, Gate, Rule
from archaeology.history.model import EdgeLife, FileHistory
from archaeology.hypotheses.boundaries import propose_boundaries
from archaeology.model import Category, End, Family, Hypothesis, ImportBoundary
from archaeology.survey import ScanOptions, scan
from fixtures import FactsBuilder, build_bland

DAY = 86_400
NOW = 1_700_000_000


def application(*, files: int = 5) -> FactsBuilder:
    """domain < service < web, with `sqlalchemy` in store only; every file has changed for three years."""
    builder = FactsBuilder()
    for package, below in (
        ("domain", ()),
        ("service", ("domain",)),
        ("store", ("domain",)),
        ("web", ("service", "domain")),
    ):
        for number in range(files):
            path = f"src/app/{package}/m{number}.py"
            imports = [f"src/app/{target}/m{other}.py" for target in below for other in range(3)]
            imports += [f"src/app/{package}/m{number - 1}.py"] if number else []
            imports += ["sqlalchemy"] if package == "store" else []
            builder.module(path, f'"""Part of {package}."""\n' * 12, imports=imports)
            builder.file_history(FileHistory(path, 40, 3, 2, NOW - 1100 * DAY, NOW))
    builder.commit("the latest", time=NOW)
    return builder.commit("Lay out the packages", time=NOW - 1100 * DAY)


def hypotheses(facts: Facts) -> list[Hypothesis]:
    return list(propose_boundaries(facts, tuple(detect_boundaries(facts))))


def about(found: list[Hypothesis], words: str) -> Hypothesis:
    return next(hypothesis for hypothesis in found if words in hypothesis.title)


def test_the_domain_stands_on_its_own() -> None:
    found = about(hypotheses(application().build()), "`domain` stands on its own")
    assert found.family is Family.PURE_CORE
    assert isinstance(found.check, ImportBoundary)
    assert [end.path for end in found.check.sources] == ["src/app/domain/"]
    assert {end.path for end in found.check.forbidden} == {"src/app/service/", "src/app/store/", "src/app/web/"}


def test_layers_are_one_statement() -> None:
    found = about(hypotheses(application().build()), "only go down")
    assert found.title == "Imports in `src/app` only go down: web > service | store > domain."


def test_an_external_package_is_fenced_in() -> None:
    found = about(hypotheses(application().build()), "sqlalchemy")
    assert found.title == "Only `store` may import `sqlalchemy`."
    assert isinstance(found.check, ImportBoundary)
    assert found.check.sources == (End(module="app", path="src/app/"),)
    assert found.check.forbidden == (End(module="sqlalchemy", external=True),)
    assert [(one.from_, one.to) for one in found.check.except_] == [("src/app/store/", "sqlalchemy")]


def test_the_arithmetic_adds_up_and_says_so() -> None:
    for hypothesis in hypotheses(application().build()):
        total = sum(term.effect for term in hypothesis.rationale)
        assert hypothesis.confidence == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)
        assert "log-odds" in hypothesis.rationale[0].detail


def test_every_hypothesis_stands_on_two_categories_with_citations() -> None:
    facts = application().build()
    observations = {observation.id: observation for observation in detect_boundaries(facts)}
    found = hypotheses(facts)
    assert found
    for hypothesis in found:
        cited = {observations[key].category for key in hypothesis.observations if observations[key].citations}
        assert Category.STRUCTURAL in cited
        assert len(cited) >= 2
        assert 1 <= len(hypothesis.questions) <= 3


def test_without_a_second_category_there_is_no_hypothesis() -> None:
    builder = FactsBuilder()
    for number in range(6):
        builder.module(f"src/app/north/m{number}.py", imports=("src/app/south/m0.py", "src/app/west/m0.py"))
        builder.module(f"src/app/south/m{number}.py").module(f"src/app/west/m{number}.py")
    facts = builder.build()
    assert list(detect_boundaries(facts))
    assert hypotheses(facts) == []


def test_an_import_across_is_an_exception_and_counter_evidence() -> None:
    facts = application().edge("src/app/domain/m4.py", "src/app/web/m0.py", line=3).build()
    clean = about(hypotheses(application().build()), "`domain` stands on its own")
    found = about(hypotheses(facts), "`domain` stands on its own")
    assert isinstance(found.check, ImportBoundary)
    assert [(one.from_, one.to) for one in found.check.except_] == [("src/app/domain/m4.py", "src/app/web/m0.py")]
    assert "src/app/domain/m4.py" in found.counter_evidence[0].summary
    assert found.confidence < clean.confidence
    assert any("accept" in question for question in found.questions)


def test_an_import_for_type_checkers_only_is_let_through_and_said() -> None:
    facts = application().edge("src/app/domain/m4.py", "src/app/web/m0.py", type_checking=True).build()
    found = about(hypotheses(facts), "`domain` stands on its own")
    assert isinstance(found.check, ImportBoundary)
    assert found.check.ignore_type_checking
    assert any("annotations" in counter.summary for counter in found.counter_evidence)


def test_a_boundary_that_was_broken_and_repaired_is_surer() -> None:
    life = EdgeLife(
        "src/app/domain/", "src/app/web/", False, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 890 * DAY, "Keep web out"
    )
    plain = about(hypotheses(application().build()), "`domain` stands on its own")
    found = about(hypotheses(application().edge_life(life).build()), "`domain` stands on its own")
    assert found.confidence > plain.confidence
    assert found.possible_intent.threat is not None
    assert "src/app/web/" in found.possible_intent.threat


def test_a_repair_is_a_commit_and_one_that_moved_everything_is_none() -> None:
    def threat(ended: int, began: int, commits: int = 1) -> str | None:
        builder = application()
        for number in range(ended):
            oid, gone = f"{number % commits:040x}", NOW - (890 - number % commits) * DAY
            source, target = f"src/app/domain/m{number}.py", f"src/app/web/m{number}.py"
            builder.edge_life(EdgeLife(source, target, False, "a" * 40, NOW - 900 * DAY, oid, gone, "Keep web out"))
        for number in range(began):
            builder.edge_life(EdgeLife(f"src/new/m{number}.py", "src/other/", False, f"{0:040x}", NOW - 890 * DAY))
        return about(hypotheses(builder.build()), "`domain` stands on its own").possible_intent.threat

    assert "repaired once" in str(threat(5, 0))
    assert "repaired 2 times" in str(threat(5, 0, commits=2))
    assert "repaired once" in str(threat(30, 3))
    assert threat(30, 30) is None


def test_an_import_that_left_its_own_place_is_no_repair() -> None:
    life = EdgeLife(
        "src/app/store/", "sqlalchemy", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 890 * DAY, "Move it"
    )
    plain = about(hypotheses(application().build()), "sqlalchemy")
    assert about(hypotheses(application().edge_life(life).build()), "sqlalchemy").confidence == plain.confidence


def stated_gate(*forbidden: str) -> Gate:
    ends = tuple(End(module=f"app.{name}", path=f"src/app/{name}/") for name in forbidden)
    boundary = ImportBoundary(sources=(End(module="app.domain", path="src/app/domain/"),), forbidden=ends)
    return Gate("boundary:import-linter:pure", "boundary", "Pure domain", ".importlinter", 1, 2, boundaries=(boundary,))


def test_what_a_gate_states_becomes_another_question() -> None:
    facts = (
        application()
        .file(".importlinter", "[importlinter]\nname = Pure domain\n")
        .gate(stated_gate("web", "service", "store"))
        .build()
    )
    found = about(hypotheses(facts), "`domain` stands on its own")
    assert [citation.kind for citation in found.stated_by] == ["gate"]
    assert "already says so" in found.questions[0]


def test_a_gate_about_something_else_states_nothing() -> None:
    facts = application().file(".importlinter", "[importlinter]\nname = Pure domain\n").gate(stated_gate("web")).build()
    assert about(hypotheses(facts), "`domain` stands on its own").stated_by == ()


def test_a_document_that_lays_it_down_is_cited() -> None:
    text = "# Decisions\n\nThe domain must not import the web layer.\n"
    rule = Rule("The domain must not import the web layer.", "docs/adr/1.md", 3, 3, "must_not", document="adr")
    plain = about(hypotheses(application().build()), "`domain` stands on its own")
    found = about(
        hypotheses(application().file("docs/adr/1.md", text).rule(rule).build()), "`domain` stands on its own"
    )
    assert found.confidence > plain.confidence
    assert "docs/adr/1.md" in found.questions[0]


def test_the_same_facts_give_the_same_hypotheses() -> None:
    one, other = hypotheses(application().build()), hypotheses(application().build())
    assert one == other
    assert len({hypothesis.id for hypothesis in one}) == len(one)


def test_hostile_names_are_made_visible() -> None:
    builder = application()
    for number in range(6):
        builder.module(f"src/app/ev\x1b[31mil/m{number}.py", imports=("src/app/domain/m0.py", "src/app/web/m0.py"))
    for hypothesis in hypotheses(builder.build()):
        assert "\x1b" not in hypothesis.title + "".join(hypothesis.questions)


def test_no_code_no_boundaries() -> None:
    assert hypotheses(FactsBuilder().build()) == []


def test_the_bland_repository_has_nothing_to_say(tmp_path: Path) -> None:
    survey = scan(build_bland(tmp_path / "bland"), ScanOptions(use_cache=False, jobs=1))
    assert [hypothesis for hypothesis in survey.hypotheses if hypothesis.confidence > 0.3] == []
