"""What a record is called: a title that a person would say, and an id that is short enough to type."""

from __future__ import annotations

import re

from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.values import Entry
from alloy_assist.elicitation.vocabulary import Slot, SubjectKind
from archaeology.model import Category
from archaeology.text import cut_at_word

PREFIX = "alloy.intent."
_TITLE = 90
_ID = 40
_FEWEST = 3
_SPOKEN = re.compile(r"^“(?P<said>.+?)”, says a comment in (?P<where>`[^`]+`)")
_UNFOLDS = re.compile(r"[:;](?= )|,? but for \d|, (?:though|annotations) |(?= change together \()")
_IN_FOLDER = re.compile(r"^In `[^`]+`, (?=`)")
_LISTED = re.compile(r"(`[^`]+`, `[^`]+`)((?:, `[^`]+`)*)(?: (?:and|or) (?:`[^`]+`|(\d+) (?:others|more)))")
_CODE = re.compile(r"`[^`]+`")


def title_of(subject: Subject, entries: tuple[Entry, ...]) -> str:
    """Return the title to suggest: the record's own; what was found, said short; or the beginning of what was said."""
    if subject.kind is SubjectKind.RECORD:
        return subject.title
    if subject.kind in {SubjectKind.HYPOTHESIS, SubjectKind.NOTHING} and subject.title:
        return _short(subject)
    by_slot = {entry.slot: entry.text for entry in reversed(entries)}
    best = next(
        (by_slot[slot] for slot in (Slot.DEFINITION, Slot.STRATEGY, Slot.CAPABILITY, Slot.THREAT) if slot in by_slot),
        "",
    )
    best = cut_at_word(gist(" ".join(best.split())).rstrip(".") or subject.title or subject.ref, _TITLE)
    return best[:1].upper() + best[1:]


def id_of(subject: Subject, words: str) -> str:
    """Return the id for some words, before it is made unique; a record keeps its own."""
    if subject.record is not None:
        return subject.record.id
    return f"{PREFIX}{slug(words.removeprefix(PREFIX).replace('.', ' '), _ID) or 'record'}"


def slug(text: str, limit: int = 48) -> str:
    """Return lower-case ASCII words joined by dashes, cut at a word."""
    words: list[str] = []
    for word in "".join(c.lower() if c.isascii() and c.isalnum() else " " for c in text).split():
        if sum(map(len, words)) + len(words) + len(word) > limit:
            break
        words.append(word)
    return "-".join(words)


def _short(subject: Subject) -> str:
    """What was found, without what only unfolds it; a rule that a comment states is named by where it stands and what it says."""
    stated = any(seen.category is Category.TEXTUAL for seen in subject.seen) and "“" in subject.title
    if stated and subject.possible.strategy:
        said = gist(subject.possible.strategy)
        return cut_at_word(
            f"{names_of(subject).inside}: {said[:1].lower() + said[1:] if said[1:2].islower() else said}", _TITLE
        )
    if quoted := _SPOKEN.match(subject.title):
        said = quoted["said"]
        return cut_at_word(f"{quoted['where']}: {said[:1].lower() + said[1:] if said[1:2].islower() else said}", _TITLE)
    head = _UNFOLDS.split(subject.title)[0]
    if " change together (" in subject.title:
        head = f"{_IN_FOLDER.sub('', head)} change together"
    return cut_at_word(_fitted(head if len(head.split()) >= _FEWEST else subject.title), _TITLE)


def _fitted(title: str) -> str:
    """Say a long title shorter without losing its sense: files by their last name, long lists by their first two."""
    if len(title) > _TITLE:
        title = _IN_FOLDER.sub("", title)
    if len(title) > _TITLE:
        title = title if _same_names(title) else _CODE.sub(_last_name, title)
    return _LISTED.sub(_first_two, title) if len(title) > _TITLE else title


def _same_names(title: str) -> bool:
    """Whether two files of one title have the same last name: then the folders are what tells them apart."""
    said = _CODE.findall(title)
    return len({_CODE.sub(_last_name, name) for name in said}) < len(set(said))


def _last_name(found: re.Match[str]) -> str:
    return f"`{found.group().strip('`').rstrip('/').rsplit('/', 1)[-1]}`"


def _first_two(found: re.Match[str]) -> str:
    others = found[2].count("`") // 2 + (int(found[3]) if found[3] else 1)
    return f"{found[1]} and {others} other{'s' if others > 1 else ''}"
