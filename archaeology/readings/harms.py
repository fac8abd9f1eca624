"""What a sentence says would go wrong, and what it says stays possible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import Clause
from archaeology.readings.harm_words import WRONG, threatens
from archaeology.readings.words import dangling

_LEAST, _MOST = 8, 150
_KNOWN = 256  # a clause is looked at from several sides, one after the other
_MODAL_TAIL = re.compile(
    r"^(?:that|this|it|doing (?:so|that|this|it))(?:(?:['’]d| (?:would|will|could|can|might|may))(?: then| also| otherwise| just| probably| likely)* (?P<what>(?:break|cause|lead to|lose|leak|corrupt|trigger|expose|hide|mask|invalidate|allow|prevent|defeat|overwrite|clobber|block|disrupt|introduce|create"
    r"|mess up|result in|render|force|open|slow down|make|defeat|bypass|double|duplicate|drop|swallow|skip|ruin|destroy|undo|starve|freeze|deadlock|kill|stop|delay|resurrect|leave)\b.+)"
    r"| (?P<now>(?:breaks|causes|leads to|loses|leaks|corrupts|triggers|exposes|hides|masks|invalidates|allows|prevents|defeats|overwrites|clobbers|blocks|bypasses|duplicates|drops|swallows|ruins|destroys|starves|freezes|makes) .+))$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^if (?:we|you|this|it|that) (?:do not|don['’]t|did not|didn['’]t|does not|doesn['’]t|is not|isn['’]t|were not|weren['’]t)(?: do| done)?(?: this| that| it| so)?,? (?=[a-z`])"
    r"|^(?:then|in which case|as otherwise|otherwise|this way|in that case|there is a risk (?:that|of)|the risk (?:that|of)|of the risk (?:that|of)),? ",
    re.IGNORECASE,
)
AVOIDING = frozenset({"to avoid", "to prevent", "to guard against", "to protect against", "so as not to"})
OTHERWISE = frozenset({"otherwise", "or else", "lest", "if not", "in which case", "or"})
REASONS = frozenset({"because", "since", "as"})
_PURPOSE = frozenset(
    {
        "so that",
        "such that",
        "to make sure",
        "to make sure that",
        "to ensure",
        "to ensure that",
        "to guarantee",
        "to allow",
        "to let",
    }
)
_AIMED_AT = _PURPOSE | AVOIDING
_NO_HARM = ("is", "are", "was", "were", "being", "having", "this", "that", "these", "those", "such")
_STAYS = re.compile(
    r"^(?P<what>(?!(?:it|its|they|he|she|we|you|i|this|that|these|those|there|both|nothing|the (?:former|latter|above))\b)[`\w\"'].{2,60}?) (?P<does>(?:can|could|may|will) (?:still |always |be |safely |only |never |not |now )*\w+|stays?|remains?|keeps?|continues?|still|always|never|is (?:still|always|never)|are (?:still|always|never)) ?(?P<rest>.*)$",
    re.IGNORECASE,
)
_ALLOWS = re.compile(r"^(?P<who>(?!(?:it|them|us|him|this|that)\b)[\w` -]{3,40}?) (?P<to>to )(?P<what>[a-z]+ .+)$")


@lru_cache(maxsize=_KNOWN)
def is_harm(text: str) -> bool:
    """Whether a text says that something goes wrong."""
    return WRONG.is_in(text) or threatens(text)


class Harm(NamedTuple):
    """What goes wrong, as a phrase that stands by itself, and what joins it to the rest: ``otherwise``, ``to avoid``, ``because`` or nothing."""

    text: str = ""
    joint: str = ""


def harm_in(clauses: Iterable[Clause]) -> Harm:
    """Return what goes wrong; empty where none of the clauses says it in words that stand by themselves."""
    found = list(clauses)
    for wanted in (OTHERWISE, AVOIDING, REASONS):
        for number, clause in enumerate(found):
            if clause.joint in wanted:
                said = (
                    _avoided(clause.text, first=not number)
                    if wanted is AVOIDING
                    else _feared(clause, sure=wanted is OTHERWISE)
                )
                if said and said.count("(") == said.count(")"):
                    return Harm(
                        said, "to avoid" if wanted is AVOIDING else "otherwise" if wanted is OTHERWISE else "because"
                    )
    for clause in found:  # "if we do not clear it, it can hold what was asked for before"
        unless = _unless(clause.text)
        if unless is not None and not dangling(said := clause.text[unless.start("harm") : unless.end("harm")].strip()):
            return Harm(said, "if not")
    return Harm(next((said for clause in found[1:] if not clause.joint and (said := _changed(clause.text))), ""))


def breaks_without(clauses: Iterable[Clause]) -> bool:
    """Whether some clause says what would go wrong, be it in words that stand by themselves or not."""
    return any(
        clause.joint in OTHERWISE or (clause.joint not in _AIMED_AT and is_harm(clause.text)) for clause in clauses
    )


def warns_unless(clauses: Iterable[Clause]) -> bool:
    """Whether some clause says what can happen where something is not done."""
    return any(_unless(clause.text) is not None for clause in clauses)


def kept_in(clauses: Iterable[Clause]) -> str:
    """Return what a purpose says stays possible, in its own words; empty where it says none in so many words."""
    for clause in clauses:
        if clause.joint not in _PURPOSE or dangling(clause.text) or len(clause.text) > _MOST:
            continue
        if clause.joint in {"to allow", "to let"}:
            allowed = _ALLOWS.match(clause.text)
            if allowed:
                return f"{allowed['who']} can {allowed['what']}"
        elif _STAYS.match(clause.text) and not is_harm(clause.text):
            return clause.text
    return ""


def _avoided(text: str, *, first: bool) -> str:
    """What is avoided; where the sentence opens with it ("To avoid X, do Y") it ends at the comma."""
    said, comma, _ = text.partition(",") if first else (text, ",", "")
    if " from " in said:
        said = re.sub(r" from (?=(?:\w+ly |always |ever |being )*\w+ing\b)", " ", said, count=1)
    if said.startswith(_NO_HARM) and re.match(
        r"(?:is|are|was|were|being|having|(?:this|that|these|those|such)\b(?= [\w-]+$))\b", said
    ):
        return ""
    return said if comma and _LEAST <= len(said) <= _MOST and not dangling(said) else ""


def _feared(clause: Clause, *, sure: bool) -> str:
    """A clause that says what goes wrong; "that would break X" becomes "a change that would break X"."""
    said = _LEADING.sub("", clause.text)
    if not (is_harm(said) or (sure and _GOES_WRONG.is_in(said))):  # the other branch of an "if" is no harm
        return ""
    if not _LEAST <= len(said) <= _MOST or len(said.split()) < 3:  # noqa: PLR2004 - subject, verb, object
        return ""
    return _changed(said) or ("" if dangling(said) or _POINTS_INSIDE.match(said) else said)


def _unless(text: str) -> re.Match[str] | None:
    """A clause that opens with "if we do not", as few do; there are two letters more that match an I regardless of case."""
    return _IF_NOT.match(text) if text[:1] in "iI\u0130\u0131" else None


def _changed(said: str) -> str:
    modal = _MODAL_TAIL.match(_LEADING.sub("", said))
    if modal is None:
        return ""
    what = f"would {modal['what']}" if modal["what"] else modal["now"]
    return "" if dangling(f"x {what}") or _AGAIN.search(what) else f"a change that {what}"


_IF_NOT = Caseless(
    r"if (?:we|you|this|it|that|the \w+) (?:do not|don['’]t|did not|didn['’]t|is not|isn['’]t|were not|weren['’]t)\b[^,]{3,80}?(?:, then|,| then) (?P<harm>(?!(?:we|i|you) )(?:[^,]{2,60}? )?(?:can|would|will|could|may|might)\b.{6,})$",
    ("can", "would", "will", "could", "may", "might"),
    (" not", "n't", "n’t"),
)
_GOES_WRONG = Caseless(
    r"\b(?:would|could|might|may|can(?:no|['’])t|can not|won['’]t|will|never|nothing|nobody)\b(?! be able)"
)
_AGAIN = re.compile(r"\botherwise$", re.IGNORECASE)
_POINTS_INSIDE = re.compile(
    r"^(?:we|you|i)(?:['’](?:d|ll|re|ve))? (?:would|will|could|might)? ?(?:\w+ )?(?:it|this|that|them)\b|^(?:if|when) (?:it|this|that|they)\b|^to do so\b|.* (?:otherwise|it|them|that|this)$",
    re.IGNORECASE,
)
