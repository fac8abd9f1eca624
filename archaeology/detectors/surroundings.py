"""What stands around a comment: the rest of a sentence that was cut, the line it stands on, the attribute it is of, the platform it holds for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archaeology.facts import Comment

_KEPT_LINES = 12  # of a longer comment only the lines around its telling word are kept
_MOST_MORE = 8
_FAR = 400
_LONGEST_LINE, _LONGEST_CONDITION = 70, 64
_FIRST_LINES = 25
_WIDE = 300
_MARK = re.compile(r"\s*(?P<mark>//[/!]?|#+(?![\[!])|--|;+|%+|\*(?![/*]))(?:\s|$)")
_ANY_COMMENT = re.compile(r"\s*(?://|#(?!\[|if|el|end|define|undef|pragma|region)|/\*|\*|--|;;|<!--)")
_ENDED = (".", "!", "?")
# A line that can be read by itself, and no end of a chain of calls.
_STATEMENT = re.compile(r"[A-Za-z_@$]{2}.*[^,(&|+.\s]")
_CLOSING = re.compile(r"(?:[\])}]|end\b|else\b|fi\b|default:|case\b)")
_DIRECTIVE = re.compile(r"\s*#\s*(?P<word>ifdef|ifndef|if|elif|elseif|else|endif)\b(?P<rest>.*)")
_GUARD = re.compile(r"(?:ifndef|if !defined\W).*(?:_H|_HPP|_H_|_INCLUDED)\W*$|__cplusplus")
_WITH_DIRECTIVES = frozenset({"c", "cpp", "csharp", "swift"})
_CFG = re.compile(r"\s*#!?\[cfg\([^\]]{0,80}?(?:\btarget_|\bwindows\b|\bunix\b)")
_BUILD_TAG = re.compile(r"//\s*(?:go:build|\+build) (?P<tags>.+)")
_OPENS = re.compile(r"\W*(?:(?:else\s*)?if|elif|elsif|elseif|unless|when|case|(?:let|val|const|return) .{0,40}\bif)\b")
_ELSE = re.compile(r"\W*else\b\W*(?:(?:#|//).*)?$")
_ON = re.compile(r"\W*if\b\s*\(?\s*(?:true|1)\s*\)?\s*(?:[:{]|then\b)", re.IGNORECASE)
_OFF = re.compile(r"\W*(?:else )?(?:el)?if\b\s*\(?\s*(?:false|0)\s*\)?\s*(?:[:{]|then\b)", re.IGNORECASE)
_SYSTEMS = (
    r"windows|win32|win64|mac_?os|darwin|linux|freebsd|android|ios|cygwin|jruby|truffleruby|rubinius|mri|pypy|cpython"
)
_ENVIRONMENT = re.compile(
    rf"(?<![A-Za-z])(?:(?i:is_?|on_?|has_?)?(?i:{_SYSTEMS}|browser|electron|safari|firefox|chrome|node_?js|deno|bun))(?![a-z])"
    r"|\bsys\.(?:platform|version_info|implementation)\b|\bos\.name\b|\bplatform\.(?:system|machine|python_implementation)\b|\bPY[23]\d*\b"
    r"|\bprocess\.(?:platform|versions?|browser)\b|\btypeof (?:window|process|navigator|document|globalThis)\b|\bnavigator\.\w+"
    r"|\bruntime\.GO(?:OS|ARCH)\b|\bRUBY_(?:ENGINE|VERSION|PLATFORM)\b|\bPHP_(?:OS|VERSION)\w*|\bversion_compare\b|\bJRUBY_VERSION\b|\bGem::Version\b|\bcfg!\("
    r"|\bIsOSPlatform\b|\bOperatingSystem\.|\bSDK_INT\b|\bos\.type\b|\bSystem\.otp_release\b|\bVersion\.(?:match|compare)"
)
_ATTRIBUTE = re.compile(
    r"\s*(?:(?:attr_(?:accessor|reader|writer)|field|property|belongs_to|has_many)\s*\(?\s*:(?P<symbol>\w+)"
    r"|(?:(?:public|private|protected|internal|static|readonly|final|export|const|let|var|val|lateinit|override|pub|mut)\s+)+(?:[\w<>\[\]?.,:]+\s+)?(?P<field>[A-Za-z_]\w*)\s*(?:[:=;{]|$)"
    r"|(?P<name>[A-Za-z_]\w*)\s*(?::\s*[\w\[\]., |]+)?\s*=(?!=))"
)


def is_kept_in_part(comment: Comment) -> bool:
    """Return whether a comment is so long that only a part of it may have been kept."""
    return comment.end_line - comment.start_line + 1 >= _KEPT_LINES


def completed(lines: Sequence[str], comment: Comment) -> Comment:
    """Return a comment of which only a part was kept with the sentences whole in which that part begins and ends; others as they are."""
    first, last = comment.start_line - 1, comment.end_line
    if not is_kept_in_part(comment) or not 0 <= first < last <= len(lines):
        return comment
    above, below = list(_more(lines, range(first - 1, -1, -1), first)), list[str]()
    if above and above[0].rstrip().endswith(_ENDED):
        above = []
    if not comment.text.rstrip().endswith(_ENDED):
        below = list(_more(lines, range(last, len(lines)), first))
    return comment._replace(text="\n".join([*reversed(above), comment.text, *below]))


def stands_on(lines: Sequence[str], comment: Comment) -> str:
    """Return the line of code that a comment stands on, or behind, as it is written; empty where none is right below it, or a long one."""
    first, last = comment.start_line - 1, comment.end_line
    if not 0 <= first < len(lines):
        return ""
    before = re.split(r"\s(?://|#|--|/\*)", lines[first], maxsplit=1)[0].strip()
    line = before if before and not _ANY_COMMENT.match(lines[first]) else "".join(lines[last : last + 1]).strip()
    line = line.removesuffix("{").rstrip()
    whole = all(line.count(one) == line.count(other) for one, other in ("()", "[]")) and _STATEMENT.fullmatch(line)
    fits = len(line) <= _LONGEST_LINE and "`" not in line and bool(whole)
    return line if fits and not (_ANY_COMMENT.match(line) or _CLOSING.match(line)) else ""


def attribute_below(lines: Sequence[str], comment: Comment) -> str:
    """Return the name of the attribute or constant on the line below a comment; empty for none."""
    line = "".join(lines[comment.end_line : comment.end_line + 1])
    match = _ATTRIBUTE.match(line[:_WIDE])
    return next(filter(None, match.groups()), "") if match else ""


def holds_for(lines: Sequence[str], comment: Comment, language: str) -> str:
    """Return under which condition on platform, interpreter or version the code around a comment is there, as the code says it; empty for none."""
    at = comment.start_line - 1
    if not 0 <= at < len(lines):
        return ""
    found = (
        _directive(lines, at)
        if language in _WITH_DIRECTIVES
        else _cfg(lines, at, comment.end_line)
        if language == "rust"
        else _build_tag(lines)
        if language == "go"
        else ""
    )
    return found or _enclosing_condition(lines, at)


def never_runs(lines: Sequence[str], comment: Comment, language: str) -> bool:
    """Return whether a comment stands in a branch that is switched off: below ``if False``, in the ``else`` of ``if True``, or under ``#if 0``.

    A file from which another is generated holds such branches for the other one.
    """
    at = comment.start_line - 1
    if not 0 <= at < len(lines):
        return False
    if language in _WITH_DIRECTIVES and _directive(lines, at) in {
        "under `#if 0`",
        "under `# if 0`",
        "under `#if false`",
    }:
        return True
    for number, line in _enclosing(lines, at):
        if _OFF.match(line[:_WIDE]):
            return True
        if _ELSE.match(line[:_WIDE]):
            own = _indent(line)
            above = next((n for n in range(number - 1, -1, -1) if lines[n].strip() and _indent(lines[n]) <= own), None)
            if above is not None and _ON.match(lines[above][:_WIDE]):
                return True
    return False


def _more(lines: Sequence[str], numbers: range, like: int) -> Iterator[str]:
    """The lines that go on with the sentence, from its kept part outwards, without their marks."""
    own = _MARK.match(lines[like])
    for count, number in enumerate(numbers):
        mark = _MARK.match(lines[number])
        if own is None or mark is None or mark["mark"] != own["mark"] or count >= _MOST_MORE:
            return
        said = lines[number][mark.end() :].rstrip()
        upwards = number < like
        if not said.strip() or (upwards and said.endswith(_ENDED)):
            return
        yield said
        if not upwards and said.endswith(_ENDED):
            return


def _told(condition: str, *, otherwise: bool) -> str:
    said = " ".join(condition.split()).rstrip(" {:").removesuffix(" then").lstrip("} ")
    shown = f"`{said}`" if len(said) <= _LONGEST_CONDITION and "`" not in said else "a condition on the platform"
    return f"in the other case of {shown}" if otherwise else f"under {shown}"


def _directive(lines: Sequence[str], at: int) -> str:
    """The nearest ``#if`` that is open at a line."""
    depth, otherwise = 0, False
    for number in range(at - 1, max(-1, at - _FAR), -1):
        match = _DIRECTIVE.match(lines[number])
        if match is None:
            continue
        word = match["word"]
        if word == "endif":
            depth += 1
        elif word in {"else", "elif", "elseif"} and not depth:
            if word != "else" and not otherwise:
                return _told(lines[number], otherwise=False)
            otherwise = True
        elif word in {"if", "ifdef", "ifndef"}:
            if not depth:
                return "" if _GUARD.search(lines[number]) else _told(lines[number], otherwise=otherwise)
            depth -= 1
    return ""


