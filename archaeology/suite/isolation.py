"""What keeps tests off the network, the clock and the database, what they run on, and what they compare with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archaeology.facts import File, Flag
from archaeology.suite.texts import TestText

# Name, words of which one must be there (finding them is a hundred times cheaper than matching), and what to match then.
_Sign = tuple[str, tuple[str, ...], re.Pattern[str]]


def _signs(*signs: tuple[str, str, str]) -> tuple[_Sign, ...]:
    return tuple((name, tuple(words.split()), re.compile(pattern, re.MULTILINE)) for name, words, pattern in signs)


_DEVICES = _signs(
    ("pytest-socket", "socket", r"--disable-socket|\bdisable_socket\(|\bpytest_socket\b|\bsocket_disabled\b"),
    (
        "freezegun",
        "freezegun freeze_time",
        r"\bfreezegun\b|@freeze_time\(|\bfreeze_time\([\"']|pytest\.mark\.freeze_time",
    ),
    ("time-machine", "time_machine", r"\btime_machine\b"),
    (
        "in-memory SQLite",
        "sqlite :memory: mode=memory",
        r"sqlite(?:\+\w+)?:(?://)?/?:memory:|sqlite(?:\+\w+)?://[\"']|[\"']:memory:[\"']|mode=memory",
    ),
    ("responses", "responses", r"^[ \t]*(?:import responses|from responses)\b|@responses\.activate"),
    ("requests-mock", "requests_mock", r"\brequests_mock\b"),
    ("respx", "respx", r"\brespx\b"),
    ("httpx mock", "httpx", r"\bhttpx_mock\b|\bhttpx\.MockTransport\b|\bpytest_httpx\b"),
    ("aioresponses", "aioresponses", r"\baioresponses\b"),
    ("httpretty", "httpretty", r"\bhttpretty\b"),
    ("vcr", "vcr VCR use_cassette", r"\bvcrpy\b|\bimport vcr\b|\buse_cassette\b|pytest\.mark\.vcr|\bVCR\.configure\b"),
    ("moto", "moto mock_aws", r"^[ \t]*(?:from|import) moto\b|@mock_aws\b"),
    ("fakeredis", "fakeredis", r"\bfakeredis\b"),
    ("pyfakefs", "pyfakefs fake_filesystem", r"\bpyfakefs\b|\bfake_filesystem\b"),
    ("mongomock", "mongomock", r"\bmongomock\b"),
    ("testcontainers", "testcontainers DotNet.Testcontainers", r"\btestcontainers\b|DotNet\.Testcontainers"),
    ("nock", "nock", r"(?:from|require\()\s*['\"]nock['\"]"),
    ("msw", "msw", r"(?:from|require\()\s*['\"]msw(?:/\w+)?['\"]"),
    ("fake timers", "useFakeTimers fakeAsync installFakeTimers", r"\b(?:useFakeTimers|fakeAsync|installFakeTimers)\("),
    ("WireMock", "WireMock wiremock", r"\bWireMock\b|\bwiremock\b"),
    ("MockWebServer", "MockWebServer", r"\bMockWebServer\b"),
    ("in-memory H2", "jdbc:h2:mem", r"jdbc:h2:mem"),
    (
        "fixed clock",
        "Clock.fixed FakeTimeProvider FakeClock TestClock ManualClock FixedClock",
        r"\bClock\.fixed\(|\b(?:FakeTimeProvider|FakeClock|TestClock|ManualClock|FixedClock)\b|\bclockwork\.NewFakeClock",
    ),
    ("httptest", "httptest.New", r"\bhttptest\.New(?:Server|TLSServer|Recorder)\("),
    ("sqlmock", "sqlmock.New", r"\bsqlmock\.New"),
    ("miniredis", "miniredis.", r"\bminiredis\."),
    ("EF in-memory database", "UseInMemoryDatabase", r"\bUseInMemoryDatabase\("),
    ("WebMock", "WebMock", r"\bWebMock\b"),
    ("Timecop", "Timecop", r"\bTimecop\b"),
    ("travel_to", "travel_to setTestNow freeze_time", r"\btravel_to\b|\bfreeze_time do\b|\bCarbon::setTestNow\("),
    ("Http::fake", "Http::fake", r"\bHttp::fake\("),
    ("Bypass", "Bypass.open", r"\bBypass\.open\("),
    (
        "SQL sandbox",
        "SQL.Sandbox RefreshDatabase use_transactional_",
        r"\bSQL\.Sandbox\b|\bRefreshDatabase\b|\buse_transactional_(?:tests|fixtures)\b",
    ),
    ("tokio paused time", "start_paused time::pause", r"start_paused\s*=\s*true|\btokio::time::pause\("),
    (
        "seeded randomness",
        "random.seed derandomize Random( SeedableRng --randomly-seed=",
        r"\brandom\.seed\(\d|\bderandomize\s*=\s*True|\bRandom\(\d+\)|\bSeedableRng\b|--randomly-seed=\d",
    ),
    ("warnings are errors", "filterwarnings", r"^[ \t]*filterwarnings[ \t]*=[ \t]*\[?\s{0,40}[\"']?error\b"),
)
_DEVICE_WORDS = tuple(dict.fromkeys(word for _, words, _ in _DEVICES for word in words))
_FRAMEWORKS: dict[str, tuple[_Sign, ...]] = {
    "python": _signs(
        ("pytest", "pytest def", r"^[ \t]*(?:import|from)[ \t]+pytest\b|^(?:async )?def test_\w+\("),
        ("unittest", "unittest", r"^[ \t]*(?:import|from)[ \t]+unittest\b"),
        ("hypothesis", "hypothesis", r"^[ \t]*(?:import|from)[ \t]+hypothesis\b"),
        ("syrupy", "syrupy", r"\bsyrupy\b"),
        ("pytest-benchmark", "benchmark", r"def test_\w+\([^)]*\bbenchmark\b"),
    ),
    "script": _signs(
        ("vitest", "vitest", r"from ['\"]vitest['\"]"),
        ("jest", "jest", r"from ['\"]@jest/globals['\"]|\bjest\.(?:fn|mock|spyOn)\("),
        ("mocha", "mocha chai", r"(?:from |require\()['\"](?:mocha|chai)['\"]"),
        ("node:test", "node:test", r"['\"]node:test['\"]"),
        ("playwright", "@playwright/test", r"['\"]@playwright/test['\"]"),
        ("cypress", "cy.", r"\bcy\.(?:visit|get|intercept)\("),
        ("fast-check", "fast-check", r"['\"]fast-check['\"]"),
        ("Pact", "pact-foundation", r"@pact-foundation"),
    ),
    "go": _signs(
        ("go test", "testing.", r"\*testing\.[TBF]\b"),
        ("testify", "testify", r"\"github\.com/stretchr/testify"),
        ("ginkgo", "ginkgo", r"\"github\.com/onsi/ginkgo"),
    ),
    "rust": _signs(
        ("cargo test", "test]", r"#\[(?:\w+::)*test\]"),
        ("proptest", "proptest", r"\bproptest(?:!|::)"),
        ("insta", "insta::", r"\binsta::"),
        ("criterion", "criterion", r"\bcriterion::"),
    ),
    "jvm": _signs(
        ("JUnit 5", "org.junit.jupiter", r"\borg\.junit\.jupiter\b"),
        ("JUnit 4", "org.junit.", r"\bimport org\.junit\.(?:Test|Before|After|Assert|Rule|runner)"),
        ("kotest", "io.kotest", r"\bio\.kotest\b"),
        ("ArchUnit", "archunit", r"\bcom\.tngtech\.archunit\b"),
        ("Mockito", "mockito", r"\borg\.mockito\b"),
    ),
    "csharp": _signs(
        ("xUnit", "Xunit Fact Theory", r"\busing Xunit\b|\[(?:Fact|Theory)\b"),
        ("NUnit", "NUnit", r"\busing NUnit\b"),
        ("MSTest", "TestMethod", r"\[TestMethod\]"),
    ),
    "php": _signs(
        ("PHPUnit", "PHPUnit TestCase", r"\bPHPUnit\\|\bextends \w*TestCase\b"),
        ("Pest", "it( test(", r"^(?:it|test)\(['\"]"),
    ),
    "ruby": _signs(
        ("RSpec", "RSpec describe", r"\bRSpec\.describe\b|^[ \t]*describe\b.*\bdo\b"),
        ("minitest", "Minitest TestCase", r"\bMinitest::|< ActiveSupport::TestCase|< Minitest"),
    ),
    "elixir": _signs(("ExUnit", "Case", r"\buse ExUnit\.Case|\buse \w+(?:\.\w+)*Case\b")),
}
_FAMILIES = {"javascript": "script", "typescript": "script", "tsx": "script", "java": "jvm", "kotlin": "jvm"}
_GOLDEN = re.compile(
    r"(?:^|/)(?:__snapshots__|snapshots|goldens?|golden_files|approvals|cassettes|vcr_cassettes|expected|expected_output|__image_snapshots__)/[^/].*|\.(?:snap|ambr|golden|approved\.\w+|verified\.\w+)$",
    re.IGNORECASE,
)
_TESTS = re.compile(r"(?:^|/)(?:tests?|__tests__|spec|specs|testdata|test-data|testing)(?:/|$)", re.IGNORECASE)


def devices_of(text: TestText) -> Iterator[tuple[str, str, int]]:
    """Yield ``(what, path, line)`` for each device of isolation in a file, at its first line."""
    there = frozenset([word for word in _DEVICE_WORDS if word in text.text])
    for name, words, pattern in _DEVICES if there else ():
        if not there.isdisjoint(words) and (found := pattern.search(text.text)):
            place = found.start() + len(found.group()) - len(found.group().lstrip())
            yield name, text.path, text.line_of(place)


def frameworks_of(text: TestText) -> Iterator[str]:
    """Yield the frameworks that a test file uses."""
    for name, words, pattern in _FRAMEWORKS.get(_FAMILIES.get(text.language, text.language), ()):
        if any(word in text.text for word in words) and pattern.search(text.text):
            yield name


def golden_files(files: Mapping[str, File]) -> Iterator[str]:
    """Yield the files that hold what tests expect: snapshots, goldens, approved files, cassettes."""
    for path in sorted(files):
        found = _GOLDEN.search(path)
        if found and (
            Flag.TEST in files[path].flags
            or _TESTS.search(path)
            or found.group().startswith(".")
            or "__" in found.group()
        ):
            yield path
