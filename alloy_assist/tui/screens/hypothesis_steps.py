"""What a person does about hypotheses, as actions of their screen: search, read the evidence, decide."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Coroutine
from functools import cached_property, partial
from typing import Any

from alloy_assist.tui import editor
from alloy_assist.tui.host import Area
from alloy_assist.tui.hypothesis_list import HypothesisList
from alloy_assist.tui.modals import Choose, Option
from alloy_assist.tui.present import hypotheses as present
from alloy_assist.tui.screens.hypothesis_decisions import Decisions
from alloy_assist.tui.widgets.evidence import EvidenceView
from alloy_assist.tui.widgets.search_line import SearchLine
from store.interviews import HypothesisDecision, StoredHypothesis


class HypothesisSteps(Area):
    """The half of the hypotheses screen that does something; the other half shows them."""

    _list = HypothesisList()

    @property
    @abstractmethod
    def _here(self) -> StoredHypothesis | None:
        """The one at hand."""

    @abstractmethod
    def show(self) -> None:
        """Show what the filter lets through."""

    @abstractmethod
    async def decided(self, key: str) -> None:
        """Fetch them again after a decision about one."""

    @cached_property
    def _decisions(self) -> Decisions:
        return Decisions(self.host, self.decided)

    def action_search(self) -> None:
        """Open the search line."""
        self.query_one(SearchLine).open()

    def action_back(self) -> None:
        """Close what is open: the search, then the evidence, then the screen."""
        if self.query_one(SearchLine).close():
            self.query_one("#list").focus()
        elif self.has_class("-reading"):
            self.remove_class("-reading")
            self.query_one("#list").focus()
        else:
            self.host.goto("start")

    def action_filter(self) -> None:
        """Choose which ones are shown."""
        self.begin(self._choose_filter)

    async def _choose_filter(self) -> None:
        decisions = [Option(f"decision:{item}", item, "decision") for item in HypothesisDecision]
        kinds = [Option(f"family:{item}", present.family_name(item), "family") for item in self._list.families]
        chosen = await self.app.push_screen_wait(
            Choose("Show which ones?", [Option("all:", "all"), *decisions, *kinds])
        )
        if chosen is not None:
            self._list = self._list.chosen(chosen)
            self.show()

    def action_cite(self, step: int) -> None:
        """Go to the next or previous citation; on a narrow screen that opens the evidence first."""
        view = self.query_one(EvidenceView)
        if not view.display:
            self.action_read()
        else:
            view.step(step)

    def action_read(self) -> None:
        """Give the evidence the room, or take it back."""
        self.toggle_class("-reading")
        if self.has_class("-reading"):
            self.query_one(EvidenceView).focus()
        else:
            self.query_one("#list").focus()

    def action_scroll_page(self, step: int) -> None:
        """Scroll the page while the list keeps the keys."""
        self.query_one("#page").scroll_relative(y=step, animate=False)

    def action_edit(self) -> None:
        """Open the cited file in the person's editor."""
        place = self.query_one(EvidenceView).place
        if place is None:
            self.host.say("There is no file to open here: go to a citation with n.")
            return
        editor.edit(self.host, self.services.project.root, place)

    def action_interview(self) -> None:
        """Begin the interview about the one at hand."""
        if (item := self._settled) is not None:
            self.host.goto("interview", hypothesis=item.id)

    def action_confirm(self) -> None:
        """Confirm the one at hand as it stands."""
        self._decide(self._decisions.confirm)

    def action_reject(self) -> None:
        """Reject it, with a reason."""
        self._decide(self._decisions.reject)

    def action_defer(self) -> None:
        """Put it off."""
        self._decide(self._decisions.defer)

    def action_undo(self) -> None:
        """Take the last decision back."""
        self.begin(self._decisions.undo)

    def _decide(self, how: Callable[[StoredHypothesis], Coroutine[Any, Any, None]]) -> None:
        if (item := self._settled) is not None:
            self.begin(partial(how, item))

    @property
    def _settled(self) -> StoredHypothesis | None:
        """The one at hand, if there is something to decide about it yet; otherwise that is said."""
        item = self._here
        if item is not None and item.id in self._list.provisional:
            self.host.say("The scan is still at it; it can be decided as soon as the scan is over.", title="So far")
            return None
        return item
