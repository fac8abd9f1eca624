"""Candidates for families that are about who may know whom. Slots: {inside} {outside} {gateway} {place}."""

from __future__ import annotations

from typing import TypeAlias

Entries: TypeAlias = "tuple[tuple[str, ...], ...]"
Family: TypeAlias = "dict[str, Entries]"

BOUNDARY_COSTS: Entries = (
    ("indirection", "one more hop to follow, and code at the seam that only passes things on"),
    ("mapping", "mapping between two sets of types that look alike"),
    ("slower-features", "small features that touch two places instead of one"),
)

FAMILIES: dict[str, Family] = {
    "vendor_isolation": {
        "reasons": (
            (
                "replace",
                "the freedom to replace or upgrade {outside} without touching {inside}",
                "types, errors and assumptions of {outside} spreading into {inside}",
            ),
            (
                "test-without",
                "tests of {inside} that run without {outside}",
                "rules in {inside} that can only be exercised through {outside}",
            ),
            (
                "own-words",
                "our own words for what goes wrong and what comes back, whatever {outside} calls it",
                "failures and values of {outside} handled one by one all over {inside}",
            ),
            (
                "optional",
                "{inside} that works where {outside} is not installed",
                "an import of {outside} on the way to code that does not need it",
            ),
        ),
        "expectation": (
            ("major-version", "a new major version of {outside} that breaks its interface"),
            ("swap", "a change of provider, or a second one beside {outside}"),
            ("more-callers", "more features that need {outside}, written by people in a hurry"),
        ),
        "tradeoff": (
            ("through", "going through {gateway} for everything that {outside} does"),
            ("wrapper", "a wrapper around {outside} to write and keep, and not all of its features at hand"),
            *BOUNDARY_COSTS[:2],
        ),
    },
    # Vendor isolation without a gateway: a place that is to know nothing of the vendor at all.
    "vendor_free": {
        "reasons": (
            (
                "without",
                "the freedom to use {inside} where there is no {outside}",
                "an import of {outside} in {inside}, added because it was at hand",
            ),
            (
                "test-without",
                "tests of {inside} that run without {outside}",
                "rules in {inside} that can only be exercised through {outside}",
            ),
            (
                "own-pace",
                "upgrades of {outside} that leave {inside} alone",
                "types and assumptions of {outside} spreading into {inside}",
            ),
        ),
        "expectation": (
            ("quicker", "more features in {inside} that would be quicker with {outside} at hand"),
            ("major-version", "a new major version of {outside}, or a move away from it"),
            ("more-hosts", "more places that use {inside}, some of them without {outside}"),
        ),
        "tradeoff": (
            ("pass-in", "passing in anything that {inside} may need from {outside}"),
            ("by-hand", "writing by hand in {inside} what {outside} has to offer"),
        ),
    },
    # Not a family of its own: tests that production code must not lean on.
    "test_boundary": {
        "reasons": (
            (
                "runs-without-tests",
                "the freedom to install and run {inside} without {outside}",
                "production code that leans on a helper or fixture of {outside}",
            ),
            (
                "free-tests",
                "the freedom to rewrite {outside} without breaking the product",
                "something in {outside} that the product has come to need",
            ),
        ),
        "expectation": (
            ("packaging", "a release that leaves {outside} out"),
            ("handy", "more handy helpers in {outside} that somebody would like to reuse"),
        ),
        "tradeoff": (
            ("move", "moving a helper into the product properly, with tests of its own, before it can be shared"),
            ("twice", "some set-up code that is written twice"),
        ),
    },
    "ports_and_adapters": {
        "reasons": (
            (
                "swap-adapter",
                "the freedom to add or replace an implementation of {gateway} without touching its callers",
                "code that reaches {outside} directly and goes round {gateway}",
            ),
            (
                "fakes",
                "tests that need {gateway} and run without {outside}",
                "a fake of {gateway} that no longer behaves like {outside}",
            ),
            (
                "own-terms",
                "an interface in our terms, not in those of whatever is behind it",
                "an interface that grows a method for every need of one implementation",
            ),
        ),
        "expectation": (
            ("more-users", "more code that needs {gateway}, with {outside} at hand"),
            ("second", "another implementation of {gateway} beside {outside}"),
            ("contributors", "new implementations by people who do not know the core"),
        ),
        "tradeoff": (
            ("two-places", "keeping {gateway} in step with all that implements it, stand-ins in tests included"),
            ("lowest", "a {gateway} that offers only what every implementation can do"),
        ),
    },
    "public_facade": {
        "reasons": (
            (
                "rearrange",
                "the freedom to rearrange what is behind {inside} without breaking those who use it",
                "callers that import from behind the front door",
            ),
            (
                "small-surface",
                "a public surface small enough to document and keep",
                "internals that become public because nobody said they were not",
            ),
        ),
        "expectation": (
            ("refactor", "the internals being rewritten while users stay"),
            ("users", "a growing number of users and plug-ins that we cannot change ourselves"),
        ),
        "tradeoff": (
            ("re-export", "names that have to be re-exported and kept in two places"),
            ("less-reach", "users who cannot reach something useful until we expose it"),
        ),
    },
    "security_boundary": {
        "reasons": (
            (
                "one-place",
                "one place in {inside} where it is decided who may do what",
                "a second path that skips the check",
            ),
            (
                "secrets",
                "secrets and personal data that stay on their side of {place}",
                "a log line, error or export that carries them out",
            ),
            (
                "untrusted",
                "input from outside that is checked before anything acts on it",
                "a new entry point that trusts what it is given",
            ),
        ),
        "expectation": (
            ("new-endpoints", "new ways in that go round {inside}, added by people who do not know the rule"),
            ("attack", "attempts to get around it"),
            ("audit", "an audit, or a customer who asks how we know"),
        ),
        "tradeoff": (
            ("friction", "friction for honest users of {inside}, and for us while developing"),
            ("slower", "a check in {inside} every time, with its cost"),
        ),
    },
    "generated_code": {
        "reasons": (
            (
                "regenerate",
                "the freedom to regenerate {inside} at any time without losing work",
                "edits by hand in files that the generator will overwrite",
            ),
            (
                "one-source",
                "one source that says what {inside} contains",
                "the source and the generated files drifting apart",
            ),
        ),
        "expectation": (
            ("schema", "the source of {inside} or its generator changing"),
            ("newcomers", "fixes by newcomers and agents who change what they see where they see it"),
        ),
        "tradeoff": (
            ("build-step", "a run of the generator, and its output in the review, for every change to {inside}"),
            ("ugly", "code that we would not have written that way"),
        ),
    },
}
