"""Sentences in which somebody says that they do not know why."""

import time

import pytest

from archaeology.readings.unknown import knows_not_why


@pytest.mark.parametrize(
    "sentence",
    [
        "I don't know why we're cloning the root suite.",
        "don't know why this is needed",
        "Not sure why the second flush is needed here.",
        "I have no idea why f64 is returned by this fn",
        "Sleep twice, no idea why it is needed.",
        "Why is this necessary on the second run?",
        "It is unclear why the parser drops the last token",
    ],
)
def test_who_does_not_know_why_is_heard(sentence: str) -> None:
    assert knows_not_why(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tell users what failed, they do not know why it happened.",
        "We do not know the length yet.",
        "The log says why the job failed, not sure is what we say else.",
        "Explains why this is needed.",
        "If we don't know why the peer left, send a ping.",
        "Not sure why.",
        "Why not reuse the buffer here?",
    ],
)
def test_what_others_cannot_know_and_what_is_explained_are_not(sentence: str) -> None:
    assert not knows_not_why(sentence)


@pytest.mark.parametrize("piece", ["why is it ", "don't know ", "if ", "not sure why ", ", "])
def test_hostile_lines_cost_little(piece: str) -> None:
    begun = time.perf_counter()
    for _ in range(50):
        knows_not_why((piece * 100)[:300])
        knows_not_why(piece * 20_000)
    assert time.perf_counter() - begun < 1
