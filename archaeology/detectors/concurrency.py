"""Concurrency discipline: threads, locks and tasks that live in one corner of the code, and whoever says that they must.

Why this is evidence of intent: that few files import a threading library is chance in little code. Where a hundred files share a product and
only one folder knows threads or locks, whatever module they come from, while a comment there or a commit speaks of races or thread safety, the
rest is kept free of them on purpose. Two files in different places are no corner. Comments that guard concurrent code are in :mod:`archaeology.detectors.cautions`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from archaeology.detectors.places import cite, cite_all, common_folder, production_paths
from archaeology.facts import Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation
from archaeology.readings.messages import reason_in

# What is for one purpose is counted together: who has a pool of threads from another module has threads.
_PURPOSES = {
    "threads": frozenset(
        {
            "threading", "_thread", "multiprocessing", "concurrent", "concurrent.futures", "gevent", "eventlet", "greenlet",
            "rayon", "crossbeam", "parking_lot", "worker_threads", "java.util.concurrent", "System.Threading",
        }
    ),
    "tasks": frozenset({"asyncio", "trio", "anyio", "curio", "kotlinx.coroutines"}),
}  # fmt: skip
_WORDS = re.compile(
    r"\b(?:thread\w*|race condition|races?|racy|deadlock\w*|concurren\w+|lock(?:s|ed|ing)?|event loop|async\w*|blocking|fork\w*|greenlet\w*)\b",
    re.IGNORECASE,
)
_MIN_FILES = 40
_MAX_SHARE = 0.12
_MIN_USERS = 2


def detect_concurrency(facts: Facts) -> Iterator[Observation]:
    """Yield the corners that alone know a library of threads or tasks, and who speaks of them."""
    product = list(production_paths(facts))
    if len(product) < _MIN_FILES:
        return
    known = set(product)
    users: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for edge in facts.imports.edges:
        name = edge.external or ""
        for purpose, modules in _PURPOSES.items():
            if name in modules and edge.source in known and not edge.type_checking:
                users[purpose][name].setdefault(edge.source, edge.line)
    for purpose, found in sorted(users.items()):
        yield from _corner_of(facts, purpose, found, product)


def _corner_of(
    facts: Facts, purpose: str, users: dict[str, dict[str, int]], product: list[str]
) -> Iterator[Observation]:
    """The one folder that holds all who import a module for a purpose, if it is a small part of the product."""
    places = {path: line for name in sorted(users) for path, line in users[name].items()}
    names = sorted(users)
    folder = common_folder(places)
    inside = sum(path.startswith(folder) for path in product)
    if not folder or len(places) < _MIN_USERS or inside > _MAX_SHARE * len(product):
        return
    group = stable_id("concurrency", purpose, folder)
    spoken = {facts.code[path].language for path in places}
    alike = [path for path in product if facts.code[path].language in spoken]
    if len(alike) >= _MIN_FILES:
        yield _corner(facts, group, (folder, names), places, alike)
        yield from _said(facts, set(places), group)


def _corner(
    facts: Facts, group: str, corner: tuple[str, list[str]], places: dict[str, int], product: list[str]
) -> Observation:
    folder, names = corner
    return Observation(
        id=stable_id("obs", "concurrency", "corner", names, folder),
        category=Category.STRUCTURAL,
        family=Family.CONCURRENCY,
        summary=f"Of {len(product)} source files, {len(places)} import {' or '.join(f'`{name}`' for name in names)}: "
        f"{', '.join(f'`{path}`' for path in sorted(places)[:3])}.",
        subject=(folder,),
        citations=cite_all(facts, [(path, line, None) for path, line in sorted(places.items())], 3),
        data={
            "group": group,
            "role": "corner",
            "names": names,
            "corner": [folder],
            "files": len(places),
            "others": len(product) - len(places),
            "folder": common_folder(product),
        },
    )


def _said(facts: Facts, places: set[str], group: str) -> Iterator[Observation]:
    for reason in facts.history.reasons:
        named = places.intersection(reason.paths)
        said = reason_in(reason.sentence) if named else ""
        if said and _WORDS.search(said):
            yield Observation(
                id=stable_id("obs", "concurrency", "reason", group, reason.commit),
                category=Category.HISTORICAL,
                family=Family.CONCURRENCY,
                summary=f"A commit that changed it says: “{said}”",
                subject=tuple(sorted(named)),
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group, "role": "said"},
            )
            break
    for path in sorted(places):
        for comment in facts.code[path].comments:
            if comment.kind in {"ban", "warning", "reason"} and _WORDS.search(comment.text):
                text = " ".join(comment.text.split())
                yield Observation(
                    id=stable_id("obs", "concurrency", "comment", group, path, text),
                    category=Category.TEXTUAL,
                    family=Family.CONCURRENCY,
                    summary=f"A comment in `{path}` says: “{text[:200]}”",
                    subject=(path,),
                    citations=cite(facts, path, comment.start_line, comment.end_line),
                    data={"group": group, "role": "said"},
                )
                return
