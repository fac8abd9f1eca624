"""What a package that went is called, what came in its place, and whether it is only known by another name now."""

from __future__ import annotations

import re

from archaeology.detectors.swapped import only_the_name_changed
from archaeology.facts import Facts
from archaeology.history.model import EdgeLife

ASIDE = re.compile(
    r"(?:^|/)(?:tests?|t|testing|build|__tests__|spec|docs?(?:_src)?|examples?|samples?|scripts?|bench\w*|playground|tools?|fixtures?)/",
    re.IGNORECASE,
)
# What came instead stands in at least one of this many places that were left.
_TAKEN_OVER = 3
_VERSION = re.compile(r"^(?:v\d+|\d+)$|\.v\d+$")
_REVERSED = re.compile(r"^(?:com|org|net|io|dev|de|me|fr|ch|uk)(?:\.[a-z0-9_-]+){2,}$")
# Words that say of a package only what language it is for, or that it is one.
_OF_ANY = frozenset(
    "go golang js ts py python node java kotlin net dotnet php ruby rs rust api client lib sdk core io".split()
)
# What a package is called beside the module of the language that it stands in for.
_BACKPORT = re.compile(r"^backports[._]|(?:[-_](?:extensions|backport)|\d{1,2})$")
_POLYFILL = re.compile(r"(?:poly|pony)fill|(?<![a-z0-9])(?:shims?|es[5-9]|es20\d\d)(?![a-z0-9])", re.IGNORECASE)
_SHORTEST = 3
_MOST_TRIED = 4
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


def successors(facts: Facts, lives: list[EdgeLife]) -> set[str]:
    """Return what came in the place of a package whose lives these are, in the commits that took it out."""
    return {name for name in _appeared_with(facts, lives) if _took_over(facts, name, lives)}


def _took_over(facts: Facts, name: str, lives: list[EdgeLife]) -> bool:
    """Whether a package took another one's place, and is not one that the same commit happened to touch.

    It was nowhere before, tests included; it went to a third of the places that the other left; and the commit names it, or it went to
    two places at least.
    """
    commits, left = {life.vanished: life.reason for life in lives}, {life.source for life in lives}
    own = [life for life in facts.history.edge_lives if life.external and life.target == name]
    if min(own, key=lambda life: life.appeared_time).appeared not in commits:
        return False
    taken = {life.source for life in own if life.appeared in commits and life.vanished is None} & left
    named = any(
        names_package(said, name)
        for commit, subject in commits.items()
        for said in (subject, *sentences_of(facts, commit))
    )
    return len(taken) * _TAKEN_OVER >= len(left) and (named or len(taken) > 1)


def is_renamed(facts: Facts, target: str, lives: list[EdgeLife]) -> bool:
    """Whether the same commits brought the same thing, or a part of it, under a new name or at a new address.

    That is a package whose name begins with the old one's, or whose address holds all words of the old one's last part; what the language
    has itself by now; and a package that stands in all lines of the old one, which say the same otherwise.
    """
    commits, old = {life.vanished for life in lives}, core_name(target)
    own = _words(_last_part(target)) - _OF_ANY
    # What has gone again since was the new name all the same.
    came = {life.target for life in facts.history.edge_lives if life.external and life.appeared in commits} - {target}
    plain = _BACKPORT.sub("", target.lower())
    its_own = {edge.external for edge in facts.imports.edges if edge.external and edge.stdlib}
    return (
        (plain != target.lower() and plain in its_own | {name.lower() for name in came})
        or any(core_name(name).startswith(old) or (own and own <= _words(_without_host(name))) for name in sorted(came))
        or only_the_name_changed(facts, lives, sorted(came)[:_MOST_TRIED])
    )


def is_polyfill(target: str, reason: str) -> bool:
    """Whether a package, by its name or by the words it went with, only stood in for what a platform did not have yet."""
    return bool(_POLYFILL.search(target) or _POLYFILL.search(reason))


def core_name(package: str) -> str:
    """Return the word by which people call a package: the last part of its path that is no version, small, without separators."""
    parts = [part for part in re.split(r"[/\\:]", package) if part and not _VERSION.match(part)]
    last = _VERSION.sub("", parts[-1]) if parts else package
    return re.sub(r"[-_.]", "", last).lower()


def names_package(reason: str, target: str) -> bool:
    """Whether a commit's words name the package, by whatever people call it."""
    core = core_name(target)
    words = {re.sub(r"[-_.]", "", word).lower() for word in re.findall(r"[\w.-]+", reason)}
    return len(core) >= _SHORTEST and core not in _COMMON and bool(words & {core, f"{core}s", core.removesuffix("s")})


def sentences_of(facts: Facts, commit: str | None) -> list[str]:
    """Return the sentences of a commit's message that give a reason."""
    return [reason.sentence for reason in facts.history.reasons if reason.commit == commit]


def _appeared_with(facts: Facts, lives: list[EdgeLife]) -> set[str]:
    """What the commits that took a package out brought into the product, and what has stayed."""
    commits, target = {life.vanished for life in lives}, core_name(lives[0].target)
    return {
        life.target
        for life in facts.history.edge_lives
        if life.external
        and life.appeared in commits
        and life.vanished is None
        and not core_name(life.target).startswith(target)
        and not ASIDE.search(life.source)
    }


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
