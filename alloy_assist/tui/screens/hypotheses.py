"""The hypotheses: a list by rank, the page of the one at hand, and its evidence."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from alloy_assist.tui.host import RESTS_SECONDS, TopBar
from alloy_assist.tui.messages import HypothesesLoaded, ScanChanged
from alloy_assist.tui.plain import text
from alloy_assist.tui.present import hypotheses as present
from alloy_assist.tui.problems import explain
from alloy_assist.tui.screens.hypothesis_steps import HypothesisSteps
from alloy_assist.tui.widgets.evidence import EvidenceView, read_citation
from alloy_assist.tui.widgets.page import Page
from alloy_assist.tui.widgets.rows import LOADING, QuietRowList, RowList, Rule
from alloy_assist.tui.widgets.search_line import SearchLine
from store.interviews import StoredHypothesis


class HypothesesScreen(HypothesisSteps):
    """Decisions are made here, or after an interview; each can be undone."""

    NAME = "hypotheses"
    ABOUT = (
        "What the repository seems to protect. Nothing here is a fact until you say so: i interviews you about it, "
        "y confirms it as it stands, x rejects it with a reason, l puts it off, u takes the last decision back. "
        "n and p go through the citations, J and K scroll the page, v gives the evidence the room."
    )
    CSS_PATH = "hypotheses.tcss"
    OF_ONE = frozenset({"interview", "confirm", "reject", "defer", "cite", "edit", "read", "scroll_page"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "interview", "Interview", id="hypotheses.interview"),
        Binding("y", "confirm", "Confirm", id="hypotheses.confirm"),
        Binding("x", "reject", "Reject", id="hypotheses.reject"),
        Binding("l", "defer", "Later", id="hypotheses.later"),
        Binding("n", "cite(1)", "Next citation", id="hypotheses.next_citation"),
        Binding("p", "cite(-1)", "Previous", show=False, id="hypotheses.previous_citation"),
        Binding("e", "edit", "Editor", id="hypotheses.editor"),
        Binding("slash", "search", "Search", id="hypotheses.search"),
        Binding("f", "filter", "Filter", id="hypotheses.filter"),
        Binding("u", "undo", "Undo", show=False, id="hypotheses.undo"),
        Binding("J", "scroll_page(3)", "Page down", show=False, id="hypotheses.page_down"),
        Binding("K", "scroll_page(-3)", "Page up", show=False, id="hypotheses.page_up"),
        Binding("v", "read", "Evidence", show=False, id="hypotheses.evidence"),
        Binding("escape", "back", "Back", show=False, id="hypotheses.back"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self._wanted: str | None = None
        self._rest: Timer | None = None
        self._so_far: tuple[StoredHypothesis, ...] = ()

    def body(self) -> ComposeResult:
        """The list at the left, the page and the evidence at the right."""
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield Static(Content(""), id="state")
                yield SearchLine("search titles and subjects", id="search")
                yield QuietRowList(row_height=2, empty=LOADING, id="list")
            with Vertical(id="right"):
                with VerticalScroll(id="page"):
                    yield Page(id="page-text")
                yield EvidenceView(id="evidence")

    def on_mount(self) -> None:
        """Let the list listen to the keys."""
        self.query_one("#list").focus()

    def load(self) -> None:
        """Fetch the hypotheses."""
        self.begin(self._load, "load", exclusive=True)

    def aim(self, target: dict[str, str]) -> None:
        """Show a certain hypothesis."""
        self._wanted = target.get("hypothesis")

    async def _load(self) -> None:
        items = (
            await self.services.stored(lambda project: tuple(project.hypotheses.list()))
            if self.services.has_database
            else ()
        )
        self.post_message(HypothesesLoaded(items))

    def on_hypotheses_loaded(self, message: HypothesesLoaded) -> None:
        """Show them, and what a running scan has besides."""
        self._list = self._list.holding(message.items, self.host.scan_state.so_far)
        self.show()
        if self._wanted is not None:
            self.query_one("#list", RowList).select(self._wanted)
            self._wanted = None
        self._show_page()

    def on_scan_changed(self, message: ScanChanged) -> None:
        """Let the list grow while a scan runs; its end brings what was kept, by :meth:`load`."""
        self.query_one(TopBar).show_busy("scanning…" if message.state.running else "")
        if message.state.so_far and message.state.so_far is not self._so_far:
            self._so_far = message.state.so_far
            self._list = self._list.growing(self._so_far)
            self.show()

    def on_row_list_moved(self) -> None:
        """Show the page once the cursor rests, so that it moves as fast as the keys come."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(RESTS_SECONDS, self._show_page)

    def on_row_list_chosen(self) -> None:
        """Enter begins the interview about it."""
        self.action_interview()

    def on_evidence_view_wanted(self, message: EvidenceView.Wanted) -> None:
        """Read a citation."""
        self.begin(partial(self._read, message.citation), "citation", exclusive=True)

    async def _read(self, citation: dict[str, Any]) -> None:
        view = self.query_one(EvidenceView)
        try:
            shown = await self.services.read(lambda project: read_citation(project, citation))
        except Exception as error:  # noqa: BLE001 - said where the evidence would be
            view.show_problem(citation, explain(error).text)
        else:
            view.show(citation, shown)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow the list down while the person types."""
        self._list = self._list.with_words(message.value)
        self.show()

    def on_input_submitted(self) -> None:
        """Go on to the list."""
        self.query_one("#list").focus()

    async def decided(self, key: str) -> None:
        """Fetch them again after a decision, with the cursor on the one that it was about."""
        self._wanted = key
        await self._load()

    @property
    def _here(self) -> StoredHypothesis | None:
        selected = self.query_one("#list", RowList).selected
        return self._list.items.get(selected) if selected else None

    def show(self) -> None:
        """Show what the filter lets through."""
        held, shown = self._list, self._list.shown
        self.query_one("#list", RowList).show(
            shown,
            lambda index, width: present.row(held.items[shown[index]], width, so_far=shown[index] in held.provisional),
            empty=held.nothing_shown(scanning=self.host.scan_state.running),
            rule=None if held.sure is None else Rule(held.sure, present.LESS_SURE),
        )
        if not shown:
            # The list has no row to tell of, and what it showed before is not meant any more.
            self._show_page()
        self.query_one("#state", Static).update(text(held.state(len(shown))))

    def _show_page(self) -> None:
        item = self._here
        self.query_one("#page-text", Page).show(
            present.detail(item, so_far=item.id in self._list.provisional) if item else ()
        )
        self.query_one("#page").scroll_home(animate=False)
        self.query_one(EvidenceView).browse(present.citations(item) if item else [])
