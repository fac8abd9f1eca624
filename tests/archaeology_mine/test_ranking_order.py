from __future__ import annotations

from archaeology.model import End, Family, Hypothesis, ImportBoundary, PossibleIntent
from archaeology.ranking import rank


def hypothesis(name: str, worth: float, family: Family = Family.LAYER_DIRECTION, pairs: str = "") -> Hypothesis:
    ends = [End(module=letter, path=f"app/{letter}/") for letter in pairs]
    return Hypothesis(
        id=name,
        title=name,
        family=family,
        confidence=0.5,
        rationale=(),
        possible_intent=PossibleIntent(),
        observations=(),
        check=ImportBoundary(sources=tuple(ends[:1]), forbidden=tuple(ends[1:])) if ends else None,
        worth=worth,
    )


def names(*hypotheses: Hypothesis) -> list[str]:
    return [found.id for found in rank(hypotheses)]


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
    found = names(*scars, hypothesis("layer", 0.2))
    assert found.index("layer") < 4


def test_nothing_is_lost_but_duplicates() -> None:
    many = [hypothesis(f"h{number:02}", number / 100, list(Family)[number % 5]) for number in range(40)]
    assert sorted(names(*many)) == sorted(one.id for one in many)


def test_nothing_unlikely_is_among_the_first_five_unless_it_is_a_contradiction() -> None:
    families = list(Family)
    sure = [hypothesis(f"sure{number}", 0.5 - number / 100, families[number]) for number in range(6)]
    doubtful = hypothesis("doubtful", 0.9, Family.SCAR_TISSUE).model_copy(update={"confidence": 0.2})
    assert names(*sure, doubtful)[:6] == ["sure0", "sure1", "sure2", "sure3", "sure4", "doubtful"]
    contradiction = doubtful.model_copy(update={"family": Family.CONTRADICTION})
    assert names(*sure, contradiction)[0] == "doubtful"


def test_nothing_is_told_twice_among_the_first_five() -> None:
    stack = hypothesis("stack", 0.9, pairs="abcd")
    part = hypothesis("part", 0.8, Family.PURE_CORE, pairs="abc")
    others = [hypothesis(f"other{number}", 0.5 - number / 100, list(Family)[number + 5]) for number in range(5)]
    assert names(stack, part, *others).index("part") == 5


def test_no_family_has_more_than_two_of_the_first_five() -> None:
    layers = [hypothesis(f"layer{number}", 0.9 - number / 100) for number in range(5)]
    others = [hypothesis(f"other{number}", 0.2 - number / 100, list(Family)[number + 5]) for number in range(3)]
    assert sorted(names(*layers, *others)[:5]) == ["layer0", "layer1", "other0", "other1", "other2"]
