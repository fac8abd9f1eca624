"""Dependency restraint: much code that gets by with few packages from outside, and packages that were taken out again.

Why this is evidence of intent: few dependencies in little code is chance. In a large code base it is a standing refusal, and a dependency
that was once imported and then removed shows that somebody refuses on purpose; a commit or document that says why settles it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from archaeology.detectors.places import cite_all, common_folder, production_paths
from archaeology.detectors.successors import ASIDE, names_package
from archaeology.facts import Facts
from archaeology.identity import stable_id
from archaeology.model import Category, Family, Observation

_MIN_FILES = 30
_FEW = 3
_MAX_REMOVED = 4
# Projects for tests that stand among those of the product, such as `Shop.Tests.Contracts/`: their packages are not the product's.
_OF_TESTS = re.compile(r"(?:^|[/._-])tests?(?:ing)?(?:[._-][^/]*)?/", re.IGNORECASE)


def detect_dependency_restraint(facts: Facts) -> Iterator[Observation]:
    """Yield how few packages the product code imports, which ones it gave up, and what texts say of dependencies."""
    product = {path for path in production_paths(facts) if not _OF_TESTS.search(path)}
    used: dict[str, list[tuple[str, int, str | None]]] = defaultdict(list)
    for edge in facts.imports.edges:
        if edge.external and not edge.stdlib and edge.source in product and not edge.type_checking:
            used[edge.external].append((edge.source, edge.line, None))
    if len(product) < _MIN_FILES or len(used) > _FEW:
        return
    group = stable_id("restraint", common_folder(product))
    names = sorted(used)
    said = "nothing from outside" if not names else f"{', '.join(f'`{name}`' for name in names)} only"
    yield Observation(
        id=stable_id("obs", "dependency_restraint", "few", names),
        category=Category.STRUCTURAL,
        family=Family.DEPENDENCY_RESTRAINT,
        summary=f"{len(product)} source files import {said}.",
        subject=(common_folder(product) or ".",),
        citations=cite_all(facts, [places[0] for places in used.values()]),
        data={"group": group, "role": "few", "names": names, "files": len(product), "folder": common_folder(product)},
    )
    removed = {
        life.target: life
        for life in facts.history.edge_lives
        if life.external
        and life.vanished
        and life.target not in used
        and names_package(life.reason, life.target)
        and not ASIDE.search(life.source)
        and any(path.startswith(life.source) for path in product)  # what left with its code was not refused
    }
    for life in sorted(removed.values(), key=lambda item: (-(item.vanished_time or 0), item.target))[:_MAX_REMOVED]:
        yield Observation(
            id=stable_id("obs", "dependency_restraint", "removed", life.target, life.source),
            category=Category.HISTORICAL,
            family=Family.DEPENDENCY_RESTRAINT,
            summary=f"`{life.target}` was imported by `{life.source}` once and taken out again"
            + (f": “{life.reason}”" if life.reason else "."),
            subject=(life.source,),
            citations=(facts.reader.cite_commit(life.vanished or "", life.reason),) if life.reason else (),
            data={"group": group, "role": "removed", "name": life.target},
        )
    for rule in facts.documents.rules:
        words = rule.text.lower()
        if "dependenc" in words and any(
            word in words for word in ("no ", "avoid", "without", "zero", "minimal", "few", "not ")
        ):
            yield Observation(
                id=stable_id("obs", "dependency_restraint", "rule", rule.path, rule.text),
                category=Category.TEXTUAL,
                family=Family.DEPENDENCY_RESTRAINT,
                summary=f"{rule.path} says: “{rule.text}”",
                subject=(rule.path,),
                citations=cite_all(facts, [(rule.path, rule.start_line, None)]),
                data={"group": group, "role": "rule"},
            )
            return
