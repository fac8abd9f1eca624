"""Candidates for families that are about who may know whom. Slots: {inside} {outside} {gateway} {place}."""

from __future__ import annotations

from typing import TypeAlias

Entries: TypeAlias = "tuple[tuple[str, ...], ...]"
Family: TypeAlias = "dict[str, Entries]"

_BOUNDARY_COSTS: Entries = (
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
            ("swap", "a change of provider, or a second one beside {outside}"),
            ("major-version", "a new major version of {outside} that breaks its interface"),
            ("more-callers", "more features that need {outside}, written by people in a hurry"),
        ),
        "tradeoff": (
            ("wrapper", "a wrapper around {outside} to write and keep, and not all of its features at hand"),
            *_BOUNDARY_COSTS[:2],
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
            ("more-hosts", "more places that use {inside}, some of them without {outside}"),
            ("major-version", "a new major version of {outside}, or a move away from it"),
            ("quicker", "more features in {inside} that would be quicker with {outside} at hand"),
        ),
        "tradeoff": (
            ("pass-in", "passing in what {outside} would give, which is more code at each call"),
            ("by-hand", "writing by hand what {outside} has to offer"),
        ),
    },
    "layer_direction": {
        "reasons": (
            (
                "reuse-below",
                "the freedom to use and change {inside} without {outside}",
                "an import in {inside} that reaches up into {outside}, added for convenience",
            ),
            (
                "test-below",
                "tests of {inside} that start nothing of {outside}",
                "logic in {inside} that needs {outside} to be loaded or running",
            ),
            (
                "no-cycles",
                "packages that can be read, loaded and moved one at a time",
                "a cycle that ties the packages together",
            ),
            (
                "second-front",
                "the freedom to put another front end or entry point in place of {outside}",
                "decisions of {outside} leaking into {inside}",
            ),
        ),
        "expectation": (
            ("new-front", "a new interface, worker or command over the same core"),
            ("growth", "more people adding features in several places at once"),
            ("extract", "{inside} being split off, published or reused elsewhere"),
        ),
        "tradeoff": (
            ("pass-in", "handing things down as parameters or callbacks where an import would be shorter"),
            *_BOUNDARY_COSTS[:1],
            ("slower-features", "small features that touch two layers instead of one"),
        ),
    },
    # A layer with one user: what is at stake is what that one may do with it.
    "single_user": {
        "reasons": (
            (
                "one-caller",
                "the freedom to change {outside} with only {gateway} to look at",
                "a second caller that comes to rely on details of {outside}",
            ),
            (
                "one-way-in",
                "one way in through {gateway}, which sees everything that happens",
                "a call past {gateway} that skips what it does",
            ),
            (
                "heavy",
                "code that starts without paying for {outside}",
                "an import of {outside} where it is not needed",
            ),
        ),
        "expectation": (
            ("handy", "more features that would be quicker with {outside} at hand"),
            ("rewrite", "{outside} being rewritten or replaced"),
            ("more-people", "more people who do not know that {gateway} is the way in"),
        ),
        "tradeoff": (
            ("through", "going through {gateway} even for something small"),
            ("busy", "{gateway} growing with every need of the others"),
        ),
    },
    "sibling_independence": {
        "reasons": (
            (
                "separate-change",
                "the freedom to change, test or remove {inside} without looking at {outside}",
                "one of them reaching into another for a helper that happens to be there",
            ),
            (
                "separate-teams",
                "work on {inside} and {outside} at the same time without getting in each other's way",
                "shared details that make a change in one break the other",
            ),
            (
                "plug-in",
                "a new sibling that can be added without touching the others",
                "siblings that know each other by name",
            ),
        ),
        "expectation": (
            ("more-siblings", "more siblings of the same kind being added"),
            ("removal", "one of them being retired or rewritten"),
            ("teams", "different people owning each of them"),
        ),
        "tradeoff": (
            ("duplicates", "some code that is written twice rather than shared"),
            ("common-place", "a trip through the common parent for everything they share"),
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
    "pure_core": {
        "reasons": (
            (
                "stands-alone",
                "the freedom to use {inside} anywhere, without {outside}",
                "an import from {inside} of something that stands on it",
            ),
            (
                "fast-tests",
                "rules in {inside} that can be tested in memory, without files, network or clock",
                "reading, writing or waiting that creeps into the rules",
            ),
            (
                "reason-about",
                "results of {inside} that depend only on what goes in",
                "hidden inputs: the clock, the environment, global state",
            ),
            (
                "other-shell",
                "the freedom to run {inside} inside another shell, job or service",
                "{inside} starting to fetch and save what it works on",
            ),
        ),
        "expectation": (
            ("more-users", "more code that is built on {inside}"),
            ("more-rules", "rules that keep changing and must be checked in seconds"),
            ("other-runtime", "the same rules being needed in another process or product"),
            ("flaky", "tests that turn slow or flaky as the code grows"),
        ),
        "tradeoff": (
            ("plumbing", "plumbing that gathers everything first and passes it in"),
            ("memory", "loading more than is needed, because the rules cannot fetch on demand"),
        ),
    },
    "ports_and_adapters": {
        "reasons": (
            (
                "swap-adapter",
                "the freedom to add or replace an implementation behind {inside} without touching its callers",
                "callers that depend on one implementation's details",
            ),
            (
                "fakes",
                "tests that use a fake in place of the real thing behind {inside}",
                "a fake that no longer behaves like what it stands for",
            ),
            (
                "own-terms",
                "an interface in our terms, not in those of whatever is behind it",
                "an interface that grows a method for every need of one implementation",
            ),
        ),
        "expectation": (
            ("second", "a second implementation, or the retirement of the first"),
            ("offline", "tests and development without the real thing at hand"),
            ("contributors", "new implementations by people who do not know the core"),
        ),
        "tradeoff": (
            ("lowest", "an interface that offers only what every implementation can do"),
            ("two-places", "an interface and its implementations to keep in step"),
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
            ("new-endpoints", "new entry points added by people who do not know the rule"),
            ("attack", "attempts to get around it"),
            ("audit", "an audit, or a customer who asks how we know"),
        ),
        "tradeoff": (
            ("friction", "friction for honest users and for us while developing"),
            ("slower", "a check on every request, with its cost in time"),
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
            ("schema", "the schema or the generator changing"),
            ("newcomers", "fixes by newcomers and agents who change what they see where they see it"),
        ),
        "tradeoff": (
            ("build-step", "a build step that has to be run and explained"),
            ("ugly", "code that we would not have written that way"),
        ),
    },
}
