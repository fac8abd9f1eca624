"""Reads git repositories without trusting them: the only package that runs git."""

from __future__ import annotations

from archaeology.git.opening import open_repository
from archaeology.git.repository import Repository
from archaeology.git.stream import LogBatch
from archaeology.git.values import (
    BlameLine,
    Change,
    CommitDetail,
    RawCommit,
    Reference,
    TreeEntry,
    TreeListing,
    decode_path,
    decode_text,
)

__all__ = [
    "BlameLine",
    "Change",
    "CommitDetail",
    "LogBatch",
    "RawCommit",
    "Reference",
    "Repository",
    "TreeEntry",
    "TreeListing",
    "decode_path",
    "decode_text",
    "open_repository",
]
