"""What people really type, in every shape, and how the sentence takes it: each line was read aloud before it was written here."""

import pytest

from alloy_assist.elicitation import grammar

CAPABILITY = [
    (
        "the HTTP server answers while the finder is busy",
        "the property that the HTTP server answers while the finder is busy",
    ),
    (
        "the freedom to replace Stripe without touching checkout",
        "the freedom to replace Stripe without touching checkout",
    ),
    (
        "We can swap the payment provider without a rewrite.",
        "our ability to swap the payment provider without a rewrite",
    ),
    ("swapping providers in a sprint", "swapping providers in a sprint"),
    ("Providers can be swapped", "the property that providers can be swapped"),
    ("that providers can be swapped", "the property that providers can be swapped"),
    ("being able to run the tests offline", "being able to run the tests offline"),
    ("to run the tests without a database", "the ability to run the tests without a database"),
    ("tests that run without a database", "tests that run without a database"),
    ("Our users never lose an unsaved draft.", "the property that our users never lose an unsaved draft"),
    ("fast start-up", "fast start-up"),
    ("`domain` can be used from a notebook", "the property that `domain` can be used from a notebook"),
    (
        "the CLI keeps working when the network is down",
        "the property that the CLI keeps working when the network is down",
    ),
    ("no one has to know SQL to add a report", "the property that no one has to know SQL to add a report"),
    ("httpx.Client stays usable from threads", "the property that httpx.Client stays usable from threads"),
    ("independent deploys", "independent deploys"),
    ("keep old config files readable", "the ability to keep old config files readable"),
    ("you can read any file that v1 wrote", "the ability to read any file that v1 wrote"),
    ("it must stay possible to build without CGO", "the property that it must stay possible to build without CGO"),
    ('"The core compiles to wasm"', "the property that the core compiles to wasm"),
    ("users can cancel, and nothing is lost so", "the property that users can cancel, and nothing is lost"),
    ("I can delete a tenant in one call", "the ability to delete a tenant in one call"),
    ("people being able to trust a green build", "people being able to trust a green build"),
    ("low memory on large repos", "low memory on large repos"),
    ("not having to restart the server", "not having to restart the server"),
]


THREAT = [
    (
        "subtracting the width of each piece, although the width of a tab depends on where it begins",
        "because subtracting the width of each piece, although the width of a tab depends on where it begins, matters",
    ),
    (
        "trimming by subtracting the width breaks lines with tabs",
        "because the risk that trimming by subtracting the width breaks lines with tabs matters",
    ),
    ("adding a package that breaks imports", "because adding a package that breaks imports matters"),
    ("types of the vendor leaking into checkout", "because types of the vendor leaking into checkout matters"),
    ("someone imports stripe directly", "because the risk that someone imports stripe directly matters"),
    ("that someone imports stripe directly", "because the risk that someone imports stripe directly matters"),
    (
        "someone importing requests because it is handy",
        "because someone importing requests because it is handy matters",
    ),
    (
        "people will add another global, because it's quick",
        "because the risk that people will add another global, because it's quick, matters",
    ),
    ("hurried imports", "because hurried imports matter"),
    ("a quick fix that reaches into the database", "because a quick fix that reaches into the database matters"),
    ("copy-pasted SQL", "because copy-pasted SQL matters"),
    (
        "If someone adds a retry here we double-charge",
        "because the risk that if someone adds a retry here we double-charge matters",
    ),
    ("new contributors don't know the rule", "because the risk that new contributors don't know the rule matters"),
    ("adding a flag for every customer", "because adding a flag for every customer matters"),
    ("to just call the API directly", "because the temptation to just call the API directly matters"),
    (
        "Nobody remembers why, so it gets removed",
        "because the risk that nobody remembers why, so it gets removed, matters",
    ),
    ("Windows paths", "because Windows paths matter"),
    ("deadlocks", "because deadlocks matter"),
    ("an import cycle", "because an import cycle matters"),
    ("developers reaching for time.sleep", "because developers reaching for time.sleep matters"),
    ("edits by hand in generated files, so", "because edits by hand in generated files matter"),
    (
        "it would remove pure annotations and break tree-shaking",
        "because the risk that it would remove pure annotations and break tree-shaking matters",
    ),
    ('"just this once"', "because just this once matters"),
    ("lack of time", "because lack of time matters"),
    ("upstream changes", "because upstream changes matter"),
    ("we forget to bump the version", "because the risk that we forget to bump the version matters"),
    ("the mutex gets taken twice", "because the risk that the mutex gets taken twice matters"),
]


