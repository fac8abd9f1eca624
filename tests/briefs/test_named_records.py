"""What a person names for a brief: records, each once and with its reason, and the phase of a prompt."""

from __future__ import annotations

import pytest

from alloy_assist.bootstrap import Project
from alloy_assist.briefs.compiling import compile_brief
from alloy_assist.errors import UsageError
from alloy_assist.operations.brief_selection import chosen_records, prompt_of
from fixtures.briefing import OBJECTIVE, gateway_record, selection_of, snapshot_of


def test_a_record_that_is_named_twice_is_chosen_once_for_the_first_reason_and_in_the_order_of_ids() -> None:
    full = {"pay": "alloy.intent.pay", "alloy.intent.pay": "alloy.intent.pay", "core": "alloy.intent.core"}

    found = chosen_records(
        ["pay", "core", "alloy.intent.pay"], {"pay": "it governs", "alloy.intent.pay": "later"}, full.__getitem__
    )

    assert [(record.id, record.because) for record in found] == [
        ("alloy.intent.core", "chosen by name"),
        ("alloy.intent.pay", "it governs"),
    ]


def test_a_reason_may_be_given_for_the_id_of_a_record_that_was_named_shorter() -> None:
    (found,) = chosen_records(["pay"], {"alloy.intent.pay": "it governs"}, lambda _: "alloy.intent.pay")
    assert found.because == "it governs"


def test_a_name_that_fits_nothing_is_not_swallowed() -> None:
    known: dict[str, str] = {}
    with pytest.raises(KeyError):
        chosen_records(["pay"], {}, known.__getitem__)


def test_each_phase_has_its_prompt_and_another_is_refused_with_those_that_there_are() -> None:
    record = gateway_record()
    compilation = compile_brief(OBJECTIVE, "it", selection_of(record), snapshot_of(record))
    assert prompt_of(compilation, "execution") != prompt_of(compilation, "review")
    with pytest.raises(UsageError, match="no phase 'nonsense'") as refused:
        prompt_of(compilation, "nonsense")
    assert "execution" in refused.value.hint


def test_a_phase_that_does_not_exist_changes_nothing_of_a_draft(project: Project) -> None:
    row = project.briefing.create(OBJECTIVE, ["payment-provider-gateway"])
    with pytest.raises(UsageError, match="no phase"):
        project.briefing.edit_prompt(row.id, "nonsense", "text", "why")
    assert project.briefing.show(row.id) == row
