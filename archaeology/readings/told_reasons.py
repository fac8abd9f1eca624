"""Which sentence of a commit's message tells why the code is as it is, and with which act: both in the commit's own whole words. Pure.

Told is an act or a rule with a reason that a later change could run against: a harm, an order, a race, what somebody else does or does not
do, what old data or clients expect. What a feature is good for, what was wrong before, what is nicer to read, and what belongs to tests,
the build or a tool tells nothing of that kind. Where it is not plain, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archaeology.readings.harms import is_harm
from archaeology.readings.told import Told
from archaeology.readings.told_prose import LEAST_OF_SUBJECT, LEAST_WORDS, is_act, is_clean, is_prose
from archaeology.readings.told_words import (
    CODE,
    DOUBTS,
    ELSEWHERE,
    FEATURE,
    FOR_USERS,
    JOINT,
    LINK,
    MEANT,
    MODAL,
    NEGATED,
    NO_NEED,
    NO_REASON,
    OPENING,
    OPENS,
    PAST,
    PLAIN_ACT,
    POINTS,
    POINTS_EARLY,
    SERIOUS,
    STATE,
    TURNS,
    WE,
    WE_WANT,
    WOULD,
)
from archaeology.readings.words import dangling

_LEAST_OF_REASON = 4
_LONGEST_CONTEXT = 90
# Where code stands is seldom what keeps it from harm.
_MOVES = re.compile(r"(?:re)?mov(?:e|es|ed|ing) .*\b(?:to|into|from|out)\b", re.IGNORECASE)
# Two branches, told one after the other.
_BRANCHES = re.compile(r"(?:if|on|when|in case|for)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Why:
    """What a message tells of why: ``reason`` is a whole sentence; ``act`` is the subject it is said of, or empty where the sentence says itself what was done.

    ``done`` and ``ground`` are the parts of the sentence before and behind the joint; ``done`` is empty where the act says it, ``ground`` the whole where its part means nothing by itself. ``harm`` whether something goes wrong otherwise; ``ruled`` whether a word such as "must" leaves no choice; ``joint`` is the word that
    joins the reason (``because``, ``avoiding``, ``otherwise``, ``so``); ``points`` how good a reason it is.
    """

    reason: str
    act: str = ""
    done: str = ""
    ground: str = ""
    joint: str = ""
    harm: bool = False
    ruled: bool = False
    points: float = 0.0

    @property
    def words(self) -> str:
        """All that is quoted."""
        return f"{self.act} {self.reason}".strip()


def why_in(sentences: Iterable[Told]) -> Why | None:
    """Return the best reason that a message tells, the first of equals; None where it tells none plainly."""
    best: Why | None = None
    for told in sentences:
        found = _why(told)
        if found is not None and (best is None or found.points > best.points):
            best = found
    return best


def gives_reasons(message: str) -> bool:
    """Tell quickly whether a message holds any word by which a reason is joined, before it is taken apart."""
    return JOINT.is_in(message)


def may_tell(sentence: str) -> float:
    """Return a quick guess of how good a reason a sentence gives, before its whole message is read; 0.0 where it gives none."""
    joint = JOINT.search(sentence)
    if joint is None or NO_REASON.is_in(sentence) or DOUBTS.is_in(sentence) or FOR_USERS.is_in(sentence):
        return 0.0
    return 1.0 + (joint.lastgroup in {"because", "otherwise"}) + is_harm(sentence) + SERIOUS.is_in(sentence)


def _why(told: Told) -> Why | None:
    said = LINK.sub("", told.text.strip()).rstrip(" .")
    joint = _joint_of(said) if JOINT.is_in(said) and is_prose(said) else None
    if joint is None:
        return None
    head, tail, kind = joint
    if _says_what(head, kind) and not POINTS.match(said) and not dangling(head) and not POINTS_EARLY.match(head):
        # "We cannot simply set it": what the commit was about says what is spoken of.
        act = told.act.rstrip(" .") if WE.match(said) and _is_context(told.act) else ""
    elif _is_said_of(told, tail, said, kind):
        act = told.act.rstrip(" .")
    else:
        return None
    if not _is_reason(tail, kind, "" if act and head else act or head) and not (act and kind == "so"):
        return None
    harm = is_harm(tail) or SERIOUS.is_in(tail)
    ruled = MODAL.is_in(head)
    points = 1.0 + (kind in {"because", "otherwise"}) + harm + 0.5 * ruled + 0.5 * is_harm(tail) + 0.25 * bool(act)
    ground = said if kind != "avoiding" and dangling(tail) else tail  # "it is truthy" says nothing by itself
    return Why(said, act, "" if act else head.rstrip(" ,;:"), ground, kind, harm, ruled, points)


def _joint_of(said: str) -> tuple[str, str, str] | None:
    """What stands before the strongest joint, what behind it, and its kind; where the sentence opens with it, the clause behind the comma is the head."""
    best: re.Match[str] | None = None
    order = ("otherwise", "because", "avoiding", "so")
    for found in JOINT.finditer(said):
        if best is None or order.index(found.lastgroup or "so") < order.index(best.lastgroup or "so"):
            best = found
    if best is None:
        return None
    kind = best.lastgroup or "so"
    head, tail = said[: best.start()].strip(" ,;:(–—-"), said[best.end() :].strip(" ,;:)")
    if not head and kind != "otherwise":  # "To avoid timeouts under load, we pull the state"
        opening = OPENING.match(CODE.sub(lambda code: "_" * len(code.group()), tail))
        if opening is None:
            return "", tail, kind
        reason = "reason" if opening["reason"] else "short"
        return tail[opening.end() :].strip(), tail[: opening.end(reason)].strip(), kind
    if kind == "otherwise" and head and said[: best.start()].rstrip()[-1] not in ",;:(–—-.":
        tail = said if best.group().lower() == "otherwise" else tail  # "large uploads otherwise lead to ..."
    return head, tail, kind


def _says_what(head: str, kind: str) -> bool:
    """Whether what stands before the reason says what is done, or has to be, or is so on purpose, in a clause of its own."""
    if len(head.split()) < LEAST_OF_SUBJECT - 1:
        return False
    if STATE.match(head) and not NO_REASON.is_in(head) and (kind != "because" or MEANT.is_in(head)):
        return True
    return is_act(head) or MODAL.is_in(head)


def _is_context(text: str) -> bool:
    """Whether a subject is fit to stand before a sentence of its body."""
    return len(text.split()) >= LEAST_OF_SUBJECT and len(text) <= _LONGEST_CONTEXT and is_clean(text)


def _is_said_of(told: Told, tail: str, said: str, kind: str) -> bool:
    """Whether a sentence is the reason of the subject that it follows, and can be read with it alone.

    The first may begin with "this" or "they": what these are stands in the subject.
    """
    if not is_act(told.act) or FEATURE.match(told.act) or TURNS.is_in(said):
        return False
    if kind == "so" and not (is_harm(tail) and not NEGATED.is_in(tail)):  # "..., so the record is silently dropped"
        return False
    if JOINT.search(told.act):  # the subject has a reason of its own; what follows tells the story
        return False
    if kind == "avoiding" and not OPENS.match(said):
        return False
    if PAST.match(said) or (not told.first and (POINTS.match(said) or dangling(said))):
        return False
    return PLAIN_ACT.match(told.act) is not None or is_harm(tail) or SERIOUS.is_in(tail)


def _is_reason(tail: str, kind: str, act: str) -> bool:
    words = tail.split()
    if len(words) < (1 if kind == "avoiding" and is_harm(tail) else _LEAST_OF_REASON - (kind == "avoiding")):
        return False  # "to prevent segfaults" says enough
    if NO_NEED.is_in(tail) or WE_WANT.match(tail):
        return False
    serious = SERIOUS.is_in(tail) or is_harm(tail)
    if not serious and (FEATURE.match(act) or _MOVES.match(act)):
        return False
    if kind == "avoiding":
        return serious
    if kind == "otherwise":
        branches = _BRANCHES.match(act) is not None and not MODAL.is_in(act)
        return not branches and (serious or WOULD.is_in(tail))
    if kind == "so":
        if len(words) < LEAST_WORDS:
            return False
        return not FEATURE.match(act) and (MODAL.is_in(tail) or NEGATED.is_in(tail))
    return serious or ELSEWHERE.is_in(tail)
