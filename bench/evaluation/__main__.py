"""Run an evaluation: ``python -m bench.evaluation contracts|predictive|linter ...`` (see ``--help``)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.evaluation.contracts import run_contracts
from bench.evaluation.linter import run_linter
from bench.evaluation.predictive import run_predictive


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments and run what they name; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    contracts = commands.add_parser("contracts", help="scan blinded clones and score them against stated contracts")
    contracts.add_argument("--dataset", type=Path, required=True, help="the contracts, as the scorer reads them")
    contracts.add_argument("--scorer", type=Path, required=True, help="the scoring script")
    contracts.add_argument(
        "--clones", type=Path, required=True, help="a folder with a blinded clone per repository: owner+name"
    )
    contracts.add_argument(
        "--results", type=Path, required=True, help="where the surveys are written, one JSON file each"
    )
    contracts.add_argument("--top", type=int, default=20, help="hypotheses that count for recall")
    contracts.add_argument("--only", default="", help="only repositories whose name contains this")
    contracts.set_defaults(run=run_contracts)

    predictive = commands.add_parser(
        "predictive", help="mine clones as they were, and see what holds in the clones of today"
    )
    predictive.add_argument("--past", type=Path, help="a folder with a clone per repository, as it was")
    predictive.add_argument(
        "--years", type=int, nargs="*", default=[], help="mine the clones of today as they were so many years before"
    )
    predictive.add_argument(
        "--present", type=Path, required=True, help="a folder with a clone per repository, as it is"
    )
    predictive.add_argument("--only", default="", help="only repositories whose name contains this")
    predictive.set_defaults(run=run_predictive)

    linter = commands.add_parser(
        "linter", help="compare verdicts and violations with import-linter's, contract by contract"
    )
    linter.add_argument(
        "--dataset", type=Path, required=True, help="the contracts, with the repositories' source roots"
    )
    linter.add_argument(
        "--clones", type=Path, required=True, help="a folder with a full clone per repository: owner+name"
    )
    linter.add_argument("--only", default="", help="only repositories whose name contains this")
    linter.set_defaults(run=run_linter)

    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
