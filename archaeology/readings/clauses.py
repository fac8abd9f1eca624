"""Cuts sentences into clauses, each with the word that joins it to what stands before it ("because", "otherwise", "to avoid")."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from archaeology.readings.blanks import on_one_line
from archaeology.readings.caseless import Caseless

# With one of these it begins, behind blanks: to say so first spares two thirds of the time, and to say with which letter, a sixth of the rest.
_BEGINS = r"(?=[\s,;:.!?(–—abdilostu-])(?=\s*(?:[,;:.!?(–—-]|as |because|but|due to|in order|lest|or |otherwise|since|so|such that|to [aegklmp]|unless))"
_JOINT = Caseless(
    _BEGINS + r"(?:"
    r"\s*[,;(–—-]*\s*\b(?P<word>because|since(?! (?:then|yesterday|(?:the |our |its |their )?(?:last|previous|first|beginning|start|epoch)(?: time\b| [\w`-]+(?=[.,;:)]|$)|(?=[.,;:)]|$| of\b))|(?:version )?v?\d[\w.]*(?=[.,;:)]|$)))|due to|so that|such that|in order to|so as to|so as not to|to (?:avoid|prevent|guard against|protect against|make sure(?: that)?"
    r"|ensure(?: that)?|guarantee(?: that)?|keep|allow|let)|or else|lest|unless|as (?=(?!we\b)[\w`.'()-]+ (?:(?:and|or) [\w`.'-]+ )?(?:does|do|doesn|don|would|could|will|might|cannot|lacks?|has no|have no|is not|isn|are not|aren)\b)|as (?!we can(?! ?not)\b|(?:it|they|we|these|those) (?:comes?|arrives?|goe?s?|appears?|happens?|gets?)\b)(?=(?:it|this|that|they|we|the|there|these|those|doing)\b))\b[,:]?\s*"
    r"|\s*,\s*(?P<comma>so|and thus|thus|therefore|hence|but|however|yet|which|where|although|though|even though|while|in which case|if not|and then|then|and (?=(?:it|we|this|that|the|would|will)\b)|or (?=(?:it|we|the|this)\b))\b[,]?\s*"
    r"|(?:^|\s*[,;(–—-]\s*|\s+(?=(?:or|as) otherwise)|(?<!would)(?<!could)(?<!might)(?<!will)\s+(?=otherwise (?:it|we|the|this|that|they|there|you|an?)\b))(?P<otherwise>(?:as |or |because |since )?otherwise)\b,?\s*"
    r"|\s+(?P<bare>but\b|so (?=(?:we|it|the|this|do not|don['’]t|never)\b))\s*"
    r"|\s*(?P<stop>;|\s[–—-]{1,2}\s|:\s(?=\S)|[.!?](?<!e\.g.)(?<!i\.e.)(?<!etc.)(?<!cf.)(?<!vs.)\s+(?=\S))\s*"
    r"|\s*,\s*(?P<splice>)(?=(?:they|it|this|that|there|we|each|do not|don['’]t|never)\b)|\s+or (?P<else>)(?=(?:\S+ ){1,2}?(?:will|would|might|could|may)\b))"
)
# What stands in brackets, but not those of a call, of code in quotation marks, or of an address.
_HELD = r"(?P<inside>(?=[A-Za-z#`\"'])[^()]*(?:\(\)[^()]*)*)\)(?=$|[\s,.;:!?])"
# It is found by the bracket; where there is such a one, it is cut out with the blanks before it.
_INSIDE = re.compile(rf"\((?<!\S\(){_HELD}")
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]{1,80}\"|(?<!\w)'[^']{1,60}'(?!\w)")
# Where there is one kind of quotation marks only, to begin with that mark spares most of the look.
_QUOTED_BY = {"`": r"`[^`]*`", '"': r"\"[^\"]{1,80}\"", "'": r"'(?<!\w')[^']{1,60}'(?!\w)"}
_OPENER = re.compile(
    r"^(?:\[?(?:(?:NOTE(?!\s+(?:that|here)\b)|NOTA BENE|NB|N\.B\.|XXX|HACK|FIXME|TODO|IMPORTANT|WARNING|CAUTION|ATTENTION|BEWARE|SAFETY|PERF|SECURITY|REVIEW|INVARIANT|Rationale|Explanation|Reason)\b(?:\([^)]*\))?[\]\s:!.-]+)|"
    r"(?:GH-|#|issue #?|bug #?)\d+[\s:.,-]+|"
    r"(?:(?:please )?(?:note|observe|(?:remember|mind|keep in mind)(?= that\b))(?: here)?(?: that)?,?|also note(?: that)?|also|but(?! for\b)|so(?! (?:far|that|long|much|many|as)\b)|and|however(?! (?:many|much|long|often)\b)|therefore|thus|hence|actually|besides(?! (?:the|an?|this|that|being)\b)|then|here(?! (?:is|are|be)\b)|again|finally|in particular|especially|of course|as such|instead(?! of\b)|anyway|basically|importantly|crucially|critically),?\s+(?=[\w`'\"]))+",
    re.IGNORECASE,
)
_ADDRESS_TAIL = re.compile(
    r"[\s,;:.(]+(?:see|cf\.?|refs?|more at|details at)(?: also)?:? <?https?://.*$", re.IGNORECASE
)
_ADDRESS = re.compile(r"[(<\[]?https?://[^\s)>\]]+[)>\]]?")
_SEE = r"[,;:.(\[]\s*(?:see|cf\.?)(?: also)?(?: (?:the|our|this|for|more))*(?: (?:issue|bug|discussion|comment|docs?|documentation|thread|ticket))?(?: \S{1,30})?[\s)\].]*$"
_ISSUE_TAIL = re.compile(
    r"[\s,;:.(\[–—-]*(?:\b(?:see(?: also)?|cf\.?|ref(?:s|er to)?|fixes|closes|per|from|in|re|as (?:described|discussed|explained|mentioned|noted|reported|seen|shown))\b[\s:#(]*)*(?:\b(?:issues?|bugs?)\b[\s:#(]*)?(?:GH-|#)\d+[\s)\].,]*$"
    r"|[\s,;:.(\[–—-]*(?:\b(?:see(?: also)?|cf\.?|ref|more|details?|from|for more (?:info|information|details)|issue|bug)\b[\s:]*)*<?https?://\S+[\s)\].]*$"
    rf"|{_SEE}",
    re.IGNORECASE,
)
_SEE_TAIL = Caseless(_SEE)
_ORDERED = re.compile(r"\b(?:must|needs?|has to|have to|should|do not|don['’]t|never|always)\b", re.IGNORECASE)
_ORDER_NEXT = re.compile(r"(?:do not|don['’]t|never|always|must)\b", re.IGNORECASE)


_COMPARES = re.compile(r"\b(?:as|so|such|the same)\b(?: [\w-]+){0,3}$", re.IGNORECASE)
_LISTED = re.compile(r"[\w.`'-]+, (?:[\w.`'-]+ )?[\w.`'-]+,$")
_LIST = re.compile(r"(?:(?:the |an? )?[\w`'-]+, )+(?:the |an? )?[\w`'-]+", re.IGNORECASE)
_NEAR = 40


_KNOWN = 256  # a passage is looked at from many sides, one after the other


class Clause(NamedTuple):
    """A clause of a sentence. ``joint`` is the word before it in small letters (empty for the first); ``inside`` that brackets hold it."""

    joint: str
    text: str
    inside: bool = False


@lru_cache(maxsize=_KNOWN)
def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in their order, and after them those of what stands in brackets."""
    found: list[Clause] = []
    _cut(found, without_brackets(sentence), inside=False)
    for match in _INSIDE.finditer(sentence) if "(" in sentence else ():
        _cut(found, match["inside"], inside=True)
    return tuple(found)


