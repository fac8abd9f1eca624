"""What a generated-code boundary may protect: that the source is changed, and not what is made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from archaeology.facts import Facts
from archaeology.hypotheses.confidence import confidence, growing, term
from archaeology.identity import stable_id
from archaeology.model import Category, ConfidenceTerm, Family, Hypothesis, Observation, PatternPresent, PossibleIntent

_START = -0.6
_MOST_SHOWN = 2


def propose_generated_code(facts: Facts, observations: Sequence[Observation]) -> Iterator[Hypothesis]:
    """Yield a hypothesis for each folder of generated files whose making or source is known."""
    del facts  # the observations say it all
    grouped: dict[str, list[Observation]] = defaultdict(list)
    for item in observations:
        if item.family is Family.GENERATED_CODE:
            grouped[item.data["group"]].append(item)
    found = []
    for group, items in sorted(grouped.items()):
        files = next((item for item in items if item.data["role"] == "files"), None)
        support = [item for item in items if item is not files]
        if files is not None and {item.category for item in support} - {Category.TEXTUAL}:
            found.append(_hypothesis(group, files, support))
    yield from sorted(found, key=lambda item: (-item.worth, item.id))[:_MOST_SHOWN]


def _hypothesis(group: str, files: Observation, support: list[Observation]) -> Hypothesis:
    folder = files.data["folder"] or "."
    command = next((item.data["command"] for item in support if item.data["role"] == "command"), None)
    source = next((item.data["source"] for item in support if item.data["role"] == "source"), None)
    terms = tuple(_terms(files, support))
    number = confidence(terms)
    instead = f"change `{source}`" if source else "change its source"
    instead += f" and run `{command[:60]}`" if command else ""
    what, are = (f"`{folder}`", "is") if files.data["whole"] else (_counted(files), "are")
    return Hypothesis(
        id=stable_id("hyp", group),
        title=f"{what} {are} generated and never edited by hand: {instead}.",
        family=Family.GENERATED_CODE,
        confidence=number,
        rationale=terms,
        possible_intent=PossibleIntent(
            capability=f"{what} can be made anew at any time without losing anything.",
            threat="An edit by hand, which the next run would silently throw away.",
            strategy=f"To alter {what}, {instead}.",
            evidence=tuple(item.summary for item in support if item.category is Category.EVIDENCE),
        ),
        subject=(folder, *((source,) if source else ())),
        observations=(files.id, *(item.id for item in support)),
        questions=(
            f"Does anything check that {what} {are} what the source would give today?",
            "Which of these files has ever been patched by hand, and why?",
        ),
        check=PatternPresent(pattern=r"(?i)generated|do not edit", paths=(files.data["first"],)),
        worth=round((0.3 + number) * 0.14, 4),
    )


def _counted(files: Observation) -> str:
    """Name the files where a folder holds others as well: it is not they that are generated."""
    names, rest = files.data["names"], files.data["files"] - len(files.data["names"])
    shown = ", ".join(f"`{name}`" for name in names) + (f" and {rest} more" if rest > 0 else "")
    return f"{files.data['files']} files in `{files.data['folder']}` ({shown})"


def _terms(files: Observation, support: list[Observation]) -> Iterator[ConfidenceTerm]:
    yield term("starting point", "A header alone is the tool's habit (log-odds).", _START)
    yield term("generated files", files.summary, growing(files.data["files"], 0.2, 0.8))
    for item in support:
        if item.data["role"] == "command":
            yield term("a command writes them", item.summary, 1.0)
        else:
            yield term("change with their source", item.summary, growing(item.data["together"], 0.25, 0.9))
