"""What the words of a passage rule out is nowhere in it: nothing that a reading tells is missed for want of a word."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest

from archaeology.readings import Speech, clauses, decisions, gaps, harms, read, rejection_shapes, rules, signs
from archaeology.readings.caseless import Caseless
from archaeology.readings.clauses import bare, clauses_of
from archaeology.readings.conditions import is_for_now
from archaeology.readings.decisions import decision_in
from archaeology.readings.gaps import gap_in
from archaeology.readings.harms import harm_in, warns_unless
from archaeology.readings.passages import sentences_of
from archaeology.readings.rejections import rejection_in
from archaeology.readings.rules import prescribes, rule_in
from archaeology.readings.signs import Sign
from bench.cautions import read_labelled
from fixtures.matches import matching

_MADE = 200
# Each of these expressions opens, joins or holds something that is read of a passage.
_SOURCES = (
    rules._BAN, rules._ORDER, rules._MODAL, rules._CANNOT, rules._WE_DO_NOT, rules._ON_PURPOSE, rules._BARE_MUST,
    decisions._UNWANTED, decisions._ASSUMES, decisions._THEREFORE, decisions._WE_REFRAIN, decisions._GRANTED,
    harms._IF_NOT, harms._MODAL_TAIL, harms._LEADING, gaps._GAP, clauses._JOINT, *rejection_shapes.SHAPES,
)  # fmt: skip
_JOINTS = (
    "because", "since", "as", "due to", "so that", "such that", "to avoid", "to prevent", "to ensure", "to make sure that", "to guarantee",
    "to guard against", "in order to", "so as not to", "otherwise", "or else", "lest", "if not", "in which case", ", so", ", or", "unless",
)  # fmt: skip
_REASONS = (
    "the rows would be lost", "it would break the index", "this fails", "the driver does not support arrays", "another thread may hold it",
    "that corrupts the file", "the list is empty", "it cannot be read again", "there is no way to ask", "the server will hang",
)  # fmt: skip
_MODALS = ("will", "would", "might", "could", "may")
_LABELLED = tuple(item.text for split in ("train", "heldout") for item in read_labelled(split))


def _made() -> Iterator[str]:
    """Passages made of what each expression matches, with and without a reason behind it; and those that people labelled."""
    chance = random.Random(5)
    sources = [one.source if isinstance(one, Caseless) else one.pattern for one in _SOURCES]
    for source in sources:
        for said in matching(source, _MADE):
            capital = said[:1].upper() + said[1:]
            behind = f"{chance.choice(_JOINTS)} {chance.choice(_REASONS)}."
            yield from (
                said,
                f"The key stays in its old table. {capital} the index of rows for all readers of old.",
                f"{said} {behind}",
            )
    for joint in _JOINTS:
        for reason in _REASONS:
            for main in ("Keep the old key in the table", "The table is not sorted here", "We don't close the file"):
                yield from (
                    f"{main} {joint} {reason}.",
                    f"{main}, {joint} {reason}",
                    f"{main}. {joint.title()} {reason}.",
                )
    for told in (
        "it lost rows",
        "we fail",
        "the file leaks",
        "this breaks",
        *(f"rows {modal} be lost" for modal in _MODALS),
    ):
        yield from (
            f"Always close the old key, or {told}.",
            f"The key must be closed before all others are read or {told}",
        )
    yield from _LABELLED


_PASSAGES = tuple(dict.fromkeys(_made()))


def _holds(passage: str) -> Iterator[tuple[str, Sign]]:
    """What is read of a passage by whoever looks at all of it, with the sign that has to tell that it may be there."""
    sentences = list(sentences_of(passage))
    groups = [clauses_of(bare(sentence)) for sentence in sentences]
    spoken = [clause for group in groups for clause in group if not clause.inside or clause.joint]
    if any(rule_in(group) for group in groups) or any(prescribes(bare(group[0].text)) for group in groups if group):
        yield "orders", signs.ORDERS
    if decision_in(sentences) is not None:
        yield "decides", signs.DECIDES
    if gap_in(spoken):
        yield "gap", signs.GAP
    if any(map(warns_unless, groups)):
        yield "unless", signs.UNLESS
    if is_for_now(passage):
        yield "for now", signs.FOR_NOW


@pytest.mark.parametrize("large", [False, True], ids=["as written", "in capital letters"])
def test_what_is_read_of_a_passage_has_its_sign(*, large: bool) -> None:
    seen: set[str] = set()
    for said in _PASSAGES:
        passage = said.upper() if large else said
        words = signs.words_in(passage)
        for name, sign in _holds(passage):
            seen.add(name)
            assert sign.is_in(words), (name, passage)
    assert seen == {"orders", "decides", "gap", "unless", "for now"}


def test_harm_is_signed_by_its_joint_or_by_what_is_said_of_something_named_before() -> None:
    seen = 0
    for passage in _PASSAGES:
        sentences = list(sentences_of(passage))
        spoken = [one for said in sentences for one in clauses_of(bare(said)) if not one.inside or one.joint]
        if harm_in(spoken).text:
            seen += 1
            words = signs.words_in(passage)
            several = len(sentences) > 1 or "(" in passage
            assert signs.FEARS.is_in(words) or (several and signs.CHANGES.is_in(words)), passage
    assert seen > _MADE


def test_what_turns_something_down_without_a_sign_is_told_by_its_first_word() -> None:
    seen = {True: 0, False: 0}
    for passage in _PASSAGES:
        hinted = signs.REJECTS.is_in(signs.words_in(passage))
        for sentence in sentences_of(passage):
            found = rejection_in(sentence)
            assert rejection_in(sentence, hinted=hinted) == found, sentence
            seen[hinted] += found is not None
    assert min(seen.values()) > _MADE // 20


def _random_words() -> Iterable[str]:
    chance = random.Random(3)
    words = [word for sign in vars(signs).values() if isinstance(sign, Sign) for word in sorted(sign.words)]
    words += "the lock row file it this is be we break lost fails would not don't".split()
    for _ in range(_MADE * 10):
        yield " ".join(chance.choice(words) + chance.choice(("", "", "", ",", ".", ";", " (so)")) for _ in range(9))


def test_no_row_of_telling_words_has_a_part_without_its_sign() -> None:
    for passage in _random_words():
        words = signs.words_in(passage)
        for name, sign in _holds(passage):
            assert sign.is_in(words), (name, passage)


@pytest.mark.parametrize("passage", ["x<b>y</b>", "see https://a.b/c", "fixed in GH-12", "this i\u017f so"])
def test_where_the_words_cannot_be_told_anything_may_be_there(passage: str) -> None:
    assert signs.words_in(passage) is None
    assert signs.ORDERS.is_in(None)
    assert read(f"Must not be closed here, {passage}, because the rows would be lost.").speech is not Speech.DESCRIBES


def test_a_sign_is_one_word_or_one_of_each_kind() -> None:
    sign = Sign("must never", ("has have", "to"))
    assert sign.words == {"must", "never", "has", "have", "to"}
    assert sign.is_in(frozenset({"never", "now"}))
    assert sign.is_in(frozenset({"have", "to"}))
    assert not sign.is_in(frozenset({"have"}))
    assert not sign.is_in(frozenset({"to", "musty"}))


def test_only_the_telling_words_of_a_passage_are_kept() -> None:
    assert signs.words_in("The clerk MUST NOT close it, don\u2019t ask why.") == frozenset(
        {"the", "must", "not", "it", "don", "t", "why"}
    )
