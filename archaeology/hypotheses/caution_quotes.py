"""What is quoted of a warning in a title: whole sentences or whole clauses that can be told by themselves, or nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from archaeology.readings.clauses import bare, brackets_marked, clauses_of, with_brackets, without_brackets

LONGEST = 230
"""Characters of a title."""

_CODE_WORDS = 2
_CODE = re.compile(r"[;{}]\s*$|^[\w.]+\([^)]*\)$|\w\(.*\)\s*;|=>|:=|==|&&|\|\|")
_WEAK = re.compile(r"\bshould(?:n['’]t)?\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:for|if|when|whenever|unless|in|on|at|with|without|while|once|after|before|until|during|given|under|inside|outside|as long as|as soon as|even though|although)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WEIGHTY = re.compile(
    r"\b(?:avoid\w*|because|since|otherwise|lest|prevent\w*|so that|must|never|not|n['’]t)\b", re.IGNORECASE
)
_REASON = re.compile(r"\b(?:because|since|as|so that)\b", re.IGNORECASE)
_LAST_ADDRESS = re.compile(
    r"[\s:(<]*(?:@(?:link|see)\s+)?https?://\S+$|(?<=[.!?])\s+[\w.]+\([^()]*\)[;)]*$"
)  # or a line of code that was taken out
_OF_ITSELF = re.compile(
    r"(?:This|It) (?:is|must|has to|needs? to|should(?! (?:really|probably|ideally|eventually|maybe)\b)|cannot|can['’]t|does(?:n['’]t| not)|prevents|ensures|avoids|works around|assumes|relies on|depends on|has)\b(?! (?:the|a|an|used|called|only used)\b)"
)
_NOTES = re.compile(r"\s*\[\d{1,2}(?:\s*,\s*\d{1,2})*\]")
_LONE_REASON = re.compile(r"^(?:because|since)\s+(?=`)(?=[^,]+$)", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d\d-\d\d\s+")
_POINTS_BACK = re.compile(
    r"(?:this|that|these|those|it|they|them|he|she|needed|required|used|here|both|such|(?:because|since)(?=[^,]+$))\b|(?:always|never|only|not|already|usually) \w+ed\b|(?:must|should|needs? to|has to|have to|shall|can|may) (?:not |only |always |never |also )?(?:be|have|happen|come|go|stay|remain|run)\b|(?:in|if|when|whenever|once|after|before|until|unless|as long as|as soon as) (?:this|that|so|it|they|these|those|such)\b|the (?:correct|other|same|former|latter|first|second) one\b|a couple of\b|doing (?:so|this|that)\b|for (?:this|that|these|those) reasons?\b",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"(?:therefore|thus|hence|so|but|however|instead|then|and|or|otherwise|consequently|as such)\b", re.IGNORECASE
)
_POINTING_ORDER = re.compile(
    r"(?:please )?(?:do not|don['’]t|never|always|avoid|keep|must(?: not)?) (?:\w+ ){1,2}(?:these|those|this|that|them|it)(?=$|[,.;:]| (?:here|since|because|as|or|until|unless|if|when|to|in|on|with)\b)|.*\b(?:above|below)\b",
    re.IGNORECASE,
)
_THE_ISSUE = re.compile(
    r"\b(?:this|that|these|those|the same) (?:issues?|bugs?|problems?|cases?|reasons?|behaviou?r|limitations?|points?)\b",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"(?:we|you|they|i) (?:\w+ ){1,4}?(?:it|them|this|that)\b(?! \w+(?:s|ed)?\b (?:is|are|was|were|has|will|must|can))",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"(?:is|are|was|were|isn['’]t|aren['’]t|wasn['’]t|has|had|hasn['’]t|does(?:n['’]t)?|did(?:n['’]t)?|will|won['’]t|would|could|might|cannot|can['’]t|gets|becomes|depends|requires|means|causes)\b(?! (?:it|this|that|there|we|you)\b)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:(?:Deliberately|Intentionally|Explicitly|Purposely|Purposefully|Always|Only|Not) )?(?!(?:Need|Embed|Feed|Seed|Speed|Proceed)\b)[A-Z]?[a-z]+ed (?:with|by|to|here|so|because|since|as|in|on|for|only|instead|rather|explicitly)\b"
)
_REASONS = frozenset({"because", "since", "as", "due to"})
_FEW_WORDS = 3
_RUN_ON = 30  # words without a mark between them: lines of notes rather than a sentence
_LEAST_BEFORE = 6
_MARKED = len(" (...)")
_GIVES_REASON = re.compile(
    r"\b(?:because|since|so that|as|otherwise|or else|lest|due to|so|to avoid|to prevent|in order to)\b", re.IGNORECASE
)
_MARKS = re.compile(r"[,;:.!?()–—]|\s-\s")
_DASH = re.compile(r"\s[–—-]{1,2}\s|—")
_HANGS = re.compile(
    r"(?:\b(?:and|or|but|the|a|an|of|to|with|if|because|see|by|from|for|at|into|than|as|when|while|since|are|be|via)|[,;:(<>/])$",
    re.IGNORECASE,
)
_POINTS_OUT = re.compile(
    r"\b(?:before|after|until|than|like|for|with|of|without) (?:this|that|these|those)(?=$|[.,;:])", re.IGNORECASE
)
_NO_VERB = re.compile(r"\S+, (?:since|because|due to|so that|so)\b", re.IGNORECASE)  # "u16, since ..."


def quoted(around: Sequence[str], passage: str, parts: Mapping[str, Any], room: int) -> str:
    """Return what is quoted: the telling sentence whole, as it was written, with those behind it as far as there is room.

    ``around`` are the sentences of its paragraph, of which the telling one holds what was read (``parts``), or the reason in the passage. The sentence before is quoted
    with it where it points back. Where it is too long by itself its rule is quoted, with its condition. Empty where nothing can be
    told by itself.
    """
    said = [_shown(sentence) for sentence in around]
    at = _telling(said, parts, [sentence.rstrip(" .") in passage for sentence in around])
    if at is None:
        return ""
    begin = at
    while begin and _hangs_on_another(around[begin], said[begin]):
        begin -= 1
    if begin < at and len(said[begin].split()) < _FEW_WORDS:
        return ""  # "See there. This is ..."
    written = [
        _with_link(sentence) if _LINKED.match(sentence) else shown for sentence, shown in zip(around, said, strict=True)
    ]
    quote = _joined([said[begin], *written[begin + 1 : at + 1]])
    if len(quote) > room and _THE_ISSUE.search(said[at]):
        quote, at = (
            _joined([said[begin], *written[begin + 1 : at]]),
            at - 1,
        )  # what the issue is says more than that others do not have it
    if len(quote) > room and begin == at:
        return _shorter(said[at], parts.get("rule", ""), room)
    before = said[begin - 1] if begin and begin == at and not _GIVES_REASON.search(said[at]) else ""
    if len(before.split()) >= _LEAST_BEFORE and _is_prose(before) and len(longer := _joined([before, quote])) <= room and _is_whole(upper(before)) and not _hangs_on_another(around[begin - 1], before):  # fmt: skip
        quote = longer  # an order that gives no reason has it in the sentence before
    for sentence in written[at + 1 :]:
        longer = _joined([quote, sentence])
        if len(longer) > room or not _is_prose(sentence):
            break
        quote = longer
    return upper(quote) if len(quote) <= room and _is_whole(quote) else ""


def _telling(said: Sequence[str], parts: Mapping[str, Any], own: Sequence[bool]) -> int | None:
    """Which sentence holds what was read; where no part was, the one of the passage (``own``) that gives a reason, or its first."""
    for part in ("rule", "ground", "harm", "gap", "until"):
        wanted = parts.get(part, "")
        for at, sentence in enumerate(said):
            if wanted and (wanted in sentence or wanted in without_brackets(sentence)):
                return at
    mine = [at for at, is_own in enumerate(own) if is_own]
    if not mine or parts.get("depends"):
        return mine[0] if mine else None
    return next((at for at in mine if _REASON.search(said[at])), mine[0])


def _hangs_on_another(written: str, said: str) -> bool:
    return any((_LINKED.match(written), _POINTS_BACK.match(said), _THE_ISSUE.search(said), has_no_subject(said)))


def has_no_subject(said: str) -> bool:
    """Return whether a sentence begins with a participle, so that its subject is what it stands on: "Forced here, so that ..."."""
    return _PARTICIPLE.match(said) is not None


def _with_link(sentence: str) -> str:
    """A sentence with the "Therefore" that it begins with, and without the address that it ends with."""
    return _LAST_ADDRESS.sub("", sentence).strip(" .")


def _joined(said: Sequence[str]) -> str:
    return " ".join(f"{sentence.rstrip(' .;:')}." for sentence in said[:-1]) + (" " if len(said) > 1 else "") + said[-1]


def _is_prose(sentence: str) -> bool:
    """Whether a sentence is one, and no line of code that was taken out."""
    return len(sentence.split()) > _CODE_WORDS and not _CODE.search(sentence)


def _shorter(sentence: str, rule: str, room: int) -> str:
    """A sentence that is too long with a mark for what stands in brackets, else its rule; empty where these would leave out what it hangs on."""
    if any(_WEIGHTY.search(found.group()) for found in _IN_BRACKETS.finditer(sentence)):
        return ""
    plain = brackets_marked(sentence)
    if len(plain) > room and rule and rule in (bare_of := without_brackets(sentence)) and not _WEAK.search(rule):
        plain = literal(_with_what_follows(rule, bare_of, room - _MARKED * sentence.count("(")), (sentence,), room)
        plain = plain if len(plain.split()) >= _LEAST_BEFORE else ""
    return upper(plain) if len(plain) <= room and _is_whole(plain) else ""


def literal(said: str, around: Sequence[str], room: int = LONGEST) -> str:
    """Return words that were read of some sentences as they were written: with the brackets between them, or a mark for those. Empty where that cannot be."""
    written = next((found for sentence in around if (found := with_brackets(said, sentence))), "")
    return written if len(written) <= room else brackets_marked(written)


def of_itself(around: Sequence[str], passage: str, room: int) -> str:
    """Return the first sentence of a comment that begins with "This" or "It" and so speaks of the code that it stands at; empty for others."""
    said = upper(_shown(around[0])) if around else ""
    fits = len(said) <= room and around[0].rstrip(" .") in passage if around else False
    return said if fits and _OF_ITSELF.match(said) and _is_whole(f"X {said.partition(' ')[2]}") else ""


def upper(text: str) -> str:
    """Return the text with a capital letter, where it opens with an ordinary word."""
    first = text.split(" ", 1)[0] if text else ""
    return (
        text[:1].upper() + text[1:] if first.replace("'", "").replace("’", "").isalpha() and first.islower() else text
    )


def lower(text: str) -> str:
    """Return the text with a small letter, where it opens with an ordinary word: for the middle of a sentence."""
    first = text.split(" ", 1)[0] if text else ""
    return text[:1].lower() + text[1:] if first.isalpha() and first[1:].islower() and len(first) > 1 else text


def _shown(sentence: str) -> str:
    """A sentence without its date, its tag, the issue that it ends with and its references to notes; "Because `x` fails" alone is "`x` fails"."""
    return _LONE_REASON.sub("", bare(_LAST_ADDRESS.sub("", _NOTES.sub("", _DATED.sub("", sentence)))))


def _is_whole(quote: str) -> bool:
    """Whether a quotation can be told by itself: its subject is in it, what it opens it closes, and it does not stop at an "and"."""
    closed = (
        all(quote.count(one) == quote.count(other) for one, other in ("()", "[]", "“”")) and not quote.count('"') % 2
    )
    return (
        closed
        and not _runs_on(quote)
        and not quote.count("`") % 2
        and not (
            _POINTS_BACK.match(quote)
            or _NO_SUBJECT.match(quote)
            or _NO_VERB.match(quote)
            or _HANGS.search(quote)
            or _POINTS_OUT.search(quote)
            or _POINTING_ORDER.match(quote)
            or _OF_WHAT.match(quote.partition(",")[0])
        )
    )


def _rest(sentence: str, stop: int) -> str:
    """What is left of a sentence behind a place, without its stop."""
    return sentence[stop:].strip(" .")


def _runs_on(quote: str) -> bool:
    return any(len(part.split()) >= _RUN_ON for part in _MARKS.split(quote))


def _with_what_follows(rule: str, sentence: str, room: int) -> str:
    """The rule and the clauses behind it, as long as the whole is short enough; a clause is taken whole or not at all."""
    begin = sentence.find(rule)
    end = begin + len(rule)
    if begin > 0 and len(_DASH.findall(sentence[:begin])) % 2:
        return ""  # what stands between dashes speaks of what stands before them
    if begin > 0 and _CONDITION.match(sentence):  # without its condition a rule says more than was said
        begin = 0
    for clause in clauses_of(sentence[end:]):
        stop = sentence.find(clause.text, end) + len(clause.text)
        if (
            stop - begin > room
            or stop < end
            or clause.joint in {"but", "however", "so"}
            or (clause.joint in _REASONS and _CONDITION.match(clause.text) and len(_rest(sentence, stop)) > 1)
        ):
            break
        end = stop
    return sentence[begin:end] if begin >= 0 else rule
