"""Whether a model's wording of a question may be shown: it asks the same, of the same things, and nothing else. Pure."""

from __future__ import annotations

import json
import re
from json import JSONDecodeError

from alloy_assist.elicitation.model import Question
from alloy_assist.elicitation.words import content_words
from archaeology.text import visible_line

_LONGEST = 320
_LEAST_SHARED = 2
_LEAST_PART = 0.3
# An address, or a sign that was made visible: nothing that a question needs.
_NO_QUESTION = re.compile(r"://|[⟨␛]")
_MARKUP = frozenset("[]<>{}|")
_BREAK = re.compile(r"[.!;]\s")
_NAME = re.compile(r"`([^`]+)`|([\w./-]*[\w-][./][\w./-]*\w)")
# A small model likes to ask why a thing is there, whatever it was told to ask.
_ASKS = re.compile(r"\b(?:what|why|how|where|when|which|who|whose)\b")
_MOST_OTHER_NAMES = 1
_BEGUN = re.compile(r'"question"\s*:\s*"(?P<said>(?:[^"\\]|\\.)*)')


def is_usable(text: str, plain: Question, evidence: str = "") -> bool:
    """Return whether a wording still asks the same: no longer, of these things, naming nothing that the evidence does not."""
    if not text.endswith("?") or not may_go_on(text, plain, evidence):
        return False
    asked = set(_ASKS.findall(plain.text.lower()))
    if asked and asked.isdisjoint(_ASKS.findall(text.lower())[:1]):
        return False
    meant = _names(plain.text)
    named = sum(re.search(rf"(?<![\w/.]){re.escape(name)}(?![\w/])", text) is not None for name in meant)
    if named * 2 < len(meant) or len(_names(text) - meant) > _MOST_OTHER_NAMES:
        return False
    said = set(content_words(text))
    shared = said & set(content_words(plain.text))
    # To name the same things is not to ask the same of them.
    beside = set(content_words(_NAME.sub(" ", plain.text)))
    asks = not beside or bool(beside & set(content_words(_NAME.sub(" ", text))))
    return asks and len(shared) >= _LEAST_SHARED and len(shared) >= len(said) * _LEAST_PART


def may_go_on(text: str, plain: Question, evidence: str = "") -> bool:
    """Return whether the beginning of a wording can still become one that may be shown; what cannot is not shown in part either."""
    if not text or len(text) > _LONGEST or _NO_QUESTION.search(text) or "?" in text[:-1]:
        return False
    if (set(text) & _MARKUP) - set(plain.text) or len(_BREAK.findall(text)) > len(_BREAK.findall(plain.text)):
        return False
    known = f"{plain.text}\n{plain.why}\n{evidence}"
    return all(name in known for name in _names(text))


def first_question(text: str) -> str:
    """Return a wording up to its first question mark, on one line: small models like to ask on."""
    flat = visible_line(text).strip()
    head, mark, _ = flat.partition("?")
    return f"{head.strip()}?" if mark else flat


def question_so_far(text: str) -> str:
    """Return what can be read of a question in the beginning of its JSON, without the word that is being written."""
    found = _BEGUN.search(text)
    if found is None:
        return ""
    said = found["said"].rpartition(" ")[0]
    try:
        return visible_line(json.loads(f'"{said}"')).strip()
    except JSONDecodeError:
        return ""


def _names(text: str) -> set[str]:
    return {first or second for first, second in _NAME.findall(text)}
