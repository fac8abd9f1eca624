"""How a warning is told: its title in whole sentences, and what is left alone."""

import pytest

from archaeology.detectors.cautions import detect_cautions
from archaeology.facts import FileFacts
from fixtures import FactsBuilder
from fixtures.commented import comment, told_of


def test_an_option_that_was_turned_down_is_the_threat_and_never_the_strategy() -> None:
    text = "Another option is using `peek`, but then we can't reliably read long names from a hung socket."
    (found,) = told_of(text)
    assert found.title == (f"“{text[:-1]}”, says a comment in `Client.retry`")
    assert found.possible_intent.strategy is None
    assert found.possible_intent.threat == (
        "using `peek` after all, though we can't reliably read long names from a hung socket"
    )
    assert found.possible_intent.capability == "we can reliably read long names from a hung socket in `Client.retry`"
    assert any(
        question.startswith("What does `Client.retry` do instead of using `peek`") for question in found.questions
    )


def test_no_title_is_cut_or_opens_with_a_word_that_points_back() -> None:
    long = "Do not reuse the connection of a retry " + "and neither the one before it " * 7 + "because it would hang."
    for text in (long, "This must never be done twice, otherwise the worker would hang for ever and ever."):
        for found in told_of(text):
            assert "…" not in found.title
            assert not found.title.startswith("“This")


def test_documentation_that_opens_with_the_name_of_its_function_describes() -> None:
    assert told_of("Do not call retry twice, because the second call would hang the worker.")
    assert not told_of("retry must not be called twice, because the second call would hang the worker.")


def test_a_reason_is_never_told_as_what_happens_otherwise() -> None:
    opening = (
        "Look at the retry of a very long request with a body that was sent once before already by the client to a "
        "server that had taken it in part and then went away"
    )
    assert not told_of(f"{opening}, because a socket that is half open hangs.")
    (found,) = told_of(f"{opening}, otherwise the worker hangs for ever, because its socket is half open (see #4711).")
    assert found.title.startswith("`Client.retry` is written so because otherwise “the worker hangs for ever”")


BAN = "Do not poll this twice, because the second call would hang."


@pytest.mark.parametrize(
    ("language", "before", "after", "heard"),
    [
        ("python", 'def poll():\n    """Poll.\n\n    .. code:: shell\n\n        # ', '\n    """\n', 0),
        ("python", 'def poll():\n    """Poll.\n\n    Example:\n        # ', '\n    """\n', 0),
        ("python", 'def poll():\n    """Poll.\n\n    ```\n    # ', '\n    ```\n    """\n', 0),
        ("python", 'def poll():\n    """Poll.\n\n    Example:\n        poll()\n    """\n    # ', "\n    return\n", 1),
        ("python", "def poll():\n    # ```\n    # poll()\n    # ```\n    # ", "\n    return\n", 1),
        ("rust", "// Usage:\n//     // ", "\nfn poll() {}\n", 0),
        ("rust", "// ```\n// // ", "\n// ```\nfn poll() {}\n", 0),
        ("rust", "// ```\n// poll();\n// ```\n// ", "\nfn poll() {}\n", 1),
    ],
)
def test_what_stands_in_an_example_of_use_is_no_caution(language: str, before: str, after: str, heard: int) -> None:
    said = comment(BAN, line=before.count("\n") + 1)
    facts = FactsBuilder().module("src/poll", f"{before}{BAN}{after}", code=FileFacts(language, comments=(said,)))
    assert len(list(detect_cautions(facts.build()))) == heard


def test_a_sentence_is_quoted_whole_where_it_fits_and_a_should_is_never_cut_from_its_reason() -> None:
    rule = "The retry of a worker over its own socket should not share a buffer"
    (found,) = told_of(f"{rule}, because the second call would hang in the lock of the first.")
    assert found.title.startswith(f"“{rule}, because the second call would hang in the lock of the first”, says")
    why = (
        "because the second call would hang in the lock of the first and never come back to whoever waits for it, "
        "which is the worker or somebody who acts for it"
    )
    assert not told_of(f"{rule}, {why}.")
    (found,) = told_of(f"{rule.replace('should', 'must')}, {why}.")
    assert found.title.startswith(f"“{rule.replace('should', 'must')}, {why.rpartition(', which')[0]}”, says")


