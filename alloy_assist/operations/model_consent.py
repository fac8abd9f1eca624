"""Who may be asked: a person's own leave, kept outside the repository.

The settings of a project are committed, so somebody else may have written them. What they name is used only after a person has
allowed exactly that, for this repository, on this machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from alloy_assist.settings import ModelSettings


@dataclass(frozen=True)
class Consent:
    """The leave that was given, by repository, in a file of the person's own."""

    file: Path
    root: Path

    def given(self, model: ModelSettings) -> bool:
        """Return whether the person allowed this very model at this very address for this repository."""
        return self._read().get(str(self.root)) == _fingerprint(model)

    def give(self, model: ModelSettings) -> None:
        """Remember that the person allows it. Raises OSError."""
        self._write({**self._read(), str(self.root): _fingerprint(model)})

    def withdraw(self) -> None:
        """Forget it. Raises OSError."""
        known = self._read()
        if known.pop(str(self.root), None) is not None:
            self._write(known)

    def _read(self) -> dict[str, str]:
        try:
            body = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            # Unreadable is the same as not given: the safe side.
            return {}
        return {str(key): str(value) for key, value in body.items()} if isinstance(body, dict) else {}

    def _write(self, body: dict[str, str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.file.with_name(self.file.name + ".new")
        temporary.write_text(json.dumps(body, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        temporary.chmod(0o600)
        temporary.replace(self.file)


def _fingerprint(model: ModelSettings) -> str:
    named = json.dumps([model.choice, model.name, model.base_url])
    return hashlib.sha256(named.encode()).hexdigest()
