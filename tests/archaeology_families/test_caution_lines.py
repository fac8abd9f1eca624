"""The lines that warnings stand on: read some files at a time, kept for a few of them, and searched for the words of a warning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from archaeology.detectors.caution_lines import FileLines, pattern_of
from fixtures import FactsBuilder
from fixtures.reader import FakeReader

PATHS = [f"src/file_{number:02}.py" for number in range(60)]


class CountingReader(FakeReader):
    """Tells which texts were asked for at once, and how often one was asked for by itself."""

    def __init__(self) -> None:
        super().__init__({path: f"{path}\nA = 1" for path in PATHS})
        self.batches: list[list[str]] = []
        self.single: list[str] = []

    def preload(self, paths: Iterable[str]) -> None:
        self.batches.append(list(paths))

    def text(self, path: str) -> str | None:
        self.single.append(path)
        return super().text(path)


@pytest.fixture
def reader() -> CountingReader:
    return CountingReader()


def lines_of(reader: CountingReader) -> FileLines:
    return FileLines(replace(FactsBuilder().build(), reader=reader))


def test_files_that_are_expected_are_read_some_at_a_time(reader: CountingReader) -> None:
    lines = lines_of(reader)
    lines.expect([*PATHS[:1], *PATHS])
    for path in PATHS:
        assert lines.of(path) == [path, "A = 1"]
    assert len(reader.batches) < len(PATHS) // 10
    assert [path for batch in reader.batches for path in batch] == PATHS


def test_files_that_were_read_before_do_not_stop_the_next_batch(reader: CountingReader) -> None:
    lines = lines_of(reader)
    lines.of(PATHS[0])
    lines.expect(PATHS)
    lines.of(PATHS[0])
    lines.of(PATHS[1])
    assert reader.batches[0][0] == PATHS[1]


def test_a_file_is_split_once_for_all_that_is_asked_in_a_row(reader: CountingReader) -> None:
    lines = lines_of(reader)
    for path in PATHS[:2]:
        assert lines.of(path) is lines.of(path)
    assert reader.single == PATHS[:2]
    assert lines.of("src/unknown.py") == [""]


def test_the_longest_run_of_words_on_one_line_makes_the_pattern() -> None:
    said = "Do not close the till before the last guest has left, because the drawer would jam."
    lines = ["# Do not close the till", "# before the last guest has left,", "# because the drawer would jam."]
    assert pattern_of(said, lines) == r"before\W+the\W+last\W+guest\W+has\W+left"
    assert pattern_of(said, ["# the till", "# jam"]) is None
    assert pattern_of(said, []) is None
    long = pattern_of(said, [f"# {said}"])
    assert long is not None
    assert re.search(long, said) is not None
    assert long.count(r"\W+") == len("Do not close the till before the".split()) - 1
