"""The words by which a sentence is known to tell a choice, or what is at stake with one. Pure."""

from __future__ import annotations

from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary

# "Otherwise it would hang" says what is at stake; "otherwise return it" what the next line does.
HAPPENS = Vocabulary(
    "are break breaks can cannot could crashes do does fail fails get gets hang hangs is leak leaks lose loses may might never will would"
)
CONTRAST = Caseless(
    r"\b(?:rather than|instead of|in favou?r of|in place of)\b", ("rather than", "instead of", "in favo", "in place of")
)
# "It does not work with X because ...": what the code makes up for, or keeps clear of.
FAILS = Choice(
    (
        r"\b(?:does(?:n['’]t| not)|do(?:n['’]t| not)|did(?:n['’]t| not)|won['’]t|will not|would(?:n['’]t| not)) (?:always |really |reliably |properly |correctly )?(?:work|suffice|apply here|behave|preserve|guarantee|honou?r|handle|respect|cover|survive)\b",
        (" work", " suffice", " apply here", " behave", " preserve", " guarantee", " hono", " handle", " respect", " cover", " survive"),
        (" not ", "n't ", "n’t "),
    ),
    (
        r"\b(?:is|are)(?:n['’]t| not)(?: \w+)? (?:supported|enough|sufficient|reliable|safe|possible|stable|guaranteed|allowed|thread-safe|portable|atomic|idempotent)\b",
        (" supported", " enough", " sufficient", " reliable", " safe", "-safe", " possible", " stable", " guaranteed", " allowed", " portable", " atomic", " idempotent"),
        (" not ", "n't ", "n’t "),
    ),
    (
        r"\b(?:can(?:not|['’]t| not)|must not|should(?: not|n['’]t)) be \w+(?:ed|t|n)\b|\b(?:breaks|misbehaves|falls short)\b",
        ("not be ", "'t be ", "’t be ", "breaks", "misbehaves", "falls short"),
    ),
    (
        r"\b(?:is|are) (?:very |too |inherently |quite |rather )*(?:inefficient|slow|expensive|costly|unsafe|unreliable|broken|buggy|racy|ambiguous|misleading|lossy)\b",
        (" inefficient", " slow", " expensive", " costly", " unsafe", " unreliable", " broken", " buggy", " racy", " ambiguous", " misleading", " lossy"),
        ("is ", "are "),
    ),
)  # fmt: skip
MUST = Vocabulary(
    "must should",
    phrases=Choice(
        (r"\b(?:needs? to|ha(?:s|ve) to)\b", ("need to", "needs to", "has to", "have to")),
        (
            r"\b(?:is|are) (?:important|crucial|essential|necessary|required|needed|on purpose|deliberate|intentional)\b",
            (" important", " crucial", " essential", " necessary", " required", " needed", " on purpose", " deliberate", " intentional"),
            ("is ", "are "),
        ),
        (r"\bwants? to (?:ensure|make sure|avoid|keep|prevent)\b", ("want to ", "wants to ")),
    ),
)  # fmt: skip
# "Is mandatory to prevent X", "must be ignored, as it is theirs": whatever the reason.
HAS_TO_BE = Choice(
    (r"\b(?:(?:must|has to|have to|needs? to) be|guaranteed to)\b", ("must be", "has to be", "have to be", "need to be", "needs to be", "guaranteed to")),
    (
        r"\b(?:is|are) (?:mandatory|necessary|required|essential|crucial|important)\b",
        (" mandatory", " necessary", " required", " essential", " crucial", " important"),
        ("is ", "are "),
    ),
)  # fmt: skip
# An aim is worth telling where it says what may not happen, or must.
AT_STAKE = Vocabulary(
    "always ambiguous block* break* cannot conflict* consistent* corrupt* crash* deadlock* duplicat* fail* hang* infinite* invalid* leak* lose* "
    "loss* lost mutat* never no not only race* racy* stale still trigger* twice without wrong*",
    phrases=Choice(
        (r"\b(?:overw|misl|confus|leav|expos|compatib)\w", ("overw", "misl", "confus", "leav", "expos", "compatib")),
        (r"\beven (?:if|when|though)\b", ("even if", "even when", "even though")),
        (
            r"\b(?:may|might|could) (?:also |already )?(?:be )?(?:re-?us|chang|modif|clos|cancel|delet|remov|replac|arriv)",
            (" re", " chang", " modif", " clos", " cancel", " delet", " arriv"),
            ("may ", "might ", "could "),
        ),
        (r"\bn['’]t\b", ("n't", "n’t")),
    ),
)  # fmt: skip
NO_CHOICE = Vocabulary(
    "compiler coverage harmless hopefully likely linte linter maybe mypy perhaps probably pyright tsc typecheck*",
    phrases=Choice(
        (r"^(?:(?:we )?need to check|nothing|nobody|no \w+)\b", ("need to check", "nothing", "nobody", "no ")),
        (
            r"\b(?:no need|(?:do(?:es)?(?:n['’]?t| not)|not) (?:really |actually |even |quite )?(?:need|matter|care|bother|mind|worry|know|exist|happen|occur|arise))\b",
            (" need", " matter", " care", " bother", " mind", " worry", " know", " exist", " happen", " occur", " arise"),
            ("no ", "not ", "nt ", "n't ", "n’t "),
        ),
        (
            r"\b(?:(?:should|must) be impossible|(?:should|could)(?:n['’]t| not) be possible|should(?:n['’]t| not) (?:happen|be (?:necessary|needed|required)))\b",
            ("be impossible", "be possible", " happen", "be necessary", "be needed", "be required"),
            ("should", "could", "must"),
        ),
        (
            r"\b(?:in practice|just in case|better safe|safe side|stay(?:ing)? safe|not sure|i (?:think|guess)|is (?:fine|ok(?:ay)?))\b",
            ("in practice", "just in case", "better safe", "safe side", "stay safe", "staying safe", "not sure", "i think", "i guess", "is fine", "is ok"),
        ),
        (
            r"\b(?:circular imports?|import cycles?|type[- ]check\w*|borrow checker)\b",
            ("circular import", "import cycle", "type check", "type-check", "borrow checker"),
        ),
    ),
)  # fmt: skip
# "The till is not closed on errors, since ...": that something is not so, and why.
NEGATED = Vocabulary(
    "cannot",
    phrases=Choice(
        (
            r"\b(?:does|do|did|is|are|was|were|will|would|can|could|has|have)(?: not|n['’]t)\b",
            (" not", "n't", "n’t"),
        ),
        (r"\bno longer\b", ("no longer",)),
    ),
)
GUARANTEED = Vocabulary(
    "cannot never",
    phrases=Caseless(r"\b(?:can(?:['’]t| not)|no longer)\b", ("can't", "can’t", "can not", "no longer")),
)
# Whose sentence begins so tells what comes next in the code, or what a function gives back.
TELLS = Caseless(
    r"^(?:(?:if|returns?|checks?|tests? (?:if|whether)|skips?|ignores?|sets?|gets?|adds?|creates?|converts?|this (?:method|function|class|is only|is just)|see|used|usually|assert\w*|safety)\b|(?:[\w`.]+ )?[a-z]+s (?:the|a|an|if|whether)\b)"
)
# What is so in general, and not only in the case at hand.
GENERAL = Vocabulary(
    "always never would",
    phrases=Choice(
        (r"\b(?:(?:may|might) not|(?:is|are) not guaranteed)\b", ("may not", "might not", "not guaranteed")),
        (
            r"\bdo(?:es)?(?: not|n['’]t) (?:support|allow|guarantee|provide|preserve)\b",
            (" support", " allow", " guarantee", " provide", " preserve"),
            (" not ", "n't ", "n’t "),
        ),
    ),
)
