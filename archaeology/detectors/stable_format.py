"""Stable formats: outputs that recorded files pin, and version numbers that code keeps for what it writes.

Why this is evidence of intent: a snapshot test is habit where everything has one. Recorded outputs that change together with one
product file, and only with it, say that somebody looks at each difference; a version number of a format, with a comment or commit on
compatibility, is a promise to readers of what was written before. Comments on compatibility are in :mod:`archaeology.detectors.cautions`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from archaeology.detectors.places import cite, cite_all, folder_of, production_paths
from archaeology.facts import Definition, Facts
from archaeology.facts.rows import Choice
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_VERSIONED = re.compile(
    r"(?:^|[._])_*(?P<what>schema|format|protocol|wire|cache|db|database|file|index|snapshot|storage|lock_?file|data|state|message|manifest|record|layout)_?version$",
    re.IGNORECASE,
)
_HUMPED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HOLDING = frozenset({"constant", "variable", "field", "property"})
_COMPATIBLE = re.compile(
    r"\b(?:compat\w*|bump\w*|increment\w*|incompatib\w*|migrat\w*|older? (?:versions?|formats?|files?|data)|breaking|upgrade\w*|version(?:ed|ing)?)\b",
    re.IGNORECASE,
)
_MIN_GOLDEN = 3
_MIN_TOGETHER = 4
_MIN_PART = 0.25
_NO_OUTPUT = re.compile(r"(?:^|/)(?:types?|constants?|index|__init__|mod|lib|locales?)\.\w+$|\.d\.ts$")
_MAX_FOUND = 6


def detect_stable_format(facts: Facts) -> Iterator[Observation]:
    """Yield recorded outputs with the product file that they change with, and version numbers of formats with what is said of them."""
    yield from _recorded(facts)
    found = 0
    holding = Choice[Definition](lambda definition: definition.kind in _HOLDING)
    for path in production_paths(facts):
        for definition in holding.of(facts.code[path].definitions):
            if "KEY" not in definition.name and _VERSIONED.search(_HUMPED.sub("_", definition.name)):
                found += 1
                if found <= _MAX_FOUND:
                    yield from _versioned(facts, path, definition)


def _recorded(facts: Facts) -> Iterator[Observation]:
    folders: dict[str, list[str]] = defaultdict(list)
    for path in facts.tests.golden_files:
        folders[folder_of(path)].append(path)
    golden = {path: folder for folder, paths in folders.items() for path in paths}
    product = set(production_paths(facts))
    together: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pair in facts.history.cochanges:
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if one in golden and other in product and not _NO_OUTPUT.search(other):
                revisions = pair.revisions_b if other == pair.b else pair.revisions_a
                if pair.together >= _MIN_PART * revisions:
                    together[golden[one]][other] += pair.together
    ranked = sorted(together.items(), key=lambda item: (-max(item[1].values()), item[0]))
    for folder, partners in ranked[:_MAX_FOUND]:
        source = max(sorted(partners), key=lambda path: partners[path])
        if len(folders[folder]) < _MIN_GOLDEN or partners[source] < _MIN_TOGETHER:
            continue
        group = stable_id("recorded", folder)
        yield Observation(
            id=stable_id("obs", "stable_format", "recorded", folder),
            category=Category.EVIDENCE,
            family=Family.STABLE_FORMAT,
            summary=f"{len(folders[folder])} recorded outputs lie in `{folder}`.",
            subject=(folder,),
            citations=cite_all(facts, [(path, 1, None) for path in sorted(folders[folder])], 2),
            data={"group": group, "role": "recorded", "folder": folder, "files": len(folders[folder])},
        )
        yield Observation(
            id=stable_id("obs", "stable_format", "together", folder, source),
            category=Category.BEHAVIOURAL,
            family=Family.STABLE_FORMAT,
            summary=f"They changed with `{source}` {partners[source]} times, more than with any other file.",
            subject=(source,),
            citations=cite(facts, source, 1, 1),
            data={"group": group, "role": "together", "source": source, "together": partners[source]},
        )


def _versioned(facts: Facts, path: str, definition: Definition) -> Iterator[Observation]:
    group = stable_id("version", path, definition.name)
    name = definition.name.rsplit(".", 1)[-1]
    match = _VERSIONED.search(_HUMPED.sub("_", definition.name))
    yield Observation(
        id=stable_id("obs", "stable_format", "version", path, definition.name),
        category=Category.STRUCTURAL,
        family=Family.STABLE_FORMAT,
        summary=f"`{name}` ({path}) numbers a format.",
        subject=(path,),
        citations=cite(facts, path, definition.start_line, definition.end_line, definition.name),
        data={
            "group": group,
            "role": "version",
            "name": name,
            "path": path,
            "symbol": definition.name,
            "what": (match["what"] if match else "format").lower().replace("_", " "),
        },
    )
    for comment in facts.code[path].comments:
        near = comment.start_line - 3 <= definition.start_line <= comment.end_line + 3
        if (near or name in comment.text) and _COMPATIBLE.search(comment.text):
            yield Observation(
                id=stable_id("obs", "stable_format", "comment", path, definition.name, comment.text),
                category=Category.TEXTUAL,
                family=Family.STABLE_FORMAT,
                summary=f"A comment beside it says: “{' '.join(comment.text.split())[:200]}”",
                subject=(path,),
                citations=cite(facts, path, comment.start_line, comment.end_line),
                data={"group": group, "role": "said"},
            )
            break
    for reason in facts.history.reasons:
        if path in reason.paths and (
            name in reason.sentence or (_COMPATIBLE.search(reason.sentence) and "version" in reason.sentence.lower())
        ):
            yield Observation(
                id=stable_id("obs", "stable_format", "reason", path, definition.name, reason.commit),
                category=Category.HISTORICAL,
                family=Family.STABLE_FORMAT,
                summary=f"A commit that changed the file says: “{reason.sentence}”",
                subject=(path,),
                citations=(facts.reader.cite_commit(reason.commit, reason.sentence),),
                data={"group": group, "role": "said"},
            )
            break
