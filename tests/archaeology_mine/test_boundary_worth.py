from __future__ import annotations

import pytest

from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.wording import names_itself
from archaeology.hypotheses.boundary_worth import worth
from archaeology.model import End


def place(path: str) -> End:
    return End(module=path.rstrip("/").replace("/", "."), path=path)


def package(name: str) -> End:
    return End(module=name, external=True)


def fenced_in(where: str, vendor: str = "pika") -> Statement:
    return Statement(
        form=Form.VENDOR_ONLY,
        container="app/",
        sources=(place("app/"),),
        forbidden=(package(vendor),),
        allowed=(place(where),),
        expected=4.0,
        reverse=5,
    )


def on_top(unit: str) -> Statement:
    return Statement(
        form=Form.TOP,
        container="app/",
        sources=(place("app/low/"), place("app/middle/")),
        forbidden=(place(unit),),
        expected=4.0,
        reverse=9,
    )


def asked(statement: Statement, *terms: str) -> float:
    return worth(statement, 0.8, {"starting point", "held", *terms}, stated=False)


def test_a_package_used_in_one_place_is_asked_about_first_where_the_place_is_named_as_an_adapter() -> None:
    assert asked(fenced_in("app/adapters/messaging/")) > asked(fenced_in("app/reports/"))
    assert asked(fenced_in("app/gateway.py")) > asked(fenced_in("app/cli.py"))


def test_words_about_it_make_up_for_the_name() -> None:
    assert asked(fenced_in("app/reports/"), "comment") == asked(fenced_in("app/adapters/"))


def test_what_is_started_is_asked_about_late_unless_its_name_says_what_it_is() -> None:
    assert asked(on_top("app/cli/")) > asked(on_top("app/thing/"))
    assert asked(on_top("app/thing/"), "gate") > asked(on_top("app/thing/"))
    assert asked(on_top("app/cli/"), "gate") == asked(on_top("app/cli/"))


@pytest.mark.parametrize(
    ("expected", "reverse", "behind"), [(0.2, 0, True), (0.2, 4, False), (4.0, 0, False), (4.0, 4, False)]
)
def test_two_that_never_met_come_behind_others(expected: float, reverse: int, *, behind: bool) -> None:
    row = Statement(
        form=Form.ROW,
        container="app/",
        sources=(place("app/low/"),),
        forbidden=(place("app/high/"),),
        expected=expected,
        reverse=reverse,
    )
    assert (asked(row) < asked(row, "document")) == behind


def test_what_is_stated_already_is_worth_less_to_ask() -> None:
    statement = fenced_in("app/adapters/")
    assert worth(statement, 0.8, {"gate"}, stated=True) < worth(statement, 0.8, {"gate"}, stated=False)


@pytest.mark.parametrize(
    ("where", "vendor", "itself"),
    [("app/redis/", "redis", True), ("app/x/redis.py", "redis", True), ("app/adapters/", "redis", False)],
)
def test_a_folder_of_the_name_of_what_it_wraps_makes_no_sentence(where: str, vendor: str, *, itself: bool) -> None:
    assert names_itself(fenced_in(where, vendor)) == itself


@pytest.mark.parametrize(
    ("container", "names", "common"),
    [
        ("app/plugins/", ("north", "south", "west"), True),
        ("app/", ("castmember_app", "genre_app", "video_app"), True),
        ("app/", ("analyze", "cache", "report"), False),
    ],
)
def test_siblings_with_nothing_in_common_come_behind_others(
    container: str, names: tuple[str, ...], *, common: bool
) -> None:
    units = tuple(place(f"{container}{name}/") for name in names)
    statement = Statement(
        form=Form.SIBLINGS, container=container, sources=units, forbidden=units, expected=6.0, attempts=40
    )
    assert (asked(statement) == asked(statement, "document")) == common