@lru_cache(maxsize=_KNOWN)
def bare(sentence: str) -> str:
    """Return a sentence without "NOTE:", "so", "but" and the like before it, and without the issue or address that it ends with."""
    said = on_one_line(sentence)
    opener = _OPENER.match(said)
    said = (said[opener.end() :] if opener else said).strip(" *#:")
    lowered = said.lower()
    if "see" in lowered or "#" in said or "://" in said or "cf" in lowered or "gh-" in lowered:
        said = _without_pointers(said)
    return said.rstrip(" .,;:—–-")


def _without_pointers(said: str) -> str:
    """A sentence on one line without the issue, the address or the "see above" that it ends with."""
    said = without_address(said)
    # Of the three ways to point only the last needs no number and no address, and it alone is looked for in a tenth of the time.
    tail = _ISSUE_TAIL if "#" in said or "://" in said or "gh-" in said.lower() else _SEE_TAIL
    for _ in range(3):
        pointer = tail.search(said)
        if pointer is None:
            break
        said = said[: pointer.start()]
    return said


def without_address(sentence: str) -> str:
    """Return a sentence without the "see https://..." that it ends with."""
    return _ADDRESS_TAIL.sub("", sentence) if "://" in sentence else sentence


def without_addresses(sentence: str) -> str:
    """Return a sentence without any address in it."""
    return on_one_line(_ADDRESS.sub(" ", without_address(sentence)))


