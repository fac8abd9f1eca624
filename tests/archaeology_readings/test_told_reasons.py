"""Which sentence of a commit's message tells why: whole, in its own words, and not without what it speaks of."""

import time

import pytest

from archaeology.readings.told import subject_of, told_in
from archaeology.readings.told_reasons import Why, may_tell, why_in


def told(message: str) -> Why | None:
    return why_in(told_in(message))


def quoted(message: str) -> tuple[str, str]:
    found = told(message)
    assert found is not None
    return found.act, found.reason


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (
            "web: fix the links to nodes\n\nAn address needs to be wrapped in brackets when joined with a port\nbecause the colon inside it makes it ambiguous.\n",
            "An address needs to be wrapped in brackets when joined with a port because the colon inside it makes it ambiguous",
        ),
        (
            "Read bounded chunks from peers to prevent out of memory (#12)",
            "Read bounded chunks from peers to prevent out of memory",
        ),
        ("Disable the title on macOS to prevent segfaults", "Disable the title on macOS to prevent segfaults"),
        (
            "Fixes #696 use iteration instead of recursion to avoid a stack overflow\nwith deeply nested causes.\n",
            "use iteration instead of recursion to avoid a stack overflow with deeply nested causes",
        ),
        (
            "To prevent deadlocks, `{ref, push}` must be sent before the rest\n",
            "To prevent deadlocks, `{ref, push}` must be sent before the rest",
        ),
        (
            "writer: check the size in the loop\n\ninstead of calling rotates()\n\nbecause the time could roll over in the middle, and the loop would never end\n",
            "check the size in the loop instead of calling rotates() because the time could roll over in the middle, and the loop would never end",
        ),
        (
            "Similarly to the reader, a connection must not be used once it is closed, because the peer would hang\n",
            "Similarly to the reader, a connection must not be used once it is closed, because the peer would hang",
        ),
        (
            "Release 2.0 work\n\n* closes the pool\n* The lock must be taken before the file is opened, otherwise two writers corrupt it\n",
            "The lock must be taken before the file is opened, otherwise two writers corrupt it",
        ),
    ],
)
def test_a_sentence_with_its_reason_is_told_by_itself(message: str, reason: str) -> None:
    assert quoted(message) == ("", reason)


@pytest.mark.parametrize(
    ("message", "act", "reason"),
    [
        (
            "Disable the byte cache for uploads (#8)\n\nlarge uploads otherwise lead to out of memory errors\n",
            "Disable the byte cache for uploads",
            "large uploads otherwise lead to out of memory errors",
        ),
        (
            "fix(shape): build the shape without a prototype\n\nThe shape is keyed by paths. A plain object reads the inherited function,\nand keeps it because it is truthy, so the next line throws.\n",
            "build the shape without a prototype",
            "A plain object reads the inherited function, and keeps it because it is truthy, so the next line throws",
        ),
        (
            "Only set the icon on a hide\n\nHowever, we must not set it when the window is hidden because this causes stale windows.\n",
            "Only set the icon on a hide",
            "we must not set it when the window is hidden because this causes stale windows",
        ),
        (
            "Do not assert when dropping jobs of dead servers.\n\nThey may be there because they never found a place, and cannot be known.\n",
            "Do not assert when dropping jobs of dead servers",
            "They may be there because they never found a place, and cannot be known",
        ),
        (
            "Prevent removal of a shared socket (#18)\n\nAll works until one stops. Because the first to stop removes the socket and the others fail.\n",
            "Prevent removal of a shared socket",
            "Because the first to stop removes the socket and the others fail",
        ),
    ],
)
def test_a_reason_is_told_with_the_subject_that_it_is_of(message: str, act: str, reason: str) -> None:
    assert quoted(message) == (act, reason)


