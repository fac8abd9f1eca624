"""What is left of a Python file to be parsed tells all that the whole file does."""

from __future__ import annotations

import time

import pytest

from archaeology.code import extract
from archaeology.code.extract import extract_names
from archaeology.code.outline import outline
from archaeology.facts import FileFacts

NESTED = '''\
"""A shop that must be small."""
try:
    import ujson as json
except ImportError:
    import json
if TYPE_CHECKING:
    from shop.types import Money


def outer(
    items: list[tuple[int, str]] = (),
    *,
    retry=lambda: json.loads("x"),
) -> dict[
    str, int
]:
    if items:
        def inner():
            # Careful: nothing is left.
            return json.dumps(items)

        @json.decorated(  # because it is
            items,
        )
        async def later(): return json.load(items)
    else:
        class Local(Money): "Must be small."
    with items:
        import sqlite3
        for item in items:
            def deep():
                import os
                if item:
                    raise Refused(
                        "too much"
                    ) from None
                else:
                    raise errors.Other
    return {
        "a": sqlite3.connect(f"{json.loads('x')} and {items} (more)"),
}


class Shop(Base, metaclass=Meta):
    """Must stay open.

    Always.
    """

    RATE = 3

    if RATE:
        @property
        def rate(self): ...  # of all
    text = """
def not_one(self):
    import nothing
"""

    def pay(self):
        r"never alone"
        try:
            json.dumps(self)
        except (ValueError, errors.Other) as error:
            raise Refused from error
        except OSError:
            try:
                json.load(self)
            except KeyError:
                pass
        finally:
            json.loads(self)
        # To keep the peace.

    def match(self, case):
        match case:
            case json.loads(x=1):
                return json.dumps(case)
        (json
         .dumps(case))
        return json.\\
            dumps(case)
    # The end of the shop, because it is late.


LIMITS = {
    "a": json.dumps(
        "b"),
}
LOWER = UPPER = 3  # always
SIZES: dict[str, int] = json.loads("{}")
__all__ = [
    "outer",
]
__all__ += ["Shop"]
shop = Shop(
A=1,
)
'''

SMALL = [
    "",
    "# because\n",
    "x = 1\n",
    '"""Must be told."""',
    '# first\n"""Must be told."""\nimport os\n',
    'x = 1\n"""No docstring, never."""\n',
    "import os",
    "from os import (path,\n    sep)\nos.x(); path.y()\n",
    "import os; import sys\nos.exit()\n",
    "if x: import os\nelse: import sys\n",
    "def f(): raise A\n",
    "def f():\n    x; raise A\n",
    "class A: pass\nclass B(A): x = 1\n",
    "class A(B[int], C(D)):\n    pass\n",
    "class A[T]:\n    def f[T](self, x: T): pass\n",
    "def f(a=((((1))))):\n    return 1\n\n\ndef g(): pass\n",
    "def f(a=((((1))))): return 1\n",
    'def f():\n    "a" "b never"\n',
    'def f():\n    f"never {x}"\n',
    'def f():\n    x = 1\n    "never a docstring"\n',
    'def f():\n    "never".join(x)\n',
    "def f():\n    pass\n    # of f, because\n\n# of none, because\n",
    "class A:\n    def f(self):\n        pass\n        # of f, because\n    # of A, because\n# of none, because\n",
    "def f():\n    return [\n1,\n]\n\n\ndef g(): pass\n",
    "def f():\n    return x @ (\n        y\n        @ z)\n",
    "def f():\n    x = (yield\n    from y)\n    raise (\n        A)\n",
    "def f():\n\timport os\n\tos.x()\n",
    "def f():\r\n    import os\r\n    os.x()\r\n",
    "@a\n\n@b(1) # type: ignore\nclass C: x = 1\n",
    "@(yield\n)\ndef f():\n  pass\n",
    "import os\nprint(f'{os.x(1)}', rf'{os.y(os.z)}', f'''{\nos.w()}''')\n",
    "import os\ndef f():\n    return os.a[1].b(\n    c(2))\n",
    "import os\nx = (os\n  .path\n  (1))\n",
    "async def f():\n    async with a as b:\n        import os\n    async for x in y: pass\n",
    "ABC = 1\nABC == 2\nDEF: int\nGHI, JKL = 1, 2\nMNO = \\\n  3\n_PQ = STU = lambda: 1\n",
    "try:\n    import a\nexcept ImportError: a = None\nelse:\n    import b\nfinally:\n    import c\n",
    "class A:\n    try:\n        import a\n        def f(self): pass\n    except B:\n        def f(self): raise C\n    def g(self): pass\n",
    "def f():\n    def g():\n        pass\n    return g\n\ndef h(): pass\n",
    "if x:\n    class A:\n        def f(self):\n            raise B\n        y = 1\n    z = 1\n",
    "for x in y:\n    try:\n        z\n    except* A:\n        raise\n",
    "ABC = \\\nDEF = GHI = lambda: 1\n@a \\\n@b\nclass C: pass\n",
    "ABC =",
    "f'{open(1)}'",
    "f'{open(1)}'\nr",
    "case = 1\ncase.x = 2\nimport os\nmatch = os.x(case)\n",
    "try: a\nexcept (A): b\nexcept (B,): c\nexcept (C, D.E,\n    F) as g:\n    d\nexcept:\n    e\n",
    "x = 1\ntry:\n  try:\n    a\n  except A:\n    raise A\n  else:\n    import b\nexcept B:\n  raise C\nexcept D or E: # never\n  raise\nexcept (F, G()):\n  e\n",
    "def f():\n  if x:\n    try:\n      raise A\n    except B:\n      raise C\n    except C: pass\n    except D:\n      return open(1)\n  else:\n    try: x\n    except E as e:\n      import a\n",
    "x = 1\ntry:\n    a\nexcept A, b:\n    c\n",
    "x = 1\ntry:\n    a\nexcept A:\n",
]


