"""What works since a repair, as far as the first line of its commit tells: "Fix client replay for trailers": "client replay that works for trailers".

Pure, and silent where the line tells only what was wrong in general ("Fix bug in parser"), or what was done to tests, builds or texts.
"""

from __future__ import annotations

import re

from archaeology.text import visible_line

_PREFIX = re.compile(
    r"^(?:[^\w`'\"\[]+\s*)?(?:\[[^\]]{1,30}\]\s*|[\w./-]{1,25}(?:\([^)]{1,40}\))?!?:\s+)?(?:[^\w`'\"]+\s*)?", re.ASCII
)
_SUFFIX = re.compile(
    r"\s*(?:\((?:#|GH-|fixes|closes|see)[^)]*\)|,? (?:fixes|closes|refs?) #\d+|\[[^\]]*\]|#\d+)\s*$", re.IGNORECASE
)
_FIXES = re.compile(
    r"^(?:(?:re)?fix(?:es|ed)?|repairs?|corrects?|just \S+ .{3,40} to fix|.{3,60} to fix) (?P<what>[^.;:]+)",
    re.IGNORECASE,
)
_PREVENTS = re.compile(r"^(?:prevents?|avoids?|stops?|guards? against) (?P<what>[^.;:,]+)", re.IGNORECASE)
_KEPT_FROM = re.compile(
    r"^(?:prevents?|stops?|keeps?) (?P<what>[^,;:]+?) from (?P<doing>[a-z]+ing\b[^,;:.]*)", re.IGNORECASE
)
_BEING = re.compile(r"^(?P<what>[^,;:]+?) (?:being|getting) (?P<done>[a-z]+(?:ed|en|wn|pt|st)\b[^,;:]*)$")
_ENSURES = re.compile(
    r"\b(?:ensures?|ensuring|makes? sure|guarantees?)(?: that)? (?P<said>(?!it\b|this\b|that\b|they\b|these\b|we\b|you\b)[^.;:]{3,120}?\b"
    r"(?:is|are|can|will|never|always|stays?|does|do|has|have|cannot|gets?|remains?|works?)\b[^.;:]*)",
    re.IGNORECASE,
)
_DONE = {
    "respect": "respected",
    "honor": "honoured",
    "honour": "honoured",
    "propagate": "propagated",
    "preserve": "preserved",
    "retain": "retained",
}
_DOES = re.compile(
    rf"^(?P<verb>{'|'.join(_DONE)}) (?P<what>.+?)(?P<rest> (?:when|if|for|on|in|with|after|while|across|during) .+)?$",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(
    r" (?=(?:on|with|when|for|after|under|if|while|during|without|via|across|before|inside|in) )"
)
# What went wrong, in one word that stands for itself; with it one cannot say that it works.
_FAULT = re.compile(
    r"\b(?:data races?|race conditions?|races?|(?:memory |resource |goroutine |descriptor )?leaks?|leaking|deadlocks?|crash(?:es)?|panics?|"
    r"segfaults?|use[- ]after[- ]free|overflows?|underflows?|hangs?|freezes?|infinite (?:loops?|recursion)|corruption|duplicates?|double \w+|"
    r"stack overflow|denial of service|DoS|injections?|request smuggling|prototype pollution|quadratic \w+)\b",
    re.IGNORECASE,
)
_UNTELLING = re.compile(
    r"(?<![\w-])(?:bugs?|issues?|errors?|problems?|typos?|regressions?|warnings?|lint\w*|tests?|specs?|build|CI|docs?|documentation|readme|comments?|"
    r"changelog|conflicts?|exceptions?|failures?|failing|fails?|faults?|flak\w*|broken|breaks?|breaking|wrong\w*|incorrect\w*|missing|invalid|bad|"
    r"not|no|never|can't|cannot|doesn't|didn't|won't|don't|merge|review|nits?|style|format(?:ting)?|indent\w*|spelling|grammar|mistakes?|"
    r"unused|types?|typing|mypy|pylint|ruff|eslint|this|that|it|these|those|them|some|several|things?|stuff|more|again|fix\w*|was|were|is|are|"
    r"has|have|may|might|can|could|would|should|must|will|bump|version|release|example|benchmark|rubocop|clippy|phpstan|compil\w+|edge cases?|leading|causing)(?![\w-])",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:data race|race condition|race|(?:memory |resource )?leak|deadlock|crash|panic|segfault|hang|freeze)\b(?! \w+s\b)",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r",| and (?=(?:add|allow|bump|change|clean|combine|drop|handle|improve|make|move|refactor|remove|rename|replace|simplify|test|update|use)\b)"
)
_ITSELF = re.compile(r"(?:(?:backwards?|forwards?) )?(?:compatibility with|support for) ", re.IGNORECASE)
_DETERMINED = re.compile(r"^(?:(?:an?|the|any|all|another|possible|potential|rare|occasional|some) )+", re.IGNORECASE)
_LEAST_WORDS, _LONGEST, _LONGEST_CLAUSE = 2, 80, 130


