from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archaeology.facts import File
from archaeology.reader import RepositoryReader


class CountingBlobs:
    """Blobs by id, and how many times git would have been started for them."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents
        self.singles: list[str] = []
        self.batches: list[list[str]] = []

    def blob(self, oid: str, max_bytes: int, size: int | None = None) -> bytes | None:
        self.singles.append(oid)
        return self.contents.get(oid)

    def blobs(
        self, oids: Iterable[str], max_bytes: int, sizes: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        batch = list(oids)
        self.batches.append(batch)
        yield from ((oid, self.contents.get(oid)) for oid in batch)


def reader_over(paths: dict[str, tuple[str | None, int]]) -> tuple[RepositoryReader, CountingBlobs]:
    files = {path: File(path, f"blob of {path}", size, language) for path, (language, size) in paths.items()}
    blobs = CountingBlobs({file.blob: f"text of {path}".encode() for path, file in files.items()})
    return RepositoryReader(blobs, "0" * 40, files), blobs


def test_configuration_files_of_one_name_come_in_one_go() -> None:
    reader, blobs = reader_over({f"packages/p{number}/package.json": ("json", 100) for number in range(50)})
    for number in range(50):
        path = f"packages/p{number}/package.json"
        assert reader.text(path) == f"text of {path}"
    assert (len(blobs.batches), blobs.singles) == (1, [])


def test_large_namesakes_are_left_to_those_who_ask_for_them() -> None:
    reader, blobs = reader_over(
        {"a/data.json": ("json", 100), "b/data.json": ("json", 3_000_000), "c/data.json": ("json", 1)}
    )
    assert reader.text("a/data.json") == "text of a/data.json"
    assert [sorted(batch) for batch in blobs.batches] == [["blob of a/data.json", "blob of c/data.json"]]
    assert reader.text("b/data.json") == "text of b/data.json"


def test_after_some_single_texts_whole_folders_come() -> None:
    reader, blobs = reader_over({f"src/m{number:03}.py": ("python", 1_000) for number in range(200)})
    for number in range(200):
        assert reader.text(f"src/m{number:03}.py") == f"text of src/m{number:03}.py"
    assert len(blobs.singles) + len(blobs.batches) < 20


def test_folders_that_are_too_large_are_not_read_ahead() -> None:
    paths: dict[str, tuple[str | None, int]] = {f"big/m{number}.py": ("python", 900_000) for number in range(30)}
    reader, blobs = reader_over(paths)
    for path in paths:
        assert reader.text(path) == f"text of {path}"
    assert [oid for batch in blobs.batches for oid in batch] == []
    assert len(blobs.singles) == 30
