"""What a pinned output or a numbered format may protect: those who read what was written before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.hypotheses.grouping import grouped, with_role
from archaeology.identity import stable_id
from archaeology.model import Family, Hypothesis, Observation, PathExists, PossibleIntent, SymbolExists

_RECORDED_START, _VERSION_START = -1.6, -1.2
_MOST_SHOWN = 2


def propose_stable_format(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield recorded outputs that change with one product file, and numbered formats of which somebody says why."""
    del facts  # the observations say it all
    found = []
    for group, items in grouped(observations, Family.STABLE_FORMAT):
        recorded, together = with_role(items, "recorded"), with_role(items, "together")
        version, said = with_role(items, "version"), with_role(items, "said")
        if recorded and together:
            found.append(_recorded(group, recorded[0], together[0]))
        if version and said:
            found.append(_numbered(group, version[0], said))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _recorded(group: str, recorded: Observation, together: Observation) -> Hypothesis:
    folder, source = recorded.data["folder"], together.data["source"]
    name = PurePosixPath(source).name
    terms = (
        term("starting point", "Many snapshots are recorded anew without a look (log-odds).", _RECORDED_START),
        term("recorded outputs", recorded.summary, growing(recorded.data["files"], 0.2, 0.8)),
        term("they change with one file", together.summary, growing(together.data["together"], 0.3, 1.2)),
    )
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"What `{source}` puts out changes only on purpose: {recorded.data['files']} recorded outputs in `{folder}` show every difference.",
        family=Family.STABLE_FORMAT,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            threat=f"A change of `{name}` that alters its output, recorded anew without a look.",
            evidence=(recorded.summary,),
        ),
        subject=(source, folder),
        observations=(recorded.id, together.id),
        questions=(
            f"Who reads what `{name}` puts out, and which difference in `{folder}` would you turn down?",
            "When these files change in a review, does anybody read the difference, or are they recorded anew?",
        ),
        check=PathExists(path=f"{folder}*"),
        worth=round((0.3 + number) * 0.17, 4),
    )


def _numbered(group: str, version: Observation, said: list[Observation]) -> Hypothesis:
    name, path, what = version.data["name"], version.data["path"], version.data["what"]
    terms = (
        term("starting point", "A number that nobody raises is decoration (log-odds).", _VERSION_START),
        term("a numbered format", version.summary, 0.7),
        *(term("somebody says why", item.summary, 0.8) for item in said),
    )
    number = confidence(terms)
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"Readers of older {what} data are counted on: whoever changes what `{path}` writes must raise `{name}`.",
        family=Family.STABLE_FORMAT,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            threat=f"A change of what is written that leaves `{name}` as it is.",
            strategy=f"Raise `{name}` ({path}) with the format.",
        ),
        subject=(path,),
        observations=(version.id, *(item.id for item in said)),
        questions=(
            f"What happens to data written under an older `{name}`: is it read, migrated, or thrown away?",
            f"Which change of the {what} needs no new `{name}`?",
        ),
        check=SymbolExists(symbol=version.data["symbol"], path=path),
        worth=round((0.3 + number) * 0.24, 4),
    )
