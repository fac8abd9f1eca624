"""Scar tissue: changes of product code that were undone, with the reason that somebody gave.

Why this is evidence of intent: a revert by itself is an accident. One that says what went wrong, and whose change never came back, is a
decision against something that looked right, and the more so the more often its files have changed since. One whose lines stand in the files today came
back (:mod:`archaeology.detectors.undone`). Warnings in comments are in
:mod:`archaeology.detectors.cautions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath

from archaeology.detectors.places import cite, is_set_up, production_paths
from archaeology.detectors.release_notes import Note, ReleaseNotes, tells_more
from archaeology.detectors.reverts_told import is_slip, later_try, numbers_of, revert_reason, undone_subject
from archaeology.detectors.undone import standing
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Facts
from archaeology.history.model import Commit, Revert
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.readings.stems import stems_of
from archaeology.text import visible_line

_MOST_PATHS = 6
_MOST_FILES = 8
_ONCE_AND_UNDONE = 2
_LEAST_SAID = {True: 0, False: 2}  # whether the revert names the commit that it undoes
_MIN_SINCE = 6
_MUCH_SINCE = 20
_MOST_REVERTS = 200
_MOST_LOOKED_IN = 3
_Since = tuple[int, Commit | None]  # commits since, and the newest of them


def detect_scar_tissue(facts: Facts) -> Iterator[Observation]:
    """Yield undone changes of product code that did not come back, and how much has changed there since."""
    witnesses, notes = Witnesses(facts), ReleaseNotes(facts)
    chosen = list(_candidates(facts, witnesses))
    stand = {revert.commit for revert in standing(facts, (revert for revert, _, _, _ in chosen))}
    for revert, undone, touched, (since, newest) in chosen:
        if revert.commit in stand:
            yield _revert(facts, revert, undone, touched)
            if newest is not None and since >= _MIN_SINCE:
                yield _survived(facts, revert, since, newest)
                yield from _noted(facts, revert, undone, notes.about(numbers_of(revert), undone))
                yield from _again(facts, revert, later_try(witnesses, revert, undone, touched[:_MOST_LOOKED_IN]))


def _candidates(facts: Facts, witnesses: Witnesses) -> Iterator[tuple[Revert, str, tuple[str, ...], _Since]]:
    """Reverts of product code that say what they undo, whose subject was not made again, with what changed there since."""
    product = set(production_paths(facts))
    looked = 0
    for revert in facts.history.reverts:
        undone = undone_subject(revert, facts.history)
        touched = _where(undone or "", [path for path in revert.paths if path in product])
        if not touched or undone is None or len(revert.paths) > _MOST_FILES or looked >= _MOST_REVERTS:
            continue
        looked += 1
        changes = (witnesses.changed_since(path, revert.time) for path in touched[:_MOST_PATHS])
        since = max(changes, key=lambda found: found[0])
        # What nobody explains counts only where a lot of work has gone over it since; and looking at old versions is dear. Counting how
        # often it was said looks through all subjects, so it comes last. What no commit ever said was put back by hand, under words of
        # its own ("Revert the depth back to 10"), and is no title of a change.
        if (
            (revert_reason(revert) or since[0] >= _MUCH_SINCE)
            and not is_slip(facts, witnesses, revert, undone)
            and _LEAST_SAID[revert.undone is not None] <= witnesses.times_said(undone) <= _ONCE_AND_UNDONE
        ):
            yield revert, undone, touched, since


def _where(undone: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The files with those first whose names the change has in its own; manifests, which change along with anything, come last."""
    named = stems_of(undone)
    return tuple(sorted(paths, key=lambda path: (is_set_up(path), -len(named & stems_of(PurePosixPath(path).stem)))))


def _revert(facts: Facts, revert: Revert, undone: str, touched: tuple[str, ...]) -> Observation:
    reason = revert_reason(revert)
    return Observation(
        id=stable_id("obs", "scar_tissue", "revert", revert.commit),
        category=Category.HISTORICAL,
        family=Family.SCAR_TISSUE,
        summary=f"“{undone}” was undone in {', '.join(f'`{path}`' for path in touched[:2])}"
        + (f": {reason}" if reason else "."),
        subject=touched[:_MOST_PATHS],
        citations=(facts.reader.cite_commit(revert.commit, revert.subject),),
        data={
            "group": stable_id("revert", revert.commit),
            "role": "undone",
            "undone": undone,
            "reason": reason,
            "issue": revert.issue,
            "paths": list(touched[:_MOST_PATHS]),
            "linked": revert.undone is not None,
            "year": datetime.fromtimestamp(revert.time, UTC).year,
        },
    )


def _survived(facts: Facts, revert: Revert, since: int, newest: Commit) -> Observation:
    return Observation(
        id=stable_id("obs", "scar_tissue", "survived", revert.commit),
        category=Category.BEHAVIOURAL,
        family=Family.SCAR_TISSUE,
        summary=f"What it touched has been changed {since} times since, and none of its lines is there again.",
        subject=revert.paths[:_MOST_PATHS],
        citations=(facts.reader.cite_commit(newest.oid, newest.subject),),
        data={"group": stable_id("revert", revert.commit), "role": "survived", "since": since},
    )


def _noted(facts: Facts, revert: Revert, undone: str, note: Note | None) -> Iterator[Observation]:
    """What the notes of a release tell of it."""
    if note is not None and (cited := cite(facts, note.path, note.start, note.end)):
        yield Observation(
            id=stable_id("obs", "scar_tissue", "notes", revert.commit),
            category=Category.TEXTUAL,
            family=Family.SCAR_TISSUE,
            summary=f"`{note.path}` tells users of it: “{note.said}”",
            subject=(note.path,),
            citations=cited,
            data={
                "group": stable_id("revert", revert.commit),
                "role": "notes",
                "path": note.path,
                "said": note.said,
                "tells": tells_more(note, undone),
            },
        )


def _again(facts: Facts, revert: Revert, later: Commit | None) -> Iterator[Observation]:
    """A later commit with like words: the aim may have come back in other lines."""
    if later is not None:
        year = datetime.fromtimestamp(later.time, UTC).year
        yield Observation(
            id=stable_id("obs", "scar_tissue", "again", revert.commit),
            category=Category.HISTORICAL,
            family=Family.SCAR_TISSUE,
            summary=f"A commit of {year} speaks of the same: “{visible_line(later.subject)}”.",
            subject=revert.paths[:_MOST_PATHS],
            citations=(facts.reader.cite_commit(later.oid, later.subject),),
            data={"group": stable_id("revert", revert.commit), "role": "again", "year": year, "against": True},
        )
