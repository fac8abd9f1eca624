"""Resolves what a model cites, before a person sees it. A claim without a place that holds its words is dropped and counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from alloy_assist.agent.answers import Piece
from alloy_assist.agent.claims import Claim, Group, Place
from alloy_assist.agent.fencing import mark_of
from alloy_assist.agent.workspace import Workspace
from archaeology.errors import ArchaeologyError
from archaeology.model import Citation

_SHORTEST_QUOTE = 8
_SHORTEST_WORD = 2
_LONGEST_QUOTE_LINES = 40
_COMMENT_MARK = re.compile(r"^\s*(?:#+|//+[/!]?|/?\*+/?|--|;+|\"{3})\s?")
_NUMBERED = re.compile(r"^\s*(?:[\w./-]+:)?\d{1,6}: ")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a text that is no file: of the person's answer, of a record, of something pasted."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Supported:
    """A claim with at least one place that was found; places that were not found are left out."""

    slot: str
    text: str
    citations: tuple[Citation, ...] = ()
    quotes: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that nobody sees, and why."""

    slot: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The claims of an answer, sorted. ``places`` counts all citations that were made, ``failed`` those that did not resolve."""

    kept: tuple[Supported, ...]
    dropped: tuple[Dropped, ...]
    places: int
    failed: int


def check(group: Group, workspace: Workspace, slots: frozenset[str], least_places: int = 1) -> Checked:
    """Look every citation up. ``slots`` are what this job may fill; a claim for another is dropped too.

    ``least_places`` is how many different sources must show a claim: a contradiction is one between two texts.
    """
    resolve = cache(lambda place: _resolve(place, workspace))
    checked = _sorted(group.claims, resolve, slots, least_places)
    if group.basis is None:
        return checked
    # To agree takes no more than a word.
    basis = _resolve(group.basis, workspace, _SHORTEST_WORD)
    failed = checked.failed + isinstance(basis, str)
    if not isinstance(basis, str):
        return Checked(checked.kept, checked.dropped, checked.places + 1, failed)
    reason = f"what it rests on is not there: {basis}"
    fallen = tuple(Dropped(claim.slot, claim.text, reason) for claim in checked.kept)
    return Checked((), (*checked.dropped, *fallen), checked.places + 1, failed)


def check_pieces(pieces: Iterable[Piece], source: str, text: str, slots: frozenset[str]) -> Checked:
    """Look pieces of a text up in it, as claims that quote themselves. ``source`` is the text's name."""
    claims = [
        Claim(slot=piece.slot, text=piece.words, places=(Place(where=source, quote=piece.words),))
        for piece in pieces
        if piece.words.strip()
    ]
    return _sorted(claims, lambda place: _resolve(place, {source: text}), slots, 1)


def _sorted(
    claims: Iterable[Claim],
    resolve: Callable[[Place], Citation | Quoted | str],
    slots: frozenset[str],
    least_places: int,
) -> Checked:
    kept: list[Supported] = []
    dropped: list[Dropped] = []
    # Claims may share a place, which is one citation then.
    made: dict[Place, bool] = {}
    for claim in claims:
        found = [resolve(place) for place in claim.places]
        made |= {place: not isinstance(item, str) for place, item in zip(claim.places, found, strict=True)}
        good = [item for item in found if not isinstance(item, str)]
        reasons = [item for item in found if isinstance(item, str)]
        if claim.slot not in slots:
            dropped.append(Dropped(claim.slot, claim.text, f"{claim.slot!r} was not asked for"))
        elif not good:
            dropped.append(Dropped(claim.slot, claim.text, "; ".join(reasons) or "it cites nothing"))
        elif len({_source(item) for item in good}) < least_places:
            why = "; ".join(reasons) or f"it cites one source, and {least_places} are needed"
            dropped.append(Dropped(claim.slot, claim.text, why))
        else:
            citations = tuple(item for item in good if not isinstance(item, Quoted))
            quotes = tuple(item for item in good if isinstance(item, Quoted))
            kept.append(Supported(claim.slot, claim.text, citations, quotes))
    return Checked(tuple(kept), tuple(dropped), len(made), sum(not found for found in made.values()))


def _source(item: Citation | Quoted) -> str:
    return item.source if isinstance(item, Quoted) else str(getattr(item, "path", "") or getattr(item, "commit", ""))


def _resolve(
    place: Place, sources: Workspace | Mapping[str, str], shortest: int = _SHORTEST_QUOTE
) -> Citation | Quoted | str:
    """Return what a place stands for, or the reason why it stands for nothing."""
    texts = sources.texts if isinstance(sources, Workspace) else sources
    found = _resolved(place, sources, texts, shortest)
    if isinstance(found, str) and len(_flat(place.quote)) >= shortest:
        # Some models name one of the texts that they were given and copy from another.
        elsewhere = (_in_text(name, text, _flat(place.quote)) for name, text in texts.items())
        return next((item for item in elsewhere if not isinstance(item, str)), found)
    return found


