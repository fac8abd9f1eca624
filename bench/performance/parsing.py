"""Facts against parsing alone, on the same bytes, in one process and with the collector off, as in the worker processes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

from tree_sitter import Parser

from archaeology.code import LANGUAGES, extract, parse_files
from archaeology.code.captured import capture
from archaeology.code.extract import extract_names
from archaeology.code.languages import grammar
from archaeology.code.source import as_utf8
from archaeology.facts import Flag
from archaeology.git import open_repository
from archaeology.inventory import take_inventory
from bench.performance.clock import interleaved, interleaved_over
from bench.performance.rows import Row, Tell, ratio

_NOT_READ = {Flag.BINARY, Flag.SYMLINK, Flag.SUBMODULE, Flag.MINIFIED, Flag.VENDORED, Flag.TOO_LARGE}
_MAX_BYTES = 2_000_000
_PIECE_BYTES = 500_000

Sources = dict[str, tuple[str, bytes]]
"""By path the language and the bytes of a source file."""


def read_sources(path: Path) -> Sources:
    """Return the source files of HEAD that the scan parses."""
    with open_repository(path) as repository:
        files = take_inventory(repository, repository.resolve(None) or "").files
        wanted = {
            name: file
            for name, file in sorted(files.items())
            if file.language in LANGUAGES and not (file.flags & _NOT_READ) and file.size <= _MAX_BYTES
        }
        contents = dict(repository.blobs({file.blob for file in wanted.values()}, _MAX_BYTES))
    return {
        name: (file.language or "", content)
        for name, file in wanted.items()
        if (content := contents.get(file.blob)) is not None
    }


def parsing_rows(path: Path, sources: Sources, runs: int, tell: Tell) -> Iterator[Row]:
    """Yield the rows about parsing."""
    tell("facts against parsing alone")
    for language in {language for language, _ in sources.values()}:
        # Compiling a query is paid once and not for each file.
        extract(language, b"")
        extract_names(language, b"")
    with open_repository(path) as repository:
        files = take_inventory(repository, repository.resolve(None) or "").files
        costs = interleaved_over(
            {
                "parse": parse_only,
                "query": lambda some: _each(some, lambda language, data: capture(language, as_utf8(data))),
                "facts": all_facts,
                "names": lambda some: _each(some, extract_names),
            },
            list(_pieces(sources)),
            runs,
        )
        stage = interleaved({"stage": lambda: parse_files(repository, files)}, runs)["stage"].cpu
    size = f"{len(sources)} files, {sum(len(data) for _, data in sources.values()) / 1e6:.1f} MB"
    parse = costs["parse"]
    yield ratio("all facts / parse-only", costs["facts"], parse, 1.8, size)
    yield ratio(
        "definitions and imports / parse-only",
        costs["names"],
        parse,
        1.5,
        "as checks at any revision read them; for Rust and C#, whose imports show in calls, all but prose",
    )
    yield ratio("parsing and the query / parse-only", costs["query"], parse)
    yield ratio("the parse stage, cold, with its processes / parse-only", stage, parse)


def parse_only(sources: Sources) -> None:
    """Parse everything with tree-sitter and throw the trees away."""
    parsers = {language: Parser(grammar(language)) for language, _ in sources.values()}
    _each(sources, lambda language, data: parsers[language].parse(data))


def all_facts(sources: Sources) -> None:
    """Extract all facts and throw them away."""
    _each(sources, extract)


def _pieces(sources: Sources) -> Iterator[Sources]:
    """Yield the sources in pieces that are large enough for code and data of one work to stay near the processor."""
    piece: Sources = {}
    size = 0
    for path, source in sources.items():
        piece[path] = source
        size += len(source[1])
        if size > _PIECE_BYTES:
            yield piece
            piece, size = {}, 0
    if piece:
        yield piece


def _each(sources: Sources, work: Callable[[str, bytes], object]) -> None:
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        for language, data in sources.values():
            work(language, data)
    finally:
        if was_enabled:
            gc.enable()
