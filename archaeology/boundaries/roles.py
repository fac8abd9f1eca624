"""What a unit's name says about where it stands. A weak hint: it counts for little where imports speak.

The words are those that projects of all kinds share; nothing here may name a project.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

# Height from the ground (-1) to the doors (about 1): what everything may use, the core, services, the edges, the ways in.
_GROUND = """
    types typing constants const consts enums errors error exceptions exception util utils utility utilities helpers helper common
    shared lib logging log logger version versions primitives tokens contracts protocols interfaces compat
"""
_CORE = "domain entities entity models model schema schemas core kernel base foundation proto values"
_SERVICES = "services service application usecases use_cases workflows logic engine pipeline"
_EDGES = """
    adapters adapter infra infrastructure persistence repositories repository gateways gateway storage backends backend providers
    drivers integrations plugins extensions extension contrib
"""
_FRONT = """
    handlers controllers views routes routers endpoints commands jobs workers tasks reporting ui tui gui widgets screens
"""
_DOORS = """
    cli api rest graphql grpc web http app apps main server bin cmd entrypoints bootstrap containers wiring
"""
_EDGE = 0.4
_HEIGHT = {
    word: height
    for height, words in (
        (-1.0, _GROUND),
        (-0.6, _CORE),
        (0.0, _SERVICES),
        (_EDGE, _EDGES),
        (0.8, _FRONT),
        (1.1, _DOORS),
    )
    for word in words.split()
}
_INNER = frozenset(
    "domain entities entity models model core kernel values types enums protocols interfaces ports".split()
)
_OUTER = frozenset(
    """
    infra infrastructure adapters adapter persistence repositories web api rest http graphql grpc cli ui tui gui views controllers
    handlers routes commands gateways backends
    """.split()
)


# What is built for the browser or a window, and what for the machine behind it.
_BROWSER = frozenset(
    "client frontend front-end web ui browser public static assets webui webapp www renderer preload webview extension popup".split()
)
_SERVER = frozenset("server backend back-end api srv functions worker main electron electron-main node daemon".split())
_SHORTEST = 4
_ANY_PACKAGE = frozenset(
    "github gitlab python golang core client server library common utils types google microsoft apache".split()
)


def role_height(name: str) -> float | None:
    """Return how high a unit of this name usually stands (-1 ground, about 1 the doors), or None where the name says nothing."""
    return _HEIGHT.get(_plain(name))


def is_inner(name: str) -> bool:
    """Whether the name is one that teams give to what must not know the outside."""
    return _plain(name) in _INNER


def is_outer(name: str) -> bool:
    """Whether the name is one that teams give to an edge of the program: input, output, delivery."""
    return _plain(name) in _OUTER


def is_edge(name: str) -> bool:
    """Whether the name is one that teams give to what wraps something outside: an adapter, a gateway, a driver, a plug-in."""
    return _HEIGHT.get(_plain(name)) == _EDGE


def side_of(names: Collection[str]) -> int:
    """Return 1 where all names are of what runs in a browser or window, -1 where all are of what runs behind it, else 0."""
    plain = {name.lower() for name in names}
    if not plain:
        return 0
    return 1 if plain <= _BROWSER else -1 if plain <= _SERVER else 0


def named_alike(unit: str, package: str) -> bool:
    """Whether a unit and an external package share a word of their names, so that the unit is there for the package."""
    return not _words(unit).isdisjoint(_words(package))


@lru_cache(maxsize=1024)
def _words(name: str) -> frozenset[str]:
    """The words of a name that say something; each unit is set against each package."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    return frozenset([word for word in words if len(word) >= _SHORTEST and word not in _ANY_PACKAGE])


def _plain(name: str) -> str:
    return name.lower().strip("_").replace("-", "_")
