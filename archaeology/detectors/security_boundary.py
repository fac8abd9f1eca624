"""Security boundaries: calls that only somebody who fears an attacker makes, and the one place where they are made.

Why this is evidence of intent: escaping and hashing are everybody's habit. Comparing secrets in constant time, or unpacking, parsing and
redirecting through a guard of one's own, is slower and longer than the plain way; where a commit or a comment in the same file speaks of
the attack as well, it was done on purpose. Comments that guard security are in :mod:`archaeology.detectors.cautions`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

from archaeology.detectors.places import cite, cite_all, production_paths
from archaeology.facts import Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.readings.messages import reason_in

_TARGET = attrgetter("target")
_GUARDS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "compares secrets in constant time",
        re.compile(
            r"(?:compare_digest|ConstantTimeCompare|timingSafeEqual|secure_compare|fixed_length_secure_compare|FixedTimeEquals|constant_time_eq|ct_eq)$"
        ),
        re.compile(r"\b(?:timing|constant[- ]time|side[- ]channel)\b", re.IGNORECASE),
    ),
    (
        "parses XML from strangers safely",
        re.compile(r"^defusedxml\."),
        re.compile(r"\b(?:XXE|billion laughs|entity|untrusted|XML bomb)\b", re.IGNORECASE),
    ),
)


def detect_security_boundary(facts: Facts) -> Iterator[Observation]:
    """Yield guards against a named kind of attack, and the commits and comments on the same file that speak of it."""
    product = list(production_paths(facts))
    # The same few functions are called in thousands of places.
    called = set(map(_TARGET, chain.from_iterable([facts.code[path].calls for path in product])))
    for what, calls, words in _GUARDS:
        guards = set(filter(calls.search, called))
        places: dict[str, list[tuple[str, int, str | None]]] = defaultdict(list)
        for path in product if guards else ():
            for call in facts.code[path].calls:
                if call.target in guards:
                    places[path].append((path, call.line, call.symbol))
        for path, found in sorted(places.items()):
            group = stable_id("guard", what, path)
            symbol = found[0][2]
            yield Observation(
                id=stable_id("obs", "security_boundary", "guard", what, path),
                category=Category.STRUCTURAL,
                family=Family.SECURITY_BOUNDARY,
                summary=f"`{symbol or path}` {what}.",
                subject=(path,),
                citations=cite_all(facts, found, 2),
                data={"group": group, "role": "guard", "what": what, "path": path, "symbol": symbol},
            )
            yield from _said(facts, path, words, group)


def _said(facts: Facts, path: str, words: re.Pattern[str], group: str) -> Iterator[Observation]:
    for reason in facts.history.reasons:
        said = reason_in(reason.sentence) if path in reason.paths else ""
        if said and words.search(said):
            yield Observation(
                id=stable_id("obs", "security_boundary", "reason", group, reason.commit),
                category=Category.HISTORICAL,
                family=Family.SECURITY_BOUNDARY,
                summary=f"A commit that changed it says: “{said}”",
                subject=(path,),
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group, "role": "said"},
            )
            break
    for comment in facts.code[path].comments:
        if words.search(comment.text):
            yield Observation(
                id=stable_id("obs", "security_boundary", "comment", group, comment.text),
                category=Category.TEXTUAL,
                family=Family.SECURITY_BOUNDARY,
                summary=f"A comment there says: “{' '.join(comment.text.split())[:200]}”",
                subject=(path,),
                citations=cite(facts, path, comment.start_line, comment.end_line, comment.symbol),
                data={"group": group, "role": "said"},
            )
            return
