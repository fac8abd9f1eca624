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
RUST = """\
//! A shop: use nothing.
/// Must be quick.
/// Never fn.
#[derive(Debug)]
pub(crate) struct Till<'a> { name: &'a str }
pub union Bits { a: u32 }
pub use crate::money::{Money, self as m};
extern crate serde;
#[cfg(unix)]
use std::os::unix;
mod tests {
    use super::*;
    #[cfg(test)]
    use std::fs;
}
macro_rules! pay { () => { use_it!() } }
pub trait Payer: Send { const RATE: u32; fn pay(&self) -> Result<(), Error>; }
impl<'a> Payer for Till<'a> {
    const RATE: u32 = 3;
    fn pay(&self) -> Result<(), Error> {
        // Do not use unsafe here,
        // it must be safe.
        let text = r#"fn use struct // never"#;
        ::std::fs::read("x"); Money::new(); m::<u8>::get(2); Vec::<u8>::with_capacity(3);
        anyhow::bail!("x"); log::info!("y"); if !ready() { panic!("z") }
        match fs::read("x") { Err(Error::Gone) => Err(Error::Lost), Err(e) => return Err(from(e)), Ok(_) => Ok(()) }
    }
}
enum Kind { A }
static NAME: &str = "x"; /* because /* nested */ it must be static */
type Short = Till<'static>;
"""
TYPESCRIPT = """\
// Never import the server here.
import type { Money } from "./money";
import shop, { pay as payIt, Till } from "./shop";
import * as z from "zod";
import fs = require("fs");
export { Till } from "./till";
export * from "./all";
export type { Money };
export const RATE = 3, OTHER = pay();
export default Till;
namespace inner { export const hidden = 4; }
/** Must be an interface. */
export interface Payer extends Base { pay(): void; name: string }
type Handler = (a: string) => void;
enum Kind { A }
@decorated()
export abstract class Desk extends Base<string> implements Payer {
  private readonly x = 1;
  protected abstract check(): void;
  private async pay(money: Money): Promise<void>
  {
    try { await payIt(money); } catch (error) { if (error instanceof Refused) { throw new Lost("x"); } }
  }
  get name() { return `${ z.string() } import class`; }
}
const lazy = () => import("./lazy");
const schema = z
  .object({ a: z.string().min(1) })
  .strict();
const other = { method(a) { return shop<string>(a); }, ...payIt(1), arrow: (a) => a };
const named = function () { return new Till; };
const styled = shop.html`class ${payIt?.(2)} { }`;
const old = require("./old");
z!.check(schema); shop?.open (1); shop.list[0].close();
fetch("http://x"); // because of the CDN
// and another
"""
JAVASCRIPT = """\
const { join } = require("path"), fs = require("fs");
import React, { useState } from "react";
class Till extends Base { pay() { fetch("x"); } #secret() {} static make(){ return new Till() } }
export const View = ({ items }) => <div title="import">{items.map((item) => React.render(item))} // no comment {/* but careful: this */}</div>;
const made = class { run() {} };
function* generate() { const inner = () => useState(1); throw new Error("never"); }
module.exports = { Till, View };
exports.other = Till;
exports = View;
"""
SAMPLES = {
    "python": PYTHON,
    "go": GO,
    "rust": RUST,
    "typescript": TYPESCRIPT,
    "tsx": JAVASCRIPT.replace("#secret() {}", ""),
    "javascript": JAVASCRIPT,
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
