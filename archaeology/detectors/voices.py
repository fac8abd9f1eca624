"""How a warning is said: with a raised voice, of two things that are kept in step by hand, or in the words of a standard. Pure."""

from __future__ import annotations

import re

from archaeology.readings.caseless import Caseless

# Capital letters are a raised voice.
_LOUD = re.compile(r"\b(?:MUST NOT|MUST NEVER|NEVER|DO NOT|DON['’]?T|CANNOT)\b")
# Two things that people keep in step by hand.
_IN_STEP = Caseless(
    r"\b(?:(?:kept|keep|stay|be|remain|stays) in (?:step|sync)\b|must (?:always )?(?:be \w+ |match )?.{3,60} at the same time\b|must (?:always )?be (?:changed|updated|added|removed|edited) (?:together|in both|as well)\b)",
    needs=("in step", "in sync", "at the same time", "together", "in both", "as well"),
)
# "An endpoint MUST NOT answer": what a standard says of everybody.
_CITED = re.compile(r"(?:RFC ?\d[^a-z>]{0,40})?> ", re.IGNORECASE)
_STANDARD = re.compile(
    r"^(?:RFC ?\d|> )|\b(?:endpoint|server|client|sender|receiver|recipient|implementation|peer|proxy|intermediary|user agent|header|field)s? (?:MUST|SHALL)\b|\b(?:Claim|Response|Request|Token|Header|Server|Client)s?\b[^.]{0,40}? MUST\b|\bMUST(?: NOT)? be (?:verified|validated|sent|present|included|generated|treated|interpreted|considered|ignored|rejected|received|processed)\b"
)


def shouts(said: str) -> bool:
    """Return whether the words of a ban are in capital letters."""
    return _LOUD.search(said) is not None


def is_loud(said: str) -> bool:
    """Return whether somebody shouts, and it is no standard that does."""
    return shouts(said) and _STANDARD.search(said) is None


def keeps_in_step(said: str) -> bool:
    """Return whether two things are to be changed together: people do that, and nothing notices where they forget."""
    return _IN_STEP.is_in(said)


def is_cited(said: str) -> bool:
    """Return whether the words are a passage of a standard."""
    return _CITED.match(said) is not None
