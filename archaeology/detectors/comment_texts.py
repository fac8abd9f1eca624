"""The text of a comment as far as each of its sentences can be judged by itself. Pure."""

from __future__ import annotations

import re

from archaeology.code.prose import MAX_TEXT

_NEARLY = 10
_MOST = 300
_BOXED = re.compile(r"(?:^|\n) *\|")
_TAG = re.compile(r"\s*((?:NOTE|WARNING|IMPORTANT|HACK|FIXME|TODO|XXX):)")
_POINT = re.compile(r" {0,8}(?:\d{1,2}[.)]|[-*•]) ")
_IF_ALL = re.compile(
    r"\b(?:if|when|unless|where)(?: (?:all|both|either|any|one)(?: of)?(?: (?:these|the following|following))?)?:\s*$"
)


def is_boxed(text: str) -> bool:
    """Return whether a text stands between the bars of a box, in which frameworks explain their templates."""
    return text.count("|") > 1 and len(_BOXED.findall(text)) > 1


def judgeable(text: str) -> str:
    """Return the text of a comment without repeated tags, a sentence that was cut off, and conditions that hold together only."""
    return _without_conditions(_whole_sentences(_without_tags(text)))


def _whole_sentences(text: str) -> str:
    """A comment that was kept in part without the sentence in which that part ends."""
    if len(text) < MAX_TEXT - _NEARLY:
        return text
    return text[: max(text.rfind(". "), text.rfind(".\n"), text.rfind("! "), text.rfind("? ")) + 1]


def _without_conditions(text: str) -> str:
    """A comment without the points of a list under "X exists if:": each of them holds together with the others only."""
    if ":\n" not in text:
        return text
    kept: list[str] = []
    leaving = False
    for line in text.split("\n"):
        if not line.strip():
            leaving = False
        elif kept and _POINT.match(line) and _IF_ALL.search(kept[-1][-_MOST:]):
            leaving = True
        if not leaving:
            kept.append(line)
    return "\n".join(kept)


def _without_tags(text: str) -> str:
    """A comment of which each line begins with the same "NOTE:", without all but the first."""
    tag = _TAG.match(text)
    lines = text.split("\n")
    if tag is None or len(lines) == 1 or not all(line.lstrip().startswith(tag[1]) for line in lines if line.strip()):
        return text
    return "\n".join([lines[0], *(line.lstrip().removeprefix(tag[1]) for line in lines[1:])])
