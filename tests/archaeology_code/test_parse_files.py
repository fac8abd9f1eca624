"""Files parsed in worker processes: caching, limits, killing, stopping."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

import pytest

from archaeology.code import LANGUAGES, MAX_BYTES, Caps, parse, parse_files
from archaeology.code.codec import decode_facts, encode_facts
from archaeology.code.extract import extract, extract_names
from archaeology.code.pool import Answer, Job, run_jobs
from archaeology.errors import ScanCancelledError
from archaeology.facts import Call, Definition, File, FileFacts, Flag
from archaeology.facts.rows import Choice, Packing
from archaeology.progress import Progress
from fixtures.blobs import FakeCache, FakeRepository, inventory

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


def test_a_choice_takes_the_same_of_packed_rows_and_is_asked_once_for_those_that_are_alike() -> None:
    text = b"import os\nclass A(B): pass\nclass C(B): pass\nclass D: pass\ndef f(): os.getcwd()\ndef g(): os.getcwd()\ndef h(): os.sep.join()\n"
    facts = extract("python", text)
    packed = decode_facts(encode_facts(facts), Packing())
    assert packed is not None
    asked: list[Definition] = []

    def is_derived(definition: Definition) -> bool:
        asked.append(definition)
        return bool(definition.bases)

    derived = Choice(is_derived)
    assert [one.name for one in derived.of(packed.definitions)] == ["A", "C"]
    assert [one.name for one in derived.of(packed.definitions)] == ["A", "C"]
    assert sorted(one.kind for one in asked) == ["class", "class", "function"]
    assert list(derived.of(facts.definitions)) == list(derived.of(packed.definitions))
    calls = Choice[Call](lambda call: call.target == "os.getcwd")
    assert [call.symbol for call in calls.of(packed.calls)] == ["f", "g"]
    assert list(calls.of(packed.calls)) == list(calls.of(facts.calls))


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