def parsed_as_a_whole(monkeypatch: pytest.MonkeyPatch, source: bytes) -> tuple[FileFacts, FileFacts]:
    with monkeypatch.context() as patch:
        patch.setattr("archaeology.code.captured.outline", lambda *_, **__: None)
        return extract("python", source), extract_names("python", source)


@pytest.mark.parametrize("source", [NESTED, *SMALL])
def test_facts_are_those_of_the_whole_file(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = source.encode()
    facts, names = parsed_as_a_whole(monkeypatch, data)
    assert extract("python", data) == facts
    assert extract_names("python", data) == names


def test_facts_are_those_of_the_whole_file_wherever_it_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = NESTED.splitlines(keepends=True)
    for count in range(len(lines)):
        data = "".join(lines[:count]).encode()
        facts, names = parsed_as_a_whole(monkeypatch, data)
        found = extract("python", data)
        # What is left out may hide an error, never a definition.
        assert found == facts or (found.error is None and len(found.definitions) >= len(facts.definitions))
        names_found = extract_names("python", data)
        assert names_found == names or names_found.error is None


def test_a_handler_without_a_try_is_an_error() -> None:
    assert extract("python", b"def f():\n    print(open(1))\n    except A:\n        y\n").error is not None


def test_most_of_a_file_is_not_parsed() -> None:
    found = outline("python", NESTED.encode(), names_only=True)
    assert found is not None
    assert found.kept is not None
    assert sum(end - start for start, end in found.kept) < len(NESTED) / 2


def test_a_file_with_many_functions_is_parsed_from_few_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    function = "def f%d(money, till: Till = None, *more):\n    total = os.path.join(money)\n    if total:\n        raise Refused(%d)\n    return total %s\n\n\n"
    data = ("import os\n" + "".join(function % (n, n, "+ os.sep" * (n % 7)) for n in range(400))).encode()
    found = outline("python", data, names_only=False)
    assert found is not None
    assert found.kept is not None
    assert 100 < len(found.kept) < 300
    assert found.kept == sorted(found.kept)
    facts, names = parsed_as_a_whole(monkeypatch, data)
    assert len(facts.definitions) == len(facts.raises) == 400
    assert extract("python", data) == facts
    assert extract_names("python", data) == names


def test_a_comment_behind_a_decorator_is_no_decorator() -> None:
    facts = extract("python", b"@wraps # type: ignore\ndef f():\n    return (1\n")
    assert [item.decorators for item in facts.definitions] == [("wraps",)]
    assert extract("python", b"@wraps # type: ignore\ndef f():\n    return 1\n").definitions[0].decorators == ("wraps",)


@pytest.mark.parametrize(
    "source",
    [
        b"class A:\n x = 1\n" * 60_000,
        b"x = (\n" * 150_000,
        b"@(\n" * 150_000,
        b"def f(\n" * 100_000,
        b"def f(" + b"()" * 400_000,
        b"try:\n x\nexcept A:\n y\n" * 40_000,
        b"def f():\n if x:\n" + b"  raise a\n" * 80_000 + b" except a:\n  x\n",
        b"\n".join(b" " * depth + b"def f():" for depth in range(600)) + b"\n" * 900_000 + b" " * 600 + b"x\n",
    ],
)
def test_hostile_files_take_no_longer_than_their_size_says(source: bytes) -> None:
    began = time.process_time()
    for names_only in (False, True):
        found = outline("python", source, names_only=names_only)
        assert found is None or found.kept is None or len(found.kept) < 300
    assert time.process_time() - began < 5


def test_calls_split_over_lines_in_damaged_code_take_no_longer_than_their_size_says() -> None:
    began = time.process_time()
    extract("python", b"import a\nx = (\n" + b"a.\nb(1)\n" * 20_000 + b")\n")
    assert time.process_time() - began < 5
