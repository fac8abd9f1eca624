"""The interview in plain lines: numbered answers, one question at a time, nothing drawn, good to read and good to listen to."""

from __future__ import annotations

import os
import select
import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from alloy_assist.cli.interview_model import aside
from alloy_assist.cli.output import Session
from alloy_assist.cli.signals import interruptible
from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.page import KEYS, SPLIT_PLACES, labelled, page_of, told
from alloy_assist.elicitation.summary import LABELS
from alloy_assist.errors import RefusedError
from archaeology.text import visible, visible_line

_LONGEST_KEY = 3
_AT_ONCE = 0.05
_MOST_AT_ONCE = 65_536
_NARROWEST = 30
_WIDEST = 110
_HELP = (
    KEYS,
    "A number picks that answer; several go with commas (1,3) where that is said. Anything else is taken as your own words.",
    "q stops and keeps everything; go on later with: alloy interview --resume last",
    "To answer with one of these letters as a word, put a blank and a full stop after it.",
)


def converse(session: Session, turn: m.Turn) -> m.Turn:
    """Lead the interview at the terminal until it ends or the person stops; return the last turn."""
    work = session.project.interviewing
    with aside(session) as beside:
        while True:
            _show(told(turn))
            if turn.kind == "finished" or turn.paused:
                _end(session, turn)
                return turn
            # A slip of the keyboard is answered in a line; what was shown is not shown again.
            _show(page_of(turn))
            if turn.question is not None:
                beside.in_other_words(turn)
            event = _take(turn)
            while event is None:
                event = _take(turn)
            try:
                turn = work.submit(turn.interview_id, event)
            except RefusedError as error:
                _say(f"{error}\n{error.hint}".strip())
                turn = work.show(turn.interview_id)


def _take(turn: m.Turn) -> m.Event | None:
    """Take an answer to what is on the screen already."""
    if turn.split is not None:
        return _split_event(turn.split)
    if turn.summary is not None:
        return _summary_event(turn, turn.summary)
    if turn.question is not None:
        return _question_event(_read("Your answer"), turn, turn.question)
    return m.Stopped()


def _question_event(said: str, turn: m.Turn, question: m.Question) -> m.Event | None:
    simple: dict[str, m.Event] = {
        "?": m.NotKnown(question=question.id),
        "l": m.Deferred(question=question.id),
        "x": m.Declined(question=question.id),
        "q": m.Stopped(),
    }
    if said in simple:
        return simple[said]
    if said == "b":
        return _back(turn)
    if said == "h":
        for line in _HELP:
            _say(line)
        return None
    if not said:
        if question.suggested is not None:
            return m.Answered(question=question.id, choices=(question.suggested,))
        _say("Nothing was said. ? is for not known, l for later, q stops.")
        return None
    taken_by = dict(labelled(question.choices))
    if said in taken_by and taken_by[said].letter:
        return m.Answered(question=question.id, choices=(taken_by[said].key,))
    if all(part.strip().isdigit() for part in said.split(",")):
        return _numbered(said, question)
    if len(said) == 1:
        # A key of the application, or a slip: no answer has one letter.
        _say(f"{visible_line(said)} is no key here: write a few words, or h for help.")
        return None
    return m.Answered(question=question.id, text=said)


def _numbered(said: str, question: m.Question) -> m.Event | None:
    taken_by = dict(labelled(question.choices))
    numbers = [part.strip() for part in said.split(",")]
    keys = tuple(taken_by[number].key for part in numbers if (number := str(int(part))) in taken_by)
    if len(keys) < len(numbers):
        most = sum(not choice.letter for choice in question.choices)
        _say(f"There are answers 1 to {most}." if most else "There are no numbered answers here; write one.")
        return None
    return m.Answered(question=question.id, choices=keys)


def _split_event(split: m.Split) -> m.Event | None:
    said = _read("Yes")
    if said in {"", "y", "yes"}:
        return m.SplitCorrected(question=split.question, parts=split.parts)
    if said == "w":
        return m.SplitCorrected(question=split.question, parts=(m.Part(slot=split.parts[0].slot, text=split.text),))
    if said == "q":
        return m.Stopped()
    number, _, place = said.partition(" ")
    if not number.isdigit() or not 1 <= int(number) <= len(split.parts) or place not in {*SPLIT_PLACES, "drop"}:
        _say("That was not understood: Enter, w, q, or a number and a place.")
        return None
    index = int(number) - 1
    parts = list(split.parts)
    if place == "drop":
        del parts[index]
    else:
        parts[index] = parts[index].model_copy(update={"slot": SPLIT_PLACES[place]})
    return m.SplitCorrected(question=split.question, parts=tuple(parts))


