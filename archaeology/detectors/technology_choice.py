"""Technology choices: packages that were given up for good, in a commit that names them.

Why this is evidence of intent: which packages a repository uses is what it happens to have. A package that was imported, was taken out of all
the code by a commit that says so, is declared nowhere any more, and has stayed out while the work went on, was judged and found wanting; what came in its place in the
same commit was hired for something.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from archaeology.detectors.manifests import Manifests, pattern
from archaeology.detectors.places import cite_all, common_folder
from archaeology.detectors.successors import (
    ASIDE,
    core_name,
    is_polyfill,
    is_renamed,
    names_package,
    sentences_of,
    successors,
)
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Facts, Flag
from archaeology.history.model import EdgeLife
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.readings.messages import reason_in
from archaeology.text import counted, cut_at_word

_DAY = 86_400
_MIN_DAYS = 120
# What was taken in and dropped within this time had not been chosen yet.
_MIN_LIFE = 60
_MOST_FOUND = 12
_ASIDE = (Flag.TEST, Flag.EXAMPLE, Flag.DOCUMENTATION)
_MOST_FOLDERS = 6
# So many characters of a reason are shown.
SHOWN = 90
# A sentence that begins so speaks of what the subject has named.
_OF_IT = re.compile(r"(?:it|its|they|their)\b", re.IGNORECASE)
_PLAIN = re.compile(r"[\w@][\w@./:\\-]*")
_GIVES_UP = re.compile(
    r"^(?!tests?:)(?!.*\bunused\b).*\b(?:drop\w*|remov\w*|replac\w*|stop\w*|instead|eliminat\w*|deprecat\w*|mov(?:e|es|ed|ing)|convert\w*|switch\w*|adopt\w*|migrat\w*|get rid|without|us(?:e|es|ing)|no longer)\b",
    re.IGNORECASE,
)


def detect_technology_choice(facts: Facts) -> Iterator[Observation]:
    """Yield each external package that a commit took out of the product by name, that it stayed out, and what came instead."""
    used = {edge.external for edge in facts.imports.edges if edge.external and _is_product(facts, edge.source)}
    standing = _standing(facts)
    folders = {path.rpartition("/")[0] for path in facts.files}
    own = {part for folder in folders if folder for part in folder.split("/")}
    gone: dict[str, list[EdgeLife]] = defaultdict(list)
    for life in facts.history.edge_lives:
        if (
            life.external
            and life.vanished
            and life.source
            and life.target not in used
            and life.target.split("/")[0] not in own
            and not ASIDE.search(life.source)
            and life.source.rstrip("/") in standing
        ):
            gone[life.target].append(life)
    declared = Manifests(facts)
    cores = {core_name(name) for name in used if name}
    witnesses, told = Witnesses(facts), 0
    for target, lives in sorted(gone.items(), key=lambda item: (-len(item[1]), item[0])):
        named = [life for life in lives if names_package(life.reason, target) and _GIVES_UP.search(life.reason)]
        if not named or not _PLAIN.fullmatch(target) or core_name(target) in cores or told >= _MOST_FOUND:
            continue
        came = successors(facts, lives)
        if came and all(declared.only_for_developers(name) for name in came):
            continue  # what only builds and tests the product was exchanged
        if not came and any(is_polyfill(target, life.reason) for life in named):
            continue  # the platform has it by now
        if not declared.name(target) and _was_in_use(lives) and not is_renamed(facts, target, lives):
            told += 1
            last = max(named, key=lambda life: life.vanished_time or 0)
            yield from _observations(facts, witnesses, target, lives, last, declared)


def _everywhere(facts: Facts, target: str) -> list[str]:
    """All places of the product that ever imported a package, also those that have gone since."""
    lives = (life for life in facts.history.edge_lives if life.external and life.target == target)
    return sorted({life.source for life in lives if not ASIDE.search(life.source)})


def _was_in_use(lives: list[EdgeLife]) -> bool:
    """Whether a package was there long enough for somebody to have lived with it: one that came and went before a release was tried out."""
    born = min(life.appeared_time for life in lives)
    gone = max(life.vanished_time or born for life in lives)
    return gone - born >= _MIN_LIFE * _DAY


def _observations(  # noqa: PLR0913, PLR0917 - a package, its past, and where to look
    facts: Facts, witnesses: Witnesses, target: str, lives: list[EdgeLife], last: EdgeLife, declared: Manifests
) -> Iterator[Observation]:
    group = stable_id("technology", target)
    folders = sorted({life.source for life in lives})
    everywhere = _everywhere(facts, target)
    yield Observation(
        id=stable_id("obs", "technology_choice", "gone", target),
        category=Category.HISTORICAL,
        family=Family.TECHNOLOGY_CHOICE,
        summary=f"`{target}` was imported in {counted(len(everywhere), 'place')} ({', '.join(f'`{folder}`' for folder in folders[:2])}) and taken out: “{last.reason}”",
        subject=tuple(folders[:_MOST_FOLDERS]),
        citations=(facts.reader.cite_commit(last.vanished or "", last.reason),),
        data={
            "group": group,
            "role": "gone",
            "target": target,
            "folders": folders[:_MOST_FOLDERS],
            "places": len(everywhere),
            "common": common_folder([f"{folder}x" for folder in everywhere]),
            "reason": last.reason,
            "why": _why(facts, last, target),
            "year": datetime.fromtimestamp(last.vanished_time or 0, UTC).year,
            "pattern": pattern(target),
            "manifests": list(declared.paths[:_MOST_FOLDERS]),
        },
    )
    days = ((facts.history.last_time or 0) - (last.vanished_time or 0)) // _DAY
    newest = witnesses.commit_at(facts.history.last_time or 0)
    if days >= _MIN_DAYS and newest is not None:
        yield Observation(
            id=stable_id("obs", "technology_choice", "stayed", target),
            category=Category.BEHAVIOURAL,
            family=Family.TECHNOLOGY_CHOICE,
            summary=f"It has stayed out for {days} days, up to the newest commit.",
            subject=tuple(folders[:_MOST_FOLDERS]),
            citations=(facts.reader.cite_commit(newest.oid, newest.subject),),
            data={"group": group, "role": "stayed", "days": days},
        )
    yield from _instead(facts, target, lives, group)


def _instead(facts: Facts, target: str, lives: list[EdgeLife], group: str) -> Iterator[Observation]:
    """What appeared in the commit that took it out, and is imported today."""
    came = successors(facts, lives)
    places: dict[str, list[tuple[str, int, str | None]]] = defaultdict(list)
    for edge in facts.imports.edges:
        if edge.external in came and _is_product(facts, edge.source):
            places[edge.external].append((edge.source, edge.line, None))
    if len(places) == 1:
        name, found = next(iter(places.items()))
        yield Observation(
            id=stable_id("obs", "technology_choice", "instead", target, name),
            category=Category.STRUCTURAL,
            family=Family.TECHNOLOGY_CHOICE,
            summary=f"`{name}` came in the same commit; {counted(len({path for path, *_ in found}), 'file')} {'import' if len({path for path, *_ in found}) > 1 else 'imports'} it today.",
            subject=tuple(sorted({path for path, *_ in found}))[:_MOST_FOLDERS],
            citations=cite_all(facts, found, 2),
            data={"group": group, "role": "instead", "name": name},
        )


def _why(facts: Facts, last: EdgeLife, target: str) -> str | None:
    """The first sentence of the commit that gives a reason and names the package where it is shown: others may speak of something else."""
    said = (reason_in(sentence) for sentence in sentences_of(facts, last.vanished))
    return next(
        (words for words in said if _OF_IT.match(words) or names_package(cut_at_word(words, SHOWN), target)), None
    )


def _standing(facts: Facts) -> frozenset[str]:
    """The product files and folders of today: a package that went with all of its code was not given up, the code was."""
    found = {path for path in facts.code if _is_product(facts, path)}
    for folder in {path.rpartition("/")[0] for path in found}:
        above = folder
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return frozenset(found | {"."} if found else ())


def _is_product(facts: Facts, path: str) -> bool:
    file = facts.files.get(path)
    return file is not None and file.flags.isdisjoint(_ASIDE)
