from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from alloy_assist.agent.checking import Checked, Quoted
from alloy_assist.agent.checking import check as check_group
from alloy_assist.agent.claims import Claim, Group, Place
from alloy_assist.agent.workspace import Workspace
from archaeology.citations import resolve
from archaeology.git import open_repository
from archaeology.model import CodeCitation, CommitCitation
from fixtures.builder import RepositoryBuilder

SLOTS = frozenset({"capability"})


def claim(where: str, quote: str, slot: str = "capability") -> Claim:
    return Claim(slot=slot, text="Checkout runs without a network.", places=(Place(where=where, quote=quote),))


def check(claims: list[Claim], workspace: Workspace, slots: frozenset[str], least: int = 1) -> Checked:
    return check_group(Group(tuple(claims)), workspace, slots, least)


def head(workspace: Workspace) -> str:
    return workspace.facts.history.commits[0].oid


@pytest.mark.parametrize(
    ("where", "quote", "lines"),
    [
        ("shop/checkout.py", "return gateway.charge(cents)", (7, 7)),
        ("shop/checkout.py:7", "return gateway.charge(cents)", (7, 7)),
        ("`shop/checkout.py`", "   return   gateway.charge(cents)", (7, 7)),
        ("shop/ports.py", "class Gateway(Protocol):\n    def charge(self, cents: int) -> str: ...", (4, 5)),
        ("ports.py", "class Gateway(Protocol):", (4, 4)),
        ("shop/checkout.py", "7:     return gateway.charge(cents)", (7, 7)),
        ("shop/ports.py", "from typing import Protocol\nclass Gateway(Protocol):", (1, 4)),
    ],
)
def test_words_that_are_there_become_a_citation(
    shop: Workspace, where: str, quote: str, lines: tuple[int, int]
) -> None:
    checked = check([claim(where, quote)], shop, SLOTS)

    (citation,) = checked.kept[0].citations
    assert isinstance(citation, CodeCitation)
    assert (citation.start_line, citation.end_line) == lines
    assert checked.failed == 0


def test_a_citation_that_was_made_holds_for_everybody_else(shop: Workspace) -> None:
    checked = check(
        [
            claim("shop/checkout.py", "return gateway.charge(cents)"),
            claim(head(shop)[:9], "so that checkout can be tested"),
        ],
        shop,
        SLOTS,
    )
    with open_repository(Path(shop.facts.repository.root)) as repository:
        assert [resolve(item, repository).status for kept in checked.kept for item in kept.citations] == [
            "same",
            "same",
        ]
    assert isinstance(checked.kept[1].citations[0], CommitCitation)


@pytest.mark.parametrize(
    ("where", "quote", "reason"),
    [
        ("shop/checkout.py", "return vendor.charge(cents)", "does not hold"),
        ("shop/missing.py", "return gateway.charge(cents)", "no file, commit or text"),
        ("../outside.py", "return gateway.charge(cents)", "no file, commit or text"),
        ("/etc/passwd", "root:x:0:0:root:/root:/bin/bash", "no file, commit or text"),
        (".env", "TOKEN=abcdefgh12345678ABCDEFGH", "not quoted from"),
        ("shop/checkout.py", "pay", "too short"),
        ("deadbeefdeadbeef", "so that checkout can be tested", "no file, commit or text"),
        ("result of search", "checkout is accepted", "no file, commit or text"),
        ("answer", "words that nobody said", "does not say"),
    ],
)
def test_what_is_not_there_is_dropped_with_a_reason(shop: Workspace, where: str, quote: str, reason: str) -> None:
    checked = check([claim(where, quote)], replace(shop, texts={"answer": "we test it on the train"}), SLOTS)

    assert checked.kept == ()
    assert reason in checked.dropped[0].reason
    assert (checked.places, checked.failed) == (1, 1)


