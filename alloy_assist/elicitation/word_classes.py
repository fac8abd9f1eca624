"""What part of a sentence a word can be: the word lists behind how a text is built.

No dictionary beyond what facets are made of.
"""

from __future__ import annotations

# Never anything but the verb of a clause.
AUXILIARIES = frozenset(
    """is are was were has have had does do did can could may might must shall should will would cannot can't won't doesn't don't isn't
    aren't wasn't weren't wouldn't couldn't shouldn't hasn't haven't didn't mustn't""".split()
)
# Verbs of one thing ("it drops") and of several ("they drop").
FINITE = frozenset(
    """adds allows alters answers appears arrives asks becomes blocks breaks brings builds bypasses calls changes checks comes compares
    compiles contains costs counts covers crashes creeps depends dies doubles drops ends enters exists expects fails finds
    fires fits forgets gets gives goes grows hangs happens hides holds imports keeps knows lags leaks leaves lets lives loads
    loses makes matches matters means moves needs owns passes prints raises reaches reads releases remains remembers removes
    replaces requires returns reviews rises runs says sees sends serves ships shows sits skips slows spreads stands starts
    stays stops succeeds supports survives swaps takes tells tests thinks triples turns understands uses waits wants works
    wraps writes""".split()
)
# As much nouns as verbs: verbs only where what follows could be their object.
AMBIGUOUS = frozenset(
    """changes imports calls reads writes returns prints counts matches reviews loads runs builds tests checks releases uses breaks
    leaks starts stops skips shows answers drops waits costs ends turns moves crashes hangs fires spreads supports fits works
    blocks holds""".split()
)
PLURAL_VERBS = frozenset(
    """allow answer appear arrive ask become break bring build call change check come compare contain cost count creep depend die
    drift drop duplicate end enter exist expect fail find fit forget get give go grow happen hide hold import keep know lag
    leak load lose make match move need own pass print raise reach read release remain remember require return review rise
    run say see send serve show sit skip stand start stay stop succeed survive take tell test think understand use wait want
    work write""".split()
)
BASE_VERBS = frozenset(
    """keep reach use put add avoid wrap call import inject pass raise return write read make let hide expose split move test run check review
    replace swap change upgrade define declare convert translate map catch prefer do don't never always route send store load only go
    reject refuse forbid require ensure separate isolate pin limit cap validate sanitize parse generate regenerate rebuild ship deploy
    release log measure record mark name document ask tell show treat handle leave stay build give take hold depend reuse share delete
    answer reply respond serve retry apply follow prefer provide cache stop wait compute fetch build change refuse remove rename resolve lock close open copy escape quote compare cancel restart undo roll grep search look see try start stop
    disable enable ignore strip emit flush suppress disallow override prevent restore protect exclude include discard unwrap unbind retain preserve
    normalize postpone switch""".split(),
)
ALWAYS_COMMANDS = frozenset({"do", "don't", "keep", "reach"})
PRONOUNS = frozenset(
    """we i you they it he she nobody somebody someone anyone anybody everyone everybody nothing something everything there people""".split()
)
OPENERS = frozenset("the a an our its their any every each some no all one this that these those my your".split())
PREPOSITIONS = frozenset(
    """within next soon of in on at by from for with without to into as than and or but over under beside between across against after before during while
    when where that which who until since per via is are was were""".split()
)
# What stands before a noun and never before the verb of a clause: "more tests", "hundreds of other checks".
COUNTING = frozenset("more fewer further other new many several few some most hundreds dozens".split())
ADVERBS = frozenset(
    "always never often still no longer now also already just only usually here else sometimes quickly soon simply hardly rarely".split()
)
RELATIVE = frozenset(
    "although though whether that what how why which who whose where when whatever whoever while because if so as than".split()
)
MEANWHILE = frozenset("while until when before after".split())
SAYING = frozenset("shows says proves tells means ensures checks shows knows asserts confirms".split())
NOMINAL = frozenset({"what", "whatever", "whoever"})
NO_GERUNDS = frozenset(
    "thing nothing something anything everything during string king ring spring morning evening ceiling sibling".split()
)
DETERMINERS = frozenset("the a an every each any its our your".split())
PARTICLES = frozenset({"through", "back", "over"})
NEVER_VERBS = (
    frozenset(
        """both half twice such quite rather many what like unlike despite not per plus minus either neither about around upon code
        inside outside above below behind beyond near off onto out up down through throughout among because once no nor yet""".split()
    )
    | PREPOSITIONS
    | OPENERS
    | PRONOUNS
    | AUXILIARIES
    | RELATIVE
    | ADVERBS
    | COUNTING
)


def is_gerund(word: str) -> bool:
    """Return whether a word is one that ends in -ing because somebody does it."""
    return word.endswith("ing") and word not in NO_GERUNDS and len(word) > len("king")


def is_base_verb(word: str) -> bool:
    """Return whether a word can open a command."""
    return word in BASE_VERBS


def is_ordinary_opener(word: str) -> bool:
    """Return whether a capitalised word is one only because a sentence began with it."""
    return word in OPENERS | BASE_VERBS | FINITE | PRONOUNS | PLURAL_VERBS | AUXILIARIES | ADVERBS | PREPOSITIONS
