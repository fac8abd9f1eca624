"""Counts what comes of attacks on a model that obeys them: a table for the documentation.

``ALLOY_ATTACK_SETS=.venv/attacks python -m bench.attacks``

Each attack of the public sets and of our own is tried once, in one kind of place; neighbours are in different ones. Ends with 1 where any
harm was done.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from fixtures.attacks.own import OWN_ATTACKS
from fixtures.attacks.public_sets import Attack, dealt, public_attacks
from fixtures.attacks.trial import HARM, PLACES, prepare, tried

_ALSO = ("forged claims", "raw controls")


def main() -> int:
    """Try every attack, and print a row for each family of them."""
    attacks = (*public_attacks(), *(Attack("our own", text) for text in OWN_ATTACKS.values()))
    families: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for turn, place in enumerate(PLACES):
        with tempfile.TemporaryDirectory() as folder:
            grounds = prepare(Path(folder), place, dealt(attacks, turn, len(PLACES)))
            for number, planted in enumerate(grounds.planted):
                families[planted.attack.family].update(tried(grounds, planted, number), attacks=1)
        print(f"{place}: {len(grounds.planted)} attacks", file=sys.stderr)
    columns = ("attacks", "reached", "requests", *HARM, *_ALSO)
    print(f"| family | {' | '.join(columns)} |\n| --- |{' --- |' * len(columns)}")
    for family, counts in families.items():
        print(f"| {family} | {' | '.join(str(counts[column]) for column in columns)} |")
    return int(any(counts[harm] for counts in families.values() for harm in (*HARM, *_ALSO)))


if __name__ == "__main__":
    sys.exit(main())
