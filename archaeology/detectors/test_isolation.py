"""Test isolation and determinism: devices that keep tests off the network, the clock, the database and chance.

Why this is evidence of intent: one mocked call is convenience. A device that many test files use, or that refuses connections outright, costs
work in every new test and pays only if tests must run anywhere and say the same each time; a commit that speaks of flaky or slow tests, or a
rule in a document, tells what it was for. Whether it holds for all tests is seen where it is set up for all of them. Tests that do not
import each other, or a local test server, are everybody's habit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from archaeology.detectors.places import cite, cite_all, common_folder
from archaeology.facts import Facts, Flag
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_MAX_DEVICES = 3


@dataclass(frozen=True, slots=True)
class _Aspect:
    """Something that tests can be kept off: what is claimed, the devices that do it, and the words in which people speak of it."""

    name: str
    claim: str
    least: int
    devices: frozenset[str]
    words: re.Pattern[str]


_ASPECTS = (
    _Aspect(
        "the network",
        "Tests run without the network",
        3,
        frozenset(
            {"pytest-socket", "responses", "requests-mock", "respx", "httpx mock", "aioresponses", "httpretty", "vcr"}
            | {"nock", "msw", "WireMock", "MockWebServer", "WebMock", "Http::fake", "Bypass", "moto"}
        ),
        re.compile(r"\b(?:network|offline|internet|flak\w+|real (?:server|requests?|calls?))\b", re.IGNORECASE),
    ),
    _Aspect(
        "the real clock",
        "Tests do not wait for the real clock",
        3,
        frozenset(
            {"freezegun", "time-machine", "fake timers", "fixed clock", "Timecop", "travel_to", "tokio paused time"}
        ),
        re.compile(r"\b(?:flak\w+|sleep\w*|clock|timing|freez\w+|wall[- ]time)\b", re.IGNORECASE),
    ),
    _Aspect(
        "a database server",
        "Tests run without a database server",
        5,
        frozenset(
            {
                "fakeredis",
                "mongomock",
                "sqlmock",
                "miniredis",
                "EF in-memory database",
                "in-memory H2",
                "in-memory SQLite",
            }
        ),
        re.compile(r"\b(?:flak\w+|in[- ]memory|real database|database server|faster tests?)\b", re.IGNORECASE),
    ),
    _Aspect(
        "what another test left behind",
        "Tests leave nothing behind in the database",
        5,
        frozenset({"SQL sandbox"}),
        re.compile(r"\b(?:flak\w+|isolat\w+|sandbox\w*|leak\w*|rolled? ?back|transactional)\b", re.IGNORECASE),
    ),
    _Aspect(
        "chance",
        "Tests that draw at random draw the same every time",
        10,
        frozenset({"seeded randomness"}),
        re.compile(r"\b(?:flak\w+|determinis\w+|seed\w*|reproducib\w+)\b", re.IGNORECASE),
    ),
)
_REFUSING = frozenset({"pytest-socket", "WebMock", "tokio paused time"})
# Files by which a device is set up for all tests of a folder, not for the one that asks for it.
_FOR_ALL = re.compile(
    r"(?:^|/)(?:conftest\.py|(?:spec|rails|test|rspec)_helper\.\w+|(?:jest|vitest|tests?|mocha)?[._-]?setup[\w.-]*\.\w+|"
    r"(?:data|conn|channel)_case\.ex|TestCase\.php|(?:vitest|jest)\.config\.\w+)$|(?:^|/)(?:spec|test)/support/",
    re.IGNORECASE,
)
_TEST_WORD = re.compile(r"\b(?:tests?|testing|specs?|suite|ci)\b", re.IGNORECASE)


def detect_test_isolation(facts: Facts) -> Iterator[Observation]:
    """Yield for each thing that tests are kept off its devices, and the commits and rules that speak of it."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for what, path, line in facts.tests.isolation:
        found[what].append((path, line))
    for aspect in _ASPECTS:
        devices = {
            name: sorted(places)
            for name, places in found.items()
            if name in aspect.devices and (len(places) >= aspect.least or name in _REFUSING)
        }
        if devices:
            yield from _observations(facts, aspect, devices)


def _observations(facts: Facts, aspect: _Aspect, devices: dict[str, list[tuple[str, int]]]) -> Iterator[Observation]:
    group = stable_id("isolation", aspect.name)
    names = sorted(devices, key=lambda name: (-len(devices[name]), name))[:_MAX_DEVICES]
    places = [place for name in names for place in devices[name]]
    yield Observation(
        id=stable_id("obs", "test_isolation", "devices", aspect.name, names),
        category=Category.EVIDENCE,
        family=Family.TEST_ISOLATION,
        summary=f"Tests are kept off {aspect.name} by {', '.join(f'{name} ({len(devices[name])} files)' for name in names)}.",
        subject=(common_folder([path for path, _ in places]) or places[0][0],),
        citations=cite_all(facts, [(path, line, None) for path, line in places], 3),
        data={
            "group": group,
            "role": "devices",
            "aspect": aspect.name,
            "claim": aspect.claim,
            "names": names,
            "files": len({path for path, _ in places}),
            "refuses": [name for name in names if name in _REFUSING],
            **_enforced(facts, names, devices),
        },
    )
    for reason in facts.history.reasons:
        if aspect.words.search(reason.sentence) and _is_of_tests(facts, reason.sentence, reason.paths):
            yield Observation(
                id=stable_id("obs", "test_isolation", "reason", aspect.name, reason.commit),
                category=Category.HISTORICAL,
                family=Family.TEST_ISOLATION,
                summary=f"A commit on tests says: “{reason.sentence}”",
                subject=reason.paths[:4],
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group, "role": "reason", "sentence": reason.sentence},
            )
            break
    for rule in facts.documents.rules:
        if aspect.words.search(rule.text) and _TEST_WORD.search(rule.text):
            yield Observation(
                id=stable_id("obs", "test_isolation", "rule", aspect.name, rule.path, rule.text),
                category=Category.TEXTUAL,
                family=Family.TEST_ISOLATION,
                summary=f"{rule.path} says: “{rule.text}”",
                subject=(rule.path,),
                citations=cite(facts, rule.path, rule.start_line, rule.end_line),
                data={"group": group, "role": "rule"},
            )
            break


def _enforced(facts: Facts, names: list[str], devices: dict[str, list[tuple[str, int]]]) -> dict[str, str | None]:
    """Where one of the devices is set up for all tests, or refuses, and the words of that line: nothing where each test asks for itself."""
    for name in names:
        for path, line in devices[name]:
            words = (facts.reader.text(path) or "").splitlines()[line - 1 : line]
            if words and (_FOR_ALL.search(path) or name in _REFUSING):
                return {"enforced_by": path, "device": name, "words": words[0].strip()}
    return {"enforced_by": None, "device": None, "words": None}


def _is_of_tests(facts: Facts, sentence: str, paths: tuple[str, ...]) -> bool:
    if not _TEST_WORD.search(sentence):
        return False
    return any(path in facts.files and Flag.TEST in facts.files[path].flags for path in paths)
