"""The evidence browser: one citation at a time, its code highlighted in its context, its commit with the diff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from alloy_assist.tui.plain import block, lines, text
from alloy_assist.tui.present.code import code_lines, commit_heading, diff_lines
from alloy_assist.tui.present.hypotheses import where

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_DIFF_LINES = 400
_CONTEXT = 8
_STATUS_WORDS = {
    "same": ("as it was cited", "$text-muted"),
    "moved": ("moved since, found again", "$text-warning"),
    "changed": ("changed since", "$text-warning"),
    "gone": ("gone", "$text-error"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation ready for showing. ``path`` and ``line`` are where an editor would open it; path is empty for a commit."""

    heading: Content
    rows: tuple[Content, ...]
    cited_row: int = 0
    path: str = ""
    line: int = 1


def read_citation(project: Project, citation: dict[str, Any]) -> Shown:
    """Read what a citation points at. Slow; not for the screen's thread. Raises ArchaeologyError."""
    if citation.get("kind") == "commit":
        return _read_commit(project, citation)
    excerpt = project.evidence.excerpt(citation, _CONTEXT)
    words, style = _STATUS_WORDS.get(excerpt.status, (excerpt.status, "$text-warning"))
    detail = f": {excerpt.detail}" if excerpt.detail and excerpt.status != "same" else ""
    heading = text((where(citation), "bold"), "  ", (words + detail, style))
    if not excerpt.lines:
        quote = str(citation.get("quote", ""))
        return Shown(heading, (text(("What was cited:", "$text-muted")), *block((quote, "$text-muted")).split("\n")))
    rows = code_lines(excerpt.path, excerpt.lines, excerpt.first_line, excerpt.marked)
    return Shown(heading, tuple(rows), max(0, excerpt.marked[0] - excerpt.first_line), excerpt.path, excerpt.marked[0])


def _read_commit(project: Project, citation: dict[str, Any]) -> Shown:
    detail = project.evidence.commit(str(citation["commit"]))
    subject, _, rest = detail.message.partition("\n")
    rows = [*block(rest.strip()).split("\n"), Content("")] if rest.strip() else [Content("")]
    quoted = [item.strip() for item in str(citation.get("quote", "")).splitlines() if item.strip()]
    marked = [
        row.stylize_before("on $cited-line")
        if row.plain.strip() and any(row.plain.strip() in item for item in quoted)
        else row
        for row in rows
    ]
    diff = diff_lines(detail.diff, _DIFF_LINES)
    cut = (
        [text(("the diff is longer than is shown here", "$text-muted"))]
        if detail.truncated or len(diff) == _DIFF_LINES
        else []
    )
    return Shown(commit_heading(detail.oid, detail.author, _day(detail.time), subject), (*marked, *diff, *cut))


def _day(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return "?"


class EvidenceView(VerticalScroll, can_focus=True):
    """Shows one of several citations; asks for it by a message, and is given it by :meth:`show`."""

    DEFAULT_CSS = """
    EvidenceView { height: 1fr; background: $background; overflow-x: auto; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    EvidenceView > #evidence-head { height: auto; background: $panel; dock: top; padding: 0 1; }
    EvidenceView > #evidence-body { width: auto; min-width: 100%; height: auto; }
    EvidenceView > #evidence-body.-words { width: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False, id="evidence.down"),
        Binding("k", "scroll_up", "Up", show=False, id="evidence.up"),
    ]

    @dataclass
    class Wanted(Message):
        """Somebody should read this citation and hand it over."""

        citation: dict[str, Any]

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        """Show nothing yet."""
        super().__init__(id=id)
        self._citations: list[tuple[str, dict[str, Any]]] = []
        self._position = 0
        self._shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """A heading that stays, and the rows."""
        yield Static(Content(""), id="evidence-head")
        yield Static(Content(""), id="evidence-body")

    @property
    def place(self) -> tuple[str, int] | None:
        """The path and line to open in an editor, or None."""
        return (self._shown.path, self._shown.line) if self._shown and self._shown.path else None

    @property
    def current(self) -> dict[str, Any] | None:
        """The citation at hand."""
        return self._citations[self._position][1] if self._citations else None

    def browse(self, citations: list[tuple[str, dict[str, Any]]]) -> None:
        """Take new citations and begin with the first."""
        self._citations, self._position, self._shown = citations, 0, None
        self._ask()

    def step(self, by: int) -> None:
        """Go to the next or previous citation, around the end."""
        if self._citations:
            self._position = (self._position + by) % len(self._citations)
            self._ask()

    def show(self, citation: dict[str, Any], shown: Shown) -> None:
        """Show what was read, unless the person has moved on meanwhile."""
        if citation is not self.current or not self.is_attached:
            return
        self._shown = shown
        self._head(shown.heading)
        body = self.query_one("#evidence-body", Static)
        body.remove_class("-words")
        body.update(lines(shown.rows))
        self.scroll_to(0, max(0, shown.cited_row - 2), animate=False)

    def show_problem(self, citation: dict[str, Any], words: str) -> None:
        """Say why a citation cannot be shown."""
        if citation is self.current and self.is_attached:
            self._head(text((where(citation), "bold")))
            body = self.query_one("#evidence-body", Static)
            body.add_class("-words")
            body.update(block((words, "$text-warning")))

    def _ask(self) -> None:
        body = self.query_one("#evidence-body", Static)
        if self.current is None:
            self._head(text(("No citations", "$text-muted")))
            body.update(Content(""))
            return
        self._head(text((where(self.current), "bold"), ("  reading…", "$text-muted")))
        body.update(Content(""))
        self.post_message(self.Wanted(self.current))

    def _head(self, heading: Content) -> None:
        if self._citations:
            number = text((f"{self._position + 1}/{len(self._citations)} ", "$text-accent bold"))
            summary = text((self._citations[self._position][0], "$text-muted"))
            self.query_one("#evidence-head", Static).update(lines([number + heading, summary]))
        else:
            self.query_one("#evidence-head", Static).update(heading)
