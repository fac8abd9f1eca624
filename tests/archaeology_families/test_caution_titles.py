"""How a warning is told: its title in whole sentences, the facets that its words support, what is asked, and what is left alone."""

import pytest

from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.sentences import caution_of
from archaeology.facts import Definition, Facts, FileFacts
from archaeology.history.model import EdgeLife, Reason
from archaeology.hypotheses.cautions import propose_cautions
from archaeology.model import Hypothesis
from archaeology.promise import promise
from fixtures import FactsBuilder
from fixtures.commented import comment, proposed, with_comment


def told(text: str, symbol: str | None = "Client.retry") -> list[Hypothesis]:
    said = Reason("a" * 40, 1, f"In retry: {text}", "because", ("src/net/client.py",))
    return proposed(with_comment(comment(text, symbol=symbol)).reason(said))


def test_an_option_that_was_turned_down_is_the_threat_and_never_the_strategy() -> None:
    text = "Another option is using `peek`, but then we can't reliably read long names from a hung socket."
    (found,) = told(text)
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
        for found in told(text):
            assert "…" not in found.title
            assert not found.title.startswith("“This")


def test_documentation_that_opens_with_the_name_of_its_function_describes() -> None:
    assert told("Do not call retry twice, because the second call would hang the worker.")
    assert not told("retry must not be called twice, because the second call would hang the worker.")


def test_a_reason_is_never_told_as_what_happens_otherwise() -> None:
    opening = (
        "Look at the retry of a very long request with a body that was sent once before already by the client to a "
        "server that had taken it in part and then went away"
    )
    assert not told(f"{opening}, because a socket that is half open hangs.")
    (found,) = told(f"{opening}, otherwise the worker hangs for ever, because its socket is half open (see #4711).")
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
    (found,) = told(f"{rule}, because the second call would hang in the lock of the first.")
    assert found.title.startswith(f"“{rule}, because the second call would hang in the lock of the first”, says")
    why = (
        "because the second call would hang in the lock of the first and never come back to whoever waits for it, "
        "which is the worker or somebody who acts for it"
    )
    assert not told(f"{rule}, {why}.")
    (found,) = told(f"{rule.replace('should', 'must')}, {why}.")
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
        told("Small, since the block has a limit, so we never overflow the buffer of the worker, else it hangs.") == []
    )
    assert told("Blocks are small, since they have a limit: never overflow the buffer of the worker, else it hangs.")


def quotation(text: str, symbol: str = "Client.retry") -> str:
    (found,) = told(text, symbol)
    return found.title


def test_a_rule_is_told_with_its_condition_or_not_at_all() -> None:
    condition = "For a request with a body, unless the server has asked for it again in the meantime"
    why = (
        "because the other side counts what it got and never takes the same body twice, whatever the headers say of it"
    )
    rule = "we must not reuse the socket of the first try"
    assert quotation(f"{condition}, {rule}, {why}.").startswith(f"“{condition}, {rule}”, says")
    longer = f"{condition} by itself or by a proxy that stands between the two and repeats what it had seen before"
    assert not told(f"{longer}, {rule}, {why}.")


def test_what_points_back_is_told_with_the_sentence_before_or_not_at_all() -> None:
    before = "Look whether the retry was called off."
    said = "Must be done after the socket is open, otherwise the worker would hang."
    assert quotation(f"{before} {said}").startswith(f"“{before} {said[:-1]}”")
    for alone in (
        "If this is the case, the worker must never retry because the socket would hang.",
        "Because the worker would hang on the socket, and never come back to retry it.",
        "We must not retry before that, because the worker would hang on the socket.",
    ):
        assert not told(alone)


def test_a_constructor_goes_by_the_name_of_its_type_and_a_long_name_by_its_last_part() -> None:
    said = "Do not share the socket of a worker, because the second retry would hang."
    assert "in `Client`" in quotation(said, "Client.Client")
    assert "in `retry_it_all_at_once`" in quotation(said, f"{'Very' * 10}LongClient.retry_it_all_at_once")


