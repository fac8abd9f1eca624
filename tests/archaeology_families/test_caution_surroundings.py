"""What stands around a warning: the platform it holds for, the line and the attribute it is of, the rest of a sentence that was cut."""

import time

import pytest

from archaeology.detectors.cautions import detect_cautions
from archaeology.detectors.narration import explains_what_follows
from archaeology.detectors.surroundings import attribute_below, completed, holds_for, never_runs, stands_on
from archaeology.facts import Comment, FileFacts
from archaeology.history.model import Reason
from archaeology.model import Hypothesis
from fixtures import FactsBuilder
from fixtures.commented import proposed

WHY = "We have to load the seal first, because the press would jam without it."


def at(lines: list[str], text: str = "# here") -> Comment:
    number = next(number for number, line in enumerate(lines, 1) if text in line)
    return Comment("here", number, number, "ban")


def told(text: str, said: str = WHY, path: str = "src/press.py", symbol: str | None = None) -> list[Hypothesis]:
    """Return what is proposed of a file whose one telling comment begins on the line with ``HERE``."""
    lines = text.replace("HERE", said).split("\n")
    number = next(number for number, line in enumerate(lines, 1) if said.split("\n", maxsplit=1)[0] in line)
    noted = Comment(said, number, number + said.count("\n"), "ban", symbol)
    language = {"py": "python", "rb": "ruby", "cs": "csharp", "rs": "rust", "go": "go"}[path.rpartition(".")[2]]
    facts = FactsBuilder().module(path, "\n".join(lines), code=FileFacts(language, comments=(noted,)))
    return proposed(facts.reason(Reason("a" * 40, 1, f"In the press: {said}", "because", (path,))))


@pytest.mark.parametrize(
    ("language", "text", "condition"),
    [
        ("ruby", "if Puma::IS_JRUBY\n  # here\n  load\nend", "under `if Puma::IS_JRUBY`"),
        ("python", 'def f():\n    if sys.platform == "win32":\n        # here\n', 'under `if sys.platform == "win32"`'),
        ("python", "if os.name == 'nt':\n    a()\nelse:\n    # here\n", "in the other case of `if os.name == 'nt'`"),
        ("javascript", "if (isBrowser) {\n  run(() => {\n    // # here\n", "under `if (isBrowser)`"),
        ("csharp", "#if NETFRAMEWORK\n#if X\n#endif\n// # here\n", "under `#if NETFRAMEWORK`"),
        ("csharp", "#if NETFRAMEWORK\na();\n#else\n// # here\n#endif", "in the other case of `#if NETFRAMEWORK`"),
        ("c", "#ifndef PRESS_H\n#define PRESS_H\n// # here\n", ""),
        ("rust", "#[cfg(windows)]\nfn f() {\n    // # here\n", "under `#[cfg(windows)]`"),
        ("rust", 'fn f() {\n    // # here\n    #[cfg(target_os = "macos")]\n', 'under `#[cfg(target_os = "macos")]`'),
        ("rust", "#[cfg(test)]\nfn f() {\n    // # here\n", ""),
        ("go", "//go:build windows\n\npackage x\n\n// # here\n", "under `//go:build windows`"),
        ("python", "if ready:\n    # here\n", ""),
        ("python", "if sys.platform == 'win32':\n    a()\n# here\nb()\n", ""),
        ("python", "# if sys.platform == 'win32':\n    # here\n", ""),
    ],
)
def test_the_platform_that_a_comment_holds_for_is_read_from_the_code_around_it(
    language: str, text: str, condition: str
) -> None:
    lines = text.split("\n")
    assert holds_for(lines, at(lines), language) == condition


@pytest.mark.parametrize(
    ("language", "text", "off"),
    [
        ("python", "if True:  # GENERATED\n    a()\nelse:\n    # here\n    b()\n", True),
        ("python", "if True:\n    a()\nelse:  # the other one\n    # here\n    b()\n", True),
        ("python", "if False:\n    # here\n    b()\n", True),
        ("python", "if True:\n    # here\n    b()\nelse:\n    a()\n", False),
        ("python", "if Trueish:\n    a()\nelse:\n    # here\n    b()\n", False),
        ("python", "if False:\n    a()\nelse:\n    # here\n    b()\n", False),
        ("javascript", "if (false) {\n  // # here\n}\n", True),
        ("c", "#if 0\n// # here\n#endif\n", True),
        ("c", "#if 0\n#endif\n// # here\n", False),
    ],
)
def test_a_branch_that_is_switched_off_speaks_for_another_file(language: str, text: str, *, off: bool) -> None:
    lines = text.split("\n")
    assert never_runs(lines, at(lines), language) is off


def test_what_stands_in_a_branch_that_never_runs_is_not_told() -> None:
    assert told("def f():\n    if press:\n        a()\n    else:\n        # HERE\n        b()\n")
    assert not told("def f():\n    if True:\n        a()\n    else:\n        # HERE\n        b()\n")


