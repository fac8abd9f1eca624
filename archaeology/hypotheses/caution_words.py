"""How a warning is told: its title, said aloud in whole clauses and with its speaker; the facets that its words support; what to ask. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from archaeology.hypotheses.grouping import with_role
from archaeology.model import Family, Observation, PossibleIntent
from archaeology.readings import Speech
from archaeology.readings.clauses import bare, clauses_of, without_brackets
from archaeology.readings.passages import sentences_of

_SHORT_HASH = 7
_AIM, _MOST = 105, 175
_TELLING_SUBJECT = 16
_LONGEST_SUBJECT = 90
_PLATFORMS = frozenset({"Windows", "macOS", "Linux", "FreeBSD", "Android", "iOS"})
_LONGER, _BARE_RULE, _TELLING_RULE = 130, 50, 28
_WEAK = re.compile(r"\bshould(?:n['’]t)?\b", re.IGNORECASE)
_NAMED_FAULT = re.compile(r" (?:in|of|with) ")
_DATED = re.compile(r"^\d{4}-\d\d-\d\d\s+")
_POINTS_BACK = re.compile(
    r"(?:this|that|these|those|it|they|them|he|she|needed|required|used|here|both|such)\b|in (?:this|that) case\b|the (?:correct|other|same|former|latter|first|second) one\b|a couple of\b|doing (?:so|this|that)\b",
    re.IGNORECASE,
)
_HANGS = re.compile(r"(?:\b(?:and|or|but|the|a|an|of|to|with|if|because|see)|[,;:(<>])$", re.IGNORECASE)
_NO_VERB = re.compile(r"\S+, (?:since|because|due to|so that|so)\b", re.IGNORECASE)  # "u16, since ..."
_WHO = {
    Family.SECURITY_BOUNDARY: "Who is the attacker that {place} has in mind here, and what could they reach?",
    Family.CONCURRENCY: "Which threads or tasks meet in {place}, and what did it look like when this went wrong?",
    Family.PERFORMANCE_GUARD: "Who noticed that {place} was slow, and at what size of input does it still matter?",
    Family.STABLE_FORMAT: "Who outside this repository relies on {place}, and how long must that go on?",
}


class Told:
    """A warning with its place and the commit that wrote it, in the words in which it is shown."""

    def __init__(self, comment: Observation, support: Sequence[Observation]) -> None:
        """Take the comment's observation and those of its witnesses."""
        data = comment.data
        self._family = comment.family
        self._sentence: str = data["sentence"]
        self._parts: Mapping[str, Any] = data["reading"]
        self._symbol: str | None = data["symbol"]
        self._origin = next(iter(with_role(support, "origin")), None)
        self._support = support
        self.place = f"`{self._symbol}`" if self._symbol else f"`{PurePosixPath(data['path']).name}`"

    @property
    def title(self) -> str:
        """What a developer would say aloud: a whole clause in quotation marks, with its speaker and since when. Empty where none is short enough."""
        parts, speech = self._parts, self._parts["speech"]
        if parts.get("verdict"):
            said = f"“{_upper(parts['rejected'])} {parts['ground']}”, says a comment in {self.place}"
            return said if len(said) <= _MOST else ""
        if parts.get("rejected") and parts.get("ground"):
            why = " because of " if parts.get("cause") else ": "
            said = f"{_upper(parts['rejected'])} was turned down in {self.place}{why}“{parts['ground']}”"
            return said if len(said) <= _MOST else ""
        if parts.get("rejected"):
            return (
                f"{_upper(parts['rejected'])} was turned down in {self.place}, says a comment{self._since(_AIM // 2)}"
            )
        if speech == Speech.WORKS_AROUND and not parts.get("rule"):
            return self._around()
        quote = self._quote()
        said = f"“{quote}”, says a comment in {self.place}" if quote else ""
        joint = {"otherwise": "because otherwise", "to avoid": "to avoid"}.get(parts.get("joint", ""))
        if not 0 < len(said) <= _MOST and joint and parts.get("harm") and not parts.get("rule"):
            said = f"{self.place} is written so {joint} “{parts['harm']}”"
        return said + self._since(_AIM - len(said)) if 0 < len(said) <= _MOST else ""

    @property
    def intent(self) -> PossibleIntent:
        """The facets that the words support, and no others; ``evidence`` are the tests that were found."""
        parts = self._parts
        kept = parts.get("kept")
        if kept and kept.startswith("we can "):
            kept += f" in {self.place}{self._platform()}"
        return PossibleIntent(
            capability=kept,
            threat=parts.get("threat"),
            strategy=parts.get("rule") or parts.get("instead"),
            evidence=tuple(item.summary for item in with_role(self._support, "regression", "test")),
        )

    def questions(self) -> Iterator[str]:
        """Yield what only a person can answer, the most telling first."""
        parts, place, rejected = self._parts, self.place, self._parts.get("rejected")
        if rejected and parts.get("ground"):
            yield f"Is “{parts['ground']}” still so, or could {place} go over to {rejected} by now?"
        elif rejected:
            yield f"What went wrong with {rejected} in {place}, and who found out?"
        elif parts["speech"] == Speech.WORKS_AROUND and parts.get("depends"):
            yield f"Is {self._fault()} still there, and how would you learn that {place} can do without the workaround?"
        else:
            yield self._opening()
        yield f"Who would notice if {place} ignored this, and what could they no longer do or rely on?"
        if rejected and not parts.get("instead"):
            yield f"What does {place} do instead of {rejected}, and is that the rule?"
        elif not with_role(self._support, "regression", "test"):
            yield f"Nothing but the comment in {place} says so: does it deserve a test, or has the cause gone away since?"

    def leaves_nothing_to_ask(self) -> bool:
        """Whether rule, reason, issue and test are all found: true, and known."""
        tested = any(item.data.get("test") for item in with_role(self._support, "regression", "test"))
        reasoned = bool(
            self._parts.get("harm") or self._parts.get("ground") or (self._origin and self._origin.data["why"])
        )
        ruled = bool(self._parts.get("rule") or self._parts.get("instead"))
        named = any(item.data.get("issue") for item in with_role(self._support, "test")) or bool(
            with_role(self._support, "issue")
        )
        return (
            ruled
            and reasoned
            and tested
            and (named or bool(self._origin and self._origin.data["repairs"] and "#" in self._sentence))
        )

    def _opening(self) -> str:
        origin = self._origin
        if origin is None or not origin.data["repairs"]:
            return _WHO.get(self._family, "What happened, before somebody wrote this in {place}?").format(
                place=self.place
            )
        when = datetime.fromtimestamp(origin.data["time"], UTC).date().isoformat()
        subject = origin.data["subject"]
        quoted = f" (“{subject}”)" if _TELLING_SUBJECT <= len(subject) <= _LONGEST_SUBJECT else ""
        return f"Commit {origin.data['commit'][:_SHORT_HASH]} of {when}{quoted} wrote this: what change to {self.place} would bring the trouble back?"

    def _since(self, room: int) -> str:
        if self._origin is None:
            return ""
        year = datetime.fromtimestamp(self._origin.data["time"], UTC).year
        commit = f" (commit {self._origin.data['commit'][:_SHORT_HASH]})"
        said = f", since a repair in {year}" if self._origin.data["repairs"] else f", since {year}"
        return said + commit if len(said) + len(commit) <= max(room, 0) else said

    def _around(self) -> str:
        if not self._parts.get("depends") or not _NAMED_FAULT.search(self._parts["depends"][0]):
            quote = self._quote()
            return f"“{quote}”, says a comment in {self.place}" if quote else ""
        until = f" {self._parts['until']}" if self._parts.get("until") else ""
        said = f"{self.place} works around {self._fault()}"
        return said + (f", to go{until}" if until and len(said) + len(until) < _MOST else self._since(_AIM - len(said)))

    def _fault(self) -> str:
        """The fault that is worked around, with an article."""
        named = self._parts["depends"][0]
        if not _NAMED_FAULT.search(named):
            return f"what is wrong in {named}"
        return (
            named
            if named.split()[0].lower() in {"a", "an", "the"}
            else f"{'an' if named[0].lower() in 'aeio' else 'a'} {named}"
        )

    def _platform(self) -> str:
        named = next((name for name in self._parts.get("depends", ()) if name in _PLATFORMS), "")
        return f" on {named}" if named else ""

    @property
    def _room(self) -> int:
        """How long a quotation may be, for its title to be short enough."""
        return _MOST - len(f"“”, says a comment in {self.place}")

    @property
    def _flat(self) -> str:
        return _DATED.sub("", without_brackets(self._sentence))

    def _quote(self) -> str:
        """What is quoted in the title; empty where it would open with words that point back, or end in the middle of something."""
        quote = self._clause()
        if quote and _is_whole(quote):
            return quote
        whole = bare(self._flat)
        return _upper(whole) if len(whole) <= _MOST and _is_whole(whole) else ""

    def _clause(self) -> str:
        """The passage or its telling sentence whole, else the rule with as many of the clauses after it as fit; empty where nothing fits."""
        rule, harm = self._parts.get("rule", ""), self._parts.get("harm", "")
        sentences = [bare(without_brackets(sentence)) for sentence in sentences_of(self._sentence)]
        telling = [said for said in sentences if (rule and rule in said) or (harm and harm in said)] or sentences[:1]
        for said in (bare(self._flat), *telling):
            if len(said) <= _AIM and not (rule and rule not in said):
                return _upper(said)
        if rule and len(rule) < _TELLING_RULE and telling[0] != rule and len(telling[0]) <= _MOST - _AIM // 4:
            return _upper(telling[0])  # so short a rule says nothing without its sentence
        if rule and (len(telling[0]) <= self._room or _WEAK.search(rule)):
            return _upper(telling[0])  # what is left out may be what it hangs on; without it a "should" may only expect
        if rule:
            return _upper(_with_what_follows(rule, next((said for said in telling if rule in said), rule)))
        return _upper(telling[0]) if not harm and len(telling[0]) <= _MOST else ""


