"""The clause of a sentence that prescribes: an order, a ban, a "must", or something done on purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.clauses import Clause, bare
from archaeology.readings.premises import condition_of, is_deduced, points_back
from archaeology.readings.vocabulary import Vocabulary
from archaeology.readings.words import dangling, lacks_subject

_LEAST_WORDS, _MOST = 4, 190
_KNOWN = 256  # a clause is looked at from several sides, one after the other
_BAN = re.compile(
    r"^(?:please )?(?:do not|don['’]t|never|avoid|must not|mustn['’]t)\s+(?!mind\b|yet\b|support\b|know\b|the\b|an?\b|again\b|more\b|less\b)[a-z`'\"]\w*",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^(?:please )?(?:always|make sure|be sure|ensure|remember to|take care|be (?:very |extra )?careful|beware|keep|only (?:use|call|change|add|touch|run|allow|access|write|read|hold|take|set)|leave|prefer|insist on)\b\s*(?:that|to|of|when|with|not)?\s*[\w`'\"]+",
    re.IGNORECASE,
)
_MODAL = Caseless(
    r"^(?P<who>(?!(?:if|when|unless|once|while|after|before|although|though|whether) )[^,;\"“]{1,90}?)\s+(?:must|shall|needs? to|ha(?:s|ve) to|should (?:not|never|always|only)|(?:should|must)n['’]t|may (?:not|only) be|(?:is|are) not allowed to|is not supposed to|may never)\s+[a-z]",
    needs=("must", "shall", "need", "has to", "have to", "should", "may not", "may only", "may never", "allowed to", "supposed to"),
)  # fmt: skip
# "On leap days, the books must stay open": where it holds comes first.
_SETTING = re.compile(r"^(?:on|in|under|with|without|during|at|before|after) [^,;]{3,50}, (?=\w)", re.IGNORECASE)
_RELATIVE = Vocabulary(
    "because how if mean means said say says that think unless until what when where whether which who"
)
_FINITE = Vocabulary(
    "are contain contains did do does give gives had has have hold holds is return returns take takes tell tells was were will"
)
_CANNOT = re.compile(
    r"^(?:we|you|one|i) (?:can(?:not|['’]t| not)|could(?:n['’]t| not)) (?:\w+ly |just |also |even )*(?:use|call|do|rely|return|assume|take|hold|skip|reuse|share|move|put|make|allow|import|depend|trust|pass|set|remove|wait|block|mutate|modify|change|cache|store|inline|drop|free|close"
    r"|lock|run|start|raise|throw|subtract|add|append|write|read from|delete|send|emit|merge|let|compare|replace|convert|switch|iterate|apply|clear|copy|defer|rename|treat)\b",
    re.IGNORECASE,
)
_WE_DO_NOT = re.compile(
    r"^(?:we|i) (?:(?:do not|don['’]t|never|won['’]t|will not|only|always)|(?:deliberately|intentionally|purposely|purposefully|explicitly) \w+) (?:\w+)",
    re.IGNORECASE,
)
_ON_PURPOSE = Caseless(
    r"\b(?:"
    r"\b(?:is|are|was|were|been|we|left|kept|done|it|this|does|do)(?: \w+)? (?:deliberately|intentionally|purposely|purposefully|explicitly)\b|^(?:deliberately|intentionally|purposely|purposefully) (?:not |left |kept |no |empty|ignor|omit|disabl|skip|avoid|without|un\w+|do(?:es)? not|don['’]t)|\b(?:on purpose|by design)\b"
    r")",
    needs=("deliberate", "intentional", "purpose", "explicitly", "by design"),
)
# With one of these begin a bare "must", a ban, an order, and what we cannot or do not do; few clauses do.
_OPENS = re.compile(
    r"(?:please|do|don|must|never|avoid|always|make|be|ensure|remember|take|careful|beware|keep|only|leave|prefer|insist|we |you |one |i )",
    re.IGNORECASE,
)
_BARE_MUST = re.compile(r"^must (?:not |never |only |always |also )*(?!have\b)[a-z]+", re.IGNORECASE)
_NO_ORDER = Choice(
    (r"\b(?:nothing|nobody|no one) (?:needs?|has) to\b", ("nothing", "nobody", "no one")),
    (
        r"\bmust(?: already| then| also)? (?:have|already be|be (?:already|a bug|an error|a mistake|the|our|one of|some|something|in|at|due|from|because|an?|coming|missing|wrong))\b|\bmust['’]ve\b",
        ("must have", "must already", "must then", "must also", "must be", "must've", "must’ve"),
    ),
    (
        r"\b(?:should|can)(?:n['’]t| not|not)? (?:never |ever |really )?(?:happen|be (?:reached|possible|fine|ok|okay|enough|safe|sufficient|good|able|noted|rare|necessary|needed|impossible|null|nil|empty|found|determined|resolved|parsed|unreachable|true|false|equal))\b",
        (
            " happen", "be reached", "be possible", "be fine", "be ok", "be enough", "be safe", "be sufficient", "be good", "be able", "be noted", "be rare", "be necessary", "be needed", "be impossible",
            "be null", "be nil", "be empty", "be found", "be determined", "be resolved", "be parsed", "be unreachable", "be true", "be false", "be equal",
        ),
        ("should", "can"),
    ),
    (r"\b(?:never|not) (?:happen|happens|reached|called|mind|null|empty|returns?|nil|occur)\b", (" happen", " reached", " called", " mind", " null", " empty", " return", " nil", " occur"), ("never ", "not ")),
    (r"\b(?:do|does) (?:not|n['’]t) (?:yet|currently)\b", (" yet", " currently")),
    (
        r"\b(?:don['’]t|do not|doesn['’]t|does not|won['’]t|no) (?:really |actually |even |yet |necessarily |currently |quite |fully |exactly )?(?:need|have|want|care|know|matter|bother|mind|worry|exist|support|work|see|think|believe|expect|understand|like|reach|get|expect|start)\b",
        ("don't ", "don’t ", "do not ", "doesn't ", "doesn’t ", "does not ", "won't ", "won’t ", "no "),
        (
            " need", " have", " want", " care", " know", " matter", " bother", " mind", " worry", " exist", " support", " work", " see", " think", " believe", " expect", " understand", " like", " reach",
            " get", " start",
        ),
    ),
    (r"\bwe (?:only|always) (?:get|come|reach|see|end|arrive|land)\b", ("we only ", "we always ")),
    (r"\bshould(?:n['’]t| not) need\b|\bshould (?:probably|have been|work|exist|match|already|now|help|do)\b",
        (" need", " probably", " have been", " work", " exist", " match", " already", " now", " help", " do"), ("should",)),
    (r"\bneeds? to be able\b|\b(?:all|everything) (?:we|you) need\b", ("to be able", "we need", "you need")),
    (r"\bnever (?:had|been|was|were|seen|used)\b", ("never had", "never been", "never was", "never were", "never seen", "never used")),
    (
        r"\bonly (?:happens?|occurs?|needed|used|applies|matters|relevant|if|for|when|works|available|valid|supported|exists?|called)\b|\bonly (?:a|an|one|the first)\b",
        (
            "only happen", "only occur", "only needed", "only used", "only applies", "only matters", "only relevant", "only if", "only for", "only when", "only works", "only available", "only valid",
            "only supported", "only exist", "only called", "only a", "only one", "only the first",
        ),
    ),
    (r"^keep (?:track|a (?:list|count|reference|copy|map)|in mind|going|the (?:count|list))\b|\bkeeps? (?:track|it)\b", ("keep track", "keep a ", "keep in mind", "keep going", "keep the ", "keeps track", "keep it", "keeps it")),
    (
        r"\b(?:ensure|make sure)(?: that)? (?:we (?:have|get|got)|the (?:user|directory|folder|parent|file|output|response|result|value|config|cache dir)\b)",
        ("ensure", "make sure"),
        (
            "we have", "we get", "we got", "the user", "the directory", "the folder", "the parent", "the file", "the output", "the response", "the result", "the value", "the config", "the cache dir",
        ),
    ),
    needs=(
        "nothing", "nobody", "no one", "must", " happen", "be ", "never ", "not ", " yet", " currently", "n't ", "n’t ", "no ", "we only ", "we always ", "should", "we need", "you need", "only ", "keep",
        "ensure", "make sure",
    ),
)  # fmt: skip
# "The caller should not wait for long" tells what will be so; who orders says "must".
_EXPECTED = Caseless(
    r"\b(?:should(?:n['’]t| not)|will not|won['’]t) (?:be |have to )*(?:block|wait|take|last|run|hang|stall|delay)(?:ed|ing)?\b(?: \w+){0,3}? (?:long|much(?: time)?|forever|a while)\b",
    needs=("long", "much", "forever", "a while"),
)
_HEDGED = Vocabulary(
    "apparently hopefully likely maybe perhaps presumably probably",
    phrases=Caseless(
        r"\b(?:might want|not sure|i (?:think|guess)|it seems|seems? to|as if|(?:we|you) never know|just in case)\b",
        ("might want", "not sure", "i think", "i guess", "it seems", "seem to", "seems to", "as if", "never know", "just in case"),
    ),
)  # fmt: skip
_STRONG = Vocabulary(
    "always avoid beware cannot careful deliberately explicitly intentionally must never purposely shall",
    phrases=Choice(
        (r"\b(?:do|must|ca|should)n['’]t\b", ("don't", "don’t", "mustn", "can't", "can’t", "shouldn")),
        (
            r"\b(?:do not|should not|not allowed|on purpose|by design|(?:needs?|has|have) to be)\b",
            ("do not", "should not", "not allowed", "on purpose", "by design", "to be"),
        ),
    ),
)
# A clause behind one of these gives a reason or a consequence, and prescribes nothing.
_NO_RULE_AFTER = frozenset(
    {"because", "since", "as", "due to", "otherwise", "or else", "lest", "which", "where", "although", "though", "even though", "while", "unless",
     "to avoid", "to prevent", "to guard against", "to protect against", "so as not to", "to allow", "to let", "to keep", "if not", "in order to", "so as to", "in which case"}
)  # fmt: skip
_GIVES_REASON = frozenset(
    {"because", "since", "as", "due to", "otherwise", "or else", "lest", "to avoid", "to prevent"}
)
_JOINED = frozenset(
    {"so that", "such that", "to ensure", "to ensure that", "to make sure", "to make sure that", "to guarantee"}
)
_NO_RULE_BEHIND = _NO_RULE_AFTER | _JOINED
# How a rule without its subject begins, and what points outside of it: few do, and have.
_NO_SUBJECT = frozenset({"mu", "sh", "ma", "ca", "co", "ha", "ne", "is", "ar", "wa"})
_POINTS = ("those", "these", "above", "below", " that ", ">")


def rule_in(clauses: Sequence[Clause]) -> str:
    """Return the clause that prescribes something, in its own words; empty where none does or where it means nothing by itself."""
    reasoned = is_reasoned(clauses)
    for number, clause in enumerate(clauses if not is_deduced(clauses) else ()):
        if clause.joint in _NO_RULE_BEHIND or clause.inside:
            continue
        said = bare(clause.text)
        if clause.joint in {"but", "yet", "however", "and then"} and _BAN.match(
            said
        ):  # "they are intact but do not fit"
            continue
        if prescribes(said, reasoned=reasoned) and is_whole(said):
            condition = condition_of(clauses, number)
            if condition is not None:
                if condition.joint in _NO_RULE_BEHIND or points_back(condition):
                    continue
                return f"{bare(condition.text)}, {said}" if len(condition.text) < _MOST // 2 else ""
            return said + _but_not(clauses[number + 1 :])
    return ""


def with_condition(chosen: str, clauses: Sequence[Clause]) -> str:
    """Return a choice with the clause that says when it is made: "if the type is a function, we need a paren"."""
    for number, clause in enumerate(clauses):
        condition = condition_of(clauses, number) if clause.text == chosen else None
        if condition is not None and condition.joint not in _NO_RULE_BEHIND:
            return f"{bare(condition.text)}, {chosen}"
    return chosen


def _but_not(rest: Sequence[Clause]) -> str:
    """What takes a part of a rule back: "look ahead, but not to the end", "do not sign it unless it was read"."""
    if rest and rest[0].joint == "unless" and not rest[0].inside:
        return f" unless {rest[0].text}"
    taken = rest[0] if rest and rest[0].joint in {"but", "and", "yet"} else None
    return (
        f", {taken.joint} {taken.text}"
        if taken and re.match(r"(?:not|only|never|always|no)\b", taken.text, re.IGNORECASE)
        else ""
    )


def is_reasoned(clauses: Sequence[Clause]) -> bool:
    """Whether some clause gives a reason or says what would happen otherwise."""
    return not _GIVES_REASON.isdisjoint([clause.joint for clause in clauses])


@lru_cache(maxsize=_KNOWN)
def prescribes(clause: str, *, reasoned: bool = True) -> bool:
    """Whether a clause orders or forbids something, or says that it is so on purpose.

    "We do not call it" prescribes only where somebody says why (``reasoned``); else it tells what the code does.
    """
    return _may_prescribe(clause, reasoned=reasoned) and not _tells_what_is(clause)  # few clauses come to the second


def _may_prescribe(clause: str, *, reasoned: bool) -> bool:
    """Whether a clause has the shape of an order, a ban, or of something done on purpose."""
    if _OPENS.match(clause):
        if _BARE_MUST.match(clause) or _BAN.match(clause) or _ORDER.match(clause):
            return True
        if _CANNOT.match(clause):  # "we can't write this file" tells of a case, and not of a rule
            return re.search(r"\b(?:this|that|it|them)\b", clause) is None
        if _WE_DO_NOT.match(clause):
            return reasoned or _ON_PURPOSE.is_in(clause)
    setting = _SETTING.match(clause) if ", " in clause else None
    clause = clause[setting.end() :] if setting else clause
    modal = _MODAL.match(clause)
    return _ON_PURPOSE.is_in(clause) or (modal is not None and _is_subject(clause[: modal.end("who")]))


@lru_cache(maxsize=_KNOWN)
def _tells_what_is(clause: str) -> bool:
    """Whether a clause that has the shape of an order tells what is, may be, or will be so."""
    return _NO_ORDER.is_in(clause) or _HEDGED.is_in(clause) or is_expected(clause)


def _is_subject(who: str) -> bool:
    """Whether the words before a "must" are its subject, and no clause of their own: "it returns the rows that must be read"."""
    return not _RELATIVE.is_in(who) and (who.endswith(" and") or not _FINITE.is_in(who))


def is_expected(clause: str) -> bool:
    """Whether a clause says what will be so ("should not block for long"), and leaves nothing to obey."""
    return _EXPECTED.is_in(clause)


def is_strong(clause: str) -> bool:
    """Whether the words of a rule leave no choice: "must", "never", "do not", "on purpose"."""
    return _STRONG.is_in(clause)


def is_whole(clause: str) -> bool:
    """Whether a rule can be read by itself: it points at nothing outside, has enough words and its subject."""
    words = clause.split()
    subjectless = (clause[:2].lower() in _NO_SUBJECT or not clause.isascii()) and lacks_subject(clause)
    return (
        len(words) >= _LEAST_WORDS
        and len(clause) <= _MOST
        and not subjectless
        and not dangling(clause)
        and not (
            any(map(clause.__contains__, _POINTS))
            and re.search(
                r"\b(?:those|these|above|below)\b|\b(?:to|of|for|in|at|with|from|on) that \w+|[<>]\w+>", clause
            )
        )
    )
