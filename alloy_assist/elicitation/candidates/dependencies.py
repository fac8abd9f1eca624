"""Candidates for families that are about what the code relies on: packages, technologies, and what changes together. Slots as in ``boundaries``."""

from __future__ import annotations

from alloy_assist.elicitation.candidates.boundaries import Family

FAMILIES: dict[str, Family] = {
    "dependency_restraint": {
        "reasons": (
            (
                "only-these",
                "an installation that brings {gateway} and nothing else",
                "a package added beside {gateway} for something that ten lines would do",
            ),
            (
                "install",
                "an installation that is small and works everywhere",
                "a dependency added for something that ten lines would do",
            ),
            (
                "no-conflicts",
                "users who can install us beside whatever else they use",
                "version limits of our dependencies that clash with theirs",
            ),
            (
                "trust",
                "a list of dependencies short enough to know each one",
                "code from strangers that nobody has looked at",
            ),
        ),
        "expectation": (
            ("requests", "requests for features that would bring another package beside {gateway}"),
            ("abandoned", "a dependency being abandoned or taken over"),
            ("embedding", "being installed inside other people's projects"),
        ),
        "tradeoff": (
            ("own-code", "code of our own where a package beside {gateway} exists"),
            ("fewer-features", "saying no to things that a library would give us for free"),
        ),
    },
    "technology_choice": {
        "reasons": (
            (
                "property",
                "what {inside} gives us that we would otherwise have to build and keep ourselves",
                "a second tool for the same job, or use of it for what it is bad at",
            ),
            (
                "known",
                "one tool for this job, which everybody here knows",
                "a newer favourite brought in beside it without retiring it",
            ),
        ),
        "expectation": (
            ("outgrown", "our needs outgrowing it"),
            ("fashion", "a newer alternative that everybody talks about"),
            ("unmaintained", "its maintainers losing interest or changing the licence"),
        ),
        "tradeoff": (
            ("lock-in", "being tied to its way of doing things"),
            ("learning", "time for newcomers to learn it"),
        ),
    },
    "technology_given_up": {
        "reasons": (
            (
                "freed",
                "the freedom to use {inside} without {outside}",
                "{outside} brought back for one small thing",
            ),
            (
                "one-way",
                "one way to do this job, which everybody here knows",
                "a second way to do the same job, brought in beside the first",
            ),
        ),
        "expectation": (
            ("copied", "code and examples from elsewhere that still use {outside}"),
            ("newcomers", "new people who do not know why it was given up"),
            ("unmaintained", "its maintainers giving it up too"),
        ),
        "tradeoff": (
            ("without", "doing without whatever only {outside} can do"),
            ("replacement", "depending on what took its place"),
        ),
    },
    "tacit_coupling": {
        "reasons": (
            (
                "in-step",
                "{inside} staying in step when one of them changes",
                "a change to one that forgets the other",
            ),
            (
                "come-apart",
                "the freedom to change one of {inside} without the other",
                "knowledge that both hold and neither owns",
            ),
        ),
        "expectation": (
            ("new-people", "work by people who do not know that they belong together"),
            ("split", "the two being owned or released separately"),
        ),
        "tradeoff": (
            ("remember", "a second file to look at for every change to {inside}, as long as no check does"),
            ("both", "changes that are larger than they look"),
        ),
    },
}
