"""Resolves what a model cites, before a person sees it. A claim without a place that holds its words is dropped and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from alloy_assist.agent.claims import Claim, Piece, Place
from alloy_assist.agent.fencing import mark_of
from alloy_assist.agent.workspace import Workspace
from archaeology.errors import ArchaeologyError
from archaeology.model import Citation

_SHORTEST_QUOTE = 8
_LONGEST_QUOTE_LINES = 40


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


def check(claims: Iterable[Claim], workspace: Workspace, slots: frozenset[str]) -> Checked:
    """Look every citation up. ``slots`` are what this job may fill; a claim for another is dropped too."""
    return _sorted(claims, lambda place: _resolve(place, workspace), slots)


def check_pieces(pieces: Iterable[Piece], source: str, text: str, slots: frozenset[str]) -> Checked:
    """Look pieces of a text up in it, as claims that quote themselves. ``source`` is the text's name."""
    claims = [
        Claim(slot=piece.slot, text=piece.words, places=(Place(where=source, quote=piece.words),))
        for piece in pieces
        if piece.words.strip()
    ]
    return _sorted(claims, lambda place: _resolve(place, {source: text}), slots)


def _sorted(
    claims: Iterable[Claim], resolve: Callable[[Place], Citation | Quoted | str], slots: frozenset[str]
) -> Checked:
    kept: list[Supported] = []
    dropped: list[Dropped] = []
    places = failed = 0
    for claim in claims:
        found = [resolve(place) for place in claim.places]
        good = [item for item in found if not isinstance(item, str)]
        places += len(found)
        failed += len(found) - len(good)
        if claim.slot not in slots:
            dropped.append(Dropped(claim.slot, claim.text, f"{claim.slot!r} was not asked for"))
        elif not good:
            reasons = [item for item in found if isinstance(item, str)]
            dropped.append(Dropped(claim.slot, claim.text, "; ".join(reasons) or "it cites nothing"))
        else:
            citations = tuple(item for item in good if not isinstance(item, Quoted))
            quotes = tuple(item for item in good if isinstance(item, Quoted))
            kept.append(Supported(claim.slot, claim.text, citations, quotes))
    return Checked(tuple(kept), tuple(dropped), places, failed)


def _resolve(place: Place, sources: Workspace | Mapping[str, str]) -> Citation | Quoted | str:
    """Return what a place stands for, or the reason why it stands for nothing."""
    where = place.where.strip().strip("`")
    quote = _flat(place.quote)
    if len(quote.replace(" ", "")) < _SHORTEST_QUOTE:
        return f"{place.quote!r} is too short to show anything"
    texts = sources.texts if isinstance(sources, Workspace) else sources
    # Some models name a text by the mark of its fence, which says as well which one is meant.
    where = next((name for name, text in texts.items() if where in {mark_of(text), f"{mark_of(text)} {name}"}), where)
    if where in texts:
        return Quoted(where, quote) if quote in _flat(texts[where]) else f"{where!r} does not say {quote!r}"
    if not isinstance(sources, Workspace):
        return f"there is no text {where!r}"
    path, _, line = where.partition(":")
    if path in sources.facts.files:
        return _in_file(path, place.quote, line, sources)
    return _in_commit(where, quote, sources)


def _in_file(path: str, quote: str, line: str, workspace: Workspace) -> Citation | str:
    lines = workspace.lines(path)
    if lines is None:
        return f"{path!r} is not quoted from"
    wanted = [_flat(piece) for piece in quote.strip("\n").splitlines() if piece.strip()]
    if not wanted or len(wanted) > _LONGEST_QUOTE_LINES:
        return f"the quote from {path!r} is too long"
    near = int(line.partition("-")[0]) if line.partition("-")[0].isdigit() else 1
    flat = [_flat(item) for item in lines]
    starts = [number for number in range(1, len(flat) + 1) if _matches(flat, number, wanted)]
    if not starts:
        return f"{path!r} does not hold {_flat(quote)!r}"
    start = min(starts, key=lambda number: (abs(number - near), number))
    return workspace.facts.reader.cite_lines(path, start, _end(flat, start, wanted))


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
