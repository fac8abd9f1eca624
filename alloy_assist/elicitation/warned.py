"""What a comment that warns of something says, as facets: the change that would lead there, what stays without it, the comment as the rule.

Only where the words tell of a harm ("to avoid infinite loops"); what else it protects is the person's to say.
"""

from __future__ import annotations

import re

from alloy_assist.elicitation.forms import Form, form_of, is_gerund
from alloy_assist.elicitation.grammar import embedded
from alloy_assist.elicitation.names import COMMENT_FAMILIES, names_of
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.subject import Subject
from archaeology.text import visible_line

_A_CHANGE = re.compile(
    r"^(?:an?|the|another|any|every|some)? ?(?:change|clean-up|second|repeat|rewrite|edit|import|try|failures?|callers?|types?)\b|"
    r"^(?:somebody|anybody|whoever|taking|removing|going|moving|calling|adding|dropping|catching)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"^(?:do not|don't|never) (?=[a-z])", re.IGNORECASE)
_LONGEST_HARM = 120
_LONGEST_RULE = 200


def harm_of(subject: Subject) -> str:
    """Return what a comment says is to be kept away, as it says it; empty where it speaks of a change, an option or nothing."""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or names.rejected:
        return ""
    harm = embedded(names.harm or subject.possible.threat or "")
    return "" if len(harm) > _LONGEST_HARM or _A_CHANGE.match(harm) or ": " in harm else harm


def change_of(subject: Subject) -> str:
    """Return the change that would lead to the harm, or break what the comment prescribes; empty where it says neither."""
    harm = harm_of(subject)
    if not harm:
        return _breach_of(subject)
    return f"a change in {names_of(subject).warned} {'that leads to' if _is_thing(harm) else 'after which'} {harm}"


def without_harm(subject: Subject) -> str:
    """Return what stays as long as the comment is heeded; empty where the harm is no thing that one can be without."""
    harm = harm_of(subject)
    return f"{names_of(subject).warned} without {harm}" if harm and _is_thing(harm) else ""


def rule_as_told(subject: Subject) -> str:
    """Return the comment as the rule, quoted and with its place, for where no rule was read out of it; empty for a rejected option."""
    names = names_of(subject)
    if subject.family not in COMMENT_FAMILIES or not names.warned or names.rejected:
        return ""
    told = (item.facts.get("sentence") for item in subject.seen if item.facts.get("role") == "comment")
    sentence = next((visible_line(text) for text in told if isinstance(text, str)), "")
    said = sentence if len(sentence) <= _LONGEST_RULE else gist(sentence)
    said = said.rstrip(" .")
    return f"do as the comment in {names.warned} says: “{said}”" if 0 < len(said) <= _LONGEST_RULE else ""


def _breach_of(subject: Subject) -> str:
    names, rule = names_of(subject), embedded(subject.possible.strategy or "")
    known = names.rejected or subject.possible.threat
    if subject.family not in COMMENT_FAMILIES or not names.warned or known or not 0 < len(rule) <= _LONGEST_HARM:
        return ""
    if refused := _REFUSES.match(rule):
        return f"a change in {names.warned} made to {rule[refused.end() :]}"
    return f"a change in {names.warned} after which this does not hold: “{rule}”"


def _is_thing(harm: str) -> bool:
    """Whether one can be without it: "infinite loops", "leaking whether the user exists"; not "the browser will complain"."""
    first = harm.partition(" ")[0]
    return form_of(harm) in {Form.PHRASE, Form.GERUND} or (is_gerund(first) and first.isalpha())
