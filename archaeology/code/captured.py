"""The captures of one query run over one file, as byte spans in source order.

The capture names are the contract between the query files and everything else here; docs/adding-a-language.md lists them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from tree_sitter import QueryCursor

from archaeology.code.outline import blanked, called_in, outline
from archaeology.code.patterns import Sparse, comment_marks, query, sparse, top_query
from archaeology.code.scopes import outermost
from archaeology.code.source import is_inside
from archaeology.code.sparse import called_before, captures_near, comments_at
from archaeology.code.trees import parsed, tree_of

if TYPE_CHECKING:
    from tree_sitter import Node, Query

    from archaeology.code.left_out import Outline
    from archaeology.code.source import Span
    from archaeology.facts import Import

_INDEX, _DOT = b"]."
_DEFINES = (b"def ", b"class ")
_LONGEST = 6
_FULL_STOP = 46
_USUAL = 400

MATCH_LIMIT = 1 << 16
"""How many unfinished matches the query may keep; more than any honest file needs."""


class Captured:
    """The nodes of one file by capture name. ``broken`` is set where the syntax tree has errors."""

    __slots__ = (
        "_call_cursor",
        "_comments",
        "_formats",
        "_may_match",
        "_nodes",
        "_plan",
        "_root",
        "_sparse",
        "_tree_of",
        "broken",
        "calls_in",
        "capped",
        "code",
        "skipped",
    )

    def __init__(  # noqa: PLR0913 - all that is known of a file
        self,
        root: Node,
        code: bytes,
        nodes: Mapping[str, list[Node]],
        *,
        capped: bool,
        sparsely: Sparse | None = None,
        comments: list[Span] | None = None,
        plan: Outline | None = None,
        calls_in: Callable[[Span], dict[int, int]] | None = None,
        tree_of: Callable[[Span | None], Node] | None = None,
    ) -> None:
        """Keep the captures; ``capped`` says that the query ran out of room and some are missing.

        ``code`` are the file's bytes, with blanks in place of ``comments`` where those are known. Of what the ``plan`` leaves out nothing is
        captured but that. Where a query captures calls elsewhere, ``calls_in`` asks a parser for those in a skipped body, by where what is called
        ends where it begins. Where the plan knows formats the code shows no literals but these, and bytes tell most calls; ``tree_of`` returns the
        tree of one of them alone, or of the whole file where None is given.
        """
        self._root = root
        self._nodes = nodes
        self._sparse = sparsely
        self._comments = comments
        self._plan = plan
        self.skipped = plan.skipped if plan is not None else []
        self.calls_in = calls_in
        self._formats = plan.formats if plan is not None else None
        self._tree_of = tree_of
        self._may_match = sparsely is not None and plan is not None and b"match " in code and b"case " in code
        self._call_cursor: QueryCursor | None = None
        self.code = code
        self.broken = root.has_error
        self.capped = capped

    @property
    def has_all_calls(self) -> bool:
        """Whether all calls were captured. Where not, :meth:`called_before` tells them."""
        return self._sparse is None

    def names(self) -> list[str]:
        """Return the names under which anything was captured, in alphabetical order."""
        return sorted({*self._nodes, *(self._plan.told if self._plan is not None else ())})

    def get(self, name: str) -> list[Span]:
        """Return the spans captured under the name, in source order."""
        nodes = self._nodes.get(name)
        told = self._plan.told.get(name) if self._plan is not None else None
        # Most names are captured in few files.
        if not nodes:
            return told or []
        spans = {node.byte_range for node in nodes}
        if told:
            spans.update(told)
        return sorted(spans)

    @property
    def imports(self) -> Sequence[Import]:
        """The first imports of the file where these were told and not captured."""
        return self._plan.imports if self._plan is not None else ()

    def comments(self) -> list[Span]:
        """Return the spans of all comments, in source order."""
        return self.get("comment") if self._comments is None else self._comments

    @property
    def script(self) -> Outline | None:
        """The outline of a file where bytes alone tell the calls in what was skipped."""
        return self._plan if self._plan is not None and self._plan.templates is not None else None

    def is_whole_call(self, start: int, bracket: int) -> bool:
        """Tell whether the tree of the whole file has a call of what begins at the first offset and ends at the bracket."""
        root = self._tree_of(None) if self._tree_of is not None else self._root
        call = root.descendant_for_byte_range(bracket - 1, bracket + 1)
        return call is not None and call.start_byte == start and call.type == "call_expression"

    def is_call(self, start: int, bracket: int) -> bool:
        """Tell whether the name that begins at the first offset and ends at the bracket is called."""
        if self._sparse is None:
            return False
        if self._formats is not None and not (self._formats and is_inside(self._formats, bracket)):
            # A conversion to a type without a name of its own, or an assertion of a type.
            if self.code[start - 1] == _INDEX or self.code[bracket - 1] == _DOT:
                return False
            # A definition may have the name of what is imported, and a pattern looks like a call.
            is_sure = not self._may_match and not self.code[max(0, start - _LONGEST) : start].endswith(_DEFINES)
            if is_sure or self._is_left_out(bracket):
                return True
        # What stands on both sides of the bracket's beginning is the call itself.
        call = (self._format_around(bracket) or self._root).descendant_for_byte_range(bracket - 1, bracket + 1)
        return call is not None and call.start_byte == start and call.kind_id in self._sparse.call_kinds

    def called_before(self, bracket: int) -> int:
        """Return where the call begins whose arguments the bracket at the offset opens; -1 where it opens no such thing."""
        if self._sparse is None:
            return -1
        root = self._format_around(bracket)
        if root is None and self._is_left_out(bracket):
            # Whether a call ends with its line only the statement around it tells, which may be damaged.
            whole = self._tree_of(None) if self._tree_of is not None and _is_split(self.code, bracket) else None
            if whole is None or whole.has_error:
                return called_in(self.code, bracket)
            root = whole
        if self._call_cursor is None:
            self._call_cursor = QueryCursor(self._sparse.calls, match_limit=MATCH_LIMIT)
            self._call_cursor.set_max_start_depth(0)
        return called_before(root or self._root, bracket, self._call_cursor, self._sparse.call_kinds)

    def _is_left_out(self, offset: int) -> bool:
        if self._plan is None:
            return False
        text, kept = self._plan.text, self._plan.kept
        if kept is None:
            return is_inside(self.skipped, offset)
        # What stands there now may be the name with which a block ends.
        return text[offset] != self.code[offset] or not is_inside(kept, offset)

    def _format_around(self, offset: int) -> Node | None:
        """Return the tree of the literal around the offset where that was left out and calls may stand in it."""
        if not self._formats or self._tree_of is None or not self._is_left_out(offset):
            return None
        span = self._formats[bisect_right(self._formats, (offset, offset)) - 1]
        return self._tree_of(span) if span[0] < offset < span[1] else None


def capture(language: str, data: bytes, *, names_only: bool = False) -> Captured:
    """Parse the bytes and run the language's query; with ``names_only`` without what definitions and imports do not need.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    sparsely = sparse(language, names_only=names_only)
    plan = outline(language, data, names_only=names_only)
    root = parsed(language, data) if plan is None else parsed(language, plan.text, plan.spans)
    if plan is not None and (plan.skipped or plan.spans is not None) and root.has_error:
        # What was left out may be at fault, so nothing is.
        root = parsed(language, data)
        lacks_code = plan.skipped or plan.kept is not None
        whole = plan._replace(text=data, skipped=[], kept=None, told={}, parts=None, imports=())
        plan = None if lacks_code and root.has_error else whole
    # For names alone no comment is looked for: what words in comments lead to is thrown away sooner.
    marks = None if names_only or plan is not None else comment_marks(language)
    comments = plan.comments if plan is not None else None if marks is None else comments_at(root, data, marks)
    # Where a tree is broken nothing stands where it should.
    if sparsely is None or root.has_error:
        cursor = QueryCursor(query(language, names_only=names_only), match_limit=MATCH_LIMIT)
        nodes, capped = _walk(root, cursor, top_query(language, names_only=names_only))
        if plan is not None and plan.templates is not None and not _has_comments(nodes.get("comment", ()), plan):
            root = parsed(language, data)
            nodes, capped = _walk(root, cursor, top_query(language, names_only=names_only))
            plan = comments = None
        if plan is None:
            return Captured(root, data, nodes, capped=capped, comments=comments)
        if plan.has_gaps:
            all_of_it = cache(partial(tree_of, language, data))
            return Captured(root, plan.code, nodes, capped=capped, comments=comments, plan=plan, tree_of=all_of_it)
        ask = partial(_calls_in, language, data, cursor)
        plan = plan._replace(skipped=_inside(root, plan.skipped, plan.around))
        return Captured(root, plan.code, nodes, capped=capped, comments=comments, plan=plan, calls_in=ask)
    piece = cache(partial(tree_of, language, data))
    if plan is not None and plan.kept is not None:
        # Of what is left most is captured.
        nodes, capped = _walk(root, QueryCursor(sparsely.whole, match_limit=MATCH_LIMIT), sparsely.top)
        return Captured(
            root, plan.code, nodes, capped=capped, sparsely=sparsely, comments=comments, plan=plan, tree_of=piece
        )
    shallow = QueryCursor(sparsely.shallow, match_limit=MATCH_LIMIT)
    shallow.set_max_start_depth(sparsely.depth)
    known = shallow.captures(root)
    # Words in comments are no words of the language, and imports that are known hold nothing else.
    imports = [node.byte_range for node in known.get("import", ())]
    if plan is None:
        code = near = blanked(data, outermost([*(comments or ()), *imports]))
    else:
        code, near = plan.code, blanked(plan.code, plan.skipped)
    cursor = QueryCursor(sparsely.query, match_limit=MATCH_LIMIT)
    cursor.set_max_start_depth(0)
    found = captures_near(root, near, sparsely.landmarks, cursor, known)
    capped = cursor.did_exceed_match_limit or shallow.did_exceed_match_limit
    return Captured(root, code, found, capped=capped, sparsely=sparsely, comments=comments, plan=plan, tree_of=piece)


