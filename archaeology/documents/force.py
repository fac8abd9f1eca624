"""Which sentences state a rule, how strongly, and which only sound like one: how-to, manners, legal words."""

from __future__ import annotations

import re

MIN_CHARACTERS = 18
MAX_CHARACTERS = 600
MIN_WORDS = 4

# The first that matches counts, so the stronger and the negative forms come first. "Do not" rules only as an imperative: "such
# frameworks do not need it" is a description, and so is "would never".
_FORCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (force, re.compile("|".join(words), re.IGNORECASE))
    for force, words in (
        (
            "must_not",
            (
                r"\b(?:must(?:n['’]t| not| never)|shall (?:not|never)|under no circumstances|off[- ]limits|forbids?)\b",
                r"\bmay (?:not|never)\b(?! be (?:able|enough|needed|necessary|present|available))",
                r"(?<!\bwould )(?<!\bcan )(?<!\bhas )(?<!\bhave )(?<!\bhad )\bnever\b(?! been\b)",
                r"(?:^\W*|[:;,.(—–]\s*|\b(?:please|and|but|so|we|always)\s+)(?:do not|don['’]t)\b(?! (?:have|need|support|require|know|want|see)\b)",
                r"\b(?:is|are) (?:strictly |explicitly )?(?:forbidden|prohibited|banned|disallowed|not (?:allowed|permitted))\b",
                r"\b(?:will|would) not be (?:accepted|merged)\b",
            ),
        ),
        (
            "must",
            (
                r"\b(?:must|shall|always|mandatory|(?:is|are) required(?: to)?|may only|can only)\b",
                r"\bonly (?:\S+ ){1,6}(?:may|can|should|is allowed|are allowed|knows?)\b",
                r"\bno (?:\S+ ){1,4}may\b",
                r"\b(?:all|every|each|any) (?:\S+ ){1,5}ha(?:s|ve) to\b",
                r"(?<!not )(?<!n't )\bhas to\b",
            ),
        ),
        (
            "should_not",
            (
                r"\bshould(?:n['’]t| not| never)\b",
                r"(?:^\W*|\b(?:to|and|please|we) )avoid\b",
                r"\b(?:discouraged|refrain from|ought not)\b",
            ),
        ),
        ("should", (r"\b(?:should|ought to|(?:is|are) recommended|we recommend)\b",)),
        (
            "prefer",
            (
                r"\b(?:prefer(?:red|s|ably|ence)?|favou?r(?:s|ing)?|in favou?r of)\b",
                r"\b(?:use|using|choose) \S+(?: \S+){0,5} (?:instead of|rather than)\b",
                r"(?:^\W*|[:;,—–]\s*)\S+(?: \S+){0,8} rather than\b",
            ),
        ),
        (
            "because",
            (
                r"\b(?:because|so that|(?:that|which|this) is why|the reason|rationale|decoupled?|isolated? from|trade-?offs?)\b",
                r"\bto (?:avoid|prevent|keep|ensure|guarantee|protect|isolate|decouple|make \S+ testable)\b",
                r"\b(?:at the (?:cost|expense) of|we accept)\b",
            ),
        ),
    )
)

