"""What of a file is not parsed, and that nothing is lost by it."""

from __future__ import annotations

import pytest

from archaeology.code import extract
from archaeology.code.extract import extract_names
from archaeology.code.outline import outline
from archaeology.facts import FileFacts

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
SAMPLES = {"go": GO}
DAMAGE = ["(] = {\n", "}\n", "{\n", '"\n', "`\n", "/*\n", "func (\n"]


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
    assert facts.raises
    assert extract(language, source) == facts
    assert extract_names(language, source) == names


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_most_bodies_are_left_out_and_everything_keeps_its_place(language: str) -> None:
    source = SAMPLES[language].encode()
    for names_only in (False, True):
        found = outline(language, source, names_only=names_only)
        assert found is not None
        assert len(found.text) == len(found.code) == len(source)
        assert len(found.skipped) > 2
        assert found.skipped == sorted(found.skipped)
        for start, end in found.skipped:
            assert not found.text[start:end].strip()
        kept = outline(language, source[: len(source) // 2], names_only=names_only)
        assert kept is not None


@pytest.mark.parametrize("language", sorted(SAMPLES))
@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_costs_no_more_than_where_all_is_parsed(
    language: str, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = SAMPLES[language].splitlines(keepends=True)
    for place in range(0, len(lines), 5):
        source = "".join([*lines[:place], damage, *lines[place:]]).encode()
        facts, names = parsed_as_a_whole(monkeypatch, language, source)
        found = extract(language, source)
        if found.error:
            assert found == facts
        else:  # the damage is in a body that was left out, or is none
            assert {item.name for item in facts.definitions} <= {item.name for item in found.definitions}
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
