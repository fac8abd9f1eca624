"""Which files are tests, by their names and folders; pure.

A folder named ``test`` or ``spec`` may be the product (a test framework, an API specification), so such a folder counts only at the
top, under ``src``, or where files inside it are named as tests are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TEST_NAME = re.compile(
    r"^(?:test_.+\.pyi?|.+_test\.(?:py|go|exs|rb|cc|cpp|dart|ts|js)|.+[._-](?:test|spec|cy|e2e-spec)\.[cm]?[jt]sx?|conftest\.py|"
    r".+_spec\.(?:rb|lua)|.*[a-z0-9](?:Test|Tests|TestCase|IT|Spec|Specs)\.(?:java|kt|kts|cs|php|scala|swift|groovy)|Test[A-Z]\w*\.(?:java|php|kt)|"
    r"test-.+\.js|.+\.snap|.+\.bats|test_helper\.(?:rb|exs)|.+\.t)$"
)
_ALWAYS = {
    "tests",
    "__tests__",
    "__mocks__",
    "__snapshots__",
    "testdata",
    "testassets",
    "androidtest",
    "jvmtest",
    "commontest",
    "testfixtures",
    "cypress",
    "e2e",
}
_SOMETIMES = {"test", "spec", "specs", "testing", "unit_tests", "acceptance", "features", "t"}
_BENCHMARKS = {"bench", "benches", "benchmark", "benchmarks"}
_PROJECT = re.compile(
    r"(?:.+[._-])(?:tests?|specs|unittests|integrationtests|e2e)|.+\.tests?\..+|"
    r".+[.-]test(?:ing|s)?[-.]?(?:utils?|utilities|helpers?|common|support|infrastructure|base)|(?:unit|integration|functional|system|acceptance|e2e)[_-]?tests?"
)
# "Templates.Benchmarks" beside "Templates": a project of its own, as .NET has them.
_BENCHMARK_PROJECT = re.compile(r".+\.(?:benchmarks?|perf(?:ormance)?tests?)")
_ABOVE = {"src", "app"}


def is_test_name(path: str) -> bool:
    """Tell whether the file's name alone says that it is a test."""
    return _TEST_NAME.match(path.rpartition("/")[2]) is not None


def folders_with_tests(paths: Iterable[str]) -> frozenset[str]:
    """Return every folder (without a trailing slash) that holds, at any depth, a file named as tests are."""
    found: set[str] = set()
    for path in paths:
        if is_test_name(path):
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
    return frozenset(found)


def reason_for_test(path: str, with_tests: frozenset[str]) -> str | None:
    """Return why the path is a test (or a benchmark, or something tests need), or None; ``with_tests`` as found above."""
    if is_test_name(path):
        return "named as tests are"
    *folders, _ = path.split("/")
    for depth, folder in enumerate(folders):
        lower = folder.lower()
        if lower in _ALWAYS or _PROJECT.fullmatch(lower):
            return f"in a folder named {folder!r}"
        if lower in _BENCHMARKS or _BENCHMARK_PROJECT.fullmatch(lower):
            return f"in a folder of benchmarks, {folder!r}"
        if lower in _SOMETIMES:
            at_top = depth == 0 or folders[depth - 1].lower() in _ABOVE
            if at_top or "/".join(folders[: depth + 1]) in with_tests:
                return f"in a folder named {folder!r}"
    return None