@pytest.mark.parametrize(
    "message",
    [
        "Add a flag so that users can choose the colour of the bar",
        "Split the module to avoid code duplication in the readers",
        "Close all connections on exit to avoid races in the tests",
        "Use another name because the linter complains about this one",
        "Rename the node to avoid a conflict with the built-in one",
        "Fix the crash\n\nThe pointer was null because the list had been cleared before.\n",
        "Lock the table because I think two writers may meet there",
        "Skip the check for now because the server cannot answer it",
        "Take the lock\n\nThis is because it races.\n",
        "Use fewer words instead of many words in the output",
        "Update the readme because it is wrong about the flags that must be set",
        "Merge branch 'main' because the lock must be held before the write",
        "Use `the lock because it must be held before the write",
        "キャッシュを使う because the lock must be held before the write 書き込み",
        "It must not be called twice because it leaks the handle of the parent",
        "Truncated upstream response\n\nOtherwise, the cache keeps the truncated response and nobody receives it whole.",
        "filteredImages to private property to prevent a crash of the view",
        "Use the user of the picture for the link, avoiding SessionManager injection",
        "On total failure the headers of one provider are applied, otherwise the error is returned to the caller",
        "We never noticed slow lists in these two cases because these lists never get very long",
        "Strip the notice for those rows so the status does not say that there is an update for them",
        "Query of existing rights could cause timeouts due to a clause that is created for each of them",
        "Remove the border of the block to prevent double bordering",
        "Move the logic of the writer to the other module, as we only write the token",
        "Keep only the last assertion, since the branch before it already proves the condition and fails",
        "",
        "\n\n\n",
    ],
)
def test_what_is_no_reason_of_standing_code_is_passed_over(message: str) -> None:
    assert told(message) is None


def test_what_stands_in_one_bullet_speaks_for_no_other() -> None:
    message = "Disable the cache for uploads\n\n* tidy\n\nlarge uploads otherwise lead to out of memory errors\n"
    assert told(message) is None


def test_a_list_of_all_that_a_branch_did_is_not_read() -> None:
    bullets = "".join(f"* the lock must be taken before step {number} because it races\n" for number in range(9))
    assert [item.text for item in told_in(f"Rework the pool\n\n{bullets}")] == []


def test_code_tables_quotations_and_trailers_are_no_sentences() -> None:
    message = (
        "Hold the lock\n\n    lock must be held because it races\n> the lock must be held because it races\n"
        "| the lock must be held because it races |\n```\nthe lock must be held because it races\n```\n"
        "Fixes: #12 because the lock must be held before it races\nSigned-off-by: Mara because the lock must be held\n"
    )
    assert [item.text for item in told_in(message)] == ["Hold the lock"]


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("fix(api)!: keep the order (#12)", "keep the order"),
        ("[JIRA-12] lib/ignore: keep the order, fixes #3", "keep the order,"),
        ("Do not: never", "Do not: never"),
        ("Merge pull request #1 from a/b", ""),
    ],
)
def test_a_subject_is_told_without_kind_scope_and_number(message: str, subject: str) -> None:
    assert subject_of(message) == subject


def test_the_better_reason_is_told() -> None:
    message = "Tidy the pool\n\nUse one client because it is only made once here.\n\nThe lock must be held before the write because two writers corrupt the file.\n"
    assert quoted(message)[1].startswith("The lock must be held")


def test_a_guess_needs_a_reason_and_leaves_out_tests_and_doubts() -> None:
    assert (
        may_tell("hold the lock because two writers corrupt the file") > may_tell("hold it so that it is not lost") > 0
    )
    assert not may_tell("hold the lock in all of them")
    assert not may_tell("hold the lock in tests because they race")
    assert not may_tell("hold the lock because it probably races")


@pytest.mark.parametrize(
    "piece",
    [
        "because " * 100_000,
        "to avoid (" * 100_000,
        "a, " * 300_000,
        "* because\n" * 100_000,
        "otherwise it would deadlock " * 30_000,
        "x" * 1_000_000,
        "\x1b[31mbecause\x00 \u202e" * 60_000,
        "(((((((((" * 100_000,
        "`because " * 100_000,
        "fix(" * 200_000,
    ],
)
def test_a_megabyte_costs_no_more_than_a_page(piece: str) -> None:
    begin = time.process_time()
    for message in (piece, f"Hold the lock\n\n{piece}", f"Hold the lock {piece}"):
        told(message)
        may_tell(message[:400])
    assert time.process_time() - begin < 2.0
