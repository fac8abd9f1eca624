"""A whole interview in each mode, replayed from its events: the same words and the same record, every time.

To write the transcripts anew after a change of wording: ``REWRITE=1 python -m pytest tests/elicitation/test_mode_replays.py``, then read
the difference as carefully as code.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from alloy_assist.elicitation import model as m
from alloy_assist.elicitation.engine import advance, replay
from alloy_assist.elicitation.outcomes import outcome_of
from alloy_assist.elicitation.scripted import read_script
from alloy_assist.elicitation.transcript import transcript
from alloy_assist.elicitation.turns import turn_of
from alloy_assist.elicitation.voice import TemplateVoice
from store.records import Facets, IntentRecord, RecordState

FOLDER = Path(__file__).parent / "replays"
EVENT: TypeAdapter[m.Event] = TypeAdapter(m.Event)
ACCEPT: dict[str, Any] = {"match": {}, "action": "accept"}
SCRIPTS: dict[str, list[dict[str, Any]]] = {
    "why": [
        {"match": {"facet": "capability"}, "answer": "use a gateway class"},
        {
            "match": {"facet": "capability.mechanism"},
            "answer": "we can swap providers because their prices and outages are not ours to decide",
        },
        {"match": {"facet": "expectation"}, "choice": "swap"},
        {"match": {"facet": "tradeoff"}, "choice": "wrapper"},
        {"match": {"facet": "evidence"}, "choice": ["check", "test-tests-test-checkout-py-test-pays"]},
        ACCEPT,
    ],
    "reject": [
        {"match": {"facet": "threat"}, "choice": ["forbidden-import", "weaken-tests/test_checkout.py::test_pays"]},
        {"match": {"facet": "expectation"}, "choice": "more-callers"},
        {"match": {"facet": "tradeoff"}, "action": "not_known"},
        {"match": {"facet": "evidence"}, "choice": "check"},
        ACCEPT,
    ],
    "scar": [
        {"match": {"facet": "threat"}, "choice": "scar-obs_2"},
        {"match": {"facet": "capability"}, "answer": "checkout can be tested without an account at the provider"},
        {"match": {"facet": "expectation"}, "answer": "a second provider is added next year by another team"},
        {"match": {"facet": "tradeoff"}, "answer": "every new call is written twice, once for the fake"},
        {"match": {"facet": "evidence"}, "choice": "check"},
        ACCEPT,
    ],
    "technology": [
        {
            "match": {"facet": "capability"},
            "answer": "we take cards in 40 countries without being audited for it ourselves",
        },
        {"match": {"facet": "expectation"}, "answer": "their fees go up again"},
        {"match": {"facet": "tradeoff"}, "answer": "none"},
        {"match": {"facet": "tradeoff.no_cost"}, "answer": "we wait for them when something breaks"},
        {"match": {"facet": "evidence"}, "choice": "check"},
        ACCEPT,
    ],
    "principle": [
        {"match": {"facet": "definition"}, "choice": "found"},
        {"match": {"facet": "threat"}, "choice": "forbidden-import"},
        {"match": {"facet": "exception"}, "choice": ["tests", "scripts", "cost-wrapper"]},
        {"match": {"facet": "expectation"}, "choice": "swap"},
        {"match": {"facet": "evidence"}, "choice": "check"},
        ACCEPT,
    ],
    "contradiction": [
        {"match": {"facet": "resolution"}, "choice": "exception"},
        {"match": {"facet": "reason"}, "choice": "migration"},
        {"match": {"facet": "until"}, "answer": "the end of June"},
        ACCEPT,
    ],
}


def subject_for(mode: str, subject: m.Subject) -> m.Subject:
    if mode == "technology":
        return subject.model_copy(update={"kind": m.SubjectKind.TECHNOLOGY, "ref": "stripe"})
    if mode == "principle":
        return subject.model_copy(update={"kind": m.SubjectKind.PRINCIPLE, "ref": "payments stay behind the gateway"})
    if mode == "contradiction":
        broken = m.Seen(
            id="against-0",
            summary="`shop/admin.py` imports `stripe`",
            names=("shop/admin.py",),
            places=subject.seen[0].places,
        )
        record = IntentRecord(
            id="alloy.intent.payments",
            state=RecordState.ACCEPTED,
            title="Payments stay replaceable",
            facets=Facets(capability="Providers can be replaced.", strategy="Only `gateways` may import `stripe`."),
            scope=("shop/**",),
        )
        return subject.model_copy(
            update={"kind": m.SubjectKind.RECORD, "ref": record.id, "record": record, "against": (broken,)}
        )
    return subject


def lead(mode: str, subject: m.Subject) -> list[m.Event]:
    events: list[m.Event] = [m.Started(mode=m.Mode(mode), subject=subject)]
    state, effects = advance(None, events[0])
    script = read_script(SCRIPTS[mode])
    while True:
        if any(isinstance(effect, m.NeedsCheck) for effect in effects) and state.checked is None:
            event: m.Event | None = m.Checked(passed=mode != "contradiction", head="f" * 40)
        else:
            event = script.event_for(turn_of("i", 1, state, TemplateVoice()), subject)
        if event is None:
            break
        if isinstance(event, m.Answered):
            event = event.model_copy(update={"shown": state.pending})
        events.append(event)
        state, effects = advance(state, event)
    assert not script.unmatched
    assert not script.left
    return events


@pytest.mark.parametrize("mode", list(SCRIPTS))
def test_an_interview_in_each_mode_reads_the_same_and_ends_the_same(mode: str, subject: m.Subject) -> None:
    events = lead(mode, subject_for(mode, subject))
    state = replay(events)
    stored = [json.loads(event.model_dump_json(by_alias=True)) for event in events]
    assert replay(EVENT.validate_python(body) for body in stored).model_dump_json() == state.model_dump_json()
    assert state.outcome == "accepted"
    assert state.asked <= 5
    record = outcome_of(state, "interview-1", "Ada").record
    said = (
        transcript(events)
        + "\n### The record\n\n```json\n"
        + record.model_dump_json(indent=2, exclude={"citations"}, exclude_defaults=True)
        + "\n```\n"
    )
    file = FOLDER / f"{mode}.md"
    if os.environ.get("REWRITE"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def test_every_mode_has_a_replay() -> None:
    assert set(SCRIPTS) == {mode.value for mode in m.Mode}
