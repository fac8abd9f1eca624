"""What kind of test it is, and which issue it remembers, told by names, places and markers."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("benchmark", frozenset({"benchmark", "benchmarks", "bench", "benches", "perf", "performance"})),
    ("contract", frozenset({"contract", "contracts", "pact", "pacts", "conformance"})),
    ("property", frozenset({"property", "properties", "fuzz", "fuzzing"})),
    (
        "integration",
        frozenset(
            {
                "integration",
                "integrationtest",
                "integration_tests",
                "integration-tests",
                "it",
                "e2e",
                "end2end",
                "end_to_end",
                "functional",
                "acceptance",
                "system",
                "system_tests",
                "smoke",
                "androidtest",
                "features",
            }
        ),
    ),
)
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("property", re.compile(r"^(?:given|hypothesis|property|propertytest|proptest|quickcheck|fuzz)\b", re.IGNORECASE)),
    ("benchmark", re.compile(r"^bench(?:mark)?s?\b", re.IGNORECASE)),
    ("contract", re.compile(r"^(?:contract|pact)s?\b", re.IGNORECASE)),
    ("snapshot", re.compile(r"^(?:snapshot|golden|approval)s?\b", re.IGNORECASE)),
    (
        "integration",
        re.compile(
            r"^(?:integration|e2e|end_to_end|functional|acceptance|system|network|live|django_db|database|docker|requires_\w+|springboottest|testcontainers)",
            re.IGNORECASE,
        ),
    ),
)
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "property",
        re.compile(
            r"\bfc\.(?:assert|property)\(|\bforAll\(|\bproptest!|\bquickcheck\(|\brapid\.Check\(|\bcheck all\b|\bprop_assert"
        ),
    ),
    (
        "snapshot",
        re.compile(
            r"toMatch(?:Inline|File)?Snapshot\(|\bsnapshot\b\s*(?:==|\()|==\s*snapshot\b|assert_match_snapshot|insta::assert|assert_(?:\w+_)?snapshot!|cupaloy\.|goldie\.|\bverify\w*\(.*approv|Approvals\.verify|matchesSnapshot|assertMatchesSnapshot|data_regression|file_regression|match_snapshot"
        ),
    ),
)
_ISSUE_NAME = re.compile(
    r"(?:(?:^|[_\W])(?:issue|gh|bug|ticket|regress(?:ion)?|pr|jira|bpo|cve)|Issue|GH|Bug|Ticket)[_\s#-]{0,3}(\d{1,7}(?:[-_]\d{3,7})?)(?![0-9a-z])"
)
_ISSUE_WORDS = re.compile(
    r"(?:\b(?:issues?|bug|ticket|fix(?:es|ed)?|clos(?:es|ed)|regression(?: test)?(?: for)?|see|refs?|gh|reported in|from)\W{1,4}(?:[\w.-]+/[\w.-]+)?|\bGH)[#-](\d{1,7})\b"
    r"|/(?:issues|ticket|pull|merge_requests|bugs?)/(\d{1,7})\b|\b(?:issue|ticket|bug) (\d{2,7})\b|\b([A-Z][A-Z0-9]{1,9}-\d{1,6})\b(?=.{0,40}\bregression)",
    re.IGNORECASE,
)


_INTEGRATION = re.compile(r"(?:^|[._-])(?:e2e|integration|it)(?:[._-]|$)|(?:IT|IntegrationTests?)\.\w+$")
_BODY_WORDS = (
    "fc.", "forAll(", "proptest!", "quickcheck(", "rapid.Check", "check all", "prop_assert", "Snapshot", "snapshot", "insta::", "cupaloy",
    "goldie", "Approvals", "approv", "data_regression", "file_regression",
)  # fmt: skip


def bodies_tell(source: str) -> bool:
    """Whether the body of any test in a file can tell what kind it is; most files need no further look."""
    return any(word in source for word in _BODY_WORDS)


def kind_of(path: str, name: str, markers: tuple[str, ...], body: str) -> str:
    """Return ``unit``, ``integration``, ``property``, ``snapshot``, ``contract`` or ``benchmark``.

    Markers count before the body, the body before the place: the nearest word is the best.
    """
    for kind, pattern in _MARKERS if markers else ():
        if any(pattern.match(marker) for marker in markers):
            return kind
    for kind, pattern in _BODIES if body else ():
        if pattern.search(body):
            return kind
    if place := _kind_of_place(path):
        return place
    lowered = name.lower()
    if "contract" in lowered:
        return "contract"
    return "benchmark" if lowered.startswith("benchmark") else "unit"


@lru_cache(maxsize=64)
def _kind_of_place(path: str) -> str:
    """What kind the tests of a file are by its folders and its name; empty where these say nothing."""
    *parts, stem = path.split("/")
    folders = {part.lower() for part in parts}
    for kind, names in _FOLDERS:
        if folders & names:
            return kind
    if _INTEGRATION.search(stem):
        return "integration"
    return "contract" if "contract" in stem.lower() else ""


def issue_of(name: str, words: str) -> str | None:
    """Return the issue that a test names (``#41``): in its own name, else in the comments and docstring around its head."""
    if found := _ISSUE_NAME.search(name):
        return f"#{found.group(1)}"
    if words and (found := _ISSUE_WORDS.search(words)):
        number = next(group for group in found.groups() if group)
        return number if "-" in number else f"#{number}"
    return None
