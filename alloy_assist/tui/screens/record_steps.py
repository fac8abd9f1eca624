"""What can be done to a record, as actions of its screen: each asks for what it needs, and the operation does it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial

from alloy_assist.tui.finder import Finder
from alloy_assist.tui.host import Area
from alloy_assist.tui.modals import AskText
from alloy_assist.tui.record_changes import next_states, put_into
from alloy_assist.tui.screens import record_dialogs as dialogs
from store.records import IntentRecord, RelationKind


class RecordSteps(Area):
    """The half of the records screen that changes records; the other half shows them."""

    _items: Mapping[str, IntentRecord]
    _wanted: str | None = None

    def __init__(self) -> None:
        """Begin with no edit to take back."""
        super().__init__()
        self._edited: list[IntentRecord] = []

    @property
    @abstractmethod
    def _here(self) -> IntentRecord | None:
        """The record at hand."""

    @abstractmethod
    async def reload(self) -> None:
        """Fetch the records again, after a change."""

    def action_state(self) -> None:
        """Change the state."""
        if self._here is not None:
            self.begin(partial(self._change_state, self._here))

    async def _change_state(self, record: IntentRecord) -> None:
        if not next_states(record):
            self.host.say(f"{record.title} is {record.state}: that is the end.")
            return
        others = [key for key in self._items if key != record.id]
        change = await dialogs.ask_state(self.app, record, others)
        if change is not None:
            to, reason, successor = change
            await self.services.stored(partial(put_into, record=record, to=to, reason=reason, successor=successor))
            self.host.say(f"{record.title} is {to} now.")
            await self.reload()

    def action_edit(self) -> None:
        """Edit a facet."""
        if self._here is not None:
            self.begin(partial(self._edit, self._here))

    async def _edit(self, record: IntentRecord) -> None:
        changes = await dialogs.ask_edit(self.app, record)
        if changes is not None:
            await self.services.stored(
                lambda project: project.intents.edit(record.id, changes, expected_version=record.version)
            )
            self._edited.append(record)
            self.host.say("A new version is kept; u takes it back.", title="Edited")
            await self.reload()

    def action_undo(self) -> None:
        """Take the last edit made since the application was opened back, as a new version."""
        if self._edited:
            self.begin(partial(self._undo, self._edited.pop()))
        else:
            self.host.say(
                "There is no edit to take back since the application was opened. A change of state is answered by another one: s."
            )

    async def _undo(self, before: IntentRecord) -> None:
        changes = {"title": before.title, "facets": before.facets.model_dump()}
        await self.services.stored(lambda project: project.intents.edit(before.id, changes, reason="taken back"))
        self._wanted = before.id
        await self.reload()

    def action_create(self) -> None:
        """Write a new record from its title on."""
        self.begin(self._create)

    async def _create(self) -> None:
        title = await self.app.push_screen_wait(
            AskText("What is to be kept?", about="A title in a few words; e then fills the facets.")
        )
        if title:
            record = await self.services.stored(
                lambda project: project.intents.create({"title": title}, "written by hand")
            )
            self._wanted = record.id
            await self.reload()

    def action_relate(self) -> None:
        """Relate it to another record, or to a path."""
        if self._here is not None:
            self.begin(partial(self._relate, self._here))

    async def _relate(self, record: IntentRecord) -> None:
        kind = await dialogs.ask_relation(self.app, record)
        if kind is None:
            return
        paths = kind is RelationKind.APPLIES_TO
        names = await self.services.citable_files() if paths else [key for key in self._items if key != record.id]
        target = await self.app.push_screen_wait(Finder(f"… {kind.value.replace('_', ' ')}", names))
        if target:
            await self.services.stored(lambda project: project.intents.relate(record.id, kind, target))
            await self.reload()
