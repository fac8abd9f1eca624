"""What to ask about a warning: what the repository cannot answer and its words have not answered already, the most telling first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from archaeology.hypotheses.caution_quotes import lower, upper
from archaeology.hypotheses.caution_words import NAMED_FAULT, Told
from archaeology.hypotheses.grouping import with_role
from archaeology.model import Family
from archaeology.readings import Speech

_SHORT_HASH = 7
_TELLING_SUBJECT = 16
_LONGEST_SUBJECT = 90
_SAYABLE = 12
_VERSIONED = re.compile(r"(?<![#\d.])\d+(?:\.\d+)*$")
_ELSEWHERE = re.compile(r"(?<![\w/])[\w.-]{1,60}/[\w.-]{1,60}#\d+\b")
_WHO = {
    Family.SECURITY_BOUNDARY: "Who is the attacker that {place} has in mind here, and what could they reach?",
    Family.CONCURRENCY: "What meets in {place} at the same time, and what did it look like when this went wrong?",
    Family.PERFORMANCE_GUARD: "Who noticed that {place} was slow, and at what size of input does it still matter?",
    Family.STABLE_FORMAT: "Who outside this repository relies on {place}, and how long must that go on?",
}
# What the words must name for such a question to fit: a password or an event loop alone may be anything.
_MEANT = {
    Family.SECURITY_BOUNDARY: re.compile(
        r"\b(?:inject\w*|untrusted|malicious|attack\w*|vulnerab\w*|CVE-\d|constant[- ]time|timing|traversal|XSS|CSRF|SSRF|spoof\w*|exploit\w*|DoS|denial|hijack\w*|smuggl\w*|leak\w*|steal\w*|forge\w*)\b",
        re.IGNORECASE,
    ),
    Family.STABLE_FORMAT: re.compile(
        r"\b(?:compat\w*|formats?|wire|versions?|clients?|serializ\w+|persist\w*|stored|on[- ]disk|public api|databases?|BC)\b",
        re.IGNORECASE,
    ),
    Family.PERFORMANCE_GUARD: re.compile(
        r"\b(?:slow\w*|fast\w*|speed\w*|expensive|costly|hot (?:path|loop)s?|performance|perf|quadratic|exponential|O\(|throughput|latency|overhead|benchmark\w*|memory (?:usage|footprint|consumption)|GC)\b",
        re.IGNORECASE,
    ),
    Family.CONCURRENCY: re.compile(
        r"\b(?:deadlock\w*|rac(?:e|es|ed|y|ing)|(?<!worker )threads?|thread[- ]?saf\w+|goroutines?|concurren\w+|in parallel|mutex\w*|locks?|locked|locking|reentran\w+|atomic(?:ally)?)\b",
        re.IGNORECASE,
    ),
}
_REASON = re.compile(
    r"\b(?:because|since|otherwise|or else|so that|such that|so (?:we|it|the)|due to|as (?:it|this|that|they|we|the)|in order to|for the sake of)\b",
    re.IGNORECASE,
)


def questions_about(told: Told) -> Iterator[str]:
    """Yield what only a person can answer, the most telling first."""
    parts, place, rejected = told.parts, told.place, lower(told.parts.get("rejected", ""))
    yield _first(told, rejected)
    yield _who_would_notice(told)
    if rejected and not parts.get("instead"):
        yield f"What does {place} do instead of {rejected}, and is that the rule?"
    elif not with_role(told.support, "regression", "test"):
        yield f"Which test would fail if {_ignored(told)}, and if there is none: does it deserve one?"


def _who_would_notice(told: Told) -> str:
    """Who would notice, asked of what was said to go wrong or to be made up for where that is known."""
    place, harm = told.place, told.written("harm")
    if told.doubts:
        return f"Who would notice if {place} ignored this, and what could they no longer do or rely on?"
    if _is_named(harm) and told.parts.get("joint") == "to avoid":
        return f"Who would notice “{harm}” if it came of {place} one day, and what could they no longer do or rely on?"
    if harm and len(harm) <= _LONGEST_SUBJECT and told.parts.get("joint") in {"otherwise", "if not", "because"}:
        if not harm.startswith("a change that "):
            return f"Who would notice if “{harm}” came true in {place}, and how long might that take?"
    elif told.parts["speech"] == Speech.WORKS_AROUND:
        return f"Who would notice if {place} did without the workaround, and on which versions or systems?"
    return f"Who would notice if {_ignored(told)}, and what could they no longer do or rely on?"


def _ignored(told: Told) -> str:
    """That the warning was not heeded, by its rule or its harm where these can be said."""
    rule, harm = told.parts.get("rule") or "", told.written("harm")
    if _SAYABLE <= len(rule) <= _LONGEST_SUBJECT:
        return f"“{upper(rule)}” were ignored in {told.place}"
    if _is_named(harm) and told.parts.get("joint") == "to avoid":
        return f"it came to “{harm}” in {told.place}"
    return f"{told.place} ignored this"


def _is_named(harm: str) -> bool:
    return 0 < len(harm) <= _LONGEST_SUBJECT and not harm.startswith("a change that ")


def _first(told: Told, rejected: str) -> str:
    parts, place = told.parts, told.place
    ground = told.written("ground")
    if rejected and ground and parts.get("verdict"):
        return f"“{upper(parts['rejected'])} {ground}”: is that still so, or could {place} do it by now?"
    if rejected and ground:
        return f"Is “{ground}” still so, or could {place} go over to {rejected} by now?"
    if rejected:
        return f"What went wrong with {rejected} in {place}, and who found out?"
    if told.doubts:
        return "Does anybody know by now whether this is so? It is a guess of whoever wrote it, and nothing here settles it."
    if parts["speech"] == Speech.TEMPORARY and parts.get("until"):
        return f"“{upper(told.written('until'))}”: has that come, and could {place} do without this by now?"
    if parts.get("gap"):
        return f"“{upper(told.written('gap'))}”: is that still so, and what would you do in {place} if it were not?"
    if parts["speech"] == Speech.WORKS_AROUND and parts.get("depends"):
        return _about_workaround(told)
    if parts["speech"] == Speech.DECIDES and ground and parts.get("cause"):
        return f"“{upper(ground)}”: is that still the reason, and what would {place} do without it?"
    if parts["speech"] == Speech.DECIDES and ground and not ground.startswith("of "):  # "because of ..." is no clause
        return f"Is “{ground}” still so, and what would {place} do if it were not?"
    return _opening(told)


def _about_workaround(told: Told) -> str:
    elsewhere = _ELSEWHERE.search(told.sentence)
    named = elsewhere.group() if elsewhere else told.parts["depends"][0]
    if "#" in named:
        return f"Is {named} still open, and could the workaround in {told.place} go when it is closed?"
    if NAMED_FAULT.search(named):
        return f"Is {told.fault} still there, and how would you learn that {told.place} can do without the workaround?"
    if _VERSIONED.search(named):
        return f"Do you still support {named}, and could the workaround in {told.place} go when you no longer do?"
    return f"Is the workaround in {told.place} still needed, and how would you learn that it is not?"


def _opening(told: Told) -> str:
    """What happened, and what would bring it back; where the words tell the reason themselves, whether it was ever met."""
    origin, place = told.origin, told.place
    if origin is not None and origin.data["repairs"]:
        when = datetime.fromtimestamp(origin.data["time"], UTC).date().isoformat()
        subject = origin.data["subject"]
        quoted = f" (“{subject}”)" if _TELLING_SUBJECT <= len(subject) <= _LONGEST_SUBJECT else ""
        return f"Commit {origin.data['commit'][:_SHORT_HASH]} of {when}{quoted} wrote this: what change to {place} would bring the trouble back?"
    meant = _MEANT.get(told.family)
    if told.family in _WHO and (meant is None or meant.search(told.sentence)):
        return _WHO[told.family].format(place=place)
    harm = told.written("harm")
    if harm and told.parts.get("joint") in {"otherwise", "to avoid"} and not harm.startswith("a change that "):
        return f"Has anybody run into “{harm}” in {place}, or was it only foreseen?"
    if _REASON.search(told.sentence):
        return f"Is the reason that the comment in {place} gives still so, and what could be done otherwise if it were not?"
    return f"What happened, before somebody wrote this in {place}?"
