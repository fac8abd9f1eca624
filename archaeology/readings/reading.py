"""Reads one passage of a comment: what kind of saying it is, and its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from archaeology.readings import signs
from archaeology.readings.caseless import Caseless, Choice
from archaeology.readings.clauses import Clause, bare, clauses_of
from archaeology.readings.conditions import depends_in, goes_when, is_for_now, is_to_go, works_around
from archaeology.readings.decisions import decision_in
from archaeology.readings.gaps import gap_in
from archaeology.readings.harms import Harm, breaks_without, harm_in, is_harm, kept_in, warns_unless
from archaeology.readings.passages import sentences_of
from archaeology.readings.premises import is_deduced
from archaeology.readings.rejections import Rejection, possible_otherwise, rejection_in
from archaeology.readings.rules import is_reasoned, is_strong, is_whole, prescribes, rule_in, with_condition
from archaeology.readings.words import dangling

_KNOWN = 256  # what is documented in one place is documented in the next in the same words


class Speech(StrEnum):
    """What a passage does: it orders or forbids; turns an option down; gives the reason of a choice; says what goes wrong; makes up for a fault; is to go; or describes."""

    PRESCRIBES = "prescribes"
    REJECTS = "rejects"
    DECIDES = "decides"
    WARNS = "warns"
    WORKS_AROUND = "works_around"
    TEMPORARY = "temporary"
    DESCRIBES = "describes"


_MADE_UP_FOR = frozenset({Speech.DESCRIBES, Speech.DECIDES})  # where they tell of a gap
_TURNING_DOWN = frozenset({Speech.REJECTS, Speech.WORKS_AROUND})
_PRESCRIBING = frozenset({Speech.PRESCRIBES, Speech.WORKS_AROUND, Speech.TEMPORARY})


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage taken apart. Parts that were not read with confidence are empty.

    ``rule`` is what is prescribed, ``rejected`` a name for what was turned down, ``ground`` why, ``instead`` what is done in its place, ``harm`` what goes
    wrong (a phrase that stands by itself), ``kept`` what stays possible, ``depends`` the bugs, platforms and versions named, ``until`` when it may go;
    ``strong`` whether its words leave no choice; ``breaks`` whether something really breaks; ``joint`` what joins the harm to the rest;
    ``cause`` whether the ground is a thing and no clause; ``gap`` what something outside is said not to do, which the code makes up for;
    ``decided`` whether a sentence says how it must be and why, in clauses that stand by themselves.
    """

    speech: Speech
    rule: str = ""
    rejected: str = ""
    ground: str = ""
    instead: str = ""
    harm: str = ""
    kept: str = ""
    depends: tuple[str, ...] = ()
    until: str = ""
    strong: bool = False
    breaks: bool = False
    joint: str = ""
    cause: bool = False
    gap: str = ""
    decided: bool = False

    @property
    def threat(self) -> str:
        """What would bring the trouble: the rejected option with the ground that is given against it, else what goes wrong. Empty for none."""
        if not self.rejected:
            return self.harm
        after = f"{self.rejected} after all"
        if not self.ground or self.ground.startswith("to "):
            return after
        if self.cause:
            return f"{after}, in spite of {self.ground}"
        ground = f"that {self.ground}" if self.verdict else self.ground
        return f"{after}, though {ground}" if not dangling(ground) or _THAT_WOULD.match(ground) else after

    @property
    def verdict(self) -> bool:
        """Whether the ground is what is said of the rejected option: "calling it would deadlock"."""
        return bool(self.rejected) and _VERB_FIRST.match(self.ground) is not None


_VERB_FIRST = re.compile(
    r"^(?:would|could|will|won['’]t|might|may|does|doesn['’]t|do|is|isn['’]t|are|cannot|can['’]t|breaks|fails|hangs|crashes|causes|leads|leaks|deadlocks)\b",
    re.IGNORECASE,
)
_THAT_WOULD = re.compile(r"^(?:that|this|it) (?:(?:would|could|will|might|may|does|can) |\w+s\b)", re.IGNORECASE)
_THIRD_PERSON = re.compile(
    r"^(?!(?:This|Pass|Process|Access|Always|Unless|As|Its|Bypass|Less|Across|Class|Otherwise|Cross|Thus)\b)[A-Z][a-z]{2,}s (?!(?:must|should|are|can|cannot|that|which|in|of|on|for|with|will|would|may|have|need|do)\b)"
)
# "Check whether it is there to avoid duplicates" says what the next line does, and so small a harm is no reason.
_CHECKS = re.compile(
    r"^(?:(?:first|then|next|now),? )?(?:check|see|test|verify|determine) (?:if|whether|for|that)\b.* to (?:avoid|prevent) \S+(?: \S+)?$",
    re.IGNORECASE,
)
# "Suppose you find a bug in it" tells a story.
_SUPPOSED = Caseless(
    r"\b(?:suppos(?:e|ing)\b(?! to\b)|imagine|pretend that|let['’]?s (?:say|assume)|say you)\b",
    needs=("suppos", "imagine", "pretend that", "s say", "s assume", "say you"),
)
_RESULTS = re.compile(r"\b(?:Returns?|Raises?|Throws?)\b")
_SOFT = Choice(
    (r"\bno (?:race|deadlock|danger|risk|need)\b", ("no race", "no deadlock", "no danger", "no risk", "no need")),
    (
        r"\b(?:can['’]?t|cannot|won['’]t|does not|doesn['’]t) (?:deadlock|race|fail|happen)",
        (" deadlock", " race", " fail", " happen"),
        ("not ", "nt ", "n't ", "n’t ", "can't ", "can’t "),
    ),
    (r"\b(?:it does(?:n['’]t| not) hurt|doesn['’]t matter|probably won['’]t)", (" hurt", " matter", "probably won")),
    (
        r"\b(?:not a (?:problem|big deal|concern)|not considered a problem|should be (?:enough|sufficient)|is (?:fine|ok|okay|harmless|safe)\b)",
        ("not a ", "not considered a problem", "should be ", "is fine", "is ok", "is harmless", "is safe"),
    ),
)


