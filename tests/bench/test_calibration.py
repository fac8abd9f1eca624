"""The curve by which a confidence is read."""

from __future__ import annotations

import pytest

from bench.evaluation.calibration import Judged, bin_of, curve, left_out

BINS = (0.0, 0.3, 0.6, 1.0)


def claims(*shares: tuple[str, float, int, int]) -> list[Judged]:
    """So many claims of a repository at a confidence, of which so many held."""
    return [
        Judged(repository, confidence, number < held)
        for repository, confidence, held, of in shares
        for number in range(of)
    ]


def test_the_curve_is_what_held_where_it_rises_anyway() -> None:
    assert curve(claims(("a", 0.1, 5, 10), ("a", 0.4, 7, 10), ("a", 0.9, 9, 10)), BINS) == (0.5, 0.7, 0.9)


def test_a_step_down_is_pooled_with_the_one_before() -> None:
    assert curve(claims(("a", 0.1, 5, 10), ("a", 0.4, 9, 10), ("a", 0.9, 7, 10)), BINS) == (0.5, 0.8, 0.8)
    assert curve(claims(("a", 0.1, 9, 10), ("a", 0.4, 6, 10), ("a", 0.9, 3, 10)), BINS) == (0.6, 0.6, 0.6)


def test_an_empty_bin_takes_the_share_of_its_neighbour() -> None:
    assert curve(claims(("a", 0.1, 5, 10), ("a", 0.9, 9, 10)), BINS) == (0.5, 0.5, 0.9)
    assert curve(claims(("a", 0.9, 9, 10)), BINS) == (0.9, 0.9, 0.9)
    assert curve([], BINS) == ()


@pytest.mark.parametrize(("confidence", "expected"), [(0.0, 0), (0.29, 0), (0.3, 1), (0.6, 2), (1.0, 2)])
def test_the_last_bin_includes_its_end(confidence: float, expected: int) -> None:
    assert bin_of(confidence, BINS) == expected


def test_each_repository_is_foretold_from_the_others_only() -> None:
    alike = claims(("a", 0.1, 0, 4), ("a", 0.9, 4, 4), ("b", 0.1, 0, 4), ("b", 0.9, 4, 4))
    error = left_out(alike, BINS)
    assert error is not None
    assert (error.claims, error.curve, error.same) == (16, 0.0, 0.25)
    assert error.stated == pytest.approx(0.01)
    opposed = claims(("a", 0.1, 0, 4), ("b", 0.1, 4, 4))
    found = left_out(opposed, BINS)
    assert found is not None
    assert found.curve == 1.0


def test_one_repository_foretells_nothing() -> None:
    assert left_out(claims(("a", 0.9, 9, 10)), BINS) is None
    assert left_out([], BINS) is None
