"""Tests of other languages in their usual forms, by their words: one expression a language, ends by indentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from archaeology.facts import TestCase
from archaeology.suite.kinds import issue_of, kind_of
from archaeology.suite.texts import TestText

_TITLE = r"""(?:"((?:[^"\\\n]|\\.){1,300})"|'((?:[^'\\\n]|\\.){1,300})'|`([^`]{1,300})`)"""
_SCRIPT = re.compile(
    rf"^([ \t]*)(?:(describe|context|suite)|(it|test|bench|specify))((?:\.\w+(?:\([^()\n]*\))?)*)\(\s*{_TITLE}",
    re.MULTILINE,
)
_GO = re.compile(r"^func (?:\(\w+ \*?\w+\) )?((?:Test|Benchmark|Fuzz|Example)\w*)\(", re.MULTILINE)
# Repetitions are bounded: a file of nothing but annotations must cost no more than any other.
_RUST = re.compile(
    r"^([ \t]*)#\[((?:\w+::){0,4}(?:test|bench|rstest|quickcheck|wasm_bindgen_test|test_case|proptest)\b[^\]\n]{0,200})\]\s*"
    r"(?:(?:#\[[^\]]{0,200}\]|//[^\n]*)\s*){0,10}(?:pub\s+)?(?:async\s+)?fn\s+(\w+)",
    re.MULTILINE,
)
_JVM = re.compile(
    r"^([ \t]*)((?:@\w+(?:\([^()\n]{0,200}(?:\([^()\n]{0,200}\)[^()\n]{0,200}){0,4}\))?\s{1,40}){0,8}"
    r"@(?:\w+\.){0,6}(?:Test|ParameterizedTest|RepeatedTest|Property|TestFactory|ArchTest)\b(?:\([^()\n]{0,200}\))?\s{1,40}"
    r"(?:@\w+(?:\([^()]{0,400}\))?\s{1,40}){0,8})"
    r"(?:(?:public|private|protected|internal|static|final|suspend|open|override)\s+){0,5}"
    r"(?:fun\s+(?:<[^>\n]{0,100}>\s*)?|[\w<>\[\], .?]{1,80}\s)(`[^`\n]{1,200}`|\w{1,200})\s*(?:\(|=)",
    re.MULTILINE,
)
_CSHARP = re.compile(
    r"^([ \t]*)((?:\[[^\]\n]{0,200}\]\s{0,40}){0,8}\[(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod|Property|SkippableFact|Benchmark)\b[^\n]{0,300}\]\s{0,40}"
    r"(?:\[[^\n]{0,300}\]\s{0,40}){0,12})(?:(?:public|private|internal|static|async|override|virtual|sealed)\s+){0,5}[\w<>\[\],.? ]{1,80}\s(\w{1,200})\s*\(",
    re.MULTILINE,
)
_PHP = re.compile(
    r"^([ \t]*)(?:(?:final|public|protected|static)\s+){0,4}function\s+(test\w+)\s*\(|^([ \t]*)(?:it|test)\(\s*['\"]([^'\"\n]{1,300})['\"]"
    r"|#\[Test\][^{]{0,400}?function\s+(\w+)\s*\(",
    re.MULTILINE,
)
_RUBY = re.compile(
    rf"^([ \t]*)(?:def[ \t]+(test_\w+[?!]?)|(?:it|specify|scenario|test|example)[ \t]*\(?[ \t]*{_TITLE})", re.MULTILINE
)
_ELIXIR = re.compile(r"^([ \t]*)(test|property|feature)[ \t]+\"((?:[^\"\\\n]|\\.)+)\"", re.MULTILINE)
_ANNOTATION = re.compile(r"@(\w+)(?:\(\s*\"?([\w.-]+)?)?|\[(\w+)(?:\(\s*\"([\w.-]+)\"\s*,\s*\"([\w.-]+)\")?")
_COMMENT = re.compile(r"^\s*(?://|#|\*|/\*|--)")
MAX_BODY_LINES = 60


def cases_of(text: TestText) -> Iterator[TestCase]:
    """Yield the tests of a file in any language but Python; nothing for a language that is not known."""
    reader = _READERS.get(text.language)
    if reader is not None:
        yield from reader(text)


