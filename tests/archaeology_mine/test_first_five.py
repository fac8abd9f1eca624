"""What is told first, and what never is while there is anything else: trifles, silence, what a framework or chance makes."""

from __future__ import annotations

from archaeology.boundaries.statement import Form, Statement
from archaeology.model import End, Family, Hypothesis, Observation
from archaeology.opening import STRONG, opening
from archaeology.promise import promise
from archaeology.ranking import rank
from fixtures.ranked import TOLD_APART, boundary, first_five, hypothesis, names, told


def test_nothing_unlikely_is_among_the_first_five_unless_it_is_a_contradiction() -> None:
    sure = [hypothesis(f"sure{number}", 0.1, family) for number, family in enumerate(TOLD_APART)]
    doubtful = hypothesis("doubtful", 0.9, Family.SCAR_TISSUE).model_copy(update={"confidence": 0.2})
    assert "doubtful" not in names(*sure, doubtful)[:5]
    contradiction = doubtful.model_copy(update={"family": Family.CONTRADICTION, "confidence": 0.29})
    assert "doubtful" in names(*sure[:4], contradiction)[:5]


def test_nothing_is_told_twice_among_the_first_five() -> None:
    whole = hypothesis("whole", 0.9, Family.PERFORMANCE_GUARD, pairs="abcd")
    part = hypothesis("part", 0.8, Family.CONCURRENCY, pairs="abc")
    others = [hypothesis(f"other{number}", 0.1, family) for number, family in enumerate(TOLD_APART)]
    assert "part" not in names(whole, part, *others)[:5]


def test_at_most_two_boundaries_are_among_the_first_five_while_there_is_anything_else() -> None:
    boundaries = [boundary(f"b{number}", Form.ROW, expected=40.0) for number in range(6)]
    others = [told(f"o{number}", family) for number, family in enumerate(TOLD_APART)]
    assert sum(name.startswith("b") for name in first_five(*boundaries, *others)) <= 2
    assert sum(name.startswith("b") for name in first_five(*boundaries, *others[:1])) == 4


def test_a_boundary_that_only_silence_speaks_for_comes_behind_what_somebody_wrote() -> None:
    silent = [boundary(f"silent{number}", Form.ROW, expected=0.4) for number in range(3)]
    others = [told(f"o{number}", family) for number, family in enumerate(TOLD_APART)]
    assert not [name for name in first_five(*silent, *others) if name.startswith("silent")]
    loud = boundary("loud", Form.ROW, expected=30.0)
    assert "loud" in first_five(*silent, loud, *others[:4])


def test_a_silence_of_which_chance_expects_less_than_one_import_is_never_told_first() -> None:
    others = [told(f"o{number}", family) for number, family in enumerate(TOLD_APART[:3])]
    for form in Form:
        for expected, is_told in ((0.2, False), (40.0, True)):
            made, seen = boundary("core", form, expected=expected)
            by_id = {one.id: one for one in (seen, *[other for _, other in others])}
            first = opening([made, *[other for other, _ in others]], by_id)
            assert (made in first) is is_told, (form, expected)
            assert not promise(made, by_id).supported or is_told


def test_what_says_nothing_does_not_come_first_because_it_was_ranked_before_what_does() -> None:
    idle = [boundary(f"idle{number:02}", Form.TOP, expected=0.0) for number in range(20)]
    idle = [(made.model_copy(update={"worth": 0.9}), seen) for made, seen in idle]
    telling = [boundary(f"telling{number}", Form.ROW, expected=3.0) for number in range(5)]
    assert all(name.startswith("telling") for name in first_five(*idle, *telling))


def test_what_a_framework_lays_out_is_never_told_first() -> None:
    def is_told(form: Form, source: str, *forbidden: End) -> bool:
        sources = (End(module=source, path=f"lib/{source}/"),)
        statement = Statement(
            form=form, container="lib/", sources=sources, forbidden=forbidden, expected=40.0, reverse=9, attempts=40
        )
        made, seen = told("one", Family.LAYER_DIRECTION, statement=statement.model_dump(mode="json", by_alias=True))
        return bool(opening([made], {seen.id: seen}))

    web, other = (End(module=name, path=f"lib/{name}/") for name in ("shop_web", "money"))
    assert not is_told(Form.ROW, "shop", web)
    assert is_told(Form.ROW, "till", web)
    assert is_told(Form.ROW, "shop", web, other)
    assert not is_told(Form.COLUMN, "shop", End(module="gettext", path="lib/shop_web/gettext.ex"))
    assert not is_told(Form.VENDOR_ONLY, "shop", End(module="gettext", external=True))
    assert is_told(Form.VENDOR_ONLY, "shop", End(module="httpy", external=True))


def test_one_switch_of_a_linter_or_test_runner_is_never_told_first() -> None:
    cases = (
        ("linter", ["test markers that nobody declared"], False),
        ("linter", ["test markers that nobody declared", "tests during which anything warns"], True),
        ("coverage", ["changes that leave less than 90 % of the lines tested"], True),
    )
    for kind, refuses, is_told in cases:
        made, seen = told("gate", Family.ENFORCED_GATE, role="gate", kind=kind, refuses=refuses)
        assert bool(opening([made], {seen.id: seen})) is is_told, (kind, refuses)