_PLAIN = Reading(Speech.DESCRIBES)  # what three quarters of all passages are


@lru_cache(maxsize=_KNOWN)
def read(passage: str) -> Reading:
    """Return the reading of a passage: what its first telling sentence does, with the parts that its other sentences add."""
    words = signs.words_in(passage)
    sentences = list(sentences_of(passage))
    orders, decides = signs.ORDERS.is_in(words), signs.DECIDES.is_in(words)
    fears = signs.FEARS.is_in(words) or ((len(sentences) > 1 or "(" in passage) and signs.CHANGES.is_in(words))
    rejection = _rejection(sentences, hinted=signs.REJECTS.is_in(words))
    if not (orders or decides or fears or rejection or signs.FOR_NOW.is_in(words)) and not (
        is_to_go(passage) or works_around(passage)
    ):
        return _PLAIN
    clauses = [clauses_of(bare(sentence)) for sentence in sentences]
    all_clauses = [clause for group in clauses for clause in _spoken(group)]
    rule = next((found for group in clauses if (found := rule_in(group))), "") if orders else ""
    feared = harm_in(all_clauses) if fears else Harm()
    harm, gap = feared.text, gap_in(all_clauses) if signs.GAP.is_in(words) else ""
    decision = decision_in(sentences) if decides else None
    speech = _speech(
        passage,
        clauses,
        rejection,
        rule,
        harm,
        decided=decision is not None and not (harm and feared.joint != "to avoid"),
        words=words,
    )
    if speech is not Speech.DESCRIBES and _SUPPOSED.is_in(passage):
        speech = Speech.DESCRIBES
    if gap and speech in _MADE_UP_FOR:
        speech = Speech.WORKS_AROUND
    if speech is Speech.DESCRIBES:
        told = harm or feared.joint or gap or decision is not None
        return Reading(speech, harm=harm, joint=feared.joint, gap=gap, decided=decision is not None) if told else _PLAIN
    breaks, reasoned = breaks_without(all_clauses) or warns_unless(all_clauses), is_reasoned(all_clauses)
    chosen = decision if decision is not None and speech is Speech.DECIDES else None
    turned_down = rejection if speech in _TURNING_DOWN else None
    prescribed = rule if speech in _PRESCRIBING and turned_down is None else ""
    if chosen is not None and is_whole(chosen.chosen):
        # The choice is the rule, as long as its reason holds.
        prescribed = with_condition(chosen.chosen, list(chain.from_iterable(clauses)))
    return Reading(
        speech,
        rule=prescribed,
        rejected=turned_down.option if turned_down else "",
        ground=turned_down.ground if turned_down else chosen.ground if chosen and chosen.is_because else "",
        cause=turned_down.cause if turned_down else chosen is not None and chosen.joint == "due to",
        instead=turned_down.instead if turned_down else "",
        harm="" if turned_down else harm,
        kept=kept_in(all_clauses) or (possible_otherwise(turned_down.ground) if turned_down else ""),
        depends=depends_in(passage),
        gap="" if turned_down else gap,
        decided=decision is not None,
        until=goes_when(passage),
        strong=orders
        and any(prescribes(bare(clause.text), reasoned=reasoned) and is_strong(clause.text) for clause in all_clauses),
        joint="" if turned_down else feared.joint,
        breaks=(breaks or (bool(harm) and is_harm(harm))) and not _SOFT.is_in(passage),
    )


def _spoken(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without what brackets only explain; a consequence in brackets counts."""
    return [clause for clause in clauses if not clause.inside or clause.joint]


def _orders(clauses: Sequence[Clause]) -> bool:
    """Whether a sentence begins with an order or a ban."""
    return (
        bool(clauses) and prescribes(bare(clauses[0].text), reasoned=is_reasoned(clauses)) and not is_deduced(clauses)
    )


def _rejection(sentences: Sequence[str], *, hinted: bool) -> Rejection | None:
    for number, sentence in enumerate(sentences):
        found = rejection_in(sentence, " ".join(sentences[number + 1 :]), hinted=hinted)
        if found is not None:
            return found
    return None


def _speech(  # noqa: PLR0913 - all that a passage was found to hold
    passage: str,
    clauses: Sequence[Sequence[Clause]],
    rejection: Rejection | None,
    rule: str,
    harm: str,
    *,
    decided: bool,
    words: signs.Words,
) -> Speech:
    if is_to_go(passage) or (signs.FOR_NOW.is_in(words) and is_for_now(rule or passage)):
        return Speech.WORKS_AROUND if works_around(passage) else Speech.TEMPORARY
    if rejection is not None:
        return Speech.REJECTS
    if works_around(passage):
        return Speech.WORKS_AROUND
    orders = rule or (signs.ORDERS.is_in(words) and any(map(_orders, clauses)))
    if orders and (harm or not _SOFT.is_in(passage)):
        return Speech.PRESCRIBES
    tells = _RESULTS.match(passage) or _THIRD_PERSON.match(passage)  # what a function does, told to its callers
    tells = tells or _CHECKS.match(passage.rstrip(" ."))
    if decided and not tells:
        return Speech.DECIDES
    feared = harm or (signs.UNLESS.is_in(words) and any(map(warns_unless, clauses)))
    return Speech.WARNS if feared and not tells and not _SOFT.is_in(passage) else Speech.DESCRIBES
