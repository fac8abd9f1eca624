"""Tells a facet that says something from one that only sounds as if it did.

Rules over words, no model: each test looks for what its facet must name (a force, a change, a cost, something that can be seen)
and gives the one weakness that is most worth a follow-up. How well they do is measured by ``bench.facets``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from alloy_assist.elicitation import lexicon
from alloy_assist.elicitation.subject import Neighbour
from alloy_assist.elicitation.vocabulary import Slot, Weakness
from alloy_assist.elicitation.words import content_words, identifiers, likeness, words

LONGEST = 600
_LOG_LINES = 3
_LOG_LINE = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]|\[?\d\d:\d\d:\d\d|File \"|at [\w.$<>]+\(|Traceback|\w*(?:Error|Exception)\b.*:|"
    r"(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b|[+-]{3} |@@ |\$ |>>> |E\s{2,})",
)
_SAME = 0.6
_RELATED = 0.34
_GLOB_OF_ALL = re.compile(r"[\s./*]*")
_FEW = 2
_SAYS_NOTHING = lexicon.EMPTY_HARMS | lexicon.PRAISE | lexicon.FILLER


def weakness_of(slot: Slot, text: str) -> Weakness | None:
    """Return what is weak about a text in a slot, or None where it will do. Text in a language without our words passes."""
    if not text.strip():
        return Weakness.NO_COST if slot is Slot.TRADEOFF else Weakness.VAGUE
    if slot is Slot.SCOPE:
        return Weakness.WHOLE_WORLD if _is_whole_world(text) else None
    if pasted(text):
        return Weakness.PASTED
    if len(text) > LONGEST:
        return Weakness.TOO_LONG
    test = _TESTS.get(slot)
    if test is None:
        return None
    if _is_foreign(text):
        return None
    return test(text)


def pasted(text: str) -> bool:
    """Return whether a text is a log, a stack trace or a diff rather than a sentence."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _LOG_LINES and sum(bool(_LOG_LINE.match(line)) for line in lines) * 3 >= len(lines)


def clash(slot: Slot, text: str, neighbours: Iterable[Neighbour]) -> tuple[Weakness, Neighbour] | None:
    """Return the record that a capability or strategy repeats or contradicts, and which of the two it is."""
    mine = content_words(text)
    if slot not in {Slot.CAPABILITY, Slot.STRATEGY} or len(set(mine)) <= _FEW:
        return None
    for neighbour in neighbours:
        theirs_text = neighbour.facets.capability if slot is Slot.CAPABILITY else neighbour.facets.strategy
        theirs = content_words(theirs_text or "")
        alike = likeness(mine, theirs)
        opposed = _negated(text) != _negated(theirs_text or "")
        if alike >= _RELATED and opposed and slot is Slot.STRATEGY:
            return Weakness.CONFLICT, neighbour
        if alike >= _SAME and not opposed:
            return Weakness.DUPLICATE, neighbour
    return None


def _capability(text: str) -> Weakness | None:
    found = content_words(text)
    if _is_truism(text, found):
        return Weakness.TRUISM
    if _is_empty(text, found):
        return Weakness.VAGUE
    if _is_mechanism(text, found):
        return Weakness.MECHANISM
    return None


def _threat(text: str) -> Weakness | None:
    found = content_words(text)
    if _is_empty(text, found):
        return Weakness.NO_FORCE
    harmful = any(word in lexicon.EMPTY_HARMS for word in found)
    if harmful and not _named(text) and all(word in _SAYS_NOTHING for word in found):
        return Weakness.NO_FORCE
    if _is_truism(text, found):
        return Weakness.NO_FORCE
    if _wishes(text) and not _any(found, lexicon.FORCES):
        return Weakness.NO_FORCE
    return None


def _expectation(text: str) -> Weakness | None:
    found = content_words(text)
    if lexicon.NOTHING_CHANGES.search(text.lower()):
        return Weakness.NO_CHANGE
    if _any(found, lexicon.CHANGES) or lexicon.WHEN_CHANGE.search(text.lower()):
        return None
    return Weakness.NO_CHANGE


