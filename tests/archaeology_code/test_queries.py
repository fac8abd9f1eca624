"""What the query files promise beside their captures."""

from __future__ import annotations

import pytest

from archaeology.code import LANGUAGES, extract
from archaeology.code.extract import extract_names
from archaeology.code.patterns import sparse
from archaeology.facts import FileFacts

PYTHON = '''\
"""A shop: import nothing, def nothing."""
from __future__ import annotations
import typing
import requests, os.path as paths
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from shop.types import Money
try:
    import ujson as json  # because it is faster
except ImportError:
    import json
RATE = 3
__all__ = ["Till"]

@decorated
class Till(Base, metaclass=ABCMeta):
    """Never import in a class."""

    # Careful:
    # two lines.
    def pay(self, money, *, retry=lambda: requests.get("x")):
        """Must not raise."""
        import sqlite3
        text = "def raise except class import # never"
        requests.get("x").json().get("y")
        requests.Session ().mount("a", requests.adapters.HTTPAdapter())
        paths.environ["a"].split()
        (requests
            .post("z"))
        try:
            raise Refused("x") from requests.exceptions.Timeout()
        except (Refused, errors.Other) as error:
            raise
        except OSError: # do not swallow
            open("x")
'''
GO = """\
// Package shop must not import the web.
package shop

import (
	"errors"
	web "net/http"
)
import "fmt"

const rate = 3
var ErrRefused = errors.New("refused")

type (
	Till struct { Base; name string }
	Payer interface { Closer; Pay() error }
)
type Money = int64
type handler func(w web.ResponseWriter) error

/* Never retry,
   because it charges twice. */
func (t *Till) Pay(err error) error {
	const local = 1
	type inner struct{ Base }
	if errors.Is(err, ErrRefused) { // careful: func type struct
		panic("refused: return ErrOther")
	}
	client := web.
		NewRequest("y")
	go web.Handle[int]("x", func() error { return &OtherErr{} })
	return fmt.Errorf("x %w", NewPayErr(err))
}
"""
SAMPLES = {
    "python": PYTHON,
    "go": GO,
}


def whole(monkeypatch: pytest.MonkeyPatch, language: str, source: bytes) -> tuple[FileFacts, FileFacts]:
    """Return all facts and names as the language's query finds them when it is run over the whole tree."""
    with monkeypatch.context() as patch:
        patch.setattr("archaeology.code.captured.sparse", lambda *_, **__: None)
        patch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
        return extract(language, source), extract_names(language, source)


def test_every_language_that_is_read_by_words_has_a_sample() -> None:
    assert {name for name in LANGUAGES if sparse(name) is not None} == set(SAMPLES)


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_looking_near_words_finds_what_walking_the_whole_tree_does(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SAMPLES[language].encode()
    facts, names = whole(monkeypatch, language, source)
    assert facts.definitions
    assert facts.imports
    assert facts.calls
    assert facts.comments
    assert extract(language, source) == facts
    monkeypatch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
    assert extract(language, source) == facts
    assert extract_names(language, source) == names


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_a_file_with_syntax_errors_is_read_by_walking_the_whole_tree(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = SAMPLES[language].encode().splitlines(keepends=True)
    for damaged in range(0, len(lines), 3):
        source = b"".join([*lines[:damaged], b"(] = {\n", *lines[damaged:]])
        facts, names = whole(monkeypatch, language, source)
        assert facts.error
        assert extract(language, source) == facts
        assert extract_names(language, source) == names


def test_definitions_and_imports_are_found_at_any_depth() -> None:
    lines = [f"{'  ' * depth}if x{depth}:" for depth in range(12)]
    end = "  " * 12
    lines += [f"{end}import json", f"{end}@wraps", f"{end}class Deep:", f"{end}  def pay(self): import os"]
    found = extract("python", "\n".join([*lines, "def top(): pass", ""]).encode())
    assert [(item.name, item.decorators) for item in found.definitions] == [
        ("Deep", ("wraps",)),
        ("Deep.pay", ()),
        ("top", ()),
    ]
    assert [(item.module, item.conditional, item.lazy) for item in found.imports] == [
        ("json", True, False),
        ("os", False, True),
    ]


def test_a_call_that_is_written_over_two_lines_is_told_wherever_the_first_ends() -> None:
    source = "import a, b, c, d\n(a.x[0]\n  .join(1), b.\ny(2), c\n.z(3), d [0] (4), [a].v(6), -a (7))\n"
    found = extract("python", source.encode())
    assert [(call.target, call.line) for call in found.calls] == [("a.x", 2), ("b", 3), ("c", 4), ("a", 5)]


def test_lines_of_rust_comments_are_read_as_one() -> None:
    source = (
        'fn f() { let url = "http://x"; } // must be short,\n// because it is.\n'
        "/// Never call it,\n/// it must be kept.\nfn g() { /* a /* nested */ hack */ }\n"
    )
    found = extract("rust", source.encode())
    assert [(item.text, item.start_line, item.end_line, item.symbol) for item in found.comments] == [
        ("must be short,", 1, 1, None),
        ("because it is.\nNever call it,\nit must be kept.", 2, 4, None),
        ("a /* nested */ hack", 5, 5, "g"),
    ]


def test_a_telling_phrase_is_found_wherever_it_stands_in_a_long_comment() -> None:
    filler = "Words that say little about anything. " * 12
    for text, kind in [
        (f"{filler}It is hacked, because hackers hack.", "workaround"),
        (f"never mind. {filler}never mind the rest, never return it, and never {'x' * 90}", "ban"),
        (f"{filler}temporary data; {filler}", None),
        (f"temporary data; {filler}a temporary fix. {filler}", "workaround"),
    ]:
        found = extract("go", f"package shop\n\n// {text}\nfunc f() {{}}\n".encode())
        assert [comment.kind for comment in found.comments] == ([] if kind is None else [kind]), text


def test_a_swift_operator_is_not_named_after_what_it_returns() -> None:
    source = (
        "struct A {\n static func == (a: A, b: A) -> Bool { true }\n func pay() -> Int { 1 }\n func <- (x: Int) {}\n}\n"
    )
    assert [found.name for found in extract("swift", source.encode()).definitions] == ["A", "A.pay", "A.<-"]
