"""External packages that a file uses without importing them: by a path that it writes out, or by a name that is handed on to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from archaeology.boundaries.graph import FileGraph
from archaeology.facts import Facts
from archaeology.reader import preload

_DOTTED = re.compile(r"(?<![\w.])([a-z]\w*(?:\.[a-z_]\w*)+)\.[A-Z]")
_PATHS = {
    "java": _DOTTED,
    "kt": _DOTTED,
    "cs": re.compile(r"(?<![\w.])([A-Z]\w*(?:\.[A-Z]\w*)+)"),
    "php": re.compile(r"(?<![\w\\])\\([A-Z]\w*(?:\\[A-Z]\w*)+)"),
}
_RUST_NAME = re.compile(r"[a-z_]\w*")
_WORD = re.compile(r"[^\W\d]\w*")
# Texts that are looked through in one go; of more, what is made of them no longer fits where memory is fast.
_BATCH_CHARACTERS = 256 * 1024
_COLON = ord(":")
# By so many last letters a word is told from nearly all others; by two of them from most, in a table of all there are.
_LAST_LETTERS = 3
_TWO_LETTERS = 1 << 16


def add_paths(importers: dict[str, set[int]], facts: Facts, graph: FileGraph, among: frozenset[int]) -> None:
    """Add to the importers who names a package by its full path, as some languages may: `tokio::sync::Sender`, `org.slf4j.Logger`."""
    files = [number for number in sorted(among) if _ending(graph.paths[number]) in {"rs", *_PATHS}]
    preload(facts.reader, [graph.paths[number] for number in files])
    texts = ((number, facts.reader.text(graph.paths[number]) or "") for number in files)
    words = ((name.replace("-", "_"), name) for name in importers)
    crates = {word: name for word, name in words if _RUST_NAME.fullmatch(word)}
    known = {name.replace("\\", "."): name for name in importers}
    heads = _Heads(crates)
    for batch in _batches(texts):
        for number, text in batch:
            pattern = _PATHS.get(_ending(graph.paths[number]))
            for word in set(pattern.findall(text)) if pattern is not None else ():
                head = _known_head(word, known)
                if head:
                    importers[known[head]].add(number)
        for number, text, word in heads.before_colons([one for one in batch if graph.paths[one[0]].endswith(".rs")]):
            if number not in importers[crates[word]] and _names_by_path(text, f"{word}::"):
                importers[crates[word]].add(number)


def _batches(texts: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Cut files with their texts into lists that are looked through together."""
    batch: list[tuple[int, str]] = []
    size = 0
    for number, text in texts:
        batch.append((number, text))
        size += len(text)
        if size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Heads:
    """Words of which some stand before two colons, told by their last letters: in most places none does."""

    def __init__(self, words: Iterable[str]) -> None:
        ends = {word: word.encode() for word in words}
        self._letters = min([_LAST_LETTERS, *map(len, ends.values())])
        self._by_end: dict[int, list[str]] = defaultdict(list)
        for word, end in ends.items():
            self._by_end[int.from_bytes(end[-self._letters :], "big")].append(word)
        self._hinted = np.zeros(_TWO_LETTERS, dtype=bool)
        self._hinted[[end % _TWO_LETTERS for end in self._by_end]] = True

    def before_colons(self, texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
        """Yield files with their texts, and words that may stand before two colons there; all texts are looked through at once."""
        if not texts or not self._by_end:
            return
        written = [text.encode("utf-8", "replace") for _, text in texts]
        letters = np.frombuffer(b"\n".join(written), dtype=np.uint8)
        colons = letters == _COLON
        places = np.flatnonzero(colons[1:] & colons[:-1])
        places = places[places >= self._letters]
        ends = np.zeros(len(places), dtype=np.int64)
        for back in range(self._letters, 0, -1):
            ends = ends << 8 | letters[places - back]
        hinted = self._hinted[ends % _TWO_LETTERS]
        owners = np.searchsorted(np.cumsum([len(one) + 1 for one in written]), places[hinted], side="right")
        for owner, end in set(zip(owners.tolist(), ends[hinted].tolist(), strict=True)):
            number, text = texts[owner]
            for word in self._by_end.get(end, ()):
                yield number, text, word


def _known_head(word: str, known: Mapping[str, str]) -> str:
    """The longest beginning of a dotted name that is a package's, or an empty text."""
    head = word.replace("\\", ".")
    while head and head not in known:
        head = head.rpartition(".")[0]
    return head


def _names_by_path(text: str, head: str) -> bool:
    """Whether a path begins with these letters, or with these after two colons: no other name, colon or dot stands before it."""
    place = text.find(head)
    while place >= 0:
        start = place - 2 if text.startswith("::", max(0, place - 2)) else place
        before = text[start - 1 : start]
        if not (before.isalnum() or before in {"_", ":", "."}):
            return True
        place = text.find(head, place + len(head))
    return False


def add_handed_on(importers: dict[str, set[int]], facts: Facts, graph: FileGraph, among: frozenset[int]) -> None:
    """Add to the importers who writes a name of a package that Rust's `use super::*` brings along from the module above."""
    brought: dict[str, dict[str, str]] = defaultdict(dict)
    for edge in facts.imports.edges:
        if edge.external in importers and edge.source.endswith(".rs"):
            for name in (*edge.names, edge.module.rpartition("::")[2]):
                brought[edge.source].setdefault(name, edge.external or "")
    if not brought:
        return
    for edge in facts.imports.edges:
        number = graph.index.get(edge.source)
        above = brought.get(edge.target or "")
        if above and number in among and "*" in edge.names and edge.source.endswith(".rs"):
            text = facts.reader.text(edge.source) or ""
            for name, package in above.items():
                if number not in importers[package] and _is_a_word_of(text, name):
                    importers[package].add(number)


def _is_a_word_of(text: str, name: str) -> bool:
    """Whether a name stands in a text by itself; digits right before it are a number's."""
    place = text.find(name) if _WORD.fullmatch(name) else -1
    while place >= 0:
        end, start = place + len(name), place
        while text[start - 1 : start].isdecimal():
            start -= 1
        if not (_goes_on(text[start - 1 : start]) or _goes_on(text[end : end + 1])):
            return True
        place = text.find(name, end)
    return False


def _goes_on(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _ending(path: str) -> str:
    return path.rpartition(".")[2]
