"""Marks what was not written by us as data, in a way that the data cannot imitate."""

from __future__ import annotations

import hashlib

from archaeology.text import visible, visible_line

MAX_FENCED_CHARACTERS = 12_000
_DIGITS = 12


def fenced(label: str, text: str, most: int = MAX_FENCED_CHARACTERS) -> str:
    """Return a text between two marks that carry a digest of it: no text can hold its own digest, so none can close its own fence."""
    shown = _shown(text, most)
    mark = _mark(shown)
    return f"<<<DATA {mark} {visible_line(label)}>>>\n{shown}\n<<<END {mark}>>>"


def mark_of(text: str, most: int = MAX_FENCED_CHARACTERS) -> str:
    """Return the mark that a text's fence carries."""
    return _mark(_shown(text, most))


def _shown(text: str, most: int) -> str:
    shown = visible(text)
    return shown if len(shown) <= most else shown[:most] + f"\n[… {len(shown) - most} more characters were left out]"


def _mark(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()[:_DIGITS]
