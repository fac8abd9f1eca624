"""The records: what people have confirmed, with every version, relation and change of state."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from alloy_assist.tui.finder import Finder
from alloy_assist.tui.host import RESTS_SECONDS
from alloy_assist.tui.messages import RecordsLoaded
from alloy_assist.tui.modals import Reader
from alloy_assist.tui.plain import lines, text
from alloy_assist.tui.present import records as present
from alloy_assist.tui.record_changes import governing_text
from alloy_assist.tui.screens.history import HistoryDialog
from alloy_assist.tui.screens.places import PlacesDialog
from alloy_assist.tui.screens.record_steps import RecordSteps
from alloy_assist.tui.widgets.page import Page
from alloy_assist.tui.widgets.rows import LOADING, RowList
from alloy_assist.tui.widgets.search_line import SearchLine
from store.records import FacetName, IntentRecord, RecordState


class RecordsScreen(RecordSteps):
    """Every change asks for its reason and can be read again in the history."""

    NAME = "records"
    ABOUT = (
        "What people have confirmed. s changes the state, with a reason; e edits a facet; v shows every version and what it changed; "
        "m relates it to another record or a path; w shows its evidence; o finds what governs a file; + writes a new record; u takes the last edit back."
    )
    CSS_PATH = "records.tcss"
    OF_ONE = frozenset({"state", "edit", "history", "interview", "brief", "relate", "where"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "state", "State", id="records.state"),
        Binding("e", "edit", "Edit", id="records.edit"),
        Binding("v", "history", "Versions", id="records.versions"),
        Binding("i", "interview", "Interview", id="records.interview"),
        Binding("n", "brief", "New brief", id="records.brief"),
        Binding("m", "relate", "Relate", id="records.relate"),
        Binding("w", "where", "Evidence", id="records.evidence"),
        Binding("slash", "search", "Search", id="records.search"),
        Binding("o", "governs", "Governs", show=False, id="records.governs"),
        Binding("plus", "create", "New record", show=False, id="records.new"),
        Binding("u", "undo", "Undo", show=False, id="records.undo"),
        Binding("escape", "back", "Back", show=False, id="records.back"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self._items: dict[str, IntentRecord] = {}
        self._words: tuple[str, ...] = ()
        self._wanted: str | None = None
        self._rest: Timer | None = None

    def body(self) -> ComposeResult:
        """The list at the left, the record at the right."""
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield Static(Content(""), id="state")
                yield SearchLine("search titles and facets", id="search")
                yield RowList(row_height=2, empty=LOADING, id="list")
            with VerticalScroll(id="page"):
                yield Page(id="page-text")

    def on_mount(self) -> None:
        """Let the list listen to the keys."""
        self.query_one("#list").focus()

    def load(self) -> None:
        """Fetch the records."""
        self.begin(self._load, "load", exclusive=True)

    def aim(self, target: dict[str, str]) -> None:
        """Show a certain record."""
        self._wanted = target.get("record")

    async def reload(self) -> None:
        """Fetch the records again, after a change, and show ``_wanted`` if it is set."""
        await self._load()

    async def _load(self) -> None:
        items = await self.services.stored(lambda project: project.intents.list()) if self.services.has_database else ()
        self.post_message(RecordsLoaded(items))

    def on_records_loaded(self, message: RecordsLoaded) -> None:
        """Show them."""
        order = list(RecordState)
        self._items = {
            item.id: item
            for item in sorted(
                message.items, key=lambda item: (-_RANK.get(item.state, 0), order.index(item.state), item.title)
            )
        }
        self._show()
        if self._wanted is not None:
            self.query_one("#list", RowList).select(self._wanted)
            self._wanted = None
        self._show_page()

    def on_row_list_moved(self) -> None:
        """Show the page once the cursor rests, so that it moves as fast as the keys come."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(RESTS_SECONDS, self._show_page)

    def on_row_list_chosen(self) -> None:
        """Go to the page, to scroll it."""
        self.query_one("#page").focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Narrow the list down while the person types."""
        self._words = tuple(message.value.casefold().split())
        self._show()

    def on_input_submitted(self) -> None:
        """Go on to the list."""
        self.query_one("#list").focus()

    def action_search(self) -> None:
        """Open the search line."""
        self.query_one(SearchLine).open()

    def action_back(self) -> None:
        """Close the search, leave the page, or leave the screen."""
        rows = self.query_one("#list")
        if self.query_one(SearchLine).close() or not rows.has_focus:
            rows.focus()
        else:
            self.host.goto("start")

    def action_history(self) -> None:
        """Show every version and what it changed."""
        if self._here is not None:
            self.begin(partial(self._history, self._here))

    async def _history(self, record: IntentRecord) -> None:
        entries = await self.services.stored(lambda project: project.intents.history(record.id))
        self.app.push_screen(HistoryDialog(record.title, entries))

    def action_where(self) -> None:
        """Show its evidence."""
        if self._here is not None:
            self.app.push_screen(PlacesDialog(present.citations(self._here), self.services))

    def action_governs(self) -> None:
        """Find out which records govern a file."""
        self.begin(self._governs)

    async def _governs(self) -> None:
        path = await self.app.push_screen_wait(Finder("What governs", await self.services.citable_files()))
        if path:
            found = await self.services.stored(lambda project: project.intents.governing(path))
            self.app.push_screen(Reader(f"What governs {path}", lines(governing_text(found))))

    def action_interview(self) -> None:
        """Ask whether it still holds."""
        if self._here is not None:
            self.host.goto("interview", record=self._here.id)

    def action_brief(self) -> None:
        """Begin a brief with it."""
        if self._here is not None:
            self.host.goto("briefs", new="yes", record=self._here.id)

    @property
    def _here(self) -> IntentRecord | None:
        selected = self.query_one("#list", RowList).selected
        return self._items.get(selected) if selected else None

    def _show(self) -> None:
        shown = [key for key, item in self._items.items() if _matches(item, self._words)]
        self.query_one("#list", RowList).show(
            shown,
            lambda index, width: present.row(self._items[shown[index]], width),
            empty="None matches; / changes what is shown."
            if self._items
            else "No records yet: confirm a hypothesis or start an interview.",
        )
        self.query_one("#state", Static).update(text(f"{len(shown):,} of {len(self._items):,}"))

    def _show_page(self) -> None:
        record = self._here
        self.query_one("#page-text", Page).show(present.page(record) if record else ())
        self.query_one("#page").scroll_home(animate=False)


# What is in force first, then what waits for a decision, then what is over.
_RANK = {
    RecordState.ACTIVE: 3,
    RecordState.ACCEPTED: 3,
    RecordState.PROPOSED: 2,
    RecordState.HYPOTHESIZED: 2,
    RecordState.CONTRADICTED: 1,
}


def _matches(record: IntentRecord, words: tuple[str, ...]) -> bool:
    if not words:
        return True
    searched = f"{record.title} {record.id} {record.state} {' '.join(present.facet_text(record, facet) for facet in FacetName)}".casefold()
    return all(word in searched for word in words)
