"""Doubles of the tests: classes that somebody wrote and keeps, which build upon an interface or have all of its methods, and mocks made on the spot."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from archaeology.facts import Definition, Facts, Fake

# What times the code or shows how to use it replaces things for its own ends.
_NO_TESTS = re.compile(
    r"(?:^|[/.])(?:bench|benches|benchmarks?|examples?|samples?|demos?)/|(?:^|/)bench(?:es|marks?)?\.\w+$",
    re.IGNORECASE,
)
# `mock(Gateway.class)` in one test replaces anything at all; a class that somebody wrote and keeps stands for a port.
_MADE_ON_THE_SPOT = re.compile(r"(?:^|\.)[a-z]\w*$")
_HAND_MADE = frozenset({"fake", "stub", "mock"})
_ON_THE_SPOT = frozenset({"fake", "stub", "mock", "spy"})
_NOT_A_NAME = re.compile(r"[^\w.]|^get|^create|patch|setattr|^mock$|^Mock$|^spy", re.IGNORECASE)


def hand_made(facts: Facts) -> Mapping[str, Sequence[Fake]]:
    """Return the doubles of the tests by the last name of what they stand for, as far as their names tell; see :func:`does_what`."""
    fakes: dict[str, list[Fake]] = defaultdict(list)
    for fake in facts.tests.fakes:
        in_tests = (
            fake.kind in _HAND_MADE and not _NO_TESTS.search(fake.path) and not _MADE_ON_THE_SPOT.search(fake.name)
        )
        if fake.stands_for and in_tests and not _NOT_A_NAME.search(fake.name):
            fakes[fake.stands_for.rsplit(".", 1)[-1]].append(fake)
    return fakes


def mocked(facts: Facts) -> Mapping[str, frozenset[str]]:
    """Return the test files in which a mocking library makes a double, by the last name of what that stands for."""
    files: dict[str, set[str]] = defaultdict(set)
    written: dict[str, frozenset[str]] = {}
    for fake in facts.tests.fakes:
        if not fake.stands_for or fake.kind not in _ON_THE_SPOT or _NO_TESTS.search(fake.path):
            continue
        if fake.path not in written:
            code = facts.code.get(fake.path)
            names = () if code is None else [item.name.rsplit(".", 1)[-1] for item in code.definitions]
            written[fake.path] = frozenset(names)
        if fake.name not in written[fake.path]:
            files[fake.stands_for.replace("\\", ".").rsplit(".", 1)[-1]].add(fake.path)
    return {name: frozenset(paths) for name, paths in files.items()}


def does_what(facts: Facts, fake: Fake, port: Definition, wanted: frozenset[str]) -> bool:
    """Return whether a double builds upon the port or has all of its methods; its name alone may speak of something else."""
    code = facts.code.get(fake.path)
    own = [item for item in code.definitions if item.name.rsplit(".", 1)[-1] == fake.name] if code else []
    if any(_bare(base) == port.name for item in own for base in item.bases):
        return True
    names = (
        {item.name.rpartition(".")[2] for item in code.definitions if _owner(item.name) == fake.name} if code else set()
    )
    return bool(own) and bool(wanted) and wanted <= names


def _owner(name: str) -> str:
    return name.rpartition(".")[0].rsplit(".", 1)[-1]


def _bare(base: str) -> str:
    return base.split("<", maxsplit=1)[0].split("[", maxsplit=1)[0].rsplit(".", 1)[-1]