_HOW_TO = re.compile(
    r"""\b(?:you(?:'ll|’ll)?|users?|we|first|then|now|please)\s+(?:\S+\s+){0,6}?
        (?:install|download|clone|sign\s+up|log\s?in|sign\s+in|restart|click|navigate|activate|upgrade|register|subscribe|export|set\s+up|cd\s+into|fork|launch)\b
      | ^(?:to\s+(?:install|run|build|start|use|get|set|test|deploy|create|add|enable|update|upgrade|do\s+so|see|view|generate|configure|contribute|develop)
          |make\s+sure\s+(?:that\s+)?(?:you|to|the\s+\S+\s+is\s+(?:installed|running))|ensure\s+(?:that\s+)?you\s+have|install|download|clone|run|open|click)\b
      | \b(?:is|are|be|have|has)\s+(?:already\s+)?(?:installed|running\s+locally)\b
      | \b(?:need\s+to\s+have|have)\s+\S+(?:\s+\S+){0,3}\s+(?:installed|running)\b
      | \b(?:you\s+(?:will|would|should|may|might|can)\s+(?:now\s+)?(?:see|get|find|be\s+able|notice|receive|need|want|have))\b
      | \bshould\s+(?:now\s+)?(?:see|work|appear|look\s+like|be\s+able|print|output|open|display|give|help|take|suffice|be\s+(?:running|available|installed|enough|fine|ready|visible))\b
      | \b(?:requires?|need)\s+(?:Python|Node|Go|Rust|Java|Docker|version|macOS|Windows|Linux)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MANNERS = re.compile(
    r"""\b(?:hesitate|worry|feel\s+free|always\s+(?:welcome|happy|appreciated|open|look)|never\s+mind|don['’]?t\s+forget|do\s+not\s+forget|if\s+you\s+(?:do\s+not|don['’]t)\s+(?:know|have|want|see)
        |thank|harass|conduct|respectful|be\s+(?:kind|nice)|code\s+of\s+conduct|star\s+the|sponsor|donat
        |(?:open|file|create|raise|submit|search|report)\s+(?:an?\s+|the\s+|your\s+)?(?:new\s+|existing\s+)?(?:issues?|tickets?|bugs?|forks?|discussions?)
        |pull\s+request\s+template|issue\s+tracker|CLA\b|contributor\s+license|sign(?:ed)?[- ]off|mailing\s+list|discord|slack|gitter|stack\s?overflow|twitter|newsletter)""",
    re.IGNORECASE | re.VERBOSE,
)
_LEGAL = re.compile(
    r"\b(?:warrant(?:y|ies)|liab(?:le|ility)|licen[sc]e[sd]?|licensor|copyright|trademark|redistribut\w*|hereby|indemnif\w*|terms of service|privacy policy)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:may or may not|if you (?:should|must)|should you\b|must[- ]have|must[- ]see|as it should|whether (?:it|we|you) should)\b",
    re.IGNORECASE,
)
_HOW_TO_HEADING = re.compile(
    r"\b(?:install\w*|getting started|quick ?start|set(?:ting)? ?up|prerequisites?|requirements|usage|licen[sc]e|change ?log|release notes|troubleshoot\w*|faq|running|upgrad\w+|migrat\w+"
    r"|deploy\w*|docker|tutorial|examples?|acknowledg\w+|sponsors?|credits|support|community|badges|download|configuration|options|environment variables|building|getting help|contact"
    r"|first contribution|development environment|dev environment|local development|contributing|contributors?|report(?:ing)?|pull requests?|issues?|cli|commands?)\b",
    re.IGNORECASE,
)
_DESIGN_HEADING = re.compile(
    r"\b(?:design|architecture|principles?|philosophy|goals?|non-goals?|rationale|rules?|conventions?|guidelines?|guarantees?|invariants?|constraints?|boundar(?:y|ies)|layers?"
    r"|structure|layout|style|stability|compatib\w*|security model|threat|decision|consequences|scope|testing|quality|polic(?:y|ies)|standards?|values|trade-?offs?|do nots?|don'?ts)\b",
    re.IGNORECASE,
)
_CODE_WORDS = re.compile(
    r"\b(?:modules?|layers?|packages?|domains?|imports?|depend(?:s|ency|encies|ent|encias)?|adapters?|ports?|interfaces?|public api|apis?|internals?|core|exceptions?|errors?|threads?|async|lock\w*|mutable|immutable"
    r"|state(?:less)?|side[- ]effects?|pure|formats?|backwards?|compatib\w*|breaking|schema\w*|serializ\w*|protocols?|allocat\w+|performance|latency|memory|benchmarks?|tests?|mocks?|fakes?|fixtures?|coverage"
    r"|type[- ]?(?:hints?|checks?|safe\w*|annotations?)|typed|database|transactions?|queries|sql|network|clock|determinis\w+|vendors?|frameworks?|plugins?|generated|secrets?|sanitiz\w+|escap\w+|unsafe|panic\w*|null|globals?"
    r"|singletons?|class(?:es)?|functions?|methods?|components?|services?|handlers?|controllers?|models?|repositor(?:y|ies)|boundar(?:y|ies)|coupl\w+|cycles?|circular|abstractions?|code|lint\w*|commits?|migrations?)\b",
    re.IGNORECASE,
)


def force_of(sentence: str) -> str | None:
    """Return how strongly a sentence rules (``must``, ``must_not``, ``should``, ``should_not``, ``prefer``, ``because``), or None.

    Longer texts than a sentence can be are not looked at.
    """
    if len(sentence) > MAX_CHARACTERS:
        return None
    return next((force for force, pattern in _FORCES if pattern.search(sentence)), None)


def is_noise(sentence: str) -> bool:
    """Whether a sentence sounds like a rule and is none: a step of a how-to, manners, legal words, a question, a fragment."""
    if not MIN_CHARACTERS <= len(sentence) <= MAX_CHARACTERS or len(sentence.split()) < MIN_WORDS:
        return True
    if sentence.rstrip("\"')*_").endswith("?"):
        return True
    return any(pattern.search(sentence) for pattern in (_HOW_TO, _MANNERS, _LEGAL, _DOUBT))


def is_how_to_heading(heading: str) -> bool:
    """Whether a section tells how to use or get something, and not how it is built."""
    return _HOW_TO_HEADING.search(heading) is not None and _DESIGN_HEADING.search(heading) is None


def is_design_heading(heading: str) -> bool:
    """Whether a section is about design, rules or reasons by its title."""
    return _DESIGN_HEADING.search(heading) is not None


def is_about_code(sentence: str) -> bool:
    """Whether a sentence speaks of code and its structure, or quotes some."""
    return "`" in sentence or _CODE_WORDS.search(sentence) is not None
