"""What a sentence says was considered and turned down, in favour of what, and on what ground."""

from __future__ import annotations

import re
from typing import NamedTuple

from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import bare, without_brackets
from archaeology.readings.harms import is_harm
from archaeology.readings.rejection_shapes import (
    CONSIDERED,
    COULD,
    NEEDING_HARM,
    REFUSED,
    TEMPTING,
    TRIED,
    USED_TO,
    WEIGHED,
    shapes_of,
)
from archaeology.readings.words import dangling, gerund, without_adverbs

_MOST, _MOST_GROUND = 90, 170
_NEEDED = frozenset(
    "need want have care know bother mind worry support see think believe expect understand like find tell get be exist matter yet".split()
)
_CANNOT_DO = re.compile(
    r"^(?:we|you|users?|callers?|one) (?:can(?:no|['’])t|can not|could(?:n['’]t| not)|would(?:n['’]t| not) be able to|would no longer be able to) (?P<what>(?:\w+ly )?[a-z]+ [^,;:]+?)(?=$|[,;(]|,? (?:because|since|as|when|if)\b)",
    re.IGNORECASE,
)
_PREFERRED = re.compile(
    r"\b(?P<i>using [^,.;]+?) is (?:doing )?(?:the )?(?:right|better|safer|best|more \w+|correct|fine)\b", re.IGNORECASE
)
_ORDERS = re.compile(
    r"(?:assume|use|let|just|treat|fall ?back|return|skip|do|try|keep|leave|set|make|take|ignore|instead|so|see|go|call|add|wait|default|continue|stop|give|report|only|simply)\b(?! (?:is|are|was|were|would|will|can|could|might|may)\b)",
    re.IGNORECASE,
)
# "It will print an empty line, but that's fine": nothing was turned down.
_ACCEPTED = re.compile(
    r"\bbut (?:that|this|it)(?:['’]s| is| should be) (?:\w+ )?(?:fine|ok|okay|acceptable|harmless|intended|expected|good enough|alright)\b",
    re.IGNORECASE,
)
_NOT_DOING = re.compile(r"not \w+ing$", re.IGNORECASE)
_SO_WE = re.compile(
    r"(?:^|[,;:.–—-] ?|\b)(?:so|hence|therefore|thus|instead|that is why|that['’]s why|which is why)(?: here)?,? (?:instead )?(?P<i>(?:we|the \w+) (?!(?:can|could|would|might|cannot|need not)\b)[a-z].+?)(?: instead)?$",
    re.IGNORECASE,
)


# A name for an option tells something: a gerund with its object, or a thing with a word more than its article.
_TELLING = re.compile(
    r"^(?:\w+ing\b|.*`[^`]{2,}`|.*['\"][^'\"]{2,}['\"]|(?:an?|the|just an?|one|two|several) \S+ \S+|[\w.:]+\(\)|not \w+ing)",
    re.IGNORECASE,
)


# "Not the cleanest solution, because" regrets what is done; nobody could have done "the cleanest solution" instead.
_VALUED = re.compile(
    r"(?:an?|the) (?:\w+est|best|most \w+|least \w+|(?:very |really |particularly )?(?:ideal|perfect|great|good|nice|pretty|clean|optimal|elegant|proper|right|correct|big|huge|real|major|problem|issue|concern))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:(?:it|this|that) )?(?:was|were|is|has been|have been|got|we) (?:later |since |then |now )?(?:changed|replaced|switched|converted|moved|rewritten|swapped|turned)\b",
    re.IGNORECASE,
)


# With one of these begins whatever ends what is said to be done instead.
_REASONED = (
    " because",
    " since",
    " so that",
    " to avoid",
    " to prevent",
    " otherwise",
    " which",
    " as ",
    ";",
    ":",
    "(",
)
_CODE = re.compile(r"`[^`]+`")
_POINTS = re.compile(r"\b(?:this|that|these|those|it|them|above|below)\b")
_CLAUSE_INSIDE = re.compile(r"\b(?:because|if|when|but|since|although|while)\b")
_AIMED = re.compile(r"\bto (?:avoid|prevent)\b", re.IGNORECASE)
# A line of code that was taken out, behind the last sentence.
_LAST_CODE = re.compile(r"(?<=[.!?])\s+[\w.]+\([^()]*\)?[;)]*$")


class Rejection(NamedTuple):
    """An option that was turned down (as a name for it), the ground for that, and what is done instead; each may be empty.

    ``cause`` tells that the ground is a thing ("a bug in the driver") and no clause.
    """

    option: str
    ground: str
    instead: str
    cause: bool = False


# "This might seem wasteful, but" grants something; nobody could have done it instead.
_CONCEDES = Caseless(
    r"\b(?:might|may|would|could|can) (?:seem|look|appear|sound|provide an?)\b",
    needs=(" seem", " look", " appear", " sound", " provide"),
)


