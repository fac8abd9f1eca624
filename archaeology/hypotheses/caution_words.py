"""How a warning is told: its title, said aloud in whole clauses and with its speaker; the facets that its words support. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from archaeology.hypotheses.caution_quotes import LONGEST, literal, of_itself, quoted, upper
from archaeology.hypotheses.caution_wholes import has_no_subject
from archaeology.hypotheses.grouping import with_role
from archaeology.model import Family, Observation, PossibleIntent
from archaeology.readings import Speech
from archaeology.readings.caseless import Caseless

_SHORT_HASH = 7
_FRAME = len("A comment in  says of it: “”")
_LONGEST_PLACE = 45
_LEAST_HARM = 4
_AIM = 105
_PLATFORMS = frozenset({"Windows", "macOS", "Linux", "FreeBSD", "Android", "iOS"})
NAMED_FAULT = re.compile(r" (?:in|of|with) ")
"""What a fault is said of, so that it can be told with an article."""

_DOUBTS = Caseless(
    r"\bnot (?:\w+ )?sure\b|\bunsure\b|\bno idea\b|\b(?:do not|don['’]t) (?:\w+ )?(?:know|understand) (?:why|what|how|if|whether)\b|\bI (?:think|guess|believe|suspect|assume)\b|\bfor some (?:unknown )?reason\b"
    r"|\b(?:it|this|that|which) seems? to\b|\bto my knowledge\b|\bas far as (?:I|we) (?:know|can tell|understand)\b|\bAFAI(?:K|CT)\b|\bpresumably\b|\bmysterious|\(\?\)",
    needs=("sure", "no idea", "know", "understand", "i think", "i guess", "i believe", "i suspect", "i assume", "for some ", "seem", "as far as ", "presumably", "afai", "mysterious", "(?)"),
)  # fmt: skip


# What nobody understands without the lines around it.
_POINTS_OUT = re.compile(r"\b(?:above|below|following|previous|again)\b|[<>]", re.IGNORECASE)


class Told:
    """A warning with its place and the commit that wrote it, in the words in which it is shown."""

    def __init__(self, comment: Observation, support: Sequence[Observation]) -> None:
        """Take the comment's observation and those of its witnesses."""
        data = comment.data
        self.family: Family = comment.family
        self.sentence: str = data["sentence"]
        self.parts: Mapping[str, Any] = data["reading"]
        self.origin = next(iter(with_role(support, "origin")), None)
        self.support = support
        self.place = _place(data["symbol"], data.get("attribute", ""), data["path"])
        self._around_it: Sequence[str] = data["around"]
        self._documents: bool = data.get("documents", False) or bool(data.get("attribute"))
        self._stands_on: str = data.get("stands_on", "")
        # "comment in X under `if IS_WINDOWS`": what holds there is no rule for all.
        self._under = f" {data['under']}" if data.get("under") else ""
        self._where = self.place + self._under
        self._comment = f"comment in {self._where}"

    @property
    def title(self) -> str:
        """What a developer would say aloud: a whole clause in quotation marks, with its speaker and since when. Empty where none is short enough."""
        quote = self._quoted()
        if not quote and (told := self._of_itself()):
            return told
        if self.doubts:
            return f"“{quote}”: a {self._comment} that is not sure of it{self._since(0)}" if quote else ""
        said, dated = self._turned_down(quote) if self.parts.get("rejected") else self._warned(quote)
        return said + (self._since(_AIM - len(said)) if dated else "") if 0 < len(said) <= self._longest else ""

    @property
    def intent(self) -> PossibleIntent:
        """The facets that the words support, and no others, and none of a guess; ``evidence`` are the tests that were found."""
        parts = self.parts if not self.doubts else {}
        kept = parts.get("kept")
        if kept and kept.startswith("we can "):
            kept += f" in {self.place}{self._platform()}"
        return PossibleIntent(
            capability=kept,
            threat=parts.get("threat"),
            strategy=parts.get("rule") or parts.get("instead"),
            evidence=tuple(item.summary for item in with_role(self.support, "regression", "test")),
        )

    def leaves_nothing_to_ask(self) -> bool:
        """Whether rule, reason, issue and test are all found: true, and known."""
        tested = any(item.data.get("test") for item in with_role(self.support, "regression", "test"))
        reasoned = bool(self.parts.get("harm") or self.parts.get("ground") or (self.origin and self.origin.data["why"]))
        ruled = bool(self.parts.get("rule") or self.parts.get("instead"))
        named = any(item.data.get("issue") for item in with_role(self.support, "test")) or bool(
            with_role(self.support, "issue")
        )
        return (
            ruled
            and reasoned
            and tested
            and (named or bool(self.origin and self.origin.data["repairs"] and "#" in self.sentence))
        )

    def written(self, part: str) -> str:
        """Return a part that was read of the comment with the brackets that stand in it; as it was read where it is no piece of the comment."""
        read = self.parts.get(part, "")
        return literal(read, self._around_it) or read

    @property
    def doubts(self) -> bool:
        """Whether whoever wrote it says that they are guessing."""
        return _DOUBTS.is_in(self.sentence)

    def _since(self, room: int) -> str:
        if self.origin is None:
            return ""
        year = datetime.fromtimestamp(self.origin.data["time"], UTC).year
        commit = f" (commit {self.origin.data['commit'][:_SHORT_HASH]})"
        repaired = self.origin.data["repairs"] and self.origin.data["about"]
        said = f", since a repair in {year}" if repaired else f", since {year}"
        return said + commit if len(said) + len(commit) <= max(room, 0) else said

    @property
    def _longest(self) -> int:
        """How long a title may be: under which condition it holds is told beside it, and not in the place of its reason."""
        return LONGEST + len(self._under)

    def _quoted(self) -> str:
        """What is quoted; where the whole of it only fits beside the last part of its place, the place is told by that."""
        quote = quoted(self._around_it, self.sentence, self.parts, self._longest - len(f"“”, says a {self._comment}"))
        last = f"`{re.split(r'[.#]|::', self.place.strip('`'))[-1]}`"
        room = self._longest - len(f"“”, says a {self._comment}") + len(self.place) - len(last)
        longer = quoted(self._around_it, self.sentence, self.parts, room) if last != self.place else ""
        if (
            longer.startswith(quote)
            and len(longer) > len(quote)
            and not quote.endswith((".", "”"))
            and longer[len(quote)] != "."
        ):
            self._where = last + self._under
            self._comment = f"comment in {self._where}"
            return longer
        return quote

    def _of_itself(self) -> str:
        """What begins with "This" and so speaks of what it documents, or of the line that it stands on."""
        if self._documents:
            told = of_itself(self._around_it, self.sentence, LONGEST - len(self._comment) - _FRAME)
            return f"A {self._comment} says of it: “{told}”" if told else ""
        frame = f"“”, says a {self._comment} about `{self._stands_on}`"
        told = of_itself(self._around_it, self.sentence, LONGEST - len(frame)) if self._stands_on else ""
        return f"“{told}”, says a {self._comment} about `{self._stands_on}`" if told.startswith("This ") else ""

    def _turned_down(self, quote: str) -> tuple[str, bool]:
        """What is said of an option that was turned down, and whether it is told since when."""
        parts, ground = self.parts, self.written("ground")
        if ground and (parts["ground"] in quote or ground in quote):
            return f"“{quote}”, says a {self._comment}", True
        option = upper(parts["rejected"])
        if parts.get("verdict"):
            return f"“{option} {ground}”, says a {self._comment}", False
        if ground:
            why = " because of " if parts.get("cause") else ": "
            return f"{option} was turned down in {self._where}{why}“{ground}”", False
        return f"{option} was turned down in {self._where}, says a comment", True

    def _warned(self, quote: str) -> tuple[str, bool]:
        """What is said of a warning, and whether it is told since when."""
        parts, harm = self.parts, self.written("harm")
        if quote:
            of_what = f" about `{self._stands_on}`" if self._stands_on and has_no_subject(quote) else ""
            told = f"“{quote}”, says a {self._comment}"
            return (told + of_what if len(told) + len(of_what) <= LONGEST else told), True
        if parts["speech"] == Speech.WORKS_AROUND and not parts.get("rule"):
            return self._around()
        joint = {"otherwise": "because otherwise", "to avoid": "to avoid"}.get(parts.get("joint", ""))
        meant = bool(
            not _POINTS_OUT.search(harm) and joint and len(harm.split()) >= _LEAST_HARM and not parts.get("rule")
        )
        return (f"{self._where} is written so {joint} “{harm}”" if meant else ""), True

    def _around(self) -> tuple[str, bool]:
        if not self.parts.get("depends") or not NAMED_FAULT.search(self.parts["depends"][0]):
            return "", False
        until = f", to go {self.parts['until']}" if self.parts.get("until") else ""
        said = f"{self._where} works around {self.fault}"
        ends = until if len(said) + len(until) <= LONGEST else ""
        return said + ends, not ends

    @property
    def fault(self) -> str:
        """The fault that is worked around, with an article."""
        named = self.parts["depends"][0]
        if not NAMED_FAULT.search(named):
            return f"what is wrong in {named}"
        return (
            named
            if named.split()[0].lower() in {"a", "an", "the"}
            else f"{'an' if named[0].lower() in 'aeio' else 'a'} {named}"
        )

    def _platform(self) -> str:
        named = next((name for name in self.parts.get("depends", ()) if name in _PLATFORMS), "")
        return f" on {named}" if named else ""


def _place(symbol: str | None, attribute: str, path: str) -> str:
    if symbol and attribute:
        return f"`{_shown(symbol)}{'::' if '::' in symbol else '.'}{attribute}`"
    return f"`{_shown(symbol)}`" if symbol else f"`{attribute or PurePosixPath(path).name}`"


def _shown(symbol: str) -> str:
    """A symbol as people say it: a constructor that bears its type's name goes by that name, a long one by its last part."""
    owner, dot, last = symbol.rpartition(".")
    said = owner if dot and owner.rpartition(".")[2] == last else symbol
    return said if len(said) <= _LONGEST_PLACE else re.split(r"\.|::", said)[-1]
