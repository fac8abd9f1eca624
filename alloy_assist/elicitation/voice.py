"""Puts a question into words. The template voice is complete by itself: offline, deterministic, the same for everybody."""

from __future__ import annotations

import re
from typing import Any, Protocol

import prompts
from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.checking import is_broken
from alloy_assist.elicitation.grammar import embedded
from alloy_assist.elicitation.model import Ask, Question, Seen, Slot, State
from alloy_assist.elicitation.names import names_of
from alloy_assist.elicitation.own_questions import own_question, without_fact
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.warned import harm_of, is_thing, rule_as_told, said_short
from archaeology.model import Citation, CommitCitation, Family
from archaeology.text import cut_at_word, visible, visible_line

_QUOTED = 160
_NAMED = 140
_OID = 10
_COUNTED = re.compile(r"^[^→]+ → .+?: (?=\d+ imports? where )")
_HELD = re.compile(r"(through \d+ changes) of files in .+?, since")
_QUOTATION = re.compile("“(.+?)”")
_SUMMARY = 180
_ENOUGH = 40


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
        values["grounds"] = _grounds(ask, state, values["whole_strategy"], said)
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
            hint=hint or _such_as(ask.examples),
            places=tuple(place for seen in ask.grounds for place in seen.places),
            previous=before,
        )


def _such_as(examples: tuple[str, ...]) -> str:
    """Two examples of an answer, for a question that has none to offer."""
    return f"Such as: {'; or: '.join(visible_line(text) for text in examples)}." if examples else ""


def place_of(citation: Citation) -> str:
    """Return where a citation points, short enough for a sentence: a path and line, a commit, a gate or a test."""
    if citation.kind == "commit":
        return f"{_commit(citation)}: “{cut_at_word(visible_line(citation.quote), 80)}”"
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
    if strategy == rule_as_told(subject):
        # The comment itself, which the question shows already.
        strategy = ""
    own = "" if ask.weakness else own_question(ask.topic, subject.questions)
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
        # What was asked reads the same once it is answered: this goes by what was found, not by what was said.
        "reasoned": bool(subject.possible.threat),
        "said": said_short(subject),
        "harm": harm if is_thing(harm := harm_of(subject)) else "",
        "kept": cut_at_word(embedded(gist(state.draft.text(Slot.CAPABILITY))), _NAMED),
        "strategy": cut_at_word(embedded(gist(strategy)), _NAMED),
        "callers": next((clause(item.summary) for item in subject.seen if item.facts.get("role") == "callers"), ""),
        "offered": any(not choice.letter for choice in ask.choices),
        "own": visible_line(own if not strategy else without_fact(own)),
        "given_up": subject.family == Family.TECHNOLOGY_CHOICE and bool(subject.check),
        "opening": not state.steps,
        "threat": cut_at_word(embedded(state.draft.text(Slot.THREAT)), _NAMED),
        "contested": bool(subject.against) or is_broken(subject.check, state.checked),
        "against": against,
        "resolution": state.draft.text(Slot.RESOLUTION),
        "quoted": cut_at_word(clause(ask.quoted), _QUOTED),
        "other": clause(ask.other),
        "whole_strategy": strategy,
    }


def clause(text: str) -> str:
    """Return a text on one line without its full stop, to stand inside a sentence."""
    return visible_line(text).rstrip(" .;,")


def _commit(citation: CommitCitation) -> str:
    """A commit by its id, with its day where that is known."""
    day = (citation.date or "")[: len("2026-01-01")]
    return f"commit {citation.commit[:_OID]}{f' of {visible_line(day)}' if day else ''}"


def _grounds(ask: Ask, state: State, strategy: str, said: str) -> list[dict[str, Any]]:
    """What raised a question: told once, at the first; after that, and where the answers say it themselves, only where it is."""
    shown = {choice.label.casefold() for choice in ask.choices}
    told = []
    for seen in ask.grounds:
        known = _told(seen, strategy, said, shown)
        if state.steps and seen.facts.get("role") in {"undone", "survived"}:
            # Each question about a change that was taken back names it.
            continue
        # An id alone says nothing to anybody: a commit is told with what it shows.
        hidden = known or (bool(state.steps) and not any(place.kind == "commit" for place in seen.places[:1]))
        if _is_quoted(seen, said) or (hidden and not seen.places):
            continue
        summary = clause(seen.summary)
        summary = "" if hidden else cut_at_word(_brief(summary) if state.subject.check else summary, _SUMMARY)
        told.append({"summary": summary, "places": _places(seen, summary)})
    return told


def _brief(summary: str) -> str:
    """What was counted, without the ends of the boundary: the question names them."""
    return _HELD.sub(r"\1 since", _COUNTED.sub("", summary))


def _told(seen: Seen, strategy: str, said: str, shown: set[str]) -> bool:
    """Whether the question says it already, or an answer is just this."""
    summary = clause(seen.summary).casefold()
    quoted = clause(strategy).casefold()[:_ENOUGH]
    return visible_line(seen.summary).casefold() in shown or (
        bool(quoted) and quoted in summary and quoted in " ".join(said.split()).casefold()
    )


def _is_quoted(seen: Seen, said: str) -> bool:
    """Whether the question has what was seen word for word, with where it stands: nothing of it is left to be told."""
    quotes = _QUOTATION.findall(seen.summary)
    return bool(quotes) and all(quote in " ".join(said.split()) for quote in quotes)


def _places(seen: Seen, summary: str) -> list[str]:
    """The first place; of a commit whose message was quoted just before, only which it was."""
    return [
        _commit(place) if place.kind == "commit" and clause(place.quote)[:_ENOUGH] in summary else place_of(place)
        for place in seen.places[:1]
    ]


def _halves(said: str) -> tuple[str, str, str]:
    """A template's first paragraph is the question; what follows is a hint."""
    first, mark, rest = said.partition("\n\n")
    return first, mark, rest
