"""Candidates for families that are about what stands on what. Slots as in ``boundaries``."""

from __future__ import annotations

from alloy_assist.elicitation.candidates.boundaries import BOUNDARY_COSTS, Family

FAMILIES: dict[str, Family] = {
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
            ("quicker", "features in {inside} that would be quicker with {outside} at hand"),
            ("new-front", "a new interface, worker or command over the same core"),
            ("extract", "{inside} being split off, published or reused elsewhere"),
        ),
        "tradeoff": (
            ("pass-in", "passing in anything that {inside} may need from {outside}"),
            *BOUNDARY_COSTS[:1],
            ("slower-features", "small features that touch two layers instead of one"),
        ),
    },
    # Several layers in one statement: what is at stake is the same between any two of them.
    "layer_stack": {
        "reasons": (
            (
                "each-layer",
                "the freedom to change a layer of {place} with only the ones above it to look at",
                "an import in a lower layer of {place} that reaches up into a higher one",
            ),
            (
                "reuse-below",
                "the freedom to use the lower layers of {place} without the ones above them",
                "a lower layer of {place} that needs a higher one to be loaded",
            ),
            (
                "no-cycles",
                "packages that can be read, loaded and moved one at a time",
                "a cycle that ties the packages together",
            ),
        ),
        "expectation": (
            ("quicker", "features in a lower layer of {place} that would be quicker with a higher one at hand"),
            ("new-front", "a new interface, worker or command over the same core"),
        ),
        "tradeoff": (
            ("pass-in", "passing in anything that a lower layer of {place} may need from a higher one"),
            *BOUNDARY_COSTS[:1],
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
    # Not a family of its own: an interface with one implementation, which nothing stands in for.
    "lone_interface": {
        "reasons": (
            (
                "theirs",
                "the freedom for people outside this repository to implement {inside} themselves",
                "a method added to {inside}, which their implementations then lack",
            ),
            (
                "second",
                "the freedom to put another implementation beside {outside} without touching what uses {inside}",
                "code that goes past {inside} to {outside}",
            ),
        ),
        "expectation": (
            ("second-one", "a second implementation of {inside} beside {outside}"),
            ("replaced", "users who want to put something of their own in place of {outside}"),
        ),
        "tradeoff": (("twice", "every change of a signature made twice, in {inside} and in {outside}"),),
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
            ("removal", "{inside} being retired or rewritten"),
            ("teams", "different people owning each of them"),
        ),
        "tradeoff": (
            ("elsewhere", "moving elsewhere, or writing twice, anything that {inside} may need from {outside}"),
            ("common-place", "a trip through the common parent for everything they share"),
        ),
    },
    "pure_core": {
        "reasons": (
            (
                "stands-alone",
                "the freedom to use {inside} anywhere, without {outside}",
                "an import of {outside} in {inside}, added for convenience",
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
            ("quicker", "features in {inside} that would be quicker with {outside} at hand"),
            ("more-users", "more code that is built on {inside}"),
            ("more-rules", "rules that keep changing and must be checked in seconds"),
            ("other-runtime", "the same rules being needed in another process or product"),
            ("flaky", "tests that turn slow or flaky as the code grows"),
        ),
        "tradeoff": (
            ("pass-in", "passing in anything that {inside} may need from {outside}"),
            ("plumbing", "plumbing that gathers everything first and passes it in"),
            ("memory", "loading more than is needed, because the rules cannot fetch on demand"),
        ),
    },
}
