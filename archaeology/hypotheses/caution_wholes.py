"""Whether words can be told by themselves: their subject is in them, what they open they close, and they point at nothing outside. Pure."""

from __future__ import annotations

import re

_POINTS_BACK = re.compile(
    r"(?:(?:we|i) (?:therefore|thus|hence|also|already)|this|that|these|those|it|they|them|he|she|needed|required|used|here|both|such|(?:because|since)(?=[^,]+$))\b|(?:always|never|only|not|already|usually) \w+ed\b|always (?:at least|one|two)\b|(?:must|should|needs? to|has to|have to|shall|can|may) (?:not |only |always |never |also )?(?:be|have|happen|come|go|stay|remain|run)\b|(?:in|if|when|whenever|once|after|before|until|unless|as long as|as soon as) (?:this|that|so|it|they|these|those|such)\b|not (?:an?|the|very|so|really|ideal|pretty|great|nice|optimal)\b|the (?:correct|other|same|former|latter|first|second) one\b|a couple of\b|doing (?:so|this|that)\b|for (?:this|that|these|those) reasons?\b",
    re.IGNORECASE,
)
_POINTING_ORDER = re.compile(
    r"(?:please )?(?:do not|don['’]t|never|always|avoid|keep|must(?: not)?) (?:\w+ ){1,2}(?:these|those|this|that|them|it)(?=$|[,.;:]| (?:here|since|because|as|or|until|unless|if|when|to|in|on|with)\b)|.*\b(?:above|below)\b",
    re.IGNORECASE,
)
# "In an ideal world we should not have to do this": what, only the code shows.
_DOING_THIS = re.compile(
    r"(?:in|ideally|normally|usually|unfortunately|sadly)\b[^,;:]{0,60}? (?:do|use|need|avoid|remove|change) (?:this|that|it)(?=$|[,.;:]| (?:here|but|because|since|as|when|if)\b)",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"(?:we|you|they|i) (?:\w+ ){1,4}?(?:it|them|this|that)\b(?! \w+(?:s|ed)?\b (?:is|are|was|were|has|will|must|can))",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"(?:is|are|was|were|isn['’]t|aren['’]t|wasn['’]t|has|had|hasn['’]t|does(?:n['’]t)?|did(?:n['’]t)?|will|won['’]t|would|could|might|cannot|can['’]t|gets|becomes|depends|requires|means|causes)\b(?! (?:it|this|that|there|we|you)\b)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:(?:Deliberately|Intentionally|Explicitly|Purposely|Purposefully|Always|Only|Not) )?(?!(?:Need|Embed|Feed|Seed|Speed|Proceed)\b)[A-Z]?[a-z]+ed (?:with|by|to|here|so|because|since|as|in|on|for|only|instead|rather|explicitly)\b"
)
_RUN_ON = 30  # words without a mark between them: lines of notes rather than a sentence
_MARKS = re.compile(r"[,;:!?()–—]|\.(?=\s|$)|\s-\s")
_HANGS = re.compile(
    r"(?:\b(?:and|or|but|the|a|an|of|to|with|if|because|see|by|from|for|at|into|than|as|when|while|since|are|be|via)|[,;:(<>/])$",
    re.IGNORECASE,
)
_LAST = 12  # characters: the longest word of these, and what stands before it
_POINTS_OUT = re.compile(
    r"\b(?:before|after|until|than|like|for|with|of|without) (?:this|that|these|those)(?=$|[.,;:])", re.IGNORECASE
)
_NO_VERB = re.compile(r"\S+, (?:since|because|due to|so that|so)\b", re.IGNORECASE)  # "u16, since ..."


def is_whole(quote: str) -> bool:
    """Return whether a quotation can be told by itself: its subject is in it, what it opens it closes, and it does not stop at an "and"."""
    closed = (
        all(quote.count(one) == quote.count(other) for one, other in ("()", "[]", "“”")) and not quote.count('"') % 2
    )
    return (
        closed
        and not _runs_on(quote)
        and not quote.count("`") % 2
        and not (
            _POINTS_BACK.match(quote)
            or _NO_SUBJECT.match(quote)
            or _NO_VERB.match(quote)
            or _HANGS.search(quote, max(0, len(quote) - _LAST))  # from the first letter on it would try at each word
            or _POINTS_OUT.search(quote)
            or _POINTING_ORDER.match(quote)
            or _DOING_THIS.match(quote)
            or _OF_WHAT.match(quote.partition(",")[0])
        )
    )


def has_no_subject(said: str) -> bool:
    """Return whether a sentence begins with a participle, so that its subject is what it stands on: "Forced here, so that ..."."""
    return _PARTICIPLE.match(said) is not None


def _runs_on(quote: str) -> bool:
    return any(len(part.split()) >= _RUN_ON for part in _MARKS.split(quote))


def points_back(said: str) -> bool:
    """Return whether a sentence begins with what stands before it: "This would ...", "Must be done"."""
    return _POINTS_BACK.match(said) is not None
