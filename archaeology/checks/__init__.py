"""Runs checks against the facts of a revision: does the intent hold there, and if not, where not?"""

from __future__ import annotations

from archaeology.checks.engine import CommandRunner, evaluate
from archaeology.checks.verdict import Step, Verdict, Violation

__all__ = ["CommandRunner", "Step", "Verdict", "Violation", "evaluate"]
