"""What each old version of a file imported, and which file or package those imports mean.

Old versions are not parsed: their import lines are read by regular expressions, once for each blob, and cached. Which file an import
means is worked out once for all versions together, as if every file that ever was were there at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from archaeology.code.codec import decode_facts, encode_facts
from archaeology.code.import_lines import VERSION, import_text, read_import_text
from archaeology.facts import Definition, File, FileFacts, Import
from archaeology.imports import resolve_imports
from archaeology.imports.project import ReadText

_MAX_BYTES = 400_000
_PAUSE = 250
_WRITE = 1_000

End = tuple[str, bool]
"""Where an import leads: a file's path or an external package's name, and whether it is external."""


class Blobs(Protocol):
    """Gives the contents of blobs."""

    def blobs(self, oids: Iterable[str], max_bytes: int) -> Iterator[tuple[str, bytes | None]]:
        """Yield ``(oid, content)``; None where it is missing or larger than ``max_bytes``."""
        ...


class FactsCache(Protocol):
    """Keeps bytes by kind and key."""

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are known."""
        ...

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep values."""
        ...


def read_versions(
    repository: Blobs, wanted: Mapping[str, str], cache: FactsCache | None, pause: ProgressPause
) -> dict[str, FileFacts]:
    """Return the import lines of blobs; ``wanted`` maps blob ids to languages. What is missing or too large has none."""
    found: dict[str, FileFacts] = {}
    shared: dict[Import, Import] = {}
    by_language: dict[str, list[str]] = {}
    for blob, language in wanted.items():
        by_language.setdefault(language, []).append(blob)
    for language, blobs in sorted(by_language.items()):
        kind = f"import-lines:{language}:{VERSION}"
        found |= _known(cache.get_many(kind, blobs) if cache is not None else {}, shared)
        missing = [blob for blob in blobs if blob not in found]
        # Most changes leave the imports alone, so what is read and written for one version serves many.
        read: dict[str, tuple[FileFacts, bytes]] = {}
        fresh: dict[str, bytes] = {}
        for number, (blob, content) in enumerate(repository.blobs(missing, _MAX_BYTES)):
            if number % _PAUSE == 0:
                pause(len(found))
            text = import_text(language, content) if content is not None else ""
            if text not in read:
                facts = read_import_text(language, text)
                read[text] = _interned(facts, shared), encode_facts(facts)
            found[blob], fresh[blob] = read[text]
            if len(fresh) >= _WRITE:
                _keep(cache, kind, fresh)
        _keep(cache, kind, fresh)
    pause(len(found))
    return found


def _keep(cache: FactsCache | None, kind: str, fresh: dict[str, bytes]) -> None:
    """Write what is new, and forget it."""
    if cache is not None:
        cache.put_many(kind, fresh)
    fresh.clear()


def _known(cached: Mapping[str, bytes], shared: dict[Import, Import]) -> dict[str, FileFacts]:
    """Return the facts that were cached and can be read."""
    decoded: dict[bytes, FileFacts | None] = {}
    for data in cached.values():
        if data not in decoded:
            facts = decode_facts(data)
            decoded[data] = None if facts is None else _interned(facts, shared)
    return {blob: facts for blob, data in cached.items() if (facts := decoded[data]) is not None}


def _interned(facts: FileFacts, shared: dict[Import, Import]) -> FileFacts:
    """Share equal imports between versions: thousands of versions differ little, and shared ones compare at once."""
    return replace(facts, imports=tuple([shared.setdefault(found, found) for found in facts.imports]))


class ProgressPause(Protocol):
    """Called often; may raise to stop."""

    def __call__(self, done: int) -> None:
        """Take note of how many versions are read; raise where the work should stop."""
        ...


class Meanings:
    """Where the imports of every version lead. Built from ``versions``: all facts that each path ever had.

    Equal imports are one object, as :func:`read_versions` gives them, and are told apart by which object they are: there are hundreds of
    thousands of them, and comparing them by content would be half of the work.
    """

    def __init__(self, versions: Mapping[str, list[FileFacts]], paths: Iterable[str], read_text: ReadText) -> None:
        self._versions = versions  # as long as they are held, no other object takes an import's place
        self._numbers: dict[str, dict[int, int]] = {}
        code: dict[str, FileFacts] = {}
        for path, facts in versions.items():
            numbers: dict[int, int] = {}
            every: list[Import] = []
            before: Sequence[Import] = ()
            for version in facts:
                if version.imports is not before:
                    before = version.imports
                    for found in before:
                        if id(found) not in numbers:
                            every.append(found)
                            numbers[id(found)] = len(every)
            self._numbers[path] = numbers
            code[path] = _united(path, facts, every)
        files = {path: File(path, "", 0) for path in {*paths, *versions}}
        self._ends: dict[tuple[str, int], list[End]] = {}
        for edge in resolve_imports(files, code, read_text).edges:
            if not edge.stdlib:
                end = (edge.target, False) if edge.target is not None else (edge.external or "", True)
                self._ends.setdefault((edge.source, edge.line), []).append(end)

    def ends(self, path: str, facts: FileFacts) -> frozenset[End]:
        """Return where the imports of one version of a path lead; the standard library is left out."""
        numbers = self._numbers.get(path, {})
        return frozenset(
            end for found in facts.imports for end in self._ends.get((path, numbers.get(id(found), 0)), ())
        )


def _united(path: str, versions: list[FileFacts], imports: list[Import]) -> FileFacts:
    """Return facts that import whatever any version did, each import on a line of its own, by which it is known again."""
    newest = versions[0]
    stem = path.rpartition("/")[2].partition(".")[0]
    kinds = {"java": "class", "kotlin": "class", "csharp": "class", "php": "class"}
    definitions = {found for version in versions for found in version.definitions}
    if newest.language in kinds:
        definitions.add(Definition(stem, "class", "public", 1, 1))
    return FileFacts(
        newest.language,
        imports=tuple(found._replace(line=number) for number, found in enumerate(imports, start=1)),
        definitions=tuple(sorted(definitions, key=lambda found: found.name)),
        package=next((version.package for version in versions if version.package), None),
    )
