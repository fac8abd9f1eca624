"""What a check of the store finds."""

from __future__ import annotations

from store.records import Frozen


class Problem(Frozen):
    """Something that is not as it should be. ``fatal`` ones mean that what the store says can no longer be relied on."""

    area: str
    subject: str
    message: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}"
