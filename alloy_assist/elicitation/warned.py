"""What a comment that warns of something says, as facets: the harm, the change that would lead there, the comment as the rule.

Only where the words tell of a harm ("to avoid infinite loops") or of a purpose ("so that retries are safe"); what else it protects is the
person's to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.comments import avoided_in, otherwise_in
from alloy_assist.elicitation.facts import fact_of, text_of
from alloy_assist.elicitation.forms import Form, form_of
from alloy_assist.elicitation.grammar import embedded
from alloy_assist.elicitation.names import COMMENT_FAMILIES, names_of
from alloy_assist.elicitation.splitting import gist, sentences
from alloy_assist.elicitation.subject import Subject
from alloy_assist.elicitation.word_classes import is_gerund
from archaeology.text import cut_at_word, visible_line

_A_CHANGE = re.compile(
    r"^(?:an?|the|another|any|every|some)? ?(?:change|clean-up|second|repeat|rewrite|edit|import|try|failures?|callers?|types?)\b|"
    r"^(?:somebody|anybody|whoever|taking|removing|going|moving|calling|adding|dropping|catching)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"^(?:do not|don't|never) (?=[a-z])", re.IGNORECASE)
# What points at something outside of the words is no harm that one could name.
POINTS = re.compile(r"^(?:this|that|these|those|it|such|doing so)\b", re.IGNORECASE)
WOULD = re.compile(r"\b(?:would|could|might|will|may|otherwise|or else)\b", re.IGNORECASE)
_DEMANDS = re.compile(
    r"\b(?:must|should|always|never|cannot|not|otherwise|or else|because|so that|to avoid)\b|n['’]t\b", re.IGNORECASE
)
_LEADS_TO = re.compile(
    r"\b(?:causes|causing|leads? to|leading to|results? in|resulting in) (?P<said>(?:(?!\b(?:as|because|since|if|and|but|so|which|that)\b)[^,.;:()“”])+)",
    re.IGNORECASE,
)
_UNMET = re.compile(r"\b(?:not|never|no longer|doesn['’]t|don['’]t|won['’]t)\b", re.IGNORECASE)
_TO_AVOID_FIRST = re.compile(r"^to (?:avoid|prevent) ", re.IGNORECASE)
_FEW = 2
LONGEST_HARM = 150
_LONGEST_RULE = 200
_QUOTABLE = 110
_NEAR = 20


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
    unnamed = bool(POINTS.match(harm)) if is_thing(harm) else not WOULD.search(f"{harm} {said}")
    return "" if len(harm) > LONGEST_HARM or _A_CHANGE.match(harm) or unnamed or ": " in harm else harm


def called_by(subject: Subject) -> tuple[str, str] | None:
    """Return when words matter to others and what they then use: "when `a.py` or `b.py` calls", "`f`"; None where nobody is known to call it."""
    files, symbol = fact_of(subject, "files", "callers"), fact_of(subject, "symbol", "callers")
    if not isinstance(files, tuple) or not symbol:
        return None
    short = [path.rsplit("/", 1)[-1] for path in files]
    named = short if len(set(short)) == len(short) else list(files)
    verb = "calls" if len(files) <= _FEW else "call"
    return f"when {listed(named, _FEW, joiner='or')} {verb}", code(re.split(r"[.:#]+", str(symbol))[-1])


def threat_found(subject: Subject) -> str:
    """Return the threat that a scan proposes; empty where it is only pointed at in words that are not shown, or is the ground of a choice."""
    threat = subject.possible.threat or ""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or names.rejected:
        return threat
    return threat if harm_of(subject) or _A_CHANGE.match(threat) or len(threat) > LONGEST_HARM else ""


def change_of(subject: Subject) -> str:
    """Return the change that would lead to the harm, or break what the comment prescribes; empty where it says neither."""
    harm = harm_of(subject)
    if not harm:
        thing = thing_led_to(subject) if names_of(subject).warned and not threat_found(subject) else ""
        return f"a change in {names_of(subject).warned} that leads to {thing}" if thing else _breach_of(subject)
    return f"a change in {names_of(subject).warned} {'that leads to' if is_thing(harm) else 'after which'} {harm}"


def words_of(subject: Subject) -> str:
    """Return the comment, or the reason that a commit gives for what it did or took back, whole; empty for neither."""
    told = (
        item.facts.get("reason" if item.facts.get("role") == "undone" else "sentence")
        for item in subject.seen
        if item.facts.get("role") in {"comment", "told", "undone", "unknown"}
    )
    return next((visible_line(text) for text in told if isinstance(text, str)), "")


def rule_as_told(subject: Subject) -> str:
    """Return the comment as the rule, quoted and with its place, for where no rule was read out of it."""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.commented or names.doubted:
        return ""
    # Read aloud it is cut to one sentence, which must not end within the quotation marks.
    said = _telling(sentences(words_of(subject)), names.harm).rstrip(" .")
    return f"do as the comment in {names.warned} says: “{said}”" if 0 < len(said) <= _LONGEST_RULE else ""


def _telling(said: Sequence[str], harm: str) -> str:
    """The sentence that tells what goes wrong, else one that demands or forbids, else the first: what comes before may only describe."""
    with_harm = (one for one in said if harm and harm in one)
    return next(with_harm, next(filter(_DEMANDS.search, said), next(iter(said), "")))


def rule_found(subject: Subject) -> str:
    """Return the rule that words come to: the one that was read out of them, what the commit did, or to do as the comment says.

    Empty where an option was turned down or taken back: what is done instead is the person's to say.
    """
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or names.rejected or names.doubted:
        return subject.possible.strategy or ""
    done = embedded(text_of(fact_of(subject, "act", "told")))
    return subject.possible.strategy or rule_as_told(subject) or (done if form_of(done) is Form.COMMAND else "")


def said_short(subject: Subject) -> str:
    """Return the words that an interview is about, short enough to be quoted in a question; empty for none."""
    rule, sentence = visible_line(subject.possible.strategy or ""), words_of(subject).rstrip(" .")
    cut = cut_at_word(sentence, _QUOTABLE)
    return next((text for text in (rule, sentence, gist(sentence), cut) if 0 < len(text) <= _QUOTABLE), "")


def thing_led_to(subject: Subject) -> str:
    """What words say that something "causes", or that one does something "to avoid", as a phrase; empty for none."""
    said = words_of(subject)
    avoided = avoided_in(said)
    if _TO_AVOID_FIRST.match(said):
        avoided = avoided.partition(",")[0]
    found = _LEADS_TO.search(said)
    thing = avoided or (found["said"].strip() if found and not _UNMET.search(said[: found.start()][-_NEAR:]) else "")
    pointed = POINTS.match(thing) or _A_CHANGE.match(thing)
    return thing if thing and len(thing) <= LONGEST_HARM and is_thing(thing) and not pointed else ""


def is_thing(harm: str) -> bool:
    """Return whether one can be without it: "infinite loops", "leaking whether the user exists"; not "the browser will complain"."""
    first = harm.partition(" ")[0]
    return form_of(harm) in {Form.PHRASE, Form.GERUND} or (is_gerund(first) and first.isalpha())


def _breach_of(subject: Subject) -> str:
    names, rule = names_of(subject), embedded(subject.possible.strategy or "")
    known = names.rejected or threat_found(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or known or not 0 < len(rule) <= LONGEST_HARM:
        return ""
    if refused := _REFUSES.match(rule):
        return f"a change in {names.warned} made to {rule[refused.end() :]}"
    return f"a change in {names.warned} after which this does not hold: “{rule}”"
