"""A workspace over a real repository in which others have planted what they like."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from alloy_assist.agent.workspace import Workspace
from archaeology.git import open_repository
from archaeology.survey import ScanOptions, reading
from fixtures.builder import RepositoryBuilder

SHOP = '''"""Checkout."""
from shop.ports import Gateway


def pay(gateway: Gateway, cents: int) -> str:
    """Never call the vendor from here: it must be possible to test this without a network."""
    return gateway.charge(cents)
'''
PORTS = """from typing import Protocol


class Gateway(Protocol):
    def charge(self, cents: int) -> str: ...
"""
TEST = """from shop.checkout import pay


class FakeGateway:
    def charge(self, cents):
        return "ok"


def test_pays():
    assert pay(FakeGateway(), 5) == "ok"
"""
REASON = "Move the vendor behind a port so that checkout can be tested without a network\n"


def build(folder: Path, planted: str = "") -> Path:
    builder = RepositoryBuilder(folder)
    builder.write("shop/__init__.py", "").write("shop/checkout.py", SHOP).write("shop/ports.py", PORTS)
    builder.write("tests/test_checkout.py", TEST).write(".env", "TOKEN=abcdefgh12345678ABCDEFGH\n")
    builder.commit("Begin\n")
    builder.write("README.md", f"# Shop\n\n{planted}\n").write(
        "shop/notes.py", f'"""{planted}"""\n' if '"""' not in planted else ""
    )
    builder.commit(REASON + (f"\n{planted}\n" if planted else ""))
    return folder


@contextmanager
def open_workspace(folder: Path) -> Iterator[Workspace]:
    options = ScanOptions(use_cache=False, jobs=1)
    with open_repository(folder) as repository, reading(folder, options) as facts:
        head = repository.resolve(None) or ""
        yield Workspace(facts, repository.show, lambda path, start, end: repository.blame(path, start, end, head))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(build(tmp_path_factory.mktemp("shop"))) as workspace:
        yield workspace


@pytest.fixture
def opening() -> Callable[[Path], AbstractContextManager[Workspace]]:
    """Opens a workspace over another repository."""
    return open_workspace
