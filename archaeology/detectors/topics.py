"""What a warning or a reason is about by its words: the family that they belong to, and the issues that they name. Pure."""

from __future__ import annotations

import re

from archaeology.model import Family
from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary

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
_ABOUT: tuple[tuple[Family, Caseless | Vocabulary], ...] = (
    (
        Family.CONCURRENCY,
        Vocabulary(
            "concurrency concurrent concurrently deadlock* goroutine goroutines mutex mutexes race raced racy threads",
            phrases=Choice(
                (r"\b(?:a|the|data) races\b", ("a races", "the races", "data races")),
                (r"\bthread[- ]?saf\w", ("threadsaf", "thread-saf", "thread saf")),
                (
                    r"\b(?:other|another|main|same|worker|background|multiple|different|calling|ui) thread\b",
                    (" thread",),
                    ("other ", "main ", "same ", "worker ", "background ", "multiple ", "different ", "calling ", "ui "),
                ),
                (r"\batomics?\b(?!ally)(?! (?:css|design|class(?:es)?)\b)", ("atomic",)),
                (
                    r"\b(?:hold|holding|acquire|acquiring|release|under|take) (?:\w+ ){0,2}locks?\b",
                    (" lock",),
                    ("hold ", "holding ", "acquire ", "acquiring ", "release ", "under ", "take "),
                ),
                (r"\b(?:event loop|lock order)\b", ("event loop", "lock order")),
                (r"\bsig[a-z]{2,5} handler\b", (" handler",), ("sig",)),
                (
                    r"\b(?:reentran\w|async-signal[- ]safe|memory (?:order|barrier)|await(?:ing)? (?:while|under)\b)",
                    ("reentran", "async-signal", "memory order", "memory barrier", "await while", "await under", "awaiting while", "awaiting under"),
                ),
            ),
        ),
    ),
    (
        Family.STABLE_FORMAT,
        Choice(
            (r"\b(?:backwards?[- ]compat|(?:bc[- ]breaks?|breaking change|public api)\b)", ("backward", "bc break", "bc-break", "breaking change", "public api")),
            (
                r"\bold(?:er)? (?:versions?|clients?|formats?|data|files?|databases?|lock ?files?)\b",
                ("old ", "older "),
                (" version", " client", " format", " data", " file", " lock"),
            ),
            (r"\b(?:wire (?:format|protocol)|on[- ]disk|persisted)\b", ("wire format", "wire protocol", "on-disk", "on disk", "persisted")),
            (r"\bserializ(?:ed|ation)\b.*\b(?:old|exist|stored|format)\b", ("serialized", "serialization")),
            (
                r"\bexisting (?:users|data|databases?|files|clients|installations|code)\b",
                ("existing users", "existing data", "existing files", "existing clients", "existing installations", "existing code"),
            ),
            (r"\balready (?:stored|released|published|deployed)\b", ("already stored", "already released", "already published", "already deployed")),
        ),
    ),
    (
        Family.PERFORMANCE_GUARD,
        Vocabulary(
            "allocate allocates allocating benchmark benchmarks expensive exponential faster latency overhead perf "
            "performance quadratic slowdown slower slowness slows speed speeds speedup throughput",
            phrases=Choice(
                (
                    r"\b(?:hot (?:path|loop)s?|fast[- ]path|(?:very|too) slow|gc pressure)\b",
                    ("hot path", "hot loop", "fast path", "fast-path", "very slow", "too slow", "gc pressure"),
                ),
                (
                    r"\b(?:cache (?:line|miss)|memory (?:usage|footprint|consumption)\b)",
                    ("cache line", "cache miss", "memory usage", "memory footprint", "memory consumption"),
                ),
                (r"\bo\(n[^)]*\)\b", ("o(n",)),
                # Of memory, and not what some scheduler or shop hands out under that name.
                (
                    r"\b(?:extra|additional|unnecessary|needless|heap|memory|no|zero|per|intermediate|temporary|string|array|object|buffer|large|avoid\w*|reduc\w*|sav(?:e|es|ing)|prevent\w*|without|fewer|less|caus\w*|minimi[sz]\w*|eliminat\w*|repeated|frequent|expensive)[- ](?:(?:the|any|all|an?|new|more|most|one|another) )?allocations?\b|\ballocation[- ](?:free|rate|pressure|overhead)\b",
                    ("allocation",),
                ),
            ),
        ),
    ),
)  # fmt: skip


def family_of(said: str) -> Family:
    """Return what a warning is about by its words; a plain scar where they do not tell."""
    if any(map(said.__contains__, _UNSAFE)) and _SECURITY.search(said):
        return Family.SECURITY_BOUNDARY
    return next((family for family, words in _ABOUT if words.is_in(said)), Family.SCAR_TISSUE)


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
