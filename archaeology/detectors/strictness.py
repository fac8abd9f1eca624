"""What a tool's setting refuses, in plain words. Pure; what is not in the list is no line that somebody drew."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REFUSALS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"^strict$", "code whose types are incomplete"),
        (r"^checks Readability\.Specs$", "public functions without a specification of their types"),
        (r"disallow_untyped_defs", "functions without types"),
        (r"disallow_incomplete_defs", "functions with only half of their types"),
        (r"disallow_any_generics|no[-_]?implicit[-_]?any|disallow_any", "values of unknown type"),
        (r"warnings are errors", "tests during which anything warns"),
        (r"strict-markers|strict_markers", "test markers that nobody declared"),
        (r"xfail_strict", "tests that are expected to fail and pass"),
        (
            r"^-?D ?warnings|deny\(?warnings|TreatWarningsAsErrors|^warnings as errors|-Werror",
            "code that compiles with warnings",
        ),
        (r"(?:deny|forbid)[ (]*unsafe_code", "unsafe code"),
        (r"(?:deny|forbid|-D)[ (]*missing_docs", "public items without documentation"),
        (r"max[-_ ]?complexity\D*(\d+)", "functions more complex than {0}"),
        (
            r"^target (\d{2,3}(?:\.\d+)?) ?%? of changed lines$",
            "changes that leave less than {0} % of their own lines tested",
        ),
        (
            r"^(?:target|at least|fail_under|threshold)?\W*(\d{2,3}(?:\.\d+)?) ?%?$|fail[-_ ]under\D*(\d+)|coverage at least (\d+)",
            "changes that leave less than {0} % of the lines tested",
        ),
        # The first levels of such scales are what any code passes.
        (r"^level ([5-9]|1\d|max)$", "code below level {0} of its scale"),
        (r"^exhaustive$", "modules that no layer names"),
        (r"strictNullChecks", "values that may be null where none is expected"),
        (r"noUncheckedIndexedAccess", "list items taken for granted"),
    )
)
_BROAD = re.compile(r"^select: (.+)$")
_ALL = re.compile(r"\bALL\b")
_LOOSE = re.compile(r"^(?:loose: |loosened |ignores |disables |excludes )")


def refusals(strictness: Sequence[str]) -> tuple[str, ...]:
    """Return what the settings refuse, each said once: ``("functions without types",)``; empty where they refuse nothing special."""
    found: list[str] = []
    for setting in strictness:
        if _LOOSE.match(setting):
            continue
        selected = _BROAD.match(setting)
        if selected and _ALL.search(selected.group(1)):
            found.append("whatever any of its rules objects to")
        for pattern, words in _REFUSALS:
            match = pattern.search(setting)
            if match:
                found.append(words.format(*[group for group in match.groups() if group]))
                break
    return tuple(dict.fromkeys(found))


def loosened(strictness: Sequence[str]) -> tuple[str, ...]:
    """Return the settings that take something back."""
    return tuple(setting for setting in strictness if _LOOSE.match(setting))
