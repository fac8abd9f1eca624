"""What is read from Python source, through the public extract."""

from __future__ import annotations

import pytest

from archaeology.code import extract
from archaeology.facts import Comment, FileFacts, Import


def read(text: str) -> FileFacts:
    return extract("python", text.encode())


def test_definitions_know_kind_visibility_bases_decorators_and_lines() -> None:
    facts = read(
        "@dataclass(frozen=True)\nclass Order(Base, Generic[T]):\n    @property\n    def _total(self): ...\n"
        "    def __len__(self): ...\n\nMAX_ITEMS: int = 3\n\nasync def _load():\n    def inner(): ...\n"
    )
    rows = [(d.name, d.kind, d.visibility, d.start_line, d.end_line) for d in facts.definitions]
    assert rows == [
        ("Order", "class", "public", 2, 5),
        ("Order._total", "method", "private", 4, 4),
        ("Order.__len__", "method", "public", 5, 5),
        ("MAX_ITEMS", "constant", "public", 7, 7),
        ("_load", "function", "private", 9, 10),
        ("_load.inner", "function", "public", 10, 10),
    ]
    assert facts.definitions[0].bases == ("Base", "Generic[T]")
    assert facts.definitions[0].decorators == ("dataclass(frozen=True)",)
    assert facts.definitions[1].decorators == ("property",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("class Port(ABC): ...", "class"),
        ("class Port(metaclass=ABCMeta): ...", "class"),
        ("class Port(Protocol): ...", "protocol"),
        ("class Port(typing.Protocol[T]): ...", "protocol"),
    ],
)
def test_abstract_classes(text: str, kind: str) -> None:
    (definition,) = read(text).definitions
    assert definition.abstract
    assert definition.kind == kind


def test_abstract_method() -> None:
    facts = read("class A:\n    @abc.abstractmethod\n    def f(self): ...\n")
    assert [d.abstract for d in facts.definitions] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import os", [Import("os", 1)]),
        ("import a.b as x, c", [Import("a.b", 1, alias="x"), Import("c", 1)]),
        ("from a.b import c, d", [Import("a.b", 1, ("c", "d"))]),
        ("from a import b as c, d", [Import("a", 1, ("d",)), Import("a", 1, ("b",), alias="c")]),
        ("from a import (\n    b,  # why\n    c,\n)", [Import("a", 1, ("b", "c"))]),
        ("from . import sibling", [Import("", 1, ("sibling",), level=1)]),
        ("from ...pkg.mod import f", [Import("pkg.mod", 1, ("f",), level=3)]),
        ("from m import *", [Import("m", 1, ("*",))]),
        ("from m import x as x", [Import("m", 1, ("x",), alias="x", reexport=True)]),
        ("def f():\n    import late", [Import("late", 2, lazy=True)]),
        ("if TYPE_CHECKING:\n    from a import B", [Import("a", 2, ("B",), type_checking=True)]),
        ("if typing.TYPE_CHECKING:\n    import a", [Import("a", 2, type_checking=True)]),
        (
            "try:\n    import fast\nexcept ImportError:\n    import slow",
            [Import("fast", 2, conditional=True), Import("slow", 4, conditional=True)],
        ),
        (
            "if sys.version_info > (3, 11):\n    import tomllib\nelse:\n    import tomli",
            [Import("tomllib", 2, conditional=True), Import("tomli", 4, conditional=True)],
        ),
        ("class A:\n    import inside", [Import("inside", 2)]),
    ],
)
def test_imports(text: str, expected: list[Import]) -> None:
    assert list(read(text).imports) == expected


def test_exports() -> None:
    assert read('__all__ = ["a", "b"]\n__all__ += ("c",)\n').exports == ("a", "b", "c")


def test_raises_name_types_and_leave_out_variables() -> None:
    facts = read(
        "def f():\n    raise errors.Declined('no') from e\n\nclass A:\n    def g(self):\n        raise Timeout\n"
        "        raise error\n        raise\n"
    )
    assert [(r.type, r.line, r.symbol) for r in facts.raises] == [("errors.Declined", 2, "f"), ("Timeout", 6, "A.g")]


def test_catches() -> None:
    facts = read(
        "try: pass\nexcept (A, b.C) as e: pass\nexcept D as d: pass\nexcept E: pass\nexcept: pass\n"
        "try: pass\nexcept* G: pass\n"
    )
    assert [(c.types, c.line) for c in facts.catches] == [
        (("A", "b.C"), 2),
        (("D",), 3),
        (("E",), 4),
        ((), 5),
        (("G",), 7),
    ]


def test_calls_are_told_by_what_was_imported() -> None:
    facts = read(
        "import requests, numpy as np, os.path\nfrom stripe import Charge as C\nfrom .pay import go\n"
        "def f(x):\n    requests.get(u).json()\n    requests.get(v)\n    np.linalg.norm(x)\n    os.path.join(x)\n    C.create()\n    go()\n"
        "    x.requests.get()\n    open('f')\n    local()\n"
    )
    assert [(c.target, c.line, c.symbol) for c in facts.calls] == [
        ("requests.get", 5, "f"),
        ("numpy.linalg.norm", 7, "f"),
        ("os.path.join", 8, "f"),
        ("stripe.Charge.create", 9, "f"),
        (".pay.go", 10, "f"),
        ("builtins.open", 12, "f"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# We retry because the bank drops connections.", "reason"),
        ("# Do not import web here.", "ban"),
        ("# Never call this twice, because it charges.", "ban"),
        ("# Workaround for a bug in urllib3.", "workaround"),
        ("# HACK: monkey-patch it", "workaround"),
        ("# WARNING: not thread-safe", "warning"),
        ("# TODO: remove", "todo"),
    ],
)
def test_telling_comments(text: str, kind: str) -> None:
    (comment,) = read(text).comments
    assert comment.kind == kind


def test_comments_that_tell_nothing_are_left_out() -> None:
    assert read("# increments the counter\nx = 1  # one\ny = '# do not read strings'\n").comments == ()


def test_adjacent_line_comments_are_read_as_one() -> None:
    facts = read(
        "class A:\n    def f(self):\n        # Keep the order of calls,\n        # otherwise the bank declines.\n        x()\n"
    )
    assert facts.comments == (Comment("Keep the order of calls,\notherwise the bank declines.", 3, 4, "reason", "A.f"),)


def test_docstrings() -> None:
    facts = read(
        '"""Pays.\n\nLong story."""\n\nclass A:\n    """Must not know the web."""\n    def f(self):\n        """Adds."""\n'
    )
    assert [(c.text, c.kind, c.start_line, c.symbol) for c in facts.comments] == [
        ("Pays.", "docstring", 1, None),
        ("Must not know the web.", "ban", 6, "A"),
    ]


def test_of_a_long_docstring_the_telling_paragraph_is_kept() -> None:
    lines = ["x"] * 30 + ["", "This must not change.", ""] + ["y"] * 30
    (comment,) = read('def f():\n    """' + "\n    ".join(lines) + '\n    """\n').comments
    assert comment.text == "This must not change."
    assert comment.start_line == comment.end_line == 33


def test_a_syntax_error_gives_the_rest_and_says_so() -> None:
    facts = read("import os\ndef f(:\n    pass\nclass Good(Base): pass\n")
    assert facts.error is not None
    assert [found.module for found in facts.imports] == ["os"]
    assert "Good" in [definition.name for definition in facts.definitions]


def test_lines_and_language() -> None:
    facts = read("a = 1\nb = 2")
    assert (facts.language, facts.lines, facts.error) == ("python", 2, None)
    assert read("").lines == 0
