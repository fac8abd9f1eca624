"""Whether a value can be a secret: how random it is, and whether it is a placeholder, a name or a piece of code."""

from __future__ import annotations

import math
import re
from collections import Counter

_PLACEHOLDER = re.compile(
    r"""(?ix) ^(?:
        \W* (?:x+|\*+|\.+|_+|-+|0+|1+|a+|\#+) \W*
      | .*(?:example|placeholder|changeme|change[_-]me|replace[_-]?(?:me|with)|dummy|redacted|insert[_-]|your[_-]|my[_-]?(?:secret|token|key|password)
            |not[_-]?a[_-]?secret|todo|fixme|sample|lorem|abcdefghijklm|abcd?123|1234567890123|(?:1234-){2}|cleartext|\#{4}|\*{4}).*
      | (?:[a-z]{2,8}[_-])+123456(?:7890?|789)?         # nothing but counted
      | .*\.\.\. | \[.*\] | \(.*\) | 1234567890(?:abcdef)?
      | (?:true|false|none|null|nil|undefined|default|required|optional|string|secret|token|password|passwd|test|testing|unknown|empty|pass|user|username|foo|bar)
    )$"""
)
_REFERENCE = re.compile(
    r"""(?x) ^(?:
        \$\{.*\}? | \$\(.*\)? | \$[A-Za-z_][\w.]* | %\(?\w+\)?[sd]?%? | \{\{.*(?:\}\})? | <[^>]*>? | \#\{.*\}? | @\w+ | !\w+.*
      | (?:process\.env|os\.environ|os\.getenv|getenv|env|ENV|config|settings|secrets|vars|var|self|this|params|args|request|options)[.\[(].*
      | [A-Za-z_][\w.]*[(\[{].*                       # a call, an index
      | (?:\.{0,2}/)?(?:[A-Za-z][\w.-]*/)+[\w.-]*      # a path of words
      | https?://[^\s:@]*
      | (?:[A-Za-z][a-z]*|[A-Z]+)(?:[._-](?:[A-Za-z][a-z]*|[A-Z]+|v\d{1,3}))+  # words joined
      | \w{1,12}:(?:[A-Z][a-z]+){3,}                     # a kind and a name in many words
      | [a-z]+(?:-[a-z]+)*-\d+(?:\.\d+)+               # a package and its version
      | [a-z]+(?:[A-Z][a-z]+)+ | (?:[A-Z][a-z]+)+ | [A-Z]+(?:_[A-Z]+)* | [a-z]+(?:_[a-z]+)*
    )$"""
)


def entropy(text: str) -> float:
    """Return the Shannon entropy in bits a character (Shannon 1948, over the text's own frequencies)."""
    if not text:
        return 0.0
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())


def is_placeholder(value: str) -> bool:
    """Return whether a value only stands where a secret would."""
    return _PLACEHOLDER.match(value) is not None or len(set(value)) <= 3  # noqa: PLR2004 - "abab", "xxxx-xxxx"


def is_reference(value: str) -> bool:
    """Return whether a value names something instead of being it: a variable, a call, a path, plain words."""
    return _REFERENCE.match(value) is not None