def rejection_in(sentence: str, after: str = "", *, hinted: bool = True) -> Rejection | None:
    """Return what a sentence turns down; ``after`` are the sentences that follow it, which may say what is done instead.

    Where it is known to hold none of the words that most shapes need (not ``hinted``), it is told by its first word.
    """
    said = bare(sentence)
    if not (hinted or "(" in sentence or shapes_of(bare(said), hinted=False)):
        return None
    if "(" in sentence:
        said = without_brackets(bare(_LAST_CODE.sub("", sentence)))
    said = bare(said)
    masked = (  # what stands in code joins nothing
        _CODE.sub(lambda match: f"`{'_' * (len(match.group()) - 2)}`", said) if "`" in said else said
    )
    for shape in shapes_of(masked, hinted=hinted):
        match = shape.match(masked)
        if match is None or _ACCEPTED.search(said):
            continue
        if _CONCEDES.is_in(sentence):
            return None
        groups = {name: said[match.start(name) : match.end(name)] for name, text in match.groupdict().items() if text}
        cause = bool(groups.get("of") or groups.get("due"))
        ground = _ground(groups.get("h") or after, cause=cause)
        if ground and _AIMED.search(said[match.end("r") : match.start("h")] if groups.get("h") else ""):
            ground = (
                f"to prevent {ground}" if "prevent" in said[match.end("r") : match.start("h")] else f"to avoid {ground}"
            )
        option = _named(groups["r"], shape)
        if not option and shape in WEIGHED and _POINTS.search(groups["r"]) and gerund(groups["r"]):
            return Rejection("", "", "")  # something was weighed, and only the code shows what
        if not option or (shape is REFUSED and without_adverbs(groups["r"]).split()[0].lower() in _NEEDED):
            continue
        if shape in NEEDING_HARM and not is_harm(f"{said} {after}"):
            continue
        return Rejection(option, ground, _instead(groups.get("i") or "", said, after), cause=cause)
    return None


def possible_otherwise(ground: str) -> str:
    """Return what a ground like "we can't reliably read X" says is possible as it is now: "we can reliably read X". Empty for others."""
    match = _CANNOT_DO.match(re.sub(r"^then,? ", "", ground) if ground.startswith("then") else ground)
    if match is None or dangling(match["what"]) or re.search(r"\b(?:it|this|that|them)\b", match["what"]):
        return ""
    return f"we can {match['what'].strip()}"


def _named(option: str, shape: re.Pattern[str] | Caseless) -> str:
    """The option as a name for it: "using `getch`", "a plain `set`". Empty where it cannot be told by itself."""
    said = option.strip(" ,.;:")
    while said.startswith(("just ", "simply ")):
        said = said.partition(" ")[2]
    said = said[
        : min((at for other in (" instead of ", " rather than ") if (at := said.find(other)) >= 0), default=None)
    ]
    if shape in {COULD, TEMPTING, REFUSED, TRIED, USED_TO} or (
        shape is CONSIDERED and re.match(r"[a-z]+\b", said) and not re.match(r"(?:an?|the|to|\w+ing)\b", said)
    ):
        said = said if shape is TRIED and re.match(r"(?:an?\b|the\b|one\b|two\b|several\b|`)", said) else gerund(said)
    if said.rstrip("\n").endswith(("here", "instead", "directly", "case", "situation")):
        said = re.sub(r"\s+(?:here|instead|directly|in (?:this|that|such an?) (?:case|situation))$", "", said)
    if (
        not said
        or len(said) > _MOST
        or dangling(said)
        or _POINTS.search(said)
        or _CLAUSE_INSIDE.search(said)
        or not _TELLING.match(said)
        or _VALUED.match(said)
    ):
        return ""
    return said


def _ground(text: str, *, cause: bool) -> str:
    said = bare(text)
    if said.startswith(("then", "and", "but")):
        said = re.sub(r"^(?:then|and|but)\s+", "", said)
    if _CHANGED.match(said):  # "was changed to a list, since rows are lost" tells why behind that
        said = said.partition(" because ")[2] or said.partition(" since ")[2]
    if _ORDERS.match(said):  # "we cannot tell its type; assume text" says what is done, and not why
        return ""
    whole = _first_sentence(said).rstrip(" .,;:()")
    if len(whole) > _MOST_GROUND:
        whole = re.split(r", (?:\w+ing|which|and thus|so) ", whole)[0]
    if len(whole) <= _MOST_GROUND and len(whole.split()) > 1 and not _NOT_DOING.match(whole):
        shorter = whole
        if any(map(whole.__contains__, (" because ", " since ", " so ", " also note ", ", ", "; "))):
            shorter = re.split(
                r",? (?:because|since) |,? so (?=we|it|the)| also note |[,;] (?:i\.e\.|e\.g\.|and|which|instead)|; ",
                whole,
            )[0]
        return (shorter if cause or len(shorter.split()) > 3 else whole).rstrip(" .,;:()")  # noqa: PLR2004 - a clause has subject, verb and object
    return ""


def _instead(named: str, sentence: str, after: str) -> str:
    for text, shape in ((named, None), (sentence, _SO_WE), (after, _PREFERRED), (after, _SO_WE)):
        if shape is None:
            said = text
        else:
            match = shape.search(_first_sentence(text) if shape is _SO_WE else text)
            said = match["i"] if match else ""
        said = bare(said)
        if any(map(said.__contains__, _REASONED)):
            said = re.split(
                r",? (?:because|since|so that|to avoid|to prevent|otherwise|which|as (?:it|this|that|they))\b|[;:(]",
                said,
            )[0]
        said = said.strip(" ,.")
        if (
            said
            and len(said.split()) > 1
            and len(said) <= _MOST_GROUND
            and not dangling(said.removeprefix("we "))
            and not re.search(r"\b(?:those|these|that)\b", said)
        ):
            return said
    return ""


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0] if any(map(text.__contains__, ".!?")) else text