def without_brackets(sentence: str) -> str:
    """Return a sentence without what stands in brackets; those of a call stay."""
    if "(" not in sentence or not _INSIDE.search(sentence):
        return on_one_line(sentence)
    shorter = _brackets().sub(
        lambda match: (
            match.group() if "`" in sentence[: match.start()] and _inside_code(sentence, match.start()) else ""
        ),
        sentence,
    )
    if shorter != sentence:
        return without_brackets(shorter)
    return on_one_line(shorter)


def with_brackets(said: str, sentence: str) -> str:
    """Return words that were read without brackets as they stand in a sentence, brackets and all; empty where they do not stand there."""
    flat = on_one_line(sentence)
    if said in flat or "(" not in flat:
        return said if said in flat else ""
    kept = [match.span() for match in _brackets().finditer(flat)]
    places = [at for begin, end in zip([0, *(stop for _, stop in kept)], [*(start for start, _ in kept), len(flat)], strict=True) for at in range(begin, end)]  # fmt: skip
    begin = "".join(flat[at] for at in places).find(said)
    return flat[places[begin] : places[begin + len(said) - 1] + 1] if said and begin >= 0 else ""


def brackets_marked(sentence: str) -> str:
    """Return a sentence with "(...)" for what stands in brackets, so that nobody takes it for the whole."""
    return _brackets().sub(" (...)", on_one_line(sentence)).strip()


def _inside_code(sentence: str, at: int) -> bool:
    return any(match.start() < at < match.end() for match in _QUOTED.finditer(sentence))


def _without_quotations(sentence: str) -> str:
    """A sentence with underscores for what stands in quotation marks, letter by letter."""
    marks = [mark for mark in _QUOTED_BY if sentence.count(mark) > 1]
    if not marks:
        return sentence
    quoted = _quoted_by(marks[0]) if len(marks) == 1 else _QUOTED
    return quoted.sub(lambda match: "_" * len(match.group()), sentence)


@cache
def _quoted_by(mark: str) -> re.Pattern[str]:
    return re.compile(_QUOTED_BY[mark])


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+|^)\({_HELD}")


def _cut(found: list[Clause], sentence: str, *, inside: bool) -> None:
    begin, joint = 0, ""
    masked = _without_quotations(sentence)
    for match in _JOINT.finditer(masked):
        name = match.lastgroup or "stop"
        word = masked[match.start(name) : match.end(name)].strip().lower()
        if (match[name] or "").strip() == "as" and _COMPARES.search(
            sentence, max(begin, match.start() - _NEAR), match.start()
        ):
            continue  # "as many as there are"
        if name == "comma" and word == "or" and _LIST.fullmatch(sentence, begin, match.start()):
            continue  # "the clerk, the cook, or the guest"
        if name == "else" and (
            _LISTED.search(sentence, max(begin, match.start() - _NEAR), match.start())
            or not _ORDERED.search(sentence, begin, match.start())
        ):  # "errors or panics will occur"
            continue
        _keep(found, joint, sentence[begin : match.start()], inside=inside)
        joint = {"otherwise": "otherwise", "else": "or else", "splice": ";"}.get(name, word)
        begin = match.end()
    _keep(found, joint, sentence[begin:], inside=inside)


def _keep(found: list[Clause], joint: str, text: str, *, inside: bool) -> None:
    flat = on_one_line(text) if inside else text  # outside of brackets it is on one line already
    said = flat.replace(" ,", ",").strip(" ,;:.—–-!")
    if said:
        found.append(Clause(joint, said, inside))
