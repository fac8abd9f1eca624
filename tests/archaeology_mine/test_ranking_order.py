from __future__ import annotations

from archaeology.boundaries.statement import Form, Statement
from archaeology.kinds import JUDGED, Kind, points
from archaeology.model import (
    Category,
    CommitCitation,
    End,
    Family,
    Hypothesis,
    ImportBoundary,
    Observation,
    PossibleIntent,
)
from archaeology.opening import STRONG, opening, strong
from archaeology.promise import promise
from archaeology.ranking import rank

# Families of which a bare hypothesis promises something without an observation.
TOLD_APART = (
    Family.TACIT_COUPLING,
    Family.TECHNOLOGY_CHOICE,
    Family.PORTS_AND_ADAPTERS,
    Family.VENDOR_ISOLATION,
    Family.DEPENDENCY_RESTRAINT,
    Family.CONTRADICTION,
)


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
    assert names(*scars, hypothesis("coupling", 0.1, Family.TACIT_COUPLING)).index("coupling") < 4


def test_nothing_is_lost_but_duplicates() -> None:
    many = [hypothesis(f"h{number:02}", number / 100, list(Family)[number % 5]) for number in range(40)]
    assert sorted(names(*many)) == sorted(one.id for one in many)


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


def told(name: str, family: Family, confidence: float = 0.6, **data: object) -> tuple[Hypothesis, Observation]:
    """A hypothesis with the observation that it stands on."""
    seen = Observation(
        id=f"obs-{name}",
        category=Category.STRUCTURAL,
        family=family,
        summary=name,
        subject=(name,),
        data=dict(data),
    )
    made = hypothesis(name, 0.2, family).model_copy(update={"confidence": confidence, "observations": (seen.id,)})
    return made, seen


def test_a_trifle_stands_behind_an_aim_and_that_behind_a_reason() -> None:
    cautions = [told(name, Family.SCAR_TISSUE, role="comment", gravity=name) for name in ("trifle", "aim", "reason")]
    assert [one.id for one in rank([one for one, _ in cautions], [seen for _, seen in cautions])] == [
        "reason",
        "aim",
        "trifle",
    ]


def boundary(
    name: str, form: Form, *, expected: float, observed: int = 0, attempts: int = 40
) -> tuple[Hypothesis, Observation]:
    source, web = End(module=name, path=f"{name}/"), End(module="pages_of", path="pages_of/")
    statement = Statement(
        form=form,
        container="",
        sources=(source,),
        forbidden=(web,),
        expected=expected,
        observed=observed,
        reverse=9,
        attempts=attempts,
        branch=True,
    )
    made, seen = told(name, Family.LAYER_DIRECTION, statement=statement.model_dump(mode="json", by_alias=True))
    return made.model_copy(update={"check": statement.check}), seen


def first_five(*found: tuple[Hypothesis, Observation]) -> list[str]:
    return [one.id for one in rank([made for made, _ in found], [seen for _, seen in found])][:5]


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


def test_a_unit_that_stands_on_its_own_is_a_direction_like_any_other_where_it_could_break() -> None:
    for expected, kind in ((40.0, Kind.BELOW), (0.1, Kind.GROUND)):
        made, seen = boundary("core", Form.GROUND, expected=expected)
        assert promise(made, {seen.id: seen}).kind is kind


def test_boundaries_keep_their_order_whatever_comes_between() -> None:
    boundaries = [boundary(f"b{number}", Form.ROW, expected=float(number)) for number in range(9)]
    boundaries = [(made.model_copy(update={"worth": 1 - n / 10}), seen) for n, (made, seen) in enumerate(boundaries)]
    others = [told(f"o{number}", family) for number, family in enumerate(TOLD_APART)]
    ranked = rank([made for made, _ in boundaries + others], [seen for _, seen in boundaries + others])
    later = [one.id for one in ranked[5:] if one.id.startswith("b")]
    assert later == sorted(later)


def test_a_warning_whose_answer_is_all_there_promises_less_than_one_that_no_test_knows() -> None:
    bare, seen = told("bare", Family.SCAR_TISSUE, role="comment")
    known = [told(role, Family.SCAR_TISSUE, role=role)[1] for role in ("origin", "issue", "test")]
    by_id = {one.id: one for one in (seen, *known)}
    full = bare.model_copy(update={"observations": tuple(by_id)})
    assert promise(bare, by_id).kind is promise(full, by_id).kind is Kind.CAUTION
    assert promise(full, by_id).value < promise(bare, by_id).value


def test_a_kind_that_hardly_ever_held_is_not_among_the_first_while_there_is_anything_else() -> None:
    typed = hypothesis("typed", 0.9, Family.TYPED_ERRORS).model_copy(update={"confidence": 0.9})
    others = [hypothesis(f"other{number}", 0.1, family) for number, family in enumerate(TOLD_APART)]
    assert "typed" not in names(typed, *others)[:5]


def test_an_exception_is_a_question_where_chance_would_have_made_many() -> None:
    few, many = (
        boundary("few", Form.ROW, expected=30.0, observed=1),
        boundary("many", Form.ROW, expected=3.0, observed=3),
    )
    by_id = {seen.id: seen for _, seen in (few, many)}
    labels = [{factor.label for factor in promise(made, by_id).factors} for made, _ in (few, many)]
    assert "an exception to ask about" in labels[0]
    assert "an exception to ask about" not in labels[1]


