"""The comparison with grimp finds what differs, and says why."""

from __future__ import annotations

from pathlib import Path

from bench.imports import compare, rows
from fixtures.builder import RepositoryBuilder


def test_differences_are_found_and_explained(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "shop")
    builder.write("shopkeeper/__init__.py", "")
    builder.write("shopkeeper/a.py", "from shopkeeper import b\nimport shopkeeper._built\n")
    builder.write("shopkeeper/b.py", "from shopkeeper.b import x\nfrom shopkeeper.loose import c\n")
    builder.write("shopkeeper/loose/c.py", "from shopkeeper import a\n")
    builder.commit("Begin")
    found = compare(tmp_path / "shop", "shopkeeper")
    assert found.both == {("shopkeeper.a", "shopkeeper.b")}
    told = {(row["only"], row["importer"], row["imported"]): row["reason"] for row in rows(found)}
    assert told.pop(("ours", "shopkeeper.b", "shopkeeper.loose.c")).startswith("in a folder without")
    assert told.pop(("ours", "shopkeeper.loose.c", "shopkeeper.a")).startswith("in a folder without")
    assert told.pop(("grimp's", "shopkeeper.b", "shopkeeper.b")).startswith("a module that imports itself")
    assert told.pop(("grimp's", "shopkeeper.a", "shopkeeper")).startswith("of a module that is not tracked")
    assert "unexplained" not in told.values()
