"""Fits what people wrote into the one sentence that reads a record aloud: "We preserve ... because ... matters under ...".

Facets come as noun phrases ("a change of provider"), clauses ("providers can be replaced"), commands ("keep it in adapters") or
infinitives ("to replace it"). Each is told apart by its words and given what the sentence needs before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from alloy_assist.elicitation.words import words
from archaeology.text import visible_line

_FINITE = frozenset(
    """is are was were has have had does do did can could may might must shall should will would cannot can't won't doesn't don't isn't
    aren't needs need gets get goes go stays stay remains remain runs run works work breaks break fails fail covers cover imports import
    uses use depends depend lives live knows know calls call passes pass holds hold keeps keep makes make takes take reaches reach raises
    raise returns return means mean contains contain leaks leak spreads spread becomes become changes change grows grow adds add creeps
    creep comes come reads read writes write matters matter tells tell happens happen exists succeeds find finds show shows print prints count counts compare compares fire fires require requires
    expect expects arrive arrives enter enters leave leaves answer answers drop drops rise rises start starts stop stops skip skips wait waits
    own owns say says sits sit stand stands serve serves lag lags survive survives matches reviews fits sees see loads""".split(),
)
_BASE_VERBS = frozenset(
    """keep use put add avoid wrap call import inject pass raise return write read make let hide expose split move test run check review
    replace swap change upgrade define declare convert translate map catch prefer do don't never always route send store load only go
    reject refuse forbid require ensure separate isolate pin limit cap validate sanitize parse generate regenerate rebuild ship deploy
    release log measure record mark name document ask tell show treat handle leave stay build give take hold depend reuse share""".split(),
)
_OPENERS = frozenset(
    {
        "the",
        "a",
        "an",
        "our",
        "its",
        "their",
        "any",
        "every",
        "each",
        "some",
        "no",
        "all",
        "one",
        "this",
        "that",
        "these",
        "those",
    }
)
_CONJUNCTION = re.compile(
    r"(?:when|once|as soon as|whenever|if|while|after|before|now that|as long as|until|since|because)\b", re.IGNORECASE
)
_CODE = re.compile(r"`[^`]*`")
_NO_GERUNDS = frozenset(
    "thing nothing something anything everything during string king ring spring morning evening".split()
)
_NOMINAL = frozenset({"what", "whatever", "whoever"})
_AUXILIARIES = frozenset("can could may might must shall should will would cannot can't won't doesn't don't".split())
_NO_SUBJECT = _OPENERS | {"to", "of", "for", "and", "or", "not"}
_AFTER_HEAD = frozenset(
    "of in on at by from for with without to into that which who where when added written over under as".split()
)
_RELATIVE = frozenset(
    {
        "that",
        "what",
        "how",
        "why",
        "which",
        "who",
        "whose",
        "where",
        "when",
        "whatever",
        "whoever",
        "while",
        "because",
        "if",
        "so",
    }
)


class Form(Enum):
    """How a text is built."""

    PHRASE = "phrase"
    CLAUSE = "clause"
    COMMAND = "command"
    INFINITIVE = "infinitive"
    THAT = "that"
    GERUND = "gerund"
    WHEN = "when"


def form_of(text: str) -> Form:
    """Return how a text is built, as far as its words tell."""
    bare = _CODE.sub("code", text.strip())
    spoken = words(bare)
    if not spoken:
        return Form.PHRASE
    first = spoken[0]
    if first == "that":
        return Form.THAT
    if first == "to":
        return Form.INFINITIVE
    if _CONJUNCTION.match(bare):
        return Form.WHEN
    if first.endswith("ing") and first not in _NO_GERUNDS:
        return Form.CLAUSE if _has_finite(spoken[:2]) else Form.GERUND
    if first in {"only", "always", "never"} and _has_finite(spoken):
        return Form.CLAUSE
    if (
        first in _BASE_VERBS
        and first not in _OPENERS
        and not (len(spoken) > 1 and spoken[1] in {"is", "are", "must", "can", "may"})
    ):
        return Form.COMMAND
    return Form.CLAUSE if _has_finite(spoken) else Form.PHRASE


def embedded(text: str) -> str:
    """Return a text as it stands inside a sentence: one line, no full stop, no leading capital unless it is a name."""
    flat = visible_line(text).strip().rstrip(" .;,!")
    first, gap, rest = flat.partition(" ")
    plain = first.strip("\"'“”(,:;")
    if len(plain) > 1 and plain[0].isupper() and plain[1:].islower() and plain.isascii() and _is_ordinary(plain):
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
    if said.lower().startswith("we can "):
        return f"our ability to {said[7:]}"
    return {
        Form.CLAUSE: f"the property that {said}",
        Form.WHEN: f"the property that {said}",
        Form.COMMAND: f"the ability to {said}",
        Form.INFINITIVE: f"the ability {said}",
        Form.THAT: f"the property {said}",
    }.get(form_of(said), said)


def after_because(text: str) -> str:
    """Return a threat so that it follows "because" and precedes "matters"."""
    said = embedded(text)
    return {
        Form.CLAUSE: f"the risk that {said}",
        Form.WHEN: f"what happens {said}",
        Form.COMMAND: f"the temptation to {said}",
        Form.INFINITIVE: f"the temptation {said}",
        Form.THAT: f"the risk {said}",
    }.get(form_of(said), said)


def matters(text: str) -> str:
    """Return "matters" or "matter", whichever agrees with a threat: "edits by hand" matter, "types spreading" matters."""
    said = embedded(text)
    spoken = words(_CODE.sub("code", said))
    if form_of(said) is not Form.PHRASE or not spoken:
        return "matters"
    if any(word.endswith("ing") and word not in _NO_GERUNDS for word in spoken[1:]):
        return "matters"
    head = next((index for index, word in enumerate(spoken) if index and word in _AFTER_HEAD), len(spoken)) - 1
    return "matter" if re.fullmatch(r"\w*[^su\W]s", spoken[head]) else "matters"


def under(text: str) -> str:
    """Return an expectation with what joins it to "matters": "under a change of provider", "once we change provider"."""
    said = embedded(text)
    return {
        Form.CLAUSE: f"under the expectation that {said}",
        Form.WHEN: said,
        Form.COMMAND: f"when we {said}",
        Form.INFINITIVE: f"when we come {said}",
        Form.THAT: f"under the expectation {said}",
    }.get(form_of(said), f"under {said}")


def after_prefer(text: str) -> str:
    """Return a strategy so that it follows "we prefer"."""
    said = embedded(text)
    form = form_of(said)
    if form is Form.COMMAND:
        first = said.split(" ", 1)[0].lower()
        if first in {"don't", "never"}:
            return f"not to {said.split(' ', 1)[-1]}"
        return f"that we {said}" if first in {"always", "only"} else f"to {said}"
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
    return {Form.CLAUSE: f"that {said}", Form.WHEN: f"that {said}", Form.INFINITIVE: f"having {said}"}.get(form, said)


def _has_finite(spoken: Sequence[str]) -> bool:
    """Whether a main verb stands before any word that opens a clause of its own ("a rule that nobody knows" has none)."""
    clauses = 0
    singular = spoken[0] in {"a", "an", "one", "each", "every"}
    for index, word in enumerate(spoken):
        if word in _RELATIVE and (index > 0 or word in _NOMINAL):
            clauses += 1
        if singular and f"{word}s" in _FINITE:
            # "a test run" and "each change" are no clauses: their verb would end in an s.
            continue
        before = spoken[index - 1] if index else ""
        if word in _FINITE and _AUXILIARIES & set(spoken[max(0, index - 3) : index]):
            # "can install" and "would otherwise have" are one verb.
            continue
        if index and word in _FINITE and not before.endswith("ing") and before not in _NO_SUBJECT:
            if clauses == 0:
                return True
            # The verb of "that nobody uses"; a further one is the main verb.
            clauses -= 1
    return False


def _is_ordinary(word: str) -> bool:
    """Whether a capitalised word is one only because a sentence began with it."""
    lowered = word.lower()
    return (
        lowered in _OPENERS
        or lowered in _BASE_VERBS
        or lowered in _FINITE
        or lowered in _ORDINARY
        or lowered.endswith(("ing", "ly", "ness", "ment", "tion", "ers", "ies", "ies", "able", "ors"))
    )


_ORDINARY = frozenset(
    """code tests test rules rule business domain payment payments vendor vendors new more less people somebody someone anyone anybody
    nobody errors error failures types type changes change callers users user customers shared state hidden inputs when once if while as
    after before we you they it there what who in on at by for from with without at not nothing everything handlers modules module
    packages package layer layers files file data extra slower small big large other another second third two three only old access
    imports import reads writes requests responses input output secrets logic policy decisions everyone duplicate duplicated boilerplate
    core adapters adapter gateway gateways interfaces interface services service builds build releases release reviews review time
    performance speed memory a an""".split(),
)
