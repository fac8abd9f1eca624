"""Sentences that may speak of both sides of a boundary: none that does is passed over, in whatever letters it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archaeology.boundaries.mentions import Mentions
from archaeology.boundaries.statement import Form, Statement
from archaeology.boundaries.texts import Names, Sides, in_small_letters, sides
from archaeology.model import End

_WORDS = (
    "core",
    "Web",
    "CORE",
    "web",
    "kernel",
    "\u212aernel",
    "k",
    "\u017f",
    "\u0131",
    "\u0130",
    "é",
    "never",
    "must not",
    "import",
)
_MARKS = (" ", ".", "/", "`", "-", "_", " package", "s", " by ", "\n")
TEXTS = st.lists(st.sampled_from((*_WORDS, *_MARKS)), max_size=12).map("".join)


def between(inner: str, outer: str) -> Sides:
    found = sides(
        Statement(
            form=Form.ROW,
            container="app/",
            sources=(End(module=f"app.{inner}", path=f"app/{inner}/"),),
            forbidden=(End(module=f"app.{outer}", path=f"app/{outer}/"),),
        )
    )
    assert found is not None
    return found


@given(TEXTS)
def test_names_are_found_as_the_expressions_find_them(text: str) -> None:
    names = Names(frozenset({"kernel", "web"}), frozenset({"web"}), frozenset(), ("kernel", "web"))
    plain = re.search(r"(?<![\w-])kernel(?![\w-])", text, re.IGNORECASE)
    kinds = "packages?|modules?|layers?|folders?|director(?:y|ies)|namespaces?|crates?|apps?|components?"
    marked = re.search(
        rf"`(?:[\w./]*[./])?web/?`|(?<=[./])web(?![\w-])|(?<![\w-])web(?=/|\.\w| (?:{kinds})\b)", text, re.IGNORECASE
    )
    expected = min(
        ((found.start(), found[0]) for found in (plain, marked) if found), key=lambda one: one[0], default=None
    )
    assert names.meant(text) == expected


@given(st.lists(TEXTS, max_size=4))
def test_no_text_that_speaks_of_both_is_passed_over(texts: list[str]) -> None:
    about = between("core", "web")
    speaking = [number for number, text in enumerate(texts) if about.both_in(text)]
    assert set(speaking) <= set(Mentions(texts).of_both(about))


@pytest.mark.parametrize(
    ("text", "small"),
    [("Core", "core"), ("É \u212a", "é k"), ("\u017f", None), ("\u0131", None), ("\u0130", None), ("", "")],
)
def test_small_letters_stand_where_the_letters_stood_or_are_not_used(text: str, small: str | None) -> None:
    assert in_small_letters(text) == small


def test_a_sentence_beyond_ascii_speaks_as_any_other() -> None:
    text = "Das Gehäuse: `core` is independent of `web`."
    assert between("core", "web").both_in(text)
    assert Mentions(["nothing of it", text, "`core` und `web`, für sich"]).of_both(between("core", "web")) == [1]
