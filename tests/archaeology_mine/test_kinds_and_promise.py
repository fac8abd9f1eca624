"""What a hypothesis promises: by its kind, by what speaks for it, and by what was said already."""

from __future__ import annotations

from archaeology.boundaries.statement import Form
from archaeology.kinds import JUDGED, Kind, points
from archaeology.model import CommitCitation, Family
from archaeology.promise import promise
from fixtures.ranked import boundary, fenced, told


def test_a_unit_that_stands_on_its_own_is_a_direction_like_any_other_where_it_could_break() -> None:
    for expected, kind in ((40.0, Kind.BELOW), (0.1, Kind.GROUND)):
        made, seen = boundary("core", Form.GROUND, expected=expected)
        assert promise(made, {seen.id: seen}).kind is kind


def test_a_warning_whose_answer_is_all_there_promises_less_than_one_that_no_test_knows() -> None:
    bare, seen = told("bare", Family.SCAR_TISSUE, role="comment")
    known = [told(role, Family.SCAR_TISSUE, role=role)[1] for role in ("origin", "issue", "test")]
    by_id = {one.id: one for one in (seen, *known)}
    full = bare.model_copy(update={"observations": tuple(by_id)})
    assert promise(bare, by_id).kind is promise(full, by_id).kind is Kind.CAUTION
    assert promise(full, by_id).value < promise(bare, by_id).value


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