def _is_whole(quote: str) -> bool:
    """Whether a quotation can be told by itself: its subject is in it, what it opens it closes, and it does not stop at an "and"."""
    closed = (
        all(quote.count(one) == quote.count(other) for one, other in ("()", "[]", "“”")) and not quote.count('"') % 2
    )
    return (
        closed
        and not quote.count("`") % 2
        and not (_POINTS_BACK.match(quote) or _NO_VERB.match(quote) or _HANGS.search(quote))
    )


def _with_what_follows(rule: str, sentence: str) -> str:
    """The rule and the clauses behind it, as long as the whole is short enough; a clause is taken whole or not at all."""
    begin = sentence.find(rule)
    end = begin + len(rule)
    for clause in clauses_of(sentence[end:]):
        stop = sentence.find(clause.text, end) + len(clause.text)
        if (
            stop - begin > (_LONGER if len(rule) < _BARE_RULE else _AIM)
            or stop < end
            or clause.joint in {"but", "however", "so"}
        ):
            break
        end = stop
    return sentence[begin:end] if begin >= 0 else rule


def _upper(text: str) -> str:
    """The text with a capital letter, where it opens with an ordinary word."""
    first = text.split(" ", 1)[0] if text else ""
    return (
        text[:1].upper() + text[1:] if first.replace("'", "").replace("’", "").isalpha() and first.islower() else text
    )
