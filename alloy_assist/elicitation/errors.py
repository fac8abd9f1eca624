"""What can go wrong in an interview that is not a person's answer."""

from __future__ import annotations

from alloy_assist.errors import AlloyError, UsageError


class ElicitationError(AlloyError):
    """An interview's events are damaged, or were given in an order that cannot be."""


class ScriptError(UsageError):
    """A file of answers is malformed, or names an answer that the question does not have."""
