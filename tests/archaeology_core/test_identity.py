"""Ids depend on content and on nothing else."""

from __future__ import annotations

import re

from archaeology.identity import stable_id, text_sha256


def test_the_same_parts_give_the_same_id_whatever_the_order_of_keys() -> None:
    assert stable_id("obs", {"a": 1, "b": [2]}) == stable_id("obs", {"b": [2], "a": 1})


def test_other_parts_or_another_prefix_give_another_id() -> None:
    ids = {
        stable_id("obs", "a"),
        stable_id("obs", "b"),
        stable_id("hyp", "a"),
        stable_id("obs", "a", "b"),
        stable_id("obs", ["a", "b"]),
    }
    assert len(ids) == 5


def test_an_id_is_short_and_typeable() -> None:
    assert re.fullmatch(r"hyp-[0-9a-f]{12}", stable_id("hyp", "läyer", None, 3))


def test_hashing_survives_lone_surrogates() -> None:
    assert text_sha256("a\udc80") == text_sha256("a?")