def _script(text: TestText) -> Iterator[TestCase]:
    """Jest, Vitest, Mocha, node:test, Playwright: ``path > suite > title`` as Vitest prints it."""
    suites: list[tuple[int, str]] = []
    for found in _SCRIPT.finditer(text.text):
        indent = len(found.group(1).expandtabs())
        title = next(group for group in found.groups()[4:] if group is not None)
        suites = [suite for suite in suites if suite[0] < indent]
        if found.group(2):
            suites.append((indent, title))
            continue
        modifiers = tuple(re.findall(r"\.(\w+)", found.group(4)))
        markers = (*modifiers, *(("bench",) if found.group(3) == "bench" else ()))
        name = " > ".join((text.path, *(suite[1] for suite in suites), title))
        yield _case(text, found.start(1), indent, name, title, markers)


def _go(text: TestText) -> Iterator[TestCase]:
    for found in _GO.finditer(text.text):
        name = found.group(1)
        markers = ("fuzz",) if name.startswith("Fuzz") else ("benchmark",) if name.startswith("Benchmark") else ()
        yield _case(text, found.start(), 0, f"{text.path}::{name}", name, (*markers, *_build_tags(text)))


def _rust(text: TestText) -> Iterator[TestCase]:
    for found in _RUST.finditer(text.text):
        marker = found.group(2).split("(", 1)[0].split("::")[-1].strip()
        yield _case(
            text, found.start(1), len(found.group(1)), f"{text.path}::{found.group(3)}", found.group(3), (marker,)
        )


def _annotated(pattern: re.Pattern[str]) -> Callable[[TestText], Iterator[TestCase]]:
    def read(text: TestText) -> Iterator[TestCase]:
        for found in pattern.finditer(text.text):
            markers = tuple(
                dict.fromkeys(word for groups in _ANNOTATION.findall(found.group(2)) for word in groups if word)
            )
            name = found.group(3).strip("`")
            yield _case(text, found.start(1), len(found.group(1).expandtabs()), f"{text.path}::{name}", name, markers)

    return read


def _php(text: TestText) -> Iterator[TestCase]:
    for found in _PHP.finditer(text.text):
        name = found.group(2) or found.group(4) or found.group(5)
        indent = len((found.group(1) or found.group(3) or "    ").expandtabs())
        yield _case(text, found.start(), indent, f"{text.path}::{name}", name, ())


def _ruby(text: TestText) -> Iterator[TestCase]:
    for found in _RUBY.finditer(text.text):
        name = next(group for group in found.groups()[1:] if group is not None)
        yield _case(text, found.start(1), len(found.group(1)), f"{text.path}::{name}", name, ())


def _elixir(text: TestText) -> Iterator[TestCase]:
    for found in _ELIXIR.finditer(text.text):
        markers = () if found.group(2) == "test" else (found.group(2),)
        yield _case(
            text, found.start(1), len(found.group(1)), f"{text.path}::{found.group(3)}", found.group(3), markers
        )


def _case(text: TestText, start: int, indent: int, identity: str, name: str, markers: tuple[str, ...]) -> TestCase:  # noqa: PLR0913, PLR0917 - the parts of one case, made in this module only
    line = text.line_of(start)
    end = _end(text.lines, line, indent)
    body = "\n".join(text.lines[line - 1 : min(end, line + MAX_BODY_LINES)]) if text.bodies_tell else ""
    comments = [content for content in text.lines[max(0, line - 4) : line + 6] if _COMMENT.match(content)]
    return TestCase(
        id=identity,
        path=text.path,
        line=line,
        end_line=end,
        kind=kind_of(text.path, name, markers, body),
        markers=markers,
        issue=issue_of(name, "\n".join(comments)),
    )


def _end(lines: list[str], line: int, indent: int) -> int:
    """Return the line of the bracket or ``end`` that stands as deep as the beginning, or the last deeper line."""
    end = line
    for number in range(line, min(len(lines), line + 2_000)):
        content = lines[number]
        said = content.lstrip()
        if not said:
            continue
        depth = len(content[: -len(said)].expandtabs())
        if depth <= indent and said[0] in "})e" and (said[0] != "e" or said.rstrip() == "end"):
            return number + 1
        if depth < indent or (depth == indent and end > line + 1):
            return end
        end = number + 1
    return end


def _build_tags(text: TestText) -> tuple[str, ...]:
    found = re.match(r"(?://[^\n]*\n|\s)*?//go:build ([^\n]+)", text.text[:2_000])
    return tuple(re.findall(r"[a-z_]\w+", found.group(1))) if found else ()


_READERS: dict[str, Callable[[TestText], Iterator[TestCase]]] = {
    "javascript": _script,
    "typescript": _script,
    "tsx": _script,
    "go": _go,
    "rust": _rust,
    "java": _annotated(_JVM),
    "kotlin": _annotated(_JVM),
    "csharp": _annotated(_CSHARP),
    "php": _php,
    "ruby": _ruby,
    "elixir": _elixir,
}
