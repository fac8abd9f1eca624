"""The families that are not about imports: each on what it is for, and silent where it should be."""

import math

from archaeology.detectors import DETECTORS, detect
from archaeology.hypotheses import FAMILIES
from archaeology.hypotheses.grouping import named, shortened
from fixtures import FactsBuilder
from fixtures.families import errors, gated, given_up, isolated, ports


def test_every_number_can_be_added_up_again() -> None:
    for facts in (
        ports().build(),
        gated("strict"),
        isolated(),
        given_up("requestly", "Use httpy, not requestly"),
        errors(translated_in=2, importers=2).build(),
    ):
        found = [item for propose in FAMILIES for item in propose(facts, detect(facts))]
        assert found
        for item in found:
            total = sum(term.effect for term in item.rationale)
            assert math.isclose(item.confidence, 1 / (1 + math.exp(-total)), abs_tol=1e-4)


def test_every_hypothesis_stands_on_two_categories_that_cite() -> None:
    for facts in (ports().build(), gated("strict"), isolated(), given_up("requestly", "Use httpy, not requestly")):
        seen = {item.id: item for item in detect(facts)}
        for item in (entry for propose in FAMILIES for entry in propose(facts, tuple(seen.values()))):
            assert len({seen[key].category for key in item.observations if seen[key].citations}) > 1, item.title


def test_nothing_is_seen_where_there_is_nothing() -> None:
    assert detect(FactsBuilder().build()) == ()
    assert len({detector.__name__ for detector in DETECTORS}) == len(DETECTORS)


def test_names_are_listed_as_people_do() -> None:
    assert named(["a"]) == "`a`"
    assert named(["a", "b"]) == "`a` and `b`"
    assert named(["a", "b", "c", "d"]) == "`a`, `b` and 2 more"
    assert shortened("one two three", 9) == "one two…"
