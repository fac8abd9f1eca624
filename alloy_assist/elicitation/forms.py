"""How a text is built, as far as its words tell: a noun phrase, a clause, a command, an infinitive, "that ...", a gerund, "when ...".

No parser, and no dictionary beyond what facets are made of: a verb counts as one where what stands around it leaves it no other part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from alloy_assist.elicitation.documented import DOES

# Never anything but the verb of a clause.
_AUXILIARIES = frozenset(
    """is are was were has have had does do did can could may might must shall should will would cannot can't won't doesn't don't isn't
    aren't wasn't weren't wouldn't couldn't shouldn't hasn't haven't didn't mustn't""".split()
)
# Verbs of one thing ("it drops") and of several ("they drop").
_FINITE = frozenset(
    """adds allows alters answers appears arrives asks becomes blocks breaks brings builds bypasses calls changes checks comes compares
    compiles contains costs counts covers crashes creeps depends dies doubles drops ends enters exists expects fails finds
    fires fits forgets gets gives goes grows hangs happens hides holds imports keeps knows lags leaks leaves lets lives loads
    loses makes matches matters means moves needs owns passes prints raises reaches reads releases remains remembers removes
    replaces requires returns reviews rises runs says sees sends serves ships shows sits skips slows spreads stands starts
    stays stops succeeds supports survives swaps takes tells tests thinks triples turns understands uses waits wants works
    wraps writes""".split()
)
# As much nouns as verbs: verbs only where what follows could be their object.
_AMBIGUOUS = frozenset(
    """changes imports calls reads writes returns prints counts matches reviews loads runs builds tests checks releases uses breaks
    leaks starts stops skips shows answers drops waits costs ends turns moves crashes hangs fires spreads supports fits works
    blocks holds""".split()
)
_PLURAL_VERBS = frozenset(
    """allow answer appear arrive ask become break bring build call change check come compare contain cost count creep depend die
    drift drop duplicate end enter exist expect fail find fit forget get give go grow happen hide hold import keep know lag
    leak load lose make match move need own pass print raise reach read release remain remember require return review rise
    run say see send serve show sit skip stand start stay stop succeed survive take tell test think understand use wait want
    work write""".split()
)
_BASE_VERBS = frozenset(
    """keep reach use put add avoid wrap call import inject pass raise return write read make let hide expose split move test run check review
    replace swap change upgrade define declare convert translate map catch prefer do don't never always route send store load only go
    reject refuse forbid require ensure separate isolate pin limit cap validate sanitize parse generate regenerate rebuild ship deploy
    release log measure record mark name document ask tell show treat handle leave stay build give take hold depend reuse share delete
    answer reply respond serve retry apply follow prefer provide cache stop wait compute fetch build change refuse remove rename resolve lock close open copy escape quote compare cancel restart undo roll grep search look see try start stop
    disable enable ignore strip emit flush suppress disallow override prevent restore protect exclude include discard unwrap unbind retain preserve
    normalize postpone switch""".split(),
)
_ALWAYS_COMMANDS = frozenset({"do", "don't", "keep", "reach"})
_PRONOUNS = frozenset(
    """we i you they it he she nobody somebody someone anyone anybody everyone everybody nothing something everything there people""".split()
)
_OPENERS = frozenset("the a an our its their any every each some no all one this that these those my your".split())
_PREPOSITIONS = frozenset(
    """within next soon of in on at by from for with without to into as than and or but over under beside between across against after before during while
    when where that which who until since per via is are was were""".split()
)
# What stands before a noun and never before the verb of a clause: "more tests", "hundreds of other checks".
_COUNTING = frozenset("more fewer further other new many several few some most hundreds dozens".split())
_ADVERBS = frozenset(
    "always never often still no longer now also already just only usually here else sometimes quickly soon simply hardly rarely".split()
)
_RELATIVE = frozenset(
    "although though whether that what how why which who whose where when whatever whoever while because if so as than".split()
)
_MEANWHILE = frozenset("while until when before after".split())
_SAYING = frozenset("shows says proves tells means ensures checks shows knows asserts confirms".split())
_NOMINAL = frozenset({"what", "whatever", "whoever"})
_CONJUNCTION = re.compile(
    r"(?:when|once|as soon as|as long as|as more|as the|as we|as it|whenever|if|while|after|before|now that|until|since|because|unless)\b",
    re.IGNORECASE,
)
NO_GERUNDS = frozenset(
    "thing nothing something anything everything during string king ring spring morning evening ceiling sibling".split()
)
_CONTRACTED = re.compile(r"(?:it|that|there|they|we|you|i|he|she)'(?:s|re|ll|d|ve|m)")
_CODE = re.compile("`[^`]*`|“[^”]*”")
_WORD = re.compile(r"[^\W_]+(?:[-.'\u2019/_][^\W_]+)*", re.UNICODE)
_ALTHOUGH = re.compile(r" after all,? though | after which ")
_DETERMINERS = frozenset("the a an every each any its our your".split())
_PARTICLES = frozenset({"through", "back", "over"})
_NEVER_VERBS = (
    frozenset(
        """both half twice such quite rather many what like unlike despite not per plus minus either neither about around upon code
        inside outside above below behind beyond near off onto out up down through throughout among because once no nor yet""".split()
    )
    | _PREPOSITIONS
    | _OPENERS
    | _PRONOUNS
    | _AUXILIARIES
    | _RELATIVE
    | _ADVERBS
    | _COUNTING
)
_REACH = 3


class Form(Enum):
    """How a text is built."""

    PHRASE = "phrase"
    CLAUSE = "clause"
    COMMAND = "command"
    INFINITIVE = "infinitive"
    THAT = "that"
    GERUND = "gerund"
    WHEN = "when"


def form_of(text: str) -> Form:
    """Return how a text is built, as far as its words tell."""
    # "doing it after all, though it would fail" and "a change after which it fails" are built as what stands before that.
    spoken = spoken_words(_ALTHOUGH.split(text, maxsplit=1)[0])
    if not spoken:
        return Form.PHRASE
    first, second = spoken[0], spoken[1] if len(spoken) > 1 else ""
    if second == "who" and first in _PRONOUNS and sum(_looks_finite(word) for word in spoken[2:]) > 1:
        # "somebody who knows it reviews it", however much stands between the two verbs.
        return Form.CLAUSE
    if _CONTRACTED.fullmatch(first) or spoken[:2] == ["no", "one"]:
        return Form.CLAUSE
    if first == "that":
        return Form.THAT
    if first == "to":
        return Form.INFINITIVE
    if _CONJUNCTION.match(text.strip()):
        return Form.WHEN
    if is_gerund(first) or (first in {"not", "never"} and is_gerund(second)):
        return Form.CLAUSE if second in _AUXILIARIES or has_finite(spoken) else Form.GERUND
    if _is_command(spoken):
        return Form.COMMAND
    return Form.CLAUSE if has_finite(spoken) else Form.PHRASE


def spoken_words(text: str) -> list[str]:
    """Return the words of a text as they are spoken: hyphens and dots inside of one leave it one, a piece of code is one."""
    return [word.lower().replace("\u2019", "'") for word in _WORD.findall(_before_colon(_CODE.sub(" code ", text)))]


def _before_colon(text: str) -> str:
    """What stands before a colon says how the whole is built; what follows only unfolds it."""
    first, colon, _ = text.partition(": ")
    return first if colon and len(first.split()) > 1 else text


def is_gerund(word: str) -> bool:
    """Return whether a word is one that ends in -ing because somebody does it."""
    return word.endswith("ing") and word not in NO_GERUNDS and len(word) > len("king")


def is_base_verb(word: str) -> bool:
    """Return whether a word can open a command."""
    return word in _BASE_VERBS


def is_ordinary_opener(word: str) -> bool:
    """Return whether a capitalised word is one only because a sentence began with it."""
    return (
        word in _OPENERS | _BASE_VERBS | _FINITE | _PRONOUNS | _PLURAL_VERBS | _AUXILIARIES | _ADVERBS | _PREPOSITIONS
    )


def has_finite(spoken: Sequence[str]) -> bool:
    """Whether a main verb stands before any word that opens a clause of its own ("a rule that nobody knows" has none)."""
    clauses = 0
    for index, word in enumerate(spoken):
        if word in _RELATIVE and (index > 0 or word in _NOMINAL):
            clauses += 1
        elif _is_verb(spoken, index) and not _AUXILIARIES & set(spoken[max(0, index - _REACH) : index]):
            # "can install" and "would otherwise have" are one verb.
            if clauses == 0:
                return True
            # The verb of "that nobody uses"; a further one is the main verb. "That shows nothing is lost" has a clause inside.
            clauses -= int(word not in _SAYING)
    return False


def _looks_finite(word: str) -> bool:
    return word in _FINITE | _AUXILIARIES


def _is_command(spoken: Sequence[str]) -> bool:
    first, second = spoken[0], spoken[1] if len(spoken) > 1 else ""
    if first in {"only", "always", "never", "just"}:
        return second in _BASE_VERBS
    if (
        second in _DETERMINERS | _PARTICLES
        and first.isalpha()
        and not (first in _NEVER_VERBS or first.endswith(("ing", "ed", "ly")))
        and not has_finite(spoken)
    ):
        # Whatever stands right before "the", "every" or "through" and opens a text tells what to do.
        return True
    if first not in _BASE_VERBS or second in {"of", "must", "may"} or second in _AUXILIARIES - {"not"}:
        return False
    # "test runs stay short" and "change requests are reviewed" open with a noun.
    return first in _ALWAYS_COMMANDS or not (second in _FINITE or (len(spoken) > 2 and spoken[2] in _AUXILIARIES))  # noqa: PLR2004


def _is_verb(spoken: Sequence[str], index: int) -> bool:
    word, before = spoken[index], spoken[index - 1] if index else ""
    after = spoken[index + 1] if index + 1 < len(spoken) else ""
    if index == 0 or before == "to":
        return False
    if word in _AUXILIARIES or _is_told_of_code(spoken, index):
        return True
    subject = next((item for item in reversed(spoken[:index]) if item not in _ADVERBS), "")
    if (
        subject in _PRONOUNS
        and _opens_a_clause(spoken, index)
        and subject == spoken[max(0, index - 1 - _adverbs(spoken, index))]
    ):
        return not is_gerund(word) and word not in _PREPOSITIONS | _ADVERBS | _OPENERS
    if before == "each" and word in _PLURAL_VERBS and index > 1 and spoken[index - 2] in _RELATIVE:
        return True
    if is_gerund(before) or before in (_OPENERS | _PREPOSITIONS) - _RELATIVE:
        return False
    if before in {"never", "always"}:
        return not is_gerund(word) and not word.endswith("ed")
    if before in _COUNTING:
        return False
    if word in _AMBIGUOUS:
        return bool(after) and (after not in _PREPOSITIONS or after in _MEANWHILE) and _is_singular(spoken, index)
    if word in _PLURAL_VERBS:
        several = _is_plural(before) or before in _ADVERBS or "and" in spoken[max(0, index - 2) : index]
        return several and after not in {"of", "and", "or"}
    return word in _FINITE


def _is_told_of_code(spoken: Sequence[str], index: int) -> bool:
    """Whether it is what a named piece of code does: "`close` shuts the pool", "`close` gracefully shuts it"."""
    return spoken[0] == "code" and spoken[index] in DOES and all(word.endswith("ly") for word in spoken[1:index])


def _adverbs(spoken: Sequence[str], index: int) -> int:
    """How many adverbs stand before a word."""
    count = 0
    while index - 1 - count > 0 and spoken[index - 1 - count] in _ADVERBS:
        count += 1
    return count


def _opens_a_clause(spoken: Sequence[str], index: int) -> bool:
    """Whether the pronoun before a verb begins a main clause: "the input we allow" is still about the input."""
    at = index - 1 - _adverbs(spoken, index)
    return at == 0 or spoken[at - 1] in {"and", "but", "so", "then", "or"} or spoken[0] in _PREPOSITIONS


def _is_singular(spoken: Sequence[str], index: int) -> bool:
    return not _is_plural(spoken[index - 1])


def _is_plural(word: str) -> bool:
    return word in {"people", "data", "children"} or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
