from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.stores import Make
from store import Store
from store.paths import governs, literal_prefix, matches, prefixes_of
from store.records import RecordState, Relation, RelationKind


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("src/pay/", "src/pay/a.py", True),
        ("src/pay/", "src/payments/a.py", False),
        ("src/pay/**", "src/pay/deep/a.py", True),
        ("src/pay", "src/pay/a.py", True),
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "src/deep/a.py", False),
        ("*.sql", "deep/down/x.sql", True),
        ("/README.md", "README.md", True),
        ("/README.md", "docs/README.md", False),
        ("**/gen/*", "a/b/gen/x.py", True),
        ("a?c/", "abc/x", True),
        ("[ab].py", "x/a.py", True),
        ("a b/ü.py", "a b/ü.py", True),
        ("\\#x", "#x", True),
    ],
)
def test_globs_are_read_like_gitignore(glob: str, path: str, expected: bool) -> None:
    assert matches(glob, path) is expected


def test_the_last_match_decides() -> None:
    globs = ("src/", "!src/gen/", "src/gen/kept.py")
    assert governs(globs, "src/a.py")
    assert not governs(globs, "src/gen/a.py")
    assert governs(globs, "src/gen/kept.py")


PART = st.sampled_from(["a", "b", "src", "*", "**", "a*", "?", "x.py", "*.py"])


@given(
    st.lists(PART, min_size=1, max_size=4),
    st.booleans(),
    st.lists(st.sampled_from(["a", "b", "src", "x.py", "ab"]), min_size=1, max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_the_prefix_of_a_glob_is_always_a_prefix_of_what_it_matches(
    parts: list[str], folder: bool, path: list[str]
) -> None:
    glob = "/".join(parts) + ("/" if folder else "")
    if matches(glob, "/".join(path)):
        assert literal_prefix(glob) in prefixes_of("/".join(path))


def test_the_most_specific_record_comes_first_and_only_those_in_force(store: Store, make: Make) -> None:
    for name, scope in (
        ("all", ("**",)),
        ("python", ("*.py",)),
        ("src", ("src/",)),
        ("pay", ("docs/", "src/pay/", "!src/pay/gen/")),
        ("file", ("src/pay/stripe.py",)),
        ("proposed", ("src/pay/stripe.py",)),
        ("nothing", ()),
    ):
        store.records.save_new(make(name, scope=scope))
        if name != "proposed":
            store.records.transition(f"alloy.intent.{name}", RecordState.ACCEPTED)
    store.records.relate("alloy.intent.nothing", Relation(kind=RelationKind.APPLIES_TO, target="src/pay/*.py"))

    def found(path: str) -> list[str]:
        return [record.id.removeprefix("alloy.intent.") for record in store.records.governing(path)]

    assert found("src/pay/stripe.py") == ["file", "nothing", "pay", "src", "python", "all"]
    assert found("src/pay/gen/x.txt") == ["src", "all"]
    assert found("./docs/a.md") == ["pay", "all"]
    assert found("") == []
    assert found("src/pay/") == ["pay", "src", "all"]
    assert found("src/pay/gen/") == ["src", "all"]
    assert [record.id for record in store.records.governing("src/pay/stripe.py", [RecordState.PROPOSED])] == [
        "alloy.intent.proposed"
    ]
    assert len(store.records.governing("src/pay/stripe.py", limit=2)) == 2
