"""How git spells ids, paths, names and times: bytes in, text and numbers out."""

from __future__ import annotations

_HEXADECIMAL = frozenset("0123456789abcdef")
_OID_LENGTHS = (40, 64)
TIME_LIMIT = 2**62
"""No time is later, and none earlier than its opposite."""


def is_oid(text: str) -> bool:
    """Tell whether ``text`` is a full object id (40 or 64 lower-case hexadecimal digits)."""
    return len(text) in _OID_LENGTHS and _HEXADECIMAL.issuperset(text)


def require_oid(text: str) -> str:
    """Return ``text`` if it is a full object id.

    Raises:
        ValueError: it is not; names never reach git's command line.
    """
    if not is_oid(text):
        raise ValueError(f"{text!r} is not a full object id.")
    return text


def decode_path(raw: bytes) -> str:
    r"""Return a path as text that JSON can hold: UTF-8, with every undecodable byte spelled out (``caf\xe9.py``)."""
    return raw.decode("utf-8", "backslashreplace")


def decode_text(raw: bytes) -> str:
    """Return a message or name as text: UTF-8, with replacement characters."""
    return raw.decode("utf-8", "replace")


def clamp_time(raw: bytes) -> int:
    """Return a time that fits 63 bits; 0 where git printed none. Years past 9999 are kept as they are."""
    try:
        value = int(raw)
    except ValueError:
        return 0
    return max(-TIME_LIMIT, min(value, TIME_LIMIT))
