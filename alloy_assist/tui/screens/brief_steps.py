"""The steps of a brief, as actions of its screen: each asks what it has to ask, and the operation does it."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Literal

from alloy_assist.tui.host import Area
from alloy_assist.tui.modals import AskText, Choose, Option, Reader
from alloy_assist.tui.pick import Pick
from alloy_assist.tui.present import briefs as present
from store.runs import BriefRow, BriefState

if TYPE_CHECKING:
    from alloy_assist.operations.briefing import Preview

_MODES = (
    Option("dry_run", "dry run", "the run may look and plan, and change nothing"),
    Option("mutating", "mutating", "the run may change the repository"),
)
_RUNS = {"dry_run": "dry run", "mutating": "run that changes the repository"}


class BriefSteps(Area):
    """The half of the briefs screen that changes briefs; the other half shows them."""

    _preview: Preview | None = None
    _previewed: str | None = None
    _wanted: str | None = None

    @property
    @abstractmethod
    def _here(self) -> BriefRow | None:
        """The brief at hand."""

    @abstractmethod
    async def reload(self) -> None:
        """Fetch the briefs again, after a step."""

    def action_create(self) -> None:
        """Make a new brief."""
        self.begin(partial(self.create, ()))

    async def create(self, marked: tuple[str, ...]) -> None:
        """Ask for the objective and the records, and make the brief."""
        objective = await self.app.push_screen_wait(
            AskText("What is the run to achieve?", about="A sentence or two; the brief is compiled for it.")
        )
        if not objective:
            return
        candidates = await self.services.stored(lambda project: project.briefing.candidates(objective))
        if not candidates:
            self.host.say(
                "No record is accepted yet: confirm a hypothesis or finish an interview first.", severity="warning"
            )
            return
        options = [Option(item.record.id, item.record.title, item.reason) for item in candidates]
        suggested = marked or tuple(item.record.id for item in candidates if item.suggested)
        about = "Space marks, a marks all, Enter takes what is marked. Beside each stands why it may matter here."
        chosen = await self.app.push_screen_wait(Pick("Which records?", options, marked=suggested, about=about))
        if chosen is None:
            return
        reasons = {item.record.id: item.reason if item.suggested else "you marked it" for item in candidates}
        item = await self.services.stored(lambda project: project.briefing.create(objective, chosen, reasons=reasons))
        self._wanted = item.id
        await self.reload()

    async def review(self, item: BriefRow) -> None:
        """Offer it for review."""
        await self.services.stored(lambda project: project.briefing.review(item.id))
        self.host.say("Read it, then Enter approves what you see.", title="Ready for review")
        await self.reload()

    def action_approve(self) -> None:
        """Approve what is shown, for a mode."""
        item, preview = self._here, self._preview
        if item is not None and preview is not None and self._previewed == item.id:
            self.begin(partial(self._approve, item, preview))

    async def _approve(self, item: BriefRow, preview: Preview) -> None:
        about = f"You approve what is shown: {preview.digest_shown}"
        mode = await self.app.push_screen_wait(Choose("Approve for which mode?", _MODES, about=about))
        if mode is not None:
            for_what: Literal["dry_run", "mutating"] = "mutating" if mode == "mutating" else "dry_run"
            await self.services.stored(
                lambda project: project.briefing.approve(item.id, for_what, seen_digest=preview.digest_shown)
            )
            self.host.say(f"For a {_RUNS[mode]}. Enter compiles it.", title="Approved")
            await self.reload()

    def action_compile(self) -> None:
        """Compile what was approved."""
        if self._here is not None:
            self.begin(partial(self._compile, self._here))

    async def _compile(self, item: BriefRow) -> None:
        compiled = await self.services.stored(lambda project: project.briefing.compile(item.id))
        self.host.say(f"{len(compiled.files)} files are below .alloy/. Enter verifies them.", title="Compiled")
        await self.reload()

    def action_verify(self) -> None:
        """Verify its bytes."""
        if self._here is not None:
            self.begin(partial(self._verify, self._here))

    async def _verify(self, item: BriefRow) -> None:
        found = await self.services.stored(lambda project: project.briefing.verify(item.id))
        self.app.push_screen(
            Reader("Verified" if found.ok else "It does not verify", tuple(present.verification(found)))
        )

    def action_export(self) -> None:
        """Write its files again, after showing which."""
        if self._here is not None:
            self.begin(partial(self._export, self._here))

    async def _export(self, item: BriefRow) -> None:
        plan = await self.services.stored(lambda project: project.briefing.export(item.id, dry_run=True))
        if not present.exports_anything([entry.action for entry in plan]):
            self.host.say(f"All {len(plan)} files below .alloy/ are as they should be.", title="Exported already")
            return
        about = present.export_plan([(entry.action, str(entry.path)) for entry in plan])
        chosen = await self.app.push_screen_wait(
            Choose("Write these files?", [Option("yes", "Write them"), Option("no", "Leave them")], about=about)
        )
        if chosen == "yes":
            await self.services.stored(lambda project: project.briefing.export(item.id))
            self.host.say(f"{len(plan)} files are in .alloy/.", title="Exported")

    def action_take_back(self) -> None:
        """Take it back to a draft, with a reason."""
        if self._here is not None:
            self.begin(partial(self._take_back, self._here))

    async def _take_back(self, item: BriefRow) -> None:
        if item.state not in {BriefState.REVIEWABLE, BriefState.APPROVED}:
            self.host.say(f"It is {item.state}: only what is under review or approved can go back.")
            return
        reason = await self.app.push_screen_wait(AskText("Why does it go back?"))
        if reason:
            back = "revoke" if item.state is BriefState.APPROVED else "back_to_draft"
            await self.services.stored(lambda project: getattr(project.briefing, back)(item.id, reason))
            await self.reload()
