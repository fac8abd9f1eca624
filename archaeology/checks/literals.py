"""A word that every match of an expression holds: where a text does not have it, nobody need look with the expression.

Only expressions of a plain kind are understood, those that people and hypotheses write; of all others no word is known. Pure.
"""

from __future__ import annotations

import re

_LEAST = 3
# What an expression is made of, as far as it is understood here. A group may look ahead or behind, or only hold something together.
_PART = re.compile(
    r"(?P<text>[A-Za-z0-9_ \-/\"'=:;,<>@%&!~`#]|\\[^A-Za-z0-9\s])"
    r"|(?P<open>\((?:\?(?::|=|!|<=|<!|P?<[A-Za-z_]\w*>))?(?!\?))"
    r"|(?P<close>\))"
    r"|(?P<any>\\[wWsSdDbBntr]|\[(?:[^\[\]\\]|\\.)+\]|[.^$])"
    r"|(?P<either>\|)",
)
# Alternatives that are nothing but text.
_CHOICE = re.compile(r"\((?:\?(?::|P<\w+>))?((?:[A-Za-z0-9_ ]+\|)+[A-Za-z0-9_ ]+)\)")
_REPEAT = re.compile(r"(?:(?P<once>\+)|[*?]|\{\d*,?\d*\})[?]?")


def literal_in(pattern: str) -> str:
    """Return the longest run of characters that every match holds as they are; empty where none of three or more is known."""
    runs, depth, place = [""], 0, 0
    while place < len(pattern):
        part = _PART.match(pattern, place)
        if part is None:
            return ""
        repeat = _REPEAT.match(pattern, part.end())
        depth += (part["open"] is not None) - (part["close"] is not None)
        if depth < 0 or (part["either"] and not depth):
            return ""
        if part["text"] and not depth and (repeat is None or repeat["once"]):
            runs[-1] += part["text"][-1:]
        if part["open"] and depth == 1 and (choice := _CHOICE.match(pattern, place)):
            after = _REPEAT.match(pattern, choice.end())
            runs += [_in_all(choice[1].split("|")) if after is None or after["once"] else "", ""]
        if repeat is not None or not part["text"] or depth:
            runs.append("")
        place = part.end() if repeat is None else repeat.end()
        if repeat is not None and pattern[place : place + 1] in {"+", "*", "?", "{"}:
            return ""  # possessive, fuzzy, or wrong
    longest = max(runs, key=len)
    return longest if not depth and len(longest) >= _LEAST else ""


def _in_all(texts: list[str]) -> str:
    """The shortest of some texts where all others hold it, or nothing."""
    shortest = min(texts, key=len)
    return shortest if all(shortest in text for text in texts) else ""
