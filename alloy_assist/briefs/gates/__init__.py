"""Checks as commands that run without this program, and the overlay that holds them."""

from alloy_assist.briefs.gates.overlay import compile_overlay

__all__ = ["compile_overlay"]
