"""What a person settled about models on this machine, kept outside of every repository: their leave, and how a model is best asked.

The settings of a project are committed, so somebody else may have written them. What they name is used only after a person has
allowed exactly that, for this repository, on this machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alloy_assist.operations.personal_file import PersonalFile

if TYPE_CHECKING:
    from alloy_assist.llm.gateway import Mode
    from alloy_assist.settings import ModelSettings

_MODES_FILE = "model-modes.json"


@dataclass(frozen=True)
class Consent:
    """The leave that was given, by repository, in a file of the person's own."""

    file: Path
    root: Path

    def given(self, model: ModelSettings) -> bool:
        """Return whether the person allowed this very model at this very address for this repository."""
        return PersonalFile(self.file).read().get(str(self.root)) == _fingerprint(model)

    def give(self, model: ModelSettings) -> None:
        """Remember that the person allows it. Raises OSError."""
        kept = PersonalFile(self.file)
        kept.write({**kept.read(), str(self.root): _fingerprint(model)})

    def withdraw(self) -> None:
        """Forget it. Raises OSError."""
        kept = PersonalFile(self.file)
        known = kept.read()
        if known.pop(str(self.root), None) is not None:
            kept.write(known)

    def mode(self, model: ModelSettings) -> Mode | None:
        """Return the way of asking this model that was found to work; it belongs to the model at its address, whatever the repository."""
        from alloy_assist.llm.gateway import MODES

        kept = self._modes.read().get(_fingerprint(model))
        return next((mode for mode in MODES if mode == kept), None)

    def remember_mode(self, model: ModelSettings, mode: Mode) -> None:
        """Remember which way works. Raises OSError."""
        self._modes.write({**self._modes.read(), _fingerprint(model): mode})

    @property
    def _modes(self) -> PersonalFile:
        return PersonalFile(self.file.with_name(_MODES_FILE))


def _fingerprint(model: ModelSettings) -> str:
    named = json.dumps([model.choice, model.name, model.base_url])
    return hashlib.sha256(named.encode()).hexdigest()
