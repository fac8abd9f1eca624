"""The shapes of sentences that turn an option down, and which of them a sentence may have. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archaeology.readings.caseless import Caseless

_AGAINST = r"(?:,|;| [–—-]{1,2}|:)? *(?:\bbut\b|\bhowever\b,?|\bexcept that\b|\bonly\b that|\byet\b|\bunfortunately\b,?)(?: then| unfortunately)?,? "
_WHY = r",? *(?:(?P<of>\bbecause of\b)|\bbecause\b|\bsince\b|\bas\b(?= (?:it|this|that|they|we|the|there|these|those|doing|some|not))|(?P<due>\bdue to\b)|;|(?<!:):(?=\s)|(?<=\s)\(|—|(?<=\s)[–-]{1,2}(?=\s)|\bor else\b|,? \botherwise\b,?|\b(?:in order )?to avoid\b|\b(?:in order )?to prevent\b|\bso (?:that|as not to)\b) *"
_THING = (
    r"(?:option|alternative|approach|way|possibility|idea|solution|choice|fix|implementation|strategy|method|thing)"
)
_PLAIN = r"(?:simple|plain|naive|naïve|normal|regular|direct|single|bare|obvious|mere|straightforward|simpler|straight|generic|global|blocking|lazy|eager|recursive|quick)"

CONSIDERED = re.compile(
    rf"^(?:another|the other|an?|one|the)(?: (?:other|possible|obvious|{_PLAIN}|easy|only|easier|natural|first|second|old|previous))*(?: {_THING}s?)(?: (?:here|for this))? (?:is|are|was|were|would be|would have been|might be|could be)(?: to| that we)? (?P<r>.+?){_AGAINST}(?P<h>.+)$",
    re.IGNORECASE,
)
TEMPTING = re.compile(
    rf"^(?:it(?:['’]s| is| was| would be| might be| may be| may seem| might seem|['’]d be)|would be|might be|may be) (?:\w+ ){{0,2}}(?:nice|nicer|better|simpler|easier|tempting|cleaner|natural|possible|enough|cheaper|faster|preferable|ideal|more \w+|great|good)(?: and \w+)?(?: here| just| instead)?,?(?: to| if (?:we|this|it))(?: could)? (?P<r>.+?){_AGAINST}(?P<h>.+)$",
    re.IGNORECASE,
)
COULD = re.compile(
    rf"^(?:(?:ideally|in theory|in principle|theoretically|normally|alternatively|at first glance),? )?(?:(?:we|one|you|i)(?:['’]d| could| might| can| would)|(?:this|it)(?:['’]d| could| might| would))(?: also| just| simply| instead| theoretically| in theory| technically| well| in principle| of course| have| rather| prefer to| like to| love to| probably)* (?P<r>.+?){_AGAINST}(?P<h>.+)$",
    re.IGNORECASE,
)
TRIED = re.compile(
    rf"^(?:(?:originally|previously|initially|at first|before|earlier),? )?(?:we|i|this|it)(?: have| had| also| originally| previously| initially| first| once)* (?:tried(?: out)?|experimented with|considered|thought about|attempted)(?: to| using)? (?P<r>.+?)(?:{_AGAINST}|,? (?:and|which|until|; ) *)(?P<h>.+)$",
    re.IGNORECASE,
)
# "This used to lock and wait" tells of the past; only a "but" turns it down.
USED_TO = re.compile(rf"^(?:we|i|this|it) used to (?P<r>.+?){_AGAINST}(?P<h>.+)$", re.IGNORECASE)
INSTEAD_FIRST = re.compile(
    r"^(?:instead of|rather than) (?P<r>[^,]+?)(?: here| directly)?, (?P<i>(?:we|this|it|the|use|i|make|keep|set|a|let|do|`)\b.+)$",
    re.IGNORECASE,
)
INSTEAD_AFTER = Caseless(
    rf"^(?P<i>.+?),? (?:instead of|rather than|and not|not just) (?P<r>(?:(?:just|simply) )?(?:the|an?|`|\w+ing\b)[^,;]*?){_WHY}(?P<h>.+)$",
    needs=("instead of", "rather than", "and not ", "not just "),
    also=("because", "since", "as ", "due to", ";", ":", "(", "–", "—", "-", "or else", "otherwise", "to avoid", "to prevent", "so that", "so as not to"),
)  # fmt: skip
REFUSED = re.compile(
    rf"^(?:we|i|you|one) (?:do not|don['’]t|can(?:not|['’]t| not)|could not|couldn['’]t|won['’]t|will not|did not|didn['’]t)(?P<adv>(?: just| quite| fully| exactly| simply| directly| blindly| also| even| reliably| always| use just| deliberately| intentionally| really)*) (?P<r>[a-z]+ .+?|[a-z]+ here)(?: here| directly| instead| anymore| any more)?{_WHY}(?P<h>.+)$",
    re.IGNORECASE,
)
NOT_USING = re.compile(
    rf"^not (?!(?:every|any|some|no)thing\b|during\b)(?P<r>(?:\w+ing|an?|the|just)\b.+?){_WHY}(?P<h>.+)$", re.IGNORECASE
)
DOING = re.compile(
    r"^(?P<r>[a-z]+ing\b(?: [^,;:]*?)?)(?:,? (?:here|instead|directly|naively|eagerly|now|earlier|later|too early))* (?P<h>(?:would|could|will|might|may|does not work|doesn['’]t work|won['’]t work|is (?:not (?:safe|possible|an option|enough|sufficient|an? )|unsafe|wrong|too (?:slow|late|early|expensive)|tempting|very slow)|isn['’]t (?:safe|possible|an option|enough|sufficient)|breaks|crashes|hangs|fails|causes|leads to|leaks|deadlocks)\b.*)$",
    re.IGNORECASE,
)
PLAIN_THING = re.compile(
    rf"^(?P<r>(?:an?|the|just a) (?:{_PLAIN}|`[^`]+`|[\"'][^\"']+[\"'])[^,;:]{{0,60}}?) (?P<h>(?:would|could|will|won['’]t|does not|doesn['’]t|do not|is not|isn['’]t|cannot|can['’]t|is unsafe|is too|might|may|breaks|fails|hangs|is not an option)\b.*)$",
    re.IGNORECASE,
)
NOT_AN_OPTION = re.compile(
    rf"^(?P<r>[^,;:]{{3,80}}?) (?:is|are|was|were)(?: not|n['’]t) (?:an option|possible|viable|feasible|usable|suitable|good enough|enough|sufficient|applicable)(?: here)?{_WHY}(?P<h>.+)$",
    re.IGNORECASE,
)
SHAPES = (
    CONSIDERED,
    TEMPTING,
    TRIED,
    USED_TO,
    COULD,
    INSTEAD_FIRST,
    NOT_AN_OPTION,
    REFUSED,
    NOT_USING,
    INSTEAD_AFTER,
    DOING,
    PLAIN_THING,
)
# Most of them hold one of these: what stands against an option, what was tried, what is done instead, or that it is none.
_HINTS = (
    "but", "however", "except that", "only that", "yet", "unfortunately", "tried", "experimented", "considered", "thought about", "attempted",
    "instead of", "rather than", "and not ", "not just ", "option", "possible", "viable", "feasible", "usable", "suitable", "enough", "sufficient", "applicable",
)  # fmt: skip
# Those that hold none are told by their first word; a gerund opens :data:`DOING`.
_OPENED_BY: Mapping[str, tuple[re.Pattern[str], ...]] = {
    **dict.fromkeys(("we", "i", "you", "one"), (REFUSED,)),
    **dict.fromkeys(("a", "an", "the", "just"), (PLAIN_THING,)),
    "not": (NOT_USING,),
}
NEEDING_HARM = frozenset({INSTEAD_FIRST, INSTEAD_AFTER, DOING, PLAIN_THING})
WEIGHED = frozenset({CONSIDERED, TEMPTING, COULD, TRIED, USED_TO})


def shapes_of(said: str, *, hinted: bool = True) -> tuple[re.Pattern[str] | Caseless, ...]:
    """Return the shapes that a sentence may have: most sentences hold no hint, and their first word leaves one or none to try.

    Who knows that it holds none says that it is not ``hinted``.
    """
    small = said.lower()
    if hinted and (not said.isascii() or any(map(small.__contains__, _HINTS))):
        return SHAPES
    first = small.partition(" ")[0]
    return _OPENED_BY.get(first, (DOING,) if "ing" in first else ())
