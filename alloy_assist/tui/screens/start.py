"""The first screen: which repository, what is known, what changed since, and one clear next step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from alloy_assist.tui.host import Area
from alloy_assist.tui.known import Known, Step, gather, next_step
from alloy_assist.tui.messages import KnownLoaded, StandingLoaded
from alloy_assist.tui.plain import home_path, lines, text
from alloy_assist.tui.services import Standing
from alloy_assist.tui.widgets.rows import RowList
from store.interviews import HypothesisDecision

_MODEL_WORDS = {
    "undecided": "none chosen; nothing is ever sent",
    "offline": "offline; nothing leaves this machine",
}


class StartScreen(Area):
    """Opens at once: the frame stands before the repository or the store has been touched."""

    NAME = "start"
    ABOUT = (
        "Alloy reads this repository, says what it believes the team is protecting, asks what only you can answer, "
        "keeps what you confirm and compiles it into briefs for agents. Press Enter for the next step."
    )
    DEFAULT_CSS = """
    StartScreen VerticalScroll { padding: 1 2; height: 1fr; }
    StartScreen #known { height: auto; margin-bottom: 1; }
    StartScreen #next { height: auto; border: round $border; padding: 0 1; margin-bottom: 1; }
    StartScreen #steps { height: auto; min-height: 8; max-height: 12; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Next step", id="start.next"),
        Binding("c", "scan", "Scan", id="start.scan"),
    ]

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self._known: Known | None = None
        self._standing: Standing | None = None
        self._steps: tuple[Step, ...] = ()
        self._eager = False

    def body(self) -> ComposeResult:
        """What is known, the next step, and what else there is to do."""
        with VerticalScroll(can_focus=False):
            yield Static(Content(""), id="known")
            yield Static(Content(""), id="next")
            yield RowList(id="steps")

    def on_mount(self) -> None:
        """Show what needs no reading."""
        self._show()
        self.query_one("#steps").focus()

    def load(self) -> None:
        """Fetch what is known and where the repository stands, each when it comes."""
        self.begin(self._load_known, "known", exclusive=True)
        self.begin(self._load_standing, "standing", exclusive=True)

    async def _load_known(self) -> None:
        known = await self.services.stored(gather) if self.services.has_database else Known()
        self.post_message(KnownLoaded(known))

    async def _load_standing(self) -> None:
        self.post_message(StandingLoaded(await self.services.standing()))

    def on_known_loaded(self, message: KnownLoaded) -> None:
        """Show what is known."""
        self._known = message.known
        self._show()
        if self._eager:
            self._eager = False
            self.action_choose()

    def on_standing_loaded(self, message: StandingLoaded) -> None:
        """Show where the repository stands."""
        self._standing = message.standing
        self._show()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Do the step that was chosen."""
        self._do(self._steps[int(message.key)])

    def action_choose(self) -> None:
        """Do the next step."""
        if self._steps:
            self._do(self._steps[0])
        else:
            # It is done as soon as it is known: a key that was pressed early is not lost.
            self._eager = True

    def action_scan(self) -> None:
        """Scan now."""
        self._do(Step("scan", "", ""))

    def _do(self, step: Step) -> None:
        match step.action:
            case "scan":
                self.host.start_scan()
                self.host.goto("scan")
            case "resume":
                self.host.goto("interview", interview=step.target)
            case "brief":
                self.host.goto("briefs", new="yes")
            case "briefs":
                self.host.goto("briefs", brief=step.target)
            case area:
                self.host.goto(area)

    def _show(self) -> None:
        self.query_one("#known", Static).update(lines(self._summary()))
        known = self._known or Known()
        head = self._standing.head if self._standing else None
        first = next_step(known, head)
        ready = self._known is not None
        self.query_one("#next", Static).update(
            lines(
                [
                    text(("Next: ", "$text-accent bold"), (first.label, "bold")),
                    text(("Enter does it. ", "$text-accent"), (first.why, "$text-muted")),
                ]
            )
            if ready
            else text(("Looking at what is known…", "$text-muted"))
        )
        self._steps = (first, *_others(known, first)) if ready else ()
        self.query_one("#steps", RowList).show([str(index) for index in range(len(self._steps))], self._row, empty="")

    def _row(self, index: int, width: int) -> tuple[Content, ...]:
        del width
        step = self._steps[index]
        return (text((step.label, "bold" if index == 0 else ""), ("   " + step.why if index else "", "$text-muted")),)

    def _summary(self) -> Iterator[Content]:
        project = self.services.project
        yield text(
            ("Alloy Assist  ", "bold $text-primary"),
            (project.root.name, "bold"),
            ("  " + home_path(project.root), "$text-muted"),
        )
        if self._standing:
            branch = self._standing.branch or "no branch"
            head = (self._standing.head or "no commit yet")[:10]
            changed = f", {self._standing.changed} files changed" if self._standing.changed else ""
            yield text(("at      ", "$text-muted"), branch, " ", (head, "$text-accent"), (changed, "$text-warning"))
        model = project.settings.model
        yield text(("model   ", "$text-muted"), _MODEL_WORDS.get(model.choice, f"{model.name} ({model.choice})"))
        if self._known is not None:
            yield from _counts(self._known, self._standing)


def _counts(known: Known, standing: Standing | None) -> Iterator[Content]:
    scan = known.scan
    if scan is None:
        yield text(("scan    ", "$text-muted"), "never")
        return
    moved = standing is not None and scan.head != standing.head
    yield text(
        ("scan    ", "$text-muted"),
        scan.at[:16].replace("T", " "),
        " at ",
        ((scan.head or "")[:10], "$text-accent"),
        ("  the repository has moved since" if moved else "", "$text-warning"),
    )
    counts = known.decisions
    yield text(
        ("guesses ", "$text-muted"),
        f"{counts[HypothesisDecision.OPEN]} open, {counts[HypothesisDecision.CONFIRMED]} confirmed, "
        f"{counts[HypothesisDecision.REJECTED]} rejected, {counts[HypothesisDecision.DEFERRED]} deferred",
    )
    yield text(
        ("records ", "$text-muted"),
        ", ".join(f"{number} {state}" for state, number in sorted(known.records.items())) or "none yet",
    )
    yield text(("briefs  ", "$text-muted"), str(len(known.briefs)) if known.briefs else "none yet")


def _others(known: Known, first: Step) -> Iterator[Step]:
    for info in known.interviews[1:4]:
        yield Step(
            "resume",
            f"Go on with: {info.title or info.subject}",
            f"{info.mode}, {info.updated_at[:16].replace('T', ' ')}",
            info.id,
        )
    everything = (
        Step("scan", "Scan the repository", "an unchanged repository is answered at once"),
        Step("hypotheses", "Hypotheses", "what seems to be protected, with the evidence"),
        Step("interview", "Interview", "answer a few questions and get a record"),
        Step("records", "Records", "what people have confirmed"),
        Step("briefs", "Briefs", "compile records into what steers a run"),
        Step("settings", "Settings", "model, budget, theme, keys"),
        Step("log", "Log", "what was done, and what was sent"),
    )
    yield from (step for step in everything if step.action != first.action or first.target)
