"""Candidates for families that are about how code is written, tested and kept. Slots as in ``boundaries``."""

from __future__ import annotations

from alloy_assist.elicitation.candidates.boundaries import Family

FAMILIES: dict[str, Family] = {
    "typed_errors": {
        "reasons": (
            (
                "handle-by-kind",
                "callers of {inside} that can tell failures apart and handle each one by its type",
                "failures that reach callers as bare strings or as somebody else's exceptions",
            ),
            (
                "one-net",
                "one root to catch for everything that {inside} can raise on purpose",
                "errors raised outside the family, which fall through every handler",
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
            ("classes", "an exception class for every kind of failure, and translating at every edge"),
            ("ceremony", "ceremony where a built-in exception would do"),
        ),
    },
    "stable_format": {
        "reasons": (
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
            ("carry", "old names and odd shapes that we have to carry on"),
            ("versioning", "a version number, migrations and tests for old samples"),
        ),
    },
    "test_isolation": {
        "reasons": (
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
            ("unreal", "fakes that can differ from the real thing without anybody noticing"),
            ("fixtures", "fixtures and recordings to keep up to date"),
        ),
    },
    "scar_tissue": {
        "reasons": (
            (
                "guard-stays",
                "what “{story}” put right in {inside} staying right",
                "a clean-up that removes the odd-looking code because nobody knows its reason",
            ),
            (
                "not-again",
                "the right result from {inside} where it went wrong then",
                "the same mistake made again by somebody who was not there",
            ),
        ),
        "expectation": (
            ("refactor", "somebody tidying {place} without knowing the story"),
            ("same-pressure", "the same pressure that led to it the first time"),
            ("new-people", "work by people and agents who were not there"),
        ),
        "tradeoff": (
            ("ugly", "code that looks odd and has to be explained"),
            ("slower", "a slower or longer way than the obvious one"),
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
    "performance_guard": {
        "reasons": (
            (
                "stays-fast",
                "{inside} staying as fast as people now rely on",
                "a convenient call on the hot path that nobody measures",
            ),
            (
                "bounded",
                "time and memory that stay bounded on the largest input we allow",
                "an accidental loop inside a loop, or a whole file read at once",
            ),
        ),
        "expectation": (
            ("bigger", "inputs ten times larger than today's"),
            ("features", "features that each add a little to the same path"),
        ),
        "tradeoff": (
            ("less-clear", "code that is less clear than the slow version"),
            ("bench", "benchmarks to keep and noise to live with"),
        ),
    },
    "concurrency": {
        "reasons": (
            (
                "no-races",
                "{inside} without races or deadlocks, whatever runs beside it",
                "shared state that is changed outside the lock or the owner",
            ),
            (
                "responsive",
                "an event loop or screen that never waits for slow work",
                "a blocking call on the loop's own thread",
            ),
        ),
        "expectation": (
            ("load", "more load, and timings that tests never see"),
            ("features", "new features that start work in the background"),
        ),
        "tradeoff": (
            ("harder", "code that is harder to write and to debug"),
            ("throughput", "some throughput given up for safety"),
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
