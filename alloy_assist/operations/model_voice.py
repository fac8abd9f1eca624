"""The model's voice: words the questions that the engine chose. Where it cannot, the template's words are used, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

from alloy_assist.agent import jobs
from alloy_assist.agent.claims import Said, Wording
from alloy_assist.elicitation.model import Ask, Question, State
from alloy_assist.elicitation.voice import Voice, place_of
from alloy_assist.llm.errors import ModelError
from archaeology.text import visible_line

_LONGEST = 320
_LEAST_SHARED = 2
_LEAST_PART = 0.3
# An address, or a sign that was made visible: nothing that a question needs.
_NO_QUESTION = re.compile(r"://|[⟨␛]")
_MARKUP = frozenset("[]<>{}|")
_BREAK = re.compile(r"[.!;]\s")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"`([^`]+)`|([\w./-]*[\w-][./][\w./-]*\w)")


class ModelVoice:
    """Asks ``perform`` for the words of the question that is put now; everything else is the fallback's.

    After the first failure it stays with the fallback, so that an interview never waits for a dead server twice; ``failure`` says why.
    """

    def __init__(self, perform: Callable[[jobs.Job], Said], fallback: Voice) -> None:
        self._perform = perform
        self._fallback = fallback
        self._said: dict[tuple[str, str], str] = {}
        self.failure: str = ""
        self.unusable = 0

    def word(self, ask: Ask, state: State) -> Question:
        """Return the question in words; ``id``, ``topic`` and the choices' keys and fills stay as they are. Never raises for the model."""
        plain = self._fallback.word(ask, state)
        key = (ask.id, plain.text)
        if key not in self._said and state.pending is not None and state.pending.id == ask.id and not self.failure:
            self._said[key] = self._worded(plain)
        return plain.model_copy(update={"text": self._said.get(key, plain.text)})

    def _worded(self, plain: Question) -> str:
        evidence = "\n".join(place_of(place) for place in plain.places)
        try:
            answer = self._perform(jobs.phrase_question(plain.text, plain.why, evidence))
        except (ModelError, OSError) as error:
            self.failure = visible_line(str(error))
            return plain.text
        text = visible_line(answer.question) if isinstance(answer, Wording) else ""
        if not is_usable(text, plain, evidence):
            self.unusable += 1
            return plain.text
        return text


def is_usable(text: str, plain: Question, evidence: str = "") -> bool:
    """Return whether a wording still asks the same: no longer, of these things, naming nothing that the evidence does not."""
    if not 1 < len(text) <= _LONGEST or text.count("?") != 1 or not text.endswith("?") or _NO_QUESTION.search(text):
        return False
    if (set(text) & _MARKUP) - set(plain.text) or len(_BREAK.findall(text)) > len(_BREAK.findall(plain.text)):
        return False
    known = f"{plain.text}\n{plain.why}\n{evidence}"
    names = {first or second for first, second in _NAME.findall(text)}
    if any(name not in known for name in names):
        return False
    said = _words(text)
    shared = said & _words(plain.text)
    return len(shared) >= _LEAST_SHARED and len(shared) >= len(said) * _LEAST_PART


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}
