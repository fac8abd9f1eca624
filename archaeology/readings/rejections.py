"""What a sentence says was considered and turned down, in favour of what, and on what ground."""

from __future__ import annotations

import re
from typing import NamedTuple

from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import bare, without_brackets
from archaeology.readings.harms import is_harm
from archaeology.readings.words import dangling, gerund, without_adverbs

_MOST, _MOST_GROUND = 90, 170
_AGAINST = r"(?:,|;| [–—-]{1,2}|:)? *(?:\bbut\b|\bhowever\b,?|\bexcept that\b|\bonly\b that|\byet\b|\bunfortunately\b,?)(?: then| unfortunately)?,? "
_WHY = r",? *(?:(?P<of>\bbecause of\b)|\bbecause\b|\bsince\b|\bas\b(?= (?:it|this|that|they|we|the|there|these|those|doing|some|not))|(?P<due>\bdue to\b)|;|(?<!:):(?=\s)|(?<=\s)\(|—|(?<=\s)[–-]{1,2}(?=\s)|\bor else\b|,? \botherwise\b,?|\b(?:in order )?to avoid\b|\b(?:in order )?to prevent\b|\bso (?:that|as not to)\b) *"
_THING = (
    r"(?:option|alternative|approach|way|possibility|idea|solution|choice|fix|implementation|strategy|method|thing)"
)
_PLAIN = r"(?:simple|plain|naive|naïve|normal|regular|direct|single|bare|obvious|mere|straightforward|simpler|straight|generic|global|blocking|lazy|eager|recursive|quick)"

