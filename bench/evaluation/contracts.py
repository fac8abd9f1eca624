"""Blind scan and score: scans each blinded clone and hands the surveys to the scorer."""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from archaeology.survey import ScanOptions, scan
from bench.evaluation.predictive import BINS
from bench.evaluation.reading import clones


def run_contracts(options: argparse.Namespace) -> int:
    """Write ``alloy scan --json`` of every clone and score it; then again without the pairs that our own exceptions allow.

    The scorer multiplies sources by what is forbidden and knows no exceptions, so the second table is the stricter one.
    """
    options.results.mkdir(parents=True, exist_ok=True)
    for clone in clones(options.clones, options.only):
        begin = time.perf_counter()
        survey = scan(clone, ScanOptions(use_cache=False))
        (options.results / f"{clone.name}.json").write_text(survey.model_dump_json(by_alias=True))
        print(
            f"{clone.name}: {len(survey.hypotheses)} hypotheses, {time.perf_counter() - begin:.1f} s", file=sys.stderr
        )
    command = [
        sys.executable,
        str(options.scorer),
        str(options.dataset),
        str(options.results),
        "--top",
        str(options.top),
    ]
    subprocess.run(command, check=True)
    _meant(options.scorer, options.dataset, options.results)
    print("\nwithout the pairs that exceptions allow")
    return _strictly(options.scorer, options.dataset, options.results, options.top)


def _meant(scorer: Path, dataset: Path, results: Path) -> None:
    """Print for each range of confidence how many boundaries hit a stated contract, by the scorer's own rule: a floor of what is meant."""
    module = _load(scorer)
    by_bin: dict[tuple[float, float], list[bool]] = {pair: [] for pair in pairwise(BINS)}
    for repository in json.loads(dataset.read_text())["repos"]:
        file = results / (repository["repo"].replace("/", "+") + ".json")
        for hypothesis in json.loads(file.read_text())["hypotheses"] if file.exists() else ():
            pairs = module.mined_pairs(hypothesis)
            if pairs:
                sure = hypothesis["confidence"]
                chosen = next(pair for pair in by_bin if sure < pair[1] or pair[1] == BINS[-1])
                by_bin[chosen].append(_hits(module, pairs, module.stated_pairs(repository)))
    print("\nboundaries that hit a stated contract (a floor of what is meant)")
    for (low, high), hits in by_bin.items():
        print(f"{low:.1f} to {high:.1f}   {sum(hits):4}/{len(hits):<4} {sum(hits) / max(1, len(hits)):6.1%}")


def _hits(module: ModuleType, pairs: Sequence[tuple[str, str]], stated: Sequence[dict[str, Any]]) -> bool:
    hits = sum(any(module.overlap(s, one["s"]) and module.overlap(t, one["t"]) for one in stated) for s, t in pairs)
    return hits * 2 >= len(pairs)


def _strictly(scorer: Path, dataset: Path, results: Path, top: int) -> int:
    module = _load(scorer)
    loose = module.mined_pairs

    def strict_pairs(hypothesis: dict[str, Any]) -> list[tuple[str, str]]:
        check = hypothesis.get("check") or {}
        allowed = {(exception["from"], exception["to"]) for exception in check.get("except", ())}
        return [pair for pair in loose(hypothesis) if pair not in allowed]

    module.__dict__["mined_pairs"] = strict_pairs
    rows = []
    for repository in json.loads(dataset.read_text())["repos"]:
        file = results / (repository["repo"].replace("/", "+") + ".json")
        row = module.score(repository, json.loads(file.read_text()), top) if file.exists() else None
        if row:
            rows.append(row)
            print(
                f"{row['repo']:44} p10 {row['p10']:.2f}  recall {row['recall_contracts']:.2f}  touched {row['contracts_touched']:.2f}"
            )
    for name in ("p10", "recall_contracts", "contracts_touched"):
        if rows:
            print(f"mean {name}: {sum(row[name] for row in rows) / len(rows):.3f}")
    return 0


def _load(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("scorer", path)
    if specification is None or specification.loader is None:
        message = f"{path} is no Python file."
        raise SystemExit(message)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
