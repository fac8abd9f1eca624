"""What has put something to the test so far, as far as it was counted: the change that makes a threat matter, with its figures."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from alloy_assist.elicitation.boundary import boundary_of, code
from alloy_assist.elicitation.candidates import Option
from alloy_assist.elicitation.facts import fact_of, text_of
from alloy_assist.elicitation.names import Names
from alloy_assist.elicitation.subject import Subject
from archaeology.model import Family

_HELD = re.compile(r"through (?P<count>\d+) changes?\b.*\bsince (?P<year>\d{4})-(?P<month>\d\d)-\d\d")
_FEWEST = 10
_FEW = 3
_LONGEST = 90
_WHEN = re.compile(r"(?:when|once|as soon as|until|after) (?=\w)", re.IGNORECASE)


def pressures(subject: Subject, names: Names) -> Iterator[Option]:
    """Yield the expectations that figures stand behind, the strongest first; none where nothing was counted."""
    yield from _changes(subject, names)
    if names.warned or names.undone:
        yield from _around_words(subject, names)
    if subject.family == Family.TACIT_COUPLING and (together := fact_of(subject, "together")):
        yield Option("seen-together", f"more changes to one of the two, like the {together} so far that needed both")
    if subject.family == Family.GENERATED_CODE and names.outside and (together := fact_of(subject, "together")):
        yield Option(
            "seen-source", f"the next change of {names.outside}, like the {together} so far that changed {names.inside}"
        )
    if subject.family == Family.STABLE_FORMAT and names.outside and (together := fact_of(subject, "together")):
        yield Option(
            "seen-recorded", f"more changes to {names.inside}, like the {together} so far that changed {names.outside}"
        )
    if subject.family == Family.TYPED_ERRORS and names.gateway:
        yield from _failures(subject, names)
    if subject.family == Family.TEST_ISOLATION and names.gateway and (files := fact_of(subject, "files", "devices")):
        yield Option("seen-tests", f"more tests beside the {files} files that use {names.gateway} today")


def _changes(subject: Subject, names: Names) -> Iterator[Option]:
    """How often what is kept apart was changed: each of these changes could have ended it."""
    boundary = boundary_of(subject.check)
    held = next((found for item in subject.seen if (found := _HELD.search(item.summary))), None)
    if boundary is None or held is None or int(held["count"]) < _FEWEST:
        return
    inside = boundary.inside if boundary.siblings else names.inside
    since = f"{month_name[int(held['month'])]} {held['year']}" if 1 <= int(held["month"]) <= 12 else held["year"]  # noqa: PLR2004
    yield Option("seen-changes", f"further changes to {inside}, of which there were {held['count']} since {since}")


def _around_words(subject: Subject, names: Names) -> Iterator[Option]:
    """When the words themselves say that they may go, and how often what they stand in is changed and repaired."""
    if _WHEN.match(names.until) and len(names.until) <= _LONGEST:
        yield Option("seen-until", names.until, told=True)
    changes, year = fact_of(subject, "changes", "stood"), fact_of(subject, "year", "stood")
    if isinstance(changes, int) and changes >= _FEW and year:
        yield Option(
            "seen-stood", f"further changes to {names.place}, of which there were {changes} since {year}", told=True
        )
    fixes = fact_of(subject, "fixes", "fixes")
    if isinstance(fixes, int) and fixes >= _FEW:
        yield Option("seen-fixes", f"further repairs of {names.place}, of which there were {fixes} so far", told=True)
    after = fact_of(subject, "changes", "since")
    if isinstance(after, int) and after >= _FEW:
        yield Option(
            "seen-after", f"further changes to {names.place}, of which there were {after} since that commit", told=True
        )
    since = fact_of(subject, "since", "survived")
    if isinstance(since, int) and since >= _FEW:
        yield Option(
            "seen-since",
            f"further changes to {names.place}, of which there were {since} since that was taken back",
            told=True,
        )


def _failures(subject: Subject, names: Names) -> Iterator[Option]:
    vendors, kinds = fact_of(subject, "vendors"), fact_of(subject, "kinds")
    if isinstance(vendors, tuple):
        yield Option("seen-vendor", f"the next version of {code(vendors[0])}, with errors that nobody translates yet")
    if isinstance(kinds, tuple):
        yield Option(
            "seen-kinds", f"more ways to fail than the kinds of {names.gateway} today, such as {text_of(kinds)}"
        )
