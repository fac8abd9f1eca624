"""Whether somebody says that they do not know why the code is as it is. Pure."""

from __future__ import annotations

import re

_MOST = 300
_LEAST_WORDS = 4
_WHY = r"why\b(?! not\b)(?! ?[?.!]*$)"
_SAYS = re.compile(
    rf"(?:^|[.;,:(–—-] ?|\b(?:and|but|so|though|although) )(?:(?:honestly|frankly|sorry|really|actually),? )?"
    rf"(?:(?:I|we|nobody|no one)(?:['’]m| am|['’]re| are| is)? (?:(?:still|really|honestly|actually|also|just|currently) ){{0,2}})?"
    rf"(?:(?:do not|don['’]t|does not|doesn['’]t) (?:(?:really|actually|quite|exactly|fully|even|yet) )?(?:know|understand|remember)|not (?:\w+ )?sure|unsure|(?:have |has |got )?no (?:idea|clue)|(?:it(?:['’]s| is) )?(?:un|not )clear(?: to (?:me|us))?|(?:nobody|no one) (?:really )?knows) (?:exactly )?{_WHY}"
    r"|^why (?:is|are|do|does) (?:this|it|that|we|these)\b[^?]{0,80}\b(?:necessary|needed|required|need)\b[^?]{0,40}\?",
    re.IGNORECASE,
)
# What a user, a log or a later line cannot know is no doubt of whoever wrote the code.
_OF_OTHERS = re.compile(
    r"\b(?:users?|callers?|clients?|customers?|readers?|people|developers?|you|they|he|she)\b|\b(?:if|when|in case|unless|whether)\b[^,.]{0,60}\b(?:know|sure|clear|idea|understand) why\b|\b(?:so|because) (?:that )?(?:we|I) (?:do not|don['’]t) know why\b",
    re.IGNORECASE,
)


def knows_not_why(sentence: str) -> bool:
    """Return whether a sentence says that its author does not know why something is done or needed, and says of what in whole words."""
    if len(sentence) > _MOST or " why " not in f" {sentence[:_MOST].lower()} " or len(sentence.split()) < _LEAST_WORDS:
        return False
    return _SAYS.search(sentence) is not None and _OF_OTHERS.search(sentence) is None
