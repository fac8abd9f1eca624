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
from pathlib import PurePosixPath

from archaeology.detectors.manifests import Manifests, pattern
from archaeology.detectors.places import cite_all, common_folder
from archaeology.detectors.witnesses import Witnesses
from archaeology.facts import Facts, Flag
from archaeology.history.model import EdgeLife
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.text import counted

_DAY = 86_400
_MIN_DAYS = 120
# What was taken in and dropped within this time had not been chosen yet.
_MIN_LIFE = 60
_MOST_FOUND = 12
_MOST_FOLDERS = 6
ASIDE = re.compile(
    r"(?:^|/)(?:tests?|t|testing|build|__tests__|spec|docs?(?:_src)?|examples?|samples?|scripts?|bench\w*|playground|tools?|fixtures?)/",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\w@][\w@./:\\-]*")
_VERSION = re.compile(r"^(?:v\d+|\d+)$|\.v\d+$")
_REVERSED = re.compile(r"^(?:com|org|net|io|dev|de|me|fr|ch|uk)(?:\.[a-z0-9_-]+){2,}$")
# Words that say of a package only what language it is for, or that it is one.
_OF_ANY = frozenset(
    "go golang js ts py python node java kotlin net dotnet php ruby rs rust api client lib sdk core io".split()
)
_SHORTEST = 3
_GIVES_UP = re.compile(
    r"^(?!tests?:)(?!.*\bunused\b).*\b(?:drop\w*|remov\w*|replac\w*|stop\w*|instead|eliminat\w*|deprecat\w*|mov(?:e|es|ed|ing)|convert\w*|switch\w*|adopt\w*|migrat\w*|get rid|without|us(?:e|es|ing)|no longer)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    {
        "types",
        "type",
        "utils",
        "util",
        "common",
        "core",
        "test",
        "tests",
        "config",
        "version",
        "client",
        "server",
        "models",
    }
)


def detect_technology_choice(facts: Facts) -> Iterator[Observation]:
    """Yield each external package that a commit took out of the product by name, that it stayed out, and what came instead."""
    used = {edge.external for edge in facts.imports.edges if edge.external and _is_product(facts, edge.source)}
    standing = _standing(facts)
    own = {part for path in facts.files for part in path.split("/")[:-1]}
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
        if not declared.name(target) and _was_in_use(lives) and not _is_renamed(facts, target, lives):
            told += 1
            last = max(named, key=lambda life: life.vanished_time or 0)
            yield from _observations(facts, witnesses, target, lives, last, declared)


def _was_in_use(lives: list[EdgeLife]) -> bool:
    """Whether a package was there long enough for somebody to have lived with it: one that came and went before a release was tried out."""
    born = min(life.appeared_time for life in lives)
    gone = max(life.vanished_time or born for life in lives)
    return gone - born >= _MIN_LIFE * _DAY


def _is_renamed(facts: Facts, target: str, lives: list[EdgeLife]) -> bool:
    """Whether the same commits brought the same thing, or a part of it, under a new name or at a new address.

    That is a package whose name begins with the old one's, or whose address holds all words of the old one's last part.
    """
    commits, old = {life.vanished for life in lives}, core_name(target)
    own = _words(_last_part(target)) - _OF_ANY
    return any(
        life.external
        and life.vanished is None
        and life.appeared in commits
        and (core_name(life.target).startswith(old) or (own and own <= _words(_without_host(life.target))))
        for life in facts.history.edge_lives
    )


def _last_part(package: str) -> str:
    """The last part of a package's address that is no version; of ``net.host.name`` the name."""
    parts = [part for part in re.split(r"[/\\:]", package) if part and not _VERSION.match(part)]
    if len(parts) == 1 and _REVERSED.match(package):
        return package.rpartition(".")[2]
    return _VERSION.sub("", parts[-1]) if parts else package


def _without_host(package: str) -> str:
    host, slash, rest = package.partition("/")
    return rest if slash and "." in host else package


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[^a-z0-9]+", name.lower()) if word}


def core_name(package: str) -> str:
    """Return the word by which people call a package: the last part of its path that is no version, small, without separators."""
    parts = [part for part in re.split(r"[/\\:]", package) if part and not _VERSION.match(part)]
    last = _VERSION.sub("", parts[-1]) if parts else package
    return re.sub(r"[-_.]", "", last).lower()


def _observations(  # noqa: PLR0913, PLR0917 - a package, its past, and where to look
    facts: Facts, witnesses: Witnesses, target: str, lives: list[EdgeLife], last: EdgeLife, declared: Manifests
) -> Iterator[Observation]:
    group = stable_id("technology", target)
    folders = sorted({life.source for life in lives})
    yield Observation(
        id=stable_id("obs", "technology_choice", "gone", target),
        category=Category.HISTORICAL,
        family=Family.TECHNOLOGY_CHOICE,
        summary=f"`{target}` was imported in {counted(len(folders), 'place')} ({', '.join(f'`{folder}`' for folder in folders[:2])}) and taken out: “{last.reason}”",
        subject=tuple(folders[:_MOST_FOLDERS]),
        citations=(facts.reader.cite_commit(last.vanished or "", last.reason),),
        data={
            "group": group,
            "role": "gone",
            "target": target,
            "folders": folders[:_MOST_FOLDERS],
            "places": len(folders),
            "common": common_folder([f"{folder}x" for folder in folders]),
            "reason": last.reason,
            "why": witnesses.reason_of(last.vanished or ""),
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
    commits = {life.vanished for life in lives}
    came = {
        life.target
        for life in facts.history.edge_lives
        if life.external
        and life.appeared in commits
        and life.vanished is None
        and not core_name(life.target).startswith(core_name(target))
        and not ASIDE.search(life.source)
    }
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


def names_package(reason: str, target: str) -> bool:
    """Whether a commit's words name the package, by whatever people call it."""
    core = core_name(target)
    words = {re.sub(r"[-_.]", "", word).lower() for word in re.findall(r"[\w.-]+", reason)}
    return len(core) >= _SHORTEST and core not in _COMMON and bool(words & {core, f"{core}s", core.removesuffix("s")})


def _standing(facts: Facts) -> frozenset[str]:
    """The product files and folders of today: a package that went with all of its code was not given up, the code was."""
    product = [path for path in facts.code if _is_product(facts, path)]
    return frozenset(str(place) for path in product for place in (path, *PurePosixPath(path).parents))


def _is_product(facts: Facts, path: str) -> bool:
    file = facts.files.get(path)
    return file is not None and not file.flags & {Flag.TEST, Flag.EXAMPLE, Flag.DOCUMENTATION}