def _has_comments(nodes: Iterable[Node], plan: Outline) -> bool:
    """Tell whether the comments in what was parsed are those that the plan knows: where not, its literals are none either."""
    told = plan.told.get("comment", ())
    return sorted([*told, *(node.byte_range for node in nodes)]) == [
        span for span in plan.comments or () if not is_inside(plan.skipped, span[0])
    ]


def _walk(root: Node, cursor: QueryCursor, top: Query | None) -> tuple[dict[str, list[Node]], bool]:
    """Return what is captured in all of the tree and at its root, and whether some of it is missing."""
    nodes = cursor.captures(root)
    capped = cursor.did_exceed_match_limit
    if top is not None:
        top_cursor = QueryCursor(top, match_limit=MATCH_LIMIT)
        top_cursor.set_max_start_depth(0)
        for name, more in top_cursor.captures(root).items():
            nodes[name] = [*nodes.get(name, ()), *more]
        capped = capped or top_cursor.did_exceed_match_limit
    return nodes, capped


def _inside(root: Node, spans: list[Span], kind: str) -> list[Span]:
    """Return the spans that stand inside nodes of the kind: in what a macro is given there are no calls."""
    found = []
    for span in spans:
        brace = root.descendant_for_byte_range(span[0] - 1, span[0])
        block = brace.parent if brace is not None else None
        if block is not None and block.type == kind:
            found.append(span)
    return found


def _calls_in(language: str, data: bytes, cursor: QueryCursor, body: Span) -> dict[int, int]:
    """Return by where it ends where that begins which is called in a body of the file."""
    before = b"fn x() {"
    text = before + data[body[0] : body[1]] + b"}"
    nodes = cursor.captures(parsed(language, text))
    offset = body[0] - len(before)
    return {node.end_byte + offset: node.start_byte + offset for node in nodes.get("call", ())}


def _is_split(code: bytes, bracket: int) -> bool:
    """Tell whether the end of a line stands between a name and the bracket, or before the last part of the name."""
    line_end = code.rfind(b"\n", max(0, bracket - _USUAL), bracket)
    return line_end > 0 and (code[line_end - 1] == _FULL_STOP or not code[line_end + 1 : bracket].strip())
