"""The words by which a text is known to say that something goes wrong. Pure."""

from __future__ import annotations

import re

from archaeology.readings.caseless import Caseless, Choice, small_of
from archaeology.readings.vocabulary import Vocabulary

WRONG = Vocabulary(
    "attack attacker attackers attacks blocking* blocks* breaking* breaks* chokes* clobbering* clobbers* corrupt corrupted corrupting* "
    "corruption corrupts crash crashed crashes* crashing deadlock* dos duplicates* escalation* explodes* fails* flakiness* flaky* freezes* "
    "hang hanging hangs* hijack* injection* leak leaked leaking leaks* loses* losing* masking* misses* oom overflows* overwrites* "
    "overwriting* panic panics* race races raises* rejects* segfault* spoof* stale stall stalling* stalls* throws* thundering*",
    phrases=Choice(
        (r"\b(?:vulnerab|starv|exhaust)\w", ("vulnerab", "starv", "exhaust")),
        (r"\b(?:double|duplicate)[ -]\w", ("double ", "double-", "duplicate ", "duplicate-")),
        (
            r"\bis (?:very |too |prohibitively |extremely )?(?:slow|expensive|broken|unsafe|unreliable|costly|wrong)",
            (" slow", " expensive", " broken", " unsafe", " unreliable", " costly", " wrong"),
            ("is ",),
        ),
        (
            r"\b(?:are (?:lost|dropped|ignored|broken|unreliable|leaked)|gets? (?:lost|stuck|dropped|broken|confused|overwritten|out of sync|killed))",
            (" lost", " dropped", " ignored", " broken", " unreliable", " leaked", " stuck", " confused", " overwritten", " out of sync", " killed"),
            ("are ", "get ", "gets "),
        ),
        (r"\b(?:doesn['’]t work|does not work|don['’]t work|no longer work)", ("n't work", "n’t work", "does not work", "no longer work")),
        (r"\b(?:stack|integer|buffer) overflow", ("stack overflow", "integer overflow", "buffer overflow")),
        (r"\b(?:infinite (?:loop|recursion)|endless loop)", ("infinite loop", "infinite recursion", "endless loop")),
        (r"\b(?:out of memory|memory leak|data (?:loss|race))", ("out of memory", "memory leak", "data loss", "data race")),
        (r"\b(?:use[- ]after[- ]free|undefined behaviou?r|errors out)", ("after free", "after-free", "undefined behavio", "errors out")),
        (r"\b(?:timing side.channel|denial of service)", ("timing side", "denial of service")),
    ),
    needs=(
        "attack", "block", "break", "chok", "clobber", "corrupt", "crash", "deadlock", "dos", "duplicat", "escalation", "explode", "fails", "flak", "freeze", "hang", "hijack", "injection", "leak", "los",
        "masking", "misses", "oom", "overflow", "overwr", "panic", "race", "raises", "rejects", "segfault", "spoof", "stal", "throws", "thundering", "vulnerab", "starv", "exhaust", "double", "slow",
        "expensive", "broken", "unsafe", "unreliable", "costly", "wrong", "dropped", "ignored", "stuck", "confused", "sync", "killed", "work", "infinite", "endless", "memory", "undefined", "errors out",
        "after free", "after-free", "timing side", "denial of",
    ),
)  # fmt: skip
_MODALS = r"\b(?:would|could|might|may|will|can|['’]d|['’]ll) "
_MODAL = Caseless(_MODALS)
# What follows a modal, at most two words later, each with whatever its last word goes on with.
_FAIL = (
    "break", "lead to", "cause", "leak", "lose", "hang", "deadlock", "corrupt", "fail", "raise", "throw", "crash", "overwrite", "clobber", "trigger", "loop", "mask", "hide", "expose", "race",
    "disrupt", "invalidate", "ruin", "destroy", "prevent", "defeat", "starve", "block", "freeze", "stall", "spin", "overflow", "panic", "segfault", "abort", "drop", "miss", "duplicate", "double",
    "mess", "confuse", "result in", "end up", "flicker", "timeout", "time out", "exhaust", "slow", "swallow", "truncate", "explode", "malfunction", "no longer",
)  # fmt: skip
# And what follows a modal and "be", which one word more may part.
_BE_WRONG = (
    "lost", "wrong", "stale", "dropped", "called twice", "ignored", "overwritten", "broken", "leaked", "killed", "blocked", "rejected", "skipped", "corrupted", "incorrect", "ambiguous", "too", "slow",
    "costly", "expensive", "unsafe", "visible", "exposed", "duplicated", "evaluated twice", "different", "counted twice", "executed twice", "invalid", "inconsistent", "missed", "confused", "wasteful",
    "impossible", "dangerous", "misleading",
)  # fmt: skip
_BE = "be "
_BETWEEN = 2
THREAT = rf"{_MODALS}(?:\w+ ){{0,{_BETWEEN}}}?(?:{'|'.join(_FAIL)}|be (?:\w+ )?(?:{'|'.join(_BE_WRONG)}))"


def threatens(text: str) -> bool:
    """Whether a text says that something would go wrong: where :data:`THREAT` matches regardless of case, which costs a millisecond to make."""
    small = small_of(text)
    if small is None:
        return re.search(THREAT, text, re.IGNORECASE) is not None
    return any(_fails(small, modal.end()) for modal in _MODAL.finditer(small))


def _fails(small: str, at: int) -> bool:
    """Whether what goes wrong stands at a place of a text in small letters, or up to two words behind it."""
    place: int | None = at
    for _ in range(_BETWEEN + 1):
        if place is None:
            return False
        if small.startswith(_FAIL, place) or (small.startswith(_BE, place) and _is_wrong(small, place + len(_BE))):
            return True
        place = _next(small, place)
    return False


def _is_wrong(small: str, at: int) -> bool:
    behind = _next(small, at)
    return small.startswith(_BE_WRONG, at) or (behind is not None and small.startswith(_BE_WRONG, behind))


def _next(small: str, at: int) -> int | None:
    """Where the next word begins, one blank behind the word that stands here; None where no word does."""
    end = small.find(" ", at)
    word = small[at:end]
    return end + 1 if end > at and (word.isalnum() or word.replace("_", "a").isalnum()) else None
