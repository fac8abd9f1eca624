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
    assert extract_names(language, source) == names


def test_a_swift_operator_is_not_named_after_what_it_returns() -> None:
    source = (
        "struct A {\n static func == (a: A, b: A) -> Bool { true }\n func pay() -> Int { 1 }\n func <- (x: Int) {}\n}\n"
    )
    assert [found.name for found in extract("swift", source.encode()).definitions] == ["A", "A.pay", "A.<-"]
