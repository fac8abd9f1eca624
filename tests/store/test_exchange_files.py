from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.stores import Make
from store.errors import ImportRefusedError
from store.exchange import Seen, file_name, read_record, write_record
from store.exchange.documents import LARGEST, parse_yaml
from store.exchange.files import carried_on
from store.exchange.spelling import dump_yaml, respell
from store.records import (
    EvidenceDefinition,
    Facets,
    IntentRecord,
    Relation,
    RelationKind,
    Severity,
    SourceCitation,
    StrategyDetail,
)

SEEN = (Seen(version=1, digest="sha256:00", at="2026-01-01T00:00:00.000Z", by="ann", why="new"),)

BY_HAND = """\
# Reviewed in the architecture meeting.
schema_version: alloy.intent_record.v1
id:   alloy.intent.pay
version: 2
state: accepted   # by everybody
title: 'Payment providers'

# -- what it says --
facets:
    capability: >-
      Payment providers can
      be replaced.
    threat: "vendor types leak"
    # nobody has said more of it yet
    evidence:
    - id: imports     # the one that counts
      statement: only adapters import the SDK
    # and a weaker one
    - {id: review, statement: somebody looks}
scope: [src/pay/, "!src/pay/gen/"]
severity: high

# the end
"""


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_record_survives_the_way_out_and_in(make: Make, form: Any) -> None:
    record = make(
        scope=("src/pay/", "!src/gen/", "*"),
        severity=Severity.CRITICAL,
        confidence=0.25,
        citations=(
            SourceCitation(kind="code", body={"path": "x.py", "start_line": 1, "nested": {"a": [1, None, True]}}),
        ),
        relations=(Relation(kind=RelationKind.APPLIES_TO, target="lib/", note="yes"),),
        forbidden_moves=("no", "2026-01-01", "1e3", "null", "- item", "a: b", "# no comment"),
        strategy_detail=StrategyDetail(definition="one\n\ntwo\n", examples=("a.py",)),
    )
    text = write_record(record, SEEN, form)
    back = read_record(text, "pay")
    assert (back.record, back.history) == (record, SEEN)
    assert file_name(record, form) == f"pay.{form}"
    assert write_record(record, SEEN, form) == text
    assert write_record(back.record, back.history, form, text) == text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FRAGMENTS = st.lists(
    st.sampled_from([" ", "\n", "\t", "#", ": ", "- ", "'", '"', "\\", "a", "|", "é", "\x85", "\u2028", "\r"]),
    max_size=9,
)


@given(st.one_of(TEXTS, FRAGMENTS.map("".join)), st.lists(TEXTS, max_size=3))
@settings(max_examples=80, deadline=None)
def test_yaml_holds_any_text(text: str, moves: list[str]) -> None:
    record = IntentRecord(
        id="alloy.intent.x",
        title="t",
        facets=Facets(capability=text, tradeoff=text + "\nx"),
        forbidden_moves=tuple(moves),
    )
    assert read_record(write_record(record, ()), "x").record == record


def test_what_did_not_change_stays_byte_for_byte(make: Make) -> None:
    file = read_record(BY_HAND, "by hand")
    data = {**parse_yaml(BY_HAND, "by hand")}
    assert respell(BY_HAND, data) == BY_HAND

    data["title"] = "Payment providers are replaceable"
    data["severity"] = "critical"
    assert respell(BY_HAND, data) == BY_HAND.replace(
        "'Payment providers'", "Payment providers are replaceable"
    ).replace("severity: high", "severity: critical")
    assert file.record.facets.capability == "Payment providers can be replaced."


def test_comments_stay_where_lists_and_facets_change() -> None:
    data = parse_yaml(BY_HAND, "by hand")
    data["facets"]["threat"] = "vendor types\nleak everywhere\n"
    data["facets"]["evidence"][0]["status"] = "passing"
    data["facets"]["evidence"].append({"id": "third", "statement": "a test"})
    data["forbidden_moves"] = ["importing the SDK"]
    del data["scope"]
    changed = respell(BY_HAND, data)
    assert parse_yaml(changed, "changed") == data
    for comment in (
        "# Reviewed in the architecture meeting.",
        "   # by everybody",
        "# -- what it says --",
        "# nobody has said more of it yet",
        "# the one that counts",
        "# and a weaker one",
        "# the end",
        "id:   alloy.intent.pay",
        "    - {id: review, statement: somebody looks}\n",
    ):
        assert comment in changed, comment


KEYS = st.sampled_from(["alpha", "beta", "gamma"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-99, 99), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=1)


@given(DOCUMENTS, DOCUMENTS)
@settings(max_examples=80, deadline=None)
def test_respelling_always_says_the_new_thing(old: dict[str, Any], new: dict[str, Any]) -> None:
    text = "# first\n" + dump_yaml(old) + "# last\n"
    assert parse_yaml(text, "old") == old
    assert parse_yaml(respell(text, new), "new") == new


