"""The order of hypotheses: the worthiest first, none twice, and the same whatever came first."""

from __future__ import annotations

from archaeology.boundaries.statement import Form
from archaeology.model import Family
from archaeology.opening import strong
from archaeology.ranking import rank
from fixtures.ranked import TOLD_APART, boundary, hypothesis, names, told


def test_the_worthiest_is_first() -> None:
    assert names(hypothesis("a", 0.1), hypothesis("b", 0.3), hypothesis("c", 0.2)) == ["b", "c", "a"]


def test_equal_worth_is_ordered_by_id_whatever_came_first() -> None:
    one, other = hypothesis("a", 0.2), hypothesis("b", 0.2)
    assert names(one, other) == names(other, one)


def test_near_duplicates_are_left_out_and_the_better_one_stays() -> None:
    assert names(hypothesis("worse", 0.1, pairs="abcdefg"), hypothesis("better", 0.2, pairs="abcdefg")) == ["better"]


def test_a_single_pair_that_was_already_said_is_left_out() -> None:
    assert names(hypothesis("all", 0.3, pairs="abcd"), hypothesis("part", 0.2, pairs="ab")) == ["all"]


def test_a_family_that_repeats_itself_steps_back() -> None:
    scars = [hypothesis(f"scar{number}", 0.30 - number / 1000, Family.SCAR_TISSUE) for number in range(6)]
    assert names(*scars, hypothesis("coupling", 0.1, Family.TACIT_COUPLING)).index("coupling") < 4


def test_nothing_is_lost_but_duplicates() -> None:
    many = [hypothesis(f"h{number:02}", number / 100, list(Family)[number % 5]) for number in range(40)]
    assert sorted(names(*many)) == sorted(one.id for one in many)


def test_a_trifle_stands_behind_an_aim_and_that_behind_a_reason() -> None:
    cautions = [told(name, Family.SCAR_TISSUE, role="comment", gravity=name) for name in ("trifle", "aim", "reason")]
    assert [one.id for one in rank([one for one, _ in cautions], [seen for _, seen in cautions])] == [
        "reason",
        "aim",
        "trifle",
    ]


def test_boundaries_keep_their_order_whatever_comes_between() -> None:
    boundaries = [boundary(f"b{number}", Form.ROW, expected=float(number)) for number in range(9)]
    boundaries = [(made.model_copy(update={"worth": 1 - n / 10}), seen) for n, (made, seen) in enumerate(boundaries)]
    others = [told(f"o{number}", family) for number, family in enumerate(TOLD_APART)]
    ranked = rank([made for made, _ in boundaries + others], [seen for _, seen in boundaries + others])
    later = [one.id for one in ranked[5:] if one.id.startswith("b")]
    assert later == sorted(later)


def test_the_strong_ones_end_where_the_promise_does() -> None:
    found = [told("warning", Family.SCAR_TISSUE, role="comment"), boundary("weak", Form.GROUND, expected=0.0)]
    ranked = rank([made for made, _ in found], [seen for _, seen in found])
    assert [one.id for one in ranked] == ["warning", "weak"]
    assert strong(ranked, {seen.id: seen for _, seen in found}) == 1
    assert [one.less_sure for one in ranked] == [False, True]
    assert strong((), {}) == 0
