"""A choice with its reason, as comments tell it: "A rather than B, because C", "B does not work there, since C", "A, so that C is never ...".

Neither an order nor a warning, and still what a team decided: whoever changes the code without knowing the reason undoes the choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import Clause, bare, clauses_of
from archaeology.readings.rules import is_expected
from archaeology.readings.words import dangling

_GROUNDS = frozenset({"because", "since", "due to", "as"})
_AIMS = frozenset({"so that", "such that", "otherwise", "or else", "as otherwise", "because otherwise", "since otherwise", "lest"})  # fmt: skip
_NEUTRAL = frozenset({"so that", "such that", *_GROUNDS})
# "Otherwise it would hang" says what is at stake; "otherwise return it" what the next line does.
_HAPPENS = Caseless(
    r"\b(?:will|would|could|may|might|can(?:not|['’]t)?|is|are|gets?|fails?|breaks?|hangs?|loses?|leaks?|crashes|never|does|do)\b"
)
_LEAST_MAIN, _LEAST_REASON, _LEAST_ALL = 3, 4, 11
_CONTRAST = Caseless(r"\b(?:rather than|instead of|in favou?r of|in place of)\b")
_WE_CHOSE = re.compile(
    r"^(?:we|i|let['’]?s)\b(?! (?:are|were|have|had|get|got|know|see|can|could|may|might|will)\b)", re.IGNORECASE
)
_WE_REFRAIN = re.compile(
    r"^(?:(?:we|i) )?(?:do not|don['’]?t|dont|cannot|can['’]?t|can not|must not|mustn['’]t|should not|shouldn['’]t|never|avoid|refrain|won['’]t|will not)\b (?!\w*(?:need|matter|care|bother|mind|worry|know|exist|yet)\b)",
    re.IGNORECASE,
)
# "It does not work with X because ...": what the code makes up for, or keeps clear of.
_FAILS = Caseless(
    r"\b(?:does(?:n['’]t| not)|do(?:n['’]t| not)|did(?:n['’]t| not)|won['’]t|will not|would(?:n['’]t| not)) (?:always |really |reliably |properly |correctly )?(?:work|suffice|apply here|behave|preserve|guarantee|honou?r|handle|respect|cover|survive)\b"
    r"|\b(?:is|are)(?:n['’]t| not)(?: \w+)? (?:supported|enough|sufficient|reliable|safe|possible|stable|guaranteed|allowed|thread-safe|portable|atomic|idempotent)\b"
    r"|\b(?:can(?:not|['’]t| not)|must not|should(?: not|n['’]t)) be \w+(?:ed|t|n)\b|\b(?:breaks|misbehaves|falls short)\b"
)
_MUST = Caseless(
    r"\b(?:must|needs? to|have to|has to|should|(?:is|are) (?:important|crucial|essential|necessary|required|needed|on purpose|deliberate|intentional)|wants? to (?:ensure|make sure|avoid|keep|prevent))\b"
)
# An aim is worth telling where it says what may not happen, or must.
_AT_STAKE = Caseless(
    r"\b(?:not?|never|n['’]t|cannot|always|only|no longer|without|even (?:if|when|though)|fail\w*|break\w*|crash\w*|leak\w*|los[es]\w*|lost|wrong\w*|corrupt\w*|rac[ey]\w*|twice|stale|duplicat\w*|conflict\w*|mutat\w*|overw\w+|block\w*|hang\w*|deadlock\w*|trigger\w*|misl\w+|confus\w+|leav\w+|expos\w+|invalid\w*|ambiguous|infinite\w*|still|consistent\w*|compatib\w+)\b"
)
_ORDERS = re.compile(
    r"^(?!(?:Returns?|Checks?|Determines?|Tests?|Verif\w+|Gets?|Finds?|Whether|If|When|Whenever|While|Unless|Once|After|Before|The|A|An|In|On|At|For|To|With|Where|Which|Used|Called|Given|Each|Every|All|Some|Any|Most|Note|True|False|Default\w*|Optional\w*|Here|There|By|As|From|Of|It|This|That|These|Those|They|You|Your|Its?)\b)(?!\w+(?:ed|ing|s)\b)(?!\w+ (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|of|in|for|from|on|that|which)\b)[A-Z]?[a-z]+\b",
)
_NO_CHOICE = Caseless(
    r"^(?:we )?need to check\b|\b(?:no need|(?:do(?:es)?(?:n['’]?t| not)|not) (?:really |actually |even |quite )?(?:need|matter|care|bother|mind|worry|know|exist|happen|occur|arise)|in practice|(?:should|must) be impossible|(?:should|could)(?:n['’]t| not) be possible|should(?:n['’]t| not) happen|probably|likely|maybe|perhaps|not sure|i think|i guess|hopefully|is fine|is ok(?:ay)?|harmless|circular imports?|import cycles?|type[- ]?check\w*|mypy|pyright|tsc|compiler|borrow checker|linter?|coverage)\b"
)


# "The till is not closed on errors, since ...": that something is not so, and why.
_NEGATED = Caseless(
    r"\b(?:(?:does|do|did|is|are|was|were|will|would|can|could|has|have)(?: not|n['’]t)|cannot|no longer)\b"
)
_GUARANTEED = Caseless(r"\b(?:never|cannot|can['’]t|can not|no longer)\b")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose)\b", re.IGNORECASE)
# Whose sentence begins so tells what comes next in the code, or what a function gives back.
_TELLS = Caseless(
    r"^(?:(?:if|returns?|checks?|tests? (?:if|whether)|skips?|ignores?|sets?|gets?|adds?|creates?|converts?|this (?:method|function|class|is only|is just)|see|used|usually|assert\w*|safety)\b|(?:[\w`.]+ )?[a-z]+s (?:the|a|an|if|whether)\b)"
)


# "We don't want to leak it to guests": what the code keeps from happening.
_UNWANTED = Caseless(
    r"^(?:we|i) (?:(?:do not|don['’]?t|never|would not|wouldn['’]t|did not|didn['’]t) (?:really |ever |actually )?want (?:to |(?:[\w`.'-]+ ){1,4}to (?:be )?)"
    r"|(?:must|want to) (?:avoid|prevent|be careful not to) )(?:accidentally |ever |keep )?(?:leak|los[ei]|break|block|expos|fail|crash|corrupt|overwr|clobber|flood|spam|duplicat|mask|hid|swallow|deadlock|hang|rac[ei]|starv|trigger|leav|doubl|panic|kill|drop|throw away|disclos|reveal|race|interrupt|retry|overload|exhaust|invalidat|inherit|trust|confus|mislead)\w*"
    r"|^(?:avoid|prevent) (?:an? |the |any )?(?:[\w-]+ ){0,3}?(?:race|deadlock|leak|crash|collision|conflict|corruption|loop|recursion|overflow|stall|hang)[\w ]{0,20}? by (?:\w+ )?\w+ing\b"
)
_LEAST_UNWANTED = 9


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
    for sentence in sentences:
        said = bare(sentence)
        if _UNWANTED.match(said) and len(said.split()) >= _LEAST_UNWANTED:
            return Decision(said, "", "")
        if len(said.split()) >= _LEAST_ALL and not _NO_CHOICE.is_in(said):
            found = _decided([clause for clause in clauses_of(said) if not clause.inside])
            if found is not None:
                return found
    return None


def _decided(clauses: Sequence[Clause]) -> Decision | None:
    for number, clause in enumerate(clauses[1:], start=1):
        main = clauses[number - 1].text
        if clause.joint not in _GROUNDS | _AIMS or clauses[number - 1].joint in _GROUNDS | _AIMS:
            continue
        if len(main.split()) < _LEAST_MAIN or len(clause.text.split()) < _LEAST_REASON or dangling(main):
            continue
        if _is_choice(main, clause) and not is_expected(main):
            return Decision(main, clause.text, clause.joint)
    return None


def _is_choice(main: str, reason: Clause) -> bool:
    """Whether a clause and its reason are a choice: one of two ways, something held back, something that fails, or a "must"."""
    because = reason.joint in _GROUNDS
    if _CONTRAST.is_in(main) or _FAILS.is_in(main) or (because and _WE_REFRAIN.match(main)):
        return True
    plain = _RELATIVE.split(main)[0]
    if not _TELLS.match(main) and (
        (because and _NEGATED.is_in(plain)) or (not because and _GUARANTEED.is_in(reason.text))
    ):
        return True
    at_stake = _AT_STAKE.is_in(reason.text) if reason.joint in _NEUTRAL else _HAPPENS.is_in(reason.text)
    orders = _ORDERS.match(main) is not None
    return (_MUST.is_in(main) or _WE_CHOSE.match(main) is not None or orders) and at_stake