@pytest.mark.parametrize(
    ("said", "below", "heard"),
    [
        ("The retry lock must be held once, and never twice.", "retry_lock.hold_once(twice=False)", 0),
        ("The retry lock must be held once, and never twice.", "return self._answer", 1),
        (
            "The retry lock must never be held twice, because the worker would hang.",
            "worker.hold(retry_lock, twice=False, hang=None)",
            1,
        ),
        ("The retry lock must be held once, and never twice, see #4711.", "retry_lock.hold_once(twice=False)", 1),
    ],
)
def test_a_comment_that_says_what_its_next_line_does_is_no_caution_without_a_reason(
    said: str, below: str, heard: int
) -> None:
    text = f"def retry(self):\n    # {said}\n    {below}\n"
    code = FileFacts("python", comments=(comment(said, line=2),))
    facts = FactsBuilder().module("src/net/client.py", text, code=code).build()
    assert len(list(detect_cautions(facts))) == heard


def test_a_note_that_is_no_sentence_is_not_quoted() -> None:
    assert (
        told_of("Small, since the block has a limit, so we never overflow the buffer of the worker, else it hangs.")
        == []
    )
    assert told_of("Blocks are small, since they have a limit: never overflow the buffer of the worker, else it hangs.")


def quotation(text: str, symbol: str = "Client.retry") -> str:
    (found,) = told_of(text, symbol)
    return found.title


def test_a_rule_is_told_with_its_condition_or_not_at_all() -> None:
    condition = "For a request with a body, unless the server has asked for it again in the meantime"
    why = (
        "because the other side counts what it got and never takes the same body twice, whatever the headers say of it"
    )
    rule = "we must not reuse the socket of the first try"
    assert quotation(f"{condition}, {rule}, {why}.").startswith(f"“{condition}, {rule}”, says")
    longer = f"{condition} by itself or by a proxy that stands between the two and repeats what it had seen before"
    assert not told_of(f"{longer}, {rule}, {why}.")


def test_what_points_back_is_told_with_the_sentence_before_or_not_at_all() -> None:
    before = "Look whether the retry was called off."
    said = "Must be done after the socket is open, otherwise the worker would hang."
    assert quotation(f"{before} {said}").startswith(f"“{before} {said[:-1]}”")
    for alone in (
        "If this is the case, the worker must never retry because the socket would hang.",
        "Because the worker would hang on the socket, and never come back to retry it.",
        "We must not retry before that, because the worker would hang on the socket.",
    ):
        assert not told_of(alone)


def test_a_constructor_goes_by_the_name_of_its_type_and_a_long_name_by_its_last_part() -> None:
    said = "Do not share the socket of a worker, because the second retry would hang."
    assert "in `Client`" in quotation(said, "Client.Client")
    assert "in `retry_it_all_at_once`" in quotation(said, f"{'Very' * 10}LongClient.retry_it_all_at_once")


def test_a_password_alone_is_no_attacker() -> None:
    (found,) = told_of("The prompt for the password must stay out of the worker, otherwise the retry would hang.")
    assert "attacker" not in found.questions[0]
    (found,) = told_of("The password must stay out of the log, otherwise an attacker could read it after a retry.")
    assert "attacker" in found.questions[0]


@pytest.mark.parametrize(("symbol", "line", "heard"), [(None, "limit = 10", 0), (None, "other = 10", 1)])
def test_what_opens_with_the_name_on_the_next_line_describes_it(symbol: str | None, line: str, heard: int) -> None:
    said = "limit must never be raised, because the second retry of a worker would hang."
    code = FileFacts("python", comments=(comment(said, line=1, symbol=symbol),))
    facts = FactsBuilder().module("src/net.py", f"# {said}\n{line}\n", code=code).build()
    assert len(list(detect_cautions(facts))) == heard


def around(*sentences: str) -> str:
    (found,) = told_of(" ".join(sentences))
    return found.title


def test_whole_sentences_are_quoted_with_those_that_follow_and_no_line_of_code() -> None:
    ban, why = "Do not reuse the socket of a retry.", "It may be half open, and the worker would hang on it."
    assert around(ban, why).startswith(f"“{ban} {why[:-1]}”, says")
    assert around(ban, why, "retry(socket, again);").startswith(f"“{ban} {why[:-1]}”, says")


def test_what_stands_in_brackets_is_quoted_and_never_lost_with_the_reason_in_it() -> None:
    said = "The retry must open a socket (the old one may be half open, so that the worker would hang) of its own."
    assert around(said).startswith(f"“{said[:-1]}”, says")
    longer = said.replace(
        "of its own", "of its own and never share it with whoever asked before it did and got nothing back"
    )
    assert not told_of(longer.replace("The retry", "The second retry of a request that was sent with a body"))


def test_an_issue_that_is_spoken_of_is_told_itself() -> None:
    issue = "Peerlib 3.1 returns the wrong port here, so we ask for it again."
    other = "Peerlib 4 does not have this issue because it works around a bug in the resolver."
    assert around(issue, other).startswith(f"“{issue} {other[:-1]}”, says")
