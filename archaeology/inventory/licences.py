"""Which folders hold what others wrote and the project has changed in place: by their names, and the licences in them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Under such a name a project keeps code of others, or calls a part of its own that reaches outside.
_PERHAPS = frozenset({"patched", "extern", "externs", "external", "externals"})
_LICENCE = re.compile(r"(?:licen[sc]e|copying)(?:-[a-z0-9]+)?(?:\.(?:txt|md|rst|html|mit|bsd|apache))?", re.IGNORECASE)


def folders_of_others(files: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the folders (without a trailing slash) under such a name with a licence of their own.

    ``files`` are pairs of a path and the id of its content. A licence that also stands outside such folders is the project's own, as
    in the packages of a workspace.
    """
    licences = [(path.rpartition("/")[0], blob) for path, blob in files if _is_licence(path)]
    own = {blob for folder, blob in licences if not _is_below(folder)}
    return frozenset(folder for folder, blob in licences if _is_below(folder) and blob not in own)


def reason_for_others(path: str, folders: frozenset[str]) -> str | None:
    """Return why a file is somebody else's, or None; ``folders`` as found above."""
    folder = path.rpartition("/")[0] if folders else ""
    while folder:
        if folder in folders:
            return f"below {folder!r}, which has a licence of its own"
        folder = folder.rpartition("/")[0]
    return None


def _is_licence(path: str) -> bool:
    return _LICENCE.fullmatch(path.rpartition("/")[2]) is not None


def _is_below(folder: str) -> bool:
    return not _PERHAPS.isdisjoint(folder.lower().split("/"))
