"""Cuts a comment into passages: whole sentences, each with its neighbour where it means nothing without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archaeology.readings.blanks import on_one_line

_MOST = 300
_SHORT = 36
_PARAGRAPH = re.compile(r"\n\s*\n|\n\s*(?:[-*•]|\d+[.)])\s+")
# What these three match begins with the blank or the break that they look for: it is found without a look at every letter.
_SENTENCE = re.compile(
    r" (?:(?<=[.!?] )(?<!e\.g\. )(?<!i\.e\. )(?<!etc\. )(?<!cf\. )(?=[A-Z0-9`\"'(])|(?<=: )(?=(?:Do not|Don['’]t|Never)\b))"
)
# People end lines of a comment without a full stop and begin the next with a capital letter; only words that are no names tell.
_NEW_LINE = re.compile(
    r"\n(?:(?<=[\w)\]`'\"]\n)\s*(?=(?:The|This|That|These|Those|It|We|If|When|Both|A|Two|One|No|Not|Our|Each|All|Also|But|So|Otherwise|Because|Since|Note|NOTE|Do|Don['’]t|Never|Always|Avoid|Instead|In|For|As|An|There|Here"
    r"|Only|Make|See|Without|With|Once|After|Before|Unfortunately|However|Therefore|Thus|To|Keep|Use|Set|Check|Call|Add|Remove|Skip|Return|Get|Create|Update|Reset|Ensure|Move|Copy|Wait|Read|Write|Load|Store|Save|Clear|Close|Start|Stop|Run|Send|Allow|Ignore|Must|Should|They|You|Because|Any|Every|Then|Next|First|Build|Derive|Nearly|Compute|Determine|Find|Parse|Try|Validate|Handle|Convert|Generate|Collect|Apply|Append|Look|Mark|Force|Register|Extract|Restore|Replace|Prefer|Prevent|Treat|Wrap|[A-Z][a-z]{3,}ing) |[A-Z]\w* (?:==|=|->|means) |(?:please )?note that |note: |nb: |we (?:also|already) )|(?<=\d\n)\s*(?=[A-Z][a-z]+ ))"
)
# A line that ends long before the widest, and before a word that is no name, was ended on purpose.
_ENDED_EARLY = re.compile(
    r"\n(?<=[\w)\]`'\"]\n)\s*(?=(?P<word>(?!(?:Windows|Linux|Android|Darwin|Java|Kotlin|Python|Ruby|Rust|Swift|Safari|Firefox|Chrome|Chromium|Edge|Explorer|Node|Deno|Docker|Kubernetes|Git|Github|Postgres|Redis|Mongo|Django|Rails|Laravel|Symfony|React|Angular|Vue|Spring|Gradle|Maven|Unicode|English|Google|Apple|Microsoft|Amazon|Mozilla|Oracle|Apache|Debian|Ubuntu|Qt|Gtk)\b)[A-Z][a-z]+) [a-z])"
)
_EARLY = 3
_HANGING = 40  # characters before a break in which the last word is
# An address that ends a line ends the sentence where the next line begins with a capital letter.
_ADDRESS_ENDS_LINE = re.compile(r"((?<![\w/])https?://\S++(?<![.!?,:;])) *\n\s*(?=[A-Z][a-z]+ )")
_TAG = re.compile(r"</?(?:p|br|li|ul|ol|b|i|em|strong|pre|para|remarks|summary)\s*/?>", re.IGNORECASE)
_LEFT_HANGING = re.compile(
    r"(?:\b(?:the|a|an|of|in|on|to|for|with|and|or|by|from|as|at|that|is|are|be|because|since|so|when|if|not|no|like|via|where|which|while|than|into|unless|until|before|after|whether|but|please|also)|,)$",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:otherwise|or else|and|but|or|so|however|therefore|thus|also|this|that|these|those|it|they|hence|then|because|doing so|as such|if not|in that case|without (?:this|it|that)|not doing|(?:must|should|needs? to|has to|have to|shall)(?: not| only| always| never| also)? (?:be|have|happen|come|go|stay|remain|run))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:otherwise|or else|doing (?:so|that|this|it)|if (?:we|you|it|this) (?:do not|don['’]t|did not|didn['’]t|does not|doesn['’]t|did|were)|if not\b|without (?:this|it|that)|because (?:it|this|that|otherwise)"
    r"|(?:this|that|it) (?:would|will|could|can|may|might|breaks|causes|leads|leaks)\b|not doing)",
    re.IGNORECASE,
)


def passages_of(text: str) -> Iterator[str]:
    """Yield the passages of a comment: each sentence, with the next where that says what else would happen, and with the last where it points back."""
    for paragraph in _PARAGRAPH.split(text):
        sentences = list(sentences_of(paragraph))
        for number, sentence in enumerate(sentences):
            said = sentence
            if number and _POINTS_BACK.match(sentence):
                said = _joined(sentences[number - 1], said)
            if number + 1 < len(sentences) and (_GOES_ON.match(sentences[number + 1]) or len(said) < _SHORT):
                said = _joined(said, sentences[number + 1])
            yield said


def paragraph_of(text: str, passage: str) -> tuple[str, ...]:
    """Return the sentences of the paragraph that a passage was cut from; of the passage itself where none holds it."""
    own = tuple(sentences_of(passage))
    for paragraph in _PARAGRAPH.split(text):
        sentences = tuple(sentences_of(paragraph))
        if own and own[-1].rstrip(" .") in {sentence.rstrip(" .") for sentence in sentences}:
            return sentences
    return own


def sentences_of(paragraph: str) -> Iterator[str]:
    """Yield the sentences of a paragraph, each on one line and without tags; a new line begins one where its first word plainly does."""
    paragraph = _TAG.sub("", paragraph) if "<" in paragraph else paragraph
    for line in _begun(paragraph) if "\n" in paragraph or "\0" in paragraph else (paragraph,):
        for sentence in _split(on_one_line(line)):
            if said := sentence.strip(" :#*-"):
                yield said


def _begun(paragraph: str) -> Iterator[str]:
    """The pieces of a paragraph that begin with a line whose first word plainly begins a sentence, or that stands behind an address."""
    pieces = _ADDRESS_ENDS_LINE.sub("\\1\0", paragraph).split("\0") if "://" in paragraph else (paragraph,)
    for piece in pieces:
        begin = 0
        for start, end in _breaks(piece) if "\n" in piece else ():
            if not _LEFT_HANGING.search(piece[max(begin, start - _HANGING) : start].rstrip()):
                yield piece[begin:start]
                begin = end
        yield piece[begin:]


def _breaks(piece: str) -> Sequence[tuple[int, int]]:
    """Where a line is ended without a full stop and the next begins a sentence: (end of the one, begin of the other), in order."""
    found = {match.span() for match in _NEW_LINE.finditer(piece)}
    early = list(_ENDED_EARLY.finditer(piece))
    widest = max(map(len, piece.split("\n"))) if early else 0
    for match in early:
        length = match.start() - (piece.rfind("\n", 0, match.start()) + 1)
        if length + len(match["word"]) + _EARLY <= widest:
            found.add(match.span())
    return sorted(found)


def _split(line: str) -> Iterable[str]:
    ends = ". " in line or ": " in line or "? " in line or "! " in line  # for a fifth of what any() over them costs
    return _SENTENCE.split(line) if ends else (line,)


def _joined(first: str, second: str) -> str:
    both = f"{first}{'' if first[-1:] in '.!?:;,' else '.'} {second}"
    return both if len(both) <= _MOST else second if _POINTS_BACK.match(second) is None else first
