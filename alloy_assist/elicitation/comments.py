"""Reads what a comment in the code gives away: the rule without its opening words, and what it says would go wrong."""

from __future__ import annotations

import re

from archaeology.text import visible_line

_OPENING = re.compile(
    r"^(?:(?:(?:NOTE|NB|XXX|HACK|FIXME|TODO|IMPORTANT|WARNING|CAUTION|ATTENTION|SAFETY)\b(?:\([^)]*\))?[\s:!.-]*)|"
    r"(?:note that|also note that|also|but|so|and|however|therefore|thus|actually|besides|hence|then|here|again),?\s+(?=[\w`]))+",
    re.IGNORECASE,
)
_AVOIDS = re.compile(
    r"\b(?:to avoid|to prevent|so as not to|to guard against)\s+(?P<said>(?:[^.;()]|\.(?=\w))+)", re.IGNORECASE
)
_BECAUSE = re.compile(
    r"\b(?:because|since|otherwise,?|or else|as otherwise|as this|as that|as it)\s+(?P<said>(?:[^.;()]|\.(?=\w))+)",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"(?:\b(?:as|because|since) )?\b(?:otherwise|or else),? (?:that |then )?(?P<said>(?:[^.;]|\.(?=\w))+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" ?\([^()]*\)")
_BARE = re.compile(r"^(?:that|this|it)\s+(?=(?:would|will|could|can|may|might)\b)", re.IGNORECASE)
_JOINT = re.compile(r"(?:[,;]|\s(?:as|so|and|or|but|because|since))+\s*$")
_LONGEST = 150
_FEWEST_LETTERS = 5


def rule_in(comment: str) -> str:
    """Return the rule that a comment states, without "NOTE:" and the like before it."""
    flat = visible_line(comment).strip()
    bare = _OPENING.sub("", flat)
    return bare[:1].upper() + bare[1:] if bare and bare != flat else flat


def avoided_in(comment: str) -> str:
    """Return what a comment says is to be avoided ("to avoid an overflow"), as a phrase. Empty where it says nothing of the kind."""
    return _said(_AVOIDS, comment)


def otherwise_in(comment: str) -> str:
    """Return what a comment says would be otherwise, without what stands in brackets. Empty where it says nothing of the kind."""
    return _said(_OTHERWISE, _ASIDE.sub("", comment))


def without_otherwise(rule: str) -> str:
    """Return a rule without what would be otherwise, and without a joint at its end that has lost what it joins."""
    said = _OTHERWISE.split(rule)[0] if _OTHERWISE.search(rule) else rule
    said = _JOINT.sub("", said)
    return said if len(said) >= _FEWEST_LETTERS else rule


def feared_in(comment: str) -> str:
    """Return what a comment says goes wrong otherwise ("because that would break tree-shaking"), as a clause. Empty for none."""
    said = _said(_BECAUSE, comment)
    return _BARE.sub("it ", said) if said else ""


def _said(pattern: re.Pattern[str], comment: str) -> str:
    found = pattern.search(visible_line(comment))
    said = re.split(r"https?://", found.group("said"))[0].strip(" ,:—-") if found else ""
    return said if _FEWEST_LETTERS <= len(said) <= _LONGEST else ""
