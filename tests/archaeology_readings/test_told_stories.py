"""What went wrong before a commit: told with what was done, and only where both are said plainly."""

import time

import pytest

from archaeology.readings.told import told_in
from archaeology.readings.told_stories import story_in, tells_story


def quoted(message: str) -> tuple[str, str] | None:
    found = story_in(told_in(message))
    return (found.act, found.reason) if found is not None else None


@pytest.mark.parametrize(
    ("message", "act", "story"),
    [
        (
            "Do not keep the body of a batch (#3)\n\nIf a message is kept and was part of a large batch, the entire array of that\nbatch was being retained.\n",
            "Do not keep the body of a batch",
            "If a message is kept and was part of a large batch, the entire array of that batch was being retained",
        ),
        (
            "fix: build the maps without a prototype\n\nLogging an object whose key is named after a member of the prototype crashed the writer.\n",
            "build the maps without a prototype",
            "Logging an object whose key is named after a member of the prototype crashed the writer",
        ),
        (
            "Put the timestamps into the job\n\nPreviously, workers that override the hook would end up without timestamps, causing a match error when these\nwere compared.\n",
            "Put the timestamps into the job",
            "workers that override the hook would end up without timestamps, causing a match error when these were compared",
        ),
        (
            "fix(streams): string levels in write()\n\nThe comparison in write() then evaluates against NaN, so the record matches no stream and is silently dropped.\n\nNormalize a string level through the table before comparing.\n",
            "Normalize a string level through the table before comparing",
            "The comparison in write() then evaluates against NaN, so the record matches no stream and is silently dropped",
        ),
    ],
)
def test_a_repair_tells_what_went_wrong_before_it(message: str, act: str, story: str) -> None:
    assert tells_story(message)
    assert quoted(message) == (act, story)


@pytest.mark.parametrize(
    "message",
    [
        "Fix a crash\n\nWhen the file was missing, the reader crashed with an error of its own.\n",  # nobody says what was done
        "Do not keep the body of a batch\n",
        "Do not keep the body of a batch\n\nThis caused a leak when messages were kept for a long time in memory.\n",  # what did?
        "Do not keep the body of a batch\n\nThe bug was reported when a server of a customer crashed under load.\n",
        "Use the new client\n\nWhen the tests ran in parallel, one of them failed now and then on the server.\n",
        "Add a queue for jobs\n\nWhen the process stopped, jobs that were running were lost without a trace.\n",  # a feature
        "Reject fractions with one message\n\nTry the long form first and fall back to integers if the first of both fails.\n",
        "Enforce the key in the receiver\n\nIntents with a missing key are rejected even when the control of intents is enabled.\n",
        "Skip the check on the fourth version\n\nWe'd like these queries to fail correctly if the tables exist in the schema.\n",
        "Close the reader early\n\nIt seems that the reader crashed when the file was missing from the folder.\n",
        "Close the reader early\n\n* When the file was missing from the folder, the reader crashed.\n* Other things\n",
        "Check the size\n\nOnly runs when the name is long, so that most never pay.\n",
        "Additionally, the proxy trusted the header\n\nMatching took what was asked for, which led to two handlers when both matched.\n",
        "",
        "\0\x1b[31m\n\n\u202e",
    ],
)
def test_what_is_no_plain_story_is_not_told(message: str) -> None:
    assert quoted(message) is None


def test_it_says_how_the_two_belong_together() -> None:
    found = story_in(
        told_in("Do not hold the lock while calling out\n\nIf the peer calls back, both sides deadlock on the table.\n")
    )
    assert found is not None
    assert (found.joint, found.harm, found.ruled, found.ground) == ("before", True, False, found.reason)


def test_a_hostile_message_takes_no_time() -> None:
    begun = time.process_time()
    for piece in ("when it crashed, ", "never " * 3, "caused the ", "if the ", "was being "):
        message = "Do not keep the body\n\n" + piece * (60_000 // len(piece)) + "crashed.\n"
        tells_story(message)
        story_in(told_in(message))
    assert time.process_time() - begun < 2.0
