"""What the message of a revert says beyond that it is one: why, and which issue it names; pure, over text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archaeology.history.messages import MAX_MESSAGE, MAX_SENTENCE, TRAILER
from archaeology.text import visible_line

_REVERT_NOISE = re.compile(
    r"^\s*(?:this )?(?:part(?:ial)?ly )?reverts? (?:commit )?[^\n]*?(?:,\s+reversing\s+changes made to [0-9a-f]+\.?|$)",
    re.IGNORECASE | re.MULTILINE,
)
_REVERTS = re.compile(
    r"\s*(?:this )?(?:part(?:ial)?ly )?reverts? (?:commit |changeset |(?:pull|merge) request |pr )?(?:[0-9a-f]{7,64}|[\w./-]*[#!]\d+)(?:,\s+reversing\s+changes made to [0-9a-f]+)?",
    re.IGNORECASE,
)
# The same in the middle of a line, after words that are none ("t pu This partially reverts commit ...").
_REVERTS_INSIDE = re.compile(r"\bthis (?:part(?:ial)?ly |also )?reverts? commit [0-9a-f]{7,64}\b\.?", re.IGNORECASE)
_GIVES_REASON = re.compile(r"[,:;]?\s*(?:because|since|as|due to|until)\b|\s*(?:[.)]|\n|$)", re.IGNORECASE)
_END = re.compile(r"[.!?](?=\s|$)")
# A line that names issues and nothing else; the words around them are those that people put there.
_ISSUE = r"(?:[\w./-]*(?:#|GH-|!)\d+|https?://\S+)"
_ONLY_REFERS = re.compile(
    rf"^[ \t]*+(?:[*-][ \t]+)?(?>(?:in response to|as (?:per|discussed in)|closes?|closed|fix(?:es|ed)?|resolves?|resolved|reopens?|related(?: to)?|refs?|references|see(?: also)?|issues?|bugs?|per|for|and|also|cc|re)\b:?[ \t]++|{_ISSUE}[ \t,.;]*+)++$",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = re.compile(
    rf"\b(?:in response to|as (?:per|discussed in)|closes?|closed|fix(?:es|ed)?|resolves?|resolved|related to|refs?|see(?: also)?)\b:?[ \t]+(?:issue )?({_ISSUE}|\d{{2,}}(?=[.\s]*$))",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = re.compile(r"(?:issues?/|pull/|merge_requests/|#|GH-|!|^)(\d+)\b", re.IGNORECASE)
# What a form for changes puts above each answer.
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t][^\n]{0,120}$|\*\*[^*\n]{1,80}\*\*:?[ \t]*)", re.MULTILINE)
_NO_PROSE = re.compile(r"\bTraceback \(most recent|^(?:diff --git|[+]{3}|-{3}|@@) ", re.MULTILINE)
# What a commit did besides is not why it took the change back.
_BESIDES = re.compile(
    r"\W*(?:also|additionally|furthermore|moreover|besides|in addition|and|plus|while (?:here|at it|we['’]re|i['’]m|there)|(?:this|it) (?:commit |patch |change )?also|some (?:further|other|more|additional)|further|(?:add|update|rename|bump|tidi|tweak)(?:s|ed|es)?\b)\b",
    re.IGNORECASE,
)
_WENT_WRONG = re.compile(
    r"(?:^|(?<=[.!?] ))(?:however|but|unfortunately)\b|\b(?:turns out|turned out|br(?:eaks?|oke)|caus(?:es?|ed|ing)|regress\w*|fail(?:s|ed|ing)?|crash\w*|no longer|(?:does|do|did|is|was)(?:n['’]t| not) (?:\w+ )?(?:work\w*|possible|correct|safe))\b",
    re.IGNORECASE,
)
_MIN_SAID = 10
_MOST_READ = 6  # paragraphs; what comes later is a log or a diff


def revert_reason(message: str) -> str:
    """Return what a revert's message says beyond that it is one, on one line, or nothing.

    That is the first paragraph of prose that says what went wrong, else the first one at all; one that only names issues, or begins with
    what else was done, gives no reason while another does.
    """
    said = list(_paragraphs(message))
    why = next((part for part in said if says_what_went_wrong(part)), said[0] if said else "")
    return why[:MAX_SENTENCE]


def revert_issue(message: str) -> str:
    """Return the number of the issue that a revert's message closes, or says that it answers, also by its address; or nothing.

    What the subject names in quotation marks belongs to the change that is undone; what follows these is the revert's own.
    """
    subject, _, body = message[:MAX_MESSAGE].partition("\n")
    behind = subject.rpartition('"')[2] if '"' in subject else ""
    match = _NAMED.search(f"{behind}\n{body}")
    number = _NUMBER.search(match[1]) if match else None
    return number[1] if number else ""


def says_what_went_wrong(text: str) -> bool:
    """Return whether words of a revert tell what the undone change did, and not why it had once been made."""
    return _WENT_WRONG.search(text) is not None


def is_beside(sentence: str) -> bool:
    """Return whether a sentence of a revert begins with what else the commit did."""
    return _BESIDES.match(sentence) is not None


def _paragraphs(message: str) -> Iterator[str]:
    """The first paragraphs of prose in order, without what says which commit is undone and without lines that only name issues."""
    said = TRAILER.sub("", message.replace("\r\n", "\n").partition("\n")[2][:MAX_MESSAGE])
    for part in re.split(r"\n\s*\n", _HEADING.sub("", said))[:_MOST_READ]:
        if _NO_PROSE.search(part):
            continue
        shown = visible_line(_ONLY_REFERS.sub("", _REVERTS_INSIDE.sub("", _beyond(part))))
        if len(shown) >= _MIN_SAID and not is_beside(shown):
            yield shown


def _beyond(paragraph: str) -> str:
    """A paragraph without what says which commit is undone, and without the rest of that sentence where it gives no reason."""
    match = _REVERTS.match(paragraph)
    if match is None:
        return _REVERT_NOISE.sub("", paragraph)
    rest = paragraph[match.end() :]
    if not _GIVES_REASON.match(rest):
        end = _END.search(rest)
        rest = rest[end.end() :] if end else ""
    return _REVERT_NOISE.sub("", rest).lstrip(" \t\r\n.,:;)")