def _cfg(lines: Sequence[str], at: int, below: int) -> str:
    """The ``#[cfg(...)]`` above a comment, below it, or above something that it stands in."""
    openers = [at, *(number for number, _ in _enclosing(lines, at))]
    near = [below, *(number - step for number in openers for step in (1, 2, 3))]
    found = next((number for number in near if 0 <= number < len(lines) and _CFG.match(lines[number])), None)
    return _told(lines[found], otherwise=False) if found is not None else ""


def _build_tag(lines: Sequence[str]) -> str:
    found = next((match for line in lines[:_FIRST_LINES] if (match := _BUILD_TAG.match(line))), None)
    return _told(found.group(), otherwise=False) if found else ""


def _enclosing_condition(lines: Sequence[str], at: int) -> str:
    for number, line in _enclosing(lines, at):
        if _ELSE.match(line):
            own = _indent(line)
            above = next((n for n in range(number - 1, -1, -1) if lines[n].strip() and _indent(lines[n]) <= own), None)
            if above is not None and _is_condition(lines[above]):
                return _told(lines[above], otherwise=True)
        elif _is_condition(line):
            return _told(line, otherwise=False)
    return ""


def _is_condition(line: str) -> bool:
    return len(line) <= _WIDE and _OPENS.match(line) is not None and _ENVIRONMENT.search(line) is not None


def _enclosing(lines: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield the lines that a line stands in, by their indentation, inner ones first."""
    indent = _indent(lines[at])
    for number in range(at - 1, max(-1, at - _FAR), -1):
        line = lines[number]
        if not indent:
            return
        if len(line) >= indent and line[:indent].isspace():  # most lines are no further out, or empty
            continue
        if line.strip() and _indent(line) < indent and not _ANY_COMMENT.match(line):
            indent = _indent(line)
            yield number, line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
