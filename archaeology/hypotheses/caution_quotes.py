"""What is quoted of a warning in a title: whole sentences or whole clauses that can be told by themselves, or nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archaeology.readings.clauses import bare, clauses_of, without_brackets
from archaeology.readings.passages import sentences_of

LONGEST = 210
"""Characters of a title."""

_AIM = 105
_LONGER, _BARE_RULE, _TELLING_RULE = 130, 50, 28
_WEAK = re.compile(r"\bshould(?:n['’]t)?\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:for|if|when|whenever|unless|in|on|at|with|without|while|once|after|before|until|during|given|under|inside|outside|as long as|as soon as)\b",
    re.IGNORECASE,
)
_NOTES = re.compile(r"\s*\[\d{1,2}(?:\s*,\s*\d{1,2})*\]")
_LONE_REASON = re.compile(r"^(?:because|since)\s+(?=`)(?=[^,]+$)", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d\d-\d\d\s+")
_POINTS_BACK = re.compile(
    r"(?:this|that|these|those|it|they|them|he|she|needed|required|used|here|both|such|(?:because|since)(?=[^,]+$))\b|(?:must|should|needs? to|has to|have to|shall|can|may) (?:not |only |always |never |also )?(?:be|have|happen|come|go|stay|remain|run)\b|(?:in|if|when|whenever|once|after|before|until|unless|as long as|as soon as) (?:this|that|so|it|they|these|those|such)\b|the (?:correct|other|same|former|latter|first|second) one\b|a couple of\b|doing (?:so|this|that)\b",
    re.IGNORECASE,
)
_HANGS = re.compile(r"(?:\b(?:and|or|but|the|a|an|of|to|with|if|because|see)|[,;:(<>/])$", re.IGNORECASE)
_POINTS_OUT = re.compile(
    r"\b(?:before|after|until|than|like|for|with|of|without) (?:this|that|these|those)(?=$|[.,;:])", re.IGNORECASE
)
_NO_VERB = re.compile(r"\S+, (?:since|because|due to|so that|so)\b", re.IGNORECASE)  # "u16, since ..."


def quoted(sentence: str, parts: Mapping[str, Any], room: int) -> str:
    """Return what is quoted of a passage with these parts of its reading, of at most ``room`` characters where that can be.

    Empty where it would open with words that point back, or end in the middle of something.
    """
    quote = _clause(sentence, parts, room)
    if quote and _is_whole(quote):
        return quote
    whole = bare(_plain(sentence))
    return upper(whole) if len(whole) <= LONGEST and _is_whole(whole) else ""


def upper(text: str) -> str:
    """Return the text with a capital letter, where it opens with an ordinary word."""
    first = text.split(" ", 1)[0] if text else ""
    return (
        text[:1].upper() + text[1:] if first.replace("'", "").replace("’", "").isalpha() and first.islower() else text
    )


def _clause(sentence: str, parts: Mapping[str, Any], room: int) -> str:
    """The passage or its telling sentence whole, else the rule with as many of the clauses after it as fit; empty where nothing fits."""
    rule, harm = parts.get("rule", ""), parts.get("harm", "")
    whole = bare(_plain(sentence))
    sentences = [bare(_plain(said)) for said in sentences_of(sentence)]
    telling = [said for said in sentences if (rule and rule in said) or (harm and harm in said)] or [whole]
    if _POINTS_BACK.match(telling[0]) and not _POINTS_BACK.match(whole) and len(whole) <= room:
        return upper(whole)  # what it is said of stands in the sentence before
    for said in (whole, *telling):
        if len(said) <= _AIM and not (rule and rule not in said):
            return upper(said)
    if rule and len(rule) < _TELLING_RULE and telling[0] != rule and len(telling[0]) <= LONGEST - _AIM // 4:
        return upper(telling[0])  # so short a rule says nothing without its sentence
    if rule and (len(telling[0]) <= room or _WEAK.search(rule)):
        return upper(telling[0])  # what is left out may be what it hangs on; without it a "should" may only expect
    if rule:
        return upper(_with_what_follows(rule, next((said for said in telling if rule in said), rule)))
    return upper(telling[0]) if not harm and len(telling[0]) <= LONGEST else ""


def _plain(sentence: str) -> str:
    """A sentence without its date, its references to notes and what stands in brackets; "Because it fails" alone is "It fails"."""
    said = _NOTES.sub("", without_brackets(_DATED.sub("", sentence)))
    return _LONE_REASON.sub("", said)


def _is_whole(quote: str) -> bool:
    """Whether a quotation can be told by itself: its subject is in it, what it opens it closes, and it does not stop at an "and"."""
    closed = (
        all(quote.count(one) == quote.count(other) for one, other in ("()", "[]", "“”")) and not quote.count('"') % 2
    )
    return (
        closed
        and not quote.count("`") % 2
        and not (
            _POINTS_BACK.match(quote) or _NO_VERB.match(quote) or _HANGS.search(quote) or _POINTS_OUT.search(quote)
        )
    )


def _with_what_follows(rule: str, sentence: str) -> str:
    """The rule and the clauses behind it, as long as the whole is short enough; a clause is taken whole or not at all."""
    begin = sentence.find(rule)
    end = begin + len(rule)
    if begin > 0 and _CONDITION.match(sentence):  # without its condition a rule says more than was said
        begin = 0
    for clause in clauses_of(sentence[end:]):
        stop = sentence.find(clause.text, end) + len(clause.text)
        if (
            stop - begin > (_LONGER if len(rule) < _BARE_RULE else _AIM)
            or stop < end
            or clause.joint in {"but", "however", "so"}
        ):
            break
        end = stop
    return sentence[begin:end] if begin >= 0 else rule