_CONSIDERED = re.compile(
    rf"^(?:another|the other|an?|one|the)(?: (?:other|possible|obvious|{_PLAIN}|easy|only|easier|natural|first|second|old|previous))*(?: {_THING}s?)(?: (?:here|for this))? (?:is|are|was|were|would be|would have been|might be|could be)(?: to| that we)? (?P<r>.+?){_AGAINST}(?P<h>.+)$",
    re.IGNORECASE,
)
_TEMPTING = re.compile(
    rf"^(?:it(?:['’]s| is| was| would be| might be| may be| may seem| might seem|['’]d be)|would be|might be|may be) (?:\w+ ){{0,2}}(?:nice|nicer|better|simpler|easier|tempting|cleaner|natural|possible|enough|cheaper|faster|preferable|ideal|more \w+|great|good)(?: and \w+)?(?: here| just| instead)?,?(?: to| if (?:we|this|it))(?: could)? (?P<r>.+?){_AGAINST}(?P<h>.+)$",
    re.IGNORECASE,
)
_COULD = re.compile(
    rf"^(?:(?:ideally|in theory|in principle|theoretically|normally|alternatively|at first glance),? )?(?:(?:we|one|you|i)(?:['’]d| could| might| can| would)|(?:this|it)(?:['’]d| could| might| would))(?: also| just| simply| instead| theoretically| in theory| technically| well| in principle| of course| have| rather| prefer to| like to| love to| probably)* (?P<r>.+?){_AGAINST}(?P<h>.+)$",
    re.IGNORECASE,
)
_TRIED = re.compile(
    rf"^(?:(?:originally|previously|initially|at first|before|earlier),? )?(?:we|i|this|it)(?: have| had| also| originally| previously| initially| first| once)* (?:tried(?: out)?|experimented with|considered|thought about|attempted)(?: to| using)? (?P<r>.+?)(?:{_AGAINST}|,? (?:and|which|until|; ) *)(?P<h>.+)$",
    re.IGNORECASE,
)
# "This used to lock and wait" tells of the past; only a "but" turns it down.
_USED_TO = re.compile(rf"^(?:we|i|this|it) used to (?P<r>.+?){_AGAINST}(?P<h>.+)$", re.IGNORECASE)
_INSTEAD_FIRST = re.compile(
    r"^(?:instead of|rather than) (?P<r>[^,]+?)(?: here| directly)?, (?P<i>(?:we|this|it|the|use|i|make|keep|set|a|let|do|`)\b.+)$",
    re.IGNORECASE,
)
_INSTEAD_AFTER = Caseless(
    rf"^(?P<i>.+?),? (?:instead of|rather than|and not|not just) (?P<r>(?:(?:just|simply) )?(?:the|an?|`|\w+ing\b)[^,;]*?){_WHY}(?P<h>.+)$",
    needs=("instead of", "rather than", "and not ", "not just "),
)
_REFUSED = re.compile(
    rf"^(?:we|i|you|one) (?:do not|don['’]t|can(?:not|['’]t| not)|could not|couldn['’]t|won['’]t|will not|did not|didn['’]t)(?P<adv>(?: just| quite| fully| exactly| simply| directly| blindly| also| even| reliably| always| use just| deliberately| intentionally| really)*) (?P<r>[a-z]+ .+?|[a-z]+ here)(?: here| directly| instead| anymore| any more)?{_WHY}(?P<h>.+)$",
    re.IGNORECASE,
)
_NOT_USING = re.compile(rf"^not (?P<r>(?:\w+ing|an?|the|just)\b.+?){_WHY}(?P<h>.+)$", re.IGNORECASE)
_DOING = re.compile(
    r"^(?P<r>[a-z]+ing\b(?: [^,;:]*?)?)(?:,? (?:here|instead|directly|naively|eagerly|now|earlier|later|too early))* (?P<h>(?:would|could|will|might|may|does not work|doesn['’]t work|won['’]t work|is (?:not (?:safe|possible|an option|enough|sufficient|an? )|unsafe|wrong|too (?:slow|late|early|expensive)|tempting|very slow)|isn['’]t (?:safe|possible|an option|enough|sufficient)|breaks|crashes|hangs|fails|causes|leads to|leaks|deadlocks)\b.*)$",
    re.IGNORECASE,
)
_PLAIN_THING = re.compile(
    rf"^(?P<r>(?:an?|the|just a) (?:{_PLAIN}|`[^`]+`|[\"'][^\"']+[\"'])[^,;:]{{0,60}}?) (?P<h>(?:would|could|will|won['’]t|does not|doesn['’]t|do not|is not|isn['’]t|cannot|can['’]t|is unsafe|is too|might|may|breaks|fails|hangs|is not an option)\b.*)$",
    re.IGNORECASE,
)
_NOT_AN_OPTION = re.compile(
    rf"^(?P<r>[^,;:]{{3,80}}?) (?:is|are|was|were)(?: not|n['’]t) (?:an option|possible|viable|feasible|usable|suitable|good enough|enough|sufficient|applicable)(?: here)?{_WHY}(?P<h>.+)$",
    re.IGNORECASE,
)
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
_SHAPES = (
    _CONSIDERED,
    _TEMPTING,
    _TRIED,
    _USED_TO,
    _COULD,
    _INSTEAD_FIRST,
    _NOT_AN_OPTION,
    _REFUSED,
    _NOT_USING,
    _INSTEAD_AFTER,
    _DOING,
    _PLAIN_THING,
)
# Most of them hold one of these: what stands against an option, what was tried, what is done instead, or that it is none.
_HINTS = (
    "but", "however", "except that", "only that", "yet", "unfortunately", "tried", "experimented", "considered", "thought about", "attempted",
    "instead of", "rather than", "and not ", "not just ", "option", "possible", "viable", "feasible", "usable", "suitable", "enough", "sufficient", "applicable",
)  # fmt: skip
_HINTED = Caseless("|".join(_HINTS), needs=_HINTS)
_WITHOUT_HINT = (_REFUSED, _NOT_USING, _DOING, _PLAIN_THING)


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
_THING_ALONE = re.compile(r"^(?:an?|the) \w{5,}$", re.IGNORECASE)


_CODE = re.compile(r"`[^`]+`")
_POINTS = re.compile(r"\b(?:this|that|these|those|it|them|above|below)\b")
_CLAUSE_INSIDE = re.compile(r"\b(?:because|if|when|but|since|although|while)\b")
_AIMED = re.compile(r"\bto (?:avoid|prevent)\b", re.IGNORECASE)
# A line of code that was taken out, behind the last sentence.
_LAST_CODE = re.compile(r"(?<=[.!?])\s+[\w.]+\([^()]*\)?[;)]*$")
_NEEDING_HARM = frozenset({_INSTEAD_FIRST, _INSTEAD_AFTER, _DOING, _PLAIN_THING})
_WEIGHED = frozenset({_CONSIDERED, _TEMPTING, _COULD, _TRIED, _USED_TO})


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