GOOD = "schema_version: alloy.intent_record.v1\nid: alloy.intent.x\ntitle: t\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD + "title: again\n", "'title' is there twice"),
        (GOOD + "scope: [&a x, *a]\n", "anchors and aliases"),
        (GOOD + "a: &a [x]\n<<: *a\n", "anchors and aliases"),
        (GOOD + "title2: !!python/object/apply:os.system [id]\n", "tags"),
        (GOOD + "--- \nb: 1\n", "second document"),
        (GOOD + "titel: x\n", "did you mean 'title'"),
        (GOOD + "scope: src/\n", "scope"),
        (GOOD + "version: one\n", "version"),
        (GOOD + "confidence: .nan\n", "confidence"),
        (GOOD + "confidence: 1e999\n", "too large"),
        (GOOD + "severity: awful\n", "severity"),
        (GOOD + "scope: " + "[" * 200 + "]" * 200 + "\n", "nested too deeply"),
        (GOOD + "history: 7\n", "refused"),
        (GOOD + "history: [{version: 1}]\n", "digest"),
        (GOOD.replace("v1", "v2"), "schema_version"),
        (GOOD + "? [a]\n: b\n", "a key must be text"),
        (GOOD + "x: \x07\n", "no YAML|refused"),
        (GOOD + 'x: "\\ud800"\n', "refused"),
        ("[1, 2]", "no record"),
        ("", "empty"),
        ("# nothing\n", "empty"),
        ("x" * (LARGEST + 1), "characters"),
        ("a: [1,", "line"),
        ('{"id": 1, "id": 2}', "twice"),
        ('{"a": NaN}', "no number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "refused"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "too deeply"),
        ('{"a": 1', "line 1"),
        ('{"schema_version": "alloy.intent_record.v1", "id": "alloy.intent.x", "title": "\\ud800"}', "refused"),
        ('{"schema_version": "alloy.intent_record.v1", "id": "alloy.intent.x", "title": 7}', "title"),
    ],
)
def test_what_is_malformed_or_hostile_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ImportRefusedError, match=why) as refused:
        read_record(text, "file.yaml")
    assert "file.yaml" in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_bomb_ends_soon() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    begun = time.process_time()
    with pytest.raises(ImportRefusedError):
        read_record(bomb, "bomb")
    with pytest.raises(ImportRefusedError):
        read_record("a: [" + "x," * 70_000 + "]", "many")
    assert time.process_time() - begun < 60


def test_text_that_looks_like_something_else_stays_text() -> None:
    text = GOOD.replace("title: t", "title: 2026-01-01") + "family: yes\nforbidden_moves: [no, 0x1F, 12:30:45]\n"
    record = read_record(text, "x").record
    assert (record.title, record.family, record.forbidden_moves) == ("2026-01-01", "yes", ("no", "0x1F", "12:30:45"))


def test_a_file_saved_on_windows_can_be_read() -> None:
    assert read_record("\ufeff" + GOOD.replace("\n", "\r\n"), "x").record.title == "t"
    text = json.dumps({"schema_version": "alloy.intent_record.v1", "id": "alloy.intent.x", "title": "t"})
    assert read_record("\ufeff" + text, "x").record.title == "t"


def test_a_changed_json_file_is_written_afresh_and_an_unchanged_one_is_not(make: Make) -> None:
    record = make(facets=Facets(evidence=(EvidenceDefinition(id="a", statement="b"),)))
    compact = json.dumps(json.loads(write_record(record, (), "json")))
    assert write_record(record, (), "json", compact) == compact
    changed = write_record(record.model_copy(update={"title": "New"}), (), "json", compact)
    assert json.loads(changed)["title"] == "New"
    assert write_record(record, (), "json", "{").startswith("{\n")


def seen(*letters: str, by: str = "ann", start: int = 1) -> tuple[Seen, ...]:
    return tuple(
        Seen(version=version, digest=f"sha256:{letter}", by=by) for version, letter in enumerate(letters, start=start)
    )


@pytest.mark.parametrize(
    ("ours", "earlier", "expected"),
    [
        pytest.param(
            seen("c", by="bob"), seen("a", "b", "c"), seen("a", "b", "c"), id="taken from the file, unchanged"
        ),
        pytest.param(
            seen("c", "d", by="bob"),
            seen("a", "b", "c"),
            (*seen("a", "b", "c"), *seen("d", by="bob", start=4)),
            id="taken from the file, then changed",
        ),
        pytest.param(seen("a", "b"), seen("a"), seen("a", "b"), id="the store went on"),
        pytest.param(seen("a"), seen("a", "b"), seen("a"), id="the file is ahead: that is for importing"),
        pytest.param(seen("x"), seen("a", "b"), seen("x"), id="nothing in common"),
        pytest.param((), seen("a"), (), id="nothing of ours"),
    ],
)
def test_a_history_is_carried_on_and_never_cut(
    ours: tuple[Seen, ...], earlier: tuple[Seen, ...], expected: Any
) -> None:
    assert carried_on(ours, earlier) == expected


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_store_that_took_a_record_from_a_file_writes_the_same_file(make: Make, form: Any) -> None:
    text = write_record(make(version=3), seen("a", "b", "c"), form)
    taken = make(version=1)
    assert write_record(taken, seen("c", by="bob"), form, text) == text
    changed = write_record(taken, seen("c", "d", by="bob"), form, text)
    assert read_record(changed, "x").record.version == 4
    assert [item.by for item in read_record(changed, "x").history] == ["ann", "ann", "ann", "bob"]
