"""Past failures: heard in what a person says about something else, and offered from what the repository tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alloy_assist.elicitation.boundary import code
from alloy_assist.elicitation.comments import avoided_in, feared_in, rule_in
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.subject import Seen, Subject
from alloy_assist.elicitation.values import Choice, Part
from alloy_assist.elicitation.vocabulary import Slot
from alloy_assist.elicitation.warned import change_of, harm_of, rule_as_told, threat_found
from archaeology.model import Category, Family
from archaeology.text import visible_line

_FAILURE = re.compile(
    r"\b(?:outage|incident|post-?mortem|went down|took (?:us |it |\w+ )?down|burn(?:ed|t) (?:us|me)|got (?:burn(?:ed|t)|bitten)|bit us|"
    r"never again|last time (?:we|someone|somebody)|we once|it once|used to (?:break|fail|crash|leak|hang)|lost (?:data|orders|money|customers)|"
    r"paged|3 ?a\.?m\.?|rolled back|had to (?:revert|roll back|hot-?fix)|hot-?fix(?:ed)?|data loss|"
    r"(?:broke|crashed|corrupted|leaked|deadlocked) (?:production|prod|the|every|all|our|everything|customers?))\b",
    re.IGNORECASE,
)


_QUOTE = re.compile("“(.+?)”(?:$|[ .:;])")
_REVERT = re.compile(r'^(?:Revert|Back out|Roll back)[: ]+"?(.+?)"?$', re.IGNORECASE)
_UNDONE = re.compile(r"\b(?:undone|reverted|rolled back|tak(?:en|ing) (?:out|back))\b|\bRevert", re.IGNORECASE)
_QUOTED = 160
_ENOUGH = 40


def tells_of_a_failure(text: str) -> bool:
    """Whether a text tells of something that went wrong, rather than of what might."""
    return _FAILURE.search(text) is not None


def scars_of(subject: Subject) -> Iterator[Choice]:
    """Yield what went wrong here as far as comments and commits tell: what a comment warns of first, then what was undone."""
    rule = subject.possible.strategy or ""
    feared = avoided_in(rule) or feared_in(rule)
    if feared and subject.family == Family.SCAR_TISSUE and not harm_of(subject):
        yield _scar("found-feared", feared)
    known = (
        feared or change_of(subject) or threat_found(subject)
    )  # what the words themselves say goes wrong is offered as found
    seen = [
        item for item in subject.seen if item.facts.get("role") != "notes"
    ]  # notes of a release repeat what a commit did
    # Where the words are the rule as they stand, that a change goes against them says nothing more.
    doubted = bool(names_of(subject).doubted)
    said = bool(known) or doubted or (not rule and bool(rule_as_told(subject)))
    told = [item for item in seen if item.category is Category.TEXTUAL and not said]
    undone = [item for item in seen if item.category is Category.HISTORICAL and _UNDONE.search(item.summary)]
    for item in (*told[:1], *(item for item in undone[:2] if item.heard is None or not subject.possible.threat)):
        if text := _told(item, rule) if item.category is Category.TEXTUAL else _undone(item):
            yield _scar(f"scar-{item.id}", text)


def _scar(key: str, text: str) -> Choice:
    return Choice(key=key, label=text, fills=(Part(slot=Slot.THREAT, text=text),))


def _told(item: Seen, rule: str) -> str:
    """What a comment warns of, without a quote of what is the rule already; empty where the words are too many to be quoted."""
    whole = item.facts.get("sentence")
    quote = rule_in(whole if isinstance(whole, str) else _quote(item)).rstrip(" .")
    said = next((place.symbol or place.path for place in item.places if place.kind == "code"), "")
    known = rule_in(quote)[:_ENOUGH] in rule
    if known or not quote or len(quote) > _QUOTED:
        return ""
    return f"a change{f' in {code(said)}' if said else ''} that goes against the comment there: “{quote}”"


def _undone(item: Seen) -> str:
    if item.heard and item.heard.undone:
        return f"a second try of “{item.heard.undone}”, which was taken back once"
    quote = _quote(item)
    undone = _REVERT.match(quote)
    if not undone and "undone" not in item.summary:
        return f"a repeat of this: {visible_line(item.summary).rstrip(' .')}"
    return f"a second try of “{undone.group(1) if undone else quote}”, which was taken back once"


def _quote(item: Seen) -> str:
    found = _QUOTE.search(item.summary)
    return visible_line(found.group(1)).rstrip(" .") if found else visible_line(item.summary).rstrip(" .")
