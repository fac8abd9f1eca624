"""Which sentence of a comment is a warning that somebody paid for, and how strong it is. Pure.

A comment that describes, apologises, or tells a caller how to use something is no warning. One that forbids, says what breaks, or names
the bug that made it necessary is: nobody writes that without having seen it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters

from archaeology.detectors.comment_texts import is_boxed, judgeable
from archaeology.detectors.no_lessons import is_no_lesson
from archaeology.detectors.topics import family_of, issues_in
from archaeology.detectors.voices import is_cited, is_loud, keeps_in_step, shouts
from archaeology.facts import Comment
from archaeology.model import Family
from archaeology.readings import Reading, Speech, passages_of, read
from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.clauses import clauses_of
from archaeology.readings.conditions import goes_when
from archaeology.readings.rules import is_reasoned

STRONG = 3.0
_FAMILIAR = 0.5  # to be about something that a family is made of counts as much
_LEAST, _MOST = 32, 300
_MIN_WORDS = 6
_MOST_LINES = 14
_KNOWN = 256  # comments repeat themselves from one definition to the next
_PROSE_SHARE = 0.82
_NO_PROSE = str.maketrans("", "", f"{ascii_letters} ,.'")

_ORDER = Caseless(
    r"\b(?:must|needs? to|has to|have to) (?:be|happen|run|come|stay|remain|match|go|precede)\b|\bimportant\b"
)
_CAUSE = Caseless(
    r"\b(?:because|since|so that|in order to|to (?:avoid|prevent|guard against|make sure|ensure)|due to|as (?:it|this|that|they|we)|causes?|the reason|(?:or )?otherwise (?:it|we|the|this|that|they|there|an?)|or else|lest)\b"
)
_SOFT = Choice(
    (
        r"\b(?:don['’]t|do not|no) (?:really |actually |even )?(?:need|have to|want|care|know|matter|bother|mind|worry|use any|yet)\b",
        ("don't ", "don’t ", "do not ", "no "),
    ),
    (
        r"\b(?:does not|doesn['’]t|did not|didn['’]t|won['’]t) (?:really |actually |even )?(?:need|have to|want|care|know|matter|exist|support|contain|include|change|apply|yet)\b",
        ("does not ", "doesn't ", "doesn’t ", "did not ", "didn't ", "didn’t ", "won't ", "won’t "),
    ),
    (r"\bno (?:race|deadlock|danger|risk)\b", ("no race", "no deadlock", "no danger", "no risk")),
    (
        r"\b(?:not be reached|cannot be (?:found|determined|parsed|resolved|null|empty)|can['’]t be (?:found|determined|null)|not be (?:found|available|present))\b",
        ("not be ", "can't be ", "can’t be "),
    ),
    (r"\bif (?:it|the \w+) does not\b", (" does not",)),
    (
        r"\b(?:should(?: not|n['’]t) happen|(?:should|must) be impossible|(?:should|could)(?: not|n['’]t) be possible|should(?:n['’]t| not) be (?:necessary|needed|required)|should never (?:happen|raise|throw|fail|occur|be reached|get here))\b",
        ("should", "impossible", "be possible"),
    ),
    (r"\b(?:can['’]?t|cannot|won['’]t|does not|doesn['’]t) (?:know|deadlock|race|fail)\b", (" know", " deadlock", " race", " fail")),
    (r"\bwe (?:do not|don['’]t) (?:start|have)\b", ("we do not ", "we don't ", "we don’t ")),
    (r"\bnever (?:happen|reached|called|mind|null|empty|returns?|nil)\b", ("never ",)),
    (r"\b(?:stay(?:ing)? safe|just in case|better safe|safe side)\b", (" safe", "just in case", "safe side")),
)  # fmt: skip
_TO_CALLERS = Caseless(
    r"^(?:Returns?|Raised?|Thrown|Indicates) |\bcallers? (?:can|should|may|must)\b|\byou(?:r|['’]re|['’]ll|['’]ve)?\b|:param|:return|@param|@return|\bArgs:|\bReturns:|\bRaises:|versionchanged|versionadded|\bdeprecated\b|\bfor example\b|\be\.g\.|\bdefaults? to\b|\bby default\b|>>>|\busers? (?:can|should|may|must)\b"
    r"|\bthis (?:method|function|option|parameter|argument|setting) (?:is|can|will|should|must)\b",
    needs=("you", "return", "raise", "thrown ", "indicates ", "caller", "user", "param", "args:", "version", "deprecated", "for example", "e.g.", "default", ">>>", "method ", "function ", "option ", "argument ", "setting "),
)  # fmt: skip
_MARKS_TO_DO = ("TODO", "FIXME", "XXX")
_LEFT_TO_DO = re.compile(rf"\b(?:{'|'.join(_MARKS_TO_DO)})\b")

_FRAGMENT = re.compile(
    r"(?:should|shall|may|can|could|will|would|[Oo]therwise|[Aa]nd|[Bb]ut|because|[Oo]r|so|[Ww]hich|that|to)\b"
)
_LEADING_LINK = re.compile(r"^\(https?://\S+\)\s*")
# One of these is in everything that a reading could make something of; to look for them costs a tenth of a reading. Most sentences that
# have one have it as a word by itself, between blanks.
_TELLING_WORDS = frozenset(
    "not never cannot must shall should always only careful beware ensure otherwise lest guard would could bug around broken because since instead rather upstream limitation quirk tried until once lacks breaks rely relies".split()
)
_TELLING = Caseless(
    rf"\b(?:{'|'.join(sorted(_TELLING_WORDS))}|n['’]t|avoid\w*|ha(?:s|ve) to|needs? to|make sure|or else|prevent\w*|purpose\w*|deliberate\w*|intention\w*|due to|temporar\w*|assum\w+)\b|n['’]t\b",
    needs=("not", "only", "must", "n't", "n’t", "never", "should", "need", "because", "since", "always", "would", "could", "avoid", "instead", "otherwise", "ensure", "make sure", "until", "once", "has to",
           "have to", "prevent", "rather", "around", "due to", "assum", "bug", "shall", "careful", "beware", "or else", "lest", "guard", "broken", "purpose", "deliberate", "intention", "upstream", "limitation", "quirk",
           "tried", "temporar", "lacks", "breaks", "rely", "relies"),
)  # fmt: skip
# A ban with its subject is more than "do not" before the next line.
_FOR_ALL = Caseless(
    r"\b(?:we|it|this|they|there) (?:should(?: not|n['’]t)|must(?: not| never|n['’]t)|should never|may not|may never)\b(?! (?:\w+ )?(?:have|happen|hit|get|reach|see|need|matter|occur|be (?:an?|any|here|possible|reached|empty|null|nil|none|necessary|needed|required|too))\b)|\bmust never\b"
)
_MERE_AIMS = frozenset({"to avoid", "to prevent"})
_TOLD_WORDS = 9
# What nobody expects to happen is no rule.
_NOBODY = re.compile(
    r"\b(?:should|must|can|will|would)(?: not|n['’]t| never)(?: \w+){0,2} (?:get|be|reach|come|happen|occur)\w*(?: \w+)? (?:this|here|that|there|matter)\b"
    r"|\b(?:should|can|will|would)(?:n['’]t| not| never)(?: ever)? (?:happen|occur|matter|get this|get here|reach)\b",
    re.IGNORECASE,
)
_BANNING = frozenset({"ban", "workaround", "warning"})
_OTHERS = frozenset({"reason", "todo"})
# What stands before a comment and is no part of what it says.
_MARK = re.compile(
    r"^(?:NOTE|NB|N\.B\.|WARNING|IMPORTANT|ATTENTION|CAUTION|HACK|FIXME|TODO|XXX)\b(?:\([^)]*\))?[\s:!-]+(?=\S)"
)
_IN_A_CASE = Caseless(r"^(?:on|in case of|in the case of|during|while) [^,]{3,60}, ")
# What stands behind one of these is a reason: "we do not sleep here, because we don't want to wait" is not soft.
_BEHIND = Caseless(r"\b(?:because|since|so that)\b", needs=("because", "since", "so that"))
# When code may go is told by others' doings; "until it is reset" is how the code works.
_GOES = Caseless(
    r"\b(?:support\w*|fix(?:ed|es)?|releas\w*|drop\w*|upgrad\w*|remov\w*|upstream|resolved|merged|lands?|ships?|migrat\w*|versions?|no longer|requir\w*|implemented|\d+(?:\.\d+)*)\b"
)
_ELSE = Caseless(r"\b(?:otherwise|or else|lest)\b")


@dataclass(frozen=True, slots=True)
class Caution:
    """The telling passage of a comment, whole sentences, with its reading.

    ``strength`` is at least :data:`STRONG`; ``issues`` are the numbers that the comment names; ``forbids`` whether it turns something down.
    """

    sentence: str
    strength: float
    family: Family
    issues: tuple[str, ...]
    forbids: bool
    reading: Reading


def caution_of(comment: Comment, home: str | None = None) -> Caution | None:
    """Return the strongest warning in a comment, or None where there is none; ``home`` is what the repository is called."""
    if comment.kind not in _BANNING | _OTHERS or comment.end_line - comment.start_line >= _MOST_LINES:
        return None
    if is_boxed(comment.text):
        return None
    return _strongest(comment.text, home)


def says_why(caution: Caution) -> bool:
    """Whether the words hold without a witness: they turn something down and say why, or name the fault that they make up for.

    "Close it to avoid leaks" is no more than what the code does.
    """
    reading = caution.reading
    if reading.speech is Speech.TEMPORARY:
        return bool(reading.until)
    if reading.speech is Speech.WORKS_AROUND:
        return bool(reading.depends or reading.gap or (reading.breaks and _ELSE.is_in(caution.sentence)))
    if _NOBODY.search(caution.sentence):
        return False
    if reading.decided or (reading.strong and (is_loud(caution.sentence) or keeps_in_step(caution.sentence))):
        return True
    if reading.joint in _MERE_AIMS or len(caution.sentence.split()) < _TOLD_WORDS:
        return False
    why = bool(reading.harm or reading.ground) or is_reasoned(clauses_of(caution.sentence))
    return why and (caution.forbids or reading.speech is not Speech.PRESCRIBES or _ELSE.is_in(caution.sentence))


@lru_cache(maxsize=_KNOWN)
def _strongest(said: str, home: str | None) -> Caution | None:
    text = judgeable(said)
    whole_issues = issues_in(text, home)
    to_do = any(mark in text for mark in _MARKS_TO_DO) and _LEFT_TO_DO.search(text) is not None
    best: Caution | None = None
    for passage in passages_of(text):
        one = _LEADING_LINK.sub("", passage.strip(" :#*-"))
        if to_do and not goes_when(one):  # what is left to do is told where it says when
            continue
        found = _judged(one, whole_issues)
        if found is not None and (best is None or found.strength > best.strength):
            best = found
    return best


def _judged(said: str, issues: tuple[str, ...]) -> Caution | None:
    if not _LEAST <= len(said) <= _MOST or len(words := said.split()) < _MIN_WORDS:
        return None
    if _TELLING_WORDS.isdisjoint(words) and not _TELLING.is_in(said):
        return None  # many sentences end here, before the many other looks
    if _prose_in(said) < _PROSE_SHARE * len(said):
        return None
    if is_cited(said) or _FRAGMENT.match(said):
        return None
    reading = read(said)
    if reading.speech is Speech.DESCRIBES or (reading.speech is Speech.TEMPORARY and not _GOES.is_in(reading.until)):
        return None
    strength = _strength(said, reading, issues)
    if strength + _FAMILIAR < STRONG or is_no_lesson(said):
        return None
    family = family_of(said)
    strength += _FAMILIAR * (family is not Family.SCAR_TISSUE)
    if strength < STRONG:
        return None
    forbids = bool(reading.rejected) or (reading.strong and reading.speech is Speech.PRESCRIBES)
    return Caution(_MARK.sub("", said), strength, family, issues, forbids, reading)


def _prose_in(said: str) -> int:
    """How many characters are letters, or stand between them in prose."""
    if said.isascii():  # nearly always, and three times as quick
        return len(said) - len(said.translate(_NO_PROSE))
    return sum(map(str.isalpha, said)) + sum(map(said.count, " ,.'’"))


def _strength(said: str, reading: Reading, issues: tuple[str, ...]) -> float:
    around, decides = reading.speech is Speech.WORKS_AROUND, reading.speech is Speech.DECIDES
    told = (
        2.0 * (bool(reading.rejected) or (reading.strong and reading.speech is not Speech.WARNS))
        + (2.0 if reading.breaks else 1.0 * bool(reading.harm))
        + 1.0 * _ORDER.is_in(said)
        + 1.0 * (bool(reading.ground) or _CAUSE.is_in(said))
        + 1.5 * bool(issues)
        + 3.0 * (around and (bool(issues) or bool(reading.depends)))
        + 1.0 * (reading.speech is Speech.PRESCRIBES and _FOR_ALL.is_in(said))
        + 2.0 * bool(reading.gap)
        + 1.0 * (reading.strong and shouts(said))
        + 1.0 * (reading.strong and bool(reading.rule) and _IN_A_CASE.is_in(said))
        + 1.0 * (bool(reading.rule) and _ELSE.is_in(said))
        + 1.0 * keeps_in_step(said)
        + (3.0 if reading.speech is Speech.TEMPORARY else -1.0) * bool(reading.until)
    )
    if decides:
        told += STRONG
    elif reading.decided and reading.speech is not Speech.DESCRIBES:
        told = max(told, STRONG)
    if told + _FAMILIAR < STRONG:
        return told  # it is too weak, whatever speaks against it
    behind = _BEHIND.search(said)
    before = said[: behind.start()] if behind else said
    soft = not decides and not (reading.rejected and reading.ground) and _SOFT.is_in(before)
    addressed = before if decides else said  # "since the caller may close it" is a reason
    return told - 3.0 * soft - 2.5 * (not around and _TO_CALLERS.is_in(addressed))
