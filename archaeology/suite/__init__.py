"""What the tests are made of: cases and their kinds, doubles, isolation, golden files, regressions that name an issue.

Everything is told by the words of test files; nothing is imported or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archaeology.facts import Definition, Fake, File, FileFacts, Flag, Reader, TestCase, TestSuite
from archaeology.facts.rows import Choice
from archaeology.progress import Cancelled, Progress, ProgressSink, ignore_progress, never_cancelled, stop_if
from archaeology.reader import MAX_CACHED_CHARACTERS
from archaeology.suite.isolation import devices_of, golden_files
from archaeology.suite.known import MAX_CHARACTERS, CaseCache, KnownTests, TestFile
from archaeology.suite.texts import TestText

__all__ = ["read_tests"]

MAX_FILES = 20_000
MAX_GOLDEN_FILES = 5_000
_BATCH = 500
_BATCH_BYTES = (
    MAX_CACHED_CHARACTERS // 2
)  # more would push each other out of the reader before their turn comes, and be read twice
_TELL = 20
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


def read_tests(  # noqa: PLR0913 - what every stage of a scan takes
    files: Mapping[str, File],
    code: Mapping[str, FileFacts],
    reader: Reader,
    *,
    cache: CaseCache | None = None,
    on_progress: ProgressSink = ignore_progress,
    cancelled: Cancelled = never_cancelled,
) -> TestSuite:
    """Read every test file and its helpers, in the order of their paths; ids of cases are those their runners print.

    Args:
        files: the inventory, by path.
        code: the facts of source files, by path; doubles are told by the names of the product's types.
        reader: gives the texts.
        cache: keeps what a file says, so that only changed files are read again.
        on_progress: told about stage ``tests`` in files.
        cancelled: asked between handfuls of files.

    Raises:
        ScanCancelledError: ``cancelled`` said so; what was read is cached.
    """
    paths = [path for path in sorted(files) if _is_wanted(files[path], code)][:MAX_FILES]
    known = _type_names(files, code)
    frameworks: dict[str, int] = {}
    cases: list[TestCase] = []
    fakes: list[Fake] = []
    isolation: list[tuple[str, str, int]] = []
    for number, found in enumerate(_read(paths, files, KnownTests(cache, known), reader)):
        if number % _TELL == 0:
            stop_if(cancelled)
            on_progress(Progress("tests", number, len(paths), "files"))
        for name in found.frameworks:
            frameworks[name] = frameworks.get(name, 0) + 1
        cases += found.cases
        fakes += found.fakes
        isolation += found.isolation
    on_progress(Progress("tests", len(paths), len(paths), "files"))
    isolation += _settings(files, reader)
    return TestSuite(
        frameworks=tuple(sorted(frameworks, key=lambda name: (-frameworks[name], name))),
        cases=tuple(cases),
        fakes=tuple(fakes),
        isolation=tuple(isolation),
        golden_files=tuple(golden_files(files))[:MAX_GOLDEN_FILES],
    )


def _read(paths: list[str], files: Mapping[str, File], known: KnownTests, reader: Reader) -> Iterator[TestFile]:
    batch: list[File] = []
    size = 0
    for file in map(files.__getitem__, paths):
        if batch and (len(batch) == _BATCH or size + file.size > _BATCH_BYTES):
            yield from known.take(batch, reader)
            batch, size = [], 0
        batch.append(file)
        size += file.size
    if batch:
        yield from known.take(batch, reader)


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
    types = Choice[Definition](lambda definition: definition.kind in _TYPES)
    return frozenset(
        definition.name.rsplit(".", 1)[-1]
        for path, facts in code.items()
        if path in files and files[path].is_production
        for definition in types.of(facts.definitions)
    )


def _settings(files: Mapping[str, File], reader: Reader) -> Iterator[tuple[str, str, int]]:
    for path in sorted(_SETTINGS & files.keys()):
        text = reader.text(path)
        if text is not None and len(text) <= MAX_CHARACTERS:
            yield from devices_of(TestText(path, "", text))
