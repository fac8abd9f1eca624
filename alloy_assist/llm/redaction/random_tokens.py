"""Values that nobody wrote by hand: long mixtures of letters and digits, wherever they stand and whatever they are called.

Issuers are more than anybody can list, so what only looks random is taken for a key too. Digests, identifiers and pictures look random as
well and are everywhere in code: they are told from keys by their alphabet (hexadecimal digits) and by what stands before them.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import pairwise

from alloy_assist.llm.redaction.names import says_no_secret
from alloy_assist.llm.redaction.values import entropy

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,}")
# Base64 only where somebody has put the whole of it between quotes.
_QUOTED = re.compile(r"(?P<quote>[\"'`])(?P<value>(?=[A-Za-z0-9]*[+/])[A-Za-z0-9+/]{40,120}={0,2})(?P=quote)")
# Keys are shorter; what is longer is a signature, a page token or data.
_LONGEST = 72
_RUN = re.compile(r"[A-Za-z0-9]+")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F-]+")
_DIGEST = re.compile(r"(?i)^(?:sha\d{1,3}|md5|blake\w*|h1)[-_]|^AAAA[BCE]3Nza")
_BEFORE_DIGEST = re.compile(
    r"(?i)(?:sha\d{1,3}|md5|h1|digest|integrity|checksum|base64|data)['\"]?\s{0,2}[:=,]\s{0,2}['\"]?$"
)
_BASE64_LINES = frozenset({60, 64, 70, 72, 76})
_GOES_ON = frozenset("/+%~@")
# A name that says that its value is none.
_SAYS_NO = re.compile(
    r"(?i)(?:dummy|fake|mock|bogus|example|sample|invalid|wrong|non[_-]?matching|malformed|public[_-]?token|csrf|xsrf)[\w-]*\W{1,6}(?:(?:content|value)\W{1,4})?$"
)
_ENCRYPTED, _LONGEST_ENCRYPTED = "ENC[", 1_000
_FIRST_PRINTED, _LAST_PRINTED = 0x20, 0x7E
_LOOK_BACK = 90
_LEAST_ENTROPY = 3.6


def random_tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield where values stand that look random."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start > _LONGEST or not is_random(match[0]) or is_encoded_text(match[0]):
            continue
        # A piece of base64, of a path or of an address is not a word of its own.
        if text[start - 1 : start] in _GOES_ON or text[end : end + 1] in _GOES_ON | {"("}:
            continue
        if _is_harmless_here(text, start) or _is_base64_line(text, start, end):
            continue
        yield start, end
    for match in _QUOTED.finditer(text):
        start, end = match.span("value")
        if is_random(match["value"]) and not _is_harmless_here(text, start):
            yield start, end


def is_random(token: str) -> bool:
    """Return whether a word of letters, digits, ``-`` and ``_`` can only have been made by a machine, and is no digest."""
    runs = _RUN.findall(token)
    longest = max(runs, key=len, default="")
    if _HEX.fullmatch(token) or _HEX.fullmatch(longest) or _DIGEST.search(token):
        return False
    digits = sum(map(str.isdigit, token))
    upper, lower = sum(map(str.isupper, token)), sum(map(str.islower, token))
    changes = sum(_kind(a) != _kind(b) for run in runs for a, b in pairwise(run))
    steps = max(sum(len(run) - 1 for run in runs), 1)
    if entropy(token) < _LEAST_ENTROPY:
        return False
    # Of letters of both sizes and digits, at random, two neighbours are of different kinds in 62 of 100 places; in names in 20 to 40.
    if min(digits, 3) == 3 and min(upper, lower) >= 3 and len(longest) >= 12:  # noqa: PLR2004
        return changes >= 0.42 * steps
    # Of small letters and digits in 40 of 100; words and numbers joined by hand make long runs of either.
    if digits >= 4 and not upper and len(longest) >= 20:  # noqa: PLR2004
        return changes >= 0.25 * steps
    return False


def is_encoded_text(token: str) -> bool:
    """Return whether a word is base64 of something that can be read: it hides no more than its own words do."""
    body = max(_RUN.findall(token), key=len)
    try:
        decoded = b64decode(body + "=" * (-len(body) % 4), validate=True)
    except ValueError:
        return False
    return all(_FIRST_PRINTED <= byte <= _LAST_PRINTED for byte in decoded)


def _is_harmless_here(text: str, start: int) -> bool:
    """Return whether what stands before a value says that it is a digest, a made-up or a public one, or encrypted already."""
    before = text[max(start - _LOOK_BACK, 0) : start]
    if _BEFORE_DIGEST.search(before) or _SAYS_NO.search(before) or says_no_secret(before):
        return True
    encrypted = text.rfind(_ENCRYPTED, max(start - _LONGEST_ENCRYPTED, 0), start)
    return encrypted >= 0 and text.find("]", encrypted, start) < 0


def _kind(character: str) -> int:
    return 0 if character.isdigit() else 1 if character.isupper() else 2


def _is_base64_line(text: str, start: int, end: int) -> bool:
    """Return whether a token is a whole line of a block that was wrapped by a program, as certificates are."""
    whole = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    return whole and end - start in _BASE64_LINES
