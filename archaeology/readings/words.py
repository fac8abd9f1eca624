"""What the parts of a reading have in common: whether a phrase stands by itself, and how a verb becomes a name ("use" -> "using")."""

from __future__ import annotations

import re

from archaeology.readings.caseless import Caseless, small_of

# What is told of the first words of a phrase, and of an "it" in it. These are made for texts whose small letters do not show it; for others
# the words are looked up, which costs nothing to make.
POINTING = Caseless(
    r"^(?:it|its|they|them|he|she|both|such|here|there|doing (?:so|this|that|it)|(?:the )?(?:above|below|former|latter|following)|the (?:same|other)|this one|that one|so do)\b"
    r"|^(?:this|that|these|those)(?:$|['’]|\W*$|\s+(?:is|are|was|were|must|would|will|wo|can|cannot|could|should|may|might|shall|has|have|had|does|do|did|needs?|only|also|never|always|not|just|in|on|at|by|when|if|to|here|because|since|way|happens|\w+[^s\W]s)\b)"
)
POINTING_OBJECT = Caseless(
    r"\b(?:do|doing|does|did|use|using|remove|removing|change|changing|touch|call|calling|add|move|set|make|convert|allow|ignore|include|replace|skip|return|pass|cache|copy|mutate|modify|simplify|refactor|inline|need|keep|break|of|for|with|on|to|in|before|after|until|than) (?:this|that|it|them|so|these|those)(?=$|[.,;:!)]|\s+(?:here|because|since|as|or|and|in|on|at|if|when|for|to|directly|again|anymore|either|with|without|before|after|from|into|until|unless|otherwise)\b)"
)
SUBJECTLESS = Caseless(r"^(?:must|should|shall|may|can|could|cannot|has to|needs to|is|are|was)\b")
_OPENING = Caseless(r"(\w+)(\s*)(\w*)")
_WORD = Caseless(r"\w")
_POINTERS = frozenset("it its they them he she both such here there above below former latter following".split())
_POINTING_WITH = {
    "doing": frozenset({"so", "this", "that", "it"}),
    "the": frozenset({"above", "below", "former", "latter", "following", "same", "other"}),
    "this": frozenset({"one"}),
    "that": frozenset({"one"}),
    "so": frozenset({"do"}),
}
_SAID = frozenset("must should shall may can could cannot is are was".split())
_SAID_WITH_TO = frozenset({"has", "needs"})
_DETERMINERS = frozenset({"this", "that", "these", "those"})
_SAYS = frozenset(
    "also always are at because by can cannot could did do does had happens has have here if in is just may might must need needs never "
    "not on only shall should since to was way were when will wo would".split()
)
_OBJECT = Caseless(
    r" (?:this|that|it|them|so|these|those)(?=$|[.,;:!)]|\s+(\w+))",
    (" this", " that", " it", " them", " so", " these", " those"),
)
_DOES = frozenset(
    "add after allow before break cache call calling change changing convert copy did do does doing for ignore in include inline keep "
    "make modify move mutate need of on pass refactor remove removing replace return set simplify skip than to touch until use using "
    "with".split()
)
_BEHIND = frozenset(
    "after again and anymore as at because before directly either for from here if in into on or otherwise since to unless until when "
    "with without".split()
)
_ADVERB = re.compile(
    r"^(?:(?:just|simply|also|even|directly|blindly|really|actually|always|ever|safely|reliably|easily|instead|only|merely|naively|currently|deliberately|intentionally|purposely|purposefully|explicitly|necessarily|generally|normally|usually|theoretically|technically|in theory|in principle|of course|then|now|still|probably|perhaps|maybe|certainly|alternatively|to)\s+)+",
    re.IGNORECASE,
)
_DOUBLED = frozenset(
    "set put get run stop drop skip cut swap trim let log map plan wrap bit sit win begin chop clip crop dig fit flip grab hit hop knit nod pin plug pop quit rip rub scan ship shut slip snap split spin step strip tag tap tip top trap unwrap unset reset remap refer defer prefer forget omit commit permit emit submit admit control cancel".split()
)
_VERBS_IN_ED = frozenset("need feed seed speed embed exceed succeed proceed breed bleed heed weed shed shred".split())
_VERBS_IN_LY = frozenset("rely apply reply supply multiply imply comply fly".split())
_NO_VERB = frozenset(
    "the a an be is are was were not no it we this that have has had been more less there any all some what where when if".split()
)


def dangling(text: str) -> bool:
    """Whether a phrase points at something outside itself: "this would break", "do not do that here"."""
    small = small_of(text)
    if small is None:
        return POINTING.match(text.strip()) is not None or POINTING_OBJECT.is_in(text)
    return _points(small.strip()) or _has_pointing_object(small)


def lacks_subject(phrase: str) -> bool:
    """Whether :data:`SUBJECTLESS` matches: "must be closed", "needs to wait"."""
    small = small_of(phrase)
    if small is None:
        return SUBJECTLESS.match(phrase) is not None
    opening = _OPENING.match(small)
    if opening is None:
        return False
    first, gap, second = opening.groups()
    return first in _SAID or (first in _SAID_WITH_TO and gap == " " and second == "to")


def without_adverbs(text: str) -> str:
    """Return a phrase without the adverbs that it opens with."""
    return _ADVERB.sub("", text)


def gerund(phrase: str) -> str:
    """Return what somebody would do as a name for doing it: ``use a set`` -> ``using a set``. Empty where it opens with no verb."""
    verb, space, rest = without_adverbs(phrase).partition(" ")
    lowered = verb.lower()
    if (
        not re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)?", lowered)
        or lowered in _NO_VERB
        or (lowered.endswith("ly") and lowered not in _VERBS_IN_LY)
    ):
        return ""
    if lowered.endswith("ed") and lowered not in _VERBS_IN_ED:  # "could have fetched it": no verb to name
        return ""
    if lowered.endswith("ing") and len(lowered) > len("bring"):
        return f"{lowered}{space}{rest}"
    return f"{_ing(lowered)}{space}{rest}"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if verb in _DOUBLED else f"{verb}ing"


def _points(small: str) -> bool:
    """Whether :data:`POINTING` matches: what costs half a millisecond to make is told by the first two words."""
    opening = _OPENING.match(small)
    if opening is None:
        return False
    first, gap, second = opening.groups()
    if first in _POINTERS or (gap == " " and second in _POINTING_WITH.get(first, ())):
        return True
    if first not in _DETERMINERS:
        return False
    behind = small[opening.end(1) :]
    if behind[:1] in {"", "'", "’"} or not _WORD.is_in(behind):
        return True
    return bool(gap and second) and (
        second in _SAYS or (second[-1:] == "s" != second[-2:-1] and len(second) > len("is"))
    )


def _has_pointing_object(small: str) -> bool:
    """Whether :data:`POINTING_OBJECT` matches: the word before each "this" or "it" is looked up."""
    for found in _OBJECT.finditer(small):
        if found[1] is None or found[1] in _BEHIND:
            start = found.start()
            while start and (small[start - 1].isalnum() or small[start - 1] == "_"):
                start -= 1
            if small[start : found.start()] in _DOES:
                return True
    return False
