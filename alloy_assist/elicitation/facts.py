"""What the things are called that a family of hypotheses is about, from what was measured: the interface, the root of the errors, the other file."""

from __future__ import annotations

import re
from collections.abc import Callable

from alloy_assist.elicitation.boundary import code, listed
from alloy_assist.elicitation.subject import Subject
from archaeology.model import Family

_THROUGH = re.compile(r"^Reach (?P<real>.+?) through (?P<port>`[^`]+`)")
_FEW = 2

Fact = str | int | tuple[str, ...]


def fact_of(subject: Subject, name: str, role: str | None = None) -> Fact | None:
    """Return the first value of that name among what was seen, where a role is given only of what plays it; None for none."""
    for item in subject.seen:
        if name in item.facts and (role is None or item.facts.get("role") == role):
            return item.facts[name]
    return None


def named_by_facts(subject: Subject) -> dict[str, str]:
    """Return the names ``inside``, ``outside`` and ``gateway`` that a family's own facts give; others stay as they are."""
    name = _NAMERS.get(subject.family or "")
    return {key: value for key, value in name(subject).items() if value} if name else {}


def text_of(value: Fact | None) -> str:
    """Return a fact as text: names in a list as code."""
    return listed(value, _FEW) if isinstance(value, tuple) else "" if value is None else str(value)


def _port(subject: Subject) -> dict[str, str]:
    """``gateway`` is the interface, ``outside`` what is behind it."""
    told = _THROUGH.match(subject.possible.strategy or "")
    port = fact_of(subject, "name", "port")
    return {
        "gateway": told["port"] if told else code(str(port)) if port else "",
        "outside": told["real"] if told else text_of(fact_of(subject, "implementations", "port")),
    }


def _errors(subject: Subject) -> dict[str, str]:
    """``gateway`` is the root that errors are kinds of, ``outside`` whose errors are translated into them."""
    root, folder = fact_of(subject, "root"), fact_of(subject, "folder")
    return {
        "inside": code(str(folder).rstrip("/")) if folder else "",
        "outside": text_of(fact_of(subject, "vendors")),
        "gateway": code(str(root)) if root else "",
    }


def _pair(subject: Subject) -> dict[str, str]:
    """``inside`` are both files, said short where that tells them apart."""
    pair = [str(fact_of(subject, side, "together") or "") for side in ("a", "b")]
    short = [path.rsplit("/", 1)[-1] for path in pair]
    return {"inside": listed(short if len(set(short)) == len(pair) else pair) if all(pair) else ""}


def _generated(subject: Subject) -> dict[str, str]:
    """``inside`` is what is generated, ``outside`` what it comes from."""
    folder, source = fact_of(subject, "folder", "files"), fact_of(subject, "source", "source")
    return {"inside": code(str(folder)) if folder else "", "outside": code(str(source)) if source else ""}


def _given_up(subject: Subject) -> dict[str, str]:
    """``outside`` is the package that went, ``inside`` where it was used."""
    gone, folders = fact_of(subject, "target", "gone"), fact_of(subject, "folders", "gone")
    return {"outside": code(str(gone)), "inside": text_of(folders)} if gone else {}


def _isolated(subject: Subject) -> dict[str, str]:
    """``outside`` is what tests are kept off, ``gateway`` what keeps them off it."""
    devices = fact_of(subject, "names", "devices")
    named = isinstance(devices, tuple)
    return {
        "outside": str(fact_of(subject, "aspect", "devices") or ""),
        "gateway": " and ".join(devices[:_FEW]) if named and isinstance(devices, tuple) else "",
    }


def _recorded(subject: Subject) -> dict[str, str]:
    """``inside`` is what puts something out, ``outside`` the folder of what was recorded."""
    source, folder = fact_of(subject, "source", "together"), fact_of(subject, "folder", "recorded")
    if folder and str(source).rsplit("/", 1)[-1] == str(folder).strip("/").rsplit("/", 1)[-1]:
        # Both would be called the same: which of them is meant could not be told.
        folder = None
    short = str(source).rsplit("/", 1)[-1]
    return {"inside": code(short) if source else "", "outside": code(str(folder)) if source and folder else ""}


def _timed(subject: Subject) -> dict[str, str]:
    """``inside`` is what the benchmarks time."""
    path = fact_of(subject, "path", "benchmarks")
    return {"inside": code(str(path).rsplit("/", 1)[-1])} if path else {}


def _lone(subject: Subject) -> dict[str, str]:
    """``inside`` is an interface, ``outside`` the only thing that implements it."""
    name, only = fact_of(subject, "name", "interface"), fact_of(subject, "only", "interface")
    return {"inside": code(str(name)), "outside": code(str(only))} if name and only else {}


def _few(subject: Subject) -> dict[str, str]:
    """``gateway`` is what the product gets by with."""
    return {"gateway": text_of(fact_of(subject, "names", "few"))}


_NAMERS: dict[str, Callable[[Subject], dict[str, str]]] = {
    Family.PORTS_AND_ADAPTERS: _port,
    Family.TYPED_ERRORS: _errors,
    Family.TACIT_COUPLING: _pair,
    Family.GENERATED_CODE: _generated,
    Family.TECHNOLOGY_CHOICE: _given_up,
    Family.TEST_ISOLATION: _isolated,
    Family.STABLE_FORMAT: _recorded,
    Family.PERFORMANCE_GUARD: _timed,
    Family.DEPENDENCY_RESTRAINT: _few,
    Family.CONTRADICTION: _lone,
}