def test_a_password_alone_is_no_attacker() -> None:
    (found,) = told("The prompt for the password must stay out of the worker, otherwise the retry would hang.")
    assert "attacker" not in found.questions[0]
    (found,) = told("The password must stay out of the log, otherwise an attacker could read it after a retry.")
    assert "attacker" in found.questions[0]


@pytest.mark.parametrize(("symbol", "line", "heard"), [(None, "limit = 10", 0), (None, "other = 10", 1)])
def test_what_opens_with_the_name_on_the_next_line_describes_it(symbol: str | None, line: str, heard: int) -> None:
    said = "limit must never be raised, because the second retry of a worker would hang."
    code = FileFacts("python", comments=(comment(said, line=1, symbol=symbol),))
    facts = FactsBuilder().module("src/net.py", f"# {said}\n{line}\n", code=code).build()
    assert len(list(detect_cautions(facts))) == heard


def around(*sentences: str) -> str:
    (found,) = told(" ".join(sentences))
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
    assert not told(longer.replace("The retry", "The second retry of a request that was sent with a body"))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Retry with the old call because the new one does not support timeouts yet.", "“The new one does not support timeouts yet”: is that still so"),
        ("The second retry is kept until the proxy supports keep-alive.", "“Until the proxy supports keep-alive”: has that come"),
        ("Work around peers/peerlib#12 by opening the socket of a retry twice.", "Is peers/peerlib#12 still open"),
        ("Work around peerlib 3.1, which drops the socket of a retry.", "Do you still support peerlib 3.1"),
        ("Not sure why, but a retry must never reuse the socket, because the worker would hang.", "Does anybody know by now whether this is so?"),
    ],
)  # fmt: skip
def test_what_may_have_changed_since_is_asked_for(text: str, question: str) -> None:
    (found,) = told(text)
    assert found.questions[0].startswith(question)


def test_a_guess_supports_no_facet_and_is_told_as_one() -> None:
    (found,) = told("Not sure why, but a retry must never reuse the socket, because the worker would hang.")
    assert "that is not sure of it" in found.title
    assert found.possible_intent.strategy is None
    assert found.possible_intent.threat is None


def test_each_line_of_a_note_may_bear_its_tag() -> None:
    said = comment("NOTE: Never reuse the socket of a retry, because\nNOTE: the worker would hang on it.", line=1)
    found = caution_of(said)
    assert found is not None
    assert "NOTE: the" not in found.sentence


def test_documentation_in_plain_comments_tells_callers() -> None:
    said = comment("Must be called with the lock held, because the second retry would hang.", line=2, symbol="retry")
    text = "// retry tries it once more.\n// Must be called with the lock held, because the second retry would hang.\nfunc retry() {}\n"
    code = FileFacts("go", comments=(said,), definitions=(Definition("retry", "function", "private", 3, 3),))
    assert not list(detect_cautions(FactsBuilder().module("net/client.go", text, code=code).build()))


def test_a_comment_that_was_kept_in_part_loses_the_sentence_in_which_it_ends() -> None:
    first = "Never reuse the socket of a retry, because the worker would hang."
    rest = "A worker that hangs takes the queue along, and nobody can say " + "how long that goes on " * 30
    found = caution_of(comment(f"{first} {rest}"[:600]))
    assert found is not None
    assert found.sentence == first
    assert caution_of(comment(rest[:600])) is None


def above(said: str, *, line: int) -> list[Hypothesis]:
    """A comment beside `Client.retry`, which begins at line 4: right above it, or further away."""
    text = "\n".join(["class Client:", "", f"    # {said}", "    def retry(self):", "        pass"])
    code = FileFacts(
        "python",
        lines=10,
        definitions=(Definition("Client.retry", "method", "public", 4, 5),),
        comments=(comment(said, line=line),),
    )
    reason = Reason("a" * 40, 1, f"In retry: {said}", "because", ("src/net/client.py",))
    return proposed(FactsBuilder().module("src/net/client.py", text, code=code).reason(reason))


