"""Reads the draft aloud, in the one sentence and line by line, and says what is missing or weak."""

from __future__ import annotations

from alloy_assist.elicitation import grammar
from alloy_assist.elicitation.boundary import listed
from alloy_assist.elicitation.checking import is_broken
from alloy_assist.elicitation.contracts import contract_for
from alloy_assist.elicitation.model import Draft, Entry, Line, Slot, State, Summary, Weakness
from alloy_assist.elicitation.policy import is_tired
from alloy_assist.elicitation.proposals import verdict_of
from alloy_assist.elicitation.splitting import gist
from alloy_assist.elicitation.vocabulary import ResolutionKind
from alloy_assist.elicitation.weakness import clash

LABELS: dict[Slot, str] = {
    Slot.CAPABILITY: "What we keep",
    Slot.THREAT: "What would erode it",
    Slot.EXPECTATION: "What makes it matter",
    Slot.STRATEGY: "How we do it",
    Slot.EVIDENCE: "How we know",
    Slot.TRADEOFF: "What it costs",
    Slot.DEFINITION: "What it means here",
    Slot.EXAMPLE: "Where to see it",
    Slot.EXCEPTION: "Where it need not hold",
    Slot.FORBIDDEN: "What nobody may do",
    Slot.PATTERN: "What to search for",
    Slot.SCOPE: "Where it applies",
    Slot.SEVERITY: "How bad its loss would be",
    Slot.RESOLUTION: "What gives way",
    Slot.REASON: "Why",
    Slot.UNTIL: "Until",
    Slot.TITLE: "Title",
    Slot.ID: "Id",
}
_SOURCES = {
    "evidence": "found, not said",
    "choice": "",
    "words": "",
    "earlier": "from an earlier interview",
    "record": "",
    "edited": "",
}
_WEAK: dict[Weakness, str] = {
    Weakness.TRUISM: "is true of all good code",
    Weakness.MECHANISM: "says how, not what for",
    Weakness.UNOBSERVABLE: "cannot be seen by anyone else",
    Weakness.NO_FORCE: "does not say what leads there",
    Weakness.NO_CHANGE: "names no change that is coming",
    Weakness.NO_COST: "names no cost",
    Weakness.WHOLE_WORLD: "covers everything",
    Weakness.DUPLICATE: "repeats another record",
    Weakness.CONFLICT: "contradicts another record",
    Weakness.VAGUE: "says too little",
    Weakness.PASTED: "was pasted; only its gist is kept here",
    Weakness.TOO_LONG: "was cut; the whole is kept with the answer",
}
_FACETS = (Slot.CAPABILITY, Slot.THREAT, Slot.EXPECTATION, Slot.STRATEGY, Slot.EVIDENCE, Slot.TRADEOFF)
_MOST_EVIDENCE = 3
_RESOLUTIONS = {
    "drift": "The agreement stands and the code is to follow it",
    "exception": "The agreement stands, with an exception",
    "too_broad": "The agreement is narrowed",
    "simplify": "The agreement has lost its reason and can go",
    "keep": "The agreement stays, for a new reason",
    "accident": "Nobody meant this",
}


def read_aloud(draft: Draft) -> str:
    """Return the draft as one sentence, leaving out what nobody has said. Empty where nothing has been said."""
    capability, threat, expectation, tradeoff = (
        gist(draft.text(slot)) for slot in (Slot.CAPABILITY, Slot.THREAT, Slot.EXPECTATION, Slot.TRADEOFF)
    )
    strategy = gist(draft.text(Slot.STRATEGY) or draft.text(Slot.DEFINITION))
    evidence = [_proof(entry) for entry in draft.all(Slot.EVIDENCE)]
    if len(evidence) > _MOST_EVIDENCE:
        evidence = [*evidence[: _MOST_EVIDENCE - 1], f"{len(evidence) - _MOST_EVIDENCE + 1} other proofs"]
    reason = ""
    if threat:
        reason = grammar.because(threat)
    elif expectation:
        reason = "which matters"
    if reason and expectation:
        reason += f" {grammar.under(expectation)}"
    doing = [f"prefer {grammar.after_prefer(strategy)}"] if strategy else []
    doing += [f"require {grammar.joined(evidence)}"] if evidence else []
    doing += [f"accept {grammar.after_accept(tradeoff)}"] if tradeoff else []
    aim = f"We preserve {grammar.after_preserve(capability)}" if capability else ""
    means = f"we {grammar.joined(doing)}" if doing else ""
    if aim:
        body = f"{aim}{_joint(capability, reason)}{reason}{', so ' + means if means else ''}"
    elif means:
        body = f"{means[:1].upper()}{means[1:]}{', ' + reason if reason else ''}"
    else:
        body = "" if not reason else f"Something is to be kept {reason}"
    return f"{body}." if body else ""


def _joint(capability: str, reason: str) -> str:
    if not reason:
        return ""
    return ", " if reason.startswith("which") or grammar.needs_comma(capability) else " "


