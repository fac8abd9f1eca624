"""What a comment that warns of something says, as facets: the change that would lead there, what is promised without it, the comment as the rule.

Only where the words tell of a harm ("to avoid infinite loops") or of a purpose ("so that retries are safe"); what else it protects is the
person's to say.
"""

from __future__ import annotations

import re

from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.comments import avoided_in, otherwise_in
from alloy_assist.elicitation.documented import does_as_told
from alloy_assist.elicitation.facts import fact_of, text_of
from alloy_assist.elicitation.forms import Form, form_of, is_gerund
from alloy_assist.elicitation.grammar import embedded
from alloy_assist.elicitation.names import COMMENT_FAMILIES, names_of
from alloy_assist.elicitation.promises import never, purpose_in
from alloy_assist.elicitation.repairs import ended_by, works_since
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.subject import Subject
from archaeology.text import visible_line

_A_CHANGE = re.compile(
    r"^(?:an?|the|another|any|every|some)? ?(?:change|clean-up|second|repeat|rewrite|edit|import|try|failures?|callers?|types?)\b|"
    r"^(?:somebody|anybody|whoever|taking|removing|going|moving|calling|adding|dropping|catching)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"^(?:do not|don't|never) (?=[a-z])", re.IGNORECASE)
# What points at something outside of the words is no harm that one could name.
_POINTS = re.compile(r"^(?:this|that|these|those|it|such|doing so)\b", re.IGNORECASE)
_DOES = re.compile(r"^a change that (?:would|could|might|will|may) (?P<what>(?!not\b)[a-z].+)$")
_DUE_TO = re.compile(r"\b(?:due to|because of) [^,;.]{3,80}, (?P<said>[^.;]+)", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|could|might|will|may|otherwise|or else)\b", re.IGNORECASE)
# What an option that was turned down would lead to, told of the option: "that loses the hint", "it would mean users could not write it".
_OF_OPTION = re.compile(r" after all, though (?:that|this|it|which) (?P<does>.+)$")
_WOULD_MEAN = re.compile(r"^(?:would|could|might|will) (?:also )?mean (?:that )?(?P<said>.+)$")
_WOULD_DO = re.compile(
    r"^(?:would|could|might|will|may|can) (?:also |then |just |even )?(?P<does>(?!not\b|be\b|have\b)[a-z]+ .+)$"
)
_LOSES = re.compile(
    r"^(?:also )?(?:loses|breaks|leaks|blocks|corrupts|crashes|deadlocks|drops|duplicates|hides|overwrites|exposes|ignores|skips|swallows|discards) .+"
)
_LEADS_TO = re.compile(
    r"\b(?:causes|causing|leads? to|leading to|results? in|resulting in) (?P<said>(?:(?!\b(?:as|because|since|if|and|but|so|which|that)\b)[^,.;:()“”])+)",
    re.IGNORECASE,
)
_UNMET = re.compile(r"\b(?:not|never|no longer|doesn['’]t|don['’]t|won['’]t)\b", re.IGNORECASE)
_MUST_NOT = re.compile(
    r"^(?P<who>(?!we\b|you\b|it\b|this\b|that\b|they\b|these\b|if\b)[^,;:]{4,80}?) (?:must not|must never|may never|should never|should not) "
    r"(?P<what>(?:leak|break|block|lose|crash|hang|corrupt|overwrite|expose|fail|stop|abort|mask|hide|interrupt|interfere|delay|kill|abandon|swallow|drop|"
    r"affect|prevent)\b[^,;:]*)$",
    re.IGNORECASE,
)
_TO_AVOID_FIRST = re.compile(r"^to (?:avoid|prevent) ", re.IGNORECASE)
_SAYS = frozenset({"comment", "told", "unknown"})
_FEW = 2
_LONGEST_HARM = 150
_LONGEST_RULE = 200


def harm_of(subject: Subject) -> str:
    """Return what a comment says is to be kept away, as it says it; empty where it speaks of a change, an option or nothing."""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or names.rejected:
        return ""
    said = words_of(subject)
    harm = embedded(names.harm or subject.possible.threat or otherwise_in(said))
    if names.told and ": " in harm:
        # A commit unfolds after a colon what it has named before it.
        harm = harm.partition(": ")[0]
    # A thing that is only pointed at is nothing to be without; and what merely is so is the ground of a choice, and no harm.
    unnamed = bool(_POINTS.match(harm)) if _is_thing(harm) else not _WOULD.search(f"{harm} {said}")
    return "" if len(harm) > _LONGEST_HARM or _A_CHANGE.match(harm) or unnamed or ": " in harm else harm


def called_by(subject: Subject) -> tuple[str, str] | None:
    """Return when words matter to others and what they then use: "when `a.py` or `b.py` calls", "`f`"; None where nobody is known to call it."""
    files, symbol = fact_of(subject, "files", "callers"), fact_of(subject, "symbol", "callers")
    if not isinstance(files, tuple) or not symbol:
        return None
    short = [path.rsplit("/", 1)[-1] for path in files]
    named = short if len(set(short)) == len(short) else list(files)
    verb = "calls" if len(files) <= _FEW else "call"
    return f"when {listed(named, _FEW, joiner='or')} {verb}", code(re.split(r"[.:#]+", str(symbol))[-1])


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
    found = (
        works_since(written),
        f"{place} never leads to {ended}" if ended else "",
        f"{place} {documented}" if documented else "",
    )
    return tuple(dict.fromkeys(text for text in found if text))


def threat_found(subject: Subject) -> str:
    """Return the threat that a scan proposes; empty where it is only pointed at in words that are not shown, or is the ground of a choice."""
    threat = subject.possible.threat or ""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or names.rejected:
        return threat
    return threat if harm_of(subject) or _A_CHANGE.match(threat) or len(threat) > _LONGEST_HARM else ""


def change_of(subject: Subject) -> str:
    """Return the change that would lead to the harm, or break what the comment prescribes; empty where it says neither."""
    harm = harm_of(subject)
    if not harm:
        return _breach_of(subject)
    return f"a change in {names_of(subject).warned} {'that leads to' if _is_thing(harm) else 'after which'} {harm}"


def kept_by(subject: Subject) -> tuple[str, ...]:
    """Return what words promise as long as they are heeded, at most two clauses: what they say that they are for, and what never goes wrong.

    Empty where they say neither so that it can be told in whole words.
    """
    if subject.family not in COMMENT_FAMILIES:
        return ()
    said = words_of(subject)
    kept = dict.fromkeys((purpose_in(said) or _aim_told(subject), _without_harm(subject, said)))
    if not any(kept):
        kept = dict.fromkeys((_of_the_option(subject) or _led_to(subject, said),))
    return tuple(text for text in kept if text and text != subject.possible.capability)


def words_of(subject: Subject) -> str:
    """Return the comment, or the reason that a commit gives for what it did or took back, whole; empty for neither."""
    told = (
        item.facts.get("reason" if item.facts.get("role") == "undone" else "sentence")
        for item in subject.seen
        if item.facts.get("role") in {"comment", "told", "undone"}
    )
    return next((visible_line(text) for text in told if isinstance(text, str)), "")


def rule_as_told(subject: Subject) -> str:
    """Return the comment as the rule, quoted and with its place, for where no rule was read out of it."""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.commented:
        return ""
    sentence = words_of(subject)
    said = sentence if len(sentence) <= _LONGEST_RULE else gist(sentence)
    said = said.rstrip(" .")
    return f"do as the comment in {names.warned} says: “{said}”" if 0 < len(said) <= _LONGEST_RULE else ""


def _aim_told(subject: Subject) -> str:
    """What a commit says that it was done so that; empty where it gives another kind of reason, or points at what is not shown."""
    aim = embedded(text_of(fact_of(subject, "ground", "told")))
    so = fact_of(subject, "joint", "told") == "so" and form_of(aim) is Form.CLAUSE
    return aim if so and len(aim) <= _LONGEST_HARM and not _POINTS.match(aim) else ""


def _of_the_option(subject: Subject) -> str:
    """What never happens as long as an option stays turned down, where that is told of the option itself."""
    found = _OF_OPTION.search(subject.possible.threat or "")
    said = embedded(found["does"]) if found else ""
    if not said or len(said) > _LONGEST_HARM or _UNMET.match(said):
        return ""
    warned = names_of(subject).warned
    if meant := _WOULD_MEAN.match(said):
        return never(meant["said"])
    if does := _WOULD_DO.match(said):
        return f"{warned} will never {does['does']}"
    return f"{warned} never {said.removeprefix('also ')}" if _LOSES.match(said) else ""


def _led_to(subject: Subject, said: str) -> str:
    """What never comes of it where words name it as a thing: what it "causes", what one does something "to avoid", what must not happen."""
    warned = names_of(subject).warned
    rule = embedded(subject.possible.strategy or "")
    if kept := _MUST_NOT.match(rule):
        return f"{kept['who']} will never {kept['what']}"
    avoided = avoided_in(said)
    if _TO_AVOID_FIRST.match(said):
        avoided = avoided.partition(",")[0]
    found = _LEADS_TO.search(said)
    thing = avoided or (found["said"].strip() if found and not _UNMET.search(said[: found.start()][-20:]) else "")
    plain = (
        thing
        and len(thing) <= _LONGEST_HARM
        and _is_thing(thing)
        and not (_POINTS.match(thing) or _A_CHANGE.match(thing))
    )
    return f"{warned} never leads to {thing}" if plain else ""


def _without_harm(subject: Subject, said: str) -> str:
    harm = harm_of(subject)
    if harm and _is_thing(harm):
        return f"{names_of(subject).warned} never leads to {harm}"
    if does := _DOES.match(subject.possible.threat or ""):
        return f"{names_of(subject).warned} will never {does['what']}"
    if not harm and (avoided := avoided_in(said)) and names_of(subject).rejected:
        return f"{names_of(subject).warned} never leads to {avoided}" if _is_thing(avoided) else ""
    due = _DUE_TO.search(said)
    if not harm and (told := otherwise_in(said) or (due["said"] if due else "")):
        # Words that turn an option down, or work around a fault, may say as well what these lead to.
        return never(told)
    if not harm and fact_of(subject, "harm", "told") and len(said) <= _LONGEST_HARM:
        return f"{names_of(subject).warned} never leads to this: “{said.rstrip(' .')}”"
    if not harm or not _WOULD.search(said):
        # What merely is so is the ground of a choice, and promises nothing.
        return ""
    return never(harm) or f"{names_of(subject).warned} never leads to this: “{harm}”"


def _breach_of(subject: Subject) -> str:
    names, rule = names_of(subject), embedded(subject.possible.strategy or "")
    known = names.rejected or threat_found(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or known or not 0 < len(rule) <= _LONGEST_HARM:
        return ""
    if refused := _REFUSES.match(rule):
        return f"a change in {names.warned} made to {rule[refused.end() :]}"
    return f"a change in {names.warned} after which this does not hold: “{rule}”"


def _is_thing(harm: str) -> bool:
    """Whether one can be without it: "infinite loops", "leaking whether the user exists"; not "the browser will complain"."""
    first = harm.partition(" ")[0]
    return form_of(harm) in {Form.PHRASE, Form.GERUND} or (is_gerund(first) and first.isalpha())
