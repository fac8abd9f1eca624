"""Whether a claim that can be shown is worth showing: it says something of its subject, in words that come from there. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from alloy_assist.agent.checking import Checked, Dropped, Supported
from alloy_assist.agent.jobs import Job
from alloy_assist.elicitation.words import content_words, words

_NAME = re.compile(r"`([^`]+)`")
_MOST_TITLE_WORDS = 16
# So many words in a row are no accident: they were taken over from what the model was told to do.
_RUN = 5


def worth_showing(checked: Checked, job: Job) -> Checked:
    """Drop claims that only repeat our instructions or each other, that have nothing to do with what they cite, or say more than it."""
    fits = _FITS.get(job.name, _has_words_of_its_source)
    ours = _runs(job.instructions()) - _runs("\n".join(job.data.values()))
    kept: list[Supported] = []
    dropped = list(checked.dropped)
    for claim in checked.kept:
        if _runs(claim.text) & ours:
            reason = "it repeats what it was told to do"
        elif claim.text.rstrip().endswith("?"):
            reason = "it is a question"
        else:
            reason = _said_already(claim, kept) or fits(claim, job)
        if reason:
            dropped.append(Dropped(claim.slot, claim.text, reason))
        else:
            kept.append(claim)
    return Checked(tuple(kept), tuple(dropped), checked.places, checked.failed)


def _said_already(claim: Supported, kept: list[Supported]) -> str:
    """A small model likes to fill everything that it is offered with one and the same thing. A title may say what a facet says."""
    for other in kept:
        if "title" in {claim.slot, other.slot}:
            continue
        shorter, longer = sorted((" ".join(words(claim.text)), " ".join(words(other.text))), key=len)
        if shorter in longer:
            return f"it was said already, as {other.slot}"
    return ""


def _has_words_of_its_source(claim: Supported, job: Job) -> str:
    source = "\n".join([*(str(getattr(place, "quote", "")) for place in claim.citations), *job.data.values()])
    return "" if _stems(claim.text) & _stems(source) else "it has no word in common with what it was given"


def _sharpens(claim: Supported, job: Job) -> str:
    hypothesis = job.data["hypothesis"]
    if claim.slot != "title":
        said, known = _stems(claim.text), _stems(hypothesis)
        if said and said <= known:
            return "it says the hypothesis again"
        # What the structure is good for stands in no import line and not in the hypothesis itself: somebody must have said it.
        news = _stems(_shown_words(claim)) - known
        return "" if said & news else "what it cites says nothing of it"
    if words(claim.text) == words(hypothesis):
        return "it is the hypothesis again, word for word"
    names = set(_NAME.findall(hypothesis))
    named = {name for name in names if name.rpartition("/")[2].rpartition(".")[2] in claim.text or name in claim.text}
    if names and not named:
        return "it names nothing that the hypothesis names"
    count = len(words(claim.text))
    if count > _MOST_TITLE_WORDS:
        return f"it has {count} words, which is no title"
    if _negates(hypothesis) and not _negates(claim.text):
        return "it leaves out that something does not happen"
    return ""


_FITS: dict[str, Callable[[Supported, Job], str]] = {
    "sharpen": _sharpens,
}
_NEGATION = re.compile(r"(?i)\b(?:never|only|nothing|nobody|none|no|not|without|alone|cannot)\b|n't\b")


def _shown_words(claim: Supported) -> str:
    """Return what a claim cites, but for the hypothesis that it is about."""
    quotes = (quote.quote for quote in claim.quotes if quote.source != "hypothesis")
    return "\n".join([*(str(getattr(place, "quote", "")) for place in claim.citations), *quotes])


def _negates(text: str) -> bool:
    return _NEGATION.search(text) is not None


def _stems(text: str) -> set[str]:
    return set(content_words(text))


def _runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}