def test_there_are_fewer_than_five_rather_than_one_thing_told_twice() -> None:
    made, seen = boundary("core", Form.ROW, expected=40.0)
    twice = made.model_copy(update={"id": "again", "worth": 0.1})
    named_so = made.model_copy(update={"id": "named so", "title": "core", "check": None, "observations": ()})
    assert [one.id for one in opening([made, twice, named_so], {seen.id: seen})] == ["core"]


def test_a_kind_that_hardly_ever_held_is_not_among_the_first_while_there_is_anything_else() -> None:
    typed = hypothesis("typed", 0.9, Family.TYPED_ERRORS).model_copy(update={"confidence": 0.9})
    others = [hypothesis(f"other{number}", 0.1, family) for number, family in enumerate(TOLD_APART)]
    assert "typed" not in names(typed, *others)[:5]


def test_words_are_not_displaced_for_the_sake_of_variety() -> None:
    cautions = [told(f"caution{number}", Family.SCAR_TISSUE, role="comment") for number in range(5)]
    others = [hypothesis(f"other{number}", 0.9, family) for number, family in enumerate(TOLD_APART)]
    ranked = rank([*others, *(one for one, _ in cautions)], [seen for _, seen in cautions])
    assert {one.id for one in ranked[:5]} == {one.id for one, _ in cautions}


def test_what_needs_no_reservation_comes_before_what_does() -> None:
    cautions = [told(f"caution{number}", Family.SCAR_TISSUE, role="comment") for number in range(4)]
    ports = [hypothesis(f"port{number}", 0.9, Family.PORTS_AND_ADAPTERS) for number in range(2)]
    seen = {item.id: item for _, item in cautions}
    weak = promise(ports[0], seen).value
    assert weak < STRONG < promise(cautions[0][0], seen).value
    ranked = rank([*ports, *(one for one, _ in cautions)], seen.values())
    assert [one.less_sure for one in ranked] == [False] * 4 + [True] * 2
    assert all(one.id.startswith("caution") for one in ranked[:4])


def test_one_coupling_is_enough_while_anything_else_is_firm() -> None:
    couplings = [hypothesis(f"coupling{number}", 0.9, Family.TACIT_COUPLING) for number in range(3)]
    cautions = [told(f"caution{number}", Family.SCAR_TISSUE, role="comment") for number in range(3)]
    ranked = rank([*couplings, *(one for one, _ in cautions)], [seen for _, seen in cautions])
    assert [one.id.rstrip("012") for one in ranked[:4]] == ["caution"] * 3 + ["coupling"]
    many = rank(couplings)
    assert len(many) == len(couplings)


def test_an_external_package_of_one_or_two_files_is_never_told_first() -> None:
    made, seen = boundary("one", Form.VENDOR_ONLY, expected=9.0, attempts=2)
    assert not opening([made], {seen.id: seen})
    assert [one.id for one in rank([made], [seen])] == ["one"]


def test_what_is_firm_and_promises_little_stands_behind_what_promises_more() -> None:
    fence, seen = boundary("fence", Form.VENDOR_ONLY, expected=0.9 * 5, attempts=5)
    port, other = told("port", Family.PORTS_AND_ADAPTERS, confidence=0.25)
    by_id = {seen.id: seen, other.id: other}
    found = {one.id: promise(one, by_id) for one in (fence, port)}
    assert found["fence"].supported
    assert found["fence"].value < found["port"].value
    assert [one.id for one in opening([fence, port], by_id)] == ["port", "fence"]


def test_what_chance_makes_gives_way_to_words_however_unsure_they_are() -> None:
    chances = [boundary(f"chance{number}", Form.TOP, expected=2.5) for number in range(5)]
    assert len(first_five(*chances)) == 5
    unsure = [told(f"unsure{number}", Family.SCAR_TISSUE, 0.02, role="comment") for number in range(4)]
    package = told("package", Family.TECHNOLOGY_CHOICE, 0.02)
    found = first_five(*chances, *unsure, package)
    assert not [name for name in found if name.startswith("chance")]
    firm = boundary("firm", Form.ROW, expected=30.0)
    assert "firm" in first_five(firm, *chances, *unsure[:3])
    assert [name for name in first_five(firm, *chances, *unsure[:3]) if name.startswith("chance")] == ["chance0"]


def test_what_any_program_has_gives_way_to_words() -> None:
    def commands(folder: str) -> tuple[Hypothesis, Observation]:
        made, seen = boundary("apart", Form.SIBLINGS, expected=30.0)
        ends = [End(module=name, path=f"{folder}/{name}.py").model_dump(mode="json") for name in ("add", "list")]
        return made, seen.model_copy(
            update={"data": {"statement": {**seen.data["statement"], "sources": ends, "forbidden": ends}}}
        )

    unsure = [told(f"unsure{number}", Family.SCAR_TISSUE, 0.02, role="comment") for number in range(5)]
    for found, gives_way in (
        (told("apart", Family.TYPED_ERRORS), True),
        (told("apart", Family.ENFORCED_GATE, role="gate", kind="type_checker", refuses=["code below level 8"]), True),
        (told("apart", Family.ENFORCED_GATE, role="gate", kind="type_checker", refuses=["one", "two"]), False),
        (commands("app/commands"), True),
        (commands("app/_cli"), True),
        (commands("app/plugins"), False),
    ):
        assert promise(found[0], {found[1].id: found[1]}).common is gives_way, found
        assert not (gives_way and "apart" in first_five(found, *unsure))
        assert "apart" in first_five(found, *unsure[:4])
