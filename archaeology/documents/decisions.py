"""Architecture decision records: status and succession in the forms of Nygard, MADR and those between them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from archaeology.documents.blocks import front_matter

_FOLDER = re.compile(
    r"(?:^|/)(?:adrs?|decisions?|decision[-_]records?|architecture[-_]decisions?|architectural[-_]decisions?|design[-_]decisions?)/",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|/)(?:adr[-_ ]?)?\d{1,5}[-_. ][^/]+\.(?:md|rst|adoc|txt|markdown)$", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|/)adr[-_ ]?\d{1,5}[^/]*\.(?:md|rst|adoc|txt|markdown)$", re.IGNORECASE)
_ASIDE = re.compile(r"(?:^|/)(?:readme|index|template|adr[-_]?template|0*[-_]?template)[^/]*$", re.IGNORECASE)
_STATUS_LINE = re.compile(
    r"^[ \t]*(?:[-*+|][ \t]*)?[*_]{0,2}[ \t]*status[ \t]*[*_]{0,2}[ \t]*[:|][*_|]{0,2}[ \t]*(\S[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS_SECTION = re.compile(
    r"^(?:#{1,6}[ \t]*status[ \t]*#*|=+[ \t]+status|status[ \t]*\n[-=~^]{3,})[ \t]*\n\s*([^\n#=][^#=]{0,300})",
    re.IGNORECASE | re.MULTILINE,
)
_WORDS = (
    ("superseded", re.compile(r"\bsupersee?ded\b|\breplaced by\b|\bobsoleted? by\b", re.IGNORECASE)),
    ("deprecated", re.compile(r"\bdeprecated\b|\bobsolete\b|\bretired\b", re.IGNORECASE)),
    ("rejected", re.compile(r"\brejected\b|\bdeclined\b|\bwithdrawn\b|\babandoned\b", re.IGNORECASE)),
    (
        "accepted",
        re.compile(
            r"\baccepted\b|\bapproved\b|\badopted\b|\bimplemented\b|\bdecided\b|\bactive\b|\bfinal\b|\bdone\b",
            re.IGNORECASE,
        ),
    ),
    (
        "proposed",
        re.compile(r"\bproposed\b|\bdraft\b|\bpending\b|\bprovisional\b|\bin review\b|\brfc\b|\bopen\b", re.IGNORECASE),
    ),
)
_SUCCESSOR = re.compile(
    r"(?:supersee?ded|replaced|obsoleted?)\s+by\s*:?\s*(?:\[([^\]\n]*)\]\(([^)\s]*)\)|`?([^\s`.,;)\]]*\d[^\s`,;)\]]*)`?|((?:ADR|record|decision)[-\s#]*\d+))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a record says of itself; ``superseded_by`` is a path of the repository where a link leads to one."""

    status: str | None
    superseded_by: str | None = None


def is_decision(path: str) -> bool:
    """Whether a document is an architecture decision record, by its name and place."""
    if _ASIDE.search(path):
        return False
    return _NAMED.search(path) is not None or (_FOLDER.search(path) is not None and _NUMBERED.search(path) is not None)


def read_decision(path: str, text: str) -> Decision:
    """Read the status of a record and what replaced it; no status where it does not tell."""
    said = _said(text[:40_000])
    status = next((name for name, pattern in _WORDS if pattern.search(said)), None)
    successor = _SUCCESSOR.search(said)
    return Decision(status, _successor(path, successor) if successor else None)


def _said(text: str) -> str:
    """Return the words about the status: in the front matter, on a line of its own, or in a section."""
    for found in (_STATUS_LINE.search(front_matter(text)), _STATUS_SECTION.search(text), _STATUS_LINE.search(text)):
        if found:
            return found.group(1).strip().strip("\"'")
    return ""


def _successor(path: str, found: re.Match[str]) -> str | None:
    label, link, word, name = found.groups()
    if link and "://" not in link:
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), link.split("#", 1)[0]))
    return (link or label or word or name or "").strip(" .") or None
