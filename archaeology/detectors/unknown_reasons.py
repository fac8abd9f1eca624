"""Comments whose author says that they do not know why the code is as it is.

Why this is evidence of intent: it is not, and that is the point. Somebody kept what they did not understand, said so, and the words still
stand: whoever knows the reason by now has something to tell that the repository does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from archaeology.detectors.origins import Said, traced
from archaeology.detectors.places import cite, production_paths
from archaeology.facts import Comment, Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.readings.passages import sentences_of
from archaeology.readings.unknown import knows_not_why

_MOST = 12
_LONGEST_LINE = 70
_PARAGRAPH = re.compile(r"\n\s*\n")
_ASIDE = re.compile(
    r"(?:^|[/_.-])(?:tests?|specs?|examples?|samples?|demos?|fixtures?|bench(?:marks?)?)(?:[/_.-]|$)", re.IGNORECASE
)
_COMMENT = re.compile(r"^(?:#|//|/\*|\*|--|;|%|\"\"\"|'''|<!--)")
_WORD = re.compile(r"[A-Za-z]{2}")


def detect_unknown_reasons(facts: Facts) -> Iterator[Observation]:
    """Yield what somebody says not to know, once in each file, and since when the words stand; nothing where the history does not tell that."""
    found: list[tuple[Said, Comment]] = []
    for path in production_paths(facts):
        if not _ASIDE.search(path):
            told = [(text, comment) for comment in facts.code[path].comments for text in _said(comment.text)]
            if told:
                longest, where = max(told, key=lambda entry: len(entry[0]))
                found.append((Said(path, longest), where))
    found = found[:_MOST]
    known = traced(facts, [said for said, _ in found]) if found else None
    for said, comment in found:
        stood = known.stood.get(said) if known else None
        citations = cite(facts, said.path, comment.start_line, comment.end_line, comment.symbol)
        if stood is None or not citations:
            continue
        group = stable_id("unknown", said.path, said.sentence)
        written = known is not None and said in known.written  # else the words came with the file, or out of another
        since = datetime.fromtimestamp(stood.commit.time, UTC).year
        yield Observation(
            id=stable_id("obs", "unknown", said.path, said.sentence),
            category=Category.TEXTUAL,
            family=Family.SCAR_TISSUE,
            summary=f"A comment in `{comment.symbol or said.path}` says: “{said.sentence}”",
            subject=(said.path,),
            citations=citations,
            data={
                "group": group,
                "role": "unknown",
                "path": said.path,
                "symbol": comment.symbol,
                "asked": said.sentence,
                "below": _below(facts, said.path, comment),
                "year": since if written else None,
            },
        )
        yield Observation(
            id=stable_id("obs", "unknown", "since", group),
            category=Category.HISTORICAL,
            family=Family.SCAR_TISSUE,
            summary=f"The words stand there since {'' if written else 'at least '}{since}, through {stood.changes} later changes of the file.",
            subject=(said.path,),
            citations=(facts.reader.cite_commit(stood.commit.oid, stood.commit.subject),),
            data={"group": group, "role": "unknown_since", "changes": stood.changes, "year": since},
        )


def _said(text: str) -> Iterator[str]:
    if "why" in text.lower():
        for paragraph in _PARAGRAPH.split(text):
            yield from filter(knows_not_why, sentences_of(paragraph))


def _below(facts: Facts, path: str, comment: Comment) -> str:
    """The line of code that the comment stands on, where it can be told in a title."""
    lines = (facts.reader.text(path) or "").split("\n")
    line = lines[comment.end_line].strip() if comment.end_line < len(lines) else ""
    told = 0 < len(line) <= _LONGEST_LINE and "`" not in line and _WORD.search(line) and not _COMMENT.match(line)
    return line.rstrip(" {:;") if told else ""
