"""The one sanitizer: makes every character that could act on a terminal visible instead.

Repository text, model answers and imported files are hostile: escape sequences, C1 controls, bidirectional overrides and
invisible characters must reach a person as something they can see. Used at ingest and again at rendering; it is idempotent.
What has no room is cut here as well, so that a cut looks the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset("\n\t")
_CONTROL_PICTURES = 0x2400
_C0_LIMIT = 0x20
_DELETE = 0x7F
# Everything outside printable ASCII, newline and tab is worth a look; most text never gets past this test.
_SUSPECT = re.compile(r"[^\x20-\x7e\n\t]")


def visible(text: str) -> str:
    """Return ``text`` with every control, format, surrogate, private-use and unassigned character made visible.

    Newline and tab are kept, and a line may end in CR LF. C0 controls become control pictures (``␛``), all others ``⟨U+202E⟩``.
    """
    if text.isascii() and text.isprintable():  # as most lines are
        return text
    return _SUSPECT.sub(lambda match: _shown(match.group()), text.replace("\r\n", "\n"))


def visible_line(text: str) -> str:
    """Return ``text`` on one line: as :func:`visible`, with newlines and tabs folded into single spaces."""
    return " ".join(visible(text).split())


def cut_at_word(text: str, limit: int) -> str:
    """Return a text that is at most about ``limit`` characters long: cut at a word, marked as cut, with an open quotation closed."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0]
    return f"{cut}…{'”' if cut.count('“') > cut.count('”') else ''}"


def _shown(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    code = ord(character)
    if code < _C0_LIMIT:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return f"⟨U+{code:04X}⟩"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 place``, ``2 places``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
