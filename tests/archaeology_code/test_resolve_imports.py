"""What holds for the imports of every language: no order matters, and each edge has one end."""

from __future__ import annotations

from fixtures.import_trees import RUST_WORKSPACE, resolve


def test_the_order_of_files_does_not_matter() -> None:
    tree = RUST_WORKSPACE
    assert resolve(tree) == resolve(dict(reversed(list(tree.items()))))


def test_each_edge_has_one_end() -> None:
    graph = resolve({**RUST_WORKSPACE, "a.py": "import os, yaml, b\n", "b.py": ""})
    assert graph.edges
    assert all((edge.target is None) is not (edge.external is None) for edge in graph.edges)
