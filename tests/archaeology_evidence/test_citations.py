"""Citations: made by the reader, and looked up again at another revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archaeology.citations import Resolver, resolve
from archaeology.errors import GitError
from archaeology.facts import File, Flag, Gate, TestCase
from archaeology.identity import text_sha256
from archaeology.model import Citation, CodeCitation, CommitCitation
from archaeology.quotes import MAX_QUOTED_LINES, SHOWN_CHARACTERS, find_quote, quote_lines, quote_text, split_lines
from archaeology.reader import RepositoryReader
from fixtures.reader import blob_id

ORDER = """import money


def place(number, basket):
    # Do not charge before looking for the key.
    return Order(number, basket.total())


def refund(order):
    return order.refunded()
"""


class Entry(NamedTuple):
    path: str
    blob: str


@dataclass
class FakeRepository:
    """A repository of one commit, over a dictionary of texts."""

    texts: dict[str, str | bytes]
    messages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def resolve(self, revision: str | None) -> str | None:
        return revision or "head"

    def tree(self, oid: str) -> Iterable[Entry]:
        return [Entry(path, self.oid(path)) for path in self.texts]

    def blob(self, oid: str, max_bytes: int, size: int | None = None) -> bytes | None:
        self.asked.append(oid)
        found = {self.oid(path): data for path, data in self.texts.items()}.get(oid)
        if found is None:
            return None
        data = found.encode() if isinstance(found, str) else found
        return data if len(data) <= max_bytes else None

    def blobs(
        self, oids: Iterable[str], max_bytes: int, sizes: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        return ((oid, self.blob(oid, max_bytes)) for oid in oids)

    def commit_message(self, oid: str) -> str:
        if oid not in self.messages:
            raise GitError(f"no commit {oid!r}")
        return self.messages[oid]

    def oid(self, path: str) -> str:
        data = self.texts[path]
        return blob_id(data) if isinstance(data, str) else f"{hash(data):x}"

    def reader(self) -> RepositoryReader:
        files = {path: File(path, self.oid(path), len(data)) for path, data in self.texts.items()}
        return RepositoryReader(self, "head", files)


def cite(path: str = "src/order.py", start: int = 4, end: int = 6) -> CodeCitation:
    return FakeRepository({path: ORDER}).reader().cite_lines(path, start, end)


def test_a_citation_quotes_the_exact_lines() -> None:
    citation = cite()
    assert citation.quote.startswith("def place(number, basket):\n    # Do not")
    assert citation.quote_sha256 == text_sha256("\n".join(ORDER.split("\n")[3:6]))
    assert (citation.blob, citation.commit) == (blob_id(ORDER), "head")


@pytest.mark.parametrize(
    ("texts", "status", "path", "start", "end"),
    [
        ({"src/order.py": ORDER}, "same", "src/order.py", 4, 6),
        ({"src/order.py": ORDER + "\nx = 1\n"}, "same", "src/order.py", 4, 6),
        ({"src/order.py": "# licence\n" + ORDER}, "moved", "src/order.py", 5, 7),
        ({"src/order.py": ORDER.replace("\n", "\r\n")}, "same", "src/order.py", 4, 6),
        ({"src/orders.py": ORDER}, "moved", "src/orders.py", 4, 6),
        ({"src/shop/order.py": "# new\n" + ORDER + "# more\n"}, "moved", "src/shop/order.py", 5, 7),
        ({"src/order.py": ORDER.replace("looking for", "asking for")}, "changed", "src/order.py", 6, 8),
        ({"src/order.py": "x = 1\n"}, "changed", "src/order.py", None, None),
        ({"src/order.py": b"\x00\x01"}, "changed", "src/order.py", None, None),
        ({"README.md": "hello\n"}, "gone", None, None, None),
        ({}, "gone", None, None, None),
    ],
)
def test_code_is_found_again(
    texts: dict[str, str | bytes], status: str, path: str | None, start: int | None, end: int | None
) -> None:
    found = resolve(cite(), FakeRepository(texts))
    assert (found.status, found.path) == (status, path)
    assert found.holds == (status in {"same", "moved"})
    if status != "changed" or start is None:
        assert (found.start_line, found.end_line) == (start, end)
    assert found.detail


def test_the_nearest_of_several_places_is_meant() -> None:
    text = "same line here\n" * 2 + "other\n" * 4 + "same line here\n"
    citation = FakeRepository({"a.py": text}).reader().cite_lines("a.py", 7, 7)
    moved = resolve(citation, FakeRepository({"a.py": "\n" + text}))
    assert (moved.status, moved.start_line) == ("moved", 8)


def test_many_citations_are_resolved_in_their_order() -> None:
    repository = FakeRepository({"src/order.py": ORDER}, {"c0ffee": "Tidy"})
    citations: list[Citation] = [cite(), repository.reader().cite_commit("c0ffee", "Tidy"), cite("src/gone.py")]
    assert [found.status for found in Resolver(repository).resolve_all(citations)] == ["same", "same", "moved"]


def test_a_rename_that_history_knows_is_followed() -> None:
    repository = FakeRepository({"lib/ordering.py": "# rewritten\n" + ORDER})
    assert resolve(cite(), repository).status == "gone"
    found = resolve(cite(), repository, renames={"lib/ordering.py": "src/order.py"})
    assert (found.status, found.path, found.start_line) == ("moved", "lib/ordering.py", 5)


def test_a_short_quote_is_not_found_in_just_any_file() -> None:
    citation = FakeRepository({"src/a.py": "return None\n"}).reader().cite_lines("src/a.py", 1, 1)
    assert resolve(citation, FakeRepository({"src/b.py": "x\nreturn None\n"})).status == "gone"


def test_a_forged_hash_does_not_hold() -> None:
    forged = cite().model_copy(update={"quote_sha256": "0" * 64})
    assert resolve(forged, FakeRepository({"src/order.py": ORDER})).status == "changed"


def test_a_citation_of_absurd_lines_costs_nothing() -> None:
    absurd = cite().model_copy(update={"start_line": 1, "end_line": 10**9})
    assert resolve(absurd, FakeRepository({"src/order.py": ORDER})).status == "changed"
    lines = ["x"] * 50_000
    assert find_quote(lines, "x", MAX_QUOTED_LINES + 1, "0" * 64, 1) is None
    assert find_quote(lines, "x", MAX_QUOTED_LINES, "0" * 64, 1) is None


@pytest.mark.parametrize(
    ("message", "quote", "status"),
    [
        ("Decouple domain\n\nso that providers can be replaced\n", "so that providers can be replaced", "same"),
        ("Decouple domain so that providers\ncan be replaced", "so that providers can be replaced", "same"),
        ("Tidy", "so that providers can be replaced", "changed"),
        (None, "so that providers can be replaced", "gone"),
    ],
)
def test_commits_are_asked_for_their_words(message: str | None, quote: str, status: str) -> None:
    repository = FakeRepository({}, {} if message is None else {"c0ffee": message})
    citation = repository.reader().cite_commit("c0ffee", quote)
    assert resolve(citation, repository).status == status


def test_a_commits_date_is_told_where_it_is_known() -> None:
    repository = FakeRepository({})
    reader = RepositoryReader(repository, "head", {}, times={"a": 0, "b": 10**15}.get)
    assert reader.cite_commit("a", "x").date == "1970-01-01T00:00:00+00:00"
    assert reader.cite_commit("b", "x").date is None
    assert reader.cite_commit("c", "x").date is None


def test_gates_and_tests_are_resolved_by_their_lines() -> None:
    repository = FakeRepository(
        {"ci.yml": "jobs:\n  lint:\n    run: ruff\n", "tests/test_a.py": "def test_a():\n    assert True\n"}
    )
    reader = repository.reader()
    gate = reader.cite_gate(Gate("ci:github:ci/lint", "ci", "lint", "ci.yml", 2, 3))
    test = reader.cite_test(TestCase("tests/test_a.py::test_a", "tests/test_a.py", 1, 2))
    assert (gate.gate, gate.quote) == ("ci:github:ci/lint", "  lint:\n    run: ruff")
    assert (test.test, test.quote) == ("tests/test_a.py::test_a", "def test_a():\n    assert True")
    resolver = Resolver(FakeRepository(repository.texts | {"ci.yml": "jobs:\n  lint:\n    run: true\n"}))
    assert resolver.resolve(gate).status == "changed"
    assert resolver.resolve(gate).start_line == 2
    assert resolver.resolve(test).status == "same"


def test_the_reader_reads_only_what_may_be_read() -> None:
    texts: dict[str, str | bytes] = {
        "a.py": "x\n",
        "b.bin": b"\0\1",
        "link": "/etc/passwd",
        "bom.py": b"\xef\xbb\xbfy\n",
        "odd.py": b"\xff\n",
    }
    repository = FakeRepository(texts)
    files = {path: File(path, repository.oid(path), len(data)) for path, data in texts.items()}
    files["link"] = File("link", repository.oid("link"), 11, flags=frozenset({Flag.SYMLINK}))
    files["huge.py"] = File("huge.py", "f" * 40, 10**10)
    reader = RepositoryReader(repository, "head", files)
    assert [reader.text(path) for path in ("a.py", "b.bin", "link", "huge.py", "nowhere")] == [
        "x\n",
        None,
        None,
        None,
        None,
    ]
    assert reader.text("bom.py") == "y\n"
    assert reader.text("odd.py") == "\N{REPLACEMENT CHARACTER}\n"
    assert repository.oid("link") not in repository.asked
    with pytest.raises(KeyError):
        reader.cite_lines("nowhere", 1, 1)


def test_texts_are_read_once_and_many_at_a_time() -> None:
    repository = FakeRepository({f"{number}.py": f"x = {number}\n" for number in range(5)})
    reader = repository.reader()
    reader.preload([*repository.texts, "nowhere.py"])
    asked = len(repository.asked)
    assert [reader.text(path) for path in repository.texts] == list(repository.texts.values())
    assert asked == len(repository.asked) == 5


def test_quotes_are_visible_and_short_but_hashed_whole() -> None:
    lines = ["\x1b[31mred\u202e", "y" * 5_000]
    quote = quote_lines(lines, 1, 2)
    assert "\x1b" not in quote.shown
    assert "\u202e" not in quote.shown
    assert len(quote.shown) < SHOWN_CHARACTERS + 40
    assert quote.sha256 == text_sha256("\n".join(lines))
    assert find_quote(["new", *lines], quote.shown, 2, quote.sha256, 1) == 2
    assert find_quote(["new", lines[1]], quote_lines(lines, 2, 2).shown, 1, quote_lines(lines, 2, 2).sha256, 1) == 2


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 0, (1, 1)), (2, 1, (2, 2)), (2, 99, (2, 3)), (50, 60, (3, 3))]
)
def test_lines_outside_a_text_are_moved_into_it(start: int, end: int, expected: tuple[int, int]) -> None:
    quote = quote_lines(["a", "b", "c"], start, end)
    assert (quote.start_line, quote.end_line) == expected


@given(
    text=st.lists(st.sampled_from(["a", "\n", "\r", "\r\n", "é"]), max_size=12).map("".join),
    start=st.integers(-1, 9),
    end=st.integers(-1, 9),
)
def test_a_part_of_a_text_is_quoted_as_the_whole_of_it(text: str, start: int, end: int) -> None:
    assert quote_text(text, start, end) == quote_lines(split_lines(text), start, end)


@pytest.mark.parametrize("line", ["a\n", "a much longer line than that\r\n", f"{'y' * 5_000}\n"])
def test_lines_far_down_in_a_text_are_quoted_as_of_the_whole_of_it(line: str) -> None:
    text = line * 2_050
    lines = split_lines(text)
    for start in (1, 2, 1_024, 2_046, 2_047, 2_048, 2_049, 2_050, 2_051, 9_000):
        for end in (start, start + 1, start + 12):
            assert quote_text(text, start, end) == quote_lines(lines, start, end)
            assert quote_text(text[:-2], start, end) == quote_lines(split_lines(text[:-2]), start, end)


def test_an_empty_text_can_be_quoted() -> None:
    assert quote_lines(split_lines(""), 1, 1).shown == ""


def test_a_commit_citation_is_of_the_known_shape() -> None:
    citation = FakeRepository({}).reader().cite_commit("c0ffee", "one\r\ntwo")
    assert citation == CommitCitation(commit="c0ffee", quote="one\ntwo", quote_sha256=text_sha256("one\ntwo"))
