"""Names that say that what they hold is no secret: public and primary keys, keys of a keyboard, made-up values, digests."""

from __future__ import annotations

import re

NOT_SECRET_NAMES = re.compile(
    r"(?i)(?:public|primary|foreign|sort|partition|bucket|schema|cache|group|index|hash|shared_prefix|lookup|search)[_-]?keys?$"
    # Keys of a keyboard, and what only rhymes with them; not a session_key or a production_key.
    r"|(?<![a-z])(?:on|hot|mon|tur|wh?is)[_-]?keys?$|keyboard|\bon_?key|(?<![a-z])key_?(?:down|up|press|stroke)(?![a-z])"
    # A name that says that its value is none, as tests have them; a token against forgery is worth nothing outside its own page.
    r"|public[_-]?token|csrf|xsrf|(?:dummy|fake|mock|bogus|example|sample|invalid|wrong|non[_-]?matching|malformed)[_-]?\w*$"
)
# A value may hold a sign that looks like another assignment.
_NAMED = re.compile(r"(?P<name>[\w.$-]{2,80})[\"']?\s{0,3}[:=]\s{0,3}[\"'`]?(?:\w{1,20}=)?$")
# The primary of two keys opens as much as the other; that of a table is a column's name, or else it looks like nobody's column.
_PRIMARY = re.compile(r"(?i)primary[_-]?keys?$")
# A digest of a password is as good as the password to whoever has time.
_DIGEST = re.compile(
    r"(?i)(?<!pass)(?<!pass[_-])(?<!pwd)(?<!pwd[_-])(?<!word)(?<!word[_-])(?:hash|fingerprint|thumbprint)$"
)


def says_no_secret(before: str) -> bool:
    """Return whether the text before a value ends in the name that it is assigned to, and this says that it is no secret.

    For values that look random: what only looks like a name of something else (``primary_key = id``) needs no such help.
    """
    named = _NAMED.search(before)
    if named is None:
        return False
    name = named["name"]
    return _PRIMARY.search(name) is None and any(pattern.search(name) for pattern in (NOT_SECRET_NAMES, _DIGEST))
