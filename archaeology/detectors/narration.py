"""Whether a comment only says what the line below it does: its words are those of the code. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import bare, clauses_of
from archaeology.readings.stems import stems_of
from archaeology.readings.vocabulary import Vocabulary

_COMMENT = re.compile(r"\s*(?:#(?!\[)|//|/\*|\*|--|;|%|<!--|$)")
_LEAST_WORDS, _LEAST_SHARE = 3, 0.6
_MOST_MAIN, _MOST_IN_CODE = 0.7, 2
_WIDE = 300
# What an operator or a keyword of the next line does, in the words of comments.
_DONE_BY = (
    (re.compile(r"<<|>>"), "shift bit"),
    (re.compile(r"\+"), "add plus increment increase append concat"),
    (re.compile(r"(?<!-)-(?![->])"), "subtract minus decrement decrease negate"),
    (re.compile(r"\*"), "multiply double times"),
    (re.compile(r"/|%"), "divide halve modulo remainder"),
    (re.compile(r"!|\bnot\b"), "invert negate none missing"),
    (re.compile(r"\bcontinue\b|\bnext\b"), "skip ignore continue"),
    (re.compile(r"\breturn\b"), "return exit leave early"),
    (re.compile(r"\bif\b|\?|\bunless\b"), "check test see whether if when"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "set assign store save remember use take keep"),
    (re.compile(r"\b(?:null|nil|None|undefined)\b"), "none missing empty given absent"),
)  # fmt: skip
_DOING = [(sign, stems_of(words)) for sign, words in _DONE_BY]
# A reason that tells more than what the operands are: what may happen, what must not, who else is concerned.
_AT_STAKE = Vocabulary(
    "allow* already break* browser browsers bug* can cannot client clients conflict* could crash* expect* expensive fail* fast* leak* linux "
    "lose* loss* lost mac* may might must never platform* race* racy* relies rely require* rfc server servers slow* spec stale still support* "
    "thread threads twice user users version* will windows would wrong*",
    phrases=Caseless(r"\b(?:won['’]t|no longer|only if)\b", ("won't", "won’t", "no longer", "only if")),
)
_OPERAND = re.compile(r"^`?(?P<what>[A-Za-z_]\w*)`? (?:is|are) (?:an?|the|in|of)\b")
_OF_A_CASE = re.compile(r"(?:^|,? )(?:if|when|unless) [^,]{2,60}$|^(?:if|when|unless) [^,]{2,60}, ", re.IGNORECASE)


def says_what_follows(sentence: str, lines: Sequence[str], below: int) -> bool:
    """Return whether most telling words of a sentence are in the first line of code at or after the line ``below`` (from 0).

    Words count by how they begin, small, with humps and underscores split; fewer than three tell nothing.
    """
    words = stems_of(sentence)
    code = next((line for line in lines[below:] if not _COMMENT.match(line)), "")
    return len(words) >= _LEAST_WORDS and len(words & stems_of(code)) >= _LEAST_SHARE * len(words)


def explains_what_follows(sentence: str, lines: Sequence[str], above: int, below: int) -> bool:
    """Return whether a sentence says what the next line does and gives as the reason no more than what that line works on.

    ``above`` and ``below`` are the lines (from 0) before and after the comment. "Shift by six, as it is the index of a bit" is such a one; a
    reason that says what may happen, what must not, or whom else it concerns makes it a decision. A condition that the line above tests
    ("if none was given") is no part of what is said.
    """
    clauses = [clause for clause in clauses_of(bare(sentence)) if not clause.inside]
    if len(clauses) < 2 or _CONTRAST.search(clauses[0].text):  # noqa: PLR2004 - what is done, and why
        return False
    line = next((line for line in lines[below:] if not _COMMENT.match(line)), "")[:_WIDE]
    reason = " ".join(clause.text for clause in clauses[1:])
    operand = _OPERAND.match(clauses[1].text)
    names = {
        word
        for clause in (line, lines[above] if 0 <= above < len(lines) else "")
        for word in _NAME.findall(clause[:_WIDE])
    }
    if _AT_STAKE.is_in(reason) or (
        _NEGATED.search(reason) and not (operand and (operand["what"] in names or len(operand["what"]) == 1))
    ):
        return False
    told = _told_by(line) | (
        _told_by(lines[above][:_WIDE]) if 0 <= above < len(lines) and _CASE.match(lines[above]) else frozenset()
    )
    words = stems_of(
        _OF_A_CASE.sub(" ", clauses[0].text) if _CASE.match("".join(lines[above : above + 1])) else clauses[0].text
    )
    return len(words) >= _MOST_IN_CODE and len(words & told) >= _MOST_MAIN * len(words)


_CONTRAST = re.compile(r"\b(?:rather than|instead of|not|never|only)\b|n['’]t\b", re.IGNORECASE)
_NAME = re.compile(r"\w+")
_NEGATED = re.compile(r"\b(?:not|no)\b|n['’]t\b", re.IGNORECASE)
_CASE = re.compile(r"\W*(?:else )?(?:if|elif|elsif|unless|when|case)\b")


def _told_by(line: str) -> frozenset[str]:
    """The words that a line of code says, and those for what its operators do."""
    return stems_of(line).union(*(words for sign, words in _DOING if sign.search(line)))
