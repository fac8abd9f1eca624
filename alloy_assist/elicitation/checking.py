"""Says in a sentence what a check asks for, so that a person can decide whether to require it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from alloy_assist.elicitation.boundary import boundary_of, code, listed
from alloy_assist.elicitation.events import Checked

_SHOWN = 3
_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")
# What stands before or after a match and is no part of it.
_AROUND = re.compile(r"\(\?<?[!=](?:[^()\[\]]|\[[^\]]*\])*\)")
_GROUP = re.compile(r"\((?:\?:)?([^()]+\|[^()]+)\)")
# In names of packages either sign will do, and the dash is the one that manifests are written with.
_EITHER_SIGN = "[-_]"
_UNSPOKEN = re.compile(
    r"\[-_\]|\\[WwsSdD]\+?\*?|\\[bB]|\[[^\]]+\]|\\(?P<itself>[^\w\s])|[\^$\\]|(?<=\))[+*?]",
)


def statement_of(check: dict[str, Any]) -> str:
    """Return what holds where the check passes, as a clause without a full stop. Empty for a kind that is not known."""
    say = _SAY.get(str(check.get("kind", "")))
    return say(check) if say else ""


def prohibition_of(check: dict[str, Any]) -> str:
    """Return what nobody may do, for checks that forbid something. Empty for others."""
    boundary = boundary_of(check)
    if boundary is not None:
        but = f", but for {boundary.gateway}" if boundary.gateway else ""
        if boundary.pronoun:
            return f"import {boundary.outside} into the code below {boundary.pronoun}{but}"
        if boundary.outside.startswith("`"):
            return f"import {boundary.outside} into {boundary.inside}{but}"
        if boundary.siblings:
            return f"import one of {boundary.inside} into another"
        return f"import into {boundary.inside} {boundary.outside}{but}"
    if check.get("kind") == "pattern_absent":
        return f"bring {readable(str(check.get('pattern', '')))} back into {listed(_texts(check, 'paths'))}"
    return ""


def violation_of(check: dict[str, Any]) -> str:
    """Return what one would see in a diff that breaks an import boundary. Empty for other checks."""
    boundary = boundary_of(check)
    if boundary is None or boundary.siblings:
        return f"an import from one of {boundary.inside} into another" if boundary else ""
    but = f", but for {boundary.gateway}" if boundary.gateway else ""
    if boundary.pronoun:
        return f"an import of {boundary.outside} into the code below {boundary.pronoun}{but}"
    if boundary.outside.startswith("`"):
        return f"an import of {boundary.outside} into {boundary.inside}{but}"
    return f"an import into {boundary.inside} of {boundary.outside}{but}"


def is_broken(check: dict[str, Any] | None, checked: Checked | None) -> bool:
    """Whether the code goes against a check that forbids something. That something is not there is no place to point at."""
    forbids = bool(check) and check is not None and check.get("kind") in {"import_boundary", "pattern_absent"}
    return forbids and checked is not None and checked.passed is False


def readable(pattern: str) -> str:
    """Return a regular expression as a person would quote it: the words that it looks for, its alternatives joined by "or"."""
    bare = _AROUND.sub("", _FLAGS.sub("", pattern))
    group = _GROUP.search(bare)
    whole = "|" in bare and not group
    texts = (
        [f"{bare[: group.start()]}{part}{bare[group.end() :]}" for part in group[1].split("|")]
        if group
        else bare.split("|")
        if whole
        else [bare]
    )
    words = [" ".join(_UNSPOKEN.sub(_aloud, text).split()) for text in texts]
    return listed([word for word in words if word] or [pattern], joiner="or")


def _aloud(found: re.Match[str]) -> str:
    return "-" if found[0] == _EITHER_SIGN else found["itself"] or " "


def _import_boundary(check: dict[str, Any]) -> str:
    boundary = boundary_of(check)
    if boundary is None:
        return ""
    if boundary.siblings:
        return f"{boundary.inside} do not import each other"
    verb = "reaches" if check.get("indirect") else "imports"
    but = f", but for {boundary.gateway}" if boundary.gateway else ""
    if boundary.pronoun:
        return f"nothing below {boundary.outside} {verb} {boundary.pronoun}{but}"
    return f"no file of {boundary.inside} {verb} {boundary.outside}{but}"


def _texts(check: dict[str, Any], key: str) -> list[str]:
    return [str(item) for item in check.get(key, ())]


_SAY: dict[str, Callable[[dict[str, Any]], str]] = {
    "import_boundary": _import_boundary,
    "path_exists": lambda check: f"{code(str(check.get('path', '')))} exists",
    "pattern_absent": lambda check: (
        f"{listed(_texts(check, 'paths'), _SHOWN)} nowhere says {readable(str(check.get('pattern', '')))}"
    ),
    "pattern_present": lambda check: (
        f"{listed(_texts(check, 'paths'), _SHOWN)} still says {readable(str(check.get('pattern', '')))}"
    ),
    "symbol_exists": lambda check: (
        f"{code(str(check.get('symbol', '')))} is defined in {code(str(check.get('path', '')))}"
    ),
    "test_exists": lambda check: f"the test {code(str(check.get('test', '')))} exists",
    "command": lambda check: f"the command {code(' '.join(_texts(check, 'argv')))} succeeds",
}
