"""What a repository tells of a package that a person names, read from real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from alloy_assist.operations.evidence import Evidence
from archaeology.errors import ArchaeologyError
from archaeology.model import Category
from fixtures.builder import RepositoryBuilder


@pytest.fixture
def used(tmp_path: Path) -> Evidence:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.write(
        "pyproject.toml",
        '[project]\nname = "shop"\n# httpx is not here for fun\ndependencies = [\n  "httpx>=0.27",\n]\n',
    )
    builder.write("shop/__init__.py", "")
    builder.write("shop/net/__init__.py", "")
    builder.write("shop/net/client.py", "import httpx\n\n\ndef get() -> None:\n    httpx.get('x')\n")
    builder.write("shop/net/retry.py", "import json\nfrom httpx import Client\n\nCLIENT = Client\n")
    builder.write(
        "tests/test_client.py", "import httpx\nimport responses\n\n\ndef test_it() -> None:\n    assert httpx\n"
    )
    builder.write("tools/go.mod", "module example.org/tools\n\nrequire github.com/gdamore/tcell/v2 v2.7.0\n")
    builder.write("tools/main.go", 'package main\n\nimport "github.com/gdamore/tcell/v2"\n\nvar _ = tcell.New\n')
    builder.commit("Begin")
    return Evidence(tmp_path / "shop", None)


def test_who_imports_it_is_counted_and_cited_and_the_manifest_is_quoted(used: Evidence) -> None:
    imported, asked = used.uses("httpx")
    assert imported.summary == "2 files import `httpx`, all in `shop/net/`; so does 1 test"
    assert imported.names == ("shop/net/client.py", "shop/net/retry.py")
    assert [(place.path, place.start_line) for place in imported.places if place.kind == "code"] == [
        ("shop/net/client.py", 1),
        ("shop/net/retry.py", 2),
    ]
    assert asked.summary == "`pyproject.toml` asks for it: “httpx>=0.27”"
    assert asked.category is not Category.TEXTUAL  # what a manifest says is no rule that could be offered as one
    assert [place.start_line for place in asked.places if place.kind == "code"] == [5]


def test_a_package_of_the_tests_is_said_to_be_one(used: Evidence) -> None:
    (imported,) = used.uses("responses")
    assert imported.summary == "1 test or example imports `responses`"


def test_a_package_is_known_by_the_part_of_its_name_that_people_say(used: Evidence) -> None:
    imported, asked = used.uses("TCell")
    assert imported.names == ("tools/main.go",)
    assert "tools/go.mod" in asked.summary


@pytest.mark.parametrize("name", ["http", "httpx2", "shop", "", "  ", "[", "x" * 5000, "\x1b[31m"])
def test_what_nobody_imports_is_not_made_up(used: Evidence, name: str) -> None:
    assert not [seen for seen in used.uses(name) if seen.id == "imported"]


def test_no_name_is_the_name_of_nothing(used: Evidence) -> None:
    assert used.uses(" ") == ()


def test_a_folder_that_is_no_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchaeologyError):
        Evidence(tmp_path, None).uses("httpx")
