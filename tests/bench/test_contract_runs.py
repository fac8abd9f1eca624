"""Ready-made contracts in the tool that they are for: the tool that is installed with us runs here, the others by hand."""

from pathlib import Path

import pytest

from bench.contract_cases import CASES, Case
from bench.contracts import run

OURS = [case for case in CASES if case.tool == "import-linter"]


@pytest.mark.parametrize("case", OURS, ids=[case.name for case in OURS])
def test_the_tool_says_of_the_contract_what_our_check_says_of_the_boundary(case: Case, tmp_path: Path) -> None:
    result = run(case, tmp_path / "package")
    assert result.tool is case.holds, result.said
    assert result.ours is case.holds
