"""Packages of which comments still speak and that nothing imports any more: the comment may be older than the code around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property

from archaeology.detectors.caution_witnesses import Warned
from archaeology.detectors.manifests import Manifests
from archaeology.facts import Facts
from archaeology.history.model import EdgeLife
from archaeology.identity import stable_id
from archaeology.model import Category, Observation

_SHORTEST = 4
# "requests" and "click" are words as well as packages; with a digit or a hyphen in it, or as code, a name is one.
_NO_WORD = re.compile(r"[\d_.@/-]")


class Gone:
    """The external packages that were imported once, are imported nowhere today, and are in no manifest."""

    def __init__(self, facts: Facts) -> None:
        """Look at the imports and the history of these facts when first asked."""
        self._facts = facts

    def named_in(self, sentence: str) -> EdgeLife | None:
        """Return the last life of the first such package that a sentence names, or None."""
        if not self._may_name(sentence) or self._expression is None:
            return None
        for match in self._expression.finditer(sentence):
            name = match["name"]
            quoted = sentence[: match.start()].endswith("`") and sentence[match.end() :].startswith("`")
            if quoted or _NO_WORD.search(name):
                return self._lives[_plain(name)]
        return None

    def _may_name(self, sentence: str) -> bool:
        """Whether a package that nothing imports any more is in a sentence, be it declared or not; to ask the manifests costs far more."""
        small = _plain(sentence)
        return not sentence.isascii() or any(map(small.__contains__, self._unused))

    @cached_property
    def _lives(self) -> dict[str, EdgeLife]:
        declared = Manifests(self._facts) if self._unused else None
        return {name: life for name, life in self._unused.items() if declared is None or not declared.name(life.target)}

    @cached_property
    def _unused(self) -> dict[str, EdgeLife]:
        """The last life of each package that was imported once and is imported nowhere today."""
        used = {_plain(edge.external) for edge in self._facts.imports.edges if edge.external}
        found: dict[str, EdgeLife] = {}
        for life in self._facts.history.edge_lives:
            name = _plain(life.target)
            if not life.external or name in used or len(name) < _SHORTEST or life.vanished_time is None:
                continue
            if name not in found or life.vanished_time > (found[name].vanished_time or 0):
                found[name] = life
        return found

    @cached_property
    def _expression(self) -> re.Pattern[str] | None:
        names = sorted(self._lives, key=lambda name: (-len(name), name))
        choice = "|".join(re.escape(name).replace(r"\-", "[-_]") for name in names)
        return re.compile(rf"(?<![\w/.@-])(?P<name>{choice})(?![\w/-])", re.IGNORECASE) if names else None


def outdated(facts: Facts, gone: Gone, warned: Warned) -> Iterator[Observation]:
    """Yield that a warning names a package which has gone since, with the commit that took the last import out."""
    said = warned.caution.sentence
    life = gone.named_in(said)
    if life is None or life.vanished is None:
        return
    year = datetime.fromtimestamp(life.vanished_time or 0, UTC).year
    yield Observation(
        id=stable_id("obs", "caution", "outdated", warned.group, said, life.target),
        category=Category.HISTORICAL,
        family=warned.caution.family,
        summary=f"Nothing imports `{life.target}` any more; “{life.reason}” took it out in {year}.",
        subject=(warned.path,),
        citations=(facts.reader.cite_commit(life.vanished, life.reason),),
        data={"group": warned.group, "role": "outdated", "said": said, "name": life.target, "year": year},
    )


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
