"""The tools that the agent may use: all of them only read, none reaches the network, and every result is capped and fenced."""

from __future__ import annotations

from alloy_assist.agent.tools.toolbox import Tool, Toolbox, specs_of, standard_tools

__all__ = ["Tool", "Toolbox", "specs_of", "standard_tools"]
