"""The briefs: choose records and an objective, read every artifact, approve, compile, verify, export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from alloy_assist.tui.messages import BriefsLoaded, PreviewLoaded
from alloy_assist.tui.plain import text
from alloy_assist.tui.present import briefs as present
from alloy_assist.tui.present.markdown import document
from alloy_assist.tui.problems import explain
from alloy_assist.tui.screens.brief_steps import BriefSteps
from alloy_assist.tui.widgets.page import Page
from alloy_assist.tui.widgets.rows import LOADING, RowList
from store.runs import BriefRow

if TYPE_CHECKING:
    from alloy_assist.operations.briefing import Preview

_OVERVIEW = "overview"


class BriefsScreen(BriefSteps):
    """Enter takes the next step of the brief at hand; what is approved is the digest of what was shown."""

    NAME = "briefs"
    ABOUT = (
        "n makes a brief from records and an objective. Enter takes the next step: review, approve for a mode, compile, verify. "
        "h and l (or the arrow keys) go through what would be compiled: the brief, each prompt, the gates, the evidence plan. "
        "x exports the files again, b takes a brief back to a draft."
    )
    CSS_PATH = "briefs.tcss"
    OF_ONE = frozenset({"approve", "compile", "verify", "export", "take_back", "document", "scroll_page"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "create", "New", id="briefs.new"),
        Binding("a", "approve", "Approve", id="briefs.approve"),
        Binding("c", "compile", "Compile", id="briefs.compile"),
        Binding("v", "verify", "Verify", id="briefs.verify"),
        Binding("x", "export", "Export", id="briefs.export"),
        Binding("b", "take_back", "Back to draft", id="briefs.back_to_draft"),
        Binding("l,right", "document(1)", "Next page", id="briefs.next_page"),
        Binding("h,left", "document(-1)", "Previous page", show=False, id="briefs.previous_page"),
        Binding("J", "scroll_page(3)", "Page down", show=False, id="briefs.page_down"),
        Binding("K", "scroll_page(-3)", "Page up", show=False, id="briefs.page_up"),
        Binding("escape", "back", "Back", show=False, id="briefs.leave"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self._items: dict[str, BriefRow] = {}
        self._preview: Preview | None = None
        self._previewed: str | None = None
        self._problem = ""
        self._document = 0
        self._wanted: str | None = None
        self._new: tuple[str, ...] | None = None

    def body(self) -> ComposeResult:
        """The list at the left, what would be compiled at the right."""
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield Static(Content(""), id="state")
                yield RowList(row_height=2, empty=LOADING, id="list")
            with Vertical(id="right"):
                yield Static(Content(""), id="documents")
                with VerticalScroll(id="page"):
                    yield Page(id="page-text")

    def on_mount(self) -> None:
        """Let the list listen to the keys."""
        self.query_one("#list").focus()

    def load(self) -> None:
        """Fetch the briefs; begin a new one where another screen asked for it."""
        self.begin(self._load, "load", exclusive=True)
        if self._new is not None:
            records, self._new = self._new, None
            self.begin(partial(self.create, records))

    def aim(self, target: dict[str, str]) -> None:
        """Show a certain brief, or begin a new one with a record."""
        self._wanted = target.get("brief")
        if "new" in target:
            self._new = (target["record"],) if "record" in target else ()

    async def reload(self) -> None:
        """Fetch the briefs again, after a step, and show ``_wanted`` if it is set."""
        await self._load()

    async def _load(self) -> None:
        items = (
            await self.services.stored(lambda project: project.briefing.list()) if self.services.has_database else ()
        )
        self.post_message(BriefsLoaded(items))

    def on_briefs_loaded(self, message: BriefsLoaded) -> None:
        """Show them."""
        self._items = {item.id: item for item in message.items}
        keys = list(self._items)
        rows = self.query_one("#list", RowList)
        rows.show(
            keys,
            lambda index, width: present.row(self._items[keys[index]], width),
            empty="No briefs yet: n makes one.",
        )
        self.query_one("#state", Static).update(text(f"{len(keys)} {'brief' if len(keys) == 1 else 'briefs'}"))
        if self._wanted is not None:
            rows.select(self._wanted)
            self._wanted = None
        self._ask_preview()

    def on_row_list_moved(self) -> None:
        """Show the one at hand."""
        self._document = 0
        self._ask_preview()

    def on_row_list_chosen(self) -> None:
        """Take the next step."""
        if (item := self._here) is not None:
            match present.NEXT_STEPS.get(item.state, ("", ""))[0]:
                case "review":
                    self.begin(partial(self.review, item))
                case "approve":
                    self.action_approve()
                case "compile":
                    self.action_compile()
                case "verify":
                    self.action_verify()

    def _ask_preview(self) -> None:
        item = self._here
        if item is None:
            self._preview, self._previewed = None, None
            self._show()
        else:
            self.begin(partial(self._read_preview, item.id), "preview", exclusive=True)

    async def _read_preview(self, brief: str) -> None:
        try:
            preview = await self.services.stored(lambda project: project.briefing.preview(brief))
        except Exception as error:  # noqa: BLE001 - said where the preview would be
            self.post_message(PreviewLoaded(brief, None, explain(error).text))
        else:
            self.post_message(PreviewLoaded(brief, preview))

    def on_preview_loaded(self, message: PreviewLoaded) -> None:
        """Show what would be compiled."""
        self._preview, self._previewed, self._problem = message.preview, message.brief, message.problem
        self._show()

    def action_document(self, step: int) -> None:
        """Go to the next or previous page of what would be compiled."""
        self._document = (self._document + step) % len(self._documents)
        self._show()

    def action_scroll_page(self, step: int) -> None:
        """Scroll the page while the list keeps the keys."""
        self.query_one("#page").scroll_relative(y=step, animate=False)

    def action_back(self) -> None:
        """Leave the screen."""
        self.host.goto("start")

    @property
    def _here(self) -> BriefRow | None:
        selected = self.query_one("#list", RowList).selected
        return self._items.get(selected) if selected else None

    @property
    def _documents(self) -> list[str]:
        return [_OVERVIEW, *(self._preview.documents if self._preview else ())]

    def _show(self) -> None:
        names = self._documents
        self._document %= len(names)
        name = names[self._document]
        self.query_one("#documents", Static).update(present.position(names, self._document))
        page = self.query_one("#page-text", Page)
        item = self._here
        if item is None:
            page.show(
                [text(("A brief tells a run what to protect. n makes one from accepted records.", "$text-muted"))]
            )
        elif self._preview is None:
            page.show([*present.overview(item, (), ""), text((self._problem, "$text-warning"))])
        elif name == _OVERVIEW:
            page.show(present.overview(item, self._preview.findings, self._preview.digest_shown))
        else:
            page.show(document(name, self._preview.documents[name]))
        self.query_one("#page").scroll_home(animate=False)
