"""How a warning is told: its title, said aloud in whole clauses and with its speaker; the facets that its words support; what to ask. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from archaeology.hypotheses.caution_quotes import LONGEST, lower, of_itself, quoted, upper
from archaeology.hypotheses.grouping import with_role
from archaeology.model import Family, Observation, PossibleIntent
from archaeology.readings import Speech

_SHORT_HASH = 7
_FRAME = len("A comment in  says of it: “”")
_LONGEST_PLACE = 45
_AIM = 105
_TELLING_SUBJECT = 16
_LONGEST_SUBJECT = 90
_PLATFORMS = frozenset({"Windows", "macOS", "Linux", "FreeBSD", "Android", "iOS"})
_VERSIONED = re.compile(r"(?<![#\d.])\d+(?:\.\d+)*$")
_NAMED_FAULT = re.compile(r" (?:in|of|with) ")
_DOUBTS = re.compile(
    r"\bnot (?:\w+ )?sure\b|\bunsure\b|\bno idea\b|\b(?:do not|don['’]t) (?:\w+ )?(?:know|understand) (?:why|what|how|if|whether)\b|\bI (?:think|guess|believe|suspect|assume)\b|\bfor some (?:unknown )?reason\b"
    r"|\b(?:it|this|that|which) seems? to\b|\bto my knowledge\b|\bAFAI(?:K|CT)\b|\bpresumably\b|\bmysterious|\(\?\)",
    re.IGNORECASE,
)
_ATTACK = re.compile(
    r"\b(?:inject\w*|untrusted|malicious|attack\w*|vulnerab\w*|CVE-\d|constant[- ]time|timing|traversal|XSS|CSRF|SSRF|spoof\w*|exploit\w*|DoS|denial|hijack\w*|smuggl\w*|leak\w*|steal\w*|forge\w*)\b",
    re.IGNORECASE,
)
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
        self._around_it: Sequence[str] = data["around"]
        self._parts: Mapping[str, Any] = data["reading"]
        self._symbol: str | None = data["symbol"]
        self._documents: bool = data.get("documents", False)
        self._origin = next(iter(with_role(support, "origin")), None)
        self._support = support
        self.place = f"`{_shown(self._symbol)}`" if self._symbol else f"`{PurePosixPath(data['path']).name}`"

    @property
    def title(self) -> str:
        """What a developer would say aloud: a whole clause in quotation marks, with its speaker and since when. Empty where none is short enough."""
        parts, speech = self._parts, self._parts["speech"]
        quote = quoted(
            self._around_it, self._sentence, self._parts, LONGEST - len(f"“”, says a comment in {self.place}")
        )
        if (
            not quote
            and self._documents
            and (told := of_itself(self._around_it, self._sentence, LONGEST - len(self.place) - _FRAME))
        ):
            return f"A comment in {self.place} says of it: “{told}”"
        if self._doubts:
            return f"“{quote}”: a comment in {self.place} that is not sure of it{self._since(0)}" if quote else ""
        if parts.get("rejected") and parts.get("ground") and parts["ground"] in quote:
            said = f"“{quote}”, says a comment in {self.place}"
            return said + self._since(_AIM - len(said)) if len(said) <= LONGEST else ""
        if parts.get("verdict"):
            said = f"“{upper(parts['rejected'])} {parts['ground']}”, says a comment in {self.place}"
            return said if len(said) <= LONGEST else ""
        if parts.get("rejected") and parts.get("ground"):
            why = " because of " if parts.get("cause") else ": "
            said = f"{upper(parts['rejected'])} was turned down in {self.place}{why}“{parts['ground']}”"
            return said if len(said) <= LONGEST else ""
        if parts.get("rejected"):
            return f"{upper(parts['rejected'])} was turned down in {self.place}, says a comment{self._since(_AIM // 2)}"
        if speech == Speech.WORKS_AROUND and not parts.get("rule"):
            return self._around(quote)
        said = f"“{quote}”, says a comment in {self.place}" if quote else ""
        joint = {"otherwise": "because otherwise", "to avoid": "to avoid"}.get(parts.get("joint", ""))
        if not 0 < len(said) <= LONGEST and joint and parts.get("harm") and not parts.get("rule"):
            said = f"{self.place} is written so {joint} “{parts['harm']}”"
        return said + self._since(_AIM - len(said)) if 0 < len(said) <= LONGEST else ""

    @property
    def intent(self) -> PossibleIntent:
        """The facets that the words support, and no others, and none of a guess; ``evidence`` are the tests that were found."""
        parts = self._parts if not self._doubts else {}
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
        parts, place, rejected = self._parts, self.place, lower(self._parts.get("rejected", ""))
        if rejected and parts.get("ground"):
            yield f"Is “{parts['ground']}” still so, or could {place} go over to {rejected} by now?"
        elif rejected:
            yield f"What went wrong with {rejected} in {place}, and who found out?"
        elif self._doubts:
            yield "Does anybody know by now whether this is so? It is a guess of whoever wrote it, and nothing here settles it."
        elif parts["speech"] == Speech.TEMPORARY and parts.get("until"):
            yield f"“{upper(parts['until'])}”: has that come, and could {place} do without this by now?"
        elif parts.get("gap"):
            yield f"“{upper(parts['gap'])}”: is that still so, and what would you do in {place} if it were not?"
        elif parts["speech"] == Speech.WORKS_AROUND and parts.get("depends"):
            yield self._about_workaround()
        elif (
            parts["speech"] == Speech.DECIDES and parts.get("ground", "of ")[:3] != "of "
        ):  # "because of ..." is no clause
            yield f"Is “{parts['ground']}” still so, and what would {place} do if it were not?"
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
            asked = (
                _WHO.get(self._family) if self._family is not Family.SECURITY_BOUNDARY or self._names_attack else None
            )
            return (asked or "What happened, before somebody wrote this in {place}?").format(place=self.place)
        when = datetime.fromtimestamp(origin.data["time"], UTC).date().isoformat()
        subject = origin.data["subject"]
        quoted = f" (“{subject}”)" if _TELLING_SUBJECT <= len(subject) <= _LONGEST_SUBJECT else ""
        return f"Commit {origin.data['commit'][:_SHORT_HASH]} of {when}{quoted} wrote this: what change to {self.place} would bring the trouble back?"

    @property
    def _doubts(self) -> bool:
        """Whether whoever wrote it says that they are guessing."""
        return _DOUBTS.search(self._sentence) is not None

    @property
    def _names_attack(self) -> bool:
        """Whether the words name an attack: a password alone may be anything."""
        return _ATTACK.search(self._sentence) is not None

    def _since(self, room: int) -> str:
        if self._origin is None:
            return ""
        year = datetime.fromtimestamp(self._origin.data["time"], UTC).year
        commit = f" (commit {self._origin.data['commit'][:_SHORT_HASH]})"
        repaired = self._origin.data["repairs"] and self._origin.data["about"]
        said = f", since a repair in {year}" if repaired else f", since {year}"
        return said + commit if len(said) + len(commit) <= max(room, 0) else said

    def _around(self, quote: str) -> str:
        if quote:
            said = f"“{quote}”, says a comment in {self.place}"
            return said + self._since(_AIM - len(said))
        if not self._parts.get("depends") or not _NAMED_FAULT.search(self._parts["depends"][0]):
            return ""
        until = f" {self._parts['until']}" if self._parts.get("until") else ""
        said = f"{self.place} works around {self._fault()}"
        return said + (
            f", to go{until}" if until and len(said) + len(until) < LONGEST else self._since(_AIM - len(said))
        )

    def _about_workaround(self) -> str:
        named = self._parts["depends"][0]
        if "#" in named:
            return f"Is {named} still open, and could the workaround in {self.place} go when it is closed?"
        if _NAMED_FAULT.search(named):
            return f"Is {self._fault()} still there, and how would you learn that {self.place} can do without the workaround?"
        if _VERSIONED.search(named):
            return f"Do you still support {named}, and could the workaround in {self.place} go when you no longer do?"
        return f"Is the workaround in {self.place} still needed, and how would you learn that it is not?"

    def _fault(self) -> str:
        """The fault that is worked around, with an article."""
        named = self._parts["depends"][0]
        if "#" in named:
            return f"Is {named} still open, and could the workaround in {self.place} go when it is closed?"
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


def _shown(symbol: str) -> str:
    """A symbol as people say it: a constructor that bears its type's name goes by that name, a long one by its last part."""
    owner, dot, last = symbol.rpartition(".")
    said = owner if dot and owner.rpartition(".")[2] == last else symbol
    return said if len(said) <= _LONGEST_PLACE else re.split(r"\.|::", said)[-1]
