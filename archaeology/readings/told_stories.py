"""What went wrong before a commit, in its own words: the story that a repair tells in place of a reason. Pure.

"Do not keep the whole body: if a message of it is kept, the array behind all of them stays in memory": no "because" joins the two, and what
was done is done because of what is told next. The act is the subject, or the sentence behind the story where the subject only says
"fix"; the story is one whole sentence that says under which condition what went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.harms import is_harm
from archaeology.readings.told import Told
from archaeology.readings.told_prose import LEAST_OF_SUBJECT, is_act, is_prose
from archaeology.readings.told_reasons import Why
from archaeology.readings.told_words import FEATURE, MODAL, POINTS, POINTS_EARLY, TURNS
from archaeology.readings.vocabulary import Vocabulary
from archaeology.readings.words import dangling

_LOOKED_AT = 8  # sentences of a message
_BEHIND = 2  # sentences behind a subject among which its story is
_LEAST_WORDS = 9
_LEAST_TOLD = _LEAST_WORDS + LEAST_OF_SUBJECT - 1
# Under which condition, or from what: a story without is a complaint.
_CONDITION = Vocabulary(
    "after because before between both calling concurrent* during if multiple once passing simultaneous* since then twice two unless until "
    "when whenever while without",
    phrases=Choice(
        (r"\bwith (?:an?|no|many|large|multiple)\b", ("with a", "with no", "with many", "with large", "with multiple")),
        (r"\b(?:due to|as soon as|by the time|at the same time)\b", ("due to", "as soon as", "by the time", "at the same time")),
        (r"\bin (?:the )?cases? (?:where|of|when)\b", ("case where", "case of", "case when", "cases where", "cases of", "cases when")),
        (r"\bunder (?:load|\w+ conditions?)\b", ("under ",), (" load", " condition")),
        (
            r"\bon (?:windows|linux|macos|android|ios|shutdown|restart|reconnect|close|error|failure)\b",
            ("on windows", "on linux", "on macos", "on android", "on ios", "on shutdown", "on restart", "on reconnect", "on close", "on error", "on failure"),
        ),
    ),
    of="case cases due load condition conditions soon time a an no many large windows linux macos android ios shutdown restart reconnect close "
    "error failure",
)  # fmt: skip
# Whole messages are looked through with it: most words are refused by their first two letters.
_WRONG_BEGINS = (
    r"(?=a[rt]|b[er]|c[aor]|d[ae]|e[nx]|f[ao]|g[eo]|h[au]|i[ns]|le|n[eu]|o[uv]|pa|r[ae]|s[ei]|th|un|vu|w[aer])"
)
_WENT_WRONG = Caseless(
    rf"\b{_WRONG_BEGINS}(?:le(?:d|ads?|ading) to|result(?:s|ed|ing) in|caus(?:es?|ed|ing) \w+|end(?:s|ed|ing)? up \w+ing|silently|(?:was|were|been|being|got|gets?) (?:\w+ )?(?:rejected|ignored|skipped|blocked|evicted|killed|swallowed)|(?:was|were|is|are|be(?:en|ing)?|got|gets?) (?:\w+ )?(?:lost|dropped|overwritten|truncated|stuck|duplicated|retained|exhausted|orphaned|out of sync|stale|(?:called|sent|executed) twice|never (?:freed|removed|sent|set))"
    r"|never (?:returns?|exits?|fires?|finish\w*|complet\w+|terminat\w+|resolv\w+|releas\w+|clos\w+|g[eo]ts?|reach\w*|work\w*|happen\w*|call\w*|clean\w*)|wrong (?:\w+ )?(?:position|offset|order|value|result|thread|host|user|file|key|type|time|state|size|length|index|address|path|encoding)|(?:threw|throw(?:s|ing)?|rais(?:es?|ed|ing)) (?:(?:an? |the )?`)?\w+|crash(?:es|ed|ing)?|panic(?:s|k?ed|k?ing)?|deadlock(?:s|ed|ing)?|hangs?|hung|hanging|fail(?:(?:s|ed|ing)? (?:to|with|because|when|if|on|at|in|as|for|silently)|(?:s|ed)?$)|breaks?|broke|consum\w+ (?:lots|all|a lot|too much|more)|out of memory|leak(?:s|ed|ing)?|infinite|forever|indefinitely|race (?:conditions?|between)|data races?|segfault\w*|null ?pointer\w*|overflow(?:s|ed|ing)?|underflow\w*|corrupt(?:s|ed|ing|ion)|(?:inconsistent|broken) state|attack(?:er|s)?|vulnerab\w+|expos(?:es|ed|ing))\b"
)
# What was wrong with the code, and not with what it does, is gone with it.
_NO_STORY = Vocabulary(
    "compile compiler customer customers deploy* github introduced investigat* migrat* noticed renamed reported repro* screenshot see "
    "stacktrace traceback typo*",
    phrases=Choice(
        (
            r"\bthe (?:bug|issue|fix|problem|crash|error|report\w*|user)\b",
            ("the bug", "the issue", "the fix", "the problem", "the crash", "the error", "the report", "the user"),
        ),
        (r"\bthis (?:commit|pr|patch|change|issue|bug)\b", ("this commit", "this pr", "this patch", "this change", "this issue", "this bug")),
        (r"\b(?:previous (?:commit|pr|change|patch)|last commit)\b", ("previous ", "last commit"), ("commit", "pr", "change", "patch")),
        (r"\bwe(?:['’]d| would) (?:like|want)\b", (" like", " want"), ("we'd ", "we’d ", "we would ")),
        (r"\bwe (?:discovered|found|saw|observed)\b", ("we discovered", "we found", "we saw", "we observed")),
        (r"\btest_\w", ("test_",)),
        (r"\bsince (?:v?\d|version|commit|the (?:introduction|change|switch|upgrade))\b", ("since ",)),
        (r"\b(?:stack trace|e\.g|missing import|look(?:s|ed) like)\b", ("stack trace", "e.g", "missing import", "looks like", "looked like")),
    ),
    of="like want test_* commit pr change patch issue bug fix problem crash error report* trace e user import discovered found saw observed since",
)  # fmt: skip
_DOES = re.compile(r"(?:only|also|always|never|now) \w+[^s\W]s\b", re.IGNORECASE)
_OLD = re.compile(
    r"(?:previously|before(?: this(?: \w+)?)?|formerly|until now|currently|prior to this(?: \w+)?),? (?=\S)",
    re.IGNORECASE,
)
_NO_START = re.compile(
    r"(?:fail|fix\w*|try|tries|and|but|so|then|also|thus|therefore|hence|as a result|instead|otherwise|now|which|for example|for instance|note|the (?:two|three|first|second|resulting|same|other|above|new|old)|because of (?:this|that)|due to (?:this|that)|in (?:this|that|these|those) (?:case|situation)s?|(?:if|when|once|while|after|before) (?:this|that|it|they|these|those|doing so|so)|[\w ]{0,20}\bthe (?:former|latter))\b",
    re.IGNORECASE,
)


def story_in(sentences: Iterable[Told]) -> Why | None:
    """Return what a message says was done and what went wrong before; None where it does not say both plainly."""
    told = (one for one in sentences if not one.listed)
    subject = next((one.text.rstrip(" .") for one in told), "")
    if _is_deed(subject):
        story = _story(islice(told, _BEHIND))
        return _why(subject, story) if story else None
    return _with_deed_behind(tuple(islice(told, _LOOKED_AT)))


def tells_story(message: str) -> bool:
    """Tell quickly whether a message holds any word for what went wrong, and words enough to say what was done besides, before it is taken apart."""
    return len(message.split(None, _LEAST_TOLD)) > _LEAST_TOLD and _WENT_WRONG.is_in(message)


def _with_deed_behind(body: Sequence[Told]) -> Why | None:
    """A story and, in one of the two sentences behind it, what was done."""
    for at, one in enumerate(body[:-1]):
        if story := _story([one]):
            deed = next((other.text.rstrip(" .") for other in body[at + 1 : at + 3] if _is_deed(other.text)), "")
            if deed:
                return _why(deed, story)
    return None


def _why(act: str, story: str) -> Why:
    harm, ruled = is_harm(story), MODAL.is_in(act)
    return Why(story, act, "", story, "before", harm=True, ruled=ruled, points=2.0 + 0.5 * harm + 0.25 * ruled)


def _is_deed(text: str) -> bool:
    """Whether a text says what was done: not what something does that is not named ("only runs when ...")."""
    said = text.rstrip(" .")
    return (
        is_act(said)
        and _DOES.match(said) is None
        and FEATURE.match(said) is None
        and POINTS.match(said) is None
        and is_prose(said, short=True)
    )


def _story(body: Iterable[Told]) -> str:
    """The first sentence that says what went wrong, without the "previously" that it opens with; empty where none does."""
    said = (_without_time(one.text) for one in body)
    return next((text for text in said if _goes_wrong(text)), "")


def _without_time(text: str) -> str:
    said = text.strip().rstrip(" .")
    opening = _OLD.match(said)
    return said[opening.end() :] if opening else said


def _goes_wrong(said: str) -> bool:
    """Whether a sentence says by itself under which condition what went wrong."""
    return (
        len(said.split()) >= _LEAST_WORDS
        and POINTS.match(said) is None
        and _WENT_WRONG.is_in(said)
        and _NO_START.match(said) is None
        and _CONDITION.is_in(said)
        and not _NO_STORY.is_in(said)
        and POINTS_EARLY.match(said) is None
        and is_prose(said, story=True)
        and not is_act(said)
        and not TURNS.is_in(said)
        and not dangling(said)
    )
