"""Turns what would go wrong into what never does, and finds what words say they are for: "we would lose it" becomes "we will never lose it".

Pure, and silent where the words could be turned wrongly: a promise that nobody would make is worse than none.
"""

from __future__ import annotations

import re

from archaeology.text import visible_line

_SHORT = (
    (re.compile(r"\bwon['’]t\b"), "will not"),
    (re.compile(r"\bcan(?:['’]t|not)\b"), "can not"),
    (re.compile(r"(?<=\w)n['’]t\b"), " not"),
)
_MODAL = re.compile(
    r"^(?P<who>.{1,70}?) (?P<modal>would|will|could|can|may|might) (?P<no>not )?"
    r"(?:(?:also|then|just|even|always|otherwise|potentially|eventually|still) )?(?P<what>[a-z][\w'’-]*.*)$"
)
_BEING = re.compile(r"^(?P<who>.{1,60}?) (?P<be>is|are) (?P<no>not |never )?(?P<what>[a-z][\w'’-]*.*)$")
_DOING = re.compile(r"^(?P<who>.{1,60}?) (?:does|do) not (?P<what>[a-z][\w'’-]*.*)$")
_GOING_WRONG = re.compile(
    r"^(?P<who>.{1,40}?) (?P<what>(?:complains|fails|crashes|panics|breaks|hangs|deadlocks|segfaults|chokes|leaks|misbehaves)(?: [^,;:]{1,60})?)$"
)
_ABLE = frozenset({"could", "can"})
# Before the verb these open a clause of their own: which verb is the main one can then not be told.
_INNER = re.compile(
    r"\b(?:that|which|who|whose|if|when|where|because|unless|after|before|while|as|since|though|and|or|but|until|so)\b"
    r"|\b(?:is|are|was|were|has|have|had|does|do|did|would|will|could|can|may|might|must|should)\b|[;:“”]",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:and|or|if|when|because|but|until|unless|that|which)\b", re.IGNORECASE)
# What these point at stands somewhere else; in a record it would be lost.
_POINTS = re.compile(r"(?:it|this|that|these|those|they|he|she|such|there|one|which|what)\b", re.IGNORECASE)
_DENIED_AGAIN = re.compile(r"\b(?:not|never|no|nothing|nobody|without|fail\w*|unable|hardly)\b|n['’]t\b", re.IGNORECASE)
_MOST, _LEAST = 150, 12

_PURPOSES = (
    re.compile(
        r"\bso (?:that )?(?P<said>(?:we|you|they|users?|callers?|clients?|people|the [\w`-]+) can .+)", re.IGNORECASE
    ),
    re.compile(r"\bso that (?P<said>.+)", re.IGNORECASE),
    re.compile(r"\b(?:to|and) (?:ensure|make sure|guarantee) (?:that )?(?P<said>.+)", re.IGNORECASE),
    re.compile(r"\b(?:to|in order to) (?:allow|let|enable|permit)s? (?P<said>.+)", re.IGNORECASE),
)
_ALLOWED = re.compile(r"^(?P<who>[^,;]{2,60}?) to (?P<what>[a-z].+)$")
_LET = re.compile(r"^(?P<who>(?:the |a |our |your )?[\w`.-]{2,40}) (?P<what>[a-z][\w-]+ .+)$")
_STOPS = re.compile(
    r"(?<=[\w)`”\"'])[.;](?:\s|$)|\s[—-]\s|https?://|, (?:but|which|and|since|because|otherwise|as|see|so)\b|\b(?:otherwise|because|since)\b"
)
_HAS_VERB = re.compile(
    r"\b(?:is|are|was|were|can|cannot|could|will|would|has|have|does|do|did|may|might|must|should|never|always|stays?|works?|gets?|"
    r"remains?|keeps?|sees?|knows?|uses?|finds?|runs?|matches|contains?|returns?|receives?|points?|holds?)\b|n['’]t\b"
)


def never(harm: str) -> str:
    """Return what a clause that says what goes wrong promises once it does not: "X would fail" gives "X will never fail".

    What is denied is promised without the denial ("X would not be found": "X will be found"). Empty where the main verb cannot be told, and
    where the clause points at something outside of it.
    """
    said = visible_line(harm).strip().rstrip(" .,;")
    if not said or len(said) > _MOST or _POINTS.match(said):
        return ""
    for short, whole in _SHORT:
        said = short.sub(whole, said)
    for pattern, turn in (
        (_MODAL, _modal_turn),
        (_DOING, _doing_turn),
        (_BEING, _being_turn),
        (_GOING_WRONG, _failing_turn),
    ):
        if found := pattern.match(said):
            unclear = _INNER.search(found["who"]) or _DENIED_AGAIN.search(found["what"])
            joined = pattern is not _MODAL and _JOINS.search(found["what"])
            return "" if unclear or joined else turn(found)
    return ""


def purpose_in(words: str) -> str:
    """Return what a text says that it is for ("so that retries are safe"), as a clause; empty where it does not say in so many words."""
    flat = visible_line(words)
    for pattern in _PURPOSES:
        found = pattern.search(flat)
        if found is None:
            continue
        said = _STOPS.split(found["said"])[0].strip(" ,:—-.")
        said = _allowed(said) if pattern is _PURPOSES[-1] else said
        if _LEAST <= len(said) <= _MOST and not _POINTS.match(said) and said.count("(") == said.count(")"):
            return said if pattern is _PURPOSES[-1] or _HAS_VERB.search(said) else ""
    return ""


def _modal_turn(found: re.Match[str]) -> str:
    modal = "can" if found["modal"] in _ABLE else "will"
    return f"{found['who']} {modal} {found['what']}" if found["no"] else _never(found["who"], modal, found["what"])


def _doing_turn(found: re.Match[str]) -> str:
    return f"{found['who']} will {found['what']}"


def _being_turn(found: re.Match[str]) -> str:
    before = {"": "never ", "not ": "", "never ": "always "}[found["no"] or ""]
    return f"{found['who']} {found['be']} {before}{found['what']}"


def _failing_turn(found: re.Match[str]) -> str:
    return f"{found['who']} never {found['what']}"


def _never(who: str, modal: str, what: str) -> str:
    every = re.match(r"(?:every|each|any|all) (?P<rest>.+)", who, re.IGNORECASE)
    return f"no {every['rest']} {modal} ever {what}" if every else f"{who} {modal} never {what}"


def _allowed(said: str) -> str:
    """What is allowed, as a clause: "callers to retry" becomes "callers can retry", "overriding it" becomes "overriding it stays possible"."""
    if who := _ALLOWED.match(said):
        return f"{who['who']} can {who['what']}"
    first = said.partition(" ")[0]
    if first.endswith("ing"):
        return f"{said} stays possible"
    who = _LET.match(said)
    return f"{who['who']} can {who['what']}" if who and first.lower() not in {"for", "a", "an"} else ""
