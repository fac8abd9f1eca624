"""A text on one line, with one blank between its words. Pure."""

from __future__ import annotations


def on_one_line(text: str) -> str:
    """Return a text without blanks at its ends and with one blank wherever it has others, or several."""
    # Most texts are so already, and of what can be printed in ASCII only the blank is one: to see that costs half of doing it again.
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())
