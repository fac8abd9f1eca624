import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("git", "instructor", "litellm", "mcp", "networkx", "numpy", "textual", "tree_sitter")

# Runs a piece of code and then prints, as the last line, what it has imported.
HARNESS = """
import json, sys
try:
    {code}
except SystemExit as leaving:
    assert not leaving.code, leaving.code
print()
print(json.dumps(sorted(sys.modules)))
"""


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


def modules_imported_by(code: str, folder: Path) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", HARNESS.format(code=code)],
        cwd=folder,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    modules: list[str] = json.loads(result.stdout.splitlines()[-1])
    return set(modules)