def _summary_event(turn: m.Turn, summary: m.Summary) -> m.Event | None:
    match _read("Is that right").lower():
        case "a" | "accept" | "y" | "yes":
            return m.Accepted()
        case "r" | "reject":
            return m.Rejected(reason=_read("Why not"))
        case "d" | "defer" | "later":
            return m.Deferred()
        case "e" | "edit":
            return _edit(summary)
        case "b" | "back":
            return _back(turn)
        case "c" | "contract" if summary.contract:
            # For copying: never wrapped.
            click.echo(visible(summary.contract), err=True)
            return None
        case "q" | "quit":
            return m.Stopped()
        case _:
            _say("Nothing is done yet: a accepts, e edits, r rejects, d leaves it for later, b goes back, q stops.")
            return None


def _edit(summary: m.Summary) -> m.Event | None:
    slots = list(dict.fromkeys([*(line.slot for line in summary.lines), *SPLIT_PLACES.values()]))
    for number, slot in enumerate(slots, start=1):
        _say(f"  {number}. {LABELS[slot]}")
    said = _read("Which")
    if not said.isdigit() or not 1 <= int(said) <= len(slots):
        return None
    slot = slots[int(said) - 1]
    texts = [line.text for line in summary.lines if line.slot is slot]
    if texts:
        _say(f"Now: {visible_line('; '.join(texts))}")
    said = _read("New text (empty takes it out)")
    # Several of a kind are shown with a semicolon between them, and can be written so.
    return m.Edited(slot=slot, text=said.replace("; ", "\n") if slot in m.PLURAL_SLOTS else said)


def _back(turn: m.Turn) -> m.Event | None:
    if not turn.said:
        _say("This is the first question.")
        return None
    for number, said in enumerate(turn.said, start=1):
        _say(f"  {number}. {visible_line(said.text)}  You said: {visible_line(said.answer)}")
    chosen = _read(f"Back to which (1 to {len(turn.said)})")
    if not chosen.isdigit() or not 1 <= int(chosen) <= len(turn.said):
        return None
    return m.WentBack(question=turn.said[int(chosen) - 1].question)


def _end(session: Session, turn: m.Turn) -> None:
    if turn.record_id:
        _say("Accepted. The record is")
        session.out.print(turn.record_id)
    elif turn.outcome == "rejected":
        _say("Rejected; it will not be proposed again unless its evidence changes.")
    else:
        _say(f"Kept. Go on with: alloy interview --resume {turn.interview_id}")


def _read(prompt: str) -> str:
    answer = _line(prompt)
    if 0 < len(answer.strip()) <= _LONGEST_KEY:
        return answer.strip()
    pasted = _pasted()
    if pasted:
        # The end of what was pasted may still wait for its Enter; as the answer to the next question it would say something else.
        rest = _line("Those lines are one answer. Enter sends it")
        return "\n".join([answer, *pasted, rest]).strip()
    return answer.strip()


def _line(prompt: str) -> str:
    with interruptible():
        line: str = click.prompt(prompt, default="", show_default=False, prompt_suffix=": ", err=True)
    return line


def _pasted() -> list[str]:
    """Return the lines that came in one go with the last one: nobody types two in so short a time."""
    lines: list[str] = []
    if not sys.stdin.isatty():
        return lines
    source = sys.stdin.fileno()
    while select.select([source], [], [], _AT_ONCE)[0]:
        # A terminal gives a line at a time.
        read = os.read(source, _MOST_AT_ONCE)
        if not read:
            break
        lines.append(read.decode("utf-8", "replace").rstrip("\r\n"))
    return lines


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        _say(line)


def _say(text: str) -> None:
    """Print a paragraph, wrapped at words; what follows its first line is indented as that is."""
    margin = " " * (len(text) - len(text.lstrip()))
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns - 1))
    for line in text.split("\n"):
        wrapped = textwrap.fill(
            line, width, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
        )
        click.echo(wrapped, err=True)
