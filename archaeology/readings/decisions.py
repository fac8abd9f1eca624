"""A choice with its reason, as comments tell it: "A rather than B, because C", "B does not work there, since C", "A, so that C is never ...".

Neither an order nor a warning, and still what a team decided: whoever changes the code without knowing the reason undoes the choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from archaeology.readings.clauses import Clause, bare, clauses_of
from archaeology.readings.decision_words import (
    AT_STAKE,
    CONTRAST,
    FAILS,
    GENERAL,
    GUARANTEED,
    HAPPENS,
    HAS_TO_BE,
    MUST,
    NEGATED,
    NO_CHOICE,
    TELLS,
)
from archaeology.readings.premises import has_happened, is_deduced
from archaeology.readings.rules import is_expected
from archaeology.readings.words import dangling

_GROUNDS = frozenset({"because", "since", "due to", "as"})
_TO_ENSURE = frozenset({"to ensure", "to ensure that", "to make sure", "to make sure that", "to guarantee"})
_AIMS = frozenset({"so that", "such that", *_TO_ENSURE, "otherwise", "or else", "as otherwise", "because otherwise", "since otherwise", "lest"})  # fmt: skip
_NEUTRAL = frozenset({"so that", "such that", *_TO_ENSURE, *_GROUNDS})
_LEAST_MAIN, _LEAST_REASON, _LEAST_ALL = 3, 4, 10
_WE_CHOSE = re.compile(
    r"^(?:we|i|let['’]?s)\b(?! (?:are|were|have|had|get|got|know|see|can|could|may|might|will)\b)", re.IGNORECASE
)
_WE_REFRAIN = re.compile(
    r"^(?:(?:we|i) )?(?:do not|don['’]?t|dont|cannot|can['’]?t|can not|must not|mustn['’]t|should not|shouldn['’]t|never|avoid|refrain|won['’]t|will not)\b (?!\w*(?:need|matter|care|bother|mind|worry|know|exist|yet)\b)",
    re.IGNORECASE,
)
# "We can stop early, because the list is sorted": what the code takes for granted.
_GRANTED = re.compile(
    r"^(?:(?:it|this|that)(?: is|['’]s) (?:always |perfectly )?(?:safe|okay|ok|fine) (?:to|here|because|since|as)\b|(?:we|this|it) can (?:safely |always |now |just |simply |still )*(?:exit|return|skip|assume|ignore|rely|trust|reuse|omit|leave|share|drop|stop|avoid|treat|bail|discard|merge)\b)",
    re.IGNORECASE,
)
_ASSUMES = re.compile(
    r"^(?:this|we|it|the (?:code|method|function|caller|check|loop|logic|order|algorithm)(?: below| here)?)(?: (?:code|method|function|check|loop|logic))?(?: implicitly| also| heavily)? (?:assumes?|rel(?:y|ies) on|depends? on)\b(?! (?:the (?:user|value|type|caller)|which|whether)\b)",
    re.IGNORECASE,
)
_NEED = re.compile(r"(?:we )?need(?:s|ed)? (?!to (?:check|find|get|see|know)\b)", re.IGNORECASE)
_AVOIDING = frozenset({"to avoid", "to prevent", "in order to", "so as to", "so as not to"})
_GROUNDS_OR_AIMS = _GROUNDS | _AIMS
REASONING = _GROUNDS_OR_AIMS | _AVOIDING
_ORDERS = re.compile(
    r"^(?!(?:Returns?|Checks?|Determines?|Tests?|Verif\w+|Gets?|Finds?|Whether|If|When|Whenever|While|Unless|Once|After|Before|The|A|An|In|On|At|For|To|With|Where|Which|Used|Called|Given|Each|Every|All|Some|Any|Most|Note|True|False|Default\w*|Optional\w*|Here|There|By|As|From|Of|It|This|That|These|Those|They|You|Your|Its?)\b)(?!\w+(?:ed|ing|s)\b)(?!\w+ (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|of|in|for|from|on|that|which)\b)[A-Z]?[a-z]+\b",
)


_RELATIVE = re.compile(r"\b(?:that|which|who|whose)\b", re.IGNORECASE)


# "We don't want to leak it to guests": what the code keeps from happening.
_UNWANTED = re.compile(
    r"^(?:we|i) (?:(?:do not|don['’]?t|never|would not|wouldn['’]t|did not|didn['’]t) (?:really |ever |actually )?want (?:to |(?:[\w`.'-]+ ){1,4}to (?:be )?)"
    r"|(?:must|want to) (?:avoid|prevent|be careful not to) )(?:accidentally |ever |keep )?(?:leak|los[ei]|break|block|expos|fail|crash|corrupt|overwr|clobber|flood|spam|duplicat|mask|hid|swallow|deadlock|hang|rac[ei]|starv|trigger|leav|doubl|panic|kill|drop|throw away|disclos|reveal|race|interrupt|retry|overload|exhaust|invalidat|inherit|trust|confus|mislead)\w*"
    r"|^(?:do not|don['’]t|never) (?:allow|let) (?:[\w`.'-]+ ){1,4}(?:to )?(?:overflow|leak|break|block|fail|crash|corrupt|overwrite|clobber|hang|deadlock|race|escape|grow|run|exceed|wrap|panic|starve|exhaust|wait)\w*"
    r"|^(?:avoid|prevent) (?:an? |the |any )?(?:[\w-]+ ){0,3}?(?:race|deadlock|leak|crash|collision|conflict|corruption|loop|recursion|overflow|stall|hang)[\w ]{0,20}? by (?:\w+ )?\w+ing\b",
    re.IGNORECASE,
)
# "Because even though it is open, we ..." is half a reason.
_LED = re.compile(r"(?:since|because) ", re.IGNORECASE)
_MOST_COMMAS = 4
_GOES_ON = re.compile(r"(?:and|or|but|nor|so|which|who|where|as|not|then|if|when)\b", re.IGNORECASE)
_SO_RULED = re.compile(
    r"(?:we|it|this|they|the \w+) (?:must(?: not| never)?|cannot|can['’]t|should not|shouldn['’]t|may not) (?!(?:have|check|already)\b)|(?:do not|don['’]t|never) ",
    re.IGNORECASE,
)
_SO_DONE = re.compile(
    r"(?:we (?!(?:can|could|know|get|see|are|have|just|end)\b)|(?:always|instead|leave|keep|use|escape|skip|ignore|close|wait|copy|quote|drop|strip) )",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"\b(?:is|are|was|were|be|being|been|(?:has|have|had) been \w+)$", re.IGNORECASE
)  # "the error is due to a typo"
_GRANTS = re.compile(
    r"(?:even though|even if|although|if|when|while|unless|once|after|before|in case)\b", re.IGNORECASE
)
_LEAST_UNWANTED, _LEAST_BEFORE = 9, 6
_OR_ELSE = re.compile(r"otherwise,? (?=(?:if |it |the |this |that |we |they |there |an? )\b)", re.IGNORECASE)
_THEREFORE = re.compile(
    r"(?:therefore|thus|hence|for (?:this|that) reason|(?:that|which)(?: is|['’]s) why),? (?:we|it|this|the \w+) (?:need|have to|must|has to|can(?:not|['’]t)|do not|don['’]t|never|only|always)\b",
    re.IGNORECASE,
)


class Decision(NamedTuple):
    """A choice as it is told: the sentence's main clause, the reason given for it, and the word that joins them."""

    chosen: str
    ground: str
    joint: str

    @property
    def is_because(self) -> bool:
        """Whether the reason is something that is so, and no aim."""
        return self.joint in _GROUNDS