def works_since(subject: str) -> str:
    """Return what works since a commit, as what one can rely on; empty where its first line does not tell in plain words."""
    said = _bare(subject)
    if done := _DOES.match(said):
        return _done(done)
    if kept := _KEPT_FROM.match(said):
        return _whole(f"{kept['what']} {_be(kept['what'])} kept from {kept['doing']}")
    found = _FIXES.match(said)
    if found and (being := _BEING.match(found["what"].strip())):
        return _whole(f"{being['what']} {_be(being['what'])} never {being['done']}")
    if found is None:
        return ""
    # "Fix the parser, and rename it": what else was done is not what was fixed.
    what = _ALSO.split(found["what"])[0].strip(" ,")
    if _untold(what) or _FAULT.search(what):
        return ""
    what = what[:1].lower() + what[1:] if what[1:2].islower() else what
    if _ITSELF.match(what):
        return what
    head, *rest = _CIRCUMSTANCE.split(what, maxsplit=1)
    return " ".join([head, "that work" if _is_plural(head) else "that works", *rest])


def ensured(words: str) -> str:
    """Return what a commit says that it makes sure of, as a clause ("operations of pip are executed first"); empty where it does not say."""
    found = _ENSURES.search(visible_line(words))
    said = found["said"].strip(" ,") if found else ""
    return said if 0 < len(said) <= _LONGEST_CLAUSE and said.count("(") == said.count(")") else ""


def ended_by(subject: str) -> str:
    """Return what a commit put an end to, as a phrase ("data races", "a deadlock when all clients are removed"); empty for none that is named."""
    said = _bare(subject)
    found = _PREVENTS.match(said) or _FIXES.match(said)
    what = found["what"].strip(" ,") if found else ""
    fault = _FAULT.search(what)
    if not fault or len(what) > _LONGEST or (fault.start() > 0 and _UNTELLING.search(what[: fault.start()])):
        return ""
    phrase = _DETERMINED.sub("", what)
    if not _FAULT.search(phrase):
        return ""
    return f"a {phrase}" if _ONE.match(phrase) else phrase


def _done(done: re.Match[str]) -> str:
    what = done["what"].split(",")[0].strip()
    whole = f"{what}{done['rest'] or ''}" if "," not in done["what"] else what
    if not what or len(whole) > _LONGEST or _UNTELLING.search(what):
        return ""
    rest = whole[len(what) :]
    return f"{what} {_be(what)} {_DONE[done['verb'].lower()]}{rest}"


def _whole(clause: str) -> str:
    said = clause[:1].lower() + clause[1:] if clause[1:2].islower() else clause
    return said if len(said) <= _LONGEST_CLAUSE else ""


def _be(phrase: str) -> str:
    return "are" if _is_plural(phrase) else "is"


def _bare(subject: str) -> str:
    """The first line without "fix(scope):", "[module]" and the numbers of issues."""
    said = visible_line(subject).strip()
    while (shorter := _SUFFIX.sub("", said)) != said:
        said = shorter
    return _PREFIX.sub("", said, count=1).strip(" .")


def _untold(what: str) -> bool:
    return len(what.split()) < _LEAST_WORDS or len(what) > _LONGEST or _UNTELLING.search(what) is not None


def _is_plural(phrase: str) -> bool:
    head = re.split(r" (?:of|to|from|by) ", phrase)[0].split(" ")[-1]
    return (head.isalpha() and head.endswith("s") and not head.endswith(("ss", "us", "is"))) or " and " in phrase
