"""Concurrency discipline: threads, locks and tasks that live in one corner of the code, and whoever says that they must.

Why this is evidence of intent: that few files import a threading library is chance in little code. Where a hundred files share a product and
only one corner knows threads or locks, while a comment there or a commit speaks of races or thread safety, the rest is kept free of them
on purpose. Comments that guard concurrent code are in :mod:`archaeology.detectors.cautions`.
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

_PRIMITIVES = frozenset(
    {
        "threading", "_thread", "multiprocessing", "asyncio", "concurrent", "concurrent.futures", "gevent", "eventlet", "trio", "anyio", "curio", "greenlet",
        "rayon", "crossbeam", "parking_lot", "worker_threads", "java.util.concurrent", "kotlinx.coroutines", "System.Threading",
    }
)  # fmt: skip
_WORDS = re.compile(
    r"\b(?:thread\w*|race condition|races?|racy|deadlock\w*|concurren\w+|lock(?:s|ed|ing)?|event loop|async\w*|blocking|fork\w*|greenlet\w*)\b",
    re.IGNORECASE,
)
_MIN_FILES = 40
_MAX_SHARE = 0.12
_MAX_FILES = 3
_MIN_USERS = 2


def detect_concurrency(facts: Facts) -> Iterator[Observation]:
    """Yield the corners that alone know a library of threads or tasks, and who speaks of them."""
    product = list(production_paths(facts))
    if len(product) < _MIN_FILES:
        return
    known = set(product)
    users: dict[str, dict[str, int]] = defaultdict(dict)
    for edge in facts.imports.edges:
        name = edge.external or ""
        if name in _PRIMITIVES and edge.source in known and not edge.type_checking:
            users[name].setdefault(edge.source, edge.line)
    corners: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, places in sorted(users.items()):
        folder = common_folder(places)
        inside = sum(path.startswith(folder) for path in product) if folder else len(product)
        together = inside <= _MAX_SHARE * len(product)
        if len(places) >= _MIN_USERS and (together or len(places) <= min(_MAX_FILES, _MAX_SHARE * len(product))):
            corners[(folder,) if together else tuple(sorted(places))].append(name)
    for corner, names in sorted(corners.items()):
        group = stable_id("concurrency", corner)
        spoken = {facts.code[path].language for name in names for path in users[name]}
        alike = [path for path in product if facts.code[path].language in spoken]
        if len(alike) < _MIN_FILES:
            continue
        found = {path: line for name in names for path, line in sorted(users[name].items())}
        yield _corner(facts, corner, names, found, alike)
        yield from _said(facts, set(found), group)


def _corner(
    facts: Facts, corner: tuple[str, ...], names: list[str], places: dict[str, int], product: list[str]
) -> Observation:
    return Observation(
        id=stable_id("obs", "concurrency", "corner", names, corner),
        category=Category.STRUCTURAL,
        family=Family.CONCURRENCY,
        summary=f"Of {len(product)} source files, {len(places)} import {' or '.join(f'`{name}`' for name in names)}: "
        f"{', '.join(f'`{path}`' for path in sorted(places)[:3])}.",
        subject=corner,
        citations=cite_all(facts, [(path, line, None) for path, line in sorted(places.items())], 3),
        data={
            "group": stable_id("concurrency", corner),
            "role": "corner",
            "names": names,
            "corner": list(corner),
            "files": len(places),
            "others": len(product) - len(places),
            "folder": common_folder(product),
        },
    )


def _said(facts: Facts, places: set[str], group: str) -> Iterator[Observation]:
    for reason in facts.history.reasons:
        named = places & set(reason.paths)
        said = reason_in(reason.sentence)
        if named and said and _WORDS.search(said):
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
