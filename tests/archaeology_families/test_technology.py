"""Packages that were given up, or are few."""

import pytest

from archaeology.checks import evaluate
from archaeology.detectors.successors import core_name
from archaeology.detectors.technology_choice import detect_technology_choice
from archaeology.history.model import EdgeLife, Reason
from archaeology.model import Family, Observation
from fixtures import FactsBuilder
from fixtures.families import DAY, NOW, given_up, proposed


def test_a_package_given_up_by_name_should_not_come_back() -> None:
    (hypothesis,) = proposed(
        given_up("requestly", "Replace requestly with httpy: it never timed out"), Family.TECHNOLOGY_CHOICE
    )
    assert hypothesis.title == (
        "`requestly` gave way to `httpy` in `src/shop/` in 2021 and has stayed out: “Replace requestly with httpy: it never timed out”"
    )
    assert hypothesis.check is None
    assert all("requestly" in question for question in hypothesis.questions[:1])


def test_a_package_that_came_and_went_before_anybody_could_live_with_it_was_not_chosen() -> None:
    def kept_for(days: int) -> list[Observation]:
        life = EdgeLife(
            "src/shop/",
            "requestly",
            True,
            "a" * 40,
            NOW - (700 + days) * DAY,
            "b" * 40,
            NOW - 700 * DAY,
            "Drop requestly",
        )
        builder = FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",)).edge_life(life)
        return list(detect_technology_choice(builder.commit("Newest", time=NOW).build()))

    assert not kept_for(1)
    assert kept_for(200)


def test_a_package_under_a_new_name_was_not_given_up() -> None:
    dropped = (
        "requestly",
        True,
        "a" * 40,
        NOW - 900 * DAY,
        "b" * 40,
        NOW - 700 * DAY,
        "Use requestlyup, requestly moved",
    )
    came = EdgeLife("src/shop/", "requestlyup", True, "b" * 40, NOW - 700 * DAY)
    builder = FactsBuilder().module("src/shop/client.py", "import httpy", imports=("httpy",))
    builder.edge_life(EdgeLife("src/shop/", *dropped)).edge_life(came)
    assert not list(detect_technology_choice(builder.commit("Newest", time=NOW).build()))


@pytest.mark.parametrize(
    ("old", "new", "is_moved"),
    [
        ("github.com/someone/go-shoply", "shoply.example/shoply-org/api/client-go", True),
        ("github.com/someone/shoply/v2", "github.com/shoply/go-shoply", True),
        ("shoply-query", "@shoply/query", True),
        ("net.sourceforge.shoply", "com.shoply.main", True),
        ("typing_extensions", "typing", True),
        ("shoply2", "shoply", True),
        ("shoply_sql", "shoply", False),
        ("github.com/someone/go-github", "github.com/other/wirely", False),
        ("github.com/someone/go-client", "github.com/other/client", False),
        ("shoply", "wirely", False),
    ],
)
def test_a_package_at_a_new_address_was_not_given_up(old: str, new: str, *, is_moved: bool) -> None:
    reason = f"Replace {old} with {new}"
    life = EdgeLife("src/shop/", old, True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, reason)
    came = EdgeLife("src/shop/", new, True, "b" * 40, NOW - 700 * DAY)
    builder = FactsBuilder().module("src/shop/till.py", "import other", imports=("other",))
    facts = builder.edge_life(life).edge_life(came).commit("Newest", time=NOW).build()
    assert bool(list(detect_technology_choice(facts))) is not is_moved


def test_packages_that_went_with_their_code_tests_or_a_new_version_are_passed_over() -> None:
    assert not list(detect_technology_choice(given_up("requestly", "Remove the old importer")))
    assert not list(detect_technology_choice(given_up("requestly", "Drop requestly", folder="tests/")))
    assert not list(detect_technology_choice(given_up("requestly", "Drop requestly in one place", still=True)))
    assert not list(detect_technology_choice(given_up("requestly", "Drop requestly", folder="src/cart/")))
    assert core_name("gopkg.in/yaml.v2") == core_name("go.yaml.in/yaml/v3") == "yaml"


