"""Whether a model's wording of a question may be shown: it asks the same, of the same things, and nothing else. Pure."""

from __future__ import annotations

import json
import re
from json import JSONDecodeError

from alloy_assist.elicitation.model import Question
from alloy_assist.elicitation.words import content_words, words
from alloy_assist.operations.model_question import (
    asked_in,
    begins_as_question,
    is_prose,
    kind_of,
    may_ask,
    names_in,
    other_senses,
    senses_of,
)
from archaeology.text import visible_line

_LONGEST = 320
_LEAST_SHARED = 2
# Of what is asked, beside names; a half in other words than ours and those of the same sense is another question.
_LEAST_SENSE = 0.5
_LEAST_LENGTH, _MOST_LENGTH, _SLACK = 0.5, 1.5, 6
_MOST_OTHER_NAMES = 1
# An address, or a sign that was made visible: nothing that a question needs.
_NO_QUESTION = re.compile(r"://|[⟨␛]")
_MARKUP = frozenset("[]<>{}|")
_BREAK = re.compile(r"[.!;]\s")
_BEGUN = re.compile(r'"question"\s*:\s*"(?P<said>(?:[^"\\]|\\.)*)')


def is_usable(text: str, plain: Question, evidence: str = "") -> bool:
    """Return whether a wording still asks the same, as a question of the same kind, of all the same things, naming nothing unseen."""
    if not text.endswith("?") or not may_go_on(text, plain, evidence):
        return False
    asked = asked_in(plain.text)
    if not begins_as_question(text) or kind_of(text) != kind_of(asked) or not is_prose(text, plain.text):
        return False
    meant, said = names_in(plain.text), names_in(text)
    kept = {name for name in meant if re.search(rf"(?<![\w/.]){re.escape(name)}(?![\w/])", text)}
    # A question without a name of its own asks about what was said before it.
    if not (names_in(asked) or meant) <= kept or len(kept) * 2 < len(meant) or len(said - meant) > _MOST_OTHER_NAMES:
        return False
    return _is_as_long(text, asked, plain.text) and _asks_the_same(text, asked, plain.text)


def may_go_on(text: str, plain: Question, evidence: str = "") -> bool:
    """Return whether the beginning of a wording can still become one that may be shown; what cannot is not shown in part either."""
    if not text or len(text) > _LONGEST or _NO_QUESTION.search(text) or "?" in text[:-1] or "…" in text:
        return False
    if (set(text) & _MARKUP) - set(plain.text) or len(_BREAK.findall(text)) > len(_BREAK.findall(plain.text)):
        return False
    if not may_ask(text, kind_of(plain.text)):
        return False
    known = f"{plain.text}\n{plain.why}\n{evidence}"
    return all(name in known for name in names_in(text))


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


def _is_as_long(text: str, asked: str, plain: str) -> bool:
    """Return whether a wording is neither a stump of the question nor an essay about it."""
    return len(words(asked)) * _LEAST_LENGTH <= len(words(text)) <= len(words(plain)) * _MOST_LENGTH + _SLACK


def _asks_the_same(text: str, asked: str, plain: str) -> bool:
    """Return whether a wording is about what the question is about. To name the same things is not to ask the same of them."""
    sense = senses_of(asked)
    if other_senses(text, plain) or len(senses_of(text) & sense) < len(sense) * _LEAST_SENSE:
        return False
    return len(set(content_words(text)) & set(content_words(plain))) >= _LEAST_SHARED
