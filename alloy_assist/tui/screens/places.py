"""Evidence in a dialog: where something was seen, one place at a time."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from alloy_assist.tui.host import run_apart
from alloy_assist.tui.modals import BOX_CSS
from alloy_assist.tui.problems import explain
from alloy_assist.tui.services import Services
from alloy_assist.tui.widgets.evidence import EvidenceView, read_citation
from alloy_assist.tui.widgets.key_bar import KeyBar


class PlacesDialog(ModalScreen[None]):
    """Browses citations over whatever screen asked."""

    DEFAULT_CSS = f"PlacesDialog {{ {BOX_CSS} }} PlacesDialog > Vertical {{ height: 90%; max-width: 140; }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "step(1)", "Next", id="places.next"),
        Binding("p", "step(-1)", "Previous", id="places.previous"),
        Binding("escape,q,w,enter", "dismiss_none", "Close", id="dialog.close"),
    ]

    def __init__(self, places: list[tuple[str, dict[str, Any]]], services: Services) -> None:
        """Browse ``places``: what each shows, and the citation."""
        super().__init__()
        self._places, self._services = places, services

    def compose(self) -> ComposeResult:
        """The evidence browser."""
        with Vertical():
            yield EvidenceView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the first."""
        view = self.query_one(EvidenceView)
        view.browse(self._places)
        view.focus()

    def on_evidence_view_wanted(self, message: EvidenceView.Wanted) -> None:
        """Read a citation."""
        run_apart(self, partial(self._read, message.citation), "citation", exclusive=True)

    async def _read(self, citation: dict[str, Any]) -> None:
        view = self.query_one(EvidenceView)
        try:
            shown = await self._services.read(lambda project: read_citation(project, citation))
        except Exception as error:  # noqa: BLE001 - said where the evidence would be
            view.show_problem(citation, explain(error).text)
        else:
            view.show(citation, shown)

    def action_step(self, by: int) -> None:
        """Go to the next or previous place."""
        self.query_one(EvidenceView).step(by)

    def action_dismiss_none(self) -> None:
        """Close."""
        self.dismiss(None)
