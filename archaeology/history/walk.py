"""The order in which git's log walks commits, worked out from what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush


def walked(tip: int, parents: Sequence[int], ends: Sequence[int], times: Sequence[int]) -> list[int]:
    """Return the commits that can be reached from ``tip`` in the order of a plain ``git log``.

    That is: of the commits that a child has named already, the youngest comes next; of equally young ones, the one that was named first.

    Args:
        tip: the number of the commit to begin with.
        parents: the numbers of all parents, commit after commit; ``ends`` counts them up to each commit.
        ends: where the parents of each commit end.
        times: the commits' times in seconds.
    """
    order: list[int] = []
    named = bytearray(len(times))
    named[tip] = 1
    count = 0
    waiting = [(-times[tip], 0, tip)]
    while waiting:
        commit = heappop(waiting)[2]
        order.append(commit)
        for parent in parents[ends[commit - 1] if commit else 0 : ends[commit]]:
            if not named[parent]:
                named[parent] = 1
                count += 1
                heappush(waiting, (-times[parent], count, parent))
    return order
