"""What test files say is kept by content: the same answer, without reading, until something that it rests on changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from archaeology.cache import Cache
from archaeology.errors import ScanCancelledError
from archaeology.facts import Definition, File, FileFacts, Flag
from archaeology.progress import Progress
from archaeology.suite import read_tests

CODE = {"shop/pay.py": FileFacts("python", definitions=(Definition("PaymentGateway", "class", "public", 1, 2),))}
TEXTS = {
    "tests/test_pay.py": "import pytest\n\n\n@pytest.mark.slow\ndef test_pays_gh_12():\n    pass\n",
    "tests/fakes.py": "class FakePayment:\n    pass\n",
}


class Shelf:
    """A reader that counts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.asked: list[str] = []
        self.fetched: list[list[str]] = []

    def text(self, path: str) -> str | None:
        self.asked.append(path)
        return self.texts.get(path)

    def preload(self, paths: Iterable[str]) -> None:
        self.fetched.append(list(paths))


def inventory(texts: Mapping[str, str]) -> dict[str, File]:
    files = {
        path: File(path, f"blob of {text}", len(text), "python", frozenset({Flag.TEST})) for path, text in texts.items()
    }
    return {**files, "shop/pay.py": File("shop/pay.py", "pay", 10, "python")}


def test_a_second_reading_needs_no_texts(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        plain = read_tests(inventory(TEXTS), CODE, Shelf(TEXTS))  # type: ignore[arg-type]
        first = read_tests(inventory(TEXTS), CODE, Shelf(TEXTS), cache=cache)  # type: ignore[arg-type]
        again = Shelf(TEXTS)
        second = read_tests(inventory(TEXTS), CODE, again, cache=cache)  # type: ignore[arg-type]
    assert plain == first == second
    assert second.cases[0].markers == ("slow",)
    assert second.fakes[0].stands_for == "PaymentGateway"
    assert again.asked == []


def test_what_it_rests_on_changes(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        read_tests(inventory(TEXTS), CODE, Shelf(TEXTS), cache=cache)  # type: ignore[arg-type]
        changed = {**TEXTS, "tests/test_pay.py": "def test_other():\n    pass\n"}
        shelf = Shelf(changed)
        assert read_tests(inventory(changed), CODE, shelf, cache=cache).cases[0].id.endswith("test_other")  # type: ignore[arg-type]
        assert shelf.asked == ["tests/test_pay.py"]
        # The product's types decide what a double stands for.
        renamed = {"shop/pay.py": replace(CODE["shop/pay.py"], definitions=())}
        assert read_tests(inventory(TEXTS), renamed, Shelf(TEXTS), cache=cache).fakes[0].stands_for == "Payment"  # type: ignore[arg-type]
        # Another path is another test.
        moved = {"tests/unit/test_pay.py": TEXTS["tests/test_pay.py"]}
        assert read_tests(inventory(moved), CODE, Shelf(moved), cache=cache).cases[0].path == "tests/unit/test_pay.py"  # type: ignore[arg-type]


@pytest.mark.parametrize("damage", [b"", b"[]", b"null", b"[[],[[1]],[],[]]", b"\xff", b"[" * 100_000])
def test_a_damaged_entry_is_read_anew(damage: bytes) -> None:
    class Damaged:
        def get_many(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
            del kind
            return dict.fromkeys(keys, damage)

        def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
            assert kind
            assert len(items) == len(TEXTS)

    found = read_tests(inventory(TEXTS), CODE, Shelf(TEXTS), cache=Damaged())  # type: ignore[arg-type]
    assert found == read_tests(inventory(TEXTS), CODE, Shelf(TEXTS))  # type: ignore[arg-type]


def test_stopping_keeps_what_was_read(tmp_path: Path) -> None:
    many = {f"tests/test_{number:03}.py": f"def test_{number}():\n    pass\n" for number in range(60)}
    answers = iter([False, False])
    with Cache.open(tmp_path) as cache:
        with pytest.raises(ScanCancelledError):
            read_tests(inventory(many), CODE, Shelf(many), cache=cache, cancelled=lambda: next(answers, True))  # type: ignore[arg-type]
        again = Shelf(many)
        assert len(read_tests(inventory(many), CODE, again, cache=cache).cases) == 60  # type: ignore[arg-type]
    assert 0 < len(again.asked) < 60


@pytest.mark.parametrize("count", [0, 19, 20, 45])
def test_progress_ends_at_the_full_count(count: int) -> None:
    many = {f"tests/test_{number:03}.py": f"def test_{number}():\n    pass\n" for number in range(count)}
    seen: list[Progress] = []
    read_tests(inventory(many), CODE, Shelf(many), on_progress=seen.append)  # type: ignore[arg-type]
    assert (seen[-1].done, seen[-1].total) == (count, count)
    assert [step.done for step in seen] == sorted({step.done for step in seen})


def test_no_more_is_fetched_at_a_time_than_a_reader_keeps() -> None:
    large = {path: replace(file, size=700_000) for path, file in inventory(TEXTS).items()}
    larger = {
        f"tests/test_{number}.py": File(
            f"tests/test_{number}.py", str(number), 700_000, "python", frozenset({Flag.TEST})
        )
        for number in range(5)
    }
    shelf = Shelf({**TEXTS, **dict.fromkeys(larger, "def test_it():\n    pass\n")})
    found = read_tests({**large, **larger}, CODE, shelf)  # type: ignore[arg-type]
    assert [len(paths) for paths in shelf.fetched] == [2, 2, 2, 1]
    assert [path for paths in shelf.fetched for path in paths] == shelf.asked == sorted(shelf.texts)
    assert len(found.cases) == 6
