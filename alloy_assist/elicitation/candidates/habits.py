"""Candidates for families that are about how code is written, tested and kept. Slots as in ``boundaries``."""

from __future__ import annotations

from alloy_assist.elicitation.candidates.boundaries import Family

FAMILIES: dict[str, Family] = {
    "typed_errors": {
        "reasons": (
            (
                "handle-by-kind",
                "callers of {inside} that can tell failures apart and handle each one by its type",
                "an error raised to callers of {inside} that is no kind of {gateway}",
            ),
            (
                "one-net",
                "one root, {gateway}, to catch for everything that {inside} can raise on purpose",
                "an error raised outside {gateway}, which falls through every handler of it",
            ),
            (
                "good-messages",
                "failures that tell a person what happened and what to do next",
                "generic errors raised because it was quicker",
            ),
        ),
        "expectation": (
            ("more-failures", "more ways to fail as more is built on {inside}"),
            ("outside-callers", "new callers that we do not write ourselves"),
            ("retry", "a growing need to decide between retrying, giving up and telling the user"),
        ),
        "tradeoff": (
            ("translating", "catching the errors of {outside} at every call, and raising kinds of {gateway} instead"),
            ("classes", "a kind of {gateway} to define and document for every new way to fail"),
            ("ceremony", "ceremony where a built-in exception would do"),
        ),
    },
    "stable_format": {
        "reasons": (
            (
                "on-purpose",
                "what {inside} puts out, the same until somebody means to change it",
                "a change of {inside} that alters its output, recorded anew without a look",
            ),
            (
                "read-old",
                "files and messages written by older versions that can still be read",
                "a field that is renamed, removed or given another meaning",
            ),
            (
                "others-read",
                "other people's programs that read {inside} and keep working",
                "a change of shape without a new version",
            ),
        ),
        "expectation": (
            ("upgrades", "upgrades that leave users on different versions for a while"),
            ("new-fields", "new fields that every feature wants to add"),
            ("integrations", "new integrations that we do not know of"),
        ),
        "tradeoff": (
            (
                "differences",
                "what is recorded in {outside} to look through with every change that alters what {inside} puts out",
            ),
            ("carry", "old names and odd shapes that we have to carry on"),
            ("versioning", "a version number, migrations and tests for old samples"),
        ),
    },
    "test_isolation": {
        "reasons": (
            (
                "kept-off",
                "a test run that does not depend on {outside}",
                "a new test that uses {outside} itself and not {gateway}",
            ),
            (
                "anywhere",
                "a test run that gives the same answer on every machine, without network, accounts or luck",
                "a test that reaches the network, the real clock or shared data",
            ),
            (
                "fast",
                "a test run fast enough to be run before every commit",
                "slow outside services creeping into unit tests",
            ),
            (
                "parallel",
                "tests that can run in any order and side by side",
                "state that one test leaves behind for the next",
            ),
        ),
        "expectation": (
            ("more-tests", "hundreds more tests, written by different people"),
            ("ci-trust", "a red build that has to mean something"),
            ("contributors", "contributions by people who have none of our accounts"),
        ),
        "tradeoff": (
            ("stand-in", "tests that say nothing of how the product gets on with {outside}"),
            ("unreal", "fakes that can differ from the real thing without anybody noticing"),
            ("fixtures", "fixtures and recordings to keep up to date"),
        ),
    },
    "enforced_gate": {
        "reasons": (
            (
                "stays-clean",
                "what {gateway} checks holding on every commit, without anybody policing it",
                "{gateway} being loosened, skipped or made optional to get a change in",
            ),
            (
                "review-time",
                "reviews that are about design, with the rest left to machines",
                "exceptions that pile up until the gate means nothing",
            ),
        ),
        "expectation": (
            ("deadline", "a deadline, with a red build in the way"),
            ("agents", "changes written faster than people can review them"),
            ("newcomers", "contributions by people who do not know our habits"),
        ),
        "tradeoff": (
            ("blocked", "a good change that waits because of a rule that does not fit it"),
            ("minutes", "minutes of build time on every change"),
        ),
    },
}

GENERIC: Family = {
    "reasons": (
        (
            "change-safely",
            "the freedom to change {inside} without breaking what depends on it",
            "shortcuts through {inside} that tie other code to its details",
        ),
        (
            "test-alone",
            "tests of {inside} that need nothing else to be running",
            "dependencies that make {inside} impossible to test by itself",
        ),
    ),
    "expectation": (
        ("growth", "more features and more people working on {place}"),
        ("replace", "{place} or something it relies on being replaced"),
        ("unknowing", "work by people and agents who do not know why it is like that"),
    ),
    "tradeoff": (
        ("more-code", "more code, and a longer way round for simple things"),
        ("slower", "small changes that take longer"),
    ),
}
