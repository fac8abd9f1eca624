"""All actions that listen to a key, by the id under which the settings can give them another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.dom import DOMNode

from alloy_assist.tui.widgets.answer import AnswerArea
from alloy_assist.tui.widgets.choices import ChoiceList
from alloy_assist.tui.widgets.evidence import EvidenceView
from alloy_assist.tui.widgets.rows import RowList


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """An action: its id, its keys (comma-separated), and what it does."""

    id: str
    key: str
    label: str


def key_bindings(screens: Mapping[str, object]) -> tuple[KeyBinding, ...]:
    """Return every remappable action of the application, the screens and the widgets, each once."""
    from alloy_assist.tui.app import AlloyApp

    found: dict[str, KeyBinding] = {}
    for node in (AlloyApp, *screens.values(), RowList, EvidenceView, ChoiceList, AnswerArea):
        if isinstance(node, type) and issubclass(node, DOMNode):
            for binding in node.BINDINGS:
                if isinstance(binding, Binding) and binding.id:
                    found.setdefault(binding.id, KeyBinding(binding.id, binding.key, binding.description))
    return tuple(found.values())