def test_a_commit_is_not_quoted_for_what_it_does_not_say(shop: Workspace) -> None:
    checked = check([claim(head(shop), "accept every record at once")], shop, SLOTS)

    assert "does not say" in checked.dropped[0].reason


def test_a_claim_keeps_only_the_places_that_were_found(shop: Workspace) -> None:
    good, bad = claim("shop/ports.py", "class Gateway(Protocol):").places[0], claim("x.py", "class Nothing").places[0]
    checked = check([Claim(slot="capability", text="x", places=(good, bad))], shop, SLOTS)

    assert len(checked.kept[0].citations) == 1
    assert (checked.places, checked.failed) == (2, 1)


def test_a_persons_own_words_are_quoted_as_such(shop: Workspace) -> None:
    spoken = replace(shop, texts={"answer": "We test it\n on the train, without a network."})
    checked = check([claim("answer", "test it on the train")], spoken, SLOTS)

    assert checked.kept[0].quotes == (Quoted("answer", "test it on the train"),)


def test_nothing_cited_and_nothing_asked_for_are_dropped(shop: Workspace) -> None:
    silent = Claim(slot="capability", text="Trust me.")
    checked = check([silent, claim("shop/ports.py", "class Gateway(Protocol):", slot="accept")], shop, SLOTS)

    assert [item.reason for item in checked.dropped] == ["it cites nothing", "'accept' was not asked for"]


def test_a_contradiction_needs_words_of_both_texts(shop: Workspace) -> None:
    told = replace(shop, texts={"rule-1": "Checkout charges at once.", "rule-2": "Checkout never opens a connection."})
    one, other = Place(where="rule-1", quote="charges at once"), Place(where="rule-2", quote="never opens a connection")
    both = Claim("capability", "They collide.", (one, other))
    same = Claim("capability", "They collide.", (one, Place(where="rule-1", quote="Checkout charges")))
    checked = check([both, same], told, SLOTS, 2)

    assert [claim.text for claim in checked.kept] == ["They collide."]
    assert "one source" in checked.dropped[0].reason


def test_what_nobody_agreed_to_falls_with_everything_that_rests_on_it(shop: Workspace) -> None:
    told = replace(shop, texts={"pasted text": "mara: we never call the vendor here. tomasz: agreed."})
    claims = (claim("pasted text", "never call the vendor"),)

    def kept(agreed: str) -> int:
        group = Group(claims, basis=Place(where="pasted text", quote=agreed))
        return len(check_group(group, told, SLOTS).kept)

    assert [kept("agreed"), kept("Agreed."), kept("so be it"), kept("")] == [1, 1, 0, 0]


def test_words_of_another_text_that_was_given_are_cited_where_they_stand(shop: Workspace) -> None:
    told = replace(shop, texts={"hypothesis": "`a` never imports `b`.", "evidence": "Say nothing of `b` to a screen."})
    checked = check([claim("hypothesis", "Say nothing of b to a screen")], told, SLOTS)

    assert checked.kept[0].quotes == (Quoted("evidence", "Say nothing of b to a screen"),)


def test_a_sentence_of_a_comment_is_found_over_the_lines_that_it_runs_over(
    tmp_path: Path, opening: Callable[[Path], AbstractContextManager[Workspace]]
) -> None:
    builder = RepositoryBuilder(tmp_path / "bank")
    builder.write(
        "bank/client.py",
        "import http\n\n\n# Never retry a transfer:\n#\n# the bank has no key\n# against doubles.\nA = 1\n",
    )
    builder.commit("Begin\n")
    with opening(builder.folder) as workspace:
        checked = check([claim("bank/client.py", "Never retry a transfer: the bank has no key")], workspace, SLOTS)
        missing = check([claim("bank/client.py", "Never retry a transfer: the bank is kind")], workspace, SLOTS)

    (citation,) = checked.kept[0].citations
    assert isinstance(citation, CodeCitation)
    assert (citation.start_line, citation.end_line) == (4, 6)
    assert missing.kept == ()
