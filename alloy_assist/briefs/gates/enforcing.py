"""Which gates fail on a forbidden move that a person put into words: told from names that both mention, never assumed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from alloy_assist.briefs.family import Gate, GateMode

_IMPORTS = re.compile(r"\bimport", re.IGNORECASE)
_SHORTEST = 3


def enforcing(move: str, gates: Iterable[Gate]) -> tuple[str, ...]:
    """Return the ids of the gates that check what a move is about.

    A gate about imports counts for a move that speaks of importing and names one of its modules; any other for a move that quotes its
    pattern, path, symbol or test. What cannot be told this way is a warning: a gate that is said to hold and does not is worse than none.
    """
    return tuple(
        gate.id for gate in gates if gate.mode is not GateMode.ADVISORY and gate.check and _speaks_of(move, gate.check)
    )


def _speaks_of(move: str, check: dict[str, Any]) -> bool:
    if check.get("kind") == "import_boundary":
        return bool(_IMPORTS.search(move)) and any(_named(name, move) for name in _modules(check))
    quoted = (check.get(field) for field in ("pattern", "path", "symbol", "test"))
    return any(isinstance(text, str) and len(text) >= _SHORTEST and text in move for text in quoted)


def _modules(check: dict[str, Any]) -> Iterator[str]:
    for end in (*check.get("sources", ()), *check.get("forbidden", ())):
        module = str(end.get("module", ""))
        yield module
        yield re.split(r"[./]", module)[-1]
        if end.get("path"):
            yield str(end["path"]).rstrip("/")


def _named(name: str, move: str) -> bool:
    return len(name) >= _SHORTEST and re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", move) is not None
