"""Whether a text of a commit's message is prose in whole words, and whether it says what was done: what can be shown to somebody who does not know the commit. Pure."""

from __future__ import annotations

import re

from archaeology.readings.told_words import (
    ACT,
    BEFORE,
    DOUBTS,
    FOR_USERS,
    FOREIGN,
    GERUND,
    LETTERS,
    LONGEST_END,
    ME,
    NO_ACT,
    NO_REASON,
    OFFER,
    PROSE,
    WHOLE_END,
)
from archaeology.readings.words import dangling

LEAST_WORDS, LEAST_OF_SUBJECT = 6, 4
_LEAST, _MOST = 24, 330
# "filteredImages to private" begins with a name, not with a verb.
_NAME_FIRST = re.compile(r"[A-Za-z]*[a-z][A-Z_\d]")
# "Those rows" are those of a sentence before.
_POINTS_BACK = re.compile(r"\b(?:those|these)\b", re.IGNORECASE)


def is_act(text: str) -> bool:
    """Tell whether a text says what was done, in words that somebody who does not know the commit understands."""
    words = text.split()
    return (
        len(words) >= LEAST_OF_SUBJECT - 1
        and ACT.match(text) is not None
        and GERUND.match(text) is None
        and NO_ACT.match(text) is None
        and OFFER.match(text) is None
        and _NAME_FIRST.match(words[0]) is None
        and _POINTS_BACK.search(text) is None
        and words[1] != "of"  # "Query of the rights could time out" tells what was
        and not NO_REASON.is_in(text)
        and not DOUBTS.is_in(text)
        and not dangling(text)
        and is_clean(text)
    )


def is_prose(said: str, *, story: bool = False, short: bool = False) -> bool:
    """Tell whether a sentence is one in English, whole and sure of itself, about the product: as it is, or in a ``story`` as it was; a ``short`` one may have four words."""
    least = LEAST_OF_SUBJECT if short else LEAST_WORDS
    if not (0 if short else _LEAST) <= len(said) <= _MOST or len(said.split()) < least or "://" in said:
        return False
    return (
        not _ends_early(said)
        and (story or not BEFORE.is_in(said))
        and not ME.search(said)
        and not DOUBTS.is_in(said)
        and not FOR_USERS.is_in(said)
        and not NO_REASON.is_in(said)
        and (said.isascii() or not FOREIGN.search(said))
        and is_clean(said)
    )


def is_clean(said: str) -> bool:
    """Tell whether a text is mostly words, and closes what it opens."""
    plain = said.encode("ascii", "ignore")
    letters = len(plain) - len(plain.translate(None, LETTERS))
    closed = all(said.count(one) == said.count(other) for one, other in ("()", "[]", "{}"))
    return letters >= PROSE * len(said) and closed and not said.count("`") % 2 and not said.count('"') % 2


def _ends_early(said: str) -> bool:
    """Whether a text ends with a word or a mark that something follows: only the last few letters can tell."""
    return WHOLE_END.search(said, max(0, len(said) - LONGEST_END)) is not None