def test_a_title_says_under_which_platform_it_holds() -> None:
    (found,) = told("if sys.platform == 'win32':\n    # HERE\n    load()\n")
    assert found.title.startswith(f"“{WHY[:-1]}”, says a comment in `press.py` under `if sys.platform == 'win32'`")
    (found,) = told("if ready:\n    # HERE\n    load()\n")
    assert found.title.startswith(f"“{WHY[:-1]}”, says a comment in `press.py`")
    assert "under" not in found.title


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# here\nreturn self.seal()\n", "return self.seal()"),
        ("load(seal)  # here\nreturn 1\n", "load(seal)"),
        ("# here\n\nreturn 1\n", ""),
        ("# here\n}\n", ""),
        ("# here\nresponse::aggregate);\n", ""),
        ("# here\nload(first,\n     second)\n", ""),
        ("# here\n# more\n", ""),
        (f"# here\nreturn {'x' * 90}\n", ""),
        ("# here", ""),
    ],
)
def test_the_line_that_a_comment_stands_on_is_as_it_is_written(text: str, line: str) -> None:
    lines = text.split("\n")
    assert stands_on(lines, at(lines)) == line


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ("    attr_accessor :cli_config", "cli_config"),
        ("    public static readonly TimeSpan Patience = TimeSpan.Zero;", "Patience"),
        ("    private _seal: Seal | null", "_seal"),
        ("PATIENCE: int = 3", "PATIENCE"),
        ("press(seal)", ""),
        ("if seal == 3:", ""),
    ],
)
def test_the_attribute_below_a_comment_is_named(below: str, name: str) -> None:
    assert attribute_below(["# here", below], Comment("here", 1, 1, "ban")) == name


def test_what_this_is_is_told_by_the_line_that_it_stands_on() -> None:
    said = "This must be a fatal error, otherwise the press would hang with half of a sheet."
    (found,) = told("def f():\n    # HERE\n    raise Jammed(sheet)\n", said)
    assert found.title.startswith(f"“{said[:-1]}”, says a comment in `press.py` about `raise Jammed(sheet)`")
    (found,) = told("def f():\n    # HERE\n\n    raise Jammed(sheet)\n", said)
    assert found.title == "`press.py` is written so because otherwise “the press would hang with half of a sheet”"


def test_an_attribute_is_the_place_of_what_stands_above_it() -> None:
    said = "Workers must load this object by hand because the press is not set when they are forked."
    (found,) = told("class Press\n  # HERE\n  attr_accessor :seal\nend\n", said, "src/press.rb", "Press")
    assert "`Press.seal`" in found.title


def test_a_sentence_that_was_cut_is_quoted_whole() -> None:
    opening = "Where a sheet was put in by another press, that seal"
    body = ["cannot be had, because the other press would hang, and so it is never asked for."]
    body += [f"Line {number} of the same comment." for number in range(11)]
    lines = ["x = 1", f"# {opening}", *(f"# {line}" for line in body), "y = 2"]
    kept = Comment("\n".join(body), 3, 14, "ban")
    assert completed(lines, kept).text == "\n".join([opening, *body])
    (found,) = told("\n".join([*lines[:2], "# HERE", "y = 2"]), "\n".join(body))
    assert found.title.startswith(f"“{opening} cannot be had")


def test_a_comment_that_was_kept_whole_stays_as_it_is() -> None:
    lines = ["# It was never", "# asked for, because the press would hang.", "x = 1"]
    kept = Comment("asked for, because the press would hang.", 2, 2, "ban")
    assert completed(lines, kept) is kept


@pytest.mark.parametrize(
    ("said", "above", "below", "explained"),
    [
        ("bit-shifting by 6 because i is the index of a bit, not of a word", "", "return words[pos >> 6] & mask", True),
        (
            "Use the entry's method if none was given, so that only path is used to match.",
            "if (method == null) {",
            "method = entry.method;",
            True,
        ),
        ("Use a copy of the list, because a hook may change it", "", "for hook in list.copy():", False),
        ("Use the entry's method, because the press fails without one", "", "method = entry.method;", False),
        ("Use 'none' rather than :none because the value is passed on", "", "auth_token = 'none'", False),
        ("Use the entry's method if none was given, so that only path is used.", "", "run();", False),
        ("Use the entry's method.", "", "method = entry.method;", False),
    ],
)
def test_a_reason_that_only_explains_the_next_line_is_told_from_a_decision(
    said: str, above: str, below: str, *, explained: bool
) -> None:
    assert explains_what_follows(said, [above, "# the comment", below], 0, 2) is explained


def test_what_is_said_twice_in_one_file_is_told_once_and_in_two_files_not_at_all() -> None:
    said = "We don't want to leak errors of the ledger service to anonymous guests."
    text = f"def f():\n    # {said}\n    return 1\n\ndef g():\n    # {said}\n    return 2\n"
    twice = tuple(Comment(said, line, line, "ban") for line in (2, 6))
    builder = FactsBuilder().module("src/ledger.py", text, code=FileFacts("python", comments=twice))
    assert [item.data["sentence"] for item in detect_cautions(builder.build())] == [said]
    builder.module("src/till.py", text, code=FileFacts("python", comments=twice))
    assert list(detect_cautions(builder.build())) == []


@pytest.mark.parametrize("times", [1, 2])
def test_looking_around_takes_time_in_proportion(times: int) -> None:
    wide = "if " + "x " * 40_000 * times
    deep = [" " * (number % 200) + "# y" for number in range(4_000 * times)]
    lines = [wide, *deep, "    # here", "a" * 90_000 * times]
    begin = time.process_time()
    for language in ("python", "rust", "csharp", "go"):
        holds_for(lines, at(lines), language)
    stands_on(lines, at(lines))
    attribute_below(lines, at(lines))
    explains_what_follows("Use x, because it is x " * 400 * times, lines, 0, 1)
    assert time.process_time() - begin < 1.0
