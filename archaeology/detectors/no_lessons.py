"""What is no lesson of a team, however strong its words: what a tool, a compiler or a lawyer wants, what is only concluded, and doubts. Pure."""

from __future__ import annotations

from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.unknown import knows_not_why

_LEGAL = Caseless(r"\b(?:licen[sc]e|warrant(?:y|ies)|copyright)\b", needs=("licen", "warrant", "copyright"))
_LINTING = Caseless(
    r"\b(?:eslint|noqa|phpstan|psalm|pylint|mypy|rubocop|lint(?:er|ing)?|prettier|ts-ignore)\b",
    needs=("lint", "noqa", "phpstan", "psalm", "mypy", "rubocop", "prettier", "ts-ignore"),
)
# What the compiler refuses anyhow is nobody's lesson.
_COMPILED = Choice(
    (r"\b(?:borrow check|(?:im)?mutably borrow|borrowed (?:(?:im)?mutably|twice)\b)", ("borrow",)),
    (r"\buse(?:d|s)? after (?:(?:being|a) )?moved?\b", (" move",), ("use after ", "used after ", "uses after ")),
    (r"\b(?:used?|moved|captured?) (?:in|into|by) (?:an? |the |both |two |this )?closures?\b", ("closure",)),
    (
        r"\bthe (?:compiler|type ?checker) (?:will |would )?(?:complains?|rejects?|requires?|refuses?|insists?|demands?)\b",
        ("compiler ", "type checker ", "typechecker "),
        (" complain", " reject", " require", " refuse", " insist", " demand"),
    ),
    (
        r"\b(?:won['’]t|will not|would not|wouldn['’]t|does(?:n['’]t| not)) compile\b",
        ("not compile", "n't compile", "n’t compile"),
    ),
    (
        r"\blifetimes? (?:errors?|issues?|problems?|annotations?)\b",
        ("lifetime ", "lifetimes "),
        (" error", " issue", " problem", " annotation"),
    ),
)
# "We must already be inside" concludes; nobody is told to do anything.
_CONCLUDES = Choice(
    (r"\bmust (?:already|therefore|thus) (?:be|have)\b", ("must already ", "must therefore ", "must thus ")),
    (r"\blikely (?:because|since|due to)\b", ("likely because", "likely since", "likely due to")),
    (
        r"\botherwise (?:it|we|this|that|they) would(?: not|n['’]t) (?:be|have)\b",
        ("otherwise ",),
        (" would not ", " wouldn't ", " wouldn’t "),
    ),
)


def is_no_lesson(said: str) -> bool:
    """Return whether a tool, a compiler or a lawyer wants what is said, or it is only concluded or doubted.

    Few sentences are so: ask it of what is strong enough to be told.
    """
    return (
        _LINTING.is_in(said)
        or _COMPILED.is_in(said)
        or _LEGAL.is_in(said)
        or _CONCLUDES.is_in(said)
        or knows_not_why(said)
    )
