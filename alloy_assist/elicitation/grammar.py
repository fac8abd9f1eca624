"""Fits what people wrote into the one sentence that reads a record aloud: "We preserve ... because ... matters under ...".

Facets come as noun phrases ("a change of provider"), clauses ("providers can be replaced"), commands ("keep it in adapters"), gerunds
or infinitives ("to replace it"), quoted or not, with or without a full stop. Each is given what the sentence needs around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alloy_assist.elicitation.forms import Form, form_of, spoken_words
from alloy_assist.elicitation.word_classes import is_base_verb, is_gerund, is_ordinary_opener
from archaeology.text import visible_line

_TAIL = re.compile(r"(?:[\s.;,:!]|(?<=[\s,])(?:so|and|but|or|because)[\s.,]*)+$")
_QUOTED = re.compile(r"^(?:\"([^\"]+)\"|“([^”]+)”|'([^']+)')[.!]?$")
_WE_OUGHT = re.compile(
    r"^(?:we|you|one) (?:should|must|shall|have to|need to|ought to) (?P<not>not )?(?=\w)", re.IGNORECASE
)
_OUGHT = re.compile(r" (?:should|must|shall|has to|have to|needs to|need to) (?P<not>not )?(?=[a-z])")
_ABLE = re.compile(r"^(?:we|i|you|one)(?: can|(?:'re| are|'m| am) able to) (?=[a-z])", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:(?:a bit|a little|much|somewhat|slightly) )?(?:slow|slower|hard|harder|long|longer|ugly|uglier|bigger|larger|heavier|verbose|costlier|clumsier|stricter|noisier)\b"
)
_PRESSURE = re.compile(
    r"\b(?:(?<!next )changes?|loads?|pressure|deadlines?|growth|growing|upgrades?|migrations?|refactoring|rewrites?|audits?|attacks?|competition|hurry)\b"
)
_PEOPLE_DOING = re.compile(r"^[^,;:]{3,60}? \w+ing\b")
_AFTER_HEAD = frozenset(
    "of in on at by from for with without to into that which who where when added written over under as than between against".split()
)
_PLACED = re.compile(
    r"^(?:only|never|always|just|not)(?: ever)? (?:in|on|at|by|from|below|above|inside|outside|under|within|behind|through|via)\b",
    re.IGNORECASE,
)
_UNABLE = re.compile(
    r"^(?:we|you|one) (?:can't|cannot|can not|must not|mustn't|should not|shouldn't) (?:just |simply )?(?=[a-z])",
    re.IGNORECASE,
)
_STACK = re.compile(r"(?<=: )[\w./`*-]+(?: [>|] [\w./`*-]+)+$")
# "If a file is dropped, do not insert it".
_CASE = re.compile(r"^(?P<when>(?:if|when|whenever|unless|before|after|while)\b[^,]+), (?P<do>.+)$")
_AND_NOT = re.compile(r" (and|but) (?:do not|don['’]t) (?=[a-z])", re.IGNORECASE)
_LONG = 9
_BE = "be "  # "Be careful with the cache."


def embedded(text: str) -> str:
    """Return a text as it stands inside a sentence: one line, no full stop, no leading capital unless it is a name."""
    flat = _TAIL.sub("", visible_line(text).strip())
    if quoted := _QUOTED.match(flat):
        flat = _TAIL.sub("", next(group for group in quoted.groups() if group))
    first, gap, rest = flat.partition(" ")
    plain = first.strip("\"'“”(,:;")
    if (
        len(plain) > 1
        and plain[0].isupper()
        and plain[1:].replace("'", "").islower()
        and plain.isascii()
        and _is_ordinary(plain)
    ):
        first = first.replace(plain, plain[0].lower() + plain[1:], 1)
    elif plain == "A":
        first = first.lower()
    return f"{first}{gap}{rest}"


def joined(items: Sequence[str]) -> str:
    """Return items as a list in a sentence: "a", "a and b", "a, b and c"; with a comma more where the items have commas inside."""
    if len(items) <= 1:
        return "".join(items)
    last = ", and" if any("," in item for item in items) else " and"
    return f"{', '.join(items[:-1])}{last} {items[-1]}"


def after_preserve(text: str) -> str:
    """Return a capability so that it follows "We preserve"."""
    said = embedded(text)
    if able := _ABLE.match(said):
        return f"{'our' if said.lower().startswith('we') else 'the'} ability to {said[able.end() :]}"
    return {
        Form.CLAUSE: f"the property that {said}",
        Form.WHEN: f"the property that {said}",
        Form.COMMAND: f"the ability to {said}",
        Form.INFINITIVE: f"the ability {said}",
        Form.THAT: f"the property {said}",
    }.get(form_of(said), said)


def because(text: str) -> str:
    """Return a threat with its "because" and its "matters": "because edits by hand matter"; a comma closes a threat that has commas."""
    said = embedded(text)
    form = form_of(said)
    whole = {
        Form.CLAUSE: f"the risk that {said}",
        Form.WHEN: f"the risk that {said}" if _has_main_clause(said) else f"what happens {said}",
        Form.COMMAND: f"the temptation to {said}",
        Form.INFINITIVE: f"the temptation {said}",
        Form.THAT: f"the risk {said}",
    }.get(form, said)
    comma = "," if re.search(r"[,:;—]|” ", said) else ""
    return f"because {whole}{comma} {_matters(said, form)}"


def under(text: str) -> str:
    """Return an expectation with what joins it to "matters": "under a change of provider", "once we change provider"."""
    said = embedded(text)
    form = form_of(said)
    if said.lower().startswith("because "):
        return f"under the expectation that {said[len('because ') :]}"
    if form is Form.PHRASE:
        doing = _PEOPLE_DOING.match(said)
        fits = _PRESSURE.search(" ".join(said.split()[:4]).lower()) and not doing
        return f"under {said}" if fits else f"under the prospect of {said}"
    return {
        Form.CLAUSE: f"under the expectation that {said}",
        Form.WHEN: said,
        Form.COMMAND: f"when we {said}",
        Form.INFINITIVE: f"when we come {said}",
        Form.THAT: f"under the expectation {said}",
        Form.GERUND: f"under the prospect of {said}" if said.startswith("being ") else f"when {said}",
    }[form]


def after_prefer(text: str) -> str:
    """Return a strategy so that it follows "we prefer": what ought to be is preferred as such ("that it be done in one place")."""
    said = _STACK.sub(_spoken_stack, embedded(text))
    said = re.sub(r"^(?:by (?=\w+ing\b)|prefer (?!not\b))", "", said, flags=re.IGNORECASE)
    if said[: len(_BE)].lower() == _BE:
        return f"to be {said[len(_BE) :]}"
    if ought := _WE_OUGHT.match(said):
        return f"{'not ' if ought['not'] else ''}to {said[ought.end() :]}"
    if (unable := _UNABLE.match(said)) and form_of(said) is Form.CLAUSE:
        return f"not to {said[unable.end() :]}"
    if _PLACED.match(said):
        return f"to have it {said}"
    if (case := _CASE.match(said)) and form_of(case["do"]) is Form.COMMAND:
        return f"{_commanded(case['do'])} {case['when']}"
    form = form_of(said)
    if form is Form.COMMAND:
        return _commanded(said)
    if form is Form.CLAUSE and (ought := _OUGHT.search(said)):
        return f"that {said[: ought.start()]} {ought['not'] or ''}{said[ought.end() :]}"
    return {Form.CLAUSE: f"that {said}", Form.WHEN: f"that {said}"}.get(form, said)


def after_require(text: str) -> str:
    """Return a piece of evidence so that it follows "require"."""
    said = embedded(text)
    form = form_of(said)
    if form is Form.COMMAND:
        return f"that we {said}"
    return {Form.CLAUSE: f"that {said}", Form.WHEN: f"that {said}"}.get(form, said)


def after_accept(text: str) -> str:
    """Return a tradeoff so that it follows "accept"."""
    said = embedded(text)
    form = form_of(said)
    if form is Form.COMMAND:
        return f"that we {said}"
    if form is Form.PHRASE and said.lower().startswith("no "):
        # "accept no autocomplete" would refuse it.
        return f"having {said}"
    if form is Form.PHRASE and _BARE.match(said) and len(said.split()) <= 3:  # noqa: PLR2004 - "slower", "a bit slower"
        return f"that it is {said}"
    return {Form.CLAUSE: f"that {said}", Form.WHEN: f"that {said}", Form.INFINITIVE: f"having {said}"}.get(form, said)


def needs_comma(text: str) -> bool:
    """Return whether a capability is long or broken enough to want a comma before the reason."""
    return "," in text or ":" in text or len(text.split()) > _LONG


def _spoken_stack(found: re.Match[str]) -> str:
    """Return "a > b | c" as one reads it aloud: "a, then b or c"."""
    return found.group().replace(" > ", ", then ").replace(" | ", " or ")


def _commanded(said: str) -> str:
    if said[:1].isupper() and said[1:2].islower():
        said = said[:1].lower() + said[1:]
    said = _AND_NOT.sub(r" \1 not to ", said)
    first, _, rest = said.partition(" ")
    if first.lower() in {"don't", "never"}:
        return f"{'never' if first.lower() == 'never' else 'not'} to {rest}"
    if said.lower().startswith("do not "):
        return f"not to {said[len('do not ') :]}"
    return f"that we {said}" if first.lower() in {"always", "only", "just"} else f"to {said}"


def _matters(said: str, form: Form) -> str:
    """Return "matters" or "matter", whichever agrees: "edits by hand" matter, "types spreading" matters."""
    spoken = spoken_words(said)
    if form is not Form.PHRASE or not spoken or any(map(is_gerund, spoken[1:])):
        return "matters"
    head = next((index for index, word in enumerate(spoken) if index and word in _AFTER_HEAD), len(spoken)) - 1
    return "matter" if re.fullmatch(r".*[^su]s", spoken[head]) else "matters"


def _has_main_clause(said: str) -> bool:
    """Whether "if a, b" goes on after its condition."""
    spoken = spoken_words(said)
    return "," in said or any(word in {"we", "it", "they", "you", "then", "i"} for word in spoken[3:])


def _is_ordinary(word: str) -> bool:
    lowered = word.lower()
    return (
        is_ordinary_opener(lowered)
        or is_base_verb(lowered)
        or lowered in _ORDINARY
        or lowered.endswith(("ing", "ly", "ness", "ment", "tion", "ers", "ies", "able", "ors", "tions", "ments"))
    )


_ORDINARY = frozenset(
    """code tests test rules rule business domain payment payments vendor vendors new more less errors error failures types type changes
    change callers users user customers shared state hidden inputs when once if while what who nowhere handlers modules module packages
    package layer layers files file data extra slower small big large other another second third two three old access imports input
    output secrets logic policy decisions duplicate duplicated boilerplate core adapters adapter gateway gateways interfaces interface
    service services builds build releases release reviews review time performance speed memory hurried low fast independent independently
    lack loss use copy copy-pasted zero contributors newcomers features not support you're it's there's don't nobody's""".split(),
)
