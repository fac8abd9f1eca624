"""What the notes of releases say of a change that was taken back: maintainers tell users there what commits leave out.

Why this is evidence of intent: a note is written for people who were hit by what went wrong, so it says what that was. Only an entry that speaks of
taking something back counts, and that names the change by a number or by most of its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from archaeology.detectors.witnesses import words_of
from archaeology.facts import Facts, Flag
from archaeology.reader import preload
from archaeology.readings.caseless import Caseless, small_of
from archaeology.text import visible_line

_NOTES = Caseless(
    r"(?:^|/)(?:changelog|change[_-]?log|changes|history|news|release[_-]?notes|releases|whatsnew)(?:[_.-][\w.-]+)?\.(?:md|rst|txt|adoc|markdown)$"
    r"|(?:^|/)(?:changelog|changes|history|news|release[_-]?notes)$"
    r"|(?:^|/)(?:changelogs?|changes|history|news|release[_-]?notes|releases|whatsnew)/[\w./-]+\.(?:md|rst|txt)$",
    needs=("change", "history", "news", "release", "whatsnew"),
)
_ASIDE = frozenset({Flag.VENDORED, Flag.GENERATED, Flag.BINARY, Flag.TOO_LARGE, Flag.SYMLINK, Flag.TEST, Flag.EXAMPLE})
_TAKES_BACK = Caseless(
    r"\b(?:revert\w*|roll(?:ed|s|ing)? back|back(?:ed|s|ing)? out|undo\w*|undid)\b",
    needs=("revert", "roll", "back", "undo", "undid"),
)
_ENTRY = re.compile(r"^[ \t]*(?:[-*+•][ \t]+|\d+[.)][ \t]+|#{1,6}[ \t])")
_MARKUP = re.compile(r"\[([^\[\]]{1,80})\](?:\([^()\s]{0,300}\)|\[[^\[\]]{0,80}\])?|`{1,2}")
_POINTER = re.compile(r"\s*[(\[]?\s*(?:(?:GH-|#|!|PR |issue )\d+[,;\s]*)+(?:by [^)\]]*)?[)\]]?", re.IGNORECASE)
_MOST_FILES, _MOST_LINES, _MOST_ENTRIES = 60, 6, 400
_LEAST_WORDS, _SHARE = 3, 0.6
_LONGEST = 800


class Note(NamedTuple):
    """An entry of the notes: where it stands (lines inclusive), its words on one line, and these without numbers and marks."""

    path: str
    start: int
    end: int
    raw: str
    said: str


class ReleaseNotes:
    """The entries of a repository's release notes that speak of taking something back; read when first asked for."""

    def __init__(self, facts: Facts) -> None:
        """Look at the tracked files of these facts."""
        self._facts = facts

    def about(self, numbers: Collection[str], subject: str) -> Note | None:
        """Return the entry that names one of the issues or pull requests, or has most of the words of a subject; the first such."""
        wanted = words_of(subject)
        for note in self._entries:
            if any(re.search(rf"(?:#|GH-|!|/){re.escape(number)}\b", note.raw) for number in numbers if number):
                return note
        enough = max(_LEAST_WORDS, _SHARE * len(wanted))
        return next((note for note in self._entries if len(wanted & words_of(note.said)) >= enough), None)

    @cached_property
    def _entries(self) -> list[Note]:
        files = self._facts.files
        paths = sorted(path for path, file in files.items() if _NOTES.is_in(path) and not file.flags & _ASIDE)
        chosen = sorted(paths, key=lambda path: (path.count("/"), path))[:_MOST_FILES]
        preload(self._facts.reader, chosen)
        found = (note for path in chosen for note in _entries_of(path, self._facts.reader.text(path) or ""))
        return [note for _, note in zip(range(_MOST_ENTRIES), found, strict=False)]


def tells_more(note: Note, subject: str) -> bool:
    """Return whether an entry says more of a change than that it was taken back."""
    own = {word for word in words_of(note.said) if not _TAKES_BACK.match(word)}
    return len(own - words_of(subject)) >= _LEAST_WORDS


def _entries_of(path: str, text: str) -> Iterator[Note]:
    if not _TAKES_BACK.is_in(text):
        return
    lines = text.split("\n")
    for number in _begins(text, len(lines)):
        line = lines[number]
        if not _ENTRY.match(line) or line.lstrip().startswith("#"):
            continue
        end = number + 1
        while end < len(lines) and end - number < _MOST_LINES and lines[end].strip() and not _ENTRY.match(lines[end]):
            end += 1
        raw = visible_line(" ".join(lines[number:end])[:_LONGEST])
        if _TAKES_BACK.is_in(raw):
            yield Note(path, number + 1, end, raw, _plain(raw))


def _begins(text: str, lines: int) -> Iterable[int]:
    """The lines, from 0, of which an entry may begin that holds a word for taking something back: notes are long, and few entries do."""
    small = small_of(text)
    if small is None:
        return range(lines)
    begins: set[int] = set()
    for word in _TAKES_BACK.needs:
        line = counted = 0
        while (place := small.find(word, counted)) >= 0:
            line += small.count("\n", counted, place)
            begins.update(range(max(0, line - _MOST_LINES + 1), line + 1))
            counted = place + 1
    return sorted(begins)


def _plain(raw: str) -> str:
    """The words of an entry, without its bullet, links, and the numbers that it ends with."""
    said = _MARKUP.sub(lambda match: match[1] or "`", _ENTRY.sub("", raw))
    return " ".join(_POINTER.sub("", said).split()).strip(" .")
