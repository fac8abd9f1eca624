"""Sentences of commit messages that say why, with their commit and the paths it changed."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from archaeology.history.log import PackedLog
from archaeology.history.model import Reason

_MAX_PATHS = 12


def find_reasons(log: PackedLog) -> tuple[Reason, ...]:
    """Return reasons newest first. Merges repeat what their commits say, and bots have no reasons; both were passed over."""
    return tuple(
        Reason(oid, time, sentence, marker, paths)
        for commit, said in groupby(log.sentences, key=itemgetter(0))
        for oid, time, paths in [(log.oid(commit), int(log.times[commit]), log.paths_of(commit, _MAX_PATHS))]
        for _, sentence, marker in said
    )