def decision_in(sentences: Sequence[str]) -> Decision | None:
    """Return the first choice that comes with its reason, or None; what somebody does not want to happen is reason enough."""
    for number, sentence in enumerate(sentences):
        said = bare(sentence)
        length = len(said.split())
        if length >= _LEAST_UNWANTED and (_UNWANTED.match(said) or _ASSUMES.match(said)):
            return Decision(said, "", "")
        if length >= _LEAST_ALL:
            clauses = [clause for clause in clauses_of(said) if not clause.inside]
            found = (
                _led_by_reason(said)
                or _decided(clauses)
                or _drawn(clauses)
                or _concluded(sentence, said, sentences[max(0, number - 1)])
            )
            if found is not None and not NO_CHOICE.is_in(said) and not is_deduced(clauses):
                return found
        if number and (link := _OR_ELSE.match(sentence)):
            main = bare(sentences[number - 1])
            otherwise = Clause("otherwise", bare(sentence[link.end() :]))
            if not NO_CHOICE.is_in(main) and _is_pair(main, otherwise):
                return Decision(main, otherwise.text, otherwise.joint)
    return None


def _led_by_reason(said: str) -> Decision | None:
    """A sentence that opens with its reason: "Since the old till reads only names, leave the numbers out"."""
    led = _LED.match(said)
    at = said.find(", ", led.end()) if led else -1
    for _ in range(_MOST_COMMAS):
        if led is None or at < 0:
            return None
        main, ground = said[at + 2 :], said[led.end() : at]
        hangs = dangling(main) or _GOES_ON.match(main) or _GRANTS.match(ground) or has_happened(ground)
        if not hangs and _is_pair(main, Clause("since", ground)):
            return Decision(main, ground, "since")
        at = said.find(", ", at + 2)
    return None


