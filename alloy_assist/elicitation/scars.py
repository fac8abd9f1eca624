"""Hears a past failure in what a person says about something else."""

from __future__ import annotations

import re

_FAILURE = re.compile(
    r"\b(?:outage|incident|post-?mortem|went down|took (?:us |it |\w+ )?down|burn(?:ed|t) (?:us|me)|got (?:burn(?:ed|t)|bitten)|bit us|"
    r"never again|last time (?:we|someone|somebody)|we once|it once|used to (?:break|fail|crash|leak|hang)|lost (?:data|orders|money|customers)|"
    r"paged|3 ?a\.?m\.?|rolled back|had to (?:revert|roll back|hot-?fix)|hot-?fix(?:ed)?|data loss|"
    r"(?:broke|crashed|corrupted|leaked|deadlocked) (?:production|prod|the|every|all|our|everything|customers?))\b",
    re.IGNORECASE,
)


def tells_of_a_failure(text: str) -> bool:
    """Whether a text tells of something that went wrong, rather than of what might."""
    return _FAILURE.search(text) is not None
