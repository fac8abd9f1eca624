"""What kind of question a sentence is, what it is after, and whether it is one at all. Cheap signs, no grammar. Pure."""

from __future__ import annotations

import re

from alloy_assist.elicitation.words import content_words, stems, words

_ASKS = "what why how where when which who whose whom".split()
_AUXILIARIES = frozenset(
    "is are was were does do did can could would should will shall may might must has have had isn't aren't doesn't don't".split()
)
# "If it were gone tomorrow, what would you miss?": the question begins after the comma.
_LEADS = frozenset(
    "if when where once suppose given without before after in on at for with of to from beyond apart besides".split()
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[\w`\"“])")
# What may be meant is suggested after the question: "what does it buy you: tests, a release of its own?"
_SUGGESTED = re.compile(r"(?<=\w):\s[^:]*\?$")
_INTRODUCED = re.compile(r"(?i)^[^?]*:\s+(?=(?:what|why|how|who|which|where|when)\b)")
NAME = re.compile(r"`([^`]+)`|([\w./-]*[\w-][./][\w./-]*\w)")
# Code that stands where words should, and words that were left out.
_NO_PROSE = re.compile(r"…|\.\.\.|[=^$\\%#~*+;]|\(\)|->|::|\b(\w+) \1\b")
# Words for one sense: who asks what a thing costs has asked what is paid for it.
_SENSE = "sense "
_SENSES = tuple(
    stems(said)
    for said in (
        "buy buys gain gains give gives lose loses lost miss missed missing protect protects worth benefit benefits good need needs",
        "pay pays paid cost costs price accept accepts sacrifice trade tradeoff expense",
        "coming come comes change changes going future next plan planned expect expected likely happen happens soon test ahead",
        "break breaks erode erodes harm risk wrong trouble fail fails bypass undo hurried violate violates threaten threatens",
        "shown show shows prove proof proves check checks checked verify know knows evidence pass passes hold holds",
        "rule should do stick follow follows obey convention practice",
        "notice notices noticed feel feels affected suffer suffers hurt",
    )
)


def asked_in(text: str) -> str:
    """Return the sentence of a text that asks, without what introduces it and what it suggests; all of the text where none asks."""
    asking = next((part for part in _SENTENCE.split(text) if "?" in part), text).strip()
    return _SUGGESTED.sub("?", _INTRODUCED.sub("", asking))


def kind_of(text: str) -> str:
    """Return the word that a question asks with; ``is`` for one that is answered with yes or no, nothing for what asks nothing."""
    said = words(_clause(asked_in(text)))
    first = next((word for word in said if word in _ASKS), "")
    return first or ("is" if said and said[0] in _AUXILIARIES else "")


def may_ask(begun: str, kind: str) -> bool:
    """Return whether the beginning of a sentence can still become a question of this kind."""
    first = next(iter(words(begun)), "")
    return first in _LEADS or first not in _ASKS or first == kind


def begins_as_question(text: str) -> bool:
    """Return whether the asking sentence begins as questions do, at once or after a clause that sets the scene."""
    said = words(_clause(asked_in(text)))
    return bool(said) and (
        said[0] in _ASKS or said[0] in _AUXILIARIES or bool(set(said[1:3]) & {"what", "which", "whom"})
    )


def is_prose(text: str, plain: str = "") -> bool:
    """Return whether a text is written in sentences: nothing left out, no piece of code outside of a name, no word twice in a row.

    What the plain question has of that, the text may have too.
    """
    odd = {match.group() for match in _NO_PROSE.finditer(NAME.sub("x", text).lower())}
    return text.count("`") % 2 == 0 and odd <= {
        match.group() for match in _NO_PROSE.finditer(NAME.sub("x", plain).lower())
    }


def senses_of(text: str) -> frozenset[str]:
    """Return what a text is about beside the names in it: stems, with one label for all words of one sense."""
    found = set()
    for stem in content_words(NAME.sub(" ", text)):
        label = next((f"{_SENSE}{number}" for number, sense in enumerate(_SENSES) if stem in sense), stem)
        found.add(label)
    return frozenset(found)


def other_senses(text: str, plain: str) -> frozenset[str]:
    """Return what a text asks for beside, of what questions here ask for, that the plain question does not speak of at all."""
    return frozenset(label for label in senses_of(text) - senses_of(plain) if label.startswith(_SENSE))


def names_in(text: str) -> frozenset[str]:
    """Return the names and paths that a text mentions."""
    return frozenset(first or second for first, second in NAME.findall(text))


def _clause(sentence: str) -> str:
    """Return the part of a sentence that asks: what comes after the comma, where it begins with a condition or a place."""
    begun = words(sentence)[:1]
    head, comma, rest = NAME.sub("x", sentence).partition(", ")
    return rest if comma and begun and begun[0] in _LEADS and head else NAME.sub("x", sentence)
