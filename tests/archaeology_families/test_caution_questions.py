"""What is asked about a warning, and what its words support."""

import pytest

from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.sentences import caution_of
from archaeology.facts import Definition, Facts, FileFacts
from archaeology.history.model import EdgeLife, Reason
from archaeology.hypotheses.cautions import propose_cautions
from archaeology.model import Hypothesis
from archaeology.promise import promise
from fixtures import FactsBuilder
from fixtures.commented import comment, proposed, told_of, with_comment


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
    (found,) = told_of(text)
    assert found.questions[0].startswith(question)


def test_a_guess_supports_no_facet_and_is_told_as_one() -> None:
    (found,) = told_of("Not sure why, but a retry must never reuse the socket, because the worker would hang.")
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
    assert not told_of(said)


def test_who_would_notice_is_asked_of_what_was_said_to_go_wrong() -> None:
    (found,) = told_of("Never lift the lid while it runs, otherwise the sheet would be torn by the press.")
    assert "“the sheet would be torn by the press” came true" in found.questions[1]
    (plain,) = told_of("We must never lift the lid of the press in here, because people stand around it by night.")
    assert "“We must never lift the lid of the press in here” were ignored in `Client.retry`" in plain.questions[1]
    (feared,) = told_of("We must lift the lid of the press slowly in here to avoid tearing the sheet.")
    assert feared.questions[1].startswith("Who would notice “tearing the sheet” if it came of `Client.retry` one day,")


def test_what_a_framework_puts_into_a_box_is_no_scar_and_this_is_never_left_hanging() -> None:
    said = "Never lift the lid while it runs, because the sheet would be torn by the press."
    assert not told_of(f"| {said}\n| It is lifted for you.")
    assert not told_of("In an ideal world we would never do this, but the press would tear each sheet in the lid.")