def lines_of(draft: Draft) -> tuple[Line, ...]:
    """Return the draft line by line, in plain words."""
    return tuple(
        Line(
            slot=entry.slot,
            label=LABELS[entry.slot],
            text=plain_text(entry),
            source="" if entry.confirmed else _SOURCES[entry.source],
            weakness=entry.weakness,
        )
        for entry in draft.entries
    )


def plain_text(entry: Entry) -> str:
    """Return the text of an entry in words, where the draft holds a key."""
    if entry.slot is Slot.RESOLUTION:
        return _RESOLUTIONS.get(entry.text, entry.text)
    return "the whole repository" if entry.slot is Slot.SCOPE and entry.text == "**" else entry.text


def summarize(state: State) -> Summary:
    """Return what the person is asked to accept."""
    draft = state.draft
    missing = () if _is_amendment(state) else tuple(LABELS[slot] for slot in _FACETS if not _said(draft, slot))
    suggests = "accept"
    if draft.text(Slot.RESOLUTION) == "accident" or (
        draft.text(Slot.RESOLUTION) == "simplify" and state.subject.record is None
    ):
        suggests = "reject"
    elif is_tired(state) or not draft.text(Slot.CAPABILITY) + draft.text(Slot.STRATEGY):
        suggests = "defer"
    return Summary(
        sentence=_amendment(state) or read_aloud(draft) or "Nothing has been said yet.",
        lines=(*lines_of(draft), *_names(state)),
        missing=missing,
        warnings=tuple(_warnings(state)),
        suggests=suggests,  # type: ignore[arg-type]
        contract=_contract(state),
    )


def _names(state: State) -> tuple[Line, ...]:
    """What a new record would be called; who accepts it may call it otherwise."""
    if state.subject.record is not None:
        return ()
    called = {Slot.TITLE: state.draft.title, Slot.ID: state.draft.id}
    return tuple(Line(slot=slot, label=LABELS[slot], text=text) for slot, text in called.items())


def weakness_text(weakness: Weakness) -> str:
    """Return what is weak, as the rest of a sentence that begins with what it is about."""
    return _WEAK[weakness]


def _is_amendment(state: State) -> bool:
    return state.subject.record is not None and bool(state.draft.text(Slot.RESOLUTION))


def _amendment(state: State) -> str:
    """The sentence for a contradiction that ends by changing, or not changing, an accepted record."""
    resolution = state.draft.text(Slot.RESOLUTION)
    if not resolution or (state.subject.record is None and resolution != "accident"):
        return ""
    said = _RESOLUTIONS.get(resolution, resolution)
    reason, until = state.draft.text(Slot.REASON), state.draft.text(Slot.UNTIL)
    where = listed([name for item in state.subject.against for name in item.names], 3)
    if where and resolution == ResolutionKind.EXCEPTION:
        said += f" for {where}"
    tail = f": {grammar.embedded(reason)}" if reason else ""
    end = f", until {grammar.embedded(until)}" if until else ""
    whole = read_aloud(state.draft) if resolution in {"too_broad", "keep"} else ""
    return f"{said}{tail}{end}. {whole}".strip()


def _proof(entry: Entry) -> str:
    """A piece of evidence in the sentence; a check of the rule that was just read is not read out a second time."""
    if entry.body is not None and entry.body.check and entry.body.check.get("kind") == "import_boundary":
        return "a check that finds no import against it"
    return grammar.after_require(entry.text)


def _said(draft: Draft, slot: Slot) -> bool:
    return bool(draft.text(slot)) or (slot is Slot.STRATEGY and bool(draft.text(Slot.DEFINITION)))


def _warnings(state: State) -> list[str]:
    warnings = []
    for entry in state.draft.entries:
        if entry.weakness:
            other = clash(entry.slot, entry.text, state.subject.neighbours)
            named = f": {other[1].title}" if other and entry.weakness in {Weakness.DUPLICATE, Weakness.CONFLICT} else ""
            warnings.append(f"{LABELS[entry.slot]} {_WEAK[entry.weakness]}{named}.")
    if state.checked and is_broken(state.subject.check, state.checked) and not _is_amendment(state):
        warnings.append(
            f"The check {verdict_of(state.checked).removeprefix('checked just now')}.".replace("check :", "check")
        )
    stale = [item for item in state.resolutions if item.status in {"gone", "changed"}]
    if stale and len(stale) == len(state.resolutions):
        warnings.append("Nothing that this was read from is there any more as it was.")
    return warnings


def _contract(state: State) -> str:
    required = any(entry.body is not None and entry.body.kind == "check" for entry in state.draft.all(Slot.EVIDENCE))
    check = state.subject.check
    enforced = any(candidate.reference.startswith("boundary:") for candidate in state.subject.candidates)
    if not required or not check or enforced:
        return ""
    return contract_for(check, state.subject.tool, state.draft.title, state.subject.layers)
