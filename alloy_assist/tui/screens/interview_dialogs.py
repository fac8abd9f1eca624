"""The dialogs of an interview: each asks, and gives back what the person settled on, or None."""

from __future__ import annotations

from textual.app import App

from alloy_assist.elicitation import model as m
from alloy_assist.tui.modals import AskText, Choose, Option, WriteText
from alloy_assist.tui.present import interview as present


async def file_elsewhere(app: App[None], split: m.Split, position: int) -> m.Split | None:
    """Ask where a piece of a sentence belongs, and return the split with it there."""
    part = split.parts[position]
    chosen = await app.push_screen_wait(Choose("Where does it belong?", present.filing_options(), about=part.text))
    if chosen is None:
        return None
    parts = tuple(
        piece.model_copy(update={"slot": m.Slot(chosen)}) if index == position else piece
        for index, piece in enumerate(split.parts)
        if index != position or chosen != present.NOWHERE
    )
    return split.model_copy(update={"parts": parts})


async def ask_reason(app: App[None]) -> str | None:
    """Ask why there is no such intent."""
    about = "The reason is kept, so that it is not proposed again for nothing."
    return await app.push_screen_wait(AskText("Why is there no such intent?", about=about))


async def ask_edit(app: App[None], turn: m.Turn) -> m.Edited | None:
    """Ask which line of the draft to rewrite, and how."""
    lines = turn.summary.lines if turn.summary is not None else turn.lines
    known = {slot: "\n".join(line.text for line in lines if line.slot is slot) for slot in m.Slot}
    options = [
        Option(option.key, option.label, known[m.Slot(option.key)].replace("\n", "; ") or "nobody has said")
        for option in present.slot_options()
    ]
    chosen = await app.push_screen_wait(Choose("Which line?", options))
    if chosen is None:
        return None
    slot = m.Slot(chosen)
    label, about = present.slot_label(slot), "An empty text takes the line out."
    words = await app.push_screen_wait(
        WriteText(label, about=f"One on each line. {about}", value=known[slot])
        if slot in m.PLURAL_SLOTS
        else AskText(label, about=about, value=known[slot], required=False)
    )
    return None if words is None else m.Edited(slot=slot, text=words)
