"""What words in the code or in a commit promise as long as they are heeded: what they are for, what never goes wrong, what works around them."""

from __future__ import annotations

import re

from alloy_assist.elicitation.comments import avoided_in, otherwise_in
from alloy_assist.elicitation.documented import does_as_told
from alloy_assist.elicitation.facts import fact_of, text_of
from alloy_assist.elicitation.forms import Form, form_of
from alloy_assist.elicitation.grammar import embedded
from alloy_assist.elicitation.names import COMMENT_FAMILIES, names_of
from alloy_assist.elicitation.promises import never, purpose_in
from alloy_assist.elicitation.repairs import ended_by, ensured, works_since
from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.warned import LONGEST_HARM, POINTS, WOULD, harm_of, is_thing, thing_led_to, words_of

_DOES = re.compile(r"^a change that (?:would|could|might|will|may) (?P<what>(?!not\b)[a-z].+)$")
_DUE_TO = re.compile(r"\b(?:due to|because of) [^,;.]{3,80}, (?P<said>[^.;]+)", re.IGNORECASE)
# What an option that was turned down would lead to, told of the option: "that loses the hint", "it would mean users could not write it".
_OF_OPTION = re.compile(r" after all, though (?:that|this|it|which) (?P<does>.+)$")
_WOULD_MEAN = re.compile(r"^(?:would|could|might|will) (?:also )?mean (?:that )?(?P<said>.+)$")
_WOULD_DO = re.compile(
    r"^(?:would|could|might|will|may|can) (?:also |then |just |even )?(?P<does>(?!not\b|be\b|have\b)[a-z]+ .+)$"
)
_LOSES = re.compile(
    r"^(?:also )?(?:loses|breaks|leaks|blocks|corrupts|crashes|deadlocks|drops|duplicates|hides|overwrites|exposes|ignores|skips|swallows|discards) .+"
)
_MUST_NOT = re.compile(
    r"^(?P<who>(?!we\b|you\b|it\b|this\b|that\b|they\b|these\b|if\b)[^,;:]{4,80}?) (?:must not|must never|may never|should never|should not) "
    r"(?P<what>(?:leak|break|block|lose|crash|hang|corrupt|overwrite|expose|fail|stop|abort|mask|hide|interrupt|interfere|delay|kill|abandon|swallow|drop|"
    r"affect|prevent|be [a-z]+(?:ed|en|st|wn))\b[^,;:]*)$",
    re.IGNORECASE,
)
_SAYS = frozenset({"comment", "told", "unknown"})
_BARE_IT = re.compile(r"^(?:it|this|that)(?= (?:would|will|could|can|may|might)\b)")
_UNMET = re.compile(r"\b(?:not|never|no longer|doesn['’]t|don['’]t|won['’]t)\b", re.IGNORECASE)


def kept_by(subject: Subject) -> tuple[str, ...]:
    """Return what words promise as long as they are heeded, at most two clauses: what they say that they are for, and what never goes wrong.

    Empty where they say neither so that it can be told in whole words.
    """
    if subject.family not in COMMENT_FAMILIES:
        return ()
    said = words_of(subject)
    kept = dict.fromkeys((purpose_in(said) or _aim_told(subject), _without_harm(subject, said)))
    if not any(kept):
        kept = dict.fromkeys((_of_the_option(subject) or _led_to(subject),))
    return tuple(text for text in kept if text and text != subject.possible.capability)


def works_otherwise(subject: Subject) -> tuple[str, ...]:
    """Return what the repository tells of what the code around words does, as clauses: what the repair that wrote them brought, what documents it.

    Said of what the words protect where these do not say it themselves: the person knows whether it would be lost.
    """
    names = names_of(subject)
    place = names.warned or names.inside
    if subject.family not in COMMENT_FAMILIES or not any(item.facts.get("role") in _SAYS for item in subject.seen):
        return ()
    written = text_of(fact_of(subject, "subject", "origin") or fact_of(subject, "subject", "told"))
    ended = ended_by(written)
    documented = does_as_told(
        text_of(fact_of(subject, "symbol", "documented")), text_of(fact_of(subject, "sentence", "documented"))
    )
    why = text_of(fact_of(subject, "why", "origin"))
    found = (
        ensured(why) or ensured(written) or works_since(written),
        f"{place} never leads to {ended}" if ended else "",
        f"{place} {documented}" if documented else "",
    )
    return tuple(dict.fromkeys(text for text in found if text))


def _aim_told(subject: Subject) -> str:
    """What a commit says that it was done so that; empty where it gives another kind of reason, or points at what is not shown."""
    aim = embedded(text_of(fact_of(subject, "ground", "told")))
    so = fact_of(subject, "joint", "told") == "so" and form_of(aim) is Form.CLAUSE
    return aim if so and len(aim) <= LONGEST_HARM and not POINTS.match(aim) else ""


def _of_the_option(subject: Subject) -> str:
    """What never happens as long as an option stays turned down, where that is told of the option itself."""
    found = _OF_OPTION.search(subject.possible.threat or "")
    said = embedded(found["does"]) if found else ""
    if not said or len(said) > LONGEST_HARM or _UNMET.match(said):
        return ""
    warned = names_of(subject).warned
    if meant := _WOULD_MEAN.match(said):
        return never(meant["said"])
    if does := _WOULD_DO.match(said):
        return f"{warned} will never {does['does']}"
    return f"{warned} never {said.removeprefix('also ')}" if _LOSES.match(said) else ""


def _led_to(subject: Subject) -> str:
    """What never comes of it where words name it as a thing, or say what must not happen."""
    rule = embedded(subject.possible.strategy or "")
    if kept := _MUST_NOT.match(rule):
        return f"{kept['who']} will never {kept['what']}"
    thing = thing_led_to(subject)
    return f"{names_of(subject).warned} never leads to {thing}" if thing else ""


def _without_harm(subject: Subject, said: str) -> str:
    harm = harm_of(subject)
    if harm and is_thing(harm):
        return f"{names_of(subject).warned} never leads to {harm}"
    if does := _DOES.match(subject.possible.threat or ""):
        return f"{names_of(subject).warned} will never {does['what']}"
    if not harm and (avoided := avoided_in(said)) and names_of(subject).rejected:
        return f"{names_of(subject).warned} never leads to {avoided}" if is_thing(avoided) else ""
    due = _DUE_TO.search(said)
    if not harm and (told := otherwise_in(said) or (due["said"] if due else "")):
        # Words that turn an option down, or work around a fault, may say as well what these lead to.
        return never(told)
    if not harm and fact_of(subject, "harm", "told") and len(said) <= LONGEST_HARM:
        return f"{names_of(subject).warned} never leads to this: “{said.rstrip(' .')}”"
    if not harm or not WOULD.search(said):
        # What merely is so is the ground of a choice, and promises nothing.
        return ""
    warned = names_of(subject).warned
    # "It would hang" is told of what the words stand in.
    return never(harm) or never(_BARE_IT.sub(warned, harm)) or f"{warned} never leads to this: “{harm}”"