def test_a_package_that_a_manifest_still_declares_was_not_given_up() -> None:
    dropped = "Drop requestly from the hot path for httpy"
    declared = {"pyproject.toml": 'dependencies = ["requestly>=2"]\n'}
    assert not list(detect_technology_choice(given_up("requestly", dropped, manifests=declared)))
    for_developers = {"pyproject.toml": 'dependencies = ["httpy"]\n', "requirements.txt": "requestly\n"}
    facts = given_up("requestly", dropped, manifests=for_developers)
    (hypothesis,) = proposed(facts, Family.TECHNOLOGY_CHOICE)
    assert hypothesis.check is not None
    assert evaluate(hypothesis.check, facts).holds
    back = given_up("requestly", dropped, manifests=declared)
    assert evaluate(hypothesis.check, back).holds is False


def test_what_others_gave_up_is_hardly_a_choice() -> None:
    (chosen,) = proposed(given_up("requestly", "Replace requestly with httpy"), Family.TECHNOLOGY_CHOICE)
    (forced,) = proposed(given_up("requestly", "Replace deprecated requestly with httpy"), Family.TECHNOLOGY_CHOICE)
    assert forced.confidence < chosen.confidence
    assert forced.worth < chosen.worth
    assert forced.counter_evidence


def test_few_dependencies_in_much_code_with_one_refused_by_name() -> None:
    builder = FactsBuilder()
    for number in range(60):
        builder.module(f"src/shop/m{number}.py", "pass")
    assert not proposed(builder.build(), Family.DEPENDENCY_RESTRAINT)
    life = EdgeLife(
        "src/shop/", "requestly", True, "a" * 40, 1, "b" * 40, NOW, "Drop requestly, the standard library will do"
    )
    builder.edge("src/shop/m1.py", "clicky").edge_life(life)
    (hypothesis,) = proposed(builder.build(), Family.DEPENDENCY_RESTRAINT)
    assert "gets by with `clicky` only in 60 source files; `requestly` went out again." in hypothesis.title


def test_packages_of_test_projects_are_not_the_products() -> None:
    for path, is_the_products in (
        ("Shop.Tests.Contracts/base.py", False),
        ("shop-testing/base.py", False),
        ("latest/base.py", True),
    ):
        builder = FactsBuilder().module(path, "import unity", imports=("unity",))
        for number in range(60):
            builder.module(f"src/shop/m{number}.py", "pass")
        life = EdgeLife("src/shop/", "requestly", True, "a" * 40, 1, "b" * 40, NOW, "Drop requestly")
        (hypothesis,) = proposed(builder.edge_life(life).build(), Family.DEPENDENCY_RESTRAINT)
        assert ("`unity`" in hypothesis.title) is is_the_products, path


def test_a_package_that_only_tests_used_or_that_left_with_its_code_was_not_refused() -> None:
    for source in ("test/shop/", "src/gone/"):
        builder = FactsBuilder().edge("src/shop/m1.py", "clicky")
        for number in range(60):
            builder.module(f"src/shop/m{number}.py", "pass")
        builder.edge_life(EdgeLife(source, "mocky", True, "a" * 40, 1, "b" * 40, NOW, "Remove mocky"))
        assert not proposed(builder.build(), Family.DEPENDENCY_RESTRAINT)


def test_a_package_that_only_went_is_nothing_to_argue_about() -> None:
    life = EdgeLife(
        "src/shop/", "requestly", True, "a" * 40, NOW - 900 * DAY, "b" * 40, NOW - 700 * DAY, "Drop requestly"
    )
    builder = FactsBuilder().module("src/shop/client.py", "import json").edge_life(life).commit("Newest", time=NOW)
    assert not proposed(builder.build(), Family.TECHNOLOGY_CHOICE)
    why = "Its pool leaked connections, because it never closed them."
    builder.reason(Reason("b" * 40, NOW - 700 * DAY, why, "because", ("src/shop/client.py",)))
    (hypothesis,) = proposed(builder.build(), Family.TECHNOLOGY_CHOICE)
    assert hypothesis.title == f"`requestly` was taken out of `src/shop/` in 2021 and has stayed out: “{why}”"
    assert hypothesis.questions[0].startswith(f"“{why}”: is that still true")