EXPECTATION = [
    (
        "more ways to fail as more is built on `errors`",
        "under the prospect of more ways to fail as more is built on `errors`",
    ),
    ("a second provider next year", "under the prospect of a second provider next year"),
    ("we add a second provider next year", "under the expectation that we add a second provider next year"),
    ("we will support Windows soon.", "under the expectation that we will support Windows soon"),
    ("When we move to Kubernetes", "when we move to Kubernetes"),
    ("once the API is public", "once the API is public"),
    ("that the API becomes public", "under the expectation that the API becomes public"),
    ("growing to 200 engineers", "when growing to 200 engineers"),
    ("the team doubles", "under the expectation that the team doubles"),
    (
        "somebody tidying `src/x.py` without knowing the story",
        "under the prospect of somebody tidying `src/x.py` without knowing the story",
    ),
    ("Python 3.14 drops it", "under the expectation that Python 3.14 drops it"),
    ("new maintainers", "under the prospect of new maintainers"),
    ("moving to async", "when moving to async"),
    ("to support ARM", "when we come to support ARM"),
    ("as more plugins are written by strangers", "as more plugins are written by strangers"),
    ("customers asking for SSO", "under the prospect of customers asking for SSO"),
    (
        "more features that need `x`, written by people in a hurry",
        "under the prospect of more features that need `x`, written by people in a hurry",
    ),
    ("if we ever go multi-tenant", "if we ever go multi-tenant"),
    ("because contracts end", "under the expectation that contracts end"),
    (
        "the team will grow, and people come and go",
        "under the expectation that the team will grow, and people come and go",
    ),
    ("rewrites in Rust", "under rewrites in Rust"),
    ("v2", "under the prospect of v2"),
    ("users on slow networks", "under the prospect of users on slow networks"),
    (
        "contributions from people who have none of our accounts",
        "under the prospect of contributions from people who have none of our accounts",
    ),
    ("within a year we open-source it", "under the expectation that within a year we open-source it"),
]


STRATEGY = [
    (
        "We can't just subtract the width because there might be a tab",
        "not to subtract the width because there might be a tab",
    ),
    (
        "imports in `src` only go down: node > client | runner > shared",
        "that imports in `src` only go down: node, then client or runner, then shared",
    ),
    (
        "Only below httpx/_transports, never in the client",
        "to have it only below httpx/_transports, never in the client",
    ),
    ("keep Stripe in gateways/", "to keep Stripe in gateways/"),
    ("Only gateways may import stripe", "that only gateways may import stripe"),
    ("only import stripe in gateways", "that we only import stripe in gateways"),
    ("always go through the gateway", "that we always go through the gateway"),
    ("never import stripe outside gateways", "never to import stripe outside gateways"),
    ("don't call the API from handlers", "not to call the API from handlers"),
    ("Do not delegate to printHeaderImpl", "not to delegate to printHeaderImpl"),
    ("one adapter per vendor", "one adapter per vendor"),
    ("a gateway that owns the SDK", "a gateway that owns the SDK"),
    ("by wrapping it in an adapter", "wrapping it in an adapter"),
    ("wrapping it in an adapter", "wrapping it in an adapter"),
    ("that all writes go through the outbox", "that all writes go through the outbox"),
    ("we pass the clock in", "that we pass the clock in"),
    ("the domain does not import Django", "that the domain does not import Django"),
    ("all I/O happens at the edges", "that all I/O happens at the edges"),
    ("dependency injection", "dependency injection"),
    (
        "`domain` stands on its own: it never imports `web`, `jobs` or `cli`",
        "that `domain` stands on its own: it never imports `web`, `jobs` or `cli`",
    ),
    ("Raise CustomError instead of ValueError", "to raise CustomError instead of ValueError"),
    ("no imports from `x` in `y`", "no imports from `x` in `y`"),
    ("imports in `src` only go down: a > b > c", "that imports in `src` only go down: a, then b, then c"),
    ("to keep the parser pure", "to keep the parser pure"),
    ("use of tinyglobby only", "use of tinyglobby only"),
    ("Avoid the ORM in hot paths, because it is slow", "to avoid the ORM in hot paths, because it is slow"),
    ("we should not allow a very long pattern", "not to allow a very long pattern"),
    ("t.uiMutex must be locked first to avoid deadlock", "that t.uiMutex be locked first to avoid deadlock"),
    ("It must be done in one transaction", "that it be done in one transaction"),
    ("prefer composition", "composition"),
    ("Do without `fast-glob`; use `tinyglobby`", "to do without `fast-glob`; use `tinyglobby`"),
    ("prevent dragging while a key is held", "to prevent dragging while a key is held"),
]


