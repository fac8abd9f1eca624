"""How a text is built, as far as its words tell: a noun phrase, a clause, a command, an infinitive, "that ...", a gerund, "when ...".

No parser: a verb counts as one where what stands around it leaves it no other part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from alloy_assist.elicitation.documented import DOES
from alloy_assist.elicitation.word_classes import (
    ADVERBS,
    ALWAYS_COMMANDS,
    AMBIGUOUS,
    AUXILIARIES,
    BASE_VERBS,
    COUNTING,
    DETERMINERS,
    FINITE,
    MEANWHILE,
    NEVER_VERBS,
    NOMINAL,
    OPENERS,
    PARTICLES,
    PLURAL_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    SAYING,
    is_gerund,
)

_CONJUNCTION = re.compile(
    r"(?:when|once|as soon as|as long as|as more|as the|as we|as it|whenever|if|while|after|before|now that|until|since|because|unless)\b",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"(?:it|that|there|they|we|you|i|he|she)'(?:s|re|ll|d|ve|m)")
_CODE = re.compile("`[^`]*`|“[^”]*”")
_WORD = re.compile(r"[^\W_]+(?:[-.'\u2019/_][^\W_]+)*", re.UNICODE)
_ALTHOUGH = re.compile(r" after all,? though | after which ")
_REACH = 3


class Form(Enum):
    """How a text is built."""

    PHRASE = "phrase"
    CLAUSE = "clause"
    COMMAND = "command"
    INFINITIVE = "infinitive"
    THAT = "that"
    GERUND = "gerund"
    WHEN = "when"


def form_of(text: str) -> Form:
    """Return how a text is built, as far as its words tell."""
    # "doing it after all, though it would fail" and "a change after which it fails" are built as what stands before that.
    spoken = spoken_words(_ALTHOUGH.split(text, maxsplit=1)[0])
    if not spoken:
        return Form.PHRASE
    first, second = spoken[0], spoken[1] if len(spoken) > 1 else ""
    if second == "who" and first in PRONOUNS and sum(_looks_finite(word) for word in spoken[2:]) > 1:
        # "somebody who knows it reviews it", however much stands between the two verbs.
        return Form.CLAUSE
    if _CONTRACTED.fullmatch(first) or spoken[:2] == ["no", "one"]:
        return Form.CLAUSE
    if first == "that":
        return Form.THAT
    if first == "to":
        return Form.INFINITIVE
    if _CONJUNCTION.match(text.strip()):
        return Form.WHEN
    if is_gerund(first) or (first in {"not", "never"} and is_gerund(second)):
        return Form.CLAUSE if second in AUXILIARIES or has_finite(spoken) else Form.GERUND
    if _is_command(spoken):
        return Form.COMMAND
    return Form.CLAUSE if has_finite(spoken) else Form.PHRASE


def spoken_words(text: str) -> list[str]:
    """Return the words of a text as they are spoken: hyphens and dots inside of one leave it one, a piece of code is one."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(_before_colon(_CODE.sub(" code ", text)))]


def _before_colon(text: str) -> str:
    """What stands before a colon says how the whole is built; what follows only unfolds it."""
    first, colon, _ = text.partition(": ")
    return first if colon and len(first.split()) > 1 else text


def has_finite(spoken: Sequence[str]) -> bool:
    """Whether a main verb stands before any word that opens a clause of its own ("a rule that nobody knows" has none)."""
    clauses = 0
    for index, word in enumerate(spoken):
        if word in RELATIVE and (index > 0 or word in NOMINAL):
            clauses += 1
        elif _is_verb(spoken, index) and not AUXILIARIES & set(spoken[max(0, index - _REACH) : index]):
            # "can install" and "would otherwise have" are one verb.
            if clauses == 0:
                return True
            # The verb of "that nobody uses"; a further one is the main verb. "That shows nothing is lost" has a clause inside.
            clauses -= int(word not in SAYING)
    return False


def _looks_finite(word: str) -> bool:
    return word in FINITE | AUXILIARIES


def _is_command(spoken: Sequence[str]) -> bool:
    first, second = spoken[0], spoken[1] if len(spoken) > 1 else ""
    if first in {"only", "always", "never", "just"}:
        return second in BASE_VERBS
    if (
        second in DETERMINERS | PARTICLES
        and first.isalpha()
        and not (first in NEVER_VERBS or first.endswith(("ing", "ed", "ly")))
        and not has_finite(spoken)
    ):
        # Whatever stands right before "the", "every" or "through" and opens a text tells what to do.
        return True
    if first not in BASE_VERBS or second in {"of", "must", "may"} or second in AUXILIARIES - {"not"}:
        return False
    # "test runs stay short" and "change requests are reviewed" open with a noun.
    return first in ALWAYS_COMMANDS or not (second in FINITE or (len(spoken) > 2 and spoken[2] in AUXILIARIES))  # noqa: PLR2004


def _is_verb(spoken: Sequence[str], index: int) -> bool:
    word, before = spoken[index], spoken[index - 1] if index else ""
    after = spoken[index + 1] if index + 1 < len(spoken) else ""
    if index == 0 or before == "to":
        return False
    if word in AUXILIARIES or _is_told_of_code(spoken, index):
        return True
    subject = next((item for item in reversed(spoken[:index]) if item not in ADVERBS), "")
    if (
        subject in PRONOUNS
        and _opens_a_clause(spoken, index)
        and subject == spoken[max(0, index - 1 - _adverbs(spoken, index))]
    ):
        return not is_gerund(word) and word not in PREPOSITIONS | ADVERBS | OPENERS
    if before == "each" and word in PLURAL_VERBS and index > 1 and spoken[index - 2] in RELATIVE:
        return True
    if is_gerund(before) or before in (OPENERS | PREPOSITIONS) - RELATIVE:
        return False
    if before in {"never", "always"}:
        return not is_gerund(word) and not word.endswith("ed")
    if before in COUNTING:
        return False
    if word in AMBIGUOUS:
        return bool(after) and (after not in PREPOSITIONS or after in MEANWHILE) and _is_singular(spoken, index)
    if word in PLURAL_VERBS:
        several = _is_plural(before) or before in ADVERBS or "and" in spoken[max(0, index - 2) : index]
        return several and after not in {"of", "and", "or"}
    return word in FINITE


def _is_told_of_code(spoken: Sequence[str], index: int) -> bool:
    """Whether it is what a named piece of code does: "`close` shuts the pool", "`close` gracefully shuts it"."""
    return spoken[0] == "code" and spoken[index] in DOES and all(word.endswith("ly") for word in spoken[1:index])


def _adverbs(spoken: Sequence[str], index: int) -> int:
    """How many adverbs stand before a word."""
    count = 0
    while index - 1 - count > 0 and spoken[index - 1 - count] in ADVERBS:
        count += 1
    return count


def _opens_a_clause(spoken: Sequence[str], index: int) -> bool:
    """Whether the pronoun before a verb begins a main clause: "the input we allow" is still about the input."""
    at = index - 1 - _adverbs(spoken, index)
    return at == 0 or spoken[at - 1] in {"and", "but", "so", "then", "or"} or spoken[0] in PREPOSITIONS


def _is_singular(spoken: Sequence[str], index: int) -> bool:
    return not _is_plural(spoken[index - 1])


def _is_plural(word: str) -> bool:
    return word in {"people", "data", "children"} or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
