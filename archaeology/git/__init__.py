"""Reads git repositories without trusting them: the only package that runs git."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archaeology.git.opening import open_repository, open_standing
    from archaeology.git.repository import Repository
    from archaeology.git.spelling import decode_path, decode_text
    from archaeology.git.standing import Standing
    from archaeology.git.stream import LogBatch
    from archaeology.git.values import BlameLine, Change, CommitDetail, RawCommit, Reference, TreeEntry, TreeListing

__all__ = [
    "BlameLine",
    "Change",
    "CommitDetail",
    "LogBatch",
    "RawCommit",
    "Reference",
    "Repository",
    "Standing",
    "TreeEntry",
    "TreeListing",
    "decode_path",
    "decode_text",
    "open_repository",
    "open_standing",
]
_HOMES = {
    "LogBatch": "stream",
    "Repository": "repository",
    "Standing": "standing",
    "decode_path": "spelling",
    "decode_text": "spelling",
    "open_repository": "opening",
    "open_standing": "opening",
}


def __getattr__(name: str) -> object:
    """Load what is asked for when it is: what an unchanged repository needs is a third of this package."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'values')}"), name)