EVIDENCE = [
    ("import-linter passes in CI", "that import-linter passes in CI"),
    ("a test that greps for stripe", "a test that greps for stripe"),
    ("the test `tests/x.py::test_y` passes", "that the test `tests/x.py::test_y` passes"),
    ("no file of `a` imports `b`", "that no file of `a` imports `b`"),
    ("run the benchmark nightly", "that we run the benchmark nightly"),
    ("that the contract tests pass", "that the contract tests pass"),
    ("reviewing every change to `a`", "reviewing every change to `a`"),
    ("somebody who knows `a` reviews every change to it", "that somebody who knows `a` reviews every change to it"),
    (
        "a benchmark that shows no lock is held across the loop",
        "a benchmark that shows no lock is held across the loop",
    ),
    ("grep finds nothing", "that grep finds nothing"),
    ('zero hits for "import stripe" in CI', 'zero hits for "import stripe" in CI'),
    ("we run it on Windows too", "that we run it on Windows too"),
    ("CI", "CI"),
    ("check the lockfile", "that we check the lockfile"),
    ("the build would fail", "that the build would fail"),
]


TRADEOFF = [
    ("more boilerplate", "more boilerplate"),
    ("we write an adapter for each vendor", "that we write an adapter for each vendor"),
    ("writing adapters", "writing adapters"),
    ("that it is slower", "that it is slower"),
    ("it's slower", "that it's slower"),
    ("two sets of types", "two sets of types"),
    ("slower", "that it is slower"),
    ("having to map types twice", "having to map types twice"),
    ("you can't use the SDK's helpers", "that you can't use the SDK's helpers"),
    ("one more hop", "one more hop"),
    ("code that is harder to debug, and longer", "code that is harder to debug, and longer"),
    ("a bit of duplication, but that's fine", "a bit of duplication, but that's fine"),
    ("no autocomplete", "having no autocomplete"),
    ("new people have to learn it", "that new people have to learn it"),
    ("some things take longer so", "that some things take longer"),
    ("loss of type information", "loss of type information"),
    ("not using the newest features", "not using the newest features"),
    ("Nothing works offline any more", "that nothing works offline any more"),
    ("not all features are available at once", "that not all features are available at once"),
    ("features arrive later", "that features arrive later"),
    ("copying ten lines", "copying ten lines"),
]


@pytest.mark.parametrize(("typed", "said"), CAPABILITY)
def test_a_capability_fits_the_sentence(typed: str, said: str) -> None:
    assert grammar.after_preserve(typed) == said


@pytest.mark.parametrize(("typed", "said"), THREAT)
def test_a_threat_fits_the_sentence(typed: str, said: str) -> None:
    assert grammar.because(typed) == said


@pytest.mark.parametrize(("typed", "said"), EXPECTATION)
def test_an_expectation_fits_the_sentence(typed: str, said: str) -> None:
    assert grammar.under(typed) == said


@pytest.mark.parametrize(("typed", "said"), STRATEGY)
def test_a_strategy_fits_the_sentence(typed: str, said: str) -> None:
    assert grammar.after_prefer(typed) == said


@pytest.mark.parametrize(("typed", "said"), EVIDENCE)
def test_an_evidence_fits_the_sentence(typed: str, said: str) -> None:
    assert grammar.after_require(typed) == said


@pytest.mark.parametrize(("typed", "said"), TRADEOFF)
def test_a_tradeoff_fits_the_sentence(typed: str, said: str) -> None:
    assert grammar.after_accept(typed) == said
