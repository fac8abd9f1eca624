"""What a warning or a reason is about by its words: the family that they belong to, and the issues that they name. Pure."""

from __future__ import annotations

import re

from archaeology.model import Family
from archaeology.readings.caseless import Caseless

_ISSUE = Caseless(
    r"(?<![\w&])#(\d{2,6})\b|\b(?:gh|issue|bug|ticket|pr)[-:# ]+#?(\d{2,6})\b|\bCVE-(\d{4}-\d+)|[?&]id=(\d{3,7})\b",
    needs=("#", "gh-", "gh:", "gh ", "issue", "bug", "ticket", "pr-", "pr:", "pr ", "cve-", "id="),
)
_DIGIT = re.compile(r"\d")
_DIGITS = "0123456789"
_ISSUE_ADDRESS = re.compile(r"/([\w.-]+)/(?:issues|pull|bugs?)/(\d{1,6})\b")
_SECURITY = re.compile(
    r"\b(?:inject(?:ion|ed|ing)s?|sanitiz\w+|untrusted|malicious|attack(?:er|s)?|vulnerab\w+|CVE-\d|constant[- ]time|timing[- ](?:attacks?|safe)|(?:path|directory|file) traversal|privileges?|credentials?|XSS|CSRF|SSRF"
    r"|spoof\w*|exploit\w*|denial of service|DoS|hijack\w*|security|secrets?|passwords?|cross-origin)\b"
)
# One of these is in each warning that is about security, as it stands.
_UNSAFE = (
    "inject", "sanitiz", "untrusted", "malicious", "attack", "vulnerab", "CVE-", "constant", "timing", "traversal", "privilege", "credential",
    "XSS", "CSRF", "SSRF", "spoof", "exploit", "denial", "DoS", "hijack", "security", "secret", "password", "cross-origin",
)  # fmt: skip
_ABOUT: tuple[tuple[Family, re.Pattern[str] | Caseless], ...] = (
    (Family.SECURITY_BOUNDARY, _SECURITY),
    (
        Family.CONCURRENCY,
        Caseless(
            r"\b(?:deadlock\w*|race conditions?|(?:a|the|data) races?|racy|raced?\b|thread[- ]?saf\w+|(?:other|another|main|same|worker|background|multiple|different|calling|UI) threads?|threads\b|goroutines?"
            r"|concurren(?:t|tly|cy)|atomics?\b(?!ally)(?! (?:css|design|class(?:es)?)\b)|event loop|reentran\w+|mutex(?:es)?|(?:hold|holding|acquire|acquiring|release|under|take) (?:\w+ ){0,2}locks?|lock order|async-signal[- ]safe\w*|SIG[A-Z]{2,5} handler|memory (?:order|barrier)\w*|await(?:ing)? (?:while|under))\b",
            needs=(
                "deadlock",
                " lock",
                "lock order",
                "race",
                "racy",
                "thread",
                "goroutine",
                "concurren",
                "atomic",
                "event loop",
                "reentran",
                "mutex",
                "async-signal",
                " handler",
                "memory order",
                "memory barrier",
                "await",
            ),
        ),
    ),
    (
        Family.STABLE_FORMAT,
        Caseless(
            r"\b(?:backwards?[- ]compat\w*|BC[- ]breaks?|breaking change|old(?:er)? (?:versions?|clients?|formats?|data|files?|databases?|lock ?files?)|wire (?:format|protocol)|on[- ]disk|serializ(?:ed|ation)\b.*\b(?:old|exist|stored|format)"
            r"|persisted|existing (?:users|data|databases?|files|clients|installations|code)|public api|already (?:stored|released|published|deployed))\b",
            needs=(
                "backward",
                "bc break",
                "bc-break",
                "breaking change",
                "old ",
                "older ",
                "wire ",
                "on-disk",
                "on disk",
                "serializ",
                "persisted",
                "existing ",
                "public api",
                "already ",
            ),
        ),
    ),
    (
        Family.PERFORMANCE_GUARD,
        Caseless(
            r"\b(?:hot (?:path|loop)s?|fast[- ]path|performance|perf\b|slow(?:er|s|ness|down)|very slow|too slow|expensive|allocat(?:e|es|ion|ions|ing)|quadratic|exponential|O\([nN][^)]*\)|cache (?:line|miss)\w*|memory (?:usage|footprint|consumption)"
            r"|speed(?:s|up)?|faster|overhead|GC pressure|throughput|latency|benchmarks?)\b",
            needs=(
                "hot path",
                "hot loop",
                "fast path",
                "fast-path",
                "faster",
                "perf",
                "slow",
                "expensive",
                "allocat",
                "quadratic",
                "exponential",
                "o(n",
                "cache line",
                "cache miss",
                "memory usage",
                "memory footprint",
                "memory consumption",
                "speed",
                "overhead",
                "gc pressure",
                "throughput",
                "latency",
                "benchmark",
            ),
        ),
    ),
)


def family_of(said: str) -> Family:
    """Return what a warning is about by its words; a plain scar where they do not tell."""
    about = _ABOUT if any(map(said.__contains__, _UNSAFE)) else _ABOUT[1:]
    return next((family for family, pattern in about if pattern.search(said)), Family.SCAR_TISSUE)


def issues_in(text: str, home: str | None = None) -> tuple[str, ...]:
    """Return the numbers of issues, pull requests and advisories that a text names, each once.

    An address names somebody else's issue unless it is one of the repository called ``home``; without a name all are taken.
    """
    # Most texts have none, and to look for the ten that are in ASCII costs a fifth of a look for all that there are.
    if not (any(map(text.__contains__, _DIGITS)) if text.isascii() else _DIGIT.search(text)):
        return ()
    found = [(match.start(), next(filter(None, match.groups()))) for match in _ISSUE.finditer(text)]
    found += [
        (match.start(), match[2])
        for match in (_ISSUE_ADDRESS.finditer(text) if "/" in text else ())
        if home is None or match[1].lower() == home.lower()
    ]
    return tuple(dict.fromkeys(number for _, number in sorted(found)))