def _resolved(
    place: Place, sources: Workspace | Mapping[str, str], texts: Mapping[str, str], shortest: int
) -> Citation | Quoted | str:
    where = place.where.strip().strip("`")
    quote = _flat(place.quote)
    if len(quote.replace(" ", "")) < shortest:
        return f"{place.quote!r} is too short to show anything"
    # Some models name a text by the mark of its fence, which says as well which one is meant.
    where = next((name for name, text in texts.items() if where in {mark_of(text), f"{mark_of(text)} {name}"}), where)
    if where in texts:
        return _in_text(where, texts[where], quote)
    if not isinstance(sources, Workspace):
        return f"there is no text {where!r}"
    path, _, line = where.partition(":")
    if (tracked := sources.tracked(path)) is not None:
        return _in_file(tracked, place.quote, line, sources)
    return _in_commit(where, quote, sources)


def _in_text(name: str, text: str, quote: str) -> Quoted | str:
    """Look words up in a text, whatever their case and whether names in it stand between marks; what is quoted is the text's own."""
    flat = _flat(text)
    at = flat.casefold().find(quote.casefold())
    if at >= 0:
        return Quoted(name, flat[at : at + len(quote)])
    bare, wanted = flat.replace("`", ""), quote.replace("`", "")
    at = bare.casefold().find(wanted.casefold()) if wanted else -1
    return Quoted(name, bare[at : at + len(wanted)]) if at >= 0 else f"{name!r} does not say {quote!r}"


def _in_file(path: str, quote: str, line: str, workspace: Workspace) -> Citation | str:
    lines = workspace.lines(path)
    if lines is None:
        return f"{path!r} is not quoted from"
    # What the tools show has the numbers of its lines before it, and models copy these too.
    wanted = [_flat(_NUMBERED.sub("", piece)) for piece in quote.strip("\n").splitlines() if piece.strip()]
    if not wanted or len(wanted) > _LONGEST_QUOTE_LINES:
        return f"the quote from {path!r} is too long"
    near = int(line.partition("-")[0]) if line.partition("-")[0].isdigit() else 1
    flat = [_flat(item) for item in lines]
    starts = [number for number in range(1, len(flat) + 1) if _matches(flat, number, wanted)]
    if not starts:
        span = _across_lines(lines, _flat(quote))
        return workspace.facts.reader.cite_lines(path, *span) if span else f"{path!r} does not hold {_flat(quote)!r}"
    start = min(starts, key=lambda number: (abs(number - near), number))
    return workspace.facts.reader.cite_lines(path, start, _end(flat, start, wanted))


def _across_lines(lines: list[str], quote: str) -> tuple[int, int] | None:
    """Return the lines over which a sentence of a comment or a document runs, whatever marks stand before each of them."""
    ends: list[int] = []
    joined = ""
    for line in lines:
        said = _flat(_COMMENT_MARK.sub("", line))
        joined += f"{said} " if said else ""
        ends.append(len(joined))
    at = joined.find(quote)
    if at < 0:
        return None
    start, end = bisect_right(ends, at) + 1, bisect_right(ends, at + len(quote) - 1) + 1
    return (start, end) if end - start < _LONGEST_QUOTE_LINES else None


def _matches(flat: list[str], start: int, wanted: list[str]) -> bool:
    return _end(flat, start, wanted) > 0


def _end(flat: list[str], start: int, wanted: list[str]) -> int:
    """Return the line on which the quoted lines end that begin at ``start``, blank lines between them passed over; 0 for no match."""
    number = start
    for position, piece in enumerate(wanted):
        while position and number <= len(flat) and not flat[number - 1]:
            number += 1
        if number > len(flat) or piece not in flat[number - 1]:
            return 0
        number += 1
    return number - 1


def _in_commit(where: str, quote: str, workspace: Workspace) -> Citation | str:
    oid = workspace.full_id(where.removeprefix("commit "))
    if oid is None:
        return f"there is no file, commit or text {where!r}"
    try:
        message = workspace.commit(oid).message
    except ArchaeologyError as error:
        return f"commit {oid[:10]} cannot be read: {error}"
    said = [line for line in message.splitlines() if quote in _flat(line)]
    if said:
        return workspace.facts.reader.cite_commit(oid, said[0])
    if quote in _flat(message):
        return workspace.facts.reader.cite_commit(oid, message)
    return f"commit {oid[:10]} does not say {quote!r}"


def _flat(text: str) -> str:
    return " ".join(text.split())
