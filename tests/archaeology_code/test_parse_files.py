"""Files parsed in worker processes: caching, limits, killing, stopping."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import replace

import pytest

from archaeology.code import LANGUAGES, MAX_BYTES, Caps, parse, parse_files
from archaeology.code.budget import Budget
from archaeology.code.codec import decode_facts, encode_facts
from archaeology.code.extract import extract, extract_names
from archaeology.code.pool import Answer, Job, run_jobs
from archaeology.errors import ScanCancelledError
from archaeology.facts import File, FileFacts, Flag
from archaeology.facts.rows import Packing
from archaeology.progress import Progress


class FakeRepository:
    """Blobs by id."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = {blob_of(content): content for content in contents.values()}
        self.asked: list[str] = []

    def blobs(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
        for oid in oids:
            self.asked.append(oid)
            content = self.contents.get(oid)
            yield oid, content if content is not None and len(content) <= max_bytes else None


class FakeCache:
    """Values in memory."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], bytes] = {}

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        return {key: self.values[kind, key] for key in keys if (kind, key) in self.values}

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        self.values.update({(kind, key): value for key, value in items.items()})


def blob_of(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def inventory(contents: Mapping[str, bytes], **flags: Flag) -> dict[str, File]:
    languages = {"py": "python", "go": "go", "kt": "kotlin", "md": "markdown"}
    return {
        path: File(
            path,
            blob_of(content),
            len(content),
            languages.get(path.rpartition(".")[2]),
            frozenset({flags[path.partition(".")[0]]} if path.partition(".")[0] in flags else ()),
        )
        for path, content in contents.items()
    }


SMALL = {
    "a.py": b"import os\n",
    "b.py": b"class B: pass\n",
    "c.go": b"package c\n",
    "same.py": b"import os\n",
    "d.md": b"# no\n",
}

SHOP = b"""import requests

def pay():
    # Never retry, because the bank would charge twice.
    requests.post("https://bank")
"""


def test_every_source_file_gets_its_facts() -> None:
    code, limits = parse_files(FakeRepository(SMALL), inventory(SMALL), jobs=2)
    assert list(code) == ["a.py", "b.py", "c.go", "same.py"]
    assert code["b.py"] == extract("python", SMALL["b.py"])
    assert code["c.go"].package == "c"
    assert limits == ()


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_result_does_not_depend_on_the_number_of_workers(jobs: int) -> None:
    contents = {f"m{number:03}.py": f"import m{number}\nclass C{number}: ...\n".encode() for number in range(150)}
    code, _ = parse_files(FakeRepository(contents), inventory(contents), jobs=jobs)
    assert list(code) == sorted(contents)
    assert all(code[path] == extract("python", content) for path, content in contents.items())


def test_cached_facts_are_not_read_again_and_are_the_same() -> None:
    repository, cache = FakeRepository(SMALL), FakeCache()
    first, _ = parse_files(repository, inventory(SMALL), jobs=1, cache=cache)
    assert len(repository.asked) == 3
    second, _ = parse_files(repository, inventory(SMALL), jobs=1, cache=cache)
    assert len(repository.asked) == 3
    assert second == first


def test_a_damaged_cache_entry_is_read_again() -> None:
    repository, cache = FakeRepository(SMALL), FakeCache()
    first, _ = parse_files(repository, inventory(SMALL), jobs=1, cache=cache)
    for key in cache.values:
        cache.values[key] = cache.values[key][:-5]
    again, _ = parse_files(repository, inventory(SMALL), jobs=1, cache=cache)
    assert again == first


@pytest.mark.parametrize("packing", [None, Packing()])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        b"null",
        b'["python",1,[[1]],[],[],[],[],[],null,[],null]',
        b'["python",1,[],[],[],[],[["a",1,null],["b",2]],[],null,[],null]',
        b'["python",1,[],[],[],[],[[[],1,null]],[],null,[],null]',
        b'["python",1,[],[],[],[],5,[],null,[],null]',
    ],
)
def test_what_is_no_facts_is_not_decoded(data: bytes, packing: Packing | None) -> None:
    assert decode_facts(data, packing) is None


def test_facts_survive_encoding() -> None:
    facts = extract(
        "python",
        b'"""Doc, because."""\nimport os\n__all__ = ["f"]\n@d\nclass A(B):\n  def f(self):\n    try: raise E(os.f())\n    except (X, Y): pass\n',
    )
    assert facts.comments
    assert facts.catches
    assert repr(decode_facts(encode_facts(facts))) == repr(facts)  # in which 0 is not False
    assert decode_facts(encode_facts(FileFacts("go", error="x"))) == FileFacts("go", error="x")


def test_what_is_packed_is_the_same() -> None:
    texts = [
        b"import os\nfrom . import a, b as c\n\n\n@d\nclass A(B):\n    @property\n    def f(self):\n        return os.getcwd(a.b())\n",
        b"def f():\n    import os\n\n    return os.getcwd()\n",
        b"",
    ]
    packing = Packing()
    for facts in [extract("python", text) for text in texts]:
        packed = decode_facts(encode_facts(facts), packing)
        assert packed is not None
        assert packed == facts
        assert repr(packed) == repr(facts)  # in which 0 is not False
        assert hash(packed) == hash(facts)
        assert encode_facts(packed) == encode_facts(facts)
        for rows, plain in ((packed.definitions, facts.definitions), (packed.imports, facts.imports)):
            assert [rows[number] for number in range(-len(plain), len(plain))] == [*plain, *plain]
            assert rows[1:] == plain[1:]
            assert len(rows) == len(plain)
            with pytest.raises(IndexError):
                rows[len(plain)]


def test_equal_texts_of_two_files_are_held_once() -> None:
    one, other = (
        encode_facts(extract("python", b"from shop.money import Price, Tax\n\n\ndef pay(): %s\n" % body))
        for body in (b"return 1", b"pass")
    )
    packing = Packing()
    first, second = decode_facts(one, packing), decode_facts(other, packing)
    assert first is not None
    assert second is not None
    assert first.imports == second.imports
    assert first.imports[0].names == ("Price", "Tax")
    assert first.imports[0].names is second.imports[0].names
    assert first.definitions[0].name is second.definitions[0].name
    assert repr(first) == repr(decode_facts(one))


def test_large_vendored_and_missing_files_are_left_out_and_said() -> None:
    contents = {"big.py": b"x" * 10, "lib.py": b"import os\n", "gone.py": b"import re\n", "ok.py": b"import io\n"}
    files = inventory(contents, lib=Flag.VENDORED)
    files["big.py"] = File("big.py", files["big.py"].blob, MAX_BYTES + 1, "python")
    repository = FakeRepository(contents)
    del repository.contents[files["gone.py"].blob]
    code, limits = parse_files(repository, files, jobs=1)
    assert list(code) == ["ok.py"]
    assert {limit.kind: (limit.count, limit.paths) for limit in limits} == {
        "source_too_large": (1, ("big.py",)),
        "content_missing": (1, ("gone.py",)),
        "vendored_not_parsed": (1, ()),
    }


def test_a_fifty_megabyte_file_is_never_asked_for() -> None:
    files = {"big.py": File("big.py", "0" * 40, 50_000_000, "python")}
    repository = FakeRepository({})
    _, limits = parse_files(repository, files, jobs=1)
    assert repository.asked == []
    assert [limit.kind for limit in limits] == ["source_too_large"]


def test_a_worker_that_takes_too_long_is_killed_and_the_others_go_on() -> None:
    contents = {
        "a.py": b"import os\n",
        "slow.py": b"x = [" + b"f(a, " * 60_000 + b"]\n" + b"y = 1\n" * 100_000,
        "z.py": b"import re\n",
    }
    code, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(cpu_seconds=0.02))
    assert [found.module for found in code["a.py"].imports] == ["os"]
    assert [found.module for found in code["z.py"].imports] == ["re"]
    assert code["slow.py"].error is not None
    (limit,) = limits
    assert (limit.kind, limit.paths) == ("parser_stopped", ("slow.py",))


@pytest.mark.parametrize("damage", [b"@A(", b"class A<", b"fun f(){ a.b{ c<d>(e) ?: "])
def test_kotlin_that_its_grammar_never_gets_through_is_given_up_and_named(damage: bytes) -> None:
    contents = {
        "a.kt": b"import java.util.UUID\n",
        "slow.kt": damage * (200_000 // len(damage)),
        "z.kt": b"import java.util.Date\n",
    }
    began = time.monotonic()
    code, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(cpu_seconds=0.5))
    assert time.monotonic() - began < 30
    assert [found.module for path in ("a.kt", "z.kt") for found in code[path].imports] == [
        "java.util.UUID",
        "java.util.Date",
    ]
    assert code["slow.kt"].error is not None
    assert [(limit.kind, limit.paths) for limit in limits] == [("parser_stopped", ("slow.kt",))]


def test_a_worker_that_does_not_answer_is_killed_from_outside() -> None:
    contents = {"slow.py": b"x = [" + b"f(a, " * 100_000 + b"]\n" + b"y = 1\n" * 100_000}
    _, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(wall_seconds=0.05))
    assert [limit.kind for limit in limits] == ["parser_stopped"]


def test_so_many_killed_files_are_enough_and_the_rest_of_their_kind_is_said_to_be_left_out() -> None:
    slow = {f"slow{number:02}.py": b"x = [" + b"f(a, " * (200_000 + number) + b"]\n" for number in range(12)}
    contents = {**slow, "a.py": b"import os\n", "z.py": b"import re\n", "z.go": b"package z\n" + b" " * 500_000}
    code, limits = parse_files(
        FakeRepository(contents), inventory(contents), jobs=1, caps=Caps(cpu_seconds=0.06, killed_files=3)
    )
    assert [(limit.kind, limit.count) for limit in limits] == [("parser_stopped", 3), ("parser_given_up", 9)]
    assert not set(limits[0].paths) & set(limits[1].paths)
    assert all(code[path].error for path in slow)
    assert code["a.py"].error is None
    assert code["z.py"].error is None
    assert code["z.go"].error is None


def test_so_many_seconds_on_killed_files_are_enough() -> None:
    contents = {f"slow{number:02}.py": b"x = [" + b"f(a, " * (200_000 + number) + b"]\n" for number in range(8)}
    caps = Caps(cpu_seconds=0.02, killed_seconds=0.02)
    _, limits = parse_files(FakeRepository(contents), inventory(contents), jobs=1, caps=caps)
    assert [(limit.kind, limit.count) for limit in limits] == [("parser_stopped", 1), ("parser_given_up", 7)]


def test_files_that_were_given_up_are_not_kept_in_the_cache() -> None:
    contents = {f"slow{number:02}.py": b"x = [" + b"f(a, " * (200_000 + number) + b"]\n" for number in range(4)}
    cache = FakeCache()
    caps = Caps(cpu_seconds=0.02, killed_files=1)
    parse_files(FakeRepository(contents), inventory(contents), jobs=1, cache=cache, caps=caps)
    assert cache.values == {}


def test_a_budget_counts_each_language_for_itself_and_spares_smaller_files() -> None:
    budget = Budget(files=2, seconds=10.0)
    budget.spend("python", 500, 4.0)
    assert budget.allows("python", 500)
    budget.spend("python", 900, 4.0)
    assert not budget.allows("python", 500)
    assert budget.allows("python", 499)
    assert budget.allows("go", 5000)
    budget.spend("go", 100, 10.0)
    assert not budget.allows("go", 100)


def test_stopping_keeps_what_was_read() -> None:
    contents = {f"m{number:03}.py": f"import m{number}\n".encode() for number in range(200)}
    cache = FakeCache()
    done: list[int] = []

    def note(progress: Progress) -> None:
        done.append(progress.done)

    with pytest.raises(ScanCancelledError):
        parse_files(
            FakeRepository(contents),
            inventory(contents),
            jobs=1,
            cache=cache,
            on_progress=note,
            cancelled=lambda: bool(done) and done[-1] >= 10,
            caps=Caps(batch_files=5),
        )
    assert 10 <= len(cache.values) < 200


def test_progress_reaches_the_total_also_where_all_files_are_known() -> None:
    cache, seen = FakeCache(), list[Progress]()
    for _ in range(2):
        seen.clear()
        parse_files(FakeRepository(SMALL), inventory(SMALL), jobs=1, cache=cache, on_progress=seen.append)
        assert seen[0] == ("parse", 0, 4, "files", "")
        assert seen[-1] == ("parse", 4, 4, "files", "")


def test_the_current_folder_is_not_imported_from(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path_factory.mktemp("hostile")
    for name in ("tree_sitter", "json", "archaeology", "struct"):
        (hostile / f"{name}.py").write_text("raise SystemExit('ran foreign code')\n")
    monkeypatch.chdir(hostile)
    monkeypatch.syspath_prepend(str(hostile))
    code, _ = parse_files(FakeRepository(SMALL), inventory(SMALL), jobs=1)
    assert code["a.py"].error is None


def test_workers_read_names_alone_and_keep_them_apart_from_all_facts() -> None:
    contents = {"a.py": SHOP}
    repository, cache = FakeRepository(contents), FakeCache()
    names, _ = parse_files(repository, inventory(contents), jobs=1, cache=cache, names_only=True)
    assert names["a.py"] == extract_names("python", SHOP)
    everything, _ = parse_files(repository, inventory(contents), jobs=1, cache=cache)
    assert everything["a.py"] == extract("python", SHOP)
    assert {kind for kind, _ in cache.values} == {LANGUAGES["python"].cache_kind, LANGUAGES["python"].names_cache_kind}


def test_all_facts_that_are_known_serve_for_names_too() -> None:
    contents = {"a.py": SHOP}
    repository, cache = FakeRepository(contents), FakeCache()
    parse_files(repository, inventory(contents), jobs=1, cache=cache)
    repository.asked.clear()
    names, _ = parse_files(repository, inventory(contents), jobs=1, cache=cache, names_only=True)
    assert names["a.py"] == extract_names("python", SHOP)
    assert repository.asked == []


@pytest.mark.parametrize(("size", "most"), [(1_000, 1), (1_600_000, 2), (4_000_000, 3)])
def test_little_work_starts_few_workers(size: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    def run(jobs: Iterator[Job], workers: int, caps: Caps, pause: Callable[[], None]) -> Generator[Answer, None, None]:
        started.append(workers)
        return run_jobs(jobs, workers, caps, pause)

    monkeypatch.setattr(parse, "run_jobs", run)
    content = b"x = 1\n"
    files = {"a.py": replace(inventory({"a.py": content})["a.py"], size=size // 4)}
    files |= {f"{number}.py": replace(files["a.py"], path=f"{number}.py", blob=f"{number}") for number in range(3)}
    parse_files(FakeRepository({"a.py": content}), files, jobs=8)
    assert started == [most]
