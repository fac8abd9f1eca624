"""The sanitizer: nothing that can act on a terminal gets through, and everything else does."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archaeology.text import cut_at_word, visible, visible_line

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text\n\twith a tab", "plain text\n\twith a tab"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("user\u202egpj.exe", "user⟨U+202E⟩gpj.exe"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("line\u2028separator", "line⟨U+2028⟩separator"),
        ("lone\ud800surrogate", "lone⟨U+D800⟩surrogate"),
        ("del\x7f cr\r", "del␡ cr␍"),
        ("naïve 漢字 🎉 ← é", "naïve 漢字 🎉 ← é"),
        ("from\r\nWindows\r\n", "from\nWindows\n"),
        ("", ""),
    ],
)
def test_shows_what_could_act_and_keeps_the_rest(raw: str, shown: str) -> None:
    assert visible(raw) == shown


def test_no_character_of_unicode_gets_through_that_is_not_shown() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    left = {character for character in visible(everything) if unicodedata.category(character) in HIDDEN}
    assert left == {"\n", "\t"}


@given(st.text(alphabet=st.characters(), max_size=200))
def test_is_idempotent(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_one_line_folds_newlines_and_tabs() -> None:
    assert visible_line("  a\n\nb\tc\x1b[2J ") == "a b c␛[2J"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("short", "short"),
        ("it says: “never do this again, please”", "it says: “never do…”"),
        ("one two three four five six seven", "one two three four…"),
    ],
)
def test_what_has_no_room_is_cut_at_a_word_and_its_quotation_closed(text: str, cut: str) -> None:
    assert cut_at_word(text, 20) == cut
