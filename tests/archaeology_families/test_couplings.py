"""Files that change together, and formats that others count on."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from archaeology.detectors.tacit_coupling import detect_tacit_coupling
from archaeology.facts import (
    Definition,
    Facts,
    FileFacts,
    TestSuite,
)
from archaeology.history.model import CoChange, Reason
from archaeology.model import Family, Observation
from archaeology.survey import ScanOptions, reading
from fixtures import FactsBuilder, RepositoryBuilder
from fixtures.families import proposed, python


def coupled(a: str, b: str, **marks: int) -> Facts:
    counts = {"together": 12, "revisions_a": 14, "revisions_b": 15} | marks
    return FactsBuilder().module(a, "a").module(b, "b").cochange(CoChange(a, b, **counts)).build()


def test_files_that_change_together_without_an_import_share_an_agreement() -> None:
    (hypothesis,) = proposed(coupled("src/api/codes.py", "web/src/labels.ts"), Family.TACIT_COUPLING)
    assert (
        hypothesis.title
        == "`src/api/codes.py` and `web/src/labels.ts` change together (12 times, seldom alone), though neither imports the other."
    )


def shared(folder: Path, *, files: int = 0, apart: int = 0, after: int = 0) -> list[Observation]:
    """What is seen of two files that changed together eleven times, among ``files`` others; then each alone, ``after`` times."""
    repository = RepositoryBuilder(folder)
    a, b = "src/api/codes.py", "web/labels.py"
    for number in range(11):
        repository.write(a, f"A = {number}\n").write(b, f"B = {number}\n")
        for other in range(files):
            repository.write(f"src/others/part{other}.py", f"C = {number}\n")
        repository.commit(f"Add kind {number}")
        if number < apart:
            repository.write(a, f"A = -{number}\n").commit(f"Correct kind {number}")
    for number in range(after):
        repository.write(a, f"AFTER = {number}\n").commit(f"Go on with the one {number}")
        repository.write(b, f"AFTER = {number}\n").commit(f"Go on with the other {number}")
    with reading(repository.folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        found = [item for item in detect_tacit_coupling(facts) if item.data.get("role") == "together"]
    return [item for item in found if {item.data["a"], item.data["b"]} == {a, b}]


def test_what_sweeps_over_the_tree_changes_together_by_accident(tmp_path: Path) -> None:
    (found,) = shared(tmp_path / "few", files=3)
    assert found.data["together"] == 11
    assert not shared(tmp_path / "many", files=14)


def test_a_coupling_has_to_go_on(tmp_path: Path) -> None:
    assert shared(tmp_path / "still", after=3)
    assert not shared(tmp_path / "no_more", after=5)


def test_seldom_alone_is_said_of_few_changes_alone(tmp_path: Path) -> None:
    (found,) = shared(tmp_path / "often", apart=8)
    assert found.data["share"] < 0.8
    (hypothesis,) = proposed(coupled("src/api/codes.py", "web/labels.ts", revisions_a=19), Family.TACIT_COUPLING)
    assert "change together (12 times), though" in hypothesis.title


def test_what_builds_upon_one_type_changes_with_it() -> None:
    a, b = "src/api/codes.py", "web/labels.py"
    builder = FactsBuilder()
    for path in (a, b):
        builder.module(
            path, "class X(Codes): ...", code=python(Definition("X", "class", "public", 1, 1, bases=("Codes",)))
        )
    assert not list(detect_tacit_coupling(builder.cochange(CoChange(a, b, 12, 14, 15)).build()))


def test_files_of_one_name_are_copies_only_where_they_say_the_same() -> None:
    def title(one: str, other: str) -> str:
        builder = FactsBuilder().module("src/tcp/split.py", one).module("src/unix/split.py", other)
        builder.cochange(CoChange("src/tcp/split.py", "src/unix/split.py", 12, 14, 15))
        (hypothesis,) = proposed(builder.build(), Family.TACIT_COUPLING)
        return hypothesis.title

    said = "class Reader:\n    def read(self):\n        return self.socket.receive()\n"
    assert "two copies of one thing" in title(said, said + "    limit = 4\n")
    assert "change together" in title(said, "def split(path):\n    yield path.head\n    yield path.tail\n")
    assert "change together" in title("", "")


def test_translations_are_no_secret_agreement() -> None:
    assert not list(detect_tacit_coupling(coupled("lang/nl/settings.py", "lang/pt/settings.py")))


def test_an_import_of_the_package_explains_the_coupling_where_packages_are_imported() -> None:
    a, b, other = "model/order.go", "form/order.go", "model/money.go"
    builder = FactsBuilder().file(other, "package model", language="go")
    for path in (a, b, other):
        builder.module(path, "package x", code=FileFacts("go", lines=1))
    facts = builder.edge(b, other).cochange(CoChange(a, b, 12, 14, 15)).build()
    assert not list(detect_tacit_coupling(facts))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("packages/create-app/template-one/src/main_view.ts", "packages/create-app/template-two/src/main_view.ts"),
        ("src/one/__init__.py", "src/two/__init__.py"),
        ("src/one/a.py", "src/one/b.py"),
        ("vendor/lib/a.py", "src/b.py"),
    ],
)
def test_templates_hubs_and_neighbours_are_no_coupling(a: str, b: str) -> None:
    assert not list(detect_tacit_coupling(coupled(a, b)))


def test_an_import_explains_the_coupling() -> None:
    a, b = "src/api/codes.py", "src/web/labels.py"
    facts = FactsBuilder().module(a, imports=(b,)).module(b).cochange(CoChange(a, b, 12, 14, 15)).build()
    assert not list(detect_tacit_coupling(facts))


@pytest.mark.parametrize(
    ("imports", "is_coupling"),
    [
        ({"src/api/codes.ts": "src/rpc/index.ts"}, False),
        ({"src/rpc/labels.ts": "src/api/index.ts"}, False),
        ({"src/api/codes.ts": "src/index.ts", "src/index.ts": "src/rpc/labels.ts"}, False),
        ({"src/api/codes.ts": "src/index.ts", "src/index.ts": "src/rpc/index.ts"}, False),
        ({"src/api/codes.ts": "src/index.ts"}, True),
        ({"src/api/codes.ts": "src/rpc/other.ts"}, True),
        ({"src/api/codes.ts": "src/other.ts", "src/other.ts": "src/rpc/labels.ts"}, True),
    ],
)
def test_an_import_by_way_of_a_folders_index_is_an_import(imports: Mapping[str, str], *, is_coupling: bool) -> None:
    a, b = "src/api/codes.ts", "src/rpc/labels.ts"
    builder = FactsBuilder().module(a).module(b).cochange(CoChange(a, b, 12, 14, 15))
    for source, target in imports.items():
        builder.edge(source, target)
    for path in sorted({*imports, *imports.values()} - {a, b}):
        builder.file(path, "")
    assert bool(list(detect_tacit_coupling(builder.build()))) is is_coupling


def test_a_numbered_format_of_which_somebody_says_why() -> None:
    constant = Definition("SCHEMA_VERSION", "constant", "public", 2, 2)
    builder = FactsBuilder().module("src/shop/store.py", "\nSCHEMA_VERSION = 7\n", code=python(constant))
    assert not proposed(builder.build(), Family.STABLE_FORMAT)
    builder.reason(
        Reason(
            "a" * 40, 1, "Raise SCHEMA_VERSION because old carts lack a currency.", "because", ("src/shop/store.py",)
        )
    )
    (hypothesis,) = proposed(builder.build(), Family.STABLE_FORMAT)
    assert hypothesis.title.endswith("whoever changes what `src/shop/store.py` writes must raise `SCHEMA_VERSION`.")


def test_recorded_outputs_that_change_with_one_file() -> None:
    builder = FactsBuilder().module("src/shop/render.py", "def render(): ...")
    golden = tuple(f"tests/golden/{number}.txt" for number in range(3))
    for path in golden:
        builder.file(path, "total")
        builder.cochange(CoChange("src/shop/render.py", path, 5, 9, 6))
    builder.suite(TestSuite(golden_files=golden))
    (hypothesis,) = proposed(builder.build(), Family.STABLE_FORMAT)
    assert hypothesis.title.startswith("What `src/shop/render.py` puts out changes only on purpose: 3 recorded outputs")
