"""Runs ready-made contracts through the tools that they are for: ``python -m bench.contracts [--only TOOL]``.

Each case is a small package with a boundary that is kept or broken. The contract is generated, the tool runs on the package, and its
verdict is compared with that of our own check. Tools are looked for on the PATH: ``lint-imports``, ``tach``, ``depcruise``, ``deptrac``,
``mvn`` (ArchUnit; it fetches its libraries). What is not there is said, and counts neither way.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alloy_assist.elicitation.contracts import contract_for
from alloy_assist.operations.evidence import Evidence
from bench.contract_cases import CASES, Case
from fixtures.builder import RepositoryBuilder

_COMMANDS = {
    "import-linter": "lint-imports",
    "tach": "tach",
    "dependency-cruiser": "depcruise",
    "deptrac": "deptrac",
    "archunit": "mvn",
}
_TITLE = "The rule: nobody goes the wrong way"
_SECONDS = 600


@dataclass(frozen=True)
class Result:
    """What a tool and our check say of one package: whether the boundary holds. ``said`` is the end of the tool's output."""

    case: Case
    tool: bool
    ours: bool | None
    said: str = field(repr=False, default="")

    @property
    def agree(self) -> bool:
        """Whether both say what the case was made for."""
        return self.tool is self.case.holds and self.ours is self.case.holds


def run(case: Case, folder: Path) -> Result:
    """Write a package with the generated contract, run the tool, evaluate our check. Raises OSError where the tool is not there."""
    contract = contract_for(case.check, case.tool, _TITLE, case.layers)
    builder = RepositoryBuilder(folder)
    for path, text in {**case.files, **_configured(case, contract)}.items():
        builder.write(path, text)
    builder.commit("The package and its contract")
    ours = Evidence(folder, None).verdicts([case.check])[0].holds
    outputs = [_ran(argv, folder) for argv in _commands(case.tool)]
    return Result(case, all(code == 0 for code, _ in outputs), ours, "\n".join(said for _, said in outputs)[-2000:])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line a case and return 1 where a tool disagrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=_COMMANDS)
    parser.add_argument("--verbose", action="store_true", help="also print what a tool said that disagrees")
    options = parser.parse_args(arguments)
    wrong = 0
    for case in CASES:
        if options.only not in {None, case.tool}:
            continue
        if _found(case.tool) is None:
            sys.stdout.write(f"{case.tool:20} {case.name:34} not here: no {_COMMANDS[case.tool]} on the PATH\n")
            continue
        with tempfile.TemporaryDirectory() as folder:
            result = run(case, Path(folder).resolve() / "package")
        wrong += not result.agree
        sys.stdout.write(f"{case.tool:20} {case.name:34} {_verdict(result)}\n")
        if options.verbose and not result.agree:
            sys.stdout.write(result.said + "\n")
    return 1 if wrong else 0


def _verdict(result: Result) -> str:
    made = "kept" if result.case.holds else "broken"
    said = {True: "kept", False: "broken", None: "unknown"}
    return f"{'agree' if result.agree else 'DIFFER':7} made {made}, tool {said[result.tool]}, ours {said[result.ours]}"


def _ran(argv: list[str], folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        argv,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _found(tool: str) -> str | None:
    """The tool on the PATH, or beside the interpreter that runs this."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    return shutil.which(_COMMANDS[tool], path=path)


def _commands(tool: str) -> Iterator[list[str]]:
    found = _found(tool)
    if found is None:
        raise FileNotFoundError(_COMMANDS[tool])
    rest = {
        "import-linter": ["--no-cache"],
        "tach": ["check"],
        "dependency-cruiser": ["src", "--config", ".dependency-cruiser.json"],
        "deptrac": ["analyse", "--no-progress", "--no-cache"],
        "archunit": ["-q", "-B", "test"],
    }
    yield [found, *rest[tool]]
    if tool == "tach":
        yield [found, "check-external"]


def _configured(case: Case, contract: str) -> Mapping[str, str]:
    """The contract where its tool looks for it, with the few lines around it that a project has already."""
    return dict(_CONFIGURED[case.tool](contract))


def _import_linter(contract: str) -> Iterator[tuple[str, str]]:
    outside = "include_external_packages = true\n" if "include_external_packages" in contract else ""
    yield "pyproject.toml", f'[tool.importlinter]\nroot_packages = ["shop"]\n{outside}\n{contract}'


def _tach(contract: str) -> Iterator[tuple[str, str]]:
    yield "tach.toml", f'source_roots = ["src"]\n\n{contract}'
    yield "pyproject.toml", '[project]\nname = "shop"\nversion = "1"\ndependencies = ["stripe"]\n'


def _dependency_cruiser(contract: str) -> Iterator[tuple[str, str]]:
    options = {"doNotFollow": {"path": "node_modules"}}
    yield ".dependency-cruiser.json", json.dumps({"forbidden": [json.loads(contract)], "options": options})
    yield "package.json", '{"name": "shop", "version": "1.0.0", "dependencies": {"stripe": "1"}}'


def _deptrac(contract: str) -> Iterator[tuple[str, str]]:
    yield "deptrac.yaml", contract.replace("deptrac:\n", "deptrac:\n  paths: [./src]\n", 1)


def _archunit(contract: str) -> Iterator[tuple[str, str]]:
    rule = "\n".join(f"    {line}" for line in contract.splitlines())
    yield (
        "src/test/java/shop/ArchitectureTest.java",
        (
            "package shop;\n\nimport com.tngtech.archunit.junit.AnalyzeClasses;\nimport com.tngtech.archunit.junit.ArchTest;\n"
            "import com.tngtech.archunit.lang.ArchRule;\nimport static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;\n\n"
            f'@AnalyzeClasses(packages = "shop")\nclass ArchitectureTest {{\n{rule}\n}}\n'
        ),
    )
    yield "pom.xml", (Path(__file__).parent / "contract_pom.xml").read_text(encoding="utf-8")


_CONFIGURED: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "import-linter": _import_linter,
    "tach": _tach,
    "dependency-cruiser": _dependency_cruiser,
    "deptrac": _deptrac,
    "archunit": _archunit,
}


if __name__ == "__main__":
    sys.exit(main())
