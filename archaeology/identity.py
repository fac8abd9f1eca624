"""Ids that are the same for the same content, on every machine and in every scan."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_LENGTH = 12
# Made once: to make one for each id costs as much as to write it.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def stable_id(prefix: str, *parts: Any) -> str:
    """Return ``prefix-xxxxxxxxxxxx``: the first 12 hex digits of SHA-256 over the parts as canonical JSON.

    The parts must name what the thing *is* (family, subject, rule), never when or where it was found.
    """
    return f"{prefix}-{hashlib.sha256(_CANONICAL.encode(parts).encode()).hexdigest()[:_LENGTH]}"


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as hex; lone surrogates are replaced."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
