"""Checks over paths, lines, symbols and tests."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from archaeology.checks.globs import path_matches, text_matches
from archaeology.checks.verdict import Verdict, Violation
from archaeology.facts import Facts
from archaeology.model import PathExists, PatternAbsent, PatternPresent, SymbolExists, TestExists
from archaeology.text import visible_line

MAX_PATTERN = 2_000
MAX_LINE = 4_000
MAX_VIOLATIONS = 200
# Seconds for one line; a pattern that needs longer is one that backtracks without end.
LINE_SECONDS = 0.25


def evaluate_path(check: PathExists, facts: Facts) -> Verdict:
    """Return whether a tracked file, or a folder with one, is where the glob says."""
    found = next((path for path in sorted(facts.files) if path_matches(path, (check.path,))), None)
    if found is not None:
        return Verdict(True, (), f"{visible_line(found)} is there.")
    return Verdict(
        False, (Violation(check.path, None, "no tracked file matches"),), f"No tracked file matches {check.path!r}."
    )


def evaluate_pattern(check: PatternAbsent | PatternPresent, facts: Facts) -> Verdict:
    """Return whether the expression is on no line, or on at least one, of the matched files.

    Lines are looked at one by one, their first 4,000 characters only. An expression that is wrong, too long, or takes too long on a
    line makes the verdict unknown instead of making somebody wait.
    """
    try:
        expression = _compiled(check.pattern)
    except (regex.error, ValueError) as error:
        return Verdict(None, (), f"The pattern {check.pattern!r} cannot be used: {error}.")
    excluded = check.except_paths if isinstance(check, PatternAbsent) else ()
    paths = [
        path for path in sorted(facts.files) if path_matches(path, check.paths) and not path_matches(path, excluded)
    ]
    try:
        hits = list(_hits(expression, paths, facts))
    except TimeoutError:
        return Verdict(
            None, (), f"The pattern {check.pattern!r} takes too long on a line of these files; write it more simply."
        )
    if isinstance(check, PatternAbsent):
        return Verdict(
            not hits, tuple(hits), f"{len(hits)} lines match." if hits else f"No line of {len(paths)} files matches."
        )
    if hits:
        return Verdict(True, (), f"{hits[0].path}:{hits[0].line} matches.")
    where = ", ".join(check.paths)
    return Verdict(False, (Violation(where, None, "no line matches"),), f"No line of {len(paths)} files matches.")


def evaluate_symbol(check: SymbolExists, facts: Facts) -> Verdict:
    """Return whether a definition of this qualified name is in the file, or in a file under the folder."""
    below = check.path if check.path.endswith("/") else check.path + "/"
    for path in sorted(facts.code):
        if path == check.path or path.startswith(below) or not check.path:
            for definition in facts.code[path].definitions:
                if definition.name == check.symbol:
                    return Verdict(True, (), f"{path}:{definition.start_line} defines {check.symbol}.")
    return Verdict(
        False,
        (Violation(check.path, None, f"{check.symbol} is not defined there"),),
        f"No definition of {check.symbol!r}.",
    )


def evaluate_test(check: TestExists, facts: Facts) -> Verdict:
    """Return whether a test whose id matches the glob exists (``*`` stands for anything, slashes and colons too)."""
    found = next((case for case in facts.tests.cases if text_matches(check.test, case.id)), None)
    if found is not None:
        return Verdict(True, (), f"{found.id} is there.")
    return Verdict(False, (Violation(check.test, None, "no such test"),), f"No test matches {check.test!r}.")


def _compiled(pattern: str) -> regex.Pattern[str]:
    if len(pattern) > MAX_PATTERN:
        message = f"it is longer than {MAX_PATTERN} characters"
        raise ValueError(message)
    return regex.compile(pattern)


def _hits(expression: regex.Pattern[str], paths: list[str], facts: Facts) -> Iterator[Violation]:
    count = 0
    for path in paths:
        text = facts.reader.text(path)
        if text is None:
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            if expression.search(line[:MAX_LINE], timeout=LINE_SECONDS):
                yield Violation(path, number, visible_line(line[:200]))
                count += 1
                if count == MAX_VIOLATIONS:
                    return