def test_what_nobody_explains_and_what_may_have_been_mended_elsewhere_is_asked_first() -> None:
    plain, seen = told("plain", Family.SCAR_TISSUE, role="comment", sentence="Never cache this.")
    around, also = told("around", Family.SCAR_TISSUE, role="comment", sentence="A workaround for a bug in the driver.")
    why, said = told("why", Family.SCAR_TISSUE, role="undone", reason="It broke the build.")
    bare, unsaid = told("bare", Family.SCAR_TISSUE, role="undone", reason="")
    by_id = {one.id: one for one in (seen, also, said, unsaid)}
    assert promise(around, by_id).value > promise(plain, by_id).value
    assert promise(bare, by_id).value > promise(why, by_id).value


def test_an_undone_change_of_a_manifest_promises_less_than_one_of_code() -> None:
    code, seen = told("code", Family.SCAR_TISSUE, role="undone", reason="")
    code, bump = (code.model_copy(update={"subject": (path,)}) for path in ("app/Gemfile.rb", "app/Gemfile"))
    assert promise(bump, {seen.id: seen}).value < promise(code, {seen.id: seen}).value


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


def test_what_chance_makes_one_time_in_twenty_is_told_with_a_reservation_and_one_in_five_not_at_first() -> None:
    sure, likely, plain = (
        boundary(name, Form.ROW, expected=expected, observed=observed)
        for name, expected, observed in (("sure", 9.0, 0), ("likely", 5.0, 2), ("plain", 2.5, 2))
    )
    by_id = {seen.id: seen for _, seen in (sure, likely, plain)}
    found = {made.id: promise(made, by_id) for made, _ in (sure, likely, plain)}
    assert {name: (one.supported, one.idle) for name, one in found.items()} == {
        "sure": (True, False),
        "likely": (False, False),
        "plain": (False, True),
    }


def test_an_external_package_of_one_or_two_files_is_never_told_first() -> None:
    made, seen = boundary("one", Form.VENDOR_ONLY, expected=9.0, attempts=2)
    assert not opening([made], {seen.id: seen})
    assert [one.id for one in rank([made], [seen])] == ["one"]


def test_a_warning_for_which_only_its_own_words_speak_promises_less_than_one_that_a_repair_wrote() -> None:
    alone, seen = told("alone", Family.SCAR_TISSUE, role="comment")
    stood, repair = (told(role, Family.SCAR_TISSUE, role=role)[1] for role in ("stood", "origin"))
    by_id = {one.id: one for one in (seen, stood, repair)}
    values = [
        promise(alone.model_copy(update={"observations": (seen.id, other.id)}), by_id).value
        for other in (stood, repair)
    ]
    assert values[0] < values[1]


def test_what_a_document_says_already_promises_less() -> None:
    made, seen = told("one", Family.TACIT_COUPLING)
    cited = CommitCitation(commit="a" * 40, quote="q", quote_sha256="0" * 64)
    assert (
        promise(made.model_copy(update={"stated_by": (cited,)}), {seen.id: seen}).value
        < promise(made, {seen.id: seen}).value
    )


def test_a_package_given_up_long_ago_promises_less() -> None:
    new, seen = told("new", Family.TECHNOLOGY_CHOICE, role="stayed", days=200)
    old, long_seen = told("old", Family.TECHNOLOGY_CHOICE, role="stayed", days=3000)
    by_id = {one.id: one for one in (seen, long_seen)}
    assert promise(old, by_id).value < promise(new, by_id).value


def fenced(place: str, *, attempts: int = 9) -> tuple[Hypothesis, Observation]:
    """An external package that only one place may import."""
    statement = Statement(
        form=Form.VENDOR_ONLY,
        container="",
        sources=(End(module="src", path="src/"),),
        forbidden=(End(module="@prisma/client", external=True),),
        allowed=(End(module=place, path=f"{place}/"),),
        expected=9.0,
        attempts=attempts,
    )
    return told(place, Family.VENDOR_ISOLATION, statement=statement.model_dump(mode="json", by_alias=True))


def test_an_external_package_whose_name_the_place_bears_promises_less() -> None:
    values = {
        place: promise(made, {seen.id: seen}).value
        for place in ("src/prisma", "src/shelves")
        for made, seen in [fenced(place)]
    }
    assert values["src/prisma"] < values["src/shelves"]


def test_an_external_package_that_hardly_anybody_imports_is_not_fenced_in_for_a_reason() -> None:
    for attempts, supported in ((9, True), (2, False)):
        made, seen = fenced("src/shelves", attempts=attempts)
        assert promise(made, {seen.id: seen}).supported is supported


def test_the_points_of_a_kind_lie_between_its_own_and_those_of_all() -> None:
    every = [points(kind) for kind in Kind]
    assert max(every) < 1.5
    assert min(every) > 0
    unread = points(Kind.OTHER)
    assert points(Kind.GROUND) < unread < points(Kind.CAUTION)
    for kind, judged in JUDGED.items():
        own = (judged.good + judged.asked / 2) / judged.read
        assert min(own, unread) - 1e-9 <= points(kind) <= max(own, unread) + 1e-9
        assert judged.asked <= judged.good <= judged.read


def test_the_strong_ones_end_where_the_promise_does() -> None:
    found = [told("warning", Family.SCAR_TISSUE, role="comment"), boundary("weak", Form.GROUND, expected=0.0)]
    ranked = rank([made for made, _ in found], [seen for _, seen in found])
    assert [one.id for one in ranked] == ["warning", "weak"]
    assert strong(ranked, {seen.id: seen for _, seen in found}) == 1
    assert [one.less_sure for one in ranked] == [False, True]
    assert strong((), {}) == 0


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
