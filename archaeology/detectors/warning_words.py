"""The words by which a sentence of a comment is known to warn, or to do something else. Pure."""

from __future__ import annotations

from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.vocabulary import Vocabulary

ORDER = Vocabulary(
    "important",
    phrases=Caseless(
        r"\b(?:must|needs? to|ha(?:s|ve) to) (?:be|happen|run|come|stay|remain|match|go|precede)\b",
        (" be", " happen", " run", " come", " stay", " remain", " match", " go", " precede"),
        ("must ", "need to ", "needs to ", "has to ", "have to "),
    ),
)
CAUSE = Vocabulary(
    "because cause causes lest since",
    phrases=Choice(
        (
            r"\b(?:so that|in order to|to (?:avoid|prevent|guard against|make sure|ensure)|due to|the reason|or else)\b",
            ("so that", "in order to", "to avoid", "to prevent", "to guard against", "to make sure", "to ensure", "due to", "the reason", "or else"),
        ),
        (
            r"\b(?:as (?:it|this|that|they|we)|otherwise (?:it|we|the|this|that|they|there|an?))\b",
            ("as it", "as this", "as that", "as they", "as we", "otherwise "),
        ),
    ),
)  # fmt: skip
SOFT = Choice(
    (
        r"\b(?:don['’]t|do not|no) (?:really |actually |even )?(?:need|have to|want|care|know|matter|bother|mind|worry|use any|yet)\b",
        ("don't ", "don’t ", "do not ", "no "),
        (" need", " have to", " want", " care", " know", " matter", " bother", " mind", " worry", " use any", " yet"),
    ),
    (
        r"\b(?:does not|doesn['’]t|did not|didn['’]t|won['’]t) (?:really |actually |even )?(?:need|have to|want|care|know|matter|exist|support|contain|include|change|apply|yet)\b",
        ("does not ", "doesn't ", "doesn’t ", "did not ", "didn't ", "didn’t ", "won't ", "won’t "),
        (" need", " have to", " want", " care", " know", " matter", " exist", " support", " contain", " include", " change", " apply", " yet"),
    ),
    (r"\bno (?:race|deadlock|danger|risk)\b", ("no race", "no deadlock", "no danger", "no risk")),
    (
        r"\b(?:not be reached|cannot be (?:found|determined|parsed|resolved|null|empty)|can['’]t be (?:found|determined|null)|not be (?:found|available|present))\b",
        (
            "not be reached", "not be found", "not be available", "not be present", "cannot be ", "can't be found", "can’t be found", "can't be determined", "can’t be determined", "can't be null",
            "can’t be null",
        ),
    ),
    (r"\bif (?:it|the \w+) does not\b", (" does not",)),
    (
        r"\b(?:should(?: not|n['’]t) happen|(?:should|must) be impossible|(?:should|could)(?: not|n['’]t) be possible|should(?:n['’]t| not) be (?:necessary|needed|required)|should never (?:happen|raise|throw|fail|occur|be reached|get here))\b",
        ("should not happen", "shouldn't happen", "shouldn’t happen", "be impossible", "be possible", "be necessary", "be needed", "be required", "should never "),
    ),
    (
        r"\b(?:can['’]?t|cannot|won['’]t|does not|doesn['’]t) (?:know|deadlock|race|fail)\b",
        (" know", " deadlock", " race", " fail"),
        ("cant ", "can't ", "can’t ", "cannot ", "won't ", "won’t ", "does not ", "doesn't ", "doesn’t "),
    ),
    (r"\bwe (?:do not|don['’]t) (?:start|have)\b", ("we do not ", "we don't ", "we don’t ")),
    (r"\bnever (?:happen|reached|called|mind|null|empty|returns?|nil)\b",
        ("never happen", "never reached", "never called", "never mind", "never null", "never empty", "never return", "never nil")),
    (
        r"\b(?:stay(?:ing)? safe|just in case|better safe|safe side)\b",
        ("stay safe", "staying safe", "just in case", "better safe", "safe side"),
    ),
)  # fmt: skip
TO_CALLERS = Choice(
    (r"^(?:returns?|raised?|thrown|indicates) ", ("return ", "returns ", "raise ", "raised ", "thrown ", "indicates ")),
    (r"\b(?:callers?|users?) (?:can|should|may|must)\b", ("caller", "user"), (" can", " should", " may", " must")),
    (r"\byour?\b", ("you",)),
    (
        r":param|:return|@param|@return|\b(?:args|returns|raises):|versionchanged|versionadded|>>>",
        (":param", ":return", "@param", "@return", "args:", "returns:", "raises:", "versionchanged", "versionadded", ">>>"),
    ),
    (
        r"\b(?:deprecated|for example|defaults? to|by default)\b|\be\.g\.",
        ("deprecated", "for example", "default to", "defaults to", "by default", "e.g."),
    ),
    (
        r"\bthis (?:method|function|option|parameter|argument|setting) (?:is|can|will|should|must)\b",
        ("this method ", "this function ", "this option ", "this parameter ", "this argument ", "this setting "),
    ),
    needs=("you", "return", "raise", "thrown ", "indicates ", "caller", "user", "param", "args:", "version", "deprecated", "for example", "e.g.", "default", ">>>", "method ", "function ", "option ", "argument ", "setting "),
)  # fmt: skip
# One of these is in everything that a reading could make something of; to look for them costs a tenth of a reading. Most sentences that
# have one have it as a word by itself, between blanks.
TELLING_WORDS = frozenset(
    "not never cannot must shall should always only careful beware ensure otherwise lest guard would could bug around broken because since instead rather upstream limitation quirk tried until once lacks breaks rely relies".split()
)
TELLING = Vocabulary(
    f"{' '.join(sorted(TELLING_WORDS))} avoid* deliberate* intention* prevent* purpose* temporar*",
    phrases=Choice(
        (r"n['’]t\b", ("n't", "n’t")),
        (
            r"\b(?:(?:ha(?:s|ve)|needs?) to|make sure|or else|due to|assum\w+)\b",
            ("has to", "have to", "need to", "needs to", "make sure", "or else", "due to", "assum"),
        ),
    ),
    needs=("not", "only", "must", "n't", "n’t", "never", "should", "need", "because", "since", "always", "would", "could", "avoid", "instead", "otherwise", "ensure", "make sure", "until", "once", "has to",
           "have to", "prevent", "rather", "around", "due to", "assum", "bug", "shall", "careful", "beware", "or else", "lest", "guard", "broken", "purpose", "deliberate", "intention", "upstream", "limitation", "quirk",
           "tried", "temporar", "lacks", "breaks", "rely", "relies"),
)  # fmt: skip
# A ban with its subject is more than "do not" before the next line.
FOR_ALL = Caseless(
    r"\b(?:we|it|this|they|there) (?:should(?: not|n['’]t)|must(?: not| never|n['’]t)|should never|may not|may never)\b(?! (?:\w+ )?(?:have|happen|hit|get|reach|see|need|matter|occur|be (?:an?|any|here|possible|reached|empty|null|nil|none|necessary|needed|required|too))\b)|\bmust never\b",
    ("should not", "shouldn", "must not", "must never", "mustn", "should never", "may not", "may never"),
)
IN_A_CASE = Caseless(
    r"^(?:on|in case of|in the case of|during|while) [^,]{3,60}, ",
    ("on ", "in case of ", "in the case of ", "during ", "while "),
    (", ",),
)
# What stands behind one of these is a reason: "we do not sleep here, because we don't want to wait" is not soft.
BEHIND = Caseless(r"\b(?:because|since|so that)\b", needs=("because", "since", "so that"))
# When code may go is told by others' doings; "until it is reset" is how the code works.
GOES = Caseless(
    r"\b(?:support\w*|fix(?:ed|es)?|releas\w*|drop\w*|upgrad\w*|remov\w*|upstream|resolved|merged|lands?|ships?|migrat\w*|versions?|no longer|requir\w*|implemented|\d+(?:\.\d+)*)\b"
)
ELSE = Vocabulary("lest otherwise", phrases=Caseless(r"\bor else\b", ("or else",)))
