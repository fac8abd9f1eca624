from pathlib import Path

import pytest

from fixtures.modules import modules_imported_by

HEAVY = ("git", "instructor", "litellm", "mcp", "networkx", "numpy", "textual", "tree_sitter")


@pytest.mark.parametrize(
    "code",
    [
        "import alloy_assist.cli",
        "sys.argv = ['alloy', '--help']; from alloy_assist.__main__ import main; main()",
        "sys.argv = ['alloy', '--version']; from alloy_assist.__main__ import main; main()",
    ],
    ids=["import", "--help", "--version"],
)
def test_the_command_line_starts_without_what_is_slow_to_import(code: str, tmp_path: Path) -> None:
    imported = modules_imported_by(code, folder=tmp_path)

    assert "alloy_assist.cli" in imported
    assert imported.isdisjoint(HEAVY)
