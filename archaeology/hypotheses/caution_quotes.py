"""What is quoted of a warning in a title: whole sentences or whole clauses that can be told by themselves, or nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from archaeology.hypotheses.caution_wholes import has_no_subject, is_whole, points_back
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
    r"[\s:(<]*(?:@(?:link|see)\s+)?https?://\S+$|(?<=[.!?])\s+[\w.]+\([^()]*\)[;)]*$|\s+@[a-z]\w+$"
)  # or a line of code that was taken out
_IN_LAST_ADDRESS = ("://", "(", "@")  # of which each of those holds one
_OF_ITSELF = re.compile(
    r"(?:This|It) (?:is|must|has to|needs? to|should(?! (?:really|probably|ideally|eventually|maybe)\b)|cannot|can['’]t|does(?:n['’]t| not)|prevents|ensures|avoids|works around|assumes|relies on|depends on|has)\b(?! (?:the|a|an|used|called|only used)\b)"
)
_NOTES = re.compile(r"\s*\[\d{1,2}(?:\s*,\s*\d{1,2})*\]")
_LONE_REASON = re.compile(r"^(?:because|since)\s+(?=`)(?=[^,]+$)", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d\d-\d\d\s+")
_LINKED = re.compile(
    r"(?:therefore|thus|hence|so|but|however|instead|then|and|or|otherwise|consequently|as such|furthermore|moreover|additionally|besides)\b",
    re.IGNORECASE,
)
_THE_ISSUE = re.compile(
    r"\b(?:this|that|these|those|the same) (?:issues?|bugs?|problems?|cases?|reasons?|behaviou?r|limitations?|(?:(?<!at this )(?<!by this )(?<!from this )(?<!to this )(?<!at that )(?<!by that )(?<!from that )(?<!to that )points?)|(?:memory )?leaks?|races?|deadlocks?|errors?|warnings?|exceptions?)\b",
    re.IGNORECASE,
)
_REASONS = frozenset({"because", "since", "as", "due to"})
_FEW_WORDS = 3
_LEAST_BEFORE = 6
_MARKED = len(" (...)")
# "Get the name, wrapping it": a step of the code, and no reason.
_STEP = re.compile(
    r"(?:get|set|return|check|create|add|compute|calculate|find|build|convert|validate|close|open|read|write|parse|update|remove|delete|start|stop|send|receive|wait|load|store|save|loop|iterate|handle|make|use|try|look|fetch|apply|collect|register|initiali[sz]e|determine|verify|ensure|generate|insert|print|emit|call|now|first|then|next|finally|here)\b",
    re.IGNORECASE,
)
_GIVES_REASON = re.compile(
    r"\b(?:because|since|so that|as|otherwise|or else|lest|due to|so|to avoid|to prevent|in order to)\b", re.IGNORECASE
)
_DASH = re.compile(r"\s[–—-]{1,2}\s|—")


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
    longer = (
        _joined([before, quote]) if _gives_reason(before) and not _hangs_on_another(around[begin - 1], before) else ""
    )
    if 0 < len(longer) <= room:
        quote = longer  # an order that gives no reason has it in the sentence before
    for sentence in written[at + 1 :]:
        longer = _joined([quote, sentence])
        if len(longer) > room or not _is_prose(sentence):
            break
        quote = longer
    return upper(quote) if len(quote) <= room and is_whole(quote) else ""


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
    return any((_LINKED.match(written), points_back(said), _THE_ISSUE.search(said), has_no_subject(said)))


def _gives_reason(before: str) -> bool:
    """Whether the sentence before an order can be why: it says how something is, and no step of the code."""
    enough = len(before.split()) >= _LEAST_BEFORE and not _STEP.match(before)
    return enough and _is_prose(before) and is_whole(upper(before))


def _with_link(sentence: str) -> str:
    """A sentence with the "Therefore" that it begins with, and without the address that it ends with."""
    return _LAST_ADDRESS.sub("", sentence).strip(" .")


def _joined(said: Sequence[str]) -> str:
    first = " ".join(f"{sentence.rstrip(' .;:')}." for sentence in said[:-1])
    return f"{first} {upper(said[-1])}" if first else said[-1]


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
    return upper(plain) if len(plain) <= room and is_whole(plain) else ""


def literal(said: str, around: Sequence[str], room: int = LONGEST) -> str:
    """Return words that were read of some sentences as they were written: with the brackets between them, or a mark for those. Empty where that cannot be."""
    written = next((found for sentence in around if (found := with_brackets(said, sentence))), "")
    return written if len(written) <= room else brackets_marked(written)


def of_itself(around: Sequence[str], passage: str, room: int) -> str:
    """Return the first sentence of a comment that begins with "This" or "It" and so speaks of the code that it stands at; empty for others."""
    said = upper(_shown(around[0])) if around else ""
    fits = len(said) <= room and around[0].rstrip(" .") in passage if around else False
    return said if fits and _OF_ITSELF.match(said) and is_whole(f"X {said.partition(' ')[2]}") else ""


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
    said = _DATED.sub("", sentence)
    said = _NOTES.sub("", said) if "[" in said else said
    if any(map(said.__contains__, _IN_LAST_ADDRESS)):
        said = _LAST_ADDRESS.sub("", said)
    return _LONE_REASON.sub("", bare(said))


def _rest(sentence: str, stop: int) -> str:
    """What is left of a sentence behind a place, without its stop."""
    return sentence[stop:].strip(" .")


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
