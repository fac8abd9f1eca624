"""The history of a repository, read in one pass over git."""

from __future__ import annotations

from archaeology.history.log import CommitSequence, PackedLog
from archaeology.history.read import read_history, read_log

__all__ = ["CommitSequence", "PackedLog", "read_history", "read_log"]
