"""Patterns and names in the scripts of gates mean what they mean to the evaluator of checks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alloy_assist.briefs.gates.patterns import glob_expression, module_expression
from alloy_assist.briefs.gates.python_modules import python_module
from archaeology.checks.globs import module_matches, path_matches
from fixtures.briefing import PATHS

PARTS = st.sampled_from(["a", "b", "ab", "*", "**", "a*", "?", "x.py"])
NAMES = st.sampled_from(["a", "b", "ab", "abc", "x.py"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4), st.booleans(), st.lists(NAMES, min_size=1, max_size=4))
def test_globs_in_scripts_match_as_the_evaluator_does(parts: list[str], folder: bool, names: list[str]) -> None:
    glob = "/".join(parts) + ("/" if folder else "")
    path = "/".join(names)
    assert bool(re.fullmatch(glob_expression(glob), path)) == path_matches(path, (glob,))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "*", "**"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=4),
)
def test_module_patterns_in_scripts_match_as_the_evaluator_does(parts: list[str], names: list[str]) -> None:
    pattern, module = ".".join(parts), ".".join(names)
    assert bool(re.fullmatch(module_expression(pattern), module)) == module_matches(pattern, module, None)


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("src/shop/domain/", "shop.domain"),
        ("src/shop/domain/rules.py", "shop.domain.rules"),
        ("src/shop/__init__.py", "shop"),
        ("src/plain/thing.py", "plain.thing"),  # no package on the way, but a folder called src
        ("tools/thing.py", None),
        ("src/shop/not-a-name/", None),
    ],
)
def test_dotted_names_are_told_and_never_guessed(path: str, module: str | None) -> None:
    assert python_module(path, PATHS) == module
