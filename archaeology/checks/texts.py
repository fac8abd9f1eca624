"""Checks over paths, lines, symbols and tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

import regex

from archaeology.checks.globs import matching_paths, path_matches, text_matches
from archaeology.checks.lines import LineFinder
from archaeology.checks.verdict import Verdict, Violation
from archaeology.facts import Facts
from archaeology.model import PathExists, PatternAbsent, PatternPresent, SymbolExists, TestExists
from archaeology.reader import in_parts, preload
from archaeology.text import visible_line

MAX_PATTERN = 2_000
MAX_VIOLATIONS = 200
_FEW = 3
_RAISE = "raise"
_NAME = re.compile(r"\w{2,}")


def evaluate_path(check: PathExists, facts: Facts) -> Verdict:
    """Return whether a tracked file, or a folder with one, is where the glob says."""
    found = next(iter(matching_paths(facts.paths, (check.path,))), None)
    if found is not None:
        return Verdict(True, (), f"{visible_line(found)} is there.")
    return Verdict(
        False, (Violation(check.path, None, "no tracked file matches"),), f"No tracked file matches {check.path!r}."
    )


def evaluate_pattern(check: PatternAbsent | PatternPresent, facts: Facts, most: int = MAX_VIOLATIONS) -> Verdict:
    """Return whether the expression is on no line, or on at least one, of the matched files; of those that should not be there ``most`` are named.

    Lines are looked at one by one, their first 4,000 characters only. An expression that is wrong, too long, or takes too long on a
    line makes the verdict unknown instead of making somebody wait.
    """
    try:
        finder = _finder(check.pattern)
    except (regex.error, ValueError) as error:
        return Verdict(None, (), f"The pattern {check.pattern!r} cannot be used: {error}.")
    excluded = check.except_paths if isinstance(check, PatternAbsent) else ()
    paths = [path for path in matching_paths(facts.paths, check.paths) if not path_matches(path, excluded)]
    wanted = most if isinstance(check, PatternAbsent) else 1
    likely = _likely(check.pattern, paths, facts) if most == 1 and isinstance(check, PatternAbsent) else {}
    rest = [path for path in paths if path not in likely] if likely else paths
    try:
        hits = list(islice(chain(_hits(finder, [*likely], facts), _hits(finder, rest, facts)), wanted))
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


def _likely(pattern: str, paths: Sequence[str], facts: Facts) -> dict[str, None]:
    """The files that raise what an expression for a ``raise`` names, in order: whoever asks for one line only is soonest answered by them."""
    if _RAISE not in pattern:
        return {}
    named = set(_NAME.findall(pattern))
    known = ((path, facts.code.get(path)) for path in paths)
    return dict.fromkeys(path for path, code in known if code and any(item.type in named for item in code.raises))


def _finder(pattern: str) -> LineFinder:
    if len(pattern) > MAX_PATTERN:
        message = f"it is longer than {MAX_PATTERN} characters"
        raise ValueError(message)
    return LineFinder(pattern)


def _hits(finder: LineFinder, paths: Sequence[str], facts: Facts) -> Iterator[Violation]:
    for part in in_parts(paths, facts.files):
        if len(part) > _FEW:
            preload(facts.reader, part)
        for path in part:
            text = facts.reader.text(path)
            for number, line in finder.find(text) if text is not None else ():
                yield Violation(path, number, visible_line(line[:200]))
