"""Finds what may be secret in a text and puts a label in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alloy_assist.llm.redaction.names import NOT_SECRET_NAMES
from alloy_assist.llm.redaction.patterns import (
    ASSIGNED,
    FORMS,
    KUBERNETES,
    KUBERNETES_VALUE,
    MARKED,
)
from alloy_assist.llm.redaction.published import is_published
from alloy_assist.llm.redaction.random_tokens import random_tokens
from alloy_assist.llm.redaction.values import entropy, is_placeholder, is_reference

_MIN_KNOWN = 8
# Measured on made-up secrets and on code without any: a random value of 16 characters has at least 3.1 bits a character.
_LEAST_LENGTH = 10
_LEAST_PASSWORD_LENGTH = 8
_LEAST_MIXED = 3.0
_LEAST_LETTERS = 3.8
_LEAST_PASSWORD = 2.2
_LEAST_DIGITS = 2.4
_LEAST_DIGITS_LENGTH = 15
_PASSWORD_NAME = re.compile(r"(?i)pass|pwd")
_SECRET_NAME = re.compile(r"(?i)(key|token|secret|passw|credential)")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets. ``found`` counts what was replaced, by kind."""

    text: str
    found: Mapping[str, int] = field(default_factory=dict)


class Redactor:
    """Replaces secrets in whole texts: call it once with everything that belongs together, not line by line.

    ``known`` are secrets that this program holds itself (its keys); they are replaced wherever they appear.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = tuple(sorted({value for value in known if len(value) >= _MIN_KNOWN}, key=len, reverse=True))

    @classmethod
    def with_environment(cls, environment: Mapping[str, str], *keys: str) -> Redactor:
        """Return a redactor that knows some keys, and the values of the variables whose names say that they are secret."""
        return cls([*keys, *(value for name, value in environment.items() if _SECRET_NAME.search(name))])

    def redact(self, text: str) -> Redacted:
        """Return the text with ``[redacted: KIND]`` in place of each secret. Redacting twice changes nothing more."""
        found: Counter[str] = Counter()
        for value in self._known:
            count = text.count(value)
            if count:
                found["key of this program"] += count
                text = text.replace(value, _label("key of this program"))
        parts: list[str] = []
        at = 0
        for start, end, kind in _merged(_spans(text)):
            parts += [text[at:start], _label(kind)]
            found[kind] += 1
            at = end
        return Redacted("".join([*parts, text[at:]]), dict(found))


def _label(kind: str) -> str:
    return f"[redacted: {kind}]"


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    lower = text.lower()
    for rule in (*FORMS, *MARKED):
        if rule.hints and not any(hint in lower for hint in rule.hints):
            continue
        for match in rule.pattern.finditer(text):
            value = match["secret"]
            if entropy(value) >= rule.entropy and not _is_blank(value):
                yield *match.span("secret"), rule.kind
    if KUBERNETES.search(text) is not None:
        for match in KUBERNETES_VALUE.finditer(text):
            if entropy(match["secret"]) > _LEAST_DIGITS and not is_reference(match["secret"]):
                yield *match.span("secret"), "value of a Kubernetes secret"
    yield from _assigned(text)
    for start, end in random_tokens(text):
        if not is_published(text[start:end]) and not is_placeholder(text[start:end]):
            yield start, end, "value that looks random"


def _assigned(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while (match := ASSIGNED.search(text, at)) is not None:
        value = match["secret"].rstrip(",;)]}")
        if _is_secret_value(value, match["name"], match["quote"], match["operator"]):
            start = match.start("secret")
            yield start, start + len(value), "value of " + _short(match["name"])
            at = start + len(value)
        else:
            # What looked like the value may be the name of the next assignment.
            at = match.end("name")


def _is_secret_value(value: str, name: str, quote: str | None, operator: str) -> bool:
    password = _PASSWORD_NAME.search(name) is not None
    if (
        len(value) < (_LEAST_PASSWORD_LENGTH if password else _LEAST_LENGTH)
        or _stands_for_something(value)
        or NOT_SECRET_NAMES.search(name)
    ):
        return False
    if not quote and operator.strip() in {",", ""} and operator != "":
        return operator.strip() == "" and entropy(value) >= _LEAST_MIXED and any(map(str.isdigit, value))
    randomness = entropy(value)
    if not any(map(str.isdigit, value)):
        return bool(quote) and randomness > _LEAST_LETTERS
    if value.isdigit():
        return len(value) >= _LEAST_DIGITS_LENGTH and randomness >= _LEAST_DIGITS
    return randomness >= (_LEAST_PASSWORD if quote and password else _LEAST_MIXED)


def _is_blank(value: str) -> bool:
    """Only what nobody could mistake for a value: what has the form of a secret is one, even where it reads like words."""
    last = value.rpartition(":")[2] or value
    stands = _is_label(value) or is_placeholder(value) or is_placeholder(last) or is_published(value)
    return stands or last.startswith(("$", "<", "{{", "%", "["))


def _stands_for_something(value: str) -> bool:
    return is_placeholder(value) or is_reference(value) or _is_label(value) or is_published(value)


def _is_label(value: str) -> bool:
    return value.startswith("[redacted:")


def _short(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "", name)[-30:] or "a secret"


def _merged(spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Join spans that overlap, keeping the first one's kind: nothing of a secret may stay between two labels."""
    current: tuple[int, int, str] | None = None
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if current is not None and start < current[1]:
            current = (current[0], max(current[1], end), current[2])
            continue
        if current is not None:
            yield current
        current = (start, end, kind)
    if current is not None:
        yield current
