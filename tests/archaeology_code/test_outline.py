"""What of a file is not parsed, and that nothing is lost by it."""

from __future__ import annotations

import time

import pytest

from archaeology.code import extract
from archaeology.code.extract import extract_names
from archaeology.code.outline import outline
from archaeology.facts import Definition, FileFacts

GO = """\
package shop

import (
	"errors"
	"fmt"
	web "net/http"
)

// Pay must not be called twice.
func Pay(till *Till) error {
	url := "http://x/{" // never https
	raw := `
}
func inRaw() { web.Get("x") }
`
	web.Get(url)
	var client web.Client = web.Client(till.client)
	types := []web.Client(nil)
	client.Do(raw).Body.Close()
	opened := till.any.(web.Doer)
	web.Handlers[0].first.Serve(opened)
	web.Get ("spaced")
	for _, r := range raw {
		if r == '{' || r == '\\'' {
			web.Post(types)
		}
	}
	return fmt.Errorf("x %w", NewPayErr(raw))
}

func Fail(reason string) (int, error) {
	fmt.Println("some text that is long enough to matter")
	if reason == "" {
		panic("no reason")
	}
	if reason == "a" {
		return 0, errors.New("a")
	}
	if reason == "b" {
		return 0,
			fmt.Errorf("b")
	}
	return 0, ErrOther
}

func Closes() (func(), error) {
	fmt.Println("some text that is long enough to matter")
	return func() {
		web.Get("later")
	}, ErrClosed
}

func Switches(x any) {
	switch y := x.(type) {
	case error:
		fmt.Println(y, interface{}(x), struct{}{})
	default:
		if errors.Is(y, ErrOther) {
			web.Post("x")
		}
	}
}

func Declares() {
	type inner struct{ web.Client }
	web.Get(fmt.Sprint("some text that is long enough", inner{}))
}

func Generic[T any](items []T) {
	web.Handle[T](items) // because it was needed for this
	fmt.Println("some text that is long enough")
}

func (t *Till) Count() int {
	total := 0
outer:
	for _, item := range t.items {
		if item.price < 0 {
			continue outer
		}
		total += item.price
	}
	return total
}
"""
PYTHON = '''\
"""A shop that must be small."""
import os.path as paths
import requests
from shop.errors import Refused
from shop.tills import Till


def pay(money, *, retry=lambda: requests.get("x"), text="def f(:"):
    """Must not be called twice."""
    url = "http://x/#("  # never https
    raw = \"\"\"
def in_text():
    requests.get("x")
\"\"\"
    requests.get(url).json()
    requests.Session ().mount("a", requests.adapters.HTTPAdapter())
    paths.environ["a"].split(raw)
    Till[money](url)
    (requests
        .post("z"))
    if money < 0:
        raise Refused(
            "too little", {"a": (1, 2)},
        ) from None
    for till in Till.all():
        if not till.is_open:
            raise Refused
    return {
        "a": requests.put(url),
    }


def draws(shop):
    plain = requests.get("some text that is long enough", "to be left out /*")
    drawn = \\
"""\\
/ 2  /
"""
    assert requests.put(plain) == drawn, "some text that is long enough"
    return Till.draw(drawn)


class Shop(Till):
    """Careful: sells things."""

    rate = 3

    def formats(self):
        """Return a text."""
        print("some text that is long enough to be looked at")
        return f"{requests.get('x')} and {self.rate} and (more)"

    async def catches(self):
        print("some text that is long enough to be looked at")
        try:
            await requests.get("x")
        except (Refused, OSError) as error:
            raise ValueError(error)

    def matches(self, what):
        match what:
            case Till(x=1):
                return requests.get("some text that is long enough")

    def lazy(self):
        import sqlite3
        return sqlite3.connect("some text that is long enough to be looked at")

    def outer(self):
        def inner():
            requests.head("some text that is long enough to be looked at, twice over")
            return "some text that is long enough to be looked at, twice over"
        return inner

    @property
    def last(self): return requests.options("some text that is long enough to be looked at")

    def ends(self, a, b):
        self.total = self.count_everything_that_there_is(a, b)
        self.other = self.count_everything_that_there_is(a, b)
        self.third = self.count_everything_that_there_is(a, b)
        return (
            self.total + self.other + requests.delete(
                "x"
            )
        )  # because it is
        # To keep the peace.

    def one(self, a, b):
        requests.patch(self.count_everything_that_there_is(a, b), self.count_everything_that_there_is(b, a))


def top(items):
    total = 0
    for item in items:
        if item.price < 0:
            continue
        total += item.price
        total += item.tax
    return total
'''
TYPESCRIPT = """\
import { get } from "http";
import type {
  Till,
  Money,
} from "./tills";
export {
  pay,
  refuse,
} from "./paying";
const {
  join,
  resolve,
} = require("path");

export function pay(till: Till): Money {
  const text = "function (" + `{}\n${till.name}`; // class
  if (/["'`{]/.test(text)) {
    return till.take(get(text), { a: 1, b: 2, c: 3 });
  }
  for (const item of till.items) {
    till.count(item, "some text that is long enough to matter");
    till.count(item, "some text that is long enough to matter");
  }
  return till.total;
}

export const lazily = async (
  money: Money,
): Promise<void> => {
  if (money.isRound) {
    const { big } = await import("big-money");
    big(money, "some text that is long enough to matter");
  }
  const inner = (a: Money) => {
    return a.plus(money, "some text that is long enough to matter");
  };
  inner(money);
};

export interface Shop
  extends Place<{
    rate: number;
  }> {
  open(): void;
  close(reason: string): void;
}

class Corner
  extends Base
  implements Shop {
  private readonly till = {
    total: 0, name: "some text that is long enough to matter",
  };

  @logged({
    level: "some text that is long enough to matter",
  })
  open(): () => void {
    type Local = { a: string };
    return () => {
      this.till.total += 1; // some text that is long enough to matter
    };
  }
}

export const handlers = {
  plain: 1,
  setup(build: Build) {
    build.on("some text that is long enough to matter", "more of it");
  },
  async *[Symbol.iterator]() {
    yield "some text that is long enough to matter, and more of it";
  },
  short() { return "some text that is long enough to matter, and more"; },
  empty() {},
  nested: {
    a: "some text that is long enough to matter",
    b: "some text that is long enough to matter",
  },
};
"""
RUST = """\
//! Sells things, because somebody must.
use std::collections::HashMap;
use std::io::Error;
use crate::shop::{pay, Price, Till};
use tokio::select;

/// Must not be called twice.
pub fn sell(till: &Till) -> Price {
    // because it was needed
    let text = "fn f() { pay(1) }"; // never a call
    let raw = r#"pay("2") // no comment"#;
    let quote = '"';
    let price = pay(till, text, raw, quote, '\\'', b'x');
    till.pay(price).pay(2);
    std::mem::drop(price);
    ::std::process::exit(self::pay(1))
}

fn with_macros(till: &Till) {
    assert_eq!(pay(till), Price::from(1), "some text that is long enough");
    tokio::join!(pay(till), std::mem::take(till));
    println!("{}", tokio::debug!(Till::open(1)));
    let all = vec![Till::open(2), (pay(3))];
    if !(pay(till) == crate::shop::count(all)) {
        log::warn!("some text");
    }
}

fn with_patterns(price: Price, other: Option<Price>) -> Price {
    match price {
        Price::Fixed(value) => Price::Free(value),
        Price::Free(_) | Price::Rented(_) => std::io::Error::Other(price),
        _ => Price::new(other),
    };
    if let Price::Bound(x) = price {
        drop(Price::Sold(x));
    }
    let Price::Let(y) = price else { return Price::Else(1) };
    other.map(|Price::Closed(z)| Price::Open(z));
    let made = Price::Made(1);
    keep(Price::Kept(made));
    for Price::For(w) in [price] {
        w.x();
    }
    Price::Tail(made)
}

fn with_arguments() {
    let map = HashMap::<u8, u8>::new();
    let other = <Till as Default>::default();
    let till = Till {a:pay(1), ..Till::default()};
    let made = r#pay(2) + pay (3) + HashMap::from(map)(4);
    keep(map, other, till, made);
}

fn with_items() {
    use std::fs::read;
    #[inline]
    fn inner(x: u8) {
        read(x);
        keep("some text that is long enough to be left out");
    }
    inner(1);
    const LIMIT: u8 = 1;
}

fn fails(x: u8) -> Result<u8, Error> {
    if x > 1 {
        return Err(Error::new(1));
    }
    keep(std::io::empty());
    unreachable!("some text that is long enough");
}

macro_rules! make {
    ($name:ident) => {
        fn $name() {
            pay("some text that is long enough to be left out otherwise");
            std::mem::swap(1);
        }
    };
}

macro_tests!(first, |shop: Till, mut other: Till| {
    use crate::shop::hidden;
    fn inner() { pay("in a macro"); }
    assert!(pay(shop), "some text that is long enough");
});

fn gives_more() {
    if cfg!(debug) {
        pay("after a macro that ends on its line");
    }
    let all = vec![
        pay("given to a macro"),
        Till::open("some text that is long enough")]
    .into_iter(
        pay("after it"),
    );
    panic!(
        "some text that is long enough {}",
        pay(all),
    );
}

cfg_rt! {
    pub fn hidden(till: &Till) {
        std::mem::forget(pay("some text that is long enough to be left out"));
    }
}

trait Opens {
    fn open(&self);
    fn opened(&self) -> bool {
        my_fn (std::mem::size_of_val(self), "some text that is long enough");
        match my_fn {
            _ => std::mem::align_of_val(self, "some text that is long enough"),
        }
    }
}

impl Opens for Price {
    async fn open(&self)
    where
        Self: Sized,
    {
        let closed = move || async { Till::close(self).await };
        tokio::spawn(closed());
        select! {
            _ = pay(self) => Till::select(1),
        }
        tokio::select! {
            Price::Arm(x) = pay(self) => Till::select(x),
        }
    }
}
"""
TABLE = "RATES = (\n" + '    ("a row of a table", 1.25, 3, None, True),\n' * 60 + ")\n"
LOOPS = 'while (get(join)) {\n  join("some text that is long enough to matter");\n}\n' * 20
SAMPLES = {"go": GO, "python": PYTHON + TABLE, "rust": RUST, "typescript": TYPESCRIPT + LOOPS}
DAMAGE = ["(] = {\n", "}\n", "{\n", '"\n', "`\n", "/*\n", "func (\n"]


