"""Marks what was not written by us as data, in a way that the data cannot imitate."""

from __future__ import annotations

import hashlib

from archaeology.text import visible, visible_line

MAX_FENCED_CHARACTERS = 12_000


def fenced(label: str, text: str, most: int = MAX_FENCED_CHARACTERS) -> str:
    """Return a text between two marks that carry a digest of it: no text can hold its own digest, so none can close its own fence."""
    shown = visible(text)
    if len(shown) > most:
        shown = shown[:most] + f"\n[… {len(shown) - most} more characters were left out]"
    mark = hashlib.sha256(shown.encode()).hexdigest()[:12]
    return f"<<<DATA {mark} {visible_line(label)}>>>\n{shown}\n<<<END {mark}>>>"
