"""What the tests are made of: cases and their kinds, doubles, isolation, golden files, regressions that name an issue.

Everything is told by the words of test files; nothing is imported or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archaeology.facts import Fake, File, FileFacts, Flag, Reader, TestCase, TestSuite
from archaeology.reader import preload
from archaeology.suite.cases_others import cases_of
from archaeology.suite.cases_python import python_cases
from archaeology.suite.doubles import doubles_of
from archaeology.suite.isolation import devices_of, frameworks_of, golden_files
from archaeology.suite.texts import TestText

__all__ = ["read_tests"]

MAX_FILES = 20_000
MAX_CHARACTERS = 1024 * 1024
MAX_GOLDEN_FILES = 5_000
_BATCH = 500
_ASIDE = frozenset(
    {Flag.VENDORED, Flag.GENERATED, Flag.MINIFIED, Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.SUBMODULE}
)
_SUPPORT = re.compile(
    r"(?:^|/)(?:conftest|fakes?|stubs?|mocks?|test_?(?:utils?|helpers?|support|doubles?)|testing)(?:/[^/]+)?\.\w+$",
    re.IGNORECASE,
)
_SETTINGS = frozenset(
    {
        "pyproject.toml",
        "pytest.ini",
        "tox.ini",
        "setup.cfg",
        "package.json",
        "mix.exs",
        "spec/spec_helper.rb",
        "test/test_helper.rb",
    }
)
_TYPES = frozenset({"class", "interface", "trait", "protocol", "struct", "type", "enum", "module"})


def read_tests(files: Mapping[str, File], code: Mapping[str, FileFacts], reader: Reader) -> TestSuite:
    """Read every test file and its helpers, in the order of their paths; ids of cases are those their runners print."""
    paths = [path for path in sorted(files) if _is_wanted(files[path], code)][:MAX_FILES]
    known = _type_names(files, code)
    frameworks: dict[str, int] = {}
    cases: list[TestCase] = []
    fakes: list[Fake] = []
    isolation: list[tuple[str, str, int]] = []
    for text in _texts(paths, files, reader):
        for name in frameworks_of(text):
            frameworks[name] = frameworks.get(name, 0) + 1
        found = list(python_cases(text) if text.language == "python" else cases_of(text))
        cases += found
        fakes += doubles_of(text, known)
        isolation += devices_of(text)
    isolation += _settings(files, reader)
    return TestSuite(
        frameworks=tuple(sorted(frameworks, key=lambda name: (-frameworks[name], name))),
        cases=tuple(cases),
        fakes=tuple(fakes),
        isolation=tuple(isolation),
        golden_files=tuple(golden_files(files))[:MAX_GOLDEN_FILES],
    )


def _texts(paths: list[str], files: Mapping[str, File], reader: Reader) -> Iterator[TestText]:
    for start in range(0, len(paths), _BATCH):
        batch = paths[start : start + _BATCH]
        preload(reader, batch)
        for path in batch:
            text = reader.text(path)
            if text is not None and len(text) <= MAX_CHARACTERS:
                yield TestText(path, files[path].language or "", text)


def _is_wanted(file: File, code: Mapping[str, FileFacts]) -> bool:
    """Whether a file holds tests or helps them; Rust keeps unit tests beside the code that they test."""
    if file.language is None or file.flags & _ASIDE:
        return False
    if Flag.TEST in file.flags or _SUPPORT.search(file.path):
        return True
    return file.language == "rust" and file.path in code and _has_rust_tests(code[file.path])


def _has_rust_tests(facts: FileFacts) -> bool:
    return any("test" in decorator for definition in facts.definitions for decorator in definition.decorators) or any(
        definition.kind == "module" and definition.name in {"test", "tests"} for definition in facts.definitions
    )


def _type_names(files: Mapping[str, File], code: Mapping[str, FileFacts]) -> frozenset[str]:
    """Return the names of the product's own types, which doubles stand for."""
    return frozenset(
        definition.name.rsplit(".", 1)[-1]
        for path, facts in code.items()
        if path in files and files[path].is_production
        for definition in facts.definitions
        if definition.kind in _TYPES
    )


def _settings(files: Mapping[str, File], reader: Reader) -> Iterator[tuple[str, str, int]]:
    for path in sorted(_SETTINGS & files.keys()):
        text = reader.text(path)
        if text is not None and len(text) <= MAX_CHARACTERS:
            yield from devices_of(TestText(path, "", text))
