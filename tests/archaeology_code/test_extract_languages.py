"""What is read from each of the other languages: one table for each kind of fact."""

from __future__ import annotations

import pytest

from archaeology.code import LANGUAGES, extract
from archaeology.facts import FileFacts, Import
from fixtures.programs.small import SOURCES


def facts_of(language: str) -> FileFacts:
    return extract(language, SOURCES[language].encode())


def test_there_is_a_sample_for_every_language() -> None:
    assert set(SOURCES) | {"python"} == set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(SOURCES))
def test_samples_parse_without_errors(language: str) -> None:
    assert facts_of(language).error is None


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "typescript",
            ["Pay class public abstract Base,Port", "Pay.secret method private", "Pay.go method public @log()", "Pay.todo method public abstract",
             "Port interface public Other", "Port.pay method public", "helper function private", "Kind enum private"],
        ),
        ("tsx", ["View function public", "Bad class private React.Component"]),
        ("javascript", ["A class public B", "A.#x method private", "A.y method public", "f function private"]),
        (
            "go",
            ["Gateway interface public abstract io.Reader", "client struct internal Base,Other", "client.Pay method public", "helper function internal"],
        ),
        (
            "rust",
            ["Pay struct public Port @derive(Debug)", "Port trait internal abstract", "Port::pay method public", "Pay::pay method private",
             "helper function private", "inner module private", "inner::t function private"],
        ),
        (
            "java",
            ["Pay class public abstract Base,Port @Service", "Pay.go method protected @Override", "Pay.pack method internal",
             "Port interface internal abstract", "Port.go method public"],
        ),
        (
            "kotlin",
            ["Pay class internal abstract Base,Port @Service", "Pay.go method private", "Pay.open method public", "Port interface public abstract"],
        ),
        (
            "csharp",
            ["Pay class public abstract Base,IPort @Service", "Pay.Go method private", "Pay.Open method private",
             "IPort interface internal abstract", "IPort.Go method public"],
        ),
        (
            "php",
            ["Pay class public abstract Base,Port,Logs @Service", "Pay::go method private", "Pay::open method public", "Port interface public abstract"],
        ),
        ("ruby", ["Shop module public", "Shop::Pay class public Base::Thing,Logs", "Shop::Pay::go method public", "Shop::Pay::helper method private"]),
        (
            "elixir",
            ["Shop.Pay module public GenServer,Shop.Port", "Shop.Pay.go function public @impl", "Shop.Pay.helper function private"],
        ),
        ("swift", ["Pay class public Base,Port", "Pay.go method private", "Port protocol public", "Port.go method public"]),
        ("scala", ["Pay class public abstract Base", "Pay.go method private", "Port trait public"]),
        ("c", ["go function private", "pay struct public"]),
        ("cpp", ["shop module public", "shop.Pay class public Base", "shop.Pay.go method public", "shop.Pay.x method private", "f function public"]),
        ("bash", ["go function public"]),
    ],
)  # fmt: skip
def test_definitions(language: str, expected: list[str]) -> None:
    shown = [
        " ".join(
            [d.name, d.kind, d.visibility]
            + ["abstract"] * d.abstract
            + ([",".join(d.bases)] if d.bases else [])
            + [f"@{decorator}" for decorator in d.decorators]
        )
        for d in facts_of(language).definitions
    ]
    assert shown == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "typescript",
            [Import("react", 1, ("useMemo",)), Import("react", 1, ("default",), alias="React"), Import("react", 1, ("useState",), alias="use"),
             Import("node:fs", 2, ("*",), alias="fs"), Import("./money", 3, ("Money",), type_checking=True), Import("./load", 4, ("load",)),
             Import("./ab", 5, ("a", "b"), reexport=True), Import("./lazy", 10, lazy=True)],
        ),
        ("tsx", [Import("./box", 1, ("Box",))]),
        (
            "javascript",
            [Import("zod", 1, ("default",), alias="zod"), Import("pp", 2, ("p", "q")), Import("late", 4, ("default",), alias="late", lazy=True)],
        ),
        (
            "go",
            [Import("fmt", 3), Import("strings", 4, alias="str"), Import("embed", 5, alias="_"), Import("github.com/stripe/stripe-go/v72", 6)],
        ),
        (
            "rust",
            [Import("std", 1, ("fs",)), Import("std", 1, ("io",)), Import("std::io", 1, ("Read",), alias="R"),
             Import("crate::model", 2, ("Order",), reexport=True), Import("super::x", 3, ("*",))],
        ),
        ("java", [Import("com.stripe.Charge", 2), Import("shop.Money", 3, ("of",)), Import("shop.model", 4, ("*",))]),
        ("kotlin", [Import("com.stripe.Charge", 2, alias="C"), Import("shop.model", 3, ("*",))]),
        (
            "csharp",
            [Import("System.Text", 1), Import("Shop.Money", 2), Import("Stripe.Api", 3, alias="S"), Import("Shop.Model", 4, reexport=True)],
        ),
        (
            "php",
            [Import("Stripe\\Charge", 3, alias="C"), Import("Shop\\Model\\Order", 4), Import("Shop\\Model\\Item", 4, alias="I"),
             Import("Vendor\\Tool", 9)],
        ),
        (
            "ruby",
            [Import("json", 1), Import("../model", 2, level=1), Import("Base::Thing", 4), Import("Logs", 5), Import("Errors::Declined", 8),
             Import("Late", 9), Import("Broken", 9), Import("Stripe::Charge", 10)],
        ),
        (
            "elixir",
            [Import("GenServer", 3), Import("Shop.Model", 4), Import("Shop.Money", 4), Import("Stripe.Charge", 5, alias="C"), Import("Shop.Port", 6),
             Import("Other.Mod", 10), Import("Shop.Declined", 12)],
        ),
        ("swift", [Import("Foundation", 1)]),
        ("scala", [Import("a.b.C", 2)]),
        ("c", [Import("stdio.h", 1), Import("pay.h", 2)]),
        ("cpp", [Import("pay.h", 1)]),
        ("bash", [Import("./lib.sh", 1), Import("x.sh", 2)]),
    ],
)  # fmt: skip
def test_imports(language: str, expected: list[Import]) -> None:
    assert list(facts_of(language).imports) == expected


