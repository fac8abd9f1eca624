"""Values that have the form of a secret and are printed in public documentation or test suites: nobody is harmed by sending them.

Kept as digests, so that no scanner takes this file for a leak. They are the example keys of Firebase's Android SDK, of the NuGet
documentation and of Yarn's search page, which gitleaks (MIT) lists as known examples too.
"""

from __future__ import annotations

import hashlib

_DIGITS = 16
_PUBLISHED = frozenset(
    {
        "0b476bdf9acf2123",
        "2037abcaffb2b777",
        "27a9a42931dff7eb",
        "2f21fd9c81678e39",
        "37f8f09bdf12c2f2",
        "3a8b61d0f636b007",
        "3f370c9dd8225c63",
        "49f777db995e8260",
        "4c98242dcadc8b29",
        "8731261cb72d8626",
        "a0702bc91d699f60",
        "a19f89ab3555eac1",
        "a6c814bc555ae62c",
        "dba72c00f41f4e4c",
        "dc0fcf046c61640c",
        "e4a5542bb7fd7b67",
        "ea9bb1082cf95663",
        "eb540d2b6ee2a0a4",
    }
)


def is_published(value: str) -> bool:
    """Return whether a value is one of the examples that everybody can read."""
    return hashlib.sha256(value.encode()).hexdigest()[:_DIGITS] in _PUBLISHED
