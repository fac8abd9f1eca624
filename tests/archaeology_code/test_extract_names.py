"""Definitions and imports alone: the same as among all facts, for less work."""

from __future__ import annotations

import pytest

from archaeology.code import extract
from archaeology.code.extract import extract_names, only_names

SOURCE = b'''"""A shop."""
import requests
from shop.errors import Refused

class Till:
    def pay(self):
        # Never retry, because the bank would charge twice.
        try:
            requests.post("https://bank")
        except ValueError:
            raise Refused()
'''

SAMPLES = {
    "go": 'package a\n\nimport "net/http"\n\n// F must be quick.\nfunc F() { http.Get("x") }\n',
    "rust": "use a::B;\n/// Must be quick.\npub struct S;\nfn f() -> R { c::d(); Err(B::New) }\n",
    "typescript": 'import { get } from "http";\nexport class A { f() { try { get(); } catch (e) { throw new E(); } } }\n',
    "ruby": 'require "json"\nclass A < Base\n  def f\n    JSON.parse(x)\n  rescue Oops\n    raise Bad\n  end\nend\n',
    "java": "package a;\nimport b.C;\nclass D extends C { void f() { C.g(); throw new E(); } }\n",
    "kotlin": "package a\nimport b.C\nclass D : C() { fun f() { C.g(); throw E() } }\n",
    "csharp": "using B;\nnamespace A;\npublic class D : C { void F() { G.H(); throw new E(); } }\n",
    "php": "<?php\nnamespace A;\nuse B\\C;\nclass D extends C { function f() { C::g(); throw new E(); } }\n",
    "elixir": 'defmodule A do\n  alias B.C\n  @doc "Must be quick."\n  def f, do: C.g()\nend\n',
    "python": SOURCE.decode(),
}


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_names_are_what_all_facts_say_of_them(language: str) -> None:
    everything = extract(language, SAMPLES[language].encode())
    names = extract_names(language, SAMPLES[language].encode())
    assert everything.calls
    assert everything.definitions
    assert everything.imports
    assert names == only_names(everything)
    assert names.definitions == everything.definitions
    assert names.imports == everything.imports


def test_nothing_but_names_is_read() -> None:
    assert extract("python", SOURCE).calls
    names = extract_names("python", SOURCE)
    assert (names.raises, names.catches, names.calls, names.comments) == ((), (), (), ())
    assert [found.name for found in names.definitions] == ["Till", "Till.pay"]
    assert [found.module for found in names.imports] == ["requests", "shop.errors"]


@pytest.mark.parametrize("language", ["rust", "csharp"])
def test_where_a_use_imports_by_itself_uses_are_read_too(language: str) -> None:
    assert not extract_names(language, SAMPLES[language].encode()).comments
    assert extract_names(language, SAMPLES[language].encode()).calls


def test_a_broken_file_says_so_as_ever() -> None:
    assert extract_names("python", b"def (:\n").error == extract("python", b"def (:\n").error
    assert extract_names("python", b"\0").error == extract("python", b"\0").error
    with pytest.raises(KeyError):
        extract_names("cobol", b"")
