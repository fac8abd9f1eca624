"""What called names reach."""

from __future__ import annotations

from archaeology.code.adapters.base import Adapter
from archaeology.facts import Import


class Targets(dict[bytes, str | None]):
    """What a name as it is written reaches; the same few things are called again and again."""

    def __init__(self, adapter: Adapter, imports: tuple[Import, ...]) -> None:
        self.adapter = adapter
        self._bound = dict(pair for found in imports for pair in adapter.bindings(found))

    def heads(self) -> set[bytes]:
        """Return the first parts of all names that reach anything."""
        return {head.encode() for head in (*self._bound, *self.adapter.ambient)}

    def __missing__(self, written: bytes) -> str | None:
        match = self.adapter.call_pattern.match(written)
        text = match.group().decode("utf-8", "replace") if match is not None else None
        self[written] = target = None if text is None else self.adapter.call_target(text, self._bound)
        return target