def _drawn(clauses: Sequence[Clause]) -> Decision | None:
    """What follows from a reason that stands before it: "A mark would be read as a note, so escape it"."""
    for reason, clause in pairwise(clauses):
        if clause.joint != "so" or reason.joint:
            continue
        enough = len(reason.text.split()) >= _LEAST_REASON and len(clause.text.split()) >= _LEAST_MAIN - 1
        if not enough or dangling(reason.text) or _GRANTS.match(reason.text):
            continue
        if _SO_RULED.match(clause.text) or (GENERAL.is_in(reason.text) and _SO_DONE.match(clause.text)):
            return Decision(f"{reason.text}, so {clause.text}", "", "so")
    return None


def _concluded(sentence: str, said: str, before: str) -> Decision | None:
    """A sentence that says what follows for the code from the one before: "The last one starts anew. Therefore we have to leave here"."""
    told = sentence is not before and _THEREFORE.match(sentence) and len(before.split()) >= _LEAST_BEFORE
    return Decision(said, "", "") if told and not is_expected(said) else None


def _decided(clauses: Sequence[Clause]) -> Decision | None:
    for number, clause in enumerate(clauses[1:], start=1):
        main = clauses[number - 1].text
        if clause.joint not in REASONING or clauses[number - 1].joint in _GROUNDS_OR_AIMS:
            continue
        if _is_pair(main, clause) and not dangling(main):
            return Decision(main, "" if _GRANTS.match(clause.text) else clause.text, clause.joint)
    return None


def _is_pair(main: str, reason: Clause) -> bool:
    """Whether a clause and its reason are long enough to be told, and a choice."""
    enough = len(main.split()) >= _LEAST_MAIN and len(reason.text.split()) >= (
        2 if reason.joint in _AVOIDING else _LEAST_REASON
    )
    return enough and _is_choice(main, reason) and not is_expected(main) and not _COPULA.search(main)


def _is_choice(main: str, reason: Clause) -> bool:
    """Whether a clause and its reason are a choice: one of two ways, something held back, something that fails, or a "must"."""
    because = reason.joint in _GROUNDS
    if reason.joint in _AVOIDING:
        needed = reason.joint in {"to avoid", "to prevent"} and (HAS_TO_BE.is_in(main) or _NEED.match(main) is not None)
        weighed = CONTRAST.is_in(main) or needed
        return weighed and not TELLS.match(main)
    if because and ((HAS_TO_BE.is_in(main) and not TELLS.match(main)) or _GRANTED.match(main)):
        return True
    plain = _RELATIVE.split(main)[0]  # "arguments that cannot be kept" fail nowhere
    if CONTRAST.is_in(main) or FAILS.is_in(plain) or (because and _WE_REFRAIN.match(main)):
        return True
    if not TELLS.match(main) and (
        (because and NEGATED.is_in(plain)) or (not because and GUARANTEED.is_in(reason.text))
    ):
        return True
    at_stake = AT_STAKE.is_in(reason.text) if reason.joint in _NEUTRAL else HAPPENS.is_in(reason.text)
    orders = _ORDERS.match(main) is not None
    return (MUST.is_in(main) or _WE_CHOSE.match(main) is not None or orders) and at_stake
