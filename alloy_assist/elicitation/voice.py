"""Puts a question into words. The template voice is complete by itself: offline, deterministic, the same for everybody."""

from __future__ import annotations

from typing import Any, Protocol

import prompts
from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.grammar import embedded
from alloy_assist.elicitation.model import Ask, Question, Seen, Slot, State
from alloy_assist.elicitation.names import names_of
from archaeology.model import Citation
from archaeology.text import visible, visible_line

_PLACES = 2
_QUOTED = 160
_NAMED = 110
_OID = 10
_SUMMARY = 170


class Voice(Protocol):
    """Words a question. What is asked, and what the choices put into the draft, is not its business."""

    def word(self, ask: Ask, state: State) -> Question:
        """Return the question in words; ``id``, ``topic`` and the choices' keys and fills stay as they are."""
        ...


class TemplateVoice:
    """Words questions from the templates in ``prompts/templates/questions``."""

    def word(self, ask: Ask, state: State) -> Question:
        """Return the question as its template has it."""
        values = _values(ask, state)
        name = "questions/followup" if ask.weakness else f"questions/{ask.mode.value}"
        said = visible(prompts.render(name, **values))
        text, _, hint = (" ".join(part.split()) for part in _halves(said))
        before = state.wanted.text if state.wanted and state.wanted.ask.id == ask.id else ""
        return Question(
            id=ask.id,
            topic=ask.topic,
            facet=ask.topic.facet,
            text=text,
            why=visible(prompts.render("questions/raised", **values)),
            choices=ask.choices,
            suggested=ask.suggested,
            multiple=ask.multiple,
            allows_text=ask.allows_text,
            hint=hint,
            places=tuple(place for seen in ask.grounds for place in seen.places),
            previous=before,
        )


def place_of(citation: Citation) -> str:
    """Return where a citation points, short enough for a sentence: a path and line, a commit, a gate or a test."""
    if citation.kind == "commit":
        quote = visible_line(citation.quote)
        return f"commit {citation.commit[:_OID]}: “{_cut(quote, 80)}”"
    if citation.kind == "gate":
        return f"gate {visible_line(citation.gate)}, {visible_line(citation.path)}:{citation.start_line}"
    if citation.kind == "test":
        return f"test {visible_line(citation.test)}"
    symbol = f" {visible_line(citation.symbol)}" if citation.symbol else ""
    return f"{visible_line(citation.path)}:{citation.start_line}{symbol}"


def _values(ask: Ask, state: State) -> dict[str, Any]:
    subject = state.subject
    record_strategy = subject.record.facets.strategy if subject.record else None
    strategy = state.draft.text(Slot.STRATEGY) or subject.possible.strategy or record_strategy or ""
    failed = state.checked is not None and state.checked.passed is False
    against = listed([name for item in subject.against for name in item.names], 3)
    if not against and state.checked:
        against = ", ".join(code(place) for place in state.checked.violations[:3])
    return {
        "mode": ask.mode.value,
        "topic": ask.topic.value,
        "family": subject.family or "",
        "weakness": ask.weakness.value if ask.weakness else "",
        "names": names_of(subject).model_dump(),
        "title": clause(subject.title or subject.ref),
        "strategy": embedded(strategy),
        "threat": _cut(embedded(state.draft.text(Slot.THREAT)), _NAMED),
        "contested": bool(subject.against) or failed,
        "against": against,
        "resolution": state.draft.text(Slot.RESOLUTION),
        "quoted": _cut(clause(ask.quoted), _QUOTED),
        "other": clause(ask.other),
        "grounds": [_ground(seen, _PLACES if len(ask.grounds) > 1 else 1) for seen in ask.grounds],
    }


def clause(text: str) -> str:
    """Return a text on one line without its full stop, to stand inside a sentence."""
    return visible_line(text).rstrip(" .;,")


def _ground(seen: Seen, most: int) -> dict[str, Any]:
    return {
        "summary": _cut(clause(seen.summary), _SUMMARY),
        "places": [place_of(place) for place in seen.places[:most]],
    }


def _halves(said: str) -> tuple[str, str, str]:
    """A template's first paragraph is the question; what follows is a hint."""
    first, mark, rest = said.partition("\n\n")
    return first, mark, rest


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
