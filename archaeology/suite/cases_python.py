"""Python's tests: functions and methods named ``test``, by indentation, with decorators and parameters as markers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archaeology.facts import TestCase
from archaeology.suite.kinds import issue_of, kind_of
from archaeology.suite.texts import TestText

_HEAD = re.compile(r"([ \t]*)(?:async[ \t]+)?(def[ \t]+(test\w*)[ \t]*\(|class[ \t]+(\w+)[^\n]*:)")
_OPENING = ("def", "async", "class")
_NUMBERED = re.compile(r"(?:issue|gh|bug|regression)[_-]?\d")
_MARK = re.compile(r"@(?:pytest\.mark\.|mark\.|unittest\.|tag\()?[\"']?([\w.]+)")
_COMMENT = re.compile(r"^\s*#|\"\"\"|'''")
_TELLING = frozenset(
    {
        "snapshot",
        "benchmark",
        "httpx_mock",
        "db",
        "transactional_db",
        "data_regression",
        "file_regression",
        "vcr_cassette",
    }
)
MAX_BODY_LINES = 80
HEAD_LINES = 8


def python_cases(text: TestText) -> Iterator[TestCase]:
    """Yield the tests of a file, by pytest's ids (``tests/test_x.py::TestY::test_z``)."""
    classes: list[tuple[int, str, tuple[str, ...]]] = []
    file_markers = _file_markers(text)
    file_issue = _file_issue(text.path)
    for line, begin, head in _heads(text):
        indent = len(head.group(1).expandtabs())
        classes = [known for known in classes if known[0] < indent]
        first, markers = _decorators(text.lines, line)
        if head.group(4):
            inherited = classes[-1][2] if classes else ()
            classes.append((indent, head.group(4), (*inherited, *markers)))
            continue
        if indent and not classes:
            continue  # a function inside a function
        name = head.group(3)
        end = _end(text.lines, line, indent)
        body = "\n".join(text.lines[line - 1 : min(end, line + MAX_BODY_LINES)]) if text.bodies_tell else ""
        around = classes[-1][2] if classes else ()
        all_markers = tuple(
            dict.fromkeys((*markers, *around, *file_markers, *_parameters(text.text, begin + head.end())))
        )
        yield TestCase(
            id="::".join((text.path, *(known[1] for known in classes), name)),
            path=text.path,
            line=first,
            end_line=end,
            kind=kind_of(text.path, name, all_markers, body),
            markers=all_markers,
            issue=issue_of(f"{name} {file_issue}", _words(text.lines, first, line)),
        )


def _heads(text: TestText) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield the lines that open a test or a class, counted from 1, where in the text each begins, and what it says."""
    begin = 0
    for number, line in enumerate(text.lines, start=1):
        if line.lstrip(" \t").startswith(_OPENING) and (head := _HEAD.match(line)):
            yield number, begin, head
        begin += len(line) + 1


def _decorators(lines: list[str], line: int) -> tuple[int, tuple[str, ...]]:
    """Return the first line of the decorators above ``line``, and their names."""
    first, names = line, []
    for number in range(line - 1, max(0, line - 40), -1):
        stripped = lines[number - 1].strip()
        if stripped.startswith("@"):
            found = _MARK.match(stripped)
            names.append(found.group(1) if found else "")
            first = number
        elif (
            not stripped
            or (
                lines[number - 1][:1] not in {" ", "\t", ")", "]", "#", '"', "'"}
                and lines[line - 1][:1] not in {" ", "\t"}
            )
            or stripped.startswith(("def ", "class ", "async def ", "return", "assert", "pass"))
        ):
            break
    return first, tuple(name for name in reversed(names) if name)


def _file_markers(text: TestText) -> tuple[str, ...]:
    found = re.search(r"^pytestmark\s*(?::[^=\n]+)?=([^\n]*(?:\n[ \t\])][^\n]*)*)", text.text, re.MULTILINE)
    return tuple(re.findall(r"mark\.(\w+)", found.group(1))) if found else ()


def _parameters(source: str, start: int) -> tuple[str, ...]:
    """Return the fixtures that tell what a test is: a snapshot, a benchmark, a database."""
    names = re.findall(r"\b\w+\b", source[start : start + 300].partition(")")[0])
    return tuple(name for name in names if name in _TELLING)


def _end(lines: list[str], line: int, indent: int) -> int:
    end = line
    in_head = True
    for number in range(line, min(len(lines), line + 2_000)):
        content = lines[number]
        said = content.lstrip()
        if not said:
            continue
        if len(content) - len(said) <= indent and not (in_head and said[:1] in {")", "]"}):
            break
        in_head = in_head and not content.rstrip().endswith(":")
        end = number + 1
    return end


def _words(lines: list[str], first: int, line: int) -> str:
    """Return the comments just above a test and the comments and docstring at its head."""
    above = []
    for number in range(first - 1, max(0, first - 4), -1):
        if not lines[number - 1].lstrip().startswith("#"):
            break
        above.append(lines[number - 1])
    head = lines[line : line + HEAD_LINES]
    inside, quoted = [], False
    for content in head:
        marks = content.count('"""') + content.count("'''")
        if quoted or marks or _COMMENT.match(content):
            inside.append(content)
        quoted = quoted != bool(marks % 2)
    return "\n".join(above + inside)


def _file_issue(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".py") if _NUMBERED.search(path) else ""
