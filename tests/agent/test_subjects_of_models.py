"""What a model is told of a repository: remarks of people, spread over it, and no more than it can read."""

from pathlib import Path

import pytest

from alloy_assist.operations.model_subjects import LARGE, SMALL, overview_of, remarks_of
from archaeology.survey import ScanOptions, reading
from fixtures.builder import RepositoryBuilder

RULE = "Rows must never be changed after they were written, support replays orders from them."
FILES = {
    "app/events.py": f'"""Events.\n\n{RULE}\n"""\n\n\ndef add(rows):\n    rows.append(1)\n',
    "app/pay.py": "# Never retry a transfer: the bank has no key against doubles.\n# x\n\nA = 1\n\n"
    "# Do not round here, because the ledger does so and totals have to add up.\nB = 2\n",
    "tests/test_pay.py": "# Never mind that this test is slow, because nobody runs it anyway.\nC = 1\n",
    "ARCHITECTURE.md": "# Plugins\n\nA plugin must load in every 2.x without a change, since people have hundreds.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    builder = RepositoryBuilder(tmp_path_factory.mktemp("remarks") / "shop")
    for path, text in FILES.items():
        builder.write(path, text)
    builder.commit("Begin\n")
    builder.write("app/page.py", "D = 1\n")
    builder.commit("Call the vendor from the worker, so that no page ever waits for them\n")
    return builder.folder


def remarks(folder: Path, quoted: tuple[str, ...] = ()) -> list[str]:
    with reading(folder, ScanOptions(use_cache=False, jobs=1)) as facts:
        return remarks_of(facts, quoted).splitlines()


def test_remarks_come_from_comments_documents_and_messages_with_their_places(built: Path) -> None:
    found = remarks(built)

    assert any(line.startswith("app/pay.py:1: Never retry a transfer") for line in found)
    assert any(line.startswith("ARCHITECTURE.md:3: ") for line in found)
    assert any(line.startswith("commit ") and "no page ever waits" in line for line in found)
    assert not any("tests/" in line for line in found)
    assert found == remarks(built)


def test_the_second_remark_of_a_file_comes_after_the_first_of_every_other(built: Path) -> None:
    places = [line.partition(":")[0] for line in remarks(built)]

    assert places.index("app/pay.py") < places.index("ARCHITECTURE.md") or places[0] == "ARCHITECTURE.md"
    assert len(places) > len(set(places))
    assert len(set(places[: len(set(places))])) == len(set(places))


def test_what_evidence_quotes_already_is_not_told_again(built: Path) -> None:
    assert not any(
        "Never retry" in line
        for line in remarks(built, ("# Never retry a transfer: the bank has no key against doubles.",))
    )


def test_a_small_model_is_told_less(built: Path) -> None:
    with reading(built, ScanOptions(use_cache=False, jobs=1)) as facts:
        assert len(overview_of(facts, SMALL)) <= len(overview_of(facts, LARGE)) < 2_000
    assert SMALL.remarks * SMALL.line < 4_000
