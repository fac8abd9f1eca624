from __future__ import annotations

import pytest

from archaeology.boundaries.stakes import has_stake, is_laid_out
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


def row(expected: float, reverse: int, source: str = "app/low/") -> Statement:
    return Statement(
        form=Form.ROW,
        container="app/",
        sources=(place(source),),
        forbidden=(place("app/high/"),),
        expected=expected,
        reverse=reverse,
    )


@pytest.mark.parametrize(
    ("expected", "reverse", "behind"), [(0.2, 0, True), (0.2, 4, False), (4.0, 0, True), (4.0, 6, False)]
)
def test_two_that_never_met_come_behind_others(expected: float, reverse: int, *, behind: bool) -> None:
    assert (asked(row(expected, reverse)) < asked(row(expected, reverse), "document")) == behind


@pytest.mark.parametrize(
    ("statement", "terms", "stake"),
    [
        (row(6.0, 9), (), True),
        (row(1.0, 9), (), False),  # chance would hardly make any
        (row(2.0, 9), ("repaired",), True),
        (row(6.0, 9, "app/utils/"), (), False),  # what the word means
        (row(6.0, 9, "app/i18n/"), (), False),
        (row(6.0, 9, "app/utils/"), ("document",), True),
        (row(6.0, 9, "app/utils/"), ("comment", "explained"), False),  # of something else, mostly
        (row(6.0, 9).model_copy(update={"branch": False}), (), False),
        (row(6.0, 9).model_copy(update={"observed": 5}), ("gate",), False),
        (row(6.0, 9).model_copy(update={"forbidden": (place("app/controllers/"),)}), (), False),
        (on_top("app/server/"), ("document",), False),
        (on_top("app/mailboxes/"), ("document",), False),
        (on_top("app/adapters/"), (), True),
        (on_top("app/thing/"), (), False),
        (fenced_in("app/adapters/").model_copy(update={"importers": ("a", "b", "c")}), (), True),
        (fenced_in("app/reports/").model_copy(update={"importers": ("a", "b", "c")}), (), False),
        (fenced_in("app/adapters/").model_copy(update={"importers": ("a",)}), (), False),
    ],
)
def test_a_stake_needs_that_it_could_be_broken_and_that_somebody_minds(
    statement: Statement, terms: tuple[str, ...], *, stake: bool
) -> None:
    assert has_stake(statement, terms) == stake


def only(*allowed: str, importers: int = 4, target: str = "app/engine/") -> Statement:
    return Statement(
        form=Form.COLUMN,
        container="app/",
        sources=(place("app/low/"), place("app/middle/")),
        forbidden=(place(target),),
        allowed=tuple(place(path) for path in allowed),
        importers=tuple(f"app/x/m{number}.py" for number in range(importers)),
        expected=6.0,
    )


@pytest.mark.parametrize(
    ("statement", "stake"),
    [
        (only("app/flow/"), True),
        (only("app/server.py"), False),  # what is started registers it
        (only("app/server.py", "app/flow/"), True),
        (only("app/flow/", importers=2), False),
        (only("app/flow/", target="app/_tests/"), False),
    ],
)
def test_what_only_the_entry_point_imports_has_no_stake(statement: Statement, *, stake: bool) -> None:
    assert has_stake(statement, ()) == stake


def test_what_is_stated_already_is_worth_less_to_ask() -> None:
    statement = fenced_in("app/adapters/")
    assert worth(statement, 0.8, {"gate"}, stated=True) < worth(statement, 0.8, {"gate"}, stated=False)


@pytest.mark.parametrize(
    ("where", "vendor", "itself"),
    [("app/redis/", "redis", True), ("app/x/redis.py", "redis", True), ("app/adapters/", "redis", False)],
)
def test_a_folder_of_the_name_of_what_it_wraps_makes_no_sentence(where: str, vendor: str, *, itself: bool) -> None:
    assert names_itself(fenced_in(where, vendor)) == itself


@pytest.mark.parametrize(("role", "common"), [("`plugins`", True), ("", False)])
def test_siblings_with_nothing_in_common_come_behind_others(role: str, *, common: bool) -> None:
    units = tuple(place(f"app/{name}/") for name in ("north", "south", "west", "east"))
    statement = Statement(
        form=Form.SIBLINGS, container="app/", sources=units, forbidden=units, expected=6.0, attempts=40, role=role
    )
    assert (asked(statement) == asked(statement, "document")) == common


@pytest.mark.parametrize(
    ("statement", "terms", "stake"),
    [
        (row(9.0, 9), (), True),
        (row(9.0, 9).model_copy(update={"probability": 0.5}), (), False),  # chance would do it, too
        (row(9.0, 9).model_copy(update={"probability": 0.5}), ("repaired",), True),
        (row(9.0, 9).model_copy(update={"unseen": True}), ("gate",), False),
        (row(9.0, 9).model_copy(update={"unlisted": True}), (), False),
        (row(9.0, 9).model_copy(update={"forbidden": tuple(place(f"app/p{at}/") for at in range(9))}), (), False),
    ],
)
def test_what_says_little_has_no_stake(statement: Statement, terms: tuple[str, ...], *, stake: bool) -> None:
    assert has_stake(statement, terms) == stake


@pytest.mark.parametrize(
    ("source", "forbidden", "laid_out"),
    [
        ("app/low/", "app/high/", False),
        ("lib/", "test/", True),  # nobody imports tests
        ("src/renderer/", "src/main/", True),  # two programs
        ("src/server/", "src/client/", True),
        ("src/common/", "src/client/", False),
        ("app/models/", "app/controllers/", True),  # the framework's
    ],
)
def test_what_nobody_decided_is_laid_out(source: str, forbidden: str, *, laid_out: bool) -> None:
    statement = row(9.0, 9, source).model_copy(update={"forbidden": (place(forbidden),)})
    assert is_laid_out(statement) == laid_out
    assert is_laid_out(statement.model_copy(update={"observed": 5}))  # half of what chance would make
