"""Which sentences of commit messages say why: those of people, about this change, and no housekeeping that git or a template wrote."""

from __future__ import annotations

import re

from archaeology.readings.caseless import Caseless

_HOUSEKEEPING = re.compile(
    r"^(?:merge[sd]? (?:branch|pull request|remote|tag|commit|in|from|into|latest|upstream|main|master)|conflicts?:|\(cherry[ -]picked|cherry[ -]picked|signed-off-by|co-authored-by|reviewed-by|change-id|git-svn-id|squashed commit|backport(?:ed|s)? (?:of|from)|see merge request"
    r"|this (?:pull request|pr|merge request|backport|patch release|release) |this reverts|revert |reverts? |reviewers?:|test plan:|summary:|motivation and context|types of changes|checklist|description|how has this been tested|what (?:does|kind|type|is the) |why (?:is|was|are|do|did) |please |thanks? |thank you|closes?:? #|fix(?:e[sd])?:? #\d+\.?$"
    r"|update(?:d|s)? (?:the )?(?:changelog|change log|release notes|docs|documentation|readme)|release notes?|version \d|v?\d+\.\d+(?:\.\d+)?\b|bump|i (?:have|'ve) (?:read|added|tested|updated|signed)|apply suggestions|address(?:ed|es)? (?:review|comments|feedback)|nit\b|wip\b|fixup|rebase)",
    re.IGNORECASE,
)
_TEMPLATE = Caseless(
    r"\[[ x]\]|<!--|-->|\bcontributing\b|\bcode of conduct\b|\bchecklist\b|\bto the best of my knowledge\b",
    needs=("[ ]", "[x]", "<!--", "-->", "contributing", "code of conduct", "checklist", "best of my knowledge"),
)
_MARKED = re.compile(r"\s*#{1,4}\s|\|.*\|$|>|\w+\(\)|https?://|```", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
_SUFFIX = re.compile(r"\s*\((?:#|!|GH-)\d+\)\s*$")


def reason_in(sentence: str, subject: str = "") -> str:
    """Return a sentence of a message without its bullet, where it can be somebody's reason; empty for merge notes, templates and the subject itself."""
    bullet = _BULLET.match(sentence)
    said = (sentence[bullet.end() :] if bullet else sentence).strip()
    if _MARKED.match(said) or _HOUSEKEEPING.match(said) or _TEMPLATE.is_in(said):
        return ""
    return "" if subject and _SUFFIX.sub("", said).casefold() == _SUFFIX.sub("", subject).strip().casefold() else said


def is_housekeeping(subject: str) -> bool:
    """Whether a subject line belongs to a merge, a release or the like: no commit that wrote anything by itself."""
    return _HOUSEKEEPING.match(subject.strip()) is not None