def test_this_at_the_head_of_a_comment_is_the_code_that_it_stands_above() -> None:
    said = "This must stay in step with the list of `Server.ports`, otherwise a retry would hang."
    (found,) = above(said, line=3)
    assert found.title.startswith("A comment in `Client.retry` says of it: “This must stay in step with the list of")
    assert not any("says of it" in item.title for item in above(said, line=1))


def factors_of(hypothesis: Hypothesis, said: str) -> set[str]:
    facts = gone_facts(said)
    seen = {item.id: item for item in detect_cautions(facts)}
    return {factor.label for factor in promise(hypothesis, seen).factors}


def gone_facts(said: str, *, imported: bool = False, declared: bool = False) -> Facts:
    """A comment in a file from which `peerlib-ng` went some years ago."""
    life = EdgeLife("src/net/", "peerlib-ng", True, "a" * 40, 1, "b" * 40, 1_600_000_000, "Drop peerlib-ng")
    reason = Reason("a" * 40, 1, f"In retry: {said}", "because", ("src/net/client.py",))
    builder = with_comment(comment(said)).reason(reason).edge_life(life)
    if imported:
        builder.edge("src/net/client.py", "peerlib-ng")
    if declared:
        builder.file("pyproject.toml", 'dependencies = ["peerlib-ng>=2"]\n')
    return builder.build()


def gone(said: str, *, imported: bool = False, declared: bool = False) -> list[Hypothesis]:
    facts = gone_facts(said, imported=imported, declared=declared)
    return list(propose_cautions(facts, tuple(detect_cautions(facts))))


def test_a_comment_about_a_package_that_nothing_imports_any_more_may_be_out_of_date() -> None:
    said = "Do not use the pool of peerlib_ng, because it would hang where a socket was closed."
    (found,) = gone(said)
    assert found.questions[0].startswith("Nothing imports `peerlib-ng` since 2020: does the comment in")
    assert found.counter_evidence[0].summary.startswith("Nothing imports `peerlib-ng` any more")
    assert found.counter_evidence[0].citations
    assert "it names a package that has gone" in factors_of(found, said)
    for still in (gone(said, imported=True), gone(said, declared=True)):
        assert "peerlib-ng" not in " ".join(still[0].questions)
        assert still[0].confidence > found.confidence
    (other,) = gone("Do not use the pool of another library, because it would hang where a socket was closed.")
    assert other.confidence > found.confidence


@pytest.mark.parametrize(
    "said",
    [
        "We must already be inside a call of the worker, likely because a retry would hang.",
        "That's a bug in peerlib, surface it because a retry would hang.",
        "For that reason we do not add the port here, because a retry would hang.",
        "This might seem wasteful but the code is cleaner than one that keeps all of its sockets open.",
    ],
)
def test_conclusions_and_assertions_are_no_rules(said: str) -> None:
    assert not told(said)


def test_an_issue_that_is_spoken_of_is_told_itself() -> None:
    issue = "Peerlib 3.1 returns the wrong port here, so we ask for it again."
    other = "Peerlib 4 does not have this issue because it works around a bug in the resolver."
    assert around(issue, other).startswith(f"“{issue} {other[:-1]}”, says")


def test_who_would_notice_is_asked_of_what_was_said_to_go_wrong() -> None:
    (found,) = told("Never lift the lid while it runs, otherwise the sheet would be torn by the press.")
    assert "“the sheet would be torn by the press” came true" in found.questions[1]
    (plain,) = told("We must never lift the lid of the press in here, because people stand around it by night.")
    assert "“We must never lift the lid of the press in here” were ignored in `Client.retry`" in plain.questions[1]
    (feared,) = told("We must lift the lid of the press slowly in here to avoid tearing the sheet.")
    assert feared.questions[1].startswith("Who would notice “tearing the sheet” if it came of `Client.retry` one day,")


def test_what_a_framework_puts_into_a_box_is_no_scar_and_this_is_never_left_hanging() -> None:
    said = "Never lift the lid while it runs, because the sheet would be torn by the press."
    assert not told(f"| {said}\n| It is lifted for you.")
    assert not told("In an ideal world we would never do this, but the press would tear each sheet in the lid.")
