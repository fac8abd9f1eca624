"""The one place that knows all kinds of checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from archaeology.checks.imports import evaluate_boundary
from archaeology.checks.texts import MAX_VIOLATIONS, evaluate_path, evaluate_pattern, evaluate_symbol, evaluate_test
from archaeology.checks.verdict import Verdict, Violation
from archaeology.facts import Facts
from archaeology.model import (
    Check,
    Command,
    ImportBoundary,
    PathExists,
    PatternAbsent,
    PatternPresent,
    SymbolExists,
    TestExists,
)

# Runs a command in the repository and returns its exit code, or None where it did not end in time.
CommandRunner = Callable[[Command], int | None]


def evaluate(check: Check, facts: Facts, *, run: CommandRunner | None = None, most: int = MAX_VIOLATIONS) -> Verdict:
    """Return whether the check holds for these facts, with the places where it does not.

    Of lines that should not be there ``most`` are named at most: who only asks whether a check holds needs no more than one, for which
    fewer files have to be read. Commands are run by ``run`` only, which a front door passes in once a person has agreed; without it their verdict is unknown.
    """
    match check:
        case ImportBoundary():
            return evaluate_boundary(check, facts.imports, facts.paths)
        case PathExists():
            return evaluate_path(check, facts)
        case PatternAbsent() | PatternPresent():
            return evaluate_pattern(check, facts, most)
        case SymbolExists():
            return evaluate_symbol(check, facts)
        case TestExists():
            return evaluate_test(check, facts)
        case Command():
            return _command(check, run)
        case _:
            assert_never(check)


def _command(check: Command, run: CommandRunner | None) -> Verdict:
    said = " ".join(check.argv)
    if run is None:
        return Verdict(None, (), f"{said!r} runs only on a person's word.")
    code = run(check)
    if code is None:
        return Verdict(None, (), f"{said!r} did not end within {check.timeout_seconds} seconds.")
    if code == 0:
        return Verdict(True, (), f"{said!r} exited with 0.")
    return Verdict(
        False,
        (Violation(check.argv[0] if check.argv else "", None, f"exited with {code}"),),
        f"{said!r} exited with {code}.",
    )
