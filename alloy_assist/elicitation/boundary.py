"""An import boundary in a developer's words: short names inside their common folder, and no list longer than one can take in."""

from __future__ import annotations

from typing import Any

from alloy_assist.elicitation.vocabulary import Value
from archaeology.text import visible_line

_NAMED = 3


class Boundary(Value):
    """``inside`` is what must not import, ``outside`` what must not be imported, ``gateway`` what may all the same.

    ``pronoun`` stands for what is outside where it was just named. ``stack`` tells that the two overlap: imports may only go one way through several layers. ``container`` is the common folder.
    """

    inside: str
    outside: str
    pronoun: str = ""
    gateway: str = ""
    container: str = ""
    stack: bool = False
    siblings: bool = False


def boundary_of(check: dict[str, Any] | None) -> Boundary | None:
    """Return the boundary that a check is about, or None for other checks."""
    if not check or check.get("kind") != "import_boundary":
        return None
    sources, forbidden = _ends(check, "sources"), _ends(check, "forbidden")
    if not sources or not forbidden:
        return None
    paths = [str(end["path"]) for end in (*sources, *forbidden) if end.get("path")]
    folder = common_folder(paths)
    place = code(folder.rstrip("/")) if folder else "the code"
    paths_only = all(end.get("path") for end in forbidden)
    # A package and the module that carries its name are one thing to a reader.
    left = list(dict.fromkeys(short(end, folder) for end in sources))
    right = list(dict.fromkeys(short(end, folder) for end in forbidden))
    gateway = listed([_bare(str(item.get("from", "")), folder) for item in check.get("except", ()) if _is_name(item)])
    if set(left) == set(right):
        return Boundary(inside=listed(left), outside="each other", container=folder, siblings=True)
    few_left, few_right = len(left) <= _NAMED, len(right) <= _NAMED
    if set(left) & set(right) or not (few_left or few_right):
        return Boundary(
            inside=f"the lower layers of {place}", outside="the layers above them", container=folder, stack=True
        )
    inside = (
        listed(left)
        if few_left
        else f"the code below {listed(right)}"
        if folder and paths_only
        else f"the rest of {place}"
    )
    if not few_left and inside.startswith("the code below"):
        pronoun = "it" if len(right) == 1 else "them"
        return Boundary(inside=inside, outside=listed(right), pronoun=pronoun, gateway=gateway, container=folder)
    # Packages of others are built on nothing of ours: they are named, however many.
    vendors = all(end.get("external") for end in forbidden)
    outside = (
        listed(right, joiner="or")
        if few_right or vendors
        else f"what is built on top of {'it' if len(left) == 1 else 'them'}"
    )
    return Boundary(inside=inside, outside=outside, gateway=gateway, container=folder)


def common_folder(paths: list[str]) -> str:
    """Return the folder that holds all of the paths, with a trailing slash; empty for the repository itself."""
    if not paths:
        return ""
    folders = [path.rstrip("/").split("/")[:-1] for path in paths]
    common: list[str] = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return "/".join(common) + "/" if common else ""


def short(end: dict[str, Any], folder: str) -> str:
    """Return what a developer calls an end: its path inside the folder without the suffix, or the package's name."""
    path = end.get("path")
    return _bare(str(path), folder) if path else str(end.get("module") or "")


def listed(names: list[str] | tuple[str, ...], limit: int = _NAMED, joiner: str = "and") -> str:
    """Return names as code in a list: "`a`, `b` and 3 others". Empty for none."""
    unique = list(dict.fromkeys(name for name in names if name))
    keep = limit if len(unique) <= limit else limit - 1
    shown = [code(name) for name in unique[:keep]]
    rest = len(unique) - len(shown)
    if rest:
        return f"{', '.join(shown)} {joiner} {rest} others"
    return f" {joiner} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def code(name: str) -> str:
    """Return a name between back-quotes, on one line and harmless to a terminal."""
    return f"`{visible_line(name).replace('`', chr(0x2019)) or '?'}`"


def _bare(path: str, folder: str) -> str:
    name = path.removeprefix(folder).rstrip("/") or path.rstrip("/")
    last = name.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] if not path.endswith("/") and "." in last.lstrip(".") and "/" in path else name


def _is_name(item: Any) -> bool:
    """Whether an exception names somebody who may: globs over tests and the like are no gateways."""
    return isinstance(item, dict) and bool(item.get("from")) and "*" not in str(item["from"])


def _ends(check: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [end for end in check.get(key) or () if isinstance(end, dict)]
