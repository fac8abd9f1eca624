"""Which sentence of a comment is a warning that somebody paid for, how strong it is, and what it is about. Pure.

A comment that describes, apologises, or tells a caller how to use something is no warning. One that forbids, says what breaks, or names
the bug that made it necessary is: nobody writes that without having seen it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archaeology.facts import Comment
from archaeology.model import Family

STRONG = 3.0
_LEAST, _MOST = 32, 230
_SHORT = 70
_MIN_WORDS = 6
_PROSE_SHARE = 0.82
_MOST_LINES = 14

_BAN = re.compile(
    r"(?:^\W*|[.:;,(–—-]\s*|\b(?:so|and|but|or|please|note|also|instead|really|therefore|thus)[:,]?\s+)"
    r"(?:please )?(?:do(?:es)? not|don['’]t|never|avoid|be (?:very )?careful|beware)\s+\w+"
    r"|\b(?:must|should|may|can|shall)(?: not|n['’]t| never) be\b|\b(?:must|shall|should)(?: not|n['’]t| never)\b|\bnot safe to\b|\bis unsafe\b"
    r"|\bwe (?:do not|don['’]t) [^.;]{3,60}\bhere\b|\bwe (?:can['’]?t|cannot|can not|must not|deliberately|intentionally|purposely)\b"
    r"|\b(?:deliberately|intentionally|on purpose)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:must|needs? to|has to|have to) (?:be|happen|run|come|stay|remain|match|go|precede)\b|\bimportant\b",
    re.IGNORECASE,
)
_CONSEQUENCE = re.compile(
    r"\b(?:otherwise(?=,?\s+\w)|or else|would (?:be |have |then )?(?:break|lead|cause|leak|lose|hang|deadlock|corrupt|fail|raise|crash|result|block|overwrite|clobber|trigger|loop|mask|hide|allow|expose|race|disrupt|invalidate|ruin|destroy|prevent|defeat|starve)\w*"
    r"|(?:will|could|can|might|may) (?:\w+ )?(?:break|cause|leak|lose|hang|deadlock|corrupt|fail|crash|race|overflow|panic|segfault|overwrite|clobber|block)\b"
    r"|deadlock\w*|corrupt\w*|infinite (?:loop|recursion)|data loss|segfault\w*|use[- ]after[- ]free|undefined behaviou?r|double[- ]free|stack overflow|memory leaks?|race condition"
    r"|(?:breaks|crashes|hangs|leaks|panics|fails) (?:on|when|if|with|in|under|for|the))\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|since|so that|in order to|to (?:avoid|prevent|guard against|make sure|ensure)|due to|as (?:it|this|that|they|we)|causes?|the reason)\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?<![\w&])#(\d{2,6})\b|\b(?:gh|issue|bug|ticket|pr)[-:# ]+#?(\d{2,6})\b|\bCVE-(\d{4}-\d+)|[?&]id=(\d{3,7})\b",
    re.IGNORECASE,
)
_ISSUE_ADDRESS = re.compile(r"/([\w.-]+)/(?:issues|pull|bugs?)/(\d{1,6})\b")
_WORKAROUND = re.compile(
    r"\bwork(?:s|ed|ing)?[- ]?around\b|\bbug in\b|\bbroken in\b|\bupstream (?:bug|issue)\b", re.IGNORECASE
)
_NAMED_PARTY = re.compile(
    r"https?://|\b[A-Z][A-Za-z]+ ?[<>=]*v?\d+(?:\.\d+)+|\b(?:Windows|macOS|Linux|Safari|Chrome|Firefox|IE\d*|PHP|Python|Node|Go|JVM|Android|iOS|MySQL|Postgres\w*|SQLite|Oracle|Redis|Docker|git)\b"
)
_SOFT = re.compile(
    r"\b(?:(?:don['’]t|do not|no) (?:really |actually |even )?(?:need|have to|want|care|know|matter|bother|mind|worry|use any|yet)"
    r"|(?:does not|doesn['’]t|did not|didn['’]t|won['’]t) (?:really |actually |even )?(?:need|have to|want|care|know|matter|exist|support|contain|include|change|apply|yet)"
    r"|no need|no (?:race|deadlock|danger|risk)\b|not be reached|cannot be (?:found|determined|parsed|resolved|null|empty)|can['’]t be (?:found|determined|null)|not be (?:found|available|present)|if (?:it|the \w+) does not|should not happen|(?:can['’]?t|cannot|won['’]t|does not|doesn['’]t) (?:know|deadlock|race|fail)|we (?:do not|don['’]t) (?:start|have)|never (?:happen|reached|called|mind|null|empty|returns?|nil)|shouldn['’]t happen)\b",
    re.IGNORECASE,
)
_TO_CALLERS = re.compile(
    r"^(?:Returns?|Raised?|Thrown|Indicates) |\bcallers? (?:can|should|may|must)\b|\byou(?:r|['’]re|['’]ll|['’]ve)?\b|:param|:return|@param|@return|\bArgs:|\bReturns:|\bRaises:|versionchanged|versionadded|\bdeprecated\b|\bfor example\b|\be\.g\.|\bdefaults? to\b|\bby default\b|>>>|\busers? (?:can|should|may|must)\b"
    r"|\bthis (?:method|function|option|parameter|argument|setting) (?:is|can|will|should|must)\b",
    re.IGNORECASE,
)
_LEFT_TO_DO = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
_LEGAL = re.compile(r"\b(?:licen[sc]e|warrant(?:y|ies)|copyright)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n\s*\n|\n\s*(?:[-*•]|\d+[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(])|(?<=:)\s+(?=(?:Do not|Don['’]t|Never)\b)")

_ABOUT: tuple[tuple[Family, re.Pattern[str]], ...] = (
    (
        Family.SECURITY_BOUNDARY,
        re.compile(
            r"\b(?:inject(?:ion|ed|ing)s?|sanitiz\w+|untrusted|malicious|attack(?:er|s)?|vulnerab\w+|CVE-\d|constant[- ]time|timing[- ](?:attacks?|safe)|traversal|privileges?|credentials?|XSS|CSRF|SSRF"
            r"|spoof\w*|exploit\w*|denial of service|DoS|hijack\w*|security|secrets?|passwords?|cross-origin)\b"
        ),
    ),
    (
        Family.CONCURRENCY,
        re.compile(
            r"\b(?:deadlock\w*|race conditions?|(?:a|the|data) races?|racy|raced?\b|thread[- ]?saf\w+|(?:other|another|main|same|worker|background|multiple|different|calling|UI) threads?|threads\b|goroutines?"
            r"|concurren(?:t|tly|cy)|atomics?\b(?!ally)|event loop|reentran\w+|mutex(?:es)?|(?:hold|holding|acquire|acquiring|release|under|take) (?:\w+ ){0,2}locks?|lock order|signal handler|memory (?:order|barrier)\w*|await(?:ing)? (?:while|under))\b",
            re.IGNORECASE,
        ),
    ),
    (
        Family.STABLE_FORMAT,
        re.compile(
            r"\b(?:backwards?[- ]compat\w*|BC[- ]breaks?|breaking change|old(?:er)? (?:versions?|clients?|formats?|data|files?|databases?|lock ?files?)|wire (?:format|protocol)|on[- ]disk|serializ(?:ed|ation)\b.*\b(?:old|exist|stored|format)"
            r"|persisted|existing (?:users|data|databases?|files|clients|installations|code)|public api|already (?:stored|released|published|deployed))\b",
            re.IGNORECASE,
        ),
    ),
    (
        Family.PERFORMANCE_GUARD,
        re.compile(
            r"\b(?:hot (?:path|loop)s?|fast[- ]path|performance|perf\b|slow(?:er|s|ness|down)|very slow|too slow|expensive|allocat(?:e|es|ion|ions|ing)|quadratic|exponential|O\([nN][^)]*\)|cache (?:line|miss)\w*|memory (?:usage|footprint|consumption)"
            r"|speed(?:s|up)?|faster|overhead|GC pressure|throughput|latency|benchmarks?)\b",
            re.IGNORECASE,
        ),
    ),
)
_FRAGMENT = re.compile(r"(?:[Oo]therwise|[Aa]nd|[Bb]ut|because|[Oo]r|so|[Ww]hich|that|to)\b")
_POINTS_BACK = re.compile(
    r"(?:otherwise|and|but|or|so|however|therefore|thus|also|this|that|these|those|it|they|hence|then|because)\b",
    re.IGNORECASE,
)
_LEADING_LINK = re.compile(r"^\(https?://\S+\)\s*")
_LINTING = re.compile(
    r"\b(?:eslint|noqa|phpstan|psalm|pylint|mypy|rubocop|lint(?:er|ing)?|prettier|ts-ignore)\b", re.IGNORECASE
)
_BANNING = frozenset({"ban", "workaround", "warning"})


@dataclass(frozen=True, slots=True)
class Caution:
    """The telling sentence of a comment. ``strength`` is at least :data:`STRONG`; ``issues`` are the numbers that it names."""

    sentence: str
    strength: float
    family: Family
    issues: tuple[str, ...]
    forbids: bool


def caution_of(comment: Comment, home: str | None = None) -> Caution | None:
    """Return the strongest warning in a comment, or None where there is none; ``home`` is what the repository is called."""
    if comment.kind not in _BANNING and comment.kind != "reason":
        return None
    if comment.end_line - comment.start_line >= _MOST_LINES or _LEFT_TO_DO.search(comment.text):
        return None
    whole_issues = issues_in(comment.text, home)
    best: Caution | None = None
    for paragraph in _PARAGRAPH.split(comment.text):
        sentences = _SENTENCE.split(" ".join(paragraph.split()))
        for number in range(len(sentences)):
            said = _with_context(sentences, number)
            found = _judged(_LEADING_LINK.sub("", said.strip(" :#*-")), whole_issues)
            if found is not None and (best is None or found.strength > best.strength):
                best = found
    return best


def _with_context(sentences: list[str], number: int) -> str:
    """A sentence with the one before it where it begins by pointing back, or else with the one after it where it is short."""
    sentence = sentences[number]
    if number and _POINTS_BACK.match(sentence):
        before = f"{sentences[number - 1]} {sentence}"
        return before if len(before) <= _MOST else sentence
    if len(sentence) < _SHORT and number + 1 < len(sentences):
        return f"{sentence} {sentences[number + 1]}"
    return sentence


def issues_in(text: str, home: str | None = None) -> tuple[str, ...]:
    """Return the numbers of issues, pull requests and advisories that a text names, each once.

    An address names somebody else's issue unless it is one of the repository called ``home``; without a name all are taken.
    """
    found = [(match.start(), next(filter(None, match.groups()))) for match in _ISSUE.finditer(text)]
    found += [
        (match.start(), match[2])
        for match in _ISSUE_ADDRESS.finditer(text)
        if home is None or match[1].lower() == home.lower()
    ]
    return tuple(dict.fromkeys(number for _, number in sorted(found)))


def _judged(said: str, issues: tuple[str, ...]) -> Caution | None:
    if not _LEAST <= len(said) <= _MOST or len(said.split()) < _MIN_WORDS or _LEGAL.search(said):
        return None
    forbids = _BAN.search(said) is not None
    breaks = _CONSEQUENCE.search(said) is not None
    workaround = _WORKAROUND.search(said) is not None
    if not (forbids or breaks or workaround):
        return None  # most sentences end here, before the many other looks
    if sum(character.isalpha() or character in " ,.'’" for character in said) < _PROSE_SHARE * len(said):
        return None
    if _FRAGMENT.match(said) or _LINTING.search(said):
        return None
    family = next((family for family, pattern in _ABOUT if pattern.search(said)), Family.SCAR_TISSUE)
    strength = (
        2.0 * forbids
        + 2.0 * breaks
        + 1.0 * (_ORDER.search(said) is not None)
        + 1.0 * (_CAUSE.search(said) is not None)
        + 1.5 * bool(issues)
        + 2.0 * (workaround and (bool(issues) or _NAMED_PARTY.search(said) is not None))
        + 0.5 * (family is not Family.SCAR_TISSUE)
        - 3.0 * (_SOFT.search(said) is not None)
        - 2.5 * (_TO_CALLERS.search(said) is not None)
    )
    if strength < STRONG:
        return None
    return Caution(said, strength, family, issues, forbids)