def _strategy(text: str) -> Weakness | None:
    found = content_words(text)
    if _is_truism(text, found):
        return Weakness.TRUISM
    return Weakness.VAGUE if _is_empty(text, found) else None


def _evidence(text: str) -> Weakness | None:
    found = content_words(text)
    if lexicon.FEELINGS.search(text.lower()) and not _any(found, lexicon.INSTRUMENTS):
        return Weakness.UNOBSERVABLE
    if _any(found, lexicon.OBSERVABLES) or identifiers(text) or re.search(r"\d", text):
        return None
    return Weakness.UNOBSERVABLE


def _tradeoff(text: str) -> Weakness | None:
    lowered = text.lower()
    found = content_words(text)
    if lexicon.NO_COSTS.search(lowered):
        return Weakness.NO_COST
    if _any(found, lexicon.COSTS) or lexicon.COST_PHRASES.search(lowered):
        return None
    # Costs come in more words than a list can hold; what tells of a gain, or of nothing in particular, comes in few.
    gains = _any(found, lexicon.GAINS) or lexicon.SATISFIED.search(lowered) is not None
    return Weakness.NO_COST if gains or _is_empty(text, found) or _is_truism(text, found) else None


def _rule(text: str) -> Weakness | None:
    found = content_words(text)
    if _is_truism(text, found):
        return Weakness.TRUISM
    return Weakness.VAGUE if _is_empty(text, found) else None


_TESTS: dict[Slot, Callable[[str], Weakness | None]] = {
    Slot.CAPABILITY: _capability,
    Slot.THREAT: _threat,
    Slot.EXPECTATION: _expectation,
    Slot.STRATEGY: _strategy,
    Slot.EVIDENCE: _evidence,
    Slot.TRADEOFF: _tradeoff,
    Slot.DEFINITION: _rule,
    Slot.FORBIDDEN: _rule,
}


def _named(text: str) -> list[str]:
    """The names from code in a text; capitals that only stand for a virtue are none."""
    return [name for name in identifiers(text) if name not in lexicon.VIRTUES]


def _is_empty(text: str, found: list[str]) -> bool:
    if _named(text):
        return False
    return (
        len(found) == 0
        or (len(found) == 1 and len(words(text)) <= _FEW)
        or lexicon.SHRUGS.fullmatch(text.strip().lower()) is not None
    )


def _is_truism(text: str, found: list[str]) -> bool:
    if _named(text) or not found:
        return False
    praise = sum(word in lexicon.PRAISE for word in found)
    specific = [word for word in found if word not in lexicon.PRAISE and word not in lexicon.FILLER]
    return praise > 0 and not specific


def _is_mechanism(text: str, found: list[str]) -> bool:
    lowered = text.lower()
    if lexicon.ABILITY.search(lowered):
        return False
    return lexicon.MECHANISM_OPENING.match(lowered) is not None or (
        any(word in lexicon.MECHANISMS for word in found) and not _any(found, lexicon.OUTCOMES)
    )


def _is_whole_world(text: str) -> bool:
    if re.search(r"\w/|/\w", text):
        return False
    globs = [part for part in re.split(r"[\s,;]+", text.strip()) if part]
    if lexicon.WHOLE_WORLD.search(text.lower()):
        return True
    return any(_GLOB_OF_ALL.fullmatch(part) for part in globs)


def _is_foreign(text: str) -> bool:
    """Whether the words are in a language or script that our lists know nothing of."""
    spoken = words(text)
    if not spoken:
        return False
    known = sum(word in lexicon.COMMON_ENGLISH for word in spoken)
    letters = [character for character in text if character.isalpha()]
    plain = sum(character.isascii() for character in letters)
    if letters and plain * 2 < len(letters):
        return True
    return (
        len(spoken) >= lexicon.ENOUGH_WORDS and known == 0 and any(word in lexicon.OTHER_LANGUAGES for word in spoken)
    )


def _wishes(text: str) -> bool:
    return lexicon.WISH.match(text.lower()) is not None


def _negated(text: str) -> bool:
    return lexicon.NEGATION.search(text.lower()) is not None


def _any(found: Iterable[str], known: frozenset[str]) -> bool:
    return any(word in known for word in found)