def rejection_in(sentence: str, after: str = "") -> Rejection | None:
    """Return what a sentence turns down; ``after`` are the sentences that follow it, which may say what is done instead."""
    if _CONCEDES.is_in(sentence):
        return None
    said = bare(sentence)
    if "(" in sentence:
        said = without_brackets(bare(_LAST_CODE.sub("", sentence)))
    said = bare(said)
    masked = (  # what stands in code joins nothing
        _CODE.sub(lambda match: f"`{'_' * (len(match.group()) - 2)}`", said) if "`" in said else said
    )
    for shape in _SHAPES if _HINTED.is_in(masked) else _WITHOUT_HINT:
        match = shape.match(masked)
        if match is None or _ACCEPTED.search(said):
            continue
        groups = {name: said[match.start(name) : match.end(name)] for name, text in match.groupdict().items() if text}
        cause = bool(groups.get("of") or groups.get("due"))
        ground = _ground(groups.get("h") or after, cause=cause)
        if ground and _AIMED.search(said[match.end("r") : match.start("h")] if groups.get("h") else ""):
            ground = (
                f"to prevent {ground}" if "prevent" in said[match.end("r") : match.start("h")] else f"to avoid {ground}"
            )
        option = _named(groups["r"], shape)
        if not option and shape in _WEIGHED and _POINTS.search(groups["r"]) and gerund(groups["r"]):
            return Rejection("", "", "")  # something was weighed, and only the code shows what
        if not option or (shape is _REFUSED and without_adverbs(groups["r"]).split()[0].lower() in _NEEDED):
            continue
        if shape in _NEEDING_HARM and not is_harm(f"{said} {after}"):
            continue
        return Rejection(option, ground, _instead(groups.get("i") or "", said, after), cause=cause)
    return None


def possible_otherwise(ground: str) -> str:
    """Return what a ground like "we can't reliably read X" says is possible as it is now: "we can reliably read X". Empty for others."""
    match = _CANNOT_DO.match(re.sub(r"^then,? ", "", ground))
    if match is None or dangling(match["what"]) or re.search(r"\b(?:it|this|that|them)\b", match["what"]):
        return ""
    return f"we can {match['what'].strip()}"


def _named(option: str, shape: re.Pattern[str] | Caseless) -> str:
    """The option as a name for it: "using `getch`", "a plain `set`". Empty where it cannot be told by itself."""
    said = option.strip(" ,.;:")
    said = re.sub(r"^(?:just |simply )+", "", said)
    said = re.split(r" (?:instead of|rather than) ", said)[0]
    if shape in {_COULD, _TEMPTING, _REFUSED, _TRIED, _USED_TO} or (
        shape is _CONSIDERED and re.match(r"[a-z]+\b", said) and not re.match(r"(?:an?|the|to|\w+ing)\b", said)
    ):
        said = said if re.match(r"(?:an?\b|the\b|one\b|two\b|several\b|`)", said) and shape is _TRIED else gerund(said)
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
    said = re.sub(r"^(?:then|and|but)\s+", "", bare(text))
    if _CHANGED.match(said):  # "was changed to a list, since rows are lost" tells why behind that
        said = said.partition(" because ")[2] or said.partition(" since ")[2]
    if _ORDERS.match(said):  # "we cannot tell its type; assume text" says what is done, and not why
        return ""
    whole = re.split(r"(?<=[.!?])\s+(?=[A-Z])", said)[0].rstrip(" .,;:()")
    if len(whole) > _MOST_GROUND:
        whole = re.split(r", (?:\w+ing|which|and thus|so) ", whole)[0]
    if len(whole) <= _MOST_GROUND and len(whole.split()) > 1 and not _NOT_DOING.match(whole):
        shorter = re.split(
            r",? (?:because|since) |,? so (?=we|it|the)| also note |[,;] (?:i\.e\.|e\.g\.|and|which|instead)|; ", whole
        )[0]
        return (shorter if cause or len(shorter.split()) > 3 else whole).rstrip(" .,;:()")  # noqa: PLR2004 - a clause has subject, verb and object
    return ""


def _instead(named: str, sentence: str, after: str) -> str:
    for text, shape in ((named, None), (sentence, _SO_WE), (after, _PREFERRED), (after, _SO_WE)):
        if shape is None:
            said = text
        else:
            match = shape.search(re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0] if shape is _SO_WE else text)
            said = match["i"] if match else ""
        said = re.split(
            r",? (?:because|since|so that|to avoid|to prevent|otherwise|which|as (?:it|this|that|they))\b|[;:(]",
            bare(said),
        )[0].strip(" ,.")
        if (
            said
            and len(said.split()) > 1
            and len(said) <= _MOST_GROUND
            and not dangling(re.sub(r"^we ", "", said))
            and not re.search(r"\b(?:those|these|that)\b", said)
        ):
            return said
    return ""