@pytest.mark.parametrize(
    ("language", "raised", "caught", "called"),
    [
        ("typescript", ["Declined"], [("Timeout",)], ["node:fs.readFileSync", "react.useState", "globalThis.fetch"]),
        ("tsx", ["Broken"], [], []),
        ("javascript", ["Err"], [()], ["zod.object", "pp.p"]),
        (
            "go",
            ["ErrDeclined", "PayError", "panic"],
            [("ErrDeclined",)],
            ["fmt.Println", "github.com/stripe/stripe-go/v72.Charge", "strings.Fields"],
        ),
        ("rust", ["PayError::Declined", "panic"], [("Other::Late",)], ["std::fs::read", "serde_json::to_string"]),
        ("java", ["Declined"], [("Late", "Broken")], ["com.stripe.Charge.create", "com.stripe.Charge"]),
        ("kotlin", ["Declined"], [("Late",)], ["com.stripe.Charge.create"]),
        ("csharp", ["Declined"], [("Late",)], ["Declined", "Stripe.Api.Create", "Bank.Call"]),
        ("php", ["Declined"], [("Late", "Broken")], ["Stripe\\Charge::create", "Stripe\\Charge", "Vendor\\Tool::run"]),
        ("ruby", ["Errors::Declined"], [("Late", "Broken")], ["Stripe::Charge.create"]),
        ("elixir", ["Shop.Declined"], [("Late",)], ["Stripe.Charge.create", "Other.Mod.run"]),
        ("cpp", ["Err"], [], []),
    ],
)
def test_errors_and_calls(language: str, raised: list[str], caught: list[tuple[str, ...]], called: list[str]) -> None:
    facts = facts_of(language)
    assert [found.type for found in facts.raises] == raised
    assert [found.types for found in facts.catches] == caught
    assert [found.target for found in facts.calls] == called


@pytest.mark.parametrize(
    ("language", "package"),
    [
        ("go", "pay"),
        ("java", "shop.pay"),
        ("kotlin", "shop.pay"),
        ("csharp", "Shop.Pay"),
        ("php", "Shop\\Pay"),
        ("elixir", "Shop.Pay"),
        ("scala", "shop.pay"),
    ],
)
def test_packages(language: str, package: str) -> None:
    assert facts_of(language).package == package


@pytest.mark.parametrize(
    ("language", "kind"),
    [
        ("typescript", "ban"),
        ("tsx", "reason"),
        ("javascript", "ban"),
        ("go", "ban"),
        ("rust", "ban"),
        ("java", "ban"),
        ("kotlin", "reason"),
        ("csharp", "ban"),
        ("php", "ban"),
        ("ruby", "ban"),
        ("elixir", "ban"),
    ],
)
def test_comments(language: str, kind: str) -> None:
    assert kind in [comment.kind for comment in facts_of(language).comments]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x00",
        b"\xff\xfe\xfa",
        b"((((((",
        b"}{)(" * 200,
        b"class import def \xc3\x28 <<<<<<< HEAD",
        "\ufeffimport x".encode(),
        b"\r\n" * 50,
    ],
    ids=["empty", "nul", "not-utf8", "open", "closing", "conflict", "bom", "crlf"],
)
def test_odd_bytes_never_raise(language: str, source: bytes) -> None:
    assert extract(language, source).language == language


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"bash"}))
def test_a_broken_file_says_so(language: str) -> None:
    assert (
        extract(language, SOURCES.get(language, "x = 1\n").encode() + b"\n class ( ] } % import (((\n").error
        is not None
    )


def test_utf16_is_read_by_its_mark() -> None:
    facts = extract("csharp", "using System;\nclass Käse {}\n".encode("utf-16"))
    assert [definition.name for definition in facts.definitions] == ["Käse"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        extract("cobol", b"")


def test_deep_nesting_ends() -> None:
    depth = 10_000
    source = b"x = " + b"[" * depth + b"]" * depth + b"\nimport os\n"
    assert [found.module for found in extract("python", source).imports] == ["os"]


def test_a_hostile_use_tree_ends() -> None:
    source = b"use a::" + b"{b::" * 5_000 + b"c" + b"}" * 5_000 + b";"
    assert extract("rust", source).language == "rust"


def test_a_file_beyond_the_cap_is_not_parsed() -> None:
    facts = extract("python", b"x = 1\n" * 400_000)
    assert facts.error is not None
    assert facts.definitions == ()
