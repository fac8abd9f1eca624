"""JSON, JSON with comments, and the object literals of JavaScript configuration files: values with line numbers.

One tolerant reader for all of them. What is computed (calls, spreads, variables) becomes a value of its own kind, null, and is
counted, so that what is said about a configuration never pretends to be all of it. Nothing is ever evaluated.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from archaeology.gates.located import MalformedConfigError, Node, Value

MAX_CHARACTERS = 1024 * 1024
MAX_DEPTH = 60
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)
      | (?P<number>-?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))
      | (?P<spread>\.\.\.)
      | (?P<name>[A-Za-z_$][\w$]*)
      | (?P<regex>/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,500}/[a-z]*)
      | (?P<mark>=>|[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|.)", re.DOTALL)
_ENDS = frozenset({",", "}", "]", ";", ")", ""})
_OPENING = {"(": ")", "[": "]", "{": "}"}


def parse_json(text: str) -> Node:
    """Parse JSON, also with comments and trailing commas; MalformedConfigError where it is something else."""
    reader = _Reader(text)
    node = reader.value(0)
    if reader.peek()[1]:
        raise MalformedConfigError("not JSON: something follows the end")
    if reader.computed:
        raise MalformedConfigError("not JSON: it holds something that would have to be computed")
    return node


def parse_exported(text: str) -> tuple[Node, int]:
    """Find the object or list that a JavaScript module exports, and count what in it could not be read as a literal.

    Knows ``module.exports = {...}``, ``export default {...}``, a call around the literal (``defineConfig({...})``) and a
    constant that is exported by name. MalformedConfigError where no such literal is there.
    """
    for match in re.finditer(r"module\.exports\s*=|export\s+default\b", text):
        reader = _Reader(text, match.end())
        kind, word, _ = reader.peek()
        if kind == "name":
            named = re.search(rf"\b(?:const|let|var)\s+{re.escape(word)}\b[^=\n]*=", text)
            reader = _Reader(text, named.end() if named else _inside_call(text, match.end()))
        if reader.peek()[1] in {"{", "["}:
            node = reader.value(0)
            return node, reader.computed
    raise MalformedConfigError("exports no literal")


def _inside_call(text: str, start: int) -> int:
    opening = text.find("(", start)
    if opening < 0:
        raise MalformedConfigError("exports no literal")
    return opening + 1


class _Reader:
    def __init__(self, text: str, start: int = 0) -> None:
        if len(text) > MAX_CHARACTERS:
            raise MalformedConfigError(f"over {MAX_CHARACTERS} characters")
        self._text = text
        self._position = start
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._next: tuple[str, str, int] | None = None
        self._last_end = start
        self.computed = 0

    def peek(self) -> tuple[str, str, int]:
        """Return the next token's kind, text and place without taking it; empty at the end."""
        while self._next is None:
            match = _TOKEN.match(self._text, self._position)
            if match is None:
                return "", "", self._position
            self._position = match.end()
            if match.lastgroup != "space":
                self._next = (match.lastgroup or "", match.group(), match.start())
        return self._next

    def take(self) -> tuple[str, str, int]:
        word = self.peek()
        self._next = None
        self._last_end = word[2] + len(word[1])
        return word

    def value(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise MalformedConfigError("nested too deeply")
        kind, word, start = self.peek()
        if word == "{" and kind == "mark":
            node = self._object(depth)
        elif word == "[" and kind == "mark":
            node = self._array(depth)
        elif kind == "string" and "${" not in word:
            self.take()
            node = self._node(_unescape(word[1:-1]), start)
            node = self._concatenated(node)
        elif kind == "number":
            self.take()
            node = self._node(_number(word), start)
        elif kind == "regex":
            self.take()
            node = self._node(word[1 : word.rindex("/")], start)
        elif word in {"true", "false", "null", "undefined"}:
            self.take()
            node = self._node({"true": True, "false": False}.get(word), start)
        elif word in _ENDS:
            raise MalformedConfigError(f"no value on line {self._line(start)}")
        else:
            return self._computed(start)
        return node if self.peek()[1] in _ENDS else self._computed(start, node)

    def _concatenated(self, node: Node) -> Node:
        while self.peek()[1] == "+":
            self.take()
            kind, word, start = self.peek()
            if kind != "string" or "${" in word:
                return self._computed(start)
            self.take()
            node = Node(node.text() + _unescape(word[1:-1]), node.start_line, self._line(start))
        return node

    def _object(self, depth: int) -> Node:
        start = self.take()[2]
        values: dict[str, Node] = {}
        while self.peek()[1] != "}":
            kind, word, place = self.take()
            if kind == "spread":
                self._computed(place)
            elif kind in {"string", "name", "number"}:
                key = _unescape(word[1:-1]) if kind == "string" else word
                if self.peek()[1] == ":":
                    self.take()
                    node = self.value(depth + 1)
                    values[key] = Node(node.value, self._line(place), node.end_line)
                else:
                    self._computed(place)  # a method, or a variable by its own name
            elif word:
                self._computed(place)
            self._comma("}")
        self.take()
        return self._node(values, start)

    def _array(self, depth: int) -> Node:
        start = self.take()[2]
        items: list[Node] = []
        while self.peek()[1] != "]":
            if self.peek()[0] == "spread":
                self._computed(self.take()[2])
            else:
                items.append(self.value(depth + 1))
            self._comma("]")
        self.take()
        return self._node(items, start)

    def _comma(self, closing: str) -> None:
        _, word, place = self.peek()
        if word == ",":
            self.take()
        elif word != closing:
            raise MalformedConfigError(f"neither a comma nor {closing!r} on line {self._line(place)}")

    def _computed(self, start: int, literal: Node | None = None) -> Node:
        """Pass over an expression up to the comma or bracket that ends it; a literal's ``as const`` stays that literal."""
        if literal is not None and self.peek()[1] in {"as", "satisfies"}:
            self._skip_expression()
            return literal
        self.computed += 1
        self._skip_expression()
        return self._node(None, start)

    def _skip_expression(self) -> None:
        closing: list[str] = []
        while word := self.peek()[1]:
            if not closing and word in _ENDS:
                return
            if word in _OPENING:
                closing.append(_OPENING[word])
            elif closing and word == closing[-1]:
                closing.pop()
            self.take()

    def _node(self, value: Value, start: int) -> Node:
        return Node(value, self._line(start), self._line(max(start, self._last_end - 1)))

    def _line(self, place: int) -> int:
        return bisect_right(self._breaks, place - 1) + 1 if place else 1


def _number(word: str) -> float | int:
    try:
        return int(word, 0) if re.fullmatch(r"-?(?:\d{1,18}|0[xX][0-9a-fA-F]{1,16})", word) else float(word)
    except ValueError:  # leading zeros
        return float(word)


def _unescape(body: str) -> str:
    return _ESCAPE.sub(_escaped, body) if "\\" in body else body


def _escaped(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] in "ux" and len(code) > 1:
        number = int(code[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"  # noqa: PLR2004 - the end of Unicode
    return "" if code.endswith("\n") else _ESCAPES.get(code, code)
