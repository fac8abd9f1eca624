"""A small file of the person's own: names and values, outside of every repository."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PersonalFile:
    """Names and values in one JSON object that only its owner may read."""

    path: Path

    def read(self) -> dict[str, str]:
        """Return what is kept. A file that cannot be read holds nothing: the safe side, since it gives leave."""
        try:
            body = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in body.items()} if isinstance(body, dict) else {}

    def write(self, body: dict[str, str]) -> None:
        """Keep exactly this. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_name(self.path.name + ".new")
        temporary.write_text(json.dumps(body, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        temporary.chmod(0o600)
        temporary.replace(self.path)
