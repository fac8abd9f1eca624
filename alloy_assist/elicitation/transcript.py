"""Writes an interview down as Markdown: what was asked and why, what was said, and the record that came of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance
from alloy_assist.elicitation.summary import LABELS, weakness_text
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.voice import TemplateVoice, Voice
from archaeology.text import visible_line

_LONGEST_ANSWER = 400


def transcript(events: Iterable[m.Event], voice: Voice | None = None) -> str:
    """Return the transcript of an interview from its events, each question in the words in which it was shown."""
    voice = voice or TemplateVoice()
    lines: list[str] = []
    state: m.State | None = None
    for event in events:
        before = state
        if before is not None:
            lines += _event_lines(event, before)
        state, effects = advance(before, event)
        turn = turn_of("", 0, state, voice, before=before.draft if before else None, effects=effects)
        lines += [f"*{visible_line(note)}*" for note in turn.notes]
        if before is not None and turn.changed and not isinstance(event, m.Checked):
            lines += ["", *(f"- noted: {visible_line(change)}" for change in turn.changed)]
        if not isinstance(event, m.Accepted | m.Rejected) and not _will_be_asked_again(effects):
            lines += _turn_lines(turn)
    return "\n".join(lines).strip() + "\n"


def _turn_lines(turn: m.Turn) -> list[str]:
    if turn.question is not None:
        return _question_lines(turn, turn.question)
    if turn.split is not None:
        return [
            "",
            "**It would be noted like this:**",
            "",
            *(f"- {LABELS[part.slot]}: {visible_line(part.text)}" for part in turn.split.parts),
        ]
    if turn.summary is not None and turn.kind == "summary":
        return _summary_lines(turn.summary)
    return []


def _question_lines(turn: m.Turn, question: m.Question) -> list[str]:
    lines = ["", f"### {turn.asked + 1}. {question.text}", ""]
    if question.hint:
        lines += [question.hint, ""]
    lines += ["What was seen:", "", *(line for line in question.why.splitlines() if line.strip()), ""]
    for number, choice in enumerate(question.choices, start=1):
        mark = " *(suggested)*" if choice.key == question.suggested else ""
        note = f" ({visible_line(choice.note)})" if choice.note else ""
        lines.append(f"{number}. {visible_line(choice.label)}{mark}{note}")
    return lines


def _summary_lines(summary: m.Summary) -> list[str]:
    lines = ["", "### Read aloud", "", f"> {visible_line(summary.sentence)}", ""]
    for line in summary.lines:
        weak = f" ({weakness_text(line.weakness)})" if line.weakness else f" ({line.source})" if line.source else ""
        lines.append(f"- {line.label}: {visible_line(line.text)}{weak}")
    if summary.missing:
        lines.append(f"- not said: {', '.join(summary.missing)}")
    lines += [f"- look at this: {visible_line(warning)}" for warning in summary.warnings]
    if summary.contract:
        lines += ["", "For the import checker:", "", "```", summary.contract.rstrip(), "```"]
    return lines


def _event_lines(event: m.Event, state: m.State) -> list[str]:
    said = _said(event, state)
    return ["", f"**Answer:** {said}"] if said else []


def _said(event: m.Event, state: m.State) -> str:
    if isinstance(event, m.Answered):
        ask = event.shown or state.pending
        labels = [choice.label for choice in ask.choices if choice.key in event.choices] if ask else []
        text = [f"“{visible_line(event.text)[:_LONGEST_ANSWER]}”"] if event.text else []
        return "; ".join([*map(visible_line, labels), *text])
    if isinstance(event, m.SplitCorrected):
        kept = state.split is not None and event.parts == state.split.parts
        return "yes" if kept else "; ".join(f"{LABELS[part.slot]}: {visible_line(part.text)}" for part in event.parts)
    if isinstance(event, m.WentBack):
        return f"back to {event.question}"
    if isinstance(event, m.Revised):
        return f"instead, to {event.question}: {visible_line(event.text) or ', '.join(event.choices)}"
    if isinstance(event, m.Edited):
        return f"{LABELS[event.slot]} should read: “{visible_line(event.text)}”"
    if isinstance(event, m.Rejected):
        return f"rejected: “{visible_line(event.reason)}”"
    return _SAYS.get(event.kind, "")


_SAYS = {
    "deferred": "later",
    "declined": "rather not",
    "not_known": "not known",
    "accepted": "accepted",
    "stopped": "stop here",
}


def _will_be_asked_again(effects: Iterable[m.Effect]) -> bool:
    """Whether the check is evaluated before the question is really put."""
    return any(isinstance(effect, m.NeedsCheck) for effect in effects)