def last_part(definition: Definition) -> str:
    return definition.name.rpartition(".")[2]


def between(spans: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    return list(zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), size], strict=True))


def parsed_as_a_whole(monkeypatch: pytest.MonkeyPatch, language: str, source: bytes) -> tuple[FileFacts, FileFacts]:
    """Return all facts and names as they are without an outline."""
    with monkeypatch.context() as patch:
        patch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
        return extract(language, source), extract_names(language, source)


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_facts_are_those_of_the_whole_file(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = SAMPLES[language].encode()
    facts, names = parsed_as_a_whole(monkeypatch, language, source)
    assert facts.error is None
    assert facts.calls
    assert names.definitions
    assert names.imports
    assert extract(language, source) == facts
    assert extract_names(language, source) == names


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_most_bodies_are_left_out_and_everything_keeps_its_place(language: str) -> None:
    source = SAMPLES[language].encode()
    for names_only in (False, True):
        found = outline(language, source, names_only=names_only)
        assert found is not None
        assert len(found.text) == len(found.code) == len(source)
        kept = found.spans
        left_out = found.skipped if kept is None else between(kept, len(source))
        assert len(left_out) > 2
        assert left_out == sorted(left_out)
        parsed = bytearray(b" " * len(source))
        for start, end in kept or [(0, len(source))]:
            parsed[start:end] = found.text[start:end]
        for start, end in left_out:
            assert set(parsed[start:end]) <= set(b" \nx;")
        assert len(parsed.split()) < len(source.split()) * 0.8


@pytest.mark.parametrize("language", ["go", "rust", "typescript"])
def test_only_what_stands_around_long_blanks_is_parsed(language: str) -> None:
    found = outline(language, SAMPLES[language].encode(), names_only=True)
    assert found is not None
    assert found.parts is not None
    assert len(found.parts) > 1
    for start, end in between(found.parts, len(found.text)):
        assert not found.text[start:end].strip()
    assert sum(end - start for start, end in found.parts) < len(found.text) * 0.9


def test_a_long_comment_is_left_out_but_not_between_what_belongs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = "// Never read, " + "because it is long. " * 10 + "\n"
    source = f"{comment}#[cfg(test)]\n{comment}use a::b;\n#[cfg(test)]\nuse c::d;\n{comment}fn f() {{\n    Err({comment}No)\n}}\n".encode()
    found = outline("rust", source, names_only=False)
    assert found is not None
    assert found.parts is not None
    left_out = [source[start:end] for start, end in between(found.parts, len(source)) if start < end]
    assert left_out == [comment.rstrip("\n").encode()] * 2
    facts, names = parsed_as_a_whole(monkeypatch, "rust", source)
    assert [item.conditional for item in facts.imports] == [False, True]
    assert extract("rust", source) == facts
    assert extract_names("rust", source) == names


def test_an_error_beside_a_long_comment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"// {'because it is long ' * 10}\nuse a::b;\nfn f( {{\n".encode()
    assert extract("rust", source).error is not None
    assert extract("rust", source) == parsed_as_a_whole(monkeypatch, "rust", source)[0]


def test_a_file_with_very_many_bodies_is_parsed_from_few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = "".join(
        f"fn f{n}() {{\n    std::fs::read(a, b);\n{'    let money = 1;' * (n % 30)}\n}}\n" for n in range(900)
    )
    source = f"use std::fs;\n{bodies}".encode()
    found = outline("rust", source, names_only=False)
    assert found is not None
    assert found.parts is not None
    assert 200 < len(found.parts) < 300
    assert found.parts == sorted(found.parts)
    facts, names = parsed_as_a_whole(monkeypatch, "rust", source)
    assert len(facts.definitions) == 900
    assert extract("rust", source) == facts
    assert extract_names("rust", source) == names


@pytest.mark.parametrize("language", sorted(SAMPLES))
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_costs_no_more_than_where_all_is_parsed(
    language: str, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = SAMPLES[language].splitlines(keepends=True)
    for place in range(0, len(lines), 9):
        source = "".join([*lines[:place], damage, *lines[place:]]).encode()
        facts, names = parsed_as_a_whole(monkeypatch, language, source)
        found = extract(language, source)
        if found.error:
            assert found == facts
        else:  # the damage is in a body that was left out, or is none
            assert {last_part(item) for item in facts.definitions} <= {last_part(item) for item in found.definitions}
        names_found = extract_names(language, source)
        assert names_found == names or names_found.error is None


def test_an_error_in_a_body_that_holds_no_fact_hides_nothing() -> None:
    source = b'package p\n\nimport "fmt"\n\nfunc f() {\n\tx := := 3 // and more of what nobody can read\n\tfmt.Println(x)\n}\n'
    facts = extract("go", source)
    assert [call.target for call in facts.calls] == ["fmt.Println"]
    assert facts.error is None
    assert extract("go", source + b"func (\n").error is not None


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"package p",
        b"\nfunc f() {",
        b"\nfunc f() {\n}\n",
        b"\nfunc f() {\n" + b"{" * 99 + b"\n}\n",
        b"\nfunc \n}\n" * 50,
    ],
)
def test_odd_files_are_read(source: bytes) -> None:
    assert extract("go", source) is not None
    assert extract_names("go", source) is not None


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("typescript", b"a {\n" * 40_000),
        ("typescript", b"(/[" * 60_000),
        ("typescript", b"const a = " * 30_000),
        ("typescript", b"a(`${" * 40_000 + b"{\n" * 200),
        ("tsx", b"a(`${`}" * 40_000 + b"{\n" * 200),
        ("tsx", b"</" + b"'{" * 80_000 + b"{\n" * 200),
        ("javascript", b"  / " * 60_000 + b"{\n" * 200),
        ("go", b"\nfunc f() {\n" + b"return a,\n" * 30_000 + b"}\n"),
        ("go", b"/*" * 100_000),
        ("rust", b"fn " * 200_000),
        ("rust", b"fn a() {\n" * 50_000),
        ("rust", b'r#"' * 100_000),
        ("rust", b"'" * 200_000),
        ("rust", b"a!(\n" * 50_000),
        ("rust", b"\n".join(b" " * depth + b"a!(" for depth in range(1_500))),
        ("python", b"\n".join(b" " * depth + b"def f():" for depth in range(600))),
        ("python", b"def f():\n" + b"    raise (\n" * 30_000),
    ],
)
def test_hostile_files_take_no_longer_than_their_size_says(language: str, source: bytes) -> None:
    began = time.process_time()
    for names_only in (False, True):
        outline(language, source, names_only=names_only)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "body",
    [
        b"    a!(" * 2_500,
        b"    a!(b::c());\n" * 1_000,
        b"    " + b"".join(b"A%d(" % number for number in range(3_000)),
        b"    " + b"a::" * 6_000 + b"b!()",
    ],
)
def test_hostile_bodies_of_rust_take_no_longer_than_their_size_says(body: bytes) -> None:
    used = b"use a::{%b};\n" % b", ".join(b"A%d" % number for number in range(3_000))
    began = time.process_time()
    assert extract("rust", used + b"fn x() {\n%b\n}\n" % body * 5) is not None
    assert time.process_time() - began < 5
