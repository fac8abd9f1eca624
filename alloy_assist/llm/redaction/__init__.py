"""Redaction: what may look like a secret is replaced before anything leaves the machine, and what was replaced is said."""

from __future__ import annotations

from alloy_assist.llm.redaction.paths import is_secret_path
from alloy_assist.llm.redaction.redactor import Redacted, Redactor

__all__ = ["Redacted", "Redactor", "is_secret_path"]
